use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::list::{ListColumn, Selection, SortKey};

/// Where an import is read from. Both are read in Rust: the lines may hold api_keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ImportSource.ts")]
pub enum ImportSource {
    /// A CSV or text file, chosen in the system's own dialog.
    File,
    Clipboard,
}

/// What an import would do; nothing is done yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ImportPlan.ts")]
pub struct ImportPlan {
    pub plan_id: String,
    /// The file's name; `None` for the clipboard.
    pub file_name: Option<String>,
    pub environment_id: String,
    pub process_id: Option<String>,
    /// Lines that would be added.
    pub new: u32,
    /// In the register already; left as they are.
    pub known: u32,
    /// In the register already, and the line brings what was missing.
    pub completed: u32,
    /// Said twice in the source; the first one counts.
    pub repeated: u32,
    pub invalid: u32,
    /// The first thousand, those with trouble first.
    pub lines: Vec<ImportLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ImportLine.ts")]
pub struct ImportLine {
    /// In the source, from 1.
    pub number: u32,
    pub enrollment_id: Option<String>,
    pub reference: Option<String>,
    pub has_api_key: bool,
    pub verdict: ImportVerdict,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "ImportVerdict.ts")]
pub enum ImportVerdict {
    New,
    Known { id: String },
    Completed { id: String },
    Repeated { first: u32 },
    Invalid { rule: ImportRule },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ImportRule.ts")]
pub enum ImportRule {
    /// No number of a dossier on the line.
    NoId,
    /// Something stands where the number should, and is none.
    IdNotANumber,
    /// Not visible ASCII, or longer than 4,096 characters.
    ApiKey,
    ReferenceTooLong,
    /// Quotes that never close, or a line of more than 64 KiB.
    Unreadable,
    /// The register knows another api_key for that dossier.
    OtherApiKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ImportOutcome.ts")]
pub struct ImportOutcome {
    pub added: u32,
    pub completed: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ExportFormat.ts")]
pub enum ExportFormat {
    Csv,
    Xlsx,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ExportForm.ts")]
pub struct ExportForm {
    pub selection: Selection,
    /// The list's order, for dossiers that were picked one by one; those that match bring their own.
    pub sort: Vec<SortKey>,
    pub columns: Vec<ExportColumn>,
    pub format: ExportFormat,
    /// The person chose to write names, e-mail addresses and phone numbers; without it those columns
    /// are left out.
    pub personal_data: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ExportColumn.ts")]
pub struct ExportColumn {
    pub column: ListColumn,
    /// The heading, in the person's language.
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ExportOutcome.ts")]
pub struct ExportOutcome {
    pub file_name: String,
    /// The folder's last part.
    pub folder: String,
    pub rows: u32,
}
