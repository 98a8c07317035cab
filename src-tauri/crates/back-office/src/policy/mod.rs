//! Settings that an organisation fixes for every desk of a computer, in a file that only its administrator writes.
//!
//! A file is taken as a whole or not at all. One that is there and cannot be taken opens nothing: the last one that was
//! taken goes on, and where there was none, what a policy could close is closed.

mod fixing;
mod guarding;
mod noting;
mod reading;

use sha2::{Digest, Sha256};

use self::reading::Refused;
use crate::{
    ports::{PolicyFile, PolicySource},
    preferences::Preferences,
    views::{
        evidence::CaptureRule,
        policy::{ManagedSetting, ManagedView, PolicyState, PolicyTrouble},
        settings::{DeadlinePolicy, EnvironmentSettings, Language, ProcessSettings},
    },
};

/// Minutes that a desk may stay open at most where the policy cannot be known.
const CLOSED_LOCK_MINUTES: u8 = 5;

/// What is fixed; `None` and empty leave it to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Policy {
    lock_minutes: Option<u8>,
    mask_names: Option<bool>,
    play_videos: Option<bool>,
    journal_months: Option<u16>,
    notifications: Option<bool>,
    /// Until the person chooses another.
    language: Option<Language>,
    deadlines: Option<DeadlinePolicy>,
    capture: Option<CaptureRule>,
    environments: Vec<EnvironmentSettings>,
    processes: Vec<ProcessSettings>,
    other_environments: bool,
    other_processes: bool,
    /// Nothing that a policy may fix can be changed, whatever it is.
    closed: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            lock_minutes: None,
            mask_names: None,
            play_videos: None,
            journal_months: None,
            notifications: None,
            language: None,
            deadlines: None,
            capture: None,
            environments: Vec::new(),
            processes: Vec::new(),
            other_environments: true,
            other_processes: true,
            closed: false,
        }
    }
}

impl Policy {
    fn closed() -> Self {
        Self {
            other_environments: false,
            closed: true,
            ..Self::default()
        }
    }

    fn locked(&self) -> Vec<ManagedSetting> {
        use ManagedSetting as S;
        [
            (S::LockMinutes, self.lock_minutes.is_some()),
            (S::MaskNames, self.mask_names.is_some()),
            (S::PlayVideos, self.play_videos.is_some()),
            (S::JournalMonths, self.journal_months.is_some()),
            (S::Notifications, self.notifications.is_some()),
            (S::Deadlines, self.deadlines.is_some()),
            (S::Capture, self.capture.is_some()),
            (S::Environments, !self.other_environments),
            (S::Processes, !self.other_processes),
        ]
        .into_iter()
        .filter(|(_, fixed)| *fixed || self.closed)
        .map(|(setting, _)| setting)
        .collect()
    }
}

/// The policy of this run of the desk: read once, at the start.
#[derive(Debug)]
pub(crate) struct Managed {
    policy: Policy,
    view: ManagedView,
    /// What the journal says of it; the same words mean the same policy.
    told: Option<String>,
    /// What to remember as the last policy that was taken.
    taken: Option<String>,
}

impl Managed {
    /// Takes the file, or what stands in for it.
    pub(crate) fn read(source: &dyn PolicySource, own: &Preferences) -> Self {
        let file = source.read();
        let (trouble, bad_keys, text) = match file {
            PolicyFile::None => (None, Vec::new(), None),
            PolicyFile::Refused(trouble) => (Some(trouble), Vec::new(), None),
            PolicyFile::Read(bytes) => match reading::read(&bytes) {
                Ok(_) => (None, Vec::new(), String::from_utf8(bytes).ok()),
                Err(Refused { trouble, bad_keys }) => (Some(trouble), bad_keys, None),
            },
        };
        let taken = match trouble {
            None => text,
            Some(_) => own.last_policy.clone(),
        };
        let read = taken
            .as_deref()
            .and_then(|text| reading::read(text.as_bytes()).ok());
        let state = match (&read, trouble) {
            (None, None) => PolicyState::None,
            (Some(_), None) => PolicyState::InForce,
            (Some(_), Some(_)) => PolicyState::LastGood,
            (None, Some(_)) => PolicyState::Closed,
        };
        let (policy, unknown_keys) = match read {
            Some(read) => (read.policy, read.unknown_keys),
            None if state == PolicyState::Closed => (Policy::closed(), Vec::new()),
            None => (Policy::default(), Vec::new()),
        };
        let view = ManagedView {
            state,
            place: source.place(),
            trouble,
            bad_keys,
            unknown_keys,
            locked: policy.locked(),
            environment_ids: policy.environments.iter().map(|e| e.id.clone()).collect(),
            process_ids: policy.processes.iter().map(|p| p.id.clone()).collect(),
        };
        Self {
            told: told(state, trouble, taken.as_deref()),
            policy,
            view,
            taken,
        }
    }

    pub(crate) fn view(&self) -> ManagedView {
        self.view.clone()
    }
}

/// For the journal: no value of the file, and its hash.
fn told(state: PolicyState, trouble: Option<PolicyTrouble>, taken: Option<&str>) -> Option<String> {
    let hash = taken.map(|text| hex::encode(Sha256::digest(text)));
    let hash = hash
        .map(|hash| format!(", sha256 {hash}"))
        .unwrap_or_default();
    let trouble = trouble
        .and_then(|trouble| serde_json::to_value(trouble).ok())
        .and_then(|word| word.as_str().map(str::to_owned))
        .unwrap_or_default();
    match state {
        PolicyState::None => None,
        PolicyState::InForce => Some(format!("organisation: in force{hash}")),
        PolicyState::LastGood => Some(format!(
            "organisation: refused ({trouble}), the last one counts{hash}"
        )),
        PolicyState::Closed => Some(format!("organisation: refused ({trouble}), closed")),
    }
}
