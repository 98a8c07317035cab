//! What ID360 deletes, and when: every rule about it, without a clock or a file of its own.

mod outlook;
mod policy;
#[cfg(test)]
mod tests;
mod warnings;
mod windows;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub(crate) use self::outlook::{NotToBeHad, Outlook, Standing};
pub use self::policy::{DeadlinePolicy, PolicyTable};
pub(crate) use self::warnings::{DAY, next_warning, reached};
pub use self::warnings::{LAST_WARNING_DAYS, WARNING_DAYS};
use self::windows::Windows;
pub(crate) use self::windows::window_start;
use crate::dossier::Dossier;
use crate::life_cycle::CreationState;

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

/// The ends of all windows of a dossier, kept or not; none while ID360 has no dossier.
///
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
    let by_server = |ours: DateTime<Utc>| ours.checked_add_signed(offset).unwrap_or(ours);
    let now = by_server(now);
    let windows = Windows::of(
        dossier.finished_time,
        dossier.creation_time,
        by_server(dossier.prepared_at),
        policy,
    );
    let archived = dossier.may_be_archived();
    [
        (DeadlineSubject::Documents, windows.documents_until, false),
        (
            DeadlineSubject::ReportApplication,
            windows.report_application_until,
            archived,
        ),
        (
            DeadlineSubject::ReportUser,
            windows.report_user_until,
            archived,
        ),
    ]
    .into_iter()
    .map(|(subject, at, archived)| Deadline {
        subject,
        at,
        passed: at <= now,
        left_percent: left_percent(at - now, at - windows.start),
        archived,
    })
    .collect()
}

fn left_percent(left: TimeDelta, window: TimeDelta) -> u8 {
    let window = window.num_seconds().max(1);
    let percent = left.num_seconds().saturating_mul(100) / window;
    u8::try_from(percent.clamp(0, 100)).unwrap_or_default()
}
