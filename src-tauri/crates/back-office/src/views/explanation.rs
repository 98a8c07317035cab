//! Why a verdict is what it is, on the wire. Names only: the sentences stand in the interface's catalogues.

use evidence::explaining::is_of_another_document;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::comparison::ComparisonView;

/// An enum of the evidence crate, the same on the wire.
macro_rules! mirrored {
    ($(#[$doc:meta])* $name:ident of $from:ident in $file:tt { $($variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        #[ts(export, export_to = $file)]
        pub enum $name {
            $($variant),+
        }

        impl From<evidence::$from> for $name {
            fn from(from: evidence::$from) -> Self {
                match from {
                    $(evidence::$from::$variant => Self::$variant),+
                }
            }
        }
    };
}
pub(super) use mirrored;

mirrored! {
    /// The list of the report that a finding comes from.
    FindingSource of FindingSource in "FindingSource.ts" {
        StatusCode, Validation, Comparison, Custom, Step, Document, ExternalMethod, Reason,
    }
}

mirrored! {
    /// What a finding is about, most decisive first.
    Category of Category in "Category.ts" {
        Security, DocumentValidity, IdentityMismatch, Face, SupportingDocument, Technical, Unknown,
    }
}

mirrored! {
    /// What compliance reads.
    Statement of Statement in "Statement.ts" {
        InjectionDetected, MethodSecurity, ScreenPhotographed, PhotoForged, DocumentExpired,
        DocumentRefused, DocumentIncoherent, IssuedInTheFuture, DocumentBelowThreshold, NameDiffers,
        FirstNameDiffers, BirthDateDiffers, SirenDiffers, ValuesDiffer, MethodRefused, FaceDiffers, LivenessMissed,
        SupportingRefused, ConstraintsNotMet, RuleFailed, CheckFailed, RulesNotMet, RuleBroken,
        ImageUnusable, BelowThreshold, ModelAnswerUnusable, MethodCredentials, MethodExchange,
        MethodSilent, MethodFailed, TimeExceeded, DossierDeleted, ServiceAnswer, EmailMissing,
        StepFailed, DocumentSetAside, ReasonGiven, Unspecified, Undocumented,
    }
}

mirrored! {
    /// What the customer may hear.
    Saying of Saying in "Saying.ts" {
        OtherWay, Expired, OtherDocument, Photo, MandateDocument, Name, FirstName, BirthDate, Siren, Information,
        ElectronicRefused, ElectronicSilent, Face, Supporting, MissingPiece, Email, TimeOver,
        Incident, IncidentRetry,
    }
}

mirrored! {
    /// What a person does next.
    NextStep of NextStep in "NextStep.ts" {
        AlertCompliance, ReviewDocuments, OtherDocument, BetterPhotos, CompareAndCorrect,
        OtherMethod, OtherSupporting, OneDeviceAllPieces, AddEmail, StartAgain, TellAdministrator,
        CopyForSupport,
    }
}

/// One cause, with where it stands in the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "FindingView.ts")]
pub struct FindingView {
    /// A published code (`VLD_ID_INVALID`), a rule reference (`IDENTITY_DOCUMENT.expired`), or a status word.
    pub code: String,
    pub source: FindingSource,
    pub category: Category,
    pub statement: Statement,
    /// `None`: nothing to say to the customer.
    pub saying: Option<Saying>,
    pub next: Option<NextStep>,
    /// ID360's own words, for internal use.
    pub message: Option<String>,
    /// What a check looks at, in ID360's own words, where nothing else tells.
    pub description: Option<String>,
    /// `ID360`, a step name, `validation`, …
    pub where_: Option<String>,
    /// The statement speaks of a document that is not the customer's identity document: its place belongs to it.
    pub of_another_document: bool,
    /// The rule that says the same, where `code` is not that rule.
    pub rule: Option<String>,
    /// What the rule looked at, as `name: value`.
    pub values: Vec<String>,
    /// Of an expired document: since when (`2023-03-10`), and the report's word for its kind (`ID`).
    pub expired_on: Option<String>,
    pub document_type: Option<String>,
    /// Of two values that are not the same: one over the other, where both are known.
    pub compared: Option<ComparisonView>,
    pub json_path: String,
    /// Where else the report says the same.
    pub also_at: Vec<String>,
}

impl From<evidence::Cause> for FindingView {
    fn from(cause: evidence::Cause) -> Self {
        let finding = cause.finding;
        let of_another_document = is_of_another_document(&finding);
        let description = finding
            .description
            .filter(|_| cause.statement.needs_description());
        Self {
            code: finding.code,
            source: finding.source.into(),
            category: finding.category.into(),
            statement: cause.statement.into(),
            saying: cause.saying.map(Into::into),
            next: cause.next.map(Into::into),
            message: finding.message,
            description,
            where_: finding.where_,
            of_another_document,
            rule: finding.rule,
            values: finding.values,
            expired_on: None,
            document_type: None,
            compared: None,
            json_path: finding.json_path,
            also_at: finding.also_at,
        }
    }
}

/// A check that passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PassedCheckView.ts")]
pub struct PassedCheckView {
    pub rule: Option<String>,
    pub description: Option<String>,
    pub json_path: String,
}

impl From<evidence::PassedCheck> for PassedCheckView {
    fn from(check: evidence::PassedCheck) -> Self {
        Self {
            rule: check.rule,
            description: check.description,
            json_path: check.json_path,
        }
    }
}

/// A sign of failure that no cause covers, or a part of the report that nothing describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "BranchView.ts")]
pub struct BranchView {
    /// The first place.
    pub json_path: String,
    /// What stands there, masked and cut.
    pub value: String,
    /// How often the same stands at places that differ only by their number.
    pub count: u32,
}

impl From<evidence::UnexplainedSign> for BranchView {
    fn from(sign: evidence::UnexplainedSign) -> Self {
        Self {
            json_path: sign.json_path,
            value: sign.value,
            count: u32::try_from(sign.count).unwrap_or(u32::MAX),
        }
    }
}

impl From<evidence::UnknownBranch> for BranchView {
    fn from(branch: evidence::UnknownBranch) -> Self {
        Self {
            json_path: branch.json_path,
            value: branch.value,
            count: 1,
        }
    }
}

/// Everything that «Pourquoi» shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ExplanationView.ts")]
pub struct ExplanationView {
    /// Most decisive first; empty where the report names no cause.
    pub findings: Vec<FindingView>,
    /// In all, each once; never more than the customer may hear.
    pub sayings: Vec<Saying>,
    pub next_steps: Vec<NextStep>,
    pub passed: Vec<PassedCheckView>,
    /// What an earlier evaluation found: no cause of this verdict.
    pub previous: Vec<FindingView>,
    pub unexplained: Vec<BranchView>,
    pub unknown: Vec<BranchView>,
}
