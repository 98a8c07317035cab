//! XLSX: a date is a date; every other cell is a text, so none can be a formula.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
};

use chrono::{DateTime, Local, NaiveDate, Timelike as _, Utc};
use dossiers::Cell;
use evidence::PendingFile;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{Table, cells::Cells};
use crate::views::list::ListColumn;

/// Rows of a sheet, the heading included (ECMA-376 leaves it open; every spreadsheet ends there).
pub(super) const MOST_ROWS: u32 = 1_048_576;
/// Characters of a cell.
const LONGEST_CELL: usize = 32_767;
/// The same in every language, and sorted by its letters as by its time.
const DATE_FORMAT: &str = "yyyy-mm-dd hh:mm:ss";
/// Narrower, a date shows as `####`.
const DATE_WIDTH: u8 = 19;
/// Before it, spreadsheets count a day that never was.
const FIRST_SOUND_SERIAL: f64 = 61.0;

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
        let date = Format::new().set_num_format(DATE_FORMAT);
        for (place, column) in (0_u16..).zip(&cells.columns) {
            if holds_dates(column.column) {
                sheet
                    .set_column_format(place, &date)
                    .and_then(|sheet| sheet.set_column_width(place, DATE_WIDTH))
                    .map_err(refusal)?;
            }
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
            if let Cell::Time(at) = cell
                && let Some(serial) = serial(at)
            {
                // Its format is the column's.
                sheet
                    .write_number(self.next, place, serial)
                    .map_err(refusal)?;
                continue;
            }
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

fn holds_dates(column: ListColumn) -> bool {
    use ListColumn as C;
    matches!(
        column,
        C::CreatedAt | C::FinishedAt | C::Deadline | C::ChangedAt
    )
}

/// Days since the epoch of spreadsheets, which know no zone: by the person's own clock. `None` where
/// they disagree on what a day is.
fn serial(at: DateTime<Utc>) -> Option<f64> {
    let here = at.with_timezone(&Local).naive_local();
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let days = i32::try_from((here.date() - epoch).num_days()).ok()?;
    let seconds = here.time().num_seconds_from_midnight();
    let serial = f64::from(days) + f64::from(seconds) / 86_400.0;
    (serial >= FIRST_SOUND_SERIAL).then_some(serial)
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
