use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything that can go wrong, as the window tells it apart. A code exists only where the person
/// reads another sentence or does another thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ErrorCode.ts")]
pub enum ErrorCode {
    /// No route, name not found, connection refused.
    Unreachable,
    /// The certificate is not trusted; nothing was sent.
    CertificateRefused,
    /// ID360 did not answer in time; only reads end here.
    TimedOut,
    /// Login refused: id or password. `params.environment`.
    CredentialsRefused,
    /// Login refused for want of a good two-factor code.
    CodeRefused,
    /// Too many tries, or the account is blocked. `params.seconds` when known.
    AccountBlocked,
    /// The user session lapsed; a code is needed to go on.
    SessionExpired,
    /// ID360 answered 401 again right after a sign-in.
    RefusedAfterSignIn,
    /// Nobody is signed in.
    NotSignedIn,
    /// Logins are held back after repeated refusals. `params.seconds`.
    LoginHeldBack,
    /// 403: this account may not do this.
    Forbidden,
    /// 404 on create. `params.environment`.
    UnknownProcess,
    /// ID360 does not take the address where the customer's browser would come back; nothing was created.
    ReturnAddressRefused,
    /// 404 on a report: unknown or expired dossier.
    UnknownDossier,
    /// 404 on a report over 7 days old, asked by an application account.
    ReportNeedsUser,
    /// 404 on a document: past its window. `params.date` = day it was lost, when known.
    DocumentGone,
    /// 404 on a document whose window is open: capture asks again.
    DocumentWithheld,
    /// A page that came again and again with another hash than the report's. It is kept; capture asks again.
    DocumentDiffers,
    /// A captured piece changed on the disk, and cannot be had again now. It is no longer used.
    EvidenceDamaged,
    /// A document whose format is not shown here; it can be saved.
    FormatNotShown,
    /// This desk may not play liveness videos; nothing was read.
    VideosNotPlayed,
    /// A picture that cannot be decoded; the original can be saved.
    PictureDamaged,
    /// 404 on the idClaim: the process makes none.
    NoIdClaim,
    /// 404 on the PDF.
    NoPdf,
    /// 400: a field was refused. `params.detail` = ID360's words.
    Refused,
    /// 409: ID360 has locked it.
    Conflict,
    /// The dossier is not, or no longer, in the state that the act needs; nothing was done.
    StateChanged,
    /// Another dossier of the register has that number of ID360; nothing was attached.
    NumberTaken,
    /// The draft report is not read while the customer is in the process (facts §D.3).
    CustomerAtWork,
    /// The register knows another api_key for a dossier of an import: nothing was taken in.
    /// `params.line` and `params.number` (ID360's) say which.
    OtherApiKey,
    /// 429. `params.seconds`.
    RateLimited,
    /// 5xx. `params.status`.
    ProviderIncident,
    /// An answer that is not what was asked for (HTML, cut JSON). Kept for support.
    UnreadableAnswer,
    /// The report that came is another dossier's; nothing of it was kept. `params.number` = ID360's number in it.
    ReportOfAnother,
    /// A body over its cap.
    AnswerTooLarge,
    /// A file shorter or longer than announced. `params.received`, `params.expected`.
    TruncatedDocument,
    /// Create: the answer was lost. `params.reference` = what to look for in the console.
    OutcomeUnknown,
    /// Interrupt: the answer was lost; the status is read again.
    InterruptUnconfirmed,
    /// Interrupt: the dossier is already finished. `params.status`.
    AlreadyFinished,
    /// 202: no verdict yet.
    NoVerdictYet,
    /// A field of a form breaks a rule. `params.field`, `params.rule`.
    InvalidField,
    /// The organisation fixes it on this desk. `params.setting`, a `ManagedSetting`.
    Managed,
    /// A session is open in the environment that was to go; nothing was removed.
    EnvironmentInUse,
    /// A file that was to hold certificates holds none that can be read.
    NoCertificate,
    /// The browser did not open.
    BrowserDidNotOpen,
    /// No mail program took the message.
    MailDidNotOpen,
    /// The clipboard took nothing.
    NotCopied,
    /// The link was used on a device already: a person must be asked about a second one.
    SecondDevice,
    /// The address is not one of the configured environment.
    LinkRefused,
    /// The dossier has no api_key, so no link.
    NoLink,
    /// `params.path` = the folder's last part, never a person's name.
    DiskFull,
    FolderReadOnly,
    FolderMissing,
    /// A file of that name exists; nothing was overwritten.
    FileExists,
    /// Any other write failure.
    WriteFailed,
    /// More rows than a sheet of a spreadsheet holds. `params.rows`, `params.most`, the heading included.
    TooManyRows,
    /// The person closed the dialog.
    Cancelled,
    /// The keychain is there but closed, or it did not answer in time.
    KeychainLocked,
    /// The keychain is open and refuses: it is full, or this program may not use it.
    KeychainRefusing,
    /// The keychain has no value for a callback header of the process; nothing was sent. `params.header`,
    /// `params.process`.
    CallbackValueMissing,
    /// There is no keychain on this computer.
    KeychainMissing,
    /// The register cannot be opened yet: see `RegisterState`.
    RegisterClosed,
    /// Something still uses the register, and its key is the old one.
    RegisterBusy,
    /// Asked to restore or rebuild a register that is not known to be damaged; nothing was done.
    RegisterNotDamaged,
    /// The evidence is being verified already.
    VerificationRunning,
    /// The passphrase does not open the register; nothing was changed.
    PassphraseRefused,
    /// The desk is locked: nothing is read or done until it is opened again.
    Locked,
    /// Too many wrong passphrases: the next one is looked at after `params.seconds`.
    UnlockHeldBack,
    /// The register file is damaged.
    RegisterDamaged,
    /// The copy that was to take the register's place is damaged; nothing was changed.
    BackupDamaged,
    /// The register was written by a newer version.
    RegisterNewer,
    /// The sandbox process is not running.
    SandboxStopped,
    /// No path is configured for this call in this environment.
    NotConfigured,
    /// Not in the register.
    NotFound,
    /// A defect of ours; `trace_id` finds it in the log.
    Internal,
}

impl ErrorCode {
    /// The word that crosses to the window and stands in the register.
    pub fn word(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(word)) => word,
            _ => String::new(),
        }
    }

    /// A word of another version is a failure all the same.
    pub fn from_word(word: &str) -> Self {
        serde_json::from_value(word.into()).unwrap_or(Self::Internal)
    }
}

/// An error as the window receives it: no prose, no address, no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "WireError.ts")]
pub struct WireError {
    pub code: ErrorCode,
    /// Values for the sentence. Never a secret, never personal data.
    pub params: BTreeMap<String, String>,
    /// True where pressing the same button again is safe and may help.
    pub retryable: bool,
    /// Finds the entry in the log.
    pub trace_id: String,
}
