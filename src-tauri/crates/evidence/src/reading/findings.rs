use id360_api::Report;
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Security,
    DocumentValidity,
    IdentityMismatch,
    Face,
    SupportingDocument,
    Technical,
    Unknown,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FindingSource {
    StatusCode,
    Validation,
    Comparison,
    Custom,
    Step,
    Document,
    ExternalMethod,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: String,
    pub source: FindingSource,
    pub category: Category,
    pub message: Option<String>,
    pub where_: Option<String>,
    pub json_path: String,
}
pub fn findings(_report: &Report) -> Vec<Finding> {
    Vec::new()
}
