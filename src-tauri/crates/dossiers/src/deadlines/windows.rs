//! When ID360's windows end.

use chrono::{DateTime, TimeDelta, Utc};

use super::policy::DeadlinePolicy;

/// ID360 writes times without a zone (facts §C.3). They are read as UTC; were they French local
/// time, the true instant would be up to two hours earlier, and evidence missed by two hours is
/// lost as surely as evidence missed by a week. So a window opens at the earliest reading, and what
/// was in it is given up only at the latest.
pub(crate) const LOCAL_TIME_READING: TimeDelta = TimeDelta::hours(2);

/// Where the windows of a dossier begin and end, by the true clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Windows {
    pub(crate) start: DateTime<Utc>,
    pub(crate) documents_until: DateTime<Utc>,
    pub(crate) report_application_until: DateTime<Utc>,
    pub(crate) report_user_until: DateTime<Utc>,
}

/// A window starts at the finish time, else at the creation: while the end is unknown, the creation
/// is the earliest instant ID360 could count from. Without any time of ID360's, `began` counts: when
/// the line was written here, by the true clock.
pub(crate) fn window_start(
    finished_time: Option<DateTime<Utc>>,
    creation_time: Option<DateTime<Utc>>,
    began: DateTime<Utc>,
) -> DateTime<Utc> {
    finished_time
        .or(creation_time)
        .and_then(|said| said.checked_sub_signed(LOCAL_TIME_READING))
        .unwrap_or(began)
}

impl Windows {
    pub(crate) fn of(
        finished_time: Option<DateTime<Utc>>,
        creation_time: Option<DateTime<Utc>>,
        began: DateTime<Utc>,
        policy: DeadlinePolicy,
    ) -> Self {
        let start = window_start(finished_time, creation_time, began);
        let end = |days: u32| {
            start
                .checked_add_signed(TimeDelta::days(i64::from(days)))
                .unwrap_or(DateTime::<Utc>::MAX_UTC)
        };
        Self {
            start,
            documents_until: end(policy.documents_days),
            report_application_until: end(policy.report_application_days),
            report_user_until: end(policy.report_user_days),
        }
    }
}
