//! The documents of a dossier in the order a person looks at them, and which page is recto or verso (facts §F.5).

use id360_api::{Report, ReportDocument, ReportPage};
use serde::Serialize;

use crate::reading::places;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageSide {
    Recto,
    Verso,
    /// Anything that is not a side of an identity document.
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentEntry {
    /// `identity`, `selfie`, `proof_of_address`, …
    pub family: String,
    /// `id_document_image`, `selfie_image`, …
    pub name: String,
    /// `VALID`, `INVALID`, `COLLECTED`, or another word.
    pub status: Option<String>,
    pub pages: Vec<DocumentPage>,
    pub json_path: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentPage {
    pub document_id: String,
    /// From 0, as in the API.
    pub page_number: u32,
    pub side: PageSide,
    pub hash: Option<String>,
    pub hash_algorithm: Option<String>,
}

impl DocumentEntry {
    /// A face in motion: sensitive data that no other use needs.
    pub fn is_video(&self) -> bool {
        self.family == "liveness" || self.name.starts_with("liveness_video")
    }
}

/// Identity documents first, then the face, then supporting documents, then what is not known.
pub fn documents(report: &Report) -> Vec<DocumentEntry> {
    let mut entries: Vec<DocumentEntry> = report.documents.iter().map(entry).collect();
    entries.sort_by_key(|entry| (family_rank(entry), name_rank(&entry.name)));
    leave_one_pair(&mut entries);
    entries
}

/// The front of one document is never shown or saved beside the back of another one: the first that has a side has
/// both, and the pages of further ones are pages.
fn leave_one_pair(entries: &mut [DocumentEntry]) {
    let has_side =
        |entry: &DocumentEntry| entry.pages.iter().any(|page| page.side != PageSide::Other);
    let Some(first) = entries.iter().position(has_side) else {
        return;
    };
    // Its two sides are two entries.
    let is_split = |entry: &DocumentEntry| entry.name.starts_with("ar24_in_");
    let split = entries.get(first).is_some_and(is_split);
    for entry in entries.iter_mut().skip(first + 1) {
        if !(split && is_split(entry)) {
            for page in &mut entry.pages {
                page.side = PageSide::Other;
            }
        }
    }
}

fn entry(document: &ReportDocument) -> DocumentEntry {
    let mut pages: Vec<&ReportPage> = document.pages.iter().collect();
    pages.sort_by_key(|page| page.page_number);
    let numbering = Numbering::of(&pages);
    DocumentEntry {
        pages: pages
            .iter()
            .enumerate()
            .map(|(position, page)| DocumentPage {
                document_id: page.document_id.clone(),
                page_number: page.page_number,
                side: side(document, numbering.index(position, page.page_number)),
                hash: page.hash.clone(),
                hash_algorithm: page.hash_algorithm.clone(),
            })
            .collect(),
        family: document.family.clone(),
        name: document.name.clone(),
        status: document.status.clone(),
        json_path: document.json_path.clone(),
    }
}

/// What tells front from back.
#[derive(Debug, Clone, Copy)]
enum Numbering {
    /// 0 is the front and 1 the back, even when only one of them was collected.
    ByPage,
    /// Each side is a document of its own, or the pages do not count from 0.
    ByPosition,
}

impl Numbering {
    fn of(pages: &[&ReportPage]) -> Self {
        let is_distinct = pages
            .windows(2)
            .all(|pair| pair[0].page_number != pair[1].page_number);
        let from_front = pages.first().is_some_and(|page| page.page_number == 0);
        let only_back = pages.len() == 1 && pages[0].page_number == 1;
        if is_distinct && (from_front || only_back) {
            Numbering::ByPage
        } else {
            Numbering::ByPosition
        }
    }

    fn index(self, position: usize, page_number: u32) -> usize {
        match self {
            Numbering::ByPage => usize::try_from(page_number).unwrap_or(usize::MAX),
            Numbering::ByPosition => position,
        }
    }
}

fn side(document: &ReportDocument, index: usize) -> PageSide {
    match (document.name.as_str(), index) {
        ("ar24_in_front", 0) => PageSide::Recto,
        ("ar24_in_back", 0) => PageSide::Verso,
        ("ar24_in_front" | "ar24_in_back", _) => PageSide::Other,
        _ if !is_identity(document) => PageSide::Other,
        // «Recto» is said of the customer's own.
        (name, _) if places::is_of_the_mandate(name) => PageSide::Other,
        (_, 0) => PageSide::Recto,
        (_, 1) => PageSide::Verso,
        _ => PageSide::Other,
    }
}

fn is_identity(document: &ReportDocument) -> bool {
    matches!(document.family.as_str(), "identity" | "identity_document")
        || matches!(document.name.as_str(), "id_document_image" | "idd")
}

const FAMILIES: [&str; 16] = [
    "identity",
    "identity_document",
    "selfie",
    "liveness",
    "proof_of_address",
    "bank_details",
    "pay_slip",
    "income_tax",
    "property_tax",
    "kbis",
    "health_insurance_card",
    "social_security_card",
    "car_registration",
    "mandate",
    "voice",
    "other",
];

fn family_rank(entry: &DocumentEntry) -> usize {
    if entry.name.starts_with("ar24_in_") {
        return 0;
    }
    FAMILIES
        .iter()
        .position(|family| *family == entry.family)
        .unwrap_or(FAMILIES.len())
}

fn name_rank(name: &str) -> usize {
    const NAMES: [&str; 6] = [
        "id_document_image",
        "idd",
        "ar24_in_front",
        "ar24_in_back",
        "selfie_image",
        "selfie_image_upload",
    ];
    NAMES
        .iter()
        .position(|known| *known == name)
        .unwrap_or(NAMES.len())
}
