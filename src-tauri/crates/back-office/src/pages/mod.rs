//! Pictures for the viewer: asked by ids, decoded and re-encoded, kept in memory only.

mod cache;

use bytes::Bytes;
use dossiers::{Act, Dossier};
use evidence::{Rendition, RenditionError};

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    views::error::ErrorCode,
};

pub use cache::PageCache;

/// A display copy. Never the original bytes.
#[derive(Debug, Clone)]
pub struct PagePicture {
    pub bytes: Bytes,
    pub mime: &'static str,
}

type PageKey = (dossiers::DossierId, String, u32);

/// Which picture of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureSize {
    /// To be looked at: [`evidence::display::LONG_SIDE`].
    Screen,
    /// To be told from its neighbours: [`evidence::display::THUMBNAIL_SIDE`].
    Thumbnail,
}

impl Desk {
    /// A display copy of one page of this very dossier, journaled as a view. What kept it from being shown is
    /// remembered for [`Desk::page_trouble`], since a picture that does not load tells the window no reason.
    pub async fn page(
        &self,
        dossier: &str,
        document_id: &str,
        page_number: u32,
        size: PictureSize,
    ) -> Result<PagePicture, ErrorCode> {
        let shown = match dossier_id(dossier) {
            Ok(id) => {
                let key = (id, document_id.to_owned(), page_number);
                let picture = self.picture(&key, size).await;
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

    async fn picture(&self, key: &PageKey, size: PictureSize) -> Result<PagePicture, DeskError> {
        let dossier = self.dossier(key.0).await?;
        if let Some(picture) = self.pages().get(key, size) {
            self.journal_view(key, size).await?;
            return Ok(picture);
        }
        let screen = match self.pages().get(key, PictureSize::Screen) {
            Some(picture) => picture,
            None => self.made_for_the_screen(&dossier, key).await?,
        };
        let picture = match size {
            PictureSize::Screen => screen,
            PictureSize::Thumbnail => {
                let small = made(move || evidence::display::thumbnail(&screen.bytes)).await?;
                self.pages().keep(key.clone(), size, small.clone());
                small
            }
        };
        self.journal_view(key, size).await?;
        Ok(picture)
    }

    async fn made_for_the_screen(
        &self,
        dossier: &Dossier,
        key: &PageKey,
    ) -> Result<PagePicture, DeskError> {
        let documents = self.documents_of(key.0).await?;
        let page = documents
            .iter()
            .flat_map(|document| &document.pages)
            .find(|page| page.document_id == key.1 && page.page_number == key.2)
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let fetched = self.page_bytes(dossier, page).await?;
        let picture = made(move || evidence::rendition(&fetched.bytes)).await?;
        self.pages()
            .keep(key.clone(), PictureSize::Screen, picture.clone());
        Ok(picture)
    }

    /// Committed before the picture is given, each time it is.
    async fn journal_view(&self, key: &PageKey, size: PictureSize) -> Result<(), DeskError> {
        let small = match size {
            PictureSize::Screen => "",
            PictureSize::Thumbnail => " thumbnail",
        };
        let detail = format!("document {} page {}{small}", key.1, key.2);
        let id = key.0;
        self.on_register(move |register, stamp| {
            register.record_act(Act::Viewed, Some(id), &detail, stamp)
        })
        .await
    }
}

/// Decoding takes long enough to be kept away from everything that waits.
async fn made(
    make: impl FnOnce() -> Result<Rendition, RenditionError> + Send + 'static,
) -> Result<PagePicture, DeskError> {
    let rendition = tokio::task::spawn_blocking(make)
        .await
        .map_err(DeskError::internal)?
        .map_err(|error| {
            let code = match error {
                RenditionError::Unsupported(_) => ErrorCode::FormatNotShown,
                _ => ErrorCode::PictureDamaged,
            };
            DeskError::new(code).because(error)
        })?;
    Ok(PagePicture {
        bytes: rendition.bytes.into(),
        mime: rendition.mime,
    })
}
