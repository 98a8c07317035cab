//! One page of one document, as ID360 serves it: whole, compared with the report, or refused.

use dossiers::Dossier;
use evidence::{DocumentEntry, DocumentPage, HashAgreement};
use id360_api::Report;
use md5::{Digest as _, Md5};

use crate::{
    desk::Desk,
    errors::DeskError,
    sessions::Session,
    vault::{Kept, damaged},
    views::error::ErrorCode,
};

/// Reads of one page when its hash differs from the report's, the first included (quality.md 1.2).
pub(crate) const READS: u32 = 3;

/// The bytes of a page and how they compare with the report.
#[derive(Debug)]
pub(crate) struct FetchedPage {
    pub bytes: Vec<u8>,
    pub agreement: HashAgreement,
}

impl Desk {
    /// The documents of the kept report; without a report there are none to ask for.
    pub(crate) async fn documents_of(
        &self,
        id: dossiers::DossierId,
    ) -> Result<Vec<DocumentEntry>, DeskError> {
        let stored = self
            .on_register(move |register, _| register.report(id))
            .await?
            .ok_or_else(|| DeskError::new(ErrorCode::NoVerdictYet))?;
        let report = Report::read(&stored.raw)
            .map_err(|error| DeskError::new(ErrorCode::UnreadableAnswer).because(error))?;
        Ok(evidence::documents(&report))
    }

    /// The captured page, without a network; else from ID360, for whoever is signed in.
    pub(crate) async fn page_bytes(
        &self,
        dossier: &Dossier,
        page: &DocumentPage,
    ) -> Result<FetchedPage, DeskError> {
        let kept = self
            .kept_page(dossier.id, &page.document_id, page.page_number)
            .await?;
        match kept {
            Kept::Whole(page) => Ok(page),
            Kept::Nothing => self.fetch_page(&*self.session_for(dossier)?, page).await,
            Kept::Damaged => {
                let session = self.session_for(dossier).map_err(|_| damaged())?;
                self.fetch_page(&session, page).await.map_err(|_| damaged())
            }
        }
    }

    /// Read again while the hash differs; kept and flagged when it still does.
    pub(crate) async fn fetch_page(
        &self,
        session: &Session,
        page: &DocumentPage,
    ) -> Result<FetchedPage, DeskError> {
        let mut read = 0;
        loop {
            read += 1;
            let mut bytes = Vec::new();
            session
                .client
                .document_page(&page.document_id, page.page_number, &mut bytes)
                .await
                .map_err(gone)?;
            if bytes.is_empty() {
                return Err(DeskError::new(ErrorCode::TruncatedDocument).with("received", 0));
            }
            let md5 = hex::encode(Md5::digest(&bytes));
            let agreement =
                HashAgreement::of(page.hash.as_deref(), page.hash_algorithm.as_deref(), &md5);
            if agreement != HashAgreement::Differs || read == READS {
                return Ok(FetchedPage { bytes, agreement });
            }
            tracing::warn!(read, "a page differs from the report's hash");
        }
    }
}

fn gone(error: id360_api::DownloadError) -> DeskError {
    let mut refused = DeskError::from(error);
    if refused.code == ErrorCode::UnknownDossier {
        refused.code = ErrorCode::DocumentGone;
    }
    refused
}
