//! Files whose drawing has no bound of its own on time and memory: what hostile ones do to it, they must do in a
//! process that is there for nothing else.

use super::{Rendition, RenditionError, heic, pdf};
use crate::media::{MediaType, sniff};

/// Most sheets of one file that are drawn: nobody pages through more, and a small file can claim millions.
pub const MOST_SHEETS: u32 = 200;
/// Forms within forms, pages within pages: more than a thread has otherwise, bytes.
const STACK: usize = 64 * 1024 * 1024;

/// One sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnSheet {
    pub rendition: Rendition,
    /// How many sheets the file has.
    pub sheets: u32,
}

/// Must files of this kind be drawn by [`draw`]?
pub fn are_drawn_apart(kind: MediaType) -> bool {
    matches!(kind, MediaType::Pdf | MediaType::Heic)
}

/// Draws one sheet of a PDF file, or a HEIC photograph, which is one sheet, at most [`super::LONG_SIDE`] long.
///
/// # Errors
/// [`RenditionError::Unsupported`] for every other kind, and for a photograph in another coding;
/// [`RenditionError::Damaged`] where the file cannot be read, is encrypted, has more than [`super::MAX_PIXELS`], or broke
/// the drawing; [`RenditionError::NoSuchSheet`] beyond its last sheet or [`MOST_SHEETS`].
pub fn draw(file: Vec<u8>, sheet: u32) -> Result<DrawnSheet, RenditionError> {
    let drawing = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || drawn(file, sheet));
    let drawing = drawing.map_err(|_| RenditionError::TooLarge)?;
    // A panic of the drawing ends here.
    drawing.join().unwrap_or(Err(RenditionError::Damaged))
}

fn drawn(file: Vec<u8>, sheet: u32) -> Result<DrawnSheet, RenditionError> {
    match sniff(&file) {
        MediaType::Pdf => pdf::draw(file, sheet),
        MediaType::Heic if sheet == 0 => Ok(DrawnSheet {
            rendition: heic::draw(&file)?,
            sheets: 1,
        }),
        MediaType::Heic => Err(RenditionError::NoSuchSheet),
        other => Err(RenditionError::Unsupported(other)),
    }
}
