//! Saving what a person asked for, where they chose, byte for byte.

use std::path::{Path, PathBuf};

use dossiers::{Act, Dossier, DossierId};
use evidence::{Destination, DocumentEntry, DocumentPage, HashAgreement, PageSide, names, sniff};

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    reading::enrollment_of,
    views::{
        error::ErrorCode,
        launch::{
            FailedFile, HashAgreement as AgreementView, Progress, SaveOutcome, SaveSubject,
            SavedFile,
        },
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
        let desk = self.clone();
        let intent = intent_id.to_owned();
        self.intents()
            .once(intent_id, async move {
                match subject {
                    SaveSubject::AllDocuments => desk.save_all(&intent, id).await,
                    _ => desk.save_one(id, subject).await,
                }
            })
            .await
    }

    /// What is saved is had first, so that the dialog proposes the right name, or does not come up.
    async fn save_one(
        &self,
        id: DossierId,
        subject: SaveSubject,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let dossier = self.dossier(id).await?;
        let piece = self.piece(&dossier, subject).await?;
        let language = self.preferences().language;
        let chosen = self
            .ports()
            .picker
            .file(language, subject, &piece.suggested_name)
            .await;
        let Some(path) = chosen else { return Ok(None) };
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .ok_or_else(|| DeskError::new(ErrorCode::FolderMissing))?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let agreement = piece.agreement;
        let saved = write(folder.clone(), name, piece.bytes).await?;
        self.journal_save(id, subject, 1).await?;
        Ok(Some(SaveOutcome {
            folder: last_part(&folder),
            files: vec![shown(saved, agreement)],
            failed: Vec::new(),
        }))
    }

    /// Every page of every document into one folder; what fails is named, the rest is saved.
    async fn save_all(
        &self,
        intent_id: &str,
        id: DossierId,
    ) -> Result<Option<SaveOutcome>, DeskError> {
        let dossier = self.dossier(id).await?;
        let session = self.session_for(&dossier)?;
        let documents = self.documents_of(id).await?;
        let pages: Vec<(&DocumentEntry, &DocumentPage)> = documents
            .iter()
            .flat_map(|document| document.pages.iter().map(move |page| (document, page)))
            .collect();
        if pages.is_empty() {
            return Err(DeskError::new(ErrorCode::DocumentGone));
        }
        let language = self.preferences().language;
        let Some(folder) = self
            .ports()
            .picker
            .folder(language, SaveSubject::AllDocuments)
            .await
        else {
            return Ok(None);
        };
        let mut outcome = SaveOutcome {
            folder: last_part(&folder),
            files: Vec::new(),
            failed: Vec::new(),
        };
        let total = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        for (done, (document, page)) in (0..).zip(pages) {
            self.ports().announcer.progress(&Progress {
                intent_id: intent_id.to_owned(),
                done,
                total,
            });
            let saved = async {
                let fetched = self.fetch_page(&session, page).await?;
                let name = page_name(&dossier, document, page, &fetched.bytes);
                let saved = write_under_a_free_name(folder.clone(), name, fetched.bytes).await?;
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
        self.ports().announcer.progress(&Progress {
            intent_id: intent_id.to_owned(),
            done: total,
            total,
        });
        self.journal_save(id, SaveSubject::AllDocuments, outcome.files.len())
            .await?;
        Ok(Some(outcome))
    }

    async fn piece(&self, dossier: &Dossier, subject: SaveSubject) -> Result<Piece, DeskError> {
        let reference = reference(dossier);
        match subject {
            SaveSubject::Recto => self.side(dossier, PageSide::Recto).await,
            SaveSubject::Verso => self.side(dossier, PageSide::Verso).await,
            SaveSubject::ReportRaw | SaveSubject::ReportMasked => {
                let id = dossier.id;
                let stored = self
                    .on_register(move |register, _| register.report(id))
                    .await?
                    .ok_or_else(|| DeskError::new(ErrorCode::NoVerdictYet))?;
                let raw = subject == SaveSubject::ReportRaw;
                Ok(Piece {
                    suggested_name: if raw {
                        names::report_file_name(&reference)
                    } else {
                        names::masked_report_file_name(&reference)
                    },
                    bytes: if raw {
                        stored.raw
                    } else {
                        evidence::masked_json(&stored.raw).into_bytes()
                    },
                    agreement: HashAgreement::NotStated,
                })
            }
            SaveSubject::IdClaim => {
                let session = self.session_for(dossier)?;
                let mut bytes = Vec::new();
                session
                    .client
                    .idclaim(enrollment_of(dossier)?, &mut bytes)
                    .await
                    .map_err(|error| not_found_as(DeskError::from(error), ErrorCode::NoIdClaim))?;
                Ok(Piece {
                    suggested_name: names::idclaim_file_name(&reference),
                    bytes,
                    agreement: HashAgreement::NotStated,
                })
            }
            SaveSubject::ReportPdf => {
                let session = self.session_for(dossier)?;
                let mut bytes = Vec::new();
                session
                    .client
                    .report_pdf(enrollment_of(dossier)?, &mut bytes)
                    .await
                    .map_err(|error| not_found_as(DeskError::from(error), ErrorCode::NoPdf))?;
                Ok(Piece {
                    suggested_name: names::pdf_file_name(&reference),
                    bytes,
                    agreement: HashAgreement::NotStated,
                })
            }
            SaveSubject::AllDocuments => Err(DeskError::internal("saved by save_all")),
        }
    }

    async fn side(&self, dossier: &Dossier, side: PageSide) -> Result<Piece, DeskError> {
        let session = self.session_for(dossier)?;
        let documents = self.documents_of(dossier.id).await?;
        let (document, page) = documents
            .iter()
            .flat_map(|document| document.pages.iter().map(move |page| (document, page)))
            .find(|(_, page)| page.side == side)
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let fetched = self.fetch_page(&session, page).await?;
        Ok(Piece {
            suggested_name: page_name(dossier, document, page, &fetched.bytes),
            bytes: fetched.bytes,
            agreement: fetched.agreement,
        })
    }

    async fn journal_save(
        &self,
        id: DossierId,
        subject: SaveSubject,
        files: usize,
    ) -> Result<(), DeskError> {
        self.on_register(move |register, stamp| {
            register.record_act(
                Act::Saved,
                Some(id),
                &format!("{subject:?}, {files}"),
                stamp,
            )
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

async fn write(
    folder: PathBuf,
    name: String,
    bytes: Vec<u8>,
) -> Result<evidence::SavedFile, DeskError> {
    off_thread(move || Destination::open(&folder)?.save(&name, &bytes)).await
}

async fn write_under_a_free_name(
    folder: PathBuf,
    name: String,
    bytes: Vec<u8>,
) -> Result<evidence::SavedFile, DeskError> {
    off_thread(move || {
        let mut file = Destination::open(&folder)?.begin(&name)?;
        file.write(&bytes)?;
        file.finish_under_a_free_name(Some(bytes.len() as u64))
    })
    .await
}

async fn off_thread(
    act: impl FnOnce() -> Result<evidence::SavedFile, evidence::SaveError> + Send + 'static,
) -> Result<evidence::SavedFile, DeskError> {
    Ok(tokio::task::spawn_blocking(act)
        .await
        .map_err(DeskError::internal)??)
}

fn shown(saved: evidence::SavedFile, agreement: HashAgreement) -> SavedFile {
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

fn page_name(
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

fn reference(dossier: &Dossier) -> String {
    names::reference(
        dossier.reference.as_deref(),
        dossier.enrollment_id.unwrap_or_default(),
    )
}

fn last_part(folder: &Path) -> String {
    folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
