//! How often one dossier is looked at.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// Looks that must fail in a row before the dossier is said to be in trouble.
pub(super) const TROUBLE_AFTER: u32 = 3;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// How lively a dossier is, by the time since something was last begun with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// The customer is most likely at work.
    Fresh,
    /// Under a day.
    Recent,
    /// Under a week, or nobody knows.
    Old,
    /// ID360 will end it by itself.
    VeryOld,
}

impl Age {
    pub(super) fn of(since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        let Some(since) = since else {
            return Self::Old;
        };
        match now - since {
            age if age < TimeDelta::hours(1) => Self::Fresh,
            age if age < TimeDelta::days(1) => Self::Recent,
            age if age < TimeDelta::days(7) => Self::Old,
            _ => Self::VeryOld,
        }
    }
}

/// A dossier just begun is looked at after a moment; one met later at once.
pub(super) fn first_pause(since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Duration {
    let begun_now = since.is_some_and(|since| now - since < TimeDelta::seconds(10));
    if begun_now {
        5 * SECOND
    } else {
        Duration::ZERO
    }
}

/// After the `looks`-th look: 5, 10, 20, then 60 s; slower with age (product.md, journey 5).
pub(super) fn pause(looks: u32, age: Age) -> Duration {
    match age {
        Age::Fresh => match looks {
            0 => 5 * SECOND,
            1 => 10 * SECOND,
            2 => 20 * SECOND,
            _ => MINUTE,
        },
        Age::Recent => 5 * MINUTE,
        Age::Old => HOUR,
        Age::VeryOld => 6 * HOUR,
    }
}

/// After the `failures`-th look in a row that failed for the dossier's own sake.
pub(super) fn pause_after_failure(failures: u32) -> Duration {
    match failures {
        0 | 1 => MINUTE,
        2 => 5 * MINUTE,
        3 => 30 * MINUTE,
        4 => 2 * HOUR,
        _ => 6 * HOUR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_become_rarer_with_each_look_and_with_age() {
        let seconds: Vec<u64> = (0..5)
            .map(|looks| pause(looks, Age::Fresh).as_secs())
            .collect();
        assert_eq!(seconds, [5, 10, 20, 60, 60]);
        let now = Utc::now();
        let aged = |hours| pause(0, Age::of(Some(now - TimeDelta::hours(hours)), now)).as_secs();
        assert_eq!(
            [aged(2), aged(30), aged(24 * 8)],
            [5 * 60, 60 * 60, 6 * 60 * 60]
        );
        assert_eq!(Age::of(None, now), Age::Old);
    }
}
