//! Pictures for the viewer: asked by ids, decoded and re-encoded, kept in memory only.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
};

use bytes::Bytes;
use dossiers::Act;
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

/// The last pictures shown, wiped at sign-out.
#[derive(Default)]
pub struct PageCache {
    kept: Mutex<VecDeque<(PageKey, PagePicture)>>,
    troubles: Mutex<HashMap<PageKey, ErrorCode>>,
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

    fn note(&self, key: PageKey, trouble: Option<ErrorCode>) {
        let mut troubles = locked(&self.troubles);
        match trouble {
            Some(code) => troubles.insert(key, code),
            None => troubles.remove(&key),
        };
    }

    fn trouble(&self, key: &PageKey) -> Option<ErrorCode> {
        locked(&self.troubles).get(key).copied()
    }

    pub fn clear(&self) {
        locked(&self.kept).clear();
        locked(&self.troubles).clear();
    }
}

impl Desk {
    /// A display copy of one page of this very dossier, journaled as a view. What kept it from being shown is
    /// remembered for [`Desk::page_trouble`], since a picture that does not load tells the window no reason.
    pub async fn page(
        &self,
        dossier: &str,
        document_id: &str,
        page_number: u32,
    ) -> Result<PagePicture, ErrorCode> {
        let shown = match dossier_id(dossier) {
            Ok(id) => {
                let key = (id, document_id.to_owned(), page_number);
                let picture = self.picture(&key).await;
                self.pages()
                    .note(key, picture.as_ref().err().map(|error| error.code));
                picture
            }
            Err(error) => Err(error),
        };
        shown.map_err(|error| {
            tracing::info!(code = ?error.code, cause = error.cause, "a page could not be shown");
            error.code
        })
    }

    /// Why the last picture asked for did not come; `None` when it came, or was never asked for.
    pub fn page_trouble(
        &self,
        dossier: &str,
        document_id: &str,
        page_number: u32,
    ) -> Result<Option<ErrorCode>, DeskError> {
        let key = (dossier_id(dossier)?, document_id.to_owned(), page_number);
        Ok(self.pages().trouble(&key))
    }

    async fn picture(&self, key: &PageKey) -> Result<PagePicture, DeskError> {
        let (id, document_id, page_number) = (key.0, &key.1, key.2);
        let dossier = self.dossier(id).await?;
        if let Some(picture) = self.pages().get(key) {
            self.journal_view(key).await?;
            return Ok(picture);
        }
        let documents = self.documents_of(id).await?;
        let page = documents
            .iter()
            .flat_map(|document| &document.pages)
            .find(|page| page.document_id == *document_id && page.page_number == page_number)
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let fetched = self.page_bytes(&dossier, page).await?;
        let rendition = tokio::task::spawn_blocking(move || evidence::rendition(&fetched.bytes))
            .await
            .map_err(DeskError::internal)?
            .map_err(|error| {
                let code = match error {
                    RenditionError::Unsupported(_) => ErrorCode::FormatNotShown,
                    _ => ErrorCode::PictureDamaged,
                };
                DeskError::new(code).because(error)
            })?;
        self.journal_view(key).await?;
        let picture = PagePicture {
            bytes: rendition.bytes.into(),
            mime: rendition.mime,
        };
        self.pages().keep(key.clone(), picture.clone());
        Ok(picture)
    }

    /// Committed before the picture is given, each time it is.
    async fn journal_view(&self, key: &PageKey) -> Result<(), DeskError> {
        let detail = format!("document {} page {}", key.1, key.2);
        let id = key.0;
        self.on_register(move |register, stamp| {
            register.record_act(Act::Viewed, Some(id), &detail, stamp)
        })
        .await
    }
}
