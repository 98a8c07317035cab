//! Pictures for the viewer: asked by ids, decoded and re-encoded, kept in memory only.

use std::{collections::VecDeque, sync::Mutex};

use bytes::Bytes;
use evidence::RenditionError;

use crate::{
    desk::{Desk, dossier_id, locked},
    errors::DeskError,
    views::error::ErrorCode,
};

/// Pictures kept ready: a document's pages and its neighbours.
const KEPT: usize = 12;

/// A display copy. Never the original bytes.
#[derive(Debug, Clone)]
pub struct PagePicture {
    pub bytes: Bytes,
    pub mime: &'static str,
}

/// Why there is no picture, in kinds that the scheme turns into a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageError {
    /// Nobody is signed in on that environment.
    NotAllowed,
    /// Not a page of that dossier.
    Unknown,
    /// No longer served by ID360.
    Gone,
    /// A format that is not shown here; it can be saved.
    Unsupported,
    /// Bytes that are no picture.
    Damaged,
    /// ID360 or the network failed.
    Unavailable,
}

/// The last pictures shown, wiped at sign-out.
#[derive(Default)]
pub struct PageCache {
    kept: Mutex<VecDeque<(PageKey, PagePicture)>>,
}

type PageKey = (dossiers::DossierId, String, u32);

impl std::fmt::Debug for PageCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageCache")
            .field("kept", &locked(&self.kept).len())
            .finish()
    }
}

impl PageCache {
    fn get(&self, key: &PageKey) -> Option<PagePicture> {
        locked(&self.kept)
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, page)| page.clone())
    }

    fn keep(&self, key: PageKey, picture: PagePicture) {
        let mut kept = locked(&self.kept);
        kept.retain(|(known, _)| *known != key);
        kept.push_back((key, picture));
        if kept.len() > KEPT {
            kept.pop_front();
        }
    }

    pub fn clear(&self) {
        locked(&self.kept).clear();
    }
}

impl Desk {
    /// A display copy of one page of this very dossier, journaled as a view.
    pub async fn page(
        &self,
        dossier: &str,
        document_id: &str,
        page_number: u32,
    ) -> Result<PagePicture, PageError> {
        let id = dossier_id(dossier).map_err(page_error)?;
        let dossier = self.dossier(id).await.map_err(page_error)?;
        let session = self.session_for(&dossier).map_err(page_error)?;
        let key = (id, document_id.to_owned(), page_number);
        if let Some(picture) = self.pages().get(&key) {
            return Ok(picture);
        }
        let documents = self.documents_of(id).await.map_err(page_error)?;
        let page = documents
            .iter()
            .flat_map(|document| &document.pages)
            .find(|page| page.document_id == document_id && page.page_number == page_number)
            .ok_or(PageError::Unknown)?;
        let fetched = self.fetch_page(&session, page).await.map_err(page_error)?;
        let rendition = tokio::task::spawn_blocking(move || evidence::rendition(&fetched.bytes))
            .await
            .map_err(|_| PageError::Damaged)?
            .map_err(|error| match error {
                RenditionError::Unsupported(_) => PageError::Unsupported,
                _ => PageError::Damaged,
            })?;
        self.on_register(move |register, now| {
            register.record_act(
                dossiers::Act::Viewed,
                Some(id),
                &format!("page {page_number}"),
                now,
            )
        })
        .await
        .map_err(page_error)?;
        let picture = PagePicture {
            bytes: rendition.bytes.into(),
            mime: rendition.mime,
        };
        self.pages().keep(key, picture.clone());
        Ok(picture)
    }
}

fn page_error(error: DeskError) -> PageError {
    tracing::info!(code = ?error.code, cause = error.cause, "a page could not be shown");
    match error.code {
        ErrorCode::NotSignedIn | ErrorCode::SessionExpired | ErrorCode::RegisterClosed => {
            PageError::NotAllowed
        }
        ErrorCode::NotFound | ErrorCode::NoVerdictYet => PageError::Unknown,
        ErrorCode::DocumentGone => PageError::Gone,
        _ => PageError::Unavailable,
    }
}
