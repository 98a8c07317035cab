use serde::Serialize;

use super::statement::{Statement, statement};
use crate::reading::findings::{Category, Finding, FindingSource};
use crate::reading::places;

/// What the customer may hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Saying {
    /// The one sentence of everything that hints at fraud: nothing in it warns a fraudster.
    OtherWay,
    Expired,
    OtherDocument,
    Photo,
    /// The document of a mandate holder, which is not the customer's own.
    MandateDocument,
    Name,
    FirstName,
    BirthDate,
    Siren,
    /// Some piece of information differs, and not which.
    Information,
    ElectronicRefused,
    ElectronicSilent,
    Face,
    Supporting,
    MissingPiece,
    Email,
    TimeOver,
    Incident,
    IncidentRetry,
}

/// What may be said of one cause; `None` where there is nothing to say.
pub fn saying(finding: &Finding) -> Option<Saying> {
    let said = of_statement(finding)?;
    let place = finding.where_.as_deref().unwrap_or_default();
    Some(match said {
        // These speak to the customer of his own document.
        Saying::Expired | Saying::OtherDocument | Saying::Photo
            if places::is_of_the_mandate(place) =>
        {
            Saying::MandateDocument
        }
        Saying::Expired | Saying::OtherDocument if places::is_supporting(place) => {
            Saying::Supporting
        }
        said => said,
    })
}

fn of_statement(finding: &Finding) -> Option<Saying> {
    if finding.category == Category::Security {
        return Some(Saying::OtherWay);
    }
    Some(match statement(finding) {
        Statement::InjectionDetected
        | Statement::MethodSecurity
        | Statement::ScreenPhotographed
        | Statement::PhotoForged
        // A document, or anything else that is no face, below a model's threshold may be a forgery.
        | Statement::DocumentBelowThreshold
        | Statement::BelowThreshold => Saying::OtherWay,
        Statement::DocumentExpired => Saying::Expired,
        Statement::DocumentRefused => Saying::OtherDocument,
        Statement::DocumentIncoherent
        | Statement::IssuedInTheFuture
        | Statement::ImageUnusable => Saying::Photo,
        Statement::NameDiffers => Saying::Name,
        Statement::FirstNameDiffers => Saying::FirstName,
        Statement::BirthDateDiffers => Saying::BirthDate,
        Statement::MethodRefused | Statement::MethodFailed => Saying::ElectronicRefused,
        Statement::MethodSilent => Saying::ElectronicSilent,
        Statement::FaceDiffers | Statement::LivenessMissed => Saying::Face,
        Statement::SirenDiffers => Saying::Siren,
        Statement::SupportingRefused => Saying::Supporting,
        Statement::ConstraintsNotMet => Saying::MissingPiece,
        Statement::EmailMissing => Saying::Email,
        Statement::TimeExceeded => Saying::TimeOver,
        Statement::DossierDeleted => return None,
        Statement::ModelAnswerUnusable => Saying::IncidentRetry,
        Statement::RuleBroken
        | Statement::MethodCredentials
        | Statement::MethodExchange
        | Statement::ServiceAnswer
        | Statement::Unspecified
        | Statement::Undocumented => Saying::Incident,
        Statement::RuleFailed
        | Statement::CheckFailed
        | Statement::RulesNotMet
        | Statement::ValuesDiffer
        | Statement::StepFailed
        | Statement::DocumentSetAside
        | Statement::ReasonGiven => of_subject(finding),
    })
}

/// Where only the subject is known.
fn of_subject(finding: &Finding) -> Saying {
    match (finding.category, finding.source) {
        (Category::Security, _) => Saying::OtherWay,
        (Category::DocumentValidity, _) => Saying::OtherDocument,
        (Category::Face, _) => Saying::Face,
        (Category::SupportingDocument, _) => Saying::Supporting,
        (Category::Technical, _) | (_, FindingSource::Step) => Saying::Incident,
        (_, FindingSource::Document) => Saying::Supporting,
        (Category::IdentityMismatch | Category::Unknown, _) => Saying::Information,
    }
}

/// What to say in all, each sentence once. Where one cause hints at fraud, only its sentence; an incident is not
/// worth a word beside something that the customer can act on.
pub fn sayings(findings: &[Finding]) -> Vec<Saying> {
    let mut said: Vec<Saying> = Vec::new();
    for saying in findings.iter().filter_map(saying) {
        if !said.contains(&saying) {
            said.push(saying);
        }
    }
    if said.contains(&Saying::OtherWay) {
        return vec![Saying::OtherWay];
    }
    let is_incident = |one: &Saying| matches!(one, Saying::Incident | Saying::IncidentRetry);
    if said.iter().any(|one| !is_incident(one)) {
        said.retain(|one| !is_incident(one));
    } else {
        said.truncate(1);
    }
    // «A piece of information differs» adds nothing to one that says which.
    let says_which = |one: &Saying| {
        matches!(
            one,
            Saying::Name | Saying::FirstName | Saying::BirthDate | Saying::Siren
        )
    };
    if said.iter().any(says_which) {
        said.retain(|one| *one != Saying::Information);
    }
    said
}
