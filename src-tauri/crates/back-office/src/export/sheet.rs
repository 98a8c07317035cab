//! XLSX: every cell is a text, so none can be a formula.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
};

use dossiers::Cell;
use evidence::PendingFile;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::{Table, cells::Cells};

/// Rows of a sheet, the heading included (ECMA-376 leaves it open; every spreadsheet ends there).
pub(super) const MOST_ROWS: u32 = 1_048_576;
/// Characters of a cell.
const LONGEST_CELL: usize = 32_767;

pub struct Sheet {
    book: Workbook,
    file: PendingFile,
    /// Without a name, in the folder that was chosen: gone with the program, whatever happens.
    built: File,
    cells: Cells,
    next: u32,
    cell: String,
}

impl Sheet {
    pub fn begin(file: PendingFile, cells: Cells, folder: &Path) -> io::Result<Self> {
        let mut book = Workbook::new();
        book.set_tempdir(folder).map_err(refusal)?;
        let sheet = book.add_worksheet_with_constant_memory().map_err(refusal)?;
        for (place, column) in (0_u16..).zip(&cells.columns) {
            sheet
                .write_string(0, place, &column.label)
                .map_err(refusal)?;
        }
        Ok(Self {
            book,
            file,
            built: tempfile::tempfile_in(folder)?,
            cells,
            next: 1,
            cell: String::new(),
        })
    }
}

impl Table for Sheet {
    fn row(&mut self, cells: &mut dyn Iterator<Item = Cell<'_>>) -> io::Result<()> {
        if self.next >= MOST_ROWS {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let sheet = self.book.worksheet_from_index(0).map_err(refusal)?;
        for ((place, column), cell) in (0_u16..).zip(&self.cells.columns).zip(cells) {
            self.cell.clear();
            self.cells.write(cell, column.column, &mut self.cell);
            if self.cell.is_empty() {
                continue;
            }
            if let Some((end, _)) = self.cell.char_indices().nth(LONGEST_CELL) {
                self.cell.truncate(end);
            }
            sheet
                .write_string(self.next, place, &self.cell)
                .map_err(refusal)?;
        }
        self.next += 1;
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<PendingFile> {
        self.book.save_to_writer(&mut self.built).map_err(refusal)?;
        copy(self.built, self.file)
    }
}

/// The whole of an unnamed file, behind what the other holds.
pub(crate) fn copy(mut from: File, mut to: PendingFile) -> io::Result<PendingFile> {
    from.seek(SeekFrom::Start(0))?;
    let mut piece = vec![0; 1 << 18];
    loop {
        let read = from.read(&mut piece)?;
        match piece.get(..read) {
            Some(bytes) if read > 0 => to.write(bytes)?,
            _ => return Ok(to),
        }
    }
}

fn refusal(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error.to_string()),
    }
}
