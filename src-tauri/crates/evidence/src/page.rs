//! Readable pages: one content, drawn as HTML and as PDF.

pub use crate::packs::page::{
    Block, Cell, Column, Page, PdfError, environment_banner, html, number, pdf, shown, time,
};
