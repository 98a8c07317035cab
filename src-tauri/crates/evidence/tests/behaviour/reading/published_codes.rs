//! The published list (facts §F.7) with what each code is about, written by hand.

use evidence::Category::{
    self, DocumentValidity, Face, IdentityMismatch, Security, SupportingDocument, Technical,
    Unknown,
};
use evidence::findings;
use serde_json::json;

use super::read;

const CODES: [(&str, &str, Category); 31] = [
    ("ACCOUNT_MISSING_EMAIL", "ID360", Technical),
    ("MDL_RESPONSE_INVALID", "id_document", Technical),
    ("MDL_CHALLENGE_NOT_MET", "liveness$0", Face),
    ("MDL_CHALLENGE_NOT_MET", "liveness", Face),
    ("MDL_CHALLENGE_NOT_MET", "facecomparison", Face),
    ("MDL_CHALLENGE_NOT_MET", "fake_photo_id", Security),
    ("MDL_CHALLENGE_NOT_MET", "phone_detection", Security),
    ("MDL_CHALLENGE_NOT_MET", "id_document", DocumentValidity),
    ("MDL_CHALLENGE_NOT_MET", "kbis", SupportingDocument),
    ("MDL_INPUT_INVALID", "id_document", DocumentValidity),
    ("MDL_INPUT_INVALID", "proof_of_address", SupportingDocument),
    ("MDL_INPUT_INVALID", "fake_photo_id", DocumentValidity),
    ("MDL_INPUT_INVALID", "phone_detection", DocumentValidity),
    ("VLD_DOCUMENT_INVALID", "validation", SupportingDocument),
    ("VLD_VALIDATION_KO", "ID360", Unknown),
    ("VLD_ID_INVALID", "validation", DocumentValidity),
    ("VLD_SYNTAX_ERROR", "validation", Technical),
    ("VLD_SCRIPT_ERROR", "validation", Technical),
    ("EIM_WRONG_CREDENTIAL", "FranceConnect", Technical),
    ("EIM_WRONG_REQUEST", "FranceConnect", Technical),
    ("EIM_SECURITY_FAILED", "FranceConnect+", Security),
    ("EIM_RESPONSE_KO", "AR24", IdentityMismatch),
    ("EIM_TIMEOUT", "digital identity", Technical),
    ("ERL_TIMEOUT", "ID360", Technical),
    ("ERL_DELETE", "ID360", Technical),
    ("SEC_DATA_INJECTION", "ID360", Security),
    ("SVC_RESPONSE_INVALID", "ID360", Technical),
    ("COV_FAILED", "ID360", SupportingDocument),
    ("UNKNOWN_ERROR", "id_document", Unknown),
    ("A_CODE_OF_TOMORROW", "ID360", Unknown),
    ("MDL_CHALLENGE_NOT_MET", "a_step_of_tomorrow", Unknown),
];

#[test]
fn every_published_code_is_about_what_it_should_be() {
    for (code, place, category) in CODES {
        let report = json!({"status": "KO", "all_status_codes": [
            {"status_code": {"code": code, "message": "m"}, "where": place}
        ]});
        let found = findings(&read(&report));
        assert_eq!(found.len(), 1, "{code}");
        assert_eq!(
            (found[0].code.as_str(), found[0].category),
            (code, category),
            "{code} @ {place}"
        );
    }
}
