//! From a verdict to what the window shows.

use dossiers::DossierId;
use evidence::packs::{
    ContainerState, EnvironmentKind, FileState, FileVerdict, Lacking, MissingReason, PackAbout,
    PackState, PackVerdict, SignatureState, Trouble, grouped,
};

use crate::{
    list::shown_count,
    present::status,
    views::{
        packs::{
            PackAboutView, PackContainer, PackFileState, PackFileView, PackMissingPiece,
            PackMissingReason, PackSignature, PackState as StateView, PackTroubleCode as Code,
            PackTroubleView, PackVerdictView, PackedDossierView,
        },
        session::EnvironmentKind as KindView,
    },
};

const MOST_FILES: usize = 2000;
const MOST_DOSSIERS: usize = 1000;

/// The dossiers that the window shows, as the pack names them.
pub(crate) fn ids_of(verdict: &PackVerdict) -> Vec<DossierId> {
    let dossiers = verdict.about.iter().flat_map(|about| &about.dossiers);
    dossiers
        .take(MOST_DOSSIERS)
        .filter_map(|dossier| dossier.id.parse().ok())
        .collect()
}

/// `own`: fingerprint of the desk's key. `here`: ids that are in the register.
pub(crate) fn verdict(verdict: PackVerdict, own: Option<&str>, here: &[String]) -> PackVerdictView {
    let files_total = shown_count(verdict.files.len() as u64);
    let (mut files, whole): (Vec<_>, Vec<_>) = verdict
        .files
        .into_iter()
        .partition(|file| file.state != FileState::Whole);
    files.extend(whole);
    files.truncate(MOST_FILES);
    PackVerdictView {
        state: match verdict.state {
            PackState::Whole => StateView::Whole,
            PackState::Incomplete => StateView::Incomplete,
            PackState::Repacked => StateView::Repacked,
            PackState::Altered => StateView::Altered,
            PackState::Unreadable => StateView::Unreadable,
        },
        container: match verdict.container {
            ContainerState::Sealed => PackContainer::Sealed,
            ContainerState::NotSealed => PackContainer::NotSealed,
            ContainerState::Unreadable => PackContainer::Unreadable,
        },
        signature: match verdict.signature {
            SignatureState::Good => PackSignature::Good,
            SignatureState::Bad => PackSignature::Bad,
            SignatureState::Missing => PackSignature::Missing,
        },
        own_key: own.map(|own| verdict.fingerprint.as_deref() == Some(own)),
        fingerprint: verdict.fingerprint.as_deref().map(grouped),
        about: verdict.about.map(|known| about(known, here)),
        files: files.into_iter().map(file).collect(),
        files_total,
        troubles: verdict
            .troubles
            .into_iter()
            .take(MOST_FILES)
            .map(trouble)
            .collect(),
    }
}

pub(super) fn lacking(lacking: Lacking) -> PackMissingPiece {
    PackMissingPiece {
        dossier_id: lacking.dossier,
        label: lacking.label,
        name: lacking.name,
        reason: match lacking.reason {
            MissingReason::NotCaptured => PackMissingReason::NotCaptured,
            MissingReason::Gone => PackMissingReason::Gone,
            MissingReason::Refused => PackMissingReason::Refused,
            MissingReason::Lost => PackMissingReason::Lost,
            MissingReason::Altered => PackMissingReason::Altered,
            MissingReason::Unreadable => PackMissingReason::Unreadable,
        },
    }
}

fn about(about: PackAbout, here: &[String]) -> PackAboutView {
    PackAboutView {
        made_at: about.made_at,
        made_by: about.made_by,
        program: about.program,
        complete: about.complete,
        dossiers_total: shown_count(about.dossiers.len() as u64),
        dossiers: about
            .dossiers
            .into_iter()
            .take(MOST_DOSSIERS)
            .map(|dossier| PackedDossierView {
                folder: dossier.folder,
                reference: dossier.reference,
                enrollment_id: dossier.enrollment_id.map(|id| id.to_string()),
                environment_kind: match dossier.environment {
                    EnvironmentKind::Production => KindView::Production,
                    EnvironmentKind::PreProduction => KindView::PreProduction,
                    EnvironmentKind::Sandbox => KindView::Sandbox,
                },
                status: dossier.status.as_deref().map(status),
                missing: dossier.missing,
                id: here.contains(&dossier.id).then_some(dossier.id),
            })
            .collect(),
    }
}

fn file(file: FileVerdict) -> PackFileView {
    PackFileView {
        path: file.path,
        size: file.size.map(|size| size.to_string()),
        sha256: file.sha256,
        state: match file.state {
            FileState::Whole => PackFileState::Whole,
            FileState::Altered => PackFileState::Altered,
            FileState::Missing => PackFileState::Missing,
            FileState::Unlisted => PackFileState::Unlisted,
        },
    }
}

fn trouble(trouble: Trouble) -> PackTroubleView {
    let (code, path) = match trouble {
        Trouble::NotAnArchive => (Code::NotAnArchive, None),
        Trouble::ReadFailed => (Code::ReadFailed, None),
        Trouble::OverLimits => (Code::OverLimits, None),
        Trouble::DuplicateNames => (Code::DuplicateNames, None),
        Trouble::OverlappingEntries => (Code::OverlappingEntries, None),
        Trouble::InconsistentHeaders => (Code::InconsistentHeaders, None),
        Trouble::NoManifest => (Code::NoManifest, None),
        Trouble::ManifestUnreadable => (Code::ManifestUnreadable, None),
        Trouble::NewerVersion => (Code::NewerVersion, None),
        Trouble::ManifestContradicts => (Code::ManifestContradicts, None),
        Trouble::KeyUnreadable => (Code::KeyUnreadable, None),
        Trouble::ManifestSignature => (Code::ManifestSignature, None),
        Trouble::SumsSignature => (Code::SumsSignature, None),
        Trouble::SumsDiffer => (Code::SumsDiffer, None),
        Trouble::UnsafeName(path) => (Code::UnsafeName, Some(path)),
        Trouble::FileMissing(path) => (Code::FileMissing, Some(path)),
        Trouble::FileAltered(path) => (Code::FileAltered, Some(path)),
        Trouble::FileUnlisted(path) => (Code::FileUnlisted, Some(path)),
    };
    PackTroubleView { code, path }
}
