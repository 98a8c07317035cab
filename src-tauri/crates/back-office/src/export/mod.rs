//! Writing dossiers into a file for a spreadsheet, where a person chose.
//!
//! Rows go from the register to the disk one by one. The act is committed before the file gets its
//! name; whatever ends the export before leaves nothing.

mod cells;
mod sheet;
mod text;
mod words;

use std::{
    io,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, sync_channel},
    thread,
};

use chrono::Local;
use dossiers::{
    Act, Cell, Column, Progress, Register, RegisterError, RowBatch, Selection, SortKey, Stamp,
};
use evidence::{Destination, PendingFile};

pub(crate) use self::sheet::copy;
use self::{
    cells::Cells,
    sheet::{MOST_ROWS, Sheet},
    text::Text,
};
use crate::{
    desk::Desk,
    errors::DeskError,
    list::{column, shown_count, sort_key},
    ports::Pick,
    views::{
        error::ErrorCode,
        list::{self as views, ListColumn},
        transfer::{ExportColumn, ExportForm, ExportFormat, ExportOutcome},
    },
};

/// Longest heading, in characters.
const LONGEST_LABEL: usize = 200;

/// Batches that may wait for the disk.
const WAITING: usize = 4;

/// What takes rows and becomes a file.
trait Table: Send {
    /// A row takes as many cells as there are columns.
    fn row(&mut self, cells: &mut dyn Iterator<Item = Cell<'_>>) -> io::Result<()>;
    fn end(self: Box<Self>) -> io::Result<PendingFile>;
}

/// Who asked for what takes a while: it is their act, though they signed out before it was done.
#[derive(Debug)]
pub(crate) struct Asker(Option<String>);

impl Desk {
    /// `None` when the person closed the dialog.
    pub async fn export_dossiers(
        &self,
        intent_id: &str,
        form: ExportForm,
    ) -> Result<Option<ExportOutcome>, DeskError> {
        let columns = columns(&form)?;
        self.long(intent_id, move |desk, progress| async move {
            let asker = desk.asker();
            let asking = desk.asking();
            let selection = asking.selection(&form.selection)?;
            let order = match &selection {
                Selection::Matching { query, .. } => query.sort.clone(),
                Selection::Some(_) => picked_order(&form.sort),
            };
            let extension = match form.format {
                ExportFormat::Csv => "csv",
                ExportFormat::Xlsx => "xlsx",
            };
            if form.format == ExportFormat::Xlsx {
                let wanted = selection.clone();
                let watched = progress.clone();
                let rows = desk
                    .on_register(move |register, _| rows_of(register, &wanted, &watched))
                    .await?;
                fits_a_sheet(rows)?;
            }
            let day = desk.now().with_timezone(&Local).date_naive();
            let Some((folder, name)) = desk
                .place(
                    Pick::Export(form.format),
                    &format!("dossiers_{day}.{extension}"),
                )
                .await?
            else {
                return Ok(None);
            };
            let detail_columns = column_words(&columns);
            let cells = Cells::of(&desk, columns);
            let (at, file_name) = (folder.clone(), name.clone());
            let watched = progress.clone();
            let (file, rows) = desk
                .on_register(move |register, _| {
                    let wanted = Wanted {
                        selection,
                        order,
                        format: form.format,
                    };
                    Ok(write(register, &wanted, cells, &at, &file_name, &watched))
                })
                .await??;
            // In no language: whoever reads the journal sees it in their own.
            let detail = format!(
                "rows={rows} format={extension} personal={} columns={detail_columns}",
                form.personal_data
            );
            if progress.is_cancelled() {
                return Err(DeskError::new(ErrorCode::Cancelled));
            }
            desk.on_register_as(desk.stamp_for(&asker), move |register, stamp| {
                register.record_act(Act::Exported, None, &detail, stamp)
            })
            .await?;
            let saved = finish(file).await?;
            Ok(Some(ExportOutcome {
                file_name: saved.name,
                folder: last_part(&folder),
                rows: shown_count(rows),
            }))
        })
        .await
    }

    pub(crate) fn asker(&self) -> Asker {
        Asker(self.session_or_none().map(|open| open.username.clone()))
    }

    /// Now, in their name.
    pub(crate) fn stamp_for(&self, asker: &Asker) -> Stamp {
        match &asker.0 {
            Some(username) => self.stamp_of(username),
            None => self.desk_stamp(),
        }
    }

    /// Folder and name of the file that a person chose to write.
    pub(crate) async fn place(
        &self,
        pick: Pick,
        suggested: &str,
    ) -> Result<Option<(PathBuf, String)>, DeskError> {
        let language = self.preferences().language;
        let answer = self.ports().picker.save(language, pick, suggested).await;
        let Some(path) = self.picked(answer)? else {
            return Ok(None);
        };
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .ok_or_else(|| DeskError::new(ErrorCode::FolderMissing))?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Some((folder, name)))
    }

    /// What a dialog answered. It may have outlived the lock: then nobody proved to be the one who asked.
    pub(crate) fn picked(&self, answer: Option<PathBuf>) -> Result<Option<PathBuf>, DeskError> {
        if answer.is_some() && self.is_locked() {
            return Err(DeskError::new(ErrorCode::Locked));
        }
        Ok(answer)
    }
}

struct Wanted {
    selection: Selection,
    order: Vec<SortKey>,
    format: ExportFormat,
}

fn write(
    register: &dyn Register,
    wanted: &Wanted,
    cells: Cells,
    folder: &Path,
    name: &str,
    progress: &Progress,
) -> Result<(PendingFile, u64), DeskError> {
    let file = Destination::open(folder)?.begin(name)?;
    let columns: Vec<Column> = cells.columns.iter().map(|one| column(one.column)).collect();
    let mut table: Box<dyn Table> = match wanted.format {
        ExportFormat::Csv => Box::new(Text::begin(file, cells)?),
        ExportFormat::Xlsx => Box::new(Sheet::begin(file, cells, folder)?),
    };
    let width = columns.len();
    let (hand, handed) = sync_channel(WAITING);
    let (read, written) = thread::scope(|scope| {
        let writing = scope.spawn(move || {
            fill(table.as_mut(), &handed, width)?;
            // What the reading gave up is not brought to an end.
            Ok::<_, io::Error>(table)
        });
        let read = register.each(
            &wanted.selection,
            &wanted.order,
            &columns,
            progress,
            &mut |batch| hand.send(batch).map_err(|_| RegisterError::Cancelled),
        );
        drop(hand);
        (read, writing.join())
    });
    // Whoever writes gives up first, when the disk refuses: the reading then ends as if cancelled.
    let table = written
        .map_err(|_| DeskError::internal("the export was not written"))?
        .map_err(|error| match (wanted.format, error.kind()) {
            // The register grew since it was counted.
            (ExportFormat::Xlsx, io::ErrorKind::FileTooLarge) => too_many_rows(MOST_ROWS.into()),
            _ => error.into(),
        })?;
    let rows = read?;
    Ok((table.end()?, rows))
}

/// Puts every row into the table, until there are no more.
fn fill(table: &mut dyn Table, batches: &Receiver<RowBatch>, width: usize) -> io::Result<()> {
    for batch in batches {
        let mut cells = batch.cells().peekable();
        while cells.peek().is_some() {
            table.row(&mut cells.by_ref().take(width))?;
        }
    }
    Ok(())
}

/// Rows that were picked one by one stand as they do in the list, not as they were clicked.
fn picked_order(sort: &[views::SortKey]) -> Vec<SortKey> {
    if sort.is_empty() {
        // As the list is without an order of its own.
        return vec![SortKey {
            column: Column::PreparedAt,
            descending: true,
        }];
    }
    sort.iter().map(sort_key).collect()
}

/// How many rows a selection has now.
fn rows_of(
    register: &dyn Register,
    selection: &Selection,
    progress: &Progress,
) -> dossiers::Result<u64> {
    match selection {
        Selection::Some(ids) => Ok(ids.len() as u64),
        Selection::Matching { query, except } => {
            let all = register.count(query, progress)?;
            Ok(all.saturating_sub(except.len() as u64))
        }
    }
}

/// Below the heading.
fn fits_a_sheet(rows: u64) -> Result<(), DeskError> {
    if rows < MOST_ROWS.into() {
        Ok(())
    } else {
        Err(too_many_rows(rows))
    }
}

fn too_many_rows(rows: u64) -> DeskError {
    DeskError::new(ErrorCode::TooManyRows)
        .with("rows", rows)
        .with("most", MOST_ROWS)
}

/// Gives the file its name, off the async threads.
pub(crate) async fn finish(file: PendingFile) -> Result<evidence::SavedFile, DeskError> {
    Ok(tokio::task::spawn_blocking(move || file.finish(None))
        .await
        .map_err(DeskError::internal)??)
}

/// The columns that are written: personal ones only on the person's word.
fn columns(form: &ExportForm) -> Result<Vec<ExportColumn>, DeskError> {
    let columns: Vec<ExportColumn> = form
        .columns
        .iter()
        .filter(|column| form.personal_data || !is_personal(column.column))
        .cloned()
        .collect();
    if columns.is_empty() {
        return Err(DeskError::invalid_field("columns", "required"));
    }
    if columns
        .iter()
        .any(|column| column.label.chars().count() > LONGEST_LABEL)
        || columns.len() > 64
    {
        return Err(DeskError::invalid_field("columns", "too_long"));
    }
    Ok(columns)
}

fn is_personal(column: ListColumn) -> bool {
    matches!(
        column,
        ListColumn::Name | ListColumn::Email | ListColumn::Phone
    )
}

/// For the journal: words, whatever the language of the headings.
fn column_words(columns: &[ExportColumn]) -> String {
    let words: Vec<String> = columns
        .iter()
        .filter_map(|column| serde_json::to_value(column.column).ok())
        .filter_map(|word| word.as_str().map(str::to_owned))
        .collect();
    words.join(" ")
}

pub(crate) fn last_part(folder: &Path) -> String {
    folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_takes_a_row_less_than_it_has_and_says_how_many_were_wanted() {
        assert!(fits_a_sheet(1_048_575).is_ok());
        let refused = fits_a_sheet(1_048_576).err();
        let told = refused.map(|error| (error.code, error.params.get("rows").cloned()));
        assert_eq!(
            told,
            Some((ErrorCode::TooManyRows, Some("1048576".to_owned())))
        );
    }
}
