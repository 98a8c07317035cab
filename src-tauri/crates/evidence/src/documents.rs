use id360_api::Report;
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageSide {
    Recto,
    Verso,
    Other,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentEntry {
    pub family: String,
    pub name: String,
    pub status: Option<String>,
    pub pages: Vec<DocumentPage>,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentPage {
    pub document_id: String,
    pub page_number: u32,
    pub side: PageSide,
    pub hash: Option<String>,
    pub hash_algorithm: Option<String>,
}
pub fn documents(_report: &Report) -> Vec<DocumentEntry> {
    Vec::new()
}
