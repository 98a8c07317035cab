use serde::Serialize;

use crate::reading::findings::{Category, Finding, FindingSource};
use crate::reading::places;

/// What compliance reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    InjectionDetected,
    MethodSecurity,
    ScreenPhotographed,
    PhotoForged,
    DocumentExpired,
    DocumentRefused,
    DocumentIncoherent,
    /// The date of issue that was read is yet to come.
    IssuedInTheFuture,
    DocumentBelowThreshold,
    NameDiffers,
    FirstNameDiffers,
    BirthDateDiffers,
    SirenDiffers,
    ValuesDiffer,
    MethodRefused,
    FaceDiffers,
    LivenessMissed,
    SupportingRefused,
    ConstraintsNotMet,
    /// A rule with a name that no catalogue has.
    RuleFailed,
    /// A check without a name (reports before 2025).
    CheckFailed,
    RulesNotMet,
    RuleBroken,
    ImageUnusable,
    BelowThreshold,
    ModelAnswerUnusable,
    MethodCredentials,
    MethodExchange,
    MethodSilent,
    MethodFailed,
    TimeExceeded,
    DossierDeleted,
    ServiceAnswer,
    EmailMissing,
    StepFailed,
    DocumentSetAside,
    /// ID360's own words are all there is.
    ReasonGiven,
    /// `UNKNOWN_ERROR`: ID360 does not say.
    Unspecified,
    /// A code that no public list has.
    Undocumented,
}

impl Statement {
    /// No catalogue knows the check: only its own description says what it is about.
    pub fn needs_description(self) -> bool {
        matches!(self, Self::RuleFailed | Self::CheckFailed)
    }

    /// It speaks of the customer's identity document, unless its place is another one.
    fn is_of_a_document(self) -> bool {
        matches!(
            self,
            Self::DocumentExpired | Self::DocumentRefused | Self::ImageUnusable
        )
    }
}

/// Whether the statement speaks of a document that is not the customer's identity document: it is to name it.
pub fn is_of_another_document(finding: &Finding) -> bool {
    let place = finding.where_.as_deref().and_then(places::document);
    statement(finding).is_of_a_document()
        && place.is_some_and(|document| !["id_document", "idd"].contains(&document))
}

/// The statement of a cause.
pub fn statement(finding: &Finding) -> Statement {
    of_rule(finding.rule.as_deref().unwrap_or_default())
        .or_else(|| of_rule(&finding.code))
        .or_else(|| of_code(finding))
        .unwrap_or_else(|| of_source(finding))
}

/// Rules whose names are known (facts §F.8, §K).
fn of_rule(rule: &str) -> Option<Statement> {
    Some(match rule {
        "IDENTITY_DOCUMENT.expired" => Statement::DocumentExpired,
        "IDENTITY_DOCUMENT.mrz" => Statement::DocumentIncoherent,
        "IDENTITY.NAME.name" => Statement::NameDiffers,
        "IDENTITY.FIRST_NAME.first_name" => Statement::FirstNameDiffers,
        "IDENTITY.BIRTH_DATE.birth_date" => Statement::BirthDateDiffers,
        "KBIS.SIREN.siren" => Statement::SirenDiffers,
        _ => return None,
    })
}

fn of_code(finding: &Finding) -> Option<Statement> {
    Some(match finding.code.as_str() {
        "VLD_VALIDATION_KO" => Statement::RulesNotMet,
        "VLD_ID_INVALID" if says_expired(finding) => Statement::DocumentExpired,
        "VLD_ID_INVALID" => Statement::DocumentRefused,
        "VLD_DOCUMENT_INVALID" => Statement::SupportingRefused,
        "VLD_SYNTAX_ERROR" | "VLD_SCRIPT_ERROR" => Statement::RuleBroken,
        "MDL_INPUT_INVALID" => Statement::ImageUnusable,
        "MDL_CHALLENGE_NOT_MET" => of_model(finding),
        "MDL_RESPONSE_INVALID" => Statement::ModelAnswerUnusable,
        "EIM_RESPONSE_KO" => Statement::MethodRefused,
        "EIM_WRONG_CREDENTIAL" => Statement::MethodCredentials,
        "EIM_WRONG_REQUEST" => Statement::MethodExchange,
        "EIM_SECURITY_FAILED" => Statement::MethodSecurity,
        "EIM_TIMEOUT" => Statement::MethodSilent,
        "ERL_TIMEOUT" => Statement::TimeExceeded,
        "ERL_DELETE" => Statement::DossierDeleted,
        "SEC_DATA_INJECTION" => Statement::InjectionDetected,
        "SVC_RESPONSE_INVALID" => Statement::ServiceAnswer,
        "COV_FAILED" => Statement::ConstraintsNotMet,
        "ACCOUNT_MISSING_EMAIL" => Statement::EmailMissing,
        "UNKNOWN_ERROR" => Statement::Unspecified,
        _ => return None,
    })
}

/// A model below its threshold: which one tells what it means.
fn of_model(finding: &Finding) -> Statement {
    match family(finding) {
        "phone_detection" => Statement::ScreenPhotographed,
        "fake_photo_id" | "fake_id_photo" => Statement::PhotoForged,
        "facecomparison" => Statement::FaceDiffers,
        "liveness" | "liveness_video" => Statement::LivenessMissed,
        _ if finding.category == Category::DocumentValidity => Statement::DocumentBelowThreshold,
        _ => Statement::BelowThreshold,
    }
}

fn of_source(finding: &Finding) -> Statement {
    match finding.source {
        _ if finding.is_rule() => Statement::RuleFailed,
        FindingSource::StatusCode => Statement::Undocumented,
        FindingSource::Reason => Statement::ReasonGiven,
        FindingSource::Validation | FindingSource::Comparison | FindingSource::Custom
            if !finding.is_status_word() =>
        {
            Statement::RuleFailed
        }
        FindingSource::Comparison => Statement::ValuesDiffer,
        FindingSource::Validation | FindingSource::Custom => {
            of_words(finding).unwrap_or(Statement::CheckFailed)
        }
        FindingSource::Document => Statement::DocumentSetAside,
        FindingSource::Step if !finding.is_status_word() => Statement::Undocumented,
        FindingSource::Step => Statement::StepFailed,
        FindingSource::ExternalMethod if finding.code.starts_with("EIM_") => {
            Statement::Undocumented
        }
        FindingSource::ExternalMethod => Statement::MethodFailed,
    }
}

/// Before rules had names, only ID360's sentences say what was checked (facts §F.8): «Checks MRZ validity», «… has not
/// expired», «… not created in the future».
fn of_words(finding: &Finding) -> Option<Statement> {
    if finding.category != Category::DocumentValidity {
        return None;
    }
    if says(finding, "in the future") {
        Some(Statement::IssuedInTheFuture)
    } else if says(finding, "expired") {
        Some(Statement::DocumentExpired)
    } else if says(finding, "mrz") {
        Some(Statement::DocumentIncoherent)
    } else {
        None
    }
}

fn says_expired(finding: &Finding) -> bool {
    finding.category == Category::DocumentValidity && says(finding, "expired")
}

/// `words` in lower case.
fn says(finding: &Finding, words: &str) -> bool {
    [&finding.message, &finding.description]
        .into_iter()
        .flatten()
        .any(|said| said.to_ascii_lowercase().contains(words))
}

fn family(finding: &Finding) -> &str {
    let place = finding.where_.as_deref().unwrap_or_default();
    place.split('$').next().unwrap_or(place)
}
