//! `manifest.json`: what is in the pack, where it came from, and what is not there. And `SHA256SUMS`, which says the
//! same of the bytes to those who have only `sha256sum`.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::contents::{
    EnvironmentKind, Language, Missing, MissingReason, PackDossier, Piece, PieceKind,
};
use crate::hash::HashAgreement;

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const MANIFEST_SIGNATURE: &str = "manifest.json.sig";
pub(super) const SUMS: &str = "SHA256SUMS";
pub(super) const SUMS_SIGNATURE: &str = "SHA256SUMS.sig";
pub(super) const KEY: &str = "desk-key.pem";

/// The four that the manifest cannot speak of.
pub(super) const OUTSIDE: [&str; 4] = [MANIFEST, MANIFEST_SIGNATURE, SUMS, SUMS_SIGNATURE];

pub(super) const FORMAT: &str = "id360-desk evidence pack";
pub(super) const VERSION: u32 = 1;

/// Fields in the order they are written. Unknown ones, of a later version, are ignored.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: String,
    pub(super) version: u32,
    /// RFC 3339, UTC.
    pub(super) made_at: String,
    pub(super) made_by: String,
    pub(super) program: String,
    pub(super) language: Language,
    pub(super) complete: bool,
    pub(super) key: KeyEntry,
    pub(super) dossiers: Vec<DossierEntry>,
    /// Those that belong to no dossier.
    pub(super) files: Vec<FileEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeyEntry {
    pub(super) algorithm: String,
    /// SHA-256 of the key's SubjectPublicKeyInfo, hexadecimal.
    pub(super) fingerprint_sha256: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DossierEntry {
    pub(super) folder: String,
    pub(super) id: String,
    pub(super) enrollment_id: Option<i64>,
    pub(super) reference: Option<String>,
    pub(super) environment: EnvironmentKind,
    pub(super) environment_name: String,
    pub(super) process: String,
    pub(super) status: Option<String>,
    pub(super) level: Option<String>,
    pub(super) method: Option<String>,
    pub(super) finished_at: Option<String>,
    pub(super) complete: bool,
    pub(super) missing: Vec<MissingEntry>,
    pub(super) files: Vec<FileEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MissingEntry {
    pub(super) kind: PieceKind,
    pub(super) name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) document: Option<String>,
    pub(super) reason: MissingReason,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FileEntry {
    pub(super) path: String,
    pub(super) role: Role,
    /// Bytes.
    pub(super) size: u64,
    /// Lower-case hexadecimal.
    pub(super) sha256: String,
    /// Of an original only.
    #[serde(default, flatten, skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<Source>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    Original,
    Page,
    Journal,
    Verification,
    Explanation,
    Key,
}

/// Where an original came from.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Source {
    pub(super) kind: PieceKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) document: Option<String>,
    pub(super) media_type: String,
    pub(super) call: String,
    pub(super) fetched_at: String,
    /// Lower-case hexadecimal.
    pub(super) md5: String,
    pub(super) md5_agreement: Agreement,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) verified_at: Option<String>,
}

/// With the MD5 that the report states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Agreement {
    Agrees,
    Differs,
    NotStated,
}

impl Source {
    pub(super) fn of(piece: &Piece) -> Self {
        Self {
            kind: piece.kind,
            document: piece.document.clone(),
            media_type: piece.media_type.clone(),
            call: piece.call.clone(),
            fetched_at: instant(piece.fetched_at),
            md5: hex::encode(piece.md5),
            md5_agreement: match piece.md5_agreement {
                HashAgreement::Agrees => Agreement::Agrees,
                HashAgreement::Differs => Agreement::Differs,
                HashAgreement::NotStated => Agreement::NotStated,
            },
            verified_at: piece.verified_at.map(instant),
        }
    }
}

impl DossierEntry {
    pub(super) fn of(
        dossier: &PackDossier,
        folder: String,
        missing: &[Missing],
        files: Vec<FileEntry>,
    ) -> Self {
        Self {
            folder,
            id: dossier.id.clone(),
            enrollment_id: dossier.enrollment_id,
            reference: dossier.reference.clone(),
            environment: dossier.environment,
            environment_name: dossier.environment_name.clone(),
            process: dossier.process.clone(),
            status: dossier.status.clone(),
            level: dossier.level.clone(),
            method: dossier.method.clone(),
            finished_at: dossier.finished_at.map(instant),
            complete: missing.is_empty(),
            missing: missing
                .iter()
                .map(|piece| MissingEntry {
                    kind: piece.kind,
                    name: piece.name.clone(),
                    document: piece.document.clone(),
                    reason: piece.reason,
                })
                .collect(),
            files,
        }
    }
}

impl Manifest {
    /// Every file that the manifest speaks of.
    pub(super) fn files(&self) -> impl Iterator<Item = &FileEntry> {
        self.dossiers
            .iter()
            .flat_map(|dossier| &dossier.files)
            .chain(&self.files)
    }
}

/// RFC 3339 in UTC, to the millisecond.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// `SHA256SUMS`, as `sha256sum -c` reads it: every file but itself and the signatures, by path.
pub(super) fn sums<'a>(
    files: impl Iterator<Item = &'a FileEntry>,
    manifest_sha256: &str,
) -> String {
    let mut lines: BTreeMap<&str, &str> = files
        .map(|file| (file.path.as_str(), file.sha256.as_str()))
        .collect();
    lines.insert(MANIFEST, manifest_sha256);
    lines
        .iter()
        .map(|(path, sha256)| format!("{sha256}  {path}\n"))
        .collect()
}
