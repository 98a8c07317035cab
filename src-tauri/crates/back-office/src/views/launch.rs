use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{dossier::DossierView, error::ErrorCode};

/// The new-dossier form (facts §C.3). Empty strings are not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "LaunchForm.ts")]
pub struct LaunchForm {
    /// A process of the signed-in environment.
    pub process_id: String,
    pub reference: String,
    pub last_name: String,
    pub first_name: String,
    pub email: String,
    pub phone_number: String,
    pub address_line_1: String,
    pub address_line_2: String,
    pub address_line_3: String,
    pub zip_code: String,
    pub city: String,
    pub country: String,
    pub group: String,
    /// E.164, for processes that make an idClaim.
    pub authenticator_phone_number: String,
    /// Data to compare with: `name`, `first_name`, `birth_date`, `phone_number`, or others.
    pub expected: Vec<ExpectedDatumForm>,
    /// Language of the customer's pages: `fr`, `en`, `it`, `ar`, `ko`, or another ISO code.
    pub lang: String,
    /// Forms of before there was a choice were all for this computer.
    #[serde(default)]
    pub mode: LaunchMode,
    /// Use the link at once, as the mode says: open it here, or show it as a QR code. What is sent waits for a word.
    pub open_link: bool,
}

/// How the customer gets the link; chosen before creation, since the return address is fixed with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "LaunchMode.ts")]
pub enum LaunchMode {
    /// In this computer's browser, which comes back to the desk.
    #[default]
    ThisPc,
    /// On the customer's phone, from a QR code.
    Phone,
    /// By e-mail, SMS or any other way, to wherever the customer is.
    Sent,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ExpectedDatumForm.ts")]
pub struct ExpectedDatumForm {
    pub name: String,
    pub value: String,
    pub locked: bool,
    /// `None`: not sent. Only meaningful for `phone_number`.
    pub auto: Option<bool>,
}

/// What a form needs before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "FormCheck.ts")]
pub struct FormCheck {
    /// What is to be mended, in the order of the screen; with any of them nothing is begun.
    pub problems: Vec<FieldProblem>,
    /// ID360 would send an SMS to this number before the customer is there (facts §C.4): to be asked about first.
    pub sms_to: Option<String>,
}

/// One field to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "FieldProblem.ts")]
pub struct FieldProblem {
    /// A field of the form; of data to compare `expected.2.name` or `expected.2.value`, by their place from zero.
    pub field: String,
    pub rule: FieldRule,
    /// Characters at most, where it is too long.
    pub most: Option<u32>,
}

impl FieldProblem {
    pub(crate) fn new(field: &str, rule: FieldRule) -> Self {
        Self {
            field: field.to_owned(),
            rule,
            most: None,
        }
    }
}

/// What a field does not hold to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "FieldRule.ts")]
pub enum FieldRule {
    ProcessMissing,
    TooLong,
    ControlCharacters,
    Email,
    /// Digits, as people write them.
    Phone,
    /// E.164.
    PhoneInternational,
    /// A value without a name.
    DataName,
    /// Letters, digits and underscores: it ends up in an address.
    DataNameSpelling,
    /// A name that stands above already.
    DataTwice,
    /// ID360 has locked it: it takes no other value.
    DataLocked,
    /// A name without a value.
    DataValue,
    /// A day as `1978-02-14`.
    BirthDate,
}

impl FieldRule {
    /// As it crosses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ProcessMissing => "process_missing",
            Self::TooLong => "too_long",
            Self::ControlCharacters => "control_characters",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::PhoneInternational => "phone_international",
            Self::DataName => "data_name",
            Self::DataNameSpelling => "data_name_spelling",
            Self::DataTwice => "data_twice",
            Self::DataLocked => "data_locked",
            Self::DataValue => "data_value",
            Self::BirthDate => "birth_date",
        }
    }
}

/// A form as it is typed: nothing in it needs to be sound yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DraftForm.ts")]
pub struct DraftForm {
    pub form: LaunchForm,
    /// The person chose `form.mode`; otherwise it is the process's own.
    pub mode_chosen: bool,
}

/// The form that was begun, to go on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DraftView.ts")]
pub struct DraftView {
    pub draft: DraftForm,
    /// RFC 3339.
    pub saved_at: String,
}

/// Names of the data that a dossier can be given to compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ExpectedNamesView.ts")]
pub struct ExpectedNamesView {
    pub names: Vec<String>,
    pub source: ExpectedNamesSource,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ExpectedNamesSource.ts")]
pub enum ExpectedNamesSource {
    /// ID360 told them for this dossier.
    Dossier,
    /// ID360 did not: those of its public guide (facts §C.4).
    Documented,
}

/// What became of a launch. The dossier is in the register in every case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "LaunchOutcome.ts")]
pub struct LaunchOutcome {
    pub dossier: DossierView,
    /// `Some(false)`: asked for, and the browser did not open.
    pub link_opened: Option<bool>,
}

/// How a person settles an unknown outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "how", rename_all = "snake_case")]
#[ts(export, export_to = "Settlement.ts")]
pub enum Settlement {
    /// Found in the console: attach ID360's id. There is no api_key: reports yes, link no.
    Attach { enrollment_id: String },
    /// Looked, and it does not exist.
    DoesNotExist,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "SaveSubject.ts")]
pub enum SaveSubject {
    Recto,
    Verso,
    /// Every page of every document.
    AllDocuments,
    IdClaim,
    /// The report's bytes as received.
    ReportRaw,
    /// The report with secrets masked.
    ReportMasked,
    ReportPdf,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "SaveOutcome.ts")]
pub struct SaveOutcome {
    /// The folder's last part.
    pub folder: String,
    pub files: Vec<SavedFile>,
    /// What could not be had or written; the others are saved all the same.
    pub failed: Vec<FailedFile>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "FailedFile.ts")]
pub struct FailedFile {
    /// The entry's name in the report, and the page.
    pub document: String,
    pub page_number: u32,
    pub code: ErrorCode,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "SavedFile.ts")]
pub struct SavedFile {
    pub name: String,
    /// As a decimal string: sizes may pass 2^53 one day and numbers should not change.
    pub size: String,
    pub sha256: String,
    pub hash: HashAgreement,
}

/// The report's MD5 against what arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "HashAgreement.ts")]
pub enum HashAgreement {
    Agrees,
    /// Kept, and flagged.
    Differs,
    NotStated,
}

/// Progress of anything long, as an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "Progress.ts")]
pub struct Progress {
    pub intent_id: String,
    pub done: u32,
    pub total: u32,
}
