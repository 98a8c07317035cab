use id360_api::Report;
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityField {
    pub key: String,
    pub value: String,
    pub doubtful: bool,
}
pub fn identity_fields(_report: &Report, _today: chrono::NaiveDate) -> Vec<IdentityField> {
    Vec::new()
}
