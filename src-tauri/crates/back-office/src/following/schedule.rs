//! Which dossier is looked at next. Times are those of `Clock::monotonic`, so that a wall clock that
//! jumps neither floods ID360 nor stops following.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use chrono::{DateTime, Utc};
use dossiers::{DossierId, OpenDossier};

use super::rhythm::{self, Age};

/// How one look ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// The verdict and its report are here.
    Final,
    /// Nothing final yet.
    Open,
    /// For the dossier's own sake.
    Failed,
    /// For a reason that says nothing of the dossier.
    Missed,
}

/// Order of those that are due; within one, the oldest due first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The customer's browser just came back.
    Returned,
    /// A person may be waiting at a desk.
    Fresh,
    /// A report that ID360 will delete.
    ToKeep,
    /// Of the last day; however many older ones are due.
    Recent,
    Open,
}

#[derive(Debug)]
struct Entry {
    since: Option<DateTime<Utc>>,
    to_keep: bool,
    returned: bool,
    troubled: bool,
    looks: u32,
    failures: u32,
    due: Duration,
    under_way: bool,
}

impl Entry {
    fn rank(&self, now: DateTime<Utc>) -> Rank {
        if self.returned {
            return Rank::Returned;
        }
        if self.to_keep {
            return Rank::ToKeep;
        }
        match Age::of(self.since, now) {
            Age::Fresh => Rank::Fresh,
            Age::Recent => Rank::Recent,
            Age::Old | Age::VeryOld => Rank::Open,
        }
    }
}

/// While nobody looks, an open dossier is still looked at so long after it was due: its verdict must be known while
/// ID360 has its documents.
const ASLEEP: Duration = Duration::from_secs(12 * 60 * 60);

impl Entry {
    /// What ID360 will delete, and a customer who came back, wait for nobody.
    fn due(&self, asleep: bool) -> Duration {
        if asleep && !self.to_keep && !self.returned {
            self.due + ASLEEP
        } else {
            self.due
        }
    }
}

/// Now, on both clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Now {
    pub(super) utc: DateTime<Utc>,
    pub(super) monotonic: Duration,
}

/// Everything that is followed.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    entries: HashMap<DossierId, Entry>,
}

impl Schedule {
    /// What the register tells, the rhythm of those known already kept.
    pub(super) fn tell(&mut self, open: &[OpenDossier], to_keep: &[DossierId], now: Now) {
        let listed: HashSet<DossierId> = open
            .iter()
            .map(|open| open.id)
            .chain(to_keep.iter().copied())
            .collect();
        self.entries
            .retain(|id, entry| entry.under_way || listed.contains(id));
        for dossier in open {
            let first = rhythm::first_pause(dossier.since, now.utc);
            let entry = self.entry(dossier.id, now.monotonic + first);
            // The link was opened again: a customer is at work.
            if dossier.since > entry.since {
                entry.since = dossier.since;
                entry.looks = 0;
                entry.due = entry.due.min(now.monotonic + first);
            }
            entry.to_keep = false;
            entry.troubled = dossier.troubled;
        }
        for id in to_keep {
            let entry = self.entry(*id, now.monotonic);
            if !entry.to_keep {
                entry.to_keep = true;
                entry.due = entry.due.min(now.monotonic);
            }
        }
    }

    fn entry(&mut self, id: DossierId, due: Duration) -> &mut Entry {
        self.entries.entry(id).or_insert(Entry {
            since: None,
            to_keep: false,
            returned: false,
            troubled: false,
            looks: 0,
            failures: 0,
            due,
            under_way: false,
        })
    }

    /// The customer's browser came back: due now.
    pub(super) fn returned(&mut self, id: DossierId, now: Now) {
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.returned = true;
            entry.due = now.monotonic;
        }
    }

    /// When each is due.
    pub(super) fn dues(&self) -> HashMap<DossierId, Duration> {
        let due = |(id, entry): (&DossierId, &Entry)| (*id, entry.due);
        self.entries.iter().map(due).collect()
    }

    pub(super) fn due_of(&self, id: DossierId) -> Option<Duration> {
        self.entries.get(&id).map(|entry| entry.due)
    }

    /// When the next one that is not under way is due. `asleep`: nobody looks at the window.
    pub(super) fn next_due(&self, asleep: bool) -> Option<Duration> {
        self.entries
            .values()
            .filter(|entry| !entry.under_way)
            .map(|entry| entry.due(asleep))
            .min()
    }

    /// The next one that is due, under way from now on.
    pub(super) fn take(&mut self, now: Now, asleep: bool) -> Option<DossierId> {
        let (id, entry) = self
            .entries
            .iter_mut()
            .filter(|(_, entry)| !entry.under_way && entry.due(asleep) <= now.monotonic)
            .min_by_key(|(id, entry)| (entry.rank(now.utc), entry.due, **id))?;
        entry.under_way = true;
        Some(*id)
    }

    /// The look ended. Tells whether the dossier's trouble is to be noted, or is over.
    pub(super) fn ended(&mut self, id: DossierId, seen: Seen, now: Now) -> Option<Trouble> {
        let entry = self.entries.get_mut(&id)?;
        entry.under_way = false;
        let returned = std::mem::take(&mut entry.returned);
        match seen {
            Seen::Final => {
                let troubled = entry.troubled;
                self.entries.remove(&id);
                troubled.then_some(Trouble::Over)
            }
            Seen::Open => {
                entry.looks = if returned { 1 } else { entry.looks + 1 };
                entry.failures = 0;
                let age = Age::of(entry.since, now.utc);
                // A finished dossier without its report: ID360 is slow, not the customer.
                let age = if entry.to_keep { Age::Old } else { age };
                entry.due = now.monotonic + rhythm::pause(entry.looks, age);
                std::mem::take(&mut entry.troubled).then_some(Trouble::Over)
            }
            Seen::Failed => {
                entry.failures += 1;
                entry.due = now.monotonic + rhythm::pause_after_failure(entry.failures);
                let lasting = entry.failures >= rhythm::TROUBLE_AFTER;
                entry.troubled |= lasting;
                lasting.then_some(Trouble::Lasting)
            }
            Seen::Missed => {
                entry.returned = returned;
                None
            }
        }
    }
}

/// What is to be noted of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    Lasting,
    Over,
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;

    fn at(utc: DateTime<Utc>, seconds: u64) -> Now {
        Now {
            utc: utc + TimeDelta::seconds(seconds as i64),
            monotonic: Duration::from_secs(seconds),
        }
    }

    fn open(number: u128, since: Option<DateTime<Utc>>) -> OpenDossier {
        OpenDossier {
            id: DossierId(Uuid::from_u128(number)),
            since,
            troubled: false,
        }
    }

    fn id(number: u128) -> DossierId {
        DossierId(Uuid::from_u128(number))
    }

    #[test]
    fn a_browser_that_returns_goes_before_a_fresh_dossier_and_that_before_ten_thousand_old_ones() {
        let start = Utc::now();
        let mut schedule = Schedule::default();
        let mut known: Vec<OpenDossier> = (10..10_010).map(|number| open(number, None)).collect();
        known.push(open(1, Some(start - TimeDelta::minutes(2))));
        known.push(open(2, Some(start - TimeDelta::days(3))));
        schedule.tell(&known, &[id(3)], at(start, 0));
        schedule.returned(id(2), at(start, 5));
        let taken: Vec<_> = (0..4)
            .filter_map(|_| schedule.take(at(start, 5), false))
            .collect();
        assert_eq!(taken, [id(2), id(1), id(3), id(10)]);
    }

    #[test]
    fn a_dossier_of_the_last_day_goes_before_older_ones_that_were_due_long_ago() {
        let start = Utc::now();
        let mut schedule = Schedule::default();
        let old = [open(1, None), open(2, Some(start - TimeDelta::days(3)))];
        schedule.tell(&old, &[], at(start, 0));
        let mut known = old.to_vec();
        known.push(open(3, Some(start - TimeDelta::hours(2))));
        schedule.tell(&known, &[id(4)], at(start, 3_600));
        let taken: Vec<_> = (0..4)
            .filter_map(|_| schedule.take(at(start, 3_600), false))
            .collect();
        assert_eq!(taken, [id(4), id(3), id(1), id(2)]);
    }

    #[test]
    fn what_is_told_again_keeps_its_rhythm_and_what_is_not_told_is_forgotten() {
        let start = Utc::now();
        let mut schedule = Schedule::default();
        let known = [open(1, Some(start)), open(2, Some(start))];
        schedule.tell(&known, &[], at(start, 0));
        assert_eq!(schedule.next_due(false), Some(Duration::from_secs(5)));
        assert_eq!(schedule.take(at(start, 4), false), None);
        assert_eq!(schedule.take(at(start, 5), false), Some(id(1)));
        assert_eq!(schedule.take(at(start, 5), false), Some(id(2)));
        schedule.ended(id(1), Seen::Open, at(start, 5));
        schedule.ended(id(2), Seen::Final, at(start, 5));
        schedule.tell(&known[..1], &[], at(start, 6));
        assert_eq!(schedule.next_due(false), Some(Duration::from_secs(15)));
        schedule.tell(&[], &[], at(start, 7));
        assert_eq!(schedule.next_due(false), None);
    }

    #[test]
    fn trouble_is_noted_after_three_failures_and_is_over_with_the_first_look_that_succeeds() {
        let start = Utc::now();
        let mut schedule = Schedule::default();
        schedule.tell(&[open(1, None)], &[], at(start, 0));
        let mut noted = Vec::new();
        let mut now = 0;
        for seen in [
            Seen::Failed,
            Seen::Failed,
            Seen::Missed,
            Seen::Failed,
            Seen::Open,
        ] {
            now += 24 * 60 * 60;
            assert_eq!(schedule.take(at(start, now), false), Some(id(1)));
            noted.push(schedule.ended(id(1), seen, at(start, now)));
        }
        assert_eq!(
            noted,
            [
                None,
                None,
                None,
                Some(Trouble::Lasting),
                Some(Trouble::Over)
            ]
        );
    }
}
