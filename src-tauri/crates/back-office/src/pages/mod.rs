//! Pictures for the viewer: asked by ids, decoded and re-encoded, kept in memory only.

mod cache;
mod video;

use bytes::Bytes;
use dossiers::{Act, Dossier};
use evidence::{
    DocumentPage, MediaType, Rendition, RenditionError,
    display::sheets::{MOST_SHEETS, are_drawn_apart},
    sniff,
};

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    views::{
        error::ErrorCode,
        report::{PixelSize, SheetsView},
    },
};

pub use cache::PageCache;

/// A display copy. Never the original bytes.
#[derive(Debug, Clone)]
pub struct PagePicture {
    pub bytes: Bytes,
    pub mime: &'static str,
}

/// A picture, and what is known of its file once it is drawn.
pub(crate) struct Drawn {
    pub picture: PagePicture,
    pub file: DrawnFile,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DrawnFile {
    pub sheets: u32,
    /// Of a photograph larger than its picture.
    pub reduced_from: Option<PixelSize>,
}

/// A file of which nothing is known.
const ONE_SHEET: DrawnFile = DrawnFile {
    sheets: 1,
    reduced_from: None,
};

type PageKey = (dossiers::DossierId, String, u32);

/// Which picture of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureSize {
    /// To be looked at: [`evidence::display::LONG_SIDE`].
    Screen,
    /// To be told from its neighbours: [`evidence::display::THUMBNAIL_SIDE`].
    Thumbnail,
}

/// One picture of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shot {
    /// From 0: a PDF file is one page of ID360, and may have several sheets.
    pub sheet: u32,
    pub size: PictureSize,
}

impl Desk {
    /// A display copy of one page of this very dossier, journaled as a view. What kept it from being shown is
    /// remembered for [`Desk::page_trouble`], since a picture that does not load tells the window no reason.
    pub async fn page(
        &self,
        dossier: &str,
        document_id: &str,
        page_number: u32,
        shot: Shot,
    ) -> Result<PagePicture, ErrorCode> {
        let shown = match dossier_id(dossier) {
            Ok(id) => {
                let key = (id, document_id.to_owned(), page_number);
                let picture = self.picture(&key, shot).await;
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

    /// How many sheets the file of that page has, and how large its photograph is: known once one of them was shown,
    /// one until then.
    pub fn page_sheets(
        &self,
        dossier: &str,
        document_id: &str,
        page_number: u32,
    ) -> Result<SheetsView, DeskError> {
        let key = (dossier_id(dossier)?, document_id.to_owned(), page_number);
        let file = self.pages().drawn_file(&key);
        Ok(SheetsView {
            total: file.sheets,
            shown: file.sheets.min(MOST_SHEETS),
            reduced_from: file.reduced_from,
        })
    }

    async fn picture(&self, key: &PageKey, shot: Shot) -> Result<PagePicture, DeskError> {
        let dossier = self.dossier(key.0).await?;
        if let Some(picture) = self.pages().get(key, shot) {
            self.journal_view(key, shot).await?;
            return Ok(picture);
        }
        let on_screen = Shot {
            size: PictureSize::Screen,
            ..shot
        };
        let screen = match self.pages().get(key, on_screen) {
            Some(picture) => picture,
            None => self.made_for_the_screen(&dossier, key, shot.sheet).await?,
        };
        let picture = match shot.size {
            PictureSize::Screen => screen,
            PictureSize::Thumbnail => {
                let small = made(move || evidence::display::thumbnail(&screen.bytes)).await?;
                let small = shown(small);
                self.pages().keep(key.clone(), shot, small.clone());
                small
            }
        };
        self.journal_view(key, shot).await?;
        Ok(picture)
    }

    async fn made_for_the_screen(
        &self,
        dossier: &Dossier,
        key: &PageKey,
        sheet: u32,
    ) -> Result<PagePicture, DeskError> {
        let page = self.listed_page(key).await?;
        let bytes: Bytes = match self.pages().file(key) {
            Some(file) => file,
            None => self.page_bytes(dossier, &page).await?.bytes.into(),
        };
        if sniff(&bytes) == MediaType::Pdf {
            self.pages().keep_file(key.clone(), bytes.clone());
        }
        let Drawn { picture, file } = self.drawn(bytes, sheet).await?;
        // It may have locked itself while the file was on its way: nothing of it is kept then.
        if self.is_locked() {
            self.pages().clear();
            return Err(DeskError::new(ErrorCode::Locked));
        }
        if file != ONE_SHEET {
            self.pages().note_file(key.clone(), file);
        }
        let shot = Shot {
            sheet,
            size: PictureSize::Screen,
        };
        self.pages().keep(key.clone(), shot, picture.clone());
        Ok(picture)
    }

    /// The page, as the report of this very dossier lists it.
    async fn listed_page(&self, key: &PageKey) -> Result<DocumentPage, DeskError> {
        let documents = self.documents_of(key.0).await?;
        documents
            .into_iter()
            .flat_map(|document| document.pages)
            .find(|page| page.document_id == key.1 && page.page_number == key.2)
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))
    }

    /// A file as a picture, wherever that kind is drawn.
    pub(crate) async fn drawn(&self, file: Bytes, sheet: u32) -> Result<Drawn, DeskError> {
        let (rendition, sheets) = if are_drawn_apart(sniff(&file)) {
            let drawn = self.ports().sheets.draw(file, sheet).await;
            let drawn = drawn.map_err(not_shown)?;
            (drawn.rendition, drawn.sheets)
        } else if sheet > 0 {
            return Err(not_shown(RenditionError::NoSuchSheet));
        } else {
            (made(move || evidence::rendition(&file)).await?, 1)
        };
        let reduced_from = rendition
            .reduced_from
            .map(|(width, height)| PixelSize { width, height });
        Ok(Drawn {
            picture: shown(rendition),
            file: DrawnFile {
                sheets,
                reduced_from,
            },
        })
    }

    /// Committed before the picture is given, each time it is.
    async fn journal_view(&self, key: &PageKey, shot: Shot) -> Result<(), DeskError> {
        let sheet = match shot.sheet {
            0 => String::new(),
            further => format!(" sheet {further}"),
        };
        let small = match shot.size {
            PictureSize::Screen => "",
            PictureSize::Thumbnail => " thumbnail",
        };
        self.journal_look(key, &format!("{sheet}{small}")).await
    }

    async fn journal_look(&self, key: &PageKey, how: &str) -> Result<(), DeskError> {
        let detail = format!("document {} page {}{how}", key.1, key.2);
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
) -> Result<Rendition, DeskError> {
    let rendition = tokio::task::spawn_blocking(make)
        .await
        .map_err(DeskError::internal)?;
    rendition.map_err(not_shown)
}

fn shown(rendition: Rendition) -> PagePicture {
    PagePicture {
        bytes: rendition.bytes.into(),
        mime: rendition.mime,
    }
}

fn not_shown(error: RenditionError) -> DeskError {
    let code = match error {
        RenditionError::Unsupported(_) => ErrorCode::FormatNotShown,
        RenditionError::NoSuchSheet => ErrorCode::NotFound,
        RenditionError::TooLarge | RenditionError::Damaged => ErrorCode::PictureDamaged,
    };
    DeskError::new(code).because(error)
}
