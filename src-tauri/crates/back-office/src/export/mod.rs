//! Writing dossiers into a file for a spreadsheet, where a person chose.
//!
//! Rows go from the register to the disk one by one. The act is committed before the file gets its
//! name; whatever ends the export before leaves nothing.

mod cells;
mod sheet;
mod text;

use std::path::{Path, PathBuf};

use chrono::Local;
use dossiers::{Act, Progress, Register, RegisterError, Selection, SortKey};
use evidence::{Destination, PendingFile};

pub(crate) use self::sheet::copy;
use self::{cells::Cells, sheet::Sheet, text::Text};
use crate::{
    desk::Desk,
    errors::DeskError,
    list::shown_count,
    ports::Pick,
    views::{
        error::ErrorCode,
        list::ListColumn,
        transfer::{ExportColumn, ExportForm, ExportFormat, ExportOutcome},
    },
};

/// Longest heading, in characters.
const LONGEST_LABEL: usize = 200;

/// What takes rows and becomes a file.
trait Table {
    fn row(&mut self, dossier: &dossiers::Dossier) -> std::io::Result<()>;
    fn end(self: Box<Self>) -> std::io::Result<PendingFile>;
}

impl Desk {
    /// `None` when the person closed the dialog.
    pub async fn export_dossiers(
        &self,
        intent_id: &str,
        form: ExportForm,
    ) -> Result<Option<ExportOutcome>, DeskError> {
        let columns = columns(&form)?;
        self.long(intent_id, move |desk, progress| async move {
            let asking = desk.asking();
            let selection = asking.selection(&form.selection)?;
            let order = match &selection {
                Selection::Matching { query, .. } => query.sort.clone(),
                Selection::Some(_) => Vec::new(),
            };
            let extension = match form.format {
                ExportFormat::Csv => "csv",
                ExportFormat::Xlsx => "xlsx",
            };
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
            let detail_columns = words(&columns);
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
            desk.on_register(move |register, stamp| {
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

    /// Folder and name of the file that a person chose to write.
    pub(crate) async fn place(
        &self,
        pick: Pick,
        suggested: &str,
    ) -> Result<Option<(PathBuf, String)>, DeskError> {
        let language = self.preferences().language;
        let Some(path) = self.ports().picker.save(language, pick, suggested).await else {
            return Ok(None);
        };
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .ok_or_else(|| DeskError::new(ErrorCode::FolderMissing))?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Some((folder, name)))
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
    let mut table: Box<dyn Table> = match wanted.format {
        ExportFormat::Csv => Box::new(Text::begin(file, cells)?),
        ExportFormat::Xlsx => Box::new(Sheet::begin(file, cells, folder)?),
    };
    let mut refused = None;
    let written = register.each(&wanted.selection, &wanted.order, progress, &mut |dossier| {
        table.row(&dossier).map_err(|error| {
            refused = Some(error);
            // Ends the reading; what refused is told instead.
            RegisterError::Cancelled
        })
    });
    if let Some(error) = refused {
        return Err(error.into());
    }
    Ok((table.end()?, written?))
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
fn words(columns: &[ExportColumn]) -> String {
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
