//! The readable page: one content, drawn as HTML and as PDF.

mod fonts;
mod html;
mod layout;
mod pdf;
mod sheet;
mod text;

pub(super) use html::render as html;
pub(super) use pdf::{PdfError, render as pdf};
pub(super) use sheet::{Entry, Packed, PackedPiece, label, of_dossier, of_selection};

use chrono::{DateTime, Utc};

use super::contents::Language;

/// What there is to read, from top to bottom.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) language: Language,
    pub(super) title: String,
    /// Said on every page.
    pub(super) banners: Vec<String>,
    pub(super) blocks: Vec<Block>,
    /// At the foot of every page.
    pub(super) footer: String,
    pub(super) made_at: DateTime<Utc>,
    pub(super) program: String,
}

#[derive(Debug)]
pub(super) enum Block {
    Heading(String),
    Subheading(String),
    Text(String),
    Fields(Vec<(String, String)>),
    /// What a reader must see first.
    Headline(Vec<(String, String)>),
    Table {
        columns: Vec<Column>,
        rows: Vec<Vec<Cell>>,
    },
}

#[derive(Debug)]
pub(super) struct Column {
    pub(super) title: String,
    /// Share of the width.
    pub(super) weight: f32,
}

#[derive(Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    /// A file of the same pack, relative to the page.
    pub(super) link: Option<String>,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, link: None }
    }
}
