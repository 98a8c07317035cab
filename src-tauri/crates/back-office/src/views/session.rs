use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::list::ListFilter;

/// Which colour and word the window wears. Custom environments choose one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "EnvironmentKind.ts")]
pub enum EnvironmentKind {
    Production,
    PreProduction,
    Sandbox,
}

/// The two principals of facts §B.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "AccountKind.ts")]
pub enum AccountKind {
    Application,
    User,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "EnvironmentChoice.ts")]
pub struct EnvironmentChoice {
    /// `production`, `pre_production`, `sandbox` or `custom-…`.
    pub id: String,
    pub kind: EnvironmentKind,
    /// The person's own name for a custom environment; `None` for the three built-in ones.
    pub name: Option<String>,
    /// Host shown under the name, for instance `id360docaposte.com`.
    pub host: String,
    /// Accounts whose password is kept in the keychain.
    pub remembered: Vec<RememberedAccount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "RememberedAccount.ts")]
pub struct RememberedAccount {
    pub account: AccountKind,
    pub username: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "OpenSession.ts")]
pub struct OpenSession {
    pub environment_id: String,
    pub environment_kind: EnvironmentKind,
    pub environment_name: Option<String>,
    pub account: AccountKind,
    pub username: String,
    /// A user session that lapsed: the context is kept, a code is wanted.
    pub code_wanted: bool,
}

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "KeychainState.ts")]
pub enum KeychainState {
    Available,
    /// No service on this computer: nothing is remembered after exit; a banner says so.
    Missing,
    /// There, but closed or silent.
    Locked,
    /// Open, but it keeps nothing: it is full, or this program may not use it.
    Refusing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "RegisterState.ts")]
pub enum RegisterState {
    Open,
    /// No keychain and no register yet: the person chooses a passphrase.
    PassphraseToChoose,
    /// A register protected by a passphrase.
    PassphraseWanted,
    /// The register's key is in a keychain that cannot be reached now. Nothing was changed.
    KeyUnreachable,
    /// The key found does not open the file. Nothing was changed.
    KeyRefused,
    Damaged,
    Newer,
    /// Another process has it open.
    InUse,
    /// The disk or the rights of the folder refuse. Nothing was changed.
    Unreadable,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "SessionView.ts")]
pub struct SessionView {
    pub register: RegisterState,
    pub keychain: KeychainState,
    pub environments: Vec<EnvironmentChoice>,
    /// What sign-in proposes first.
    pub last_environment_id: String,
    /// A first start: the window begins with the set-up.
    pub setup_wanted: bool,
    /// The account that is worked with.
    pub current: Option<OpenSession>,
    /// The account of the other kind, open beside it on the same environment.
    pub beside: Option<OpenSession>,
    /// How a locked desk is opened again; `None` while it is not locked.
    pub locked: Option<UnlockWay>,
    pub names: NamesShown,
    /// The gravest first, until `dismiss_opening` or the sign-out; empty while nobody is signed in or the desk is
    /// locked.
    pub opening: Vec<OpeningNotice>,
}

/// What opening the register found that a person is to know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "OpeningNotice.ts")]
pub enum OpeningNotice {
    /// Its database was gone, or given up: what there is came back from the journal of creations.
    RegisterRebuilt { steps: u32 },
    /// The journal of creations was damaged or cut: it was set aside, and written anew from the register. `lacking`:
    /// the register needed it, so that creations may be missing.
    JournalDamaged { lacking: bool },
    /// The journal of creations was gone, and was written anew from the register. `lacking`: the register is a copy
    /// of before, so that what was created since is missing.
    JournalMissing { lacking: bool },
    /// Creations that were under way when the desk ended, in every environment; `filters` asks the list for unknown
    /// outcomes.
    OutcomesUnknown {
        dossiers: u32,
        filters: Vec<ListFilter>,
    },
    /// Steps of creations that the register lacked came back from the journal of creations.
    StepsRestored { steps: u32 },
}

/// How names, e-mail addresses and phone numbers read where several dossiers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "NamesShown.ts")]
pub enum NamesShown {
    /// Nothing masks them.
    Whole,
    Masked,
    /// Whole on a person's word, until the desk locks, the session ends or they are masked again.
    Revealed,
}

/// What proves that the person is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "UnlockWay.ts")]
pub enum UnlockWay {
    /// The keychain of their session on this computer, which is open: a press is enough.
    Keychain,
    Passphrase,
}

impl UnlockWay {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Keychain => "keychain",
            Self::Passphrase => "passphrase",
        }
    }
}

/// The desk is about to lock itself for want of input, as an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "LockComing.ts")]
pub struct LockComing {
    /// RFC 3339; `None`: somebody is there after all.
    pub at: Option<String>,
}

/// Why the desk was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockReason {
    /// Nobody was there for so long.
    Idle,
    Asked,
    /// The computer is about to sleep.
    Suspend,
    /// The person's session on this computer was locked.
    System,
}

impl LockReason {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Asked => "asked",
            Self::Suspend => "suspend",
            Self::System => "system",
        }
    }
}

/// `password` and `code` arrive from the form once, become secrets, and never travel back.
#[derive(Deserialize, TS)]
#[ts(export, export_to = "SignInForm.ts")]
pub struct SignInForm {
    pub environment_id: String,
    pub account: AccountKind,
    pub username: String,
    /// Empty: use the remembered one.
    pub password: String,
    /// Two-factor code of a user account.
    pub code: Option<String>,
    pub remember: bool,
}

impl std::fmt::Debug for SignInForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignInForm")
            .field("environment_id", &self.environment_id)
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}
