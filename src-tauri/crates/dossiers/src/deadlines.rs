//! What ID360 deletes, and when.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::dossier::Dossier;
use crate::life_cycle::CreationState;

/// How many days ID360 gives what out. Policy values: they have changed before (facts §D.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlinePolicy {
    /// Document pages, for any account.
    pub documents_days: u32,
    /// The report, for an application account.
    pub report_application_days: u32,
    /// The report, for a user account; afterwards only the archive.
    pub report_user_days: u32,
}

impl Default for DeadlinePolicy {
    fn default() -> Self {
        Self {
            documents_days: 7,
            report_application_days: 7,
            report_user_days: 60,
        }
    }
}

/// What a deadline is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineSubject {
    /// The document pages.
    Documents,
    /// The report through an application account.
    ReportApplication,
    /// The report through a user account.
    ReportUser,
}

/// One deadline of one dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What will be gone.
    pub subject: DeadlineSubject,
    /// From when on it may be gone, by the true clock.
    pub at: DateTime<Utc>,
    /// That instant is behind us.
    pub passed: bool,
    /// How much of the window is left, 0 to 100, rounded down.
    pub left_percent: u8,
    /// ID360 keeps, or may yet keep, the subject in its archive afterwards. Never for documents.
    pub archived: bool,
}

/// ID360 writes times without a zone (facts §C.3). They are read as UTC; were they French local
/// time, the true instant would be up to two hours earlier, and evidence missed by two hours is
/// lost as surely as evidence missed by a week. So a window opens at the earliest reading.
const LOCAL_TIME_READING: TimeDelta = TimeDelta::hours(2);

/// The deadlines of a dossier; none while ID360 has no dossier.
///
/// A window starts at the finish time, else at the creation: while the end is unknown, the creation
/// is the earliest instant ID360 could count from. Without any time of ID360's, ours counts.
/// `server_offset` is ID360's clock minus ours, as its `Date` headers show it.
pub fn deadlines(
    dossier: &Dossier,
    policy: DeadlinePolicy,
    now: DateTime<Utc>,
    server_offset: Option<TimeDelta>,
) -> Vec<Deadline> {
    if dossier.state != CreationState::Created {
        return Vec::new();
    }
    let offset = server_offset.unwrap_or_default();
    let now = now.checked_add_signed(offset).unwrap_or(now);
    let ours = dossier.prepared_at;
    let start = dossier
        .finished_time
        .or(dossier.creation_time)
        .and_then(|said| said.checked_sub_signed(LOCAL_TIME_READING))
        .unwrap_or_else(|| ours.checked_add_signed(offset).unwrap_or(ours));
    let archived = dossier.may_be_archived();
    [
        (DeadlineSubject::Documents, policy.documents_days, false),
        (
            DeadlineSubject::ReportApplication,
            policy.report_application_days,
            archived,
        ),
        (
            DeadlineSubject::ReportUser,
            policy.report_user_days,
            archived,
        ),
    ]
    .into_iter()
    .map(|(subject, days, archived)| {
        let window = TimeDelta::days(i64::from(days));
        let at = start
            .checked_add_signed(window)
            .unwrap_or(DateTime::<Utc>::MAX_UTC);
        Deadline {
            subject,
            at,
            passed: at <= now,
            left_percent: left_percent(at - now, window),
            archived,
        }
    })
    .collect()
}

fn left_percent(left: TimeDelta, window: TimeDelta) -> u8 {
    let window = window.num_seconds().max(1);
    let percent = left.num_seconds().saturating_mul(100) / window;
    u8::try_from(percent.clamp(0, 100)).unwrap_or_default()
}
