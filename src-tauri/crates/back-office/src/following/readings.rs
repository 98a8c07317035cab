//! When each open dossier is read next, for whoever looks at one: told as an instant, so that a window counts down
//! without asking again.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use chrono::TimeDelta;
use dossiers::DossierId;

use super::schedule::Now;
use crate::{desk::locked, present::time, views::dossier::NextReading};

/// The schedule as others may see it. Times are those of `Clock::monotonic`.
#[derive(Debug, Default)]
pub(crate) struct Readings(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    due: HashMap<DossierId, Duration>,
    /// Nothing is read: ID360 is not reached, holds the account back, or wants a code.
    held: bool,
}

impl Readings {
    /// All that is followed now. Returns those whose reading was not known, or was another.
    pub(super) fn replace(&self, due: HashMap<DossierId, Duration>) -> Vec<DossierId> {
        let mut state = locked(&self.0);
        let changed = due
            .iter()
            .filter(|(id, due)| state.due.get(id) != Some(due))
            .map(|(id, _)| *id)
            .collect();
        state.due = due;
        changed
    }

    /// `None`: it is followed no longer.
    pub(super) fn put(&self, id: DossierId, due: Option<Duration>) {
        let mut state = locked(&self.0);
        match due {
            Some(due) => state.due.insert(id, due),
            None => state.due.remove(&id),
        };
    }

    /// Whether that is news.
    pub(super) fn hold(&self, held: bool) -> bool {
        std::mem::replace(&mut locked(&self.0).held, held) != held
    }

    /// `None` while nobody follows the dossier.
    pub(crate) fn next(&self, id: DossierId, now: Now) -> Option<NextReading> {
        let state = locked(&self.0);
        let due = *state.due.get(&id)?;
        if state.held {
            return Some(NextReading::Paused);
        }
        let left = TimeDelta::from_std(due.saturating_sub(now.monotonic)).ok()?;
        Some(NextReading::Planned {
            at: time(now.utc.checked_add_signed(left)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone as _, Utc};
    use uuid::Uuid;

    use super::*;

    const ID: DossierId = DossierId(Uuid::nil());

    fn at(seconds: u64) -> Now {
        Now {
            utc: Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap(),
            monotonic: Duration::from_secs(seconds),
        }
    }

    #[test]
    fn the_next_reading_is_an_instant_of_the_wall_clock_and_now_when_it_is_overdue() {
        let readings = Readings::default();
        assert_eq!(readings.next(ID, at(0)), None);
        assert_eq!(
            readings.replace([(ID, Duration::from_secs(28))].into()),
            [ID]
        );
        assert!(
            readings
                .replace([(ID, Duration::from_secs(28))].into())
                .is_empty()
        );
        let planned = |text: &str| {
            Some(NextReading::Planned {
                at: text.to_owned(),
            })
        };
        assert_eq!(
            readings.next(ID, at(20)),
            planned("2026-11-23T09:00:08.000Z")
        );
        assert_eq!(
            readings.next(ID, at(40)),
            planned("2026-11-23T09:00:00.000Z")
        );
        assert!(readings.hold(true) && !readings.hold(true));
        assert_eq!(readings.next(ID, at(20)), Some(NextReading::Paused));
        readings.put(ID, None);
        assert_eq!(readings.next(ID, at(20)), None);
    }
}
