//! What of finished dossiers is to be captured, and how far that is.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::by_process::ByProcess;
use crate::dossier::{Dossier, DossierId};
use crate::pieces::MissingPiece;

/// How much of a dossier is captured; each one more than the one before.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum CapturePolicy {
    /// Nothing: the dossier's line is enough.
    ReferencesOnly,
    /// Reports; no document and no signed container, which hold pictures of persons.
    ReportOnly,
    /// Everything that can be had.
    #[default]
    Full,
}

impl CapturePolicy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::ReferencesOnly, Self::ReportOnly, Self::Full];

    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReferencesOnly => "references_only",
            Self::ReportOnly => "report_only",
            Self::Full => "full",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == word)
    }
}

/// What is captured of the dossiers of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureRule {
    /// How much.
    pub policy: CapturePolicy,
    /// Videos too, where documents are captured.
    pub video: bool,
}

impl CaptureRule {
    /// The word the register stores of a capture that was done for it.
    pub(crate) fn as_word(self) -> &'static str {
        match self.policy {
            CapturePolicy::Full if self.video => "full_video",
            policy => policy.as_str(),
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        match word {
            "full_video" => Some(Self {
                policy: CapturePolicy::Full,
                video: true,
            }),
            _ => CapturePolicy::from_word(word).map(Self::from),
        }
    }

    /// It wants videos.
    pub(crate) fn wants_video(self) -> bool {
        self.video && self.policy == CapturePolicy::Full
    }
}

/// Without videos.
impl From<CapturePolicy> for CaptureRule {
    fn from(policy: CapturePolicy) -> Self {
        Self {
            policy,
            video: false,
        }
    }
}

/// Which rule counts for which dossier.
pub type CapturePolicies = ByProcess<CaptureRule>;

/// How far the capture of a finished dossier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureState {
    /// It is to be captured.
    Waiting,
    /// All that its rule wants is captured.
    Complete,
    /// What can still be had is captured; the rest is named as missing.
    Incomplete,
    /// Every window closed before anything was kept: nobody is asked for it any more.
    Lost,
    /// Only ID360's archive may still have something of it, for a user account that asks; nobody asks
    /// by itself.
    Archived,
    /// Its rule wants nothing of it.
    NotWanted,
}

impl CaptureState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Complete,
        Self::Incomplete,
        Self::Lost,
        Self::Archived,
        Self::NotWanted,
    ];

    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Complete => "complete",
            Self::Incomplete => "incomplete",
            Self::Lost => "lost",
            Self::Archived => "archived",
            Self::NotWanted => "not_wanted",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// A dossier whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptureTask {
    /// Which.
    pub dossier: DossierId,
    /// What is wanted of it.
    pub rule: CaptureRule,
    /// The report is kept that says what there is to capture.
    pub report_is_here: bool,
    /// Up to when that can surely be had, by the true clock; `None`: no end is known.
    pub deadline: Option<DateTime<Utc>>,
    /// Tries that failed since it last began to wait.
    pub tries: u32,
    /// Why the last one failed: the caller's word.
    pub trouble: Option<String>,
    /// Not to be tried again before, by the true clock.
    pub retry_at: Option<DateTime<Utc>>,
}

/// Shortest pause behind a failed try.
const SHORTEST_PAUSE: TimeDelta = TimeDelta::seconds(5);
/// Longest pause once the deadline has passed: ID360's times have no zone, so that what they end may be there for two
/// more hours.
const PAUSE_PAST_DEADLINE: TimeDelta = TimeDelta::minutes(10);

impl CaptureTask {
    /// When it is to be tried again after a try that failed at `true_now`: ever more rarely, but several times before
    /// its deadline, since ID360 may be well again long before that.
    pub fn again_at(&self, true_now: DateTime<Utc>) -> DateTime<Utc> {
        let pause = match self.tries {
            // Most faults have passed by then.
            0 => SHORTEST_PAUSE,
            1 => TimeDelta::minutes(1),
            2 => TimeDelta::minutes(5),
            3 => TimeDelta::minutes(30),
            4 => TimeDelta::hours(2),
            _ => TimeDelta::hours(6),
        };
        let most = self.deadline.map(|deadline| {
            let left = deadline - true_now;
            if left > TimeDelta::zero() {
                (left / 4).max(SHORTEST_PAUSE)
            } else {
                PAUSE_PAST_DEADLINE
            }
        });
        let pause = most.map_or(pause, |most| pause.min(most));
        true_now.checked_add_signed(pause).unwrap_or(true_now)
    }
}

/// How a try to capture a dossier ended. `rule`: the one of the task it was done for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaptureEnd {
    /// Everything wanted is recorded.
    Complete {
        /// What was wanted.
        rule: CaptureRule,
    },
    /// It failed, and is to be tried again.
    Later {
        /// Why, in the caller's stable word.
        trouble: String,
        /// Not before, by the true clock.
        retry_at: DateTime<Utc>,
    },
    /// Everything that can be had is recorded; this cannot.
    Incomplete {
        /// What was wanted.
        rule: CaptureRule,
        /// What is missing.
        missing: Vec<MissingPiece>,
    },
}

/// Which captures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureFilter {
    /// Every finished dossier.
    #[default]
    All,
    /// Those in that state.
    In(CaptureState),
    /// Those that wait and whose last try failed.
    Troubled,
    /// Those of which a file is not whole.
    Damaged,
}

/// How many finished dossiers stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaptureCounts {
    /// [`CaptureState::Waiting`], the troubled ones too.
    pub waiting: u64,
    /// Those of them whose last try failed.
    pub troubled: u64,
    /// [`CaptureState::Complete`].
    pub complete: u64,
    /// [`CaptureState::Incomplete`].
    pub incomplete: u64,
    /// [`CaptureState::Lost`].
    pub lost: u64,
    /// [`CaptureState::Archived`].
    pub archived: u64,
    /// [`CaptureState::NotWanted`].
    pub not_wanted: u64,
    /// Dossiers of which a file is not whole, in whatever state.
    pub damaged: u64,
}

/// The capture of one dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Of which.
    pub dossier: Dossier,
    /// How far it is.
    pub state: CaptureState,
    /// Pieces recorded.
    pub pieces: u64,
    /// Bytes of them, as received.
    pub bytes: u64,
    /// Pieces of which the file is not whole.
    pub damaged: u64,
    /// Up to when what is wanted can surely be had, while it waits; `None`: no end is known.
    pub deadline: Option<DateTime<Utc>>,
    /// Tries that failed since it last began to wait.
    pub tries: u32,
    /// Why the last one failed: the caller's word.
    pub trouble: Option<String>,
    /// Not to be tried again before, by the true clock.
    pub retry_at: Option<DateTime<Utc>>,
    /// When it became complete or incomplete, by our clock.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A part of the captures, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapturePage {
    /// Of all captures of the environment asked for.
    pub counts: CaptureCounts,
    /// Those that wait by their turn; the others newest end first.
    pub rows: Vec<Capture>,
    /// How many match.
    pub total: u64,
}
