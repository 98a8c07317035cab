//! What the journal of acts holds.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::dossier::DossierId;

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// Something done with a dossier, or with the register itself.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Act {
            $($(#[$doc])* $name,)*
        }

        impl Act {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word the register stores.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

acts! {
    /// Written down, ready to be sent.
    Prepared = "prepared",
    /// The request was about to leave; without a «prepared» before it, it was written down for that.
    Sent = "sent",
    /// It was surely not processed.
    ReturnedToReady = "returned_to_ready",
    /// ID360 refused it.
    Refused = "refused",
    /// The answer was lost.
    OutcomeUnknown = "outcome_unknown",
    /// The raw answer was kept, and what it says was not known yet; else the act that follows tells both.
    AnswerKept = "answer_kept",
    /// ID360's number and `api_key` are known.
    Created = "created",
    /// A person gave ID360's number.
    Attached = "attached",
    /// A person gave up an unknown outcome.
    Closed = "closed",
    /// The enrollment link was opened.
    Opened = "opened",
    /// The link was shown as a QR code; the detail is the language of the customer's pages.
    LinkShown = "link_shown",
    /// A message with the link was begun in the mail program; the detail is its language.
    LinkMailed = "link_mailed",
    /// The link was copied; the detail says alone or in the text of an SMS, and the language.
    LinkCopied = "link_copied",
    /// The customer's browser came back to this computer.
    Returned = "returned",
    /// An expected datum was added.
    ExpectedAdded = "expected_added",
    /// The push of an expected datum ended.
    ExpectedPushed = "expected_pushed",
    /// ID360 told another status.
    StatusChanged = "status_changed",
    /// A report was kept.
    ReportKept = "report_kept",
    /// Opening put back what the creation journal knew; the detail counts the steps.
    Restored = "restored",
    /// ID360 was about to be asked to interrupt the dossier; a status tells what came of it.
    Interrupted = "interrupted",
    /// Tags were added or removed; without a dossier, the detail says with how many.
    Tagged = "tagged",
    /// Marked as treated; without a dossier, the detail says how many.
    Treated = "treated",
    /// No longer marked as treated; without a dossier, the detail says how many.
    Untreated = "untreated",
    /// A file was saved.
    Saved = "saved",
    /// A document was looked at.
    Viewed = "viewed",
    /// All documents of a dossier are in safe hands.
    DocumentsKept = "documents_kept",
    /// The idClaim is in safe hands.
    IdclaimKept = "idclaim_kept",
    /// Masked data was shown; the detail says where.
    Revealed = "revealed",
    /// Lines of the list were exported; the detail counts them and names the columns.
    Exported = "exported",
    /// Dossiers made elsewhere were taken in.
    Imported = "imported",
    /// A person signed in.
    SignedIn = "signed_in",
    /// A person signed out.
    SignedOut = "signed_out",
    /// The other open account is worked with; the detail says where and which.
    AccountChanged = "account_changed",
    /// ID360 refused a sign-in.
    SignInRefused = "sign_in_refused",
    /// The desk was unlocked.
    Unlocked = "unlocked",
    /// The desk was locked while it was open; the detail is why.
    Locked = "locked",
    /// A locked desk was opened again; the detail is by what.
    LockOpened = "lock_opened",
    /// Deadlines are reckoned otherwise.
    PolicyChanged = "policy_changed",
    /// A setting was changed; the detail names it.
    SettingsChanged = "settings_changed",
    /// A view of the list was saved; the detail is its id.
    ViewSaved = "view_saved",
    /// A view of the list was removed; the detail is its id.
    ViewRemoved = "view_removed",
    /// Old entries of this journal were dropped; the detail says how many, and until when.
    JournalPruned = "journal_pruned",
    /// This journal was exported; the detail says whether whole.
    JournalExported = "journal_exported",
    /// This journal was verified; the detail says what came of it.
    JournalVerified = "journal_verified",
    /// This journal was lost with its database and begins again; the detail is the last head known.
    JournalRestarted = "journal_restarted",
    /// A backup was made; the detail is its name.
    BackedUp = "backed_up",
    /// A backup took the register's place; the detail is the last head known.
    RestoredBackup = "restored_backup",
    /// The register has a new key; the detail is the head under the old one.
    Rekeyed = "rekeyed",
    /// A person was warned of a deadline.
    Warned = "warned",
    /// ID360 was about to be asked for a report that nobody reads by itself; the detail says which.
    ReportAsked = "report_asked",
    /// A person asked for a capture; without a dossier, the detail says of how many.
    CaptureAsked = "capture_asked",
    /// A piece of evidence was captured; the detail names it, with its SHA-256.
    Captured = "captured",
    /// A capture ended; the detail says whether complete, or what is missing.
    CaptureEnded = "capture_ended",
    /// What is captured is decided otherwise.
    CapturePolicyChanged = "capture_policy_changed",
    /// Every file of the vault was looked at; the detail counts them, and those that are not whole.
    EvidenceVerified = "evidence_verified",
    /// A file of the vault is not what was captured; the detail names it.
    EvidenceDamaged = "evidence_damaged",
    /// A person decided about a dossier; the detail is the choice, never the note.
    Decided = "decided",
    /// An evidence pack was made.
    PackMade = "pack_made",
    /// A container or a pack was verified; the detail is the verdict.
    FileVerified = "file_verified",
    /// Somebody on this computer came to the return page with what no launch gave out; the detail is the last reason
    /// and how many since the last such line.
    ReturnRefused = "return_refused",
    /// A certificate is trusted or no longer, or revocation is judged otherwise; the detail says which.
    TrustChanged = "trust_changed",
}

/// A line of the journal of acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActEntry {
    /// Its place in the chain, from 1.
    pub position: u64,
    /// When, by our clock.
    pub at: DateTime<Utc>,
    /// Username; `None`: the desk by itself.
    pub actor: Option<String>,
    /// The word of an [`Act`], or one of a later version.
    pub act: String,
    /// With which dossier.
    pub dossier: Option<DossierId>,
    /// More about it, without personal data.
    pub detail: String,
}

/// Which entries. Everything left empty lets all of them through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActQuery {
    /// Words of acts.
    pub acts: Vec<String>,
    /// With that dossier.
    pub dossier: Option<DossierId>,
    /// By that username.
    pub actor: Option<String>,
    /// By the desk itself; goes before `actor`.
    pub by_desk: bool,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub to: Option<DateTime<Utc>>,
}

/// A part of the entries that match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActPage {
    /// Newest first.
    pub entries: Vec<ActEntry>,
    /// How many match; at least so many when not `exact`.
    pub total: u64,
    /// Whether `total` was counted to the end.
    pub exact: bool,
}

/// Where the chain ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// Of the last entry; 0 while there is none.
    pub position: u64,
    /// What stands for it and everything before.
    pub mac: [u8; 32],
    /// How many entries are kept.
    pub entries: u64,
    /// When the oldest entry kept was written, where older ones were dropped on purpose.
    pub kept_since: Option<DateTime<Utc>>,
}

impl ChainHead {
    /// The mac in 64 hexadecimal digits.
    pub fn digits(&self) -> String {
        hex::encode(self.mac)
    }
}

/// What is wrong with a chain that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// An entry was changed, added, removed or moved.
    Entry,
    /// The entries hold together, and the end of the chain is not where it was sealed.
    Head,
    /// The beginning of the chain is not where it was sealed.
    Base,
    /// The chain ends before, or runs otherwise than, what was anchored outside the database: it is
    /// an older database, or another one.
    Anchor,
    /// What was anchored outside the database was taken away or changed.
    AnchorFile,
}

/// Whether the chain holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Every entry that was written is there as it was written.
    Intact,
    /// From an entry on nothing can be vouched for.
    Broken {
        /// The first such entry.
        position: u64,
        /// When the last one before it was written; `None`: there is none.
        sound_until: Option<DateTime<Utc>>,
        /// Why.
        breach: Breach,
    },
}

/// What a verification found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainVerdict {
    /// Whether the chain holds.
    pub chain: Chain,
    /// How many entries were read.
    pub entries: u64,
    /// Where the chain ends.
    pub head: ChainHead,
}

/// What an export holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalExport {
    /// How many entries.
    pub entries: u64,
    /// The head it was made under, which can be kept to compare.
    pub head: ChainHead,
}
