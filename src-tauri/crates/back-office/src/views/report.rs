use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    comparison::{ComparisonView, MrzView},
    dossier::StatusView,
    explanation::ExplanationView,
};

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

/// What was read on one document, or what an electronic identity says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ExtractedView.ts")]
pub struct ExtractedView {
    /// `identity`, `kbis`, …; the method's name for an electronic identity.
    pub family: String,
    pub is_electronic: bool,
    pub fields: Vec<IdentityField>,
    pub json_path: String,
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

/// The size of a picture, pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PixelSize.ts")]
pub struct PixelSize {
    pub width: u32,
    pub height: u32,
}

/// The sheets of one page's file: a PDF file may have several, any other has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "SheetsView.ts")]
pub struct SheetsView {
    pub total: u32,
    /// The first ones can be shown; those beyond are in the file once it is saved.
    pub shown: u32,
    /// The photograph, upright, where what is shown is a smaller copy of it.
    pub reduced_from: Option<PixelSize>,
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
    /// ID360 lets the dossier pass and its identity not.
    pub identity_contradicts: bool,
    pub reason: Option<String>,
    pub level: Option<String>,
    pub id_verification_service: Option<String>,
    pub started_at: Option<String>,
    pub finished_at: Option<String>,
    pub identity: Vec<IdentityField>,
    /// In the order they began.
    pub steps: Vec<StepView>,
    pub extracted: Vec<ExtractedView>,
    pub comparisons: Vec<ComparisonView>,
    pub mrz: Vec<MrzView>,
    pub explanation: ExplanationView,
    pub documents: Vec<DocumentView>,
    /// ID360 has signed the report. Nothing here verifies it.
    pub has_signature: bool,
    /// Pretty-printed, secrets masked.
    pub masked_json: String,
}
