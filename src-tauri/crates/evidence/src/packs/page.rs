//! The readable page: one content, drawn as HTML and as PDF.

mod fonts;
mod html;
mod layout;
mod pdf;
mod sheet;
mod text;

pub use html::render as html;
pub use pdf::{PdfError, render as pdf};
pub use sheet::environment_banner;
pub(super) use sheet::{Entry, Packed, PackedPiece, label, of_dossier, of_selection};
pub use text::{number, shown, time};

use chrono::{DateTime, Utc};

use super::contents::Language;

/// What there is to read, from top to bottom.
#[derive(Debug)]
pub struct Page {
    pub language: Language,
    pub title: String,
    /// Said on every page.
    pub banners: Vec<String>,
    pub blocks: Vec<Block>,
    /// At the foot of every page.
    pub footer: String,
    pub made_at: DateTime<Utc>,
    pub program: String,
}

/// A part of it.
#[derive(Debug)]
pub enum Block {
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

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    pub title: String,
    /// Share of the width.
    pub weight: f32,
}

/// One cell of a table.
#[derive(Debug)]
pub struct Cell {
    pub text: String,
    /// A file of the same pack, relative to the page.
    pub link: Option<String>,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, link: None }
    }
}
