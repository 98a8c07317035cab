//! What a cause is about, from its code, its rule and its place (facts §F.7, product.md §8.6).

use serde::Serialize;

/// Most decisive first; the order of the variants is the order of the causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Security controls and forgery.
    Security,
    /// The identity document itself.
    DocumentValidity,
    /// The person is not, or does not say to be, the one of the document.
    IdentityMismatch,
    /// Liveness and face.
    Face,
    SupportingDocument,
    Technical,
    Unknown,
}

/// Of a published code. `where_` is a step, `ID360`, `validation`, or an electronic method.
pub(super) fn of_code(code: &str, where_: Option<&str>, message: Option<&str>) -> Category {
    match code {
        "EIM_SECURITY_FAILED" => Category::Security,
        _ if code.starts_with("SEC_") => Category::Security,
        "VLD_ID_INVALID" => Category::DocumentValidity,
        "VLD_VALIDATION_KO" => of_rule_in(message.unwrap_or_default()),
        "EIM_RESPONSE_KO" => Category::IdentityMismatch,
        "VLD_DOCUMENT_INVALID" | "COV_FAILED" => Category::SupportingDocument,
        "MDL_CHALLENGE_NOT_MET" => where_.map_or(Category::Unknown, of_place),
        "MDL_INPUT_INVALID" => where_.map_or(Category::Unknown, of_input),
        "VLD_SYNTAX_ERROR"
        | "VLD_SCRIPT_ERROR"
        | "MDL_RESPONSE_INVALID"
        | "ACCOUNT_MISSING_EMAIL" => Category::Technical,
        _ if ["EIM_", "ERL_", "SVC_"]
            .iter()
            .any(|family| code.starts_with(family)) =>
        {
            Category::Technical
        }
        _ => Category::Unknown,
    }
}

/// What a step that looks for a forgery cannot read is a photograph to take again, and no sign of fraud.
fn of_input(place: &str) -> Category {
    match of_place(place) {
        Category::Security => Category::DocumentValidity,
        other => other,
    }
}

/// Of a step that only says how it ended: FAILED where a forgery is looked for is a failure of the search itself.
pub(super) fn of_ended_step(place: &str, status: &str) -> Category {
    match of_place(place) {
        Category::Security if status.eq_ignore_ascii_case("FAILED") => Category::Technical,
        other => other,
    }
}

/// Of a step, a document family or a document type.
pub(super) fn of_place(place: &str) -> Category {
    let place = place
        .split('$')
        .next()
        .unwrap_or(place)
        .to_ascii_lowercase();
    let place = place.strip_suffix("_image").unwrap_or(&place);
    match place {
        "fake_photo_id" | "fake_id_photo" | "phone_detection" => Category::Security,
        "id_document"
        | "id_document_mandate"
        | "id_document_mandat"
        | "identity"
        | "identity_document"
        | "idd"
        | "ar24_in_front"
        | "ar24_in_back" => Category::DocumentValidity,
        "facecomparison"
        | "liveness"
        | "liveness_video"
        | "selfie"
        | "selfie_image_upload"
        | "voice" => Category::Face,
        "bank_details"
        | "income_tax"
        | "income_tax_notice"
        | "property_tax"
        | "property_tax_notice"
        | "kbis"
        | "pay_slip"
        | "proof_of_address"
        | "health_insurance_card"
        | "social_security_card"
        | "car_registration"
        | "mandate" => Category::SupportingDocument,
        _ => Category::Unknown,
    }
}

/// Of a rule: `IDENTITY_DOCUMENT.expired`, `IDENTITY.NAME.name`, `KBIS.SIREN.siren`.
pub(super) fn of_rule(reference: &str) -> Category {
    match reference.split('.').next().unwrap_or_default() {
        "IDENTITY" => Category::IdentityMismatch,
        subject => of_place(subject),
    }
}

/// Of a check without a name (facts §F.8): «Checks MRZ validity», «Checks that the Id card has not expired».
pub(super) fn of_description(description: &str) -> Category {
    let words = format!(" {}", description.to_ascii_lowercase());
    let is_of_the_document = [" mrz", " id card", " id document", " identity document"]
        .iter()
        .any(|subject| words.contains(subject));
    if is_of_the_document {
        Category::DocumentValidity
    } else {
        Category::Unknown
    }
}

/// Of the most decisive rule that a sentence names.
pub(super) fn of_rule_in(sentence: &str) -> Category {
    super::rules::named_in(sentence)
        .map(of_rule)
        .min()
        .unwrap_or(Category::Unknown)
}
