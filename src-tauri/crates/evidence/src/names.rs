//! Names that a person recognises in a folder. None of them is the server's: a server's word only chooses among
//! ours, or goes through the same cleaning as everything else (quality.md E-10).

mod component;
mod words;

pub use component::{MAX_BYTES, component};

use crate::documents::PageSide;
use crate::media::MediaType;

/// What the files of a dossier begin with: the caller's own reference, else the number of the enrollment.
/// Plain ASCII letters, digits, `-` and `_`, at most 48 bytes.
pub fn reference(client_reference: Option<&str>, enrollment_id: i64) -> String {
    client_reference
        .map(|reference| words::plain(reference, 48))
        .filter(|reference| !reference.is_empty())
        .unwrap_or_else(|| enrollment_id.to_string())
}

/// `REF-1042_recto.jpg`, `REF-1042_selfie.png`, `REF-1042_justificatif-domicile_1.pdf`.
///
/// `document` is the entry's name in the report (facts §F.5), `page_number` counts from 0 as in the API.
pub fn document_file_name(
    reference: &str,
    document: &str,
    side: PageSide,
    page_number: u32,
    media: MediaType,
) -> String {
    let page = u64::from(page_number) + 1;
    let (word, is_single) = words::of_document(document);
    let subject = match side {
        PageSide::Recto => "recto".to_owned(),
        PageSide::Verso => "verso".to_owned(),
        PageSide::Other if is_single && page == 1 => word,
        PageSide::Other => format!("{word}_{page}"),
    };
    named(reference, &subject, media.extension())
}

/// `REF-1042_idclaim.asice`
pub fn idclaim_file_name(reference: &str) -> String {
    named(reference, "idclaim", "asice")
}

/// `REF-1042_rapport.json`: the report as received.
pub fn report_file_name(reference: &str) -> String {
    named(reference, "rapport", "json")
}

/// `REF-1042_rapport_provisoire.json`: what ID360 said before the end.
pub fn draft_report_file_name(reference: &str) -> String {
    named(reference, "rapport_provisoire", "json")
}

/// `REF-1042_rapport_masque.json`: the report with its secrets masked.
pub fn masked_report_file_name(reference: &str) -> String {
    named(reference, "rapport_masque", "json")
}

/// `REF-1042_rapport_provisoire_masque.json`: the same with its secrets masked.
pub fn masked_draft_report_file_name(reference: &str) -> String {
    named(reference, "rapport_provisoire_masque", "json")
}

/// `REF-1042_rapport.pdf`: ID360's own PDF.
pub fn pdf_file_name(reference: &str) -> String {
    named(reference, "rapport", "pdf")
}

/// The name to try when `name` is taken: `REF-1042_recto (2).jpg`. `copy` counts from 2.
pub fn alternative(name: &str, copy: u32) -> String {
    let (stem, extension) = component::split(name);
    let mark = format!(" ({copy})");
    let stem = component::cut(stem, MAX_BYTES - mark.len() - extension.len());
    component(&format!("{stem}{mark}{extension}"))
}

fn named(reference: &str, subject: &str, extension: &str) -> String {
    let reference = match words::plain(reference, 48) {
        plain if plain.is_empty() => "dossier".to_owned(),
        plain => plain,
    };
    component(&format!("{reference}_{subject}.{extension}"))
}
