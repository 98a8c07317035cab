//! The published status codes (facts §F.7): what a KO can say and where it says it.

/// Where a code shows in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The whole dossier.
    Dossier,
    /// A step by that name, or the nearest one that ran.
    Step(&'static str),
    /// The validator; with the rule that fails.
    Validation(&'static str),
    /// The electronic method.
    Electronic,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause {
    pub code: &'static str,
    pub place: Place,
    pub message: &'static str,
}

const fn cause(code: &'static str, place: Place, message: &'static str) -> Cause {
    Cause {
        code,
        place,
        message,
    }
}

/// The list that the customer's page offers, in the order of the published page.
pub(crate) const CAUSES: [Cause; 19] = [
    cause(
        "ACCOUNT_MISSING_EMAIL",
        Place::Dossier,
        "the account has no email",
    ),
    cause(
        "MDL_RESPONSE_INVALID",
        Place::Step("fake_photo_id"),
        "model response could not be used",
    ),
    cause(
        "MDL_CHALLENGE_NOT_MET",
        Place::Step("facecomparison"),
        "face comparison score under the threshold",
    ),
    cause(
        "MDL_INPUT_INVALID",
        Place::Step("id_document"),
        "no MRZ found in the input file",
    ),
    cause(
        "VLD_DOCUMENT_INVALID",
        Place::Validation("PROOF_OF_ADDRESS.age"),
        "the proof of address is older than 3 months",
    ),
    cause(
        "VLD_VALIDATION_KO",
        Place::Validation("IDENTITY.FIRST_NAME.first_name"),
        "the first name is not the expected one",
    ),
    cause(
        "VLD_ID_INVALID",
        Place::Validation("IDENTITY_DOCUMENT.expired"),
        "the ID document id_document_result of type CIF is expired",
    ),
    cause(
        "VLD_SYNTAX_ERROR",
        Place::Validation("CUSTOM.syntax"),
        "syntax error in a validation rule",
    ),
    cause(
        "VLD_SCRIPT_ERROR",
        Place::Validation("CUSTOM.script"),
        "a validation script failed",
    ),
    cause(
        "EIM_WRONG_CREDENTIAL",
        Place::Electronic,
        "wrong credentials",
    ),
    cause(
        "EIM_WRONG_REQUEST",
        Place::Electronic,
        "the method's answer was not understood",
    ),
    cause(
        "EIM_SECURITY_FAILED",
        Place::Electronic,
        "security control failed",
    ),
    cause(
        "EIM_RESPONSE_KO",
        Place::Electronic,
        "the method answered KO",
    ),
    cause(
        "EIM_TIMEOUT",
        Place::Electronic,
        "the method did not answer in time",
    ),
    cause(
        "ERL_TIMEOUT",
        Place::Dossier,
        "the enrollment exceeded its allowed time",
    ),
    cause(
        "SEC_DATA_INJECTION",
        Place::Dossier,
        "data injection detected",
    ),
    cause(
        "SVC_RESPONSE_INVALID",
        Place::Step("phone_detection"),
        "invalid service answer",
    ),
    cause("COV_FAILED", Place::Dossier, "process constraints failed"),
    cause(
        "UNKNOWN_ERROR",
        Place::Step("id_document"),
        "MRZ: unreadable line 2",
    ),
];

/// `ERL_DELETE` is published too, but it tells of a deleted dossier: it never makes a KO.
pub(crate) fn find(code: &str) -> Option<&'static Cause> {
    CAUSES.iter().find(|cause| cause.code == code)
}

/// What the control API says when a KO names no cause.
pub(crate) const DEFAULT: &str = "VLD_ID_INVALID";
