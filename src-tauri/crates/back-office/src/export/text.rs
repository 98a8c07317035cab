//! CSV: a byte order mark, so that every spreadsheet reads the accents; `;` where a comma parts
//! decimals, as French spreadsheets expect.

use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use dossiers::Cell;
use evidence::PendingFile;

use super::{
    Table,
    cells::{Cells, disarm},
};
use crate::views::settings::Language;

/// Few and large writes: each is hashed and goes to the disk by itself.
const BUFFER: usize = 1 << 18;

pub struct Text {
    rows: Writer<Content>,
    cells: Cells,
    cell: String,
}

impl Text {
    pub fn begin(mut file: PendingFile, cells: Cells) -> io::Result<Self> {
        file.write("\u{feff}".as_bytes())?;
        let rows = WriterBuilder::new()
            .delimiter(match cells.language {
                Language::Fr => b';',
                Language::En => b',',
            })
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Necessary)
            .buffer_capacity(BUFFER)
            .from_writer(Content(file));
        let mut text = Self {
            rows,
            cells,
            cell: String::new(),
        };
        for place in 0..text.cells.columns.len() {
            let Some(column) = text.cells.columns.get(place) else {
                break;
            };
            text.cell.clear();
            text.cell.push_str(&column.label);
            text.put()?;
        }
        text.end_row()?;
        Ok(text)
    }

    /// Writes the cell, made harmless.
    fn put(&mut self) -> io::Result<()> {
        disarm(&mut self.cell);
        self.rows.write_field(&self.cell).map_err(refusal)
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.rows.write_record(None::<&[u8]>).map_err(refusal)
    }
}

impl Table for Text {
    fn row(&mut self, cells: &mut dyn Iterator<Item = Cell<'_>>) -> io::Result<()> {
        for (place, cell) in cells.take(self.cells.columns.len()).enumerate() {
            let Some(column) = self.cells.columns.get(place).map(|chosen| chosen.column) else {
                break;
            };
            self.cell.clear();
            self.cells.write(cell, column, &mut self.cell);
            self.put()?;
        }
        self.end_row()
    }

    fn end(self: Box<Self>) -> io::Result<PendingFile> {
        match self.rows.into_inner() {
            Ok(Content(file)) => Ok(file),
            Err(error) => Err(io::Error::new(
                error.error().kind(),
                "the rows were not written",
            )),
        }
    }
}

fn refusal(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other("a row could not be written"),
    }
}

struct Content(PendingFile);

impl Write for Content {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
