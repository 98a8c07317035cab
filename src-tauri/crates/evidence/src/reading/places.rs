//! Places of a report by all the names that they have: a step, a document and its file (facts §F.5, §J.17).

use super::category::{Category, of_place};

/// Other names of a step or of a document.
const ALIASES: [(&str, &str); 2] = [
    ("id_document_mandat", MANDATE),
    ("fake_id_photo", "fake_photo_id"),
];

/// The identity document of whoever acts for the customer.
const MANDATE: &str = "id_document_mandate";

fn known(name: &str) -> &str {
    ALIASES
        .iter()
        .find(|(alias, _)| *alias == name)
        .map_or(name, |(_, known)| *known)
}

/// A family without its aliases, and its number: `liveness$1` is `liveness` and `1`.
pub(super) fn parted(place: &str) -> (&str, Option<&str>) {
    match place.split_once('$') {
        Some((family, number)) => (known(family), Some(number)),
        None => (known(place), None),
    }
}

/// The document that a place speaks of; `None` where it is the whole dossier, its checks, or not said.
pub(crate) fn document(place: &str) -> Option<&str> {
    let (family, _) = parted(place);
    match known(family.strip_suffix("_image").unwrap_or(family)) {
        "" | "ID360" | "validation" => None,
        // Signs of a forgery are looked for on the customer's document.
        "identity" | "identity_document" | "fake_photo_id" | "phone_detection" => {
            Some("id_document")
        }
        other => Some(other),
    }
}

/// Whether a step, a document or a file is the identity document of a mandate holder, and not the customer's own.
pub fn is_of_the_mandate(place: &str) -> bool {
    document(place) == Some(MANDATE)
}

/// Whether a place is a supporting document.
pub(crate) fn is_supporting(place: &str) -> bool {
    of_place(place) == Category::SupportingDocument
}
