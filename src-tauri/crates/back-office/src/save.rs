//! Saving what a person asked for, where they chose, byte for byte.

use std::path::PathBuf;

use dossiers::{Act, Dossier, DossierId, PieceKind, Progress, ReportKind};
use evidence::{
    Destination, DocumentEntry, DocumentPage, HashAgreement, PageSide, PendingFile, names, sniff,
};

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    export::{Asker, last_part},
    ports::Pick,
    reading::enrollment_of,
    vault::{Kept, damaged},
    views::{
        error::ErrorCode,
        launch::{FailedFile, HashAgreement as AgreementView, SaveOutcome, SaveSubject, SavedFile},
    },
};

/// Bytes ready to be written.
#[derive(Debug)]
struct Piece {
    suggested_name: String,
    bytes: Vec<u8>,
    agreement: HashAgreement,
}

impl Desk {
    /// `None` when the person closed the dialog. One dialog and one write per press.
    pub async fn save_evidence(
        &self,
        intent_id: &str,
        id: &str,
        subject: SaveSubject,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let id = dossier_id(id)?;
        self.long(intent_id, move |desk, progress| async move {
            match subject {
                SaveSubject::AllDocuments => desk.save_all(id, &progress).await,
                _ => desk.save_one(id, subject).await,
            }
        })
        .await
    }

    /// The original of one page, whatever it is: also what no screen shows. `None` when the person closed the dialog.
    pub async fn save_page(
        &self,
        intent_id: &str,
        id: &str,
        document_id: &str,
        page_number: u32,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let id = dossier_id(id)?;
        let document_id = document_id.to_owned();
        self.long(intent_id, move |desk, _| async move {
            let asker = desk.asker();
            let dossier = desk.dossier(id).await?;
            let piece = desk
                .page_piece(&dossier, |page| {
                    page.document_id == document_id && page.page_number == page_number
                })
                .await?;
            let detail = format!("document {document_id} page {page_number}");
            desk.save_where_chosen(id, piece, Pick::Piece, detail, &asker)
                .await
        })
        .await
    }

    /// What is saved is had first, so that the dialog proposes the right name, or does not come up.
    async fn save_one(
        &self,
        id: DossierId,
        subject: SaveSubject,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let asker = self.asker();
        let dossier = self.dossier(id).await?;
        let piece = self.piece(&dossier, subject).await?;
        let (pick, detail) = (Pick::Evidence(subject), format!("{subject:?}"));
        let outcome = self
            .save_where_chosen(id, piece, pick, detail, &asker)
            .await?;
        if outcome.is_some() && subject == SaveSubject::IdClaim {
            self.note_kept(id, dossiers::Kept::IdClaim, &asker).await?;
        }
        Ok(outcome)
    }

    async fn save_where_chosen(
        &self,
        id: DossierId,
        piece: Piece,
        pick: Pick,
        detail: String,
        asker: &Asker,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let Some((folder, name)) = self.place(pick, &piece.suggested_name).await? else {
            return Ok(None);
        };
        let file = written(folder.clone(), name, piece.bytes).await?;
        self.journal_save(id, detail, asker).await?;
        let saved = off_thread(move || file.finish(None)).await?;
        Ok(Some(SaveOutcome {
            folder: last_part(&folder),
            files: vec![shown(saved, piece.agreement)],
            failed: Vec::new(),
        }))
    }

    /// Every page of every document into one folder; what fails is named, the rest is saved. A person
    /// who ends it keeps what is saved by then.
    async fn save_all(
        &self,
        id: DossierId,
        progress: &Progress,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let dossier = self.dossier(id).await?;
        let documents = self.documents_of(id).await?;
        let pages: Vec<(&DocumentEntry, &DocumentPage)> = documents
            .iter()
            .flat_map(|document| document.pages.iter().map(move |page| (document, page)))
            .collect();
        if pages.is_empty() {
            return Err(DeskError::new(ErrorCode::DocumentGone));
        }
        let asker = self.asker();
        let language = self.preferences().language;
        let pick = Pick::Evidence(SaveSubject::AllDocuments);
        let answer = self.ports().picker.folder(language, pick).await;
        let Some(folder) = self.picked(answer)? else {
            return Ok(None);
        };
        let mut outcome = SaveOutcome {
            folder: last_part(&folder),
            files: Vec::new(),
            failed: Vec::new(),
        };
        let total = pages.len() as u64;
        for (done, (document, page)) in (0..).zip(pages) {
            if progress.at(done, total).is_err() {
                return Ok(Some(outcome));
            }
            let saved = async {
                let fetched = self.page_bytes(&dossier, page).await?;
                let name = page_name(&dossier, document, page, &fetched.bytes);
                let file = written(folder.clone(), name, fetched.bytes).await?;
                self.journal_save(
                    id,
                    format!("document {} page {}", page.document_id, page.page_number),
                    &asker,
                )
                .await?;
                let saved = off_thread(move || file.finish_under_a_free_name(None)).await?;
                Ok::<_, DeskError>(shown(saved, fetched.agreement))
            };
            match saved.await {
                Ok(file) => outcome.files.push(file),
                Err(error) if hopeless(error.code) && outcome.files.is_empty() => {
                    return Err(error);
                }
                Err(error) => outcome.failed.push(FailedFile {
                    document: document.name.clone(),
                    page_number: page.page_number,
                    code: error.code,
                }),
            }
        }
        // Everything is saved: too late to end it.
        let _ = progress.at(total, total);
        if outcome.failed.is_empty() && dossier.is_final() {
            self.note_kept(id, dossiers::Kept::Documents, &asker)
                .await?;
        }
        Ok(Some(outcome))
    }

    /// No deadline depends on it any more.
    async fn note_kept(
        &self,
        id: DossierId,
        kept: dossiers::Kept,
        asker: &Asker,
    ) -> Result<(), DeskError> {
        self.on_register_as(self.stamp_for(asker), move |register, stamp| {
            register.record_kept(id, kept, stamp)
        })
        .await?;
        self.announce(id).await;
        self.tell_register_changed();
        Ok(())
    }

    async fn piece(&self, dossier: &Dossier, subject: SaveSubject) -> Result<Piece, DeskError> {
        let reference = reference(dossier);
        match subject {
            SaveSubject::Recto => {
                self.page_piece(dossier, |page| page.side == PageSide::Recto)
                    .await
            }
            SaveSubject::Verso => {
                self.page_piece(dossier, |page| page.side == PageSide::Verso)
                    .await
            }
            SaveSubject::ReportRaw | SaveSubject::ReportMasked => {
                let id = dossier.id;
                let stored = self
                    .on_register(move |register, _| register.report(id))
                    .await?
                    .ok_or_else(|| DeskError::new(ErrorCode::NoVerdictYet))?;
                let raw = subject == SaveSubject::ReportRaw;
                Ok(Piece {
                    suggested_name: match (stored.kind, raw) {
                        (ReportKind::Draft, true) => names::draft_report_file_name(&reference),
                        (ReportKind::Draft, false) => {
                            names::masked_draft_report_file_name(&reference)
                        }
                        (_, true) => names::report_file_name(&reference),
                        (_, false) => names::masked_report_file_name(&reference),
                    },
                    bytes: if raw {
                        stored.raw
                    } else {
                        evidence::masked_json(&stored.raw).into_bytes()
                    },
                    agreement: HashAgreement::NotStated,
                })
            }
            SaveSubject::IdClaim => Ok(Piece {
                suggested_name: names::idclaim_file_name(&reference),
                bytes: self.one_of(dossier, PieceKind::IdClaim).await?,
                agreement: HashAgreement::NotStated,
            }),
            SaveSubject::ReportPdf => Ok(Piece {
                suggested_name: names::pdf_file_name(&reference),
                bytes: self.one_of(dossier, PieceKind::ReportPdf).await?,
                agreement: HashAgreement::NotStated,
            }),
            SaveSubject::AllDocuments => Err(DeskError::internal("saved by save_all")),
        }
    }

    /// The captured container or PDF, without a network; else from ID360, for whoever is signed in.
    pub(crate) async fn one_of(
        &self,
        dossier: &Dossier,
        kind: PieceKind,
    ) -> Result<Vec<u8>, DeskError> {
        let was_captured = match self.kept_one(dossier.id, kind).await? {
            Kept::Whole(kept) => return Ok(kept.bytes),
            Kept::Nothing => false,
            Kept::Damaged => true,
        };
        let fetched = async {
            let client = &self.session_for(dossier)?.client;
            let enrollment = enrollment_of(dossier)?;
            let mut bytes = Vec::new();
            let (received, absent) = match kind {
                PieceKind::IdClaim => (
                    client.idclaim(enrollment, &mut bytes).await,
                    ErrorCode::NoIdClaim,
                ),
                _ => (
                    client.report_pdf(enrollment, &mut bytes).await,
                    ErrorCode::NoPdf,
                ),
            };
            received.map_err(|error| not_found_as(DeskError::from(error), absent))?;
            Ok(bytes)
        };
        fetched
            .await
            .map_err(|error: DeskError| match was_captured {
                true => damaged(),
                false => error,
            })
    }

    async fn page_piece(
        &self,
        dossier: &Dossier,
        is_wanted: impl Fn(&DocumentPage) -> bool,
    ) -> Result<Piece, DeskError> {
        let documents = self.documents_of(dossier.id).await?;
        let (document, page) = documents
            .iter()
            .flat_map(|document| document.pages.iter().map(move |page| (document, page)))
            .find(|(_, page)| is_wanted(page))
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let fetched = self.page_bytes(dossier, page).await?;
        Ok(Piece {
            suggested_name: page_name(dossier, document, page, &fetched.bytes),
            bytes: fetched.bytes,
            agreement: fetched.agreement,
        })
    }

    /// Committed before the file gets its name: an act too many is right, one too few is not.
    pub(crate) async fn journal_save(
        &self,
        id: DossierId,
        detail: String,
        asker: &Asker,
    ) -> Result<(), DeskError> {
        self.on_register_as(self.stamp_for(asker), move |register, stamp| {
            register.record_act(Act::Saved, Some(id), &detail, stamp)
        })
        .await
    }
}

/// Failures that the next page would meet as well.
fn hopeless(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::DiskFull
            | ErrorCode::FolderReadOnly
            | ErrorCode::FolderMissing
            | ErrorCode::NotSignedIn
            | ErrorCode::SessionExpired
            | ErrorCode::Unreachable
    )
}

fn not_found_as(mut error: DeskError, code: ErrorCode) -> DeskError {
    if error.code == ErrorCode::UnknownDossier {
        error.code = code;
    }
    error
}

/// On the disk, without a name yet.
async fn written(folder: PathBuf, name: String, bytes: Vec<u8>) -> Result<PendingFile, DeskError> {
    off_thread(move || {
        let mut file = Destination::open(&folder)?.begin(&name)?.from_elsewhere();
        file.write(&bytes)?;
        Ok(file)
    })
    .await
}

async fn off_thread<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, evidence::SaveError> + Send + 'static,
) -> Result<T, DeskError> {
    Ok(tokio::task::spawn_blocking(act)
        .await
        .map_err(DeskError::internal)??)
}

pub(crate) fn shown(saved: evidence::SavedFile, agreement: HashAgreement) -> SavedFile {
    SavedFile {
        name: saved.name,
        size: saved.size.to_string(),
        sha256: saved.sha256,
        hash: match agreement {
            HashAgreement::Agrees => AgreementView::Agrees,
            HashAgreement::Differs => AgreementView::Differs,
            HashAgreement::NotStated => AgreementView::NotStated,
        },
    }
}

pub(crate) fn page_name(
    dossier: &Dossier,
    document: &DocumentEntry,
    page: &DocumentPage,
    bytes: &[u8],
) -> String {
    names::document_file_name(
        &reference(dossier),
        &document.name,
        page.side,
        page.page_number,
        sniff(bytes),
    )
}

pub(crate) fn reference(dossier: &Dossier) -> String {
    names::reference(
        dossier.reference.as_deref(),
        dossier.enrollment_id.unwrap_or_default(),
    )
}
