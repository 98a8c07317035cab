use serde::Serialize;

use super::statement::{Statement, statement};
use crate::reading::findings::{Category, Finding};

/// What a person does about a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    /// Before anything else, and instead of a new dossier.
    AlertCompliance,
    /// Somebody who decides looks at the documents first.
    ReviewDocuments,
    OtherDocument,
    BetterPhotos,
    CompareAndCorrect,
    OtherMethod,
    OtherSupporting,
    OneDeviceAllPieces,
    AddEmail,
    StartAgain,
    TellAdministrator,
    CopyForSupport,
}

/// What to do about one cause; `None` where nothing can be done.
pub fn next_step(finding: &Finding) -> Option<NextStep> {
    if finding.category == Category::Security {
        return Some(NextStep::AlertCompliance);
    }
    Some(match statement(finding) {
        Statement::InjectionDetected
        | Statement::MethodSecurity
        | Statement::ScreenPhotographed
        | Statement::PhotoForged => NextStep::AlertCompliance,
        Statement::DocumentBelowThreshold | Statement::BelowThreshold => NextStep::ReviewDocuments,
        Statement::DocumentExpired | Statement::DocumentRefused => NextStep::OtherDocument,
        Statement::DocumentIncoherent
        | Statement::IssuedInTheFuture
        | Statement::ImageUnusable
        | Statement::FaceDiffers
        | Statement::LivenessMissed => NextStep::BetterPhotos,
        Statement::NameDiffers
        | Statement::FirstNameDiffers
        | Statement::BirthDateDiffers
        | Statement::ValuesDiffer
        | Statement::SirenDiffers => NextStep::CompareAndCorrect,
        Statement::MethodRefused | Statement::MethodFailed | Statement::MethodSilent => {
            NextStep::OtherMethod
        }
        Statement::SupportingRefused => NextStep::OtherSupporting,
        Statement::ConstraintsNotMet => NextStep::OneDeviceAllPieces,
        Statement::EmailMissing => NextStep::AddEmail,
        Statement::TimeExceeded | Statement::ModelAnswerUnusable | Statement::ServiceAnswer => {
            NextStep::StartAgain
        }
        Statement::RuleBroken | Statement::MethodCredentials | Statement::MethodExchange => {
            NextStep::TellAdministrator
        }
        Statement::DossierDeleted => return None,
        Statement::Unspecified | Statement::Undocumented | Statement::ReasonGiven => {
            NextStep::CopyForSupport
        }
        // A rule of the process that only its author knows.
        Statement::RuleFailed if finding.category == Category::Unknown => {
            NextStep::TellAdministrator
        }
        Statement::RuleFailed
        | Statement::CheckFailed
        | Statement::RulesNotMet
        | Statement::StepFailed
        | Statement::DocumentSetAside => of_subject(finding.category),
    })
}

/// Where only the subject is known.
fn of_subject(category: Category) -> NextStep {
    match category {
        Category::Security => NextStep::AlertCompliance,
        Category::DocumentValidity => NextStep::OtherDocument,
        Category::IdentityMismatch => NextStep::CompareAndCorrect,
        Category::Face => NextStep::BetterPhotos,
        Category::SupportingDocument => NextStep::OtherSupporting,
        Category::Technical => NextStep::StartAgain,
        Category::Unknown => NextStep::CopyForSupport,
    }
}

/// What to do in all, each step once, that of the most decisive cause first. After a sign of fraud nothing else is
/// done until compliance has looked.
pub fn next_steps(findings: &[Finding]) -> Vec<NextStep> {
    let mut steps: Vec<NextStep> = Vec::new();
    for step in findings.iter().filter_map(next_step) {
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    if steps.contains(&NextStep::AlertCompliance) {
        return vec![NextStep::AlertCompliance];
    }
    steps
}
