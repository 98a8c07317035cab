use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::dossier::StatusView;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ReportKind.ts")]
pub enum ReportKind {
    Final,
    Draft,
    Archived,
}

/// A label of the catalogue and a value of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "IdentityField.ts")]
pub struct IdentityField {
    /// The report's key: `name`, `first_name`, `first_names`, `birth_date`, …
    pub key: String,
    pub value: String,
    /// An impossible date or another value that wants a second look.
    pub doubtful: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "StepView.ts")]
pub struct StepView {
    /// `id_document`, `liveness$0`, …
    pub name: String,
    /// Without the `$n`: the catalogue key.
    pub family: String,
    pub status: StatusView,
    pub started_at: Option<String>,
    pub finished_at: Option<String>,
    pub codes: Vec<String>,
}

/// Why the verdict is what it is: one entry per cause, with where it stands in the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "FindingView.ts")]
pub struct FindingView {
    /// A published code (`VLD_ID_INVALID`), a rule reference (`IDENTITY_DOCUMENT.expired`), or a status word.
    pub code: String,
    pub source: FindingSource,
    /// ID360's own words, for internal use.
    pub message: Option<String>,
    /// `ID360`, a step name, `validation`, …
    pub where_: Option<String>,
    pub json_path: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "FindingSource.ts")]
pub enum FindingSource {
    StatusCode,
    Validation,
    Comparison,
    Custom,
    Step,
    Document,
    ExternalMethod,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DocumentView.ts")]
pub struct DocumentView {
    /// Entry name: `id_document_image`, `selfie_image`, …
    pub name: String,
    /// Family: `identity`, `selfie`, `proof_of_address`, …
    pub family: String,
    /// `VALID`, `INVALID`, `COLLECTED`, or another word.
    pub status: Option<String>,
    pub pages: Vec<PageView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "PageSide.ts")]
pub enum PageSide {
    Recto,
    Verso,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PageView.ts")]
pub struct PageView {
    pub document_id: String,
    pub page_number: u32,
    pub side: PageSide,
    /// The report states a hash to compare with.
    pub hash_stated: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ReportView.ts")]
pub struct ReportView {
    pub kind: ReportKind,
    pub read_at: String,
    /// 1 or 2 where stated.
    pub version: Option<u32>,
    pub status: StatusView,
    pub identity_status: Option<String>,
    pub reason: Option<String>,
    pub level: Option<String>,
    pub id_verification_service: Option<String>,
    pub started_at: Option<String>,
    pub finished_at: Option<String>,
    pub identity: Vec<IdentityField>,
    pub steps: Vec<StepView>,
    pub findings: Vec<FindingView>,
    pub documents: Vec<DocumentView>,
    /// Pretty-printed, secrets masked.
    pub masked_json: String,
}
