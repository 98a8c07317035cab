use serde::Serialize;

use crate::reading::findings::{Category, Finding, FindingSource};

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
        FindingSource::Validation | FindingSource::Custom if says_expired(finding) => {
            Statement::DocumentExpired
        }
        FindingSource::Comparison => Statement::ValuesDiffer,
        FindingSource::Validation | FindingSource::Custom => Statement::CheckFailed,
        FindingSource::Document => Statement::DocumentSetAside,
        FindingSource::Step if !finding.is_status_word() => Statement::Undocumented,
        FindingSource::Step => Statement::StepFailed,
        FindingSource::ExternalMethod if finding.code.starts_with("EIM_") => {
            Statement::Undocumented
        }
        FindingSource::ExternalMethod => Statement::MethodFailed,
    }
}

/// Before rules had names, only ID360's sentence says it («the ID document … is expired», «has not expired»).
fn says_expired(finding: &Finding) -> bool {
    finding.category == Category::DocumentValidity
        && finding
            .message
            .as_deref()
            .is_some_and(|message| message.contains("expired"))
}

fn family(finding: &Finding) -> &str {
    let place = finding.where_.as_deref().unwrap_or_default();
    place.split('$').next().unwrap_or(place)
}
