//! Sixty days of a desk that is offline for up to six days at a time: nothing that could be kept is
//! lost, and every warning comes on its day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::register::{Deadlines, Evidence, Following, Imports};
use dossiers::{
    CaptureEnd, CaptureFilter, CaptureState, CaptureTask, EmbeddedRegister, EvidenceState,
    Imported, Progress, ReportFacts, ReportKind, Stamp, StoredReport, WARNING_DAYS,
};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::captured::page;
use crate::desk::{Desk, all, get, now};
use crate::elsewhere::{batch, facts};

const DOSSIERS: i64 = 10_000;
const DAYS: i64 = 60;
/// Hours in which documents can be had from ID360.
const WINDOW: i64 = 7 * 24;
/// Hours from one look of the desk to the next.
const STEP: i64 = 3;
/// Dossiers that can be captured in a step: six days of ends take more than a day.
const A_STEP: u32 = 135;

fn steps() -> impl Iterator<Item = i64> {
    (0..DAYS * 24).step_by(STEP as usize)
}

fn hour(hour: i64) -> DateTime<Utc> {
    now() + TimeDelta::hours(hour)
}

/// Our clock is years behind; only what is said of ID360's counts.
fn stamp(at: i64) -> Stamp {
    let behind = TimeDelta::days(1_500);
    Stamp::desk(hour(at) - behind).with_server_offset(behind)
}

struct World {
    /// Hour of the end of each dossier.
    ends: Vec<i64>,
    /// Hours by which ID360's times are ahead of UTC: winter, then summer.
    summer_from: i64,
    online: Vec<bool>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let hours = DAYS * 24;
        let mut ends: Vec<i64> = (0..DOSSIERS)
            .map(|_| random.random_range(0..hours - WINDOW))
            .collect();
        ends.sort_unstable();
        let mut online = Vec::new();
        while online.len() < hours as usize {
            let here = random.random_range(36..72);
            let gone = [0, 30, 77, 144, 144][random.random_range(0..5)];
            online.extend(std::iter::repeat_n(true, here));
            online.extend(std::iter::repeat_n(false, gone));
        }
        online.truncate(hours as usize);
        // The last windows end with the sixty days.
        let last = online.len() - 72;
        online[last..].fill(true);
        Self {
            ends,
            summer_from: hours / 2,
            online,
        }
    }

    /// What ID360 writes for an end: French local time, without a zone.
    fn said(&self, end: i64) -> DateTime<Utc> {
        let ahead = if end < self.summer_from { 1 } else { 2 };
        hour(end + ahead)
    }

    /// Losses of a desk that takes the newest first.
    fn losses_of_the_newest_first(&self) -> usize {
        let mut waiting: Vec<i64> = Vec::new();
        let mut next = 0;
        let mut lost = 0;
        for at in steps() {
            while self.ends.get(next).is_some_and(|end| *end <= at) {
                waiting.push(self.ends[next]);
                next += 1;
            }
            if self.online[at as usize] {
                waiting.truncate(waiting.len().saturating_sub(A_STEP as usize));
            }
            let before = waiting.len();
            waiting.retain(|end| at < end + WINDOW);
            lost += before - waiting.len();
        }
        lost
    }
}

/// What the desk must have done, kept beside it.
#[derive(Default)]
struct Expected {
    /// Start of the window as the desk reads it, and the last day warned of.
    waiting: BTreeMap<i64, (DateTime<Utc>, u32)>,
}

impl Expected {
    fn warnings(&mut self, at: DateTime<Utc>) -> BTreeMap<u32, u64> {
        let mut due = BTreeMap::new();
        for (start, warned) in self.waiting.values_mut() {
            let days = (at - *start).num_days();
            let reached = WARNING_DAYS
                .iter()
                .rev()
                .find(|day| i64::from(**day) <= days);
            if let Some(day) = reached.filter(|day| **day > *warned) {
                *warned = *day;
                *due.entry(*day).or_default() += 1;
            }
        }
        due
    }
}

#[test]
fn sixty_days_with_offline_stretches_lose_nothing_and_warn_on_time() {
    let world = World::new(20_261_123);
    assert!(world.losses_of_the_newest_first() > 0, "there is no hurry");
    let desk = Desk::new();
    let register = desk.open();
    let mut expected = Expected::default();
    let mut random = StdRng::seed_from_u64(7);
    let mut kept: BTreeSet<i64> = BTreeSet::new();
    let (mut heard, mut late, mut failures) = (0, 0, 0);
    let mut days = BTreeMap::new();
    for at in steps() {
        if world.online[at as usize] {
            let ended = hear_of_ends(&register, &world, &mut heard, at);
            for end in ended {
                let said = world.said(world.ends[end as usize]);
                expected
                    .waiting
                    .insert(end, (said - TimeDelta::hours(2), 0));
            }
            for task in register
                .due_for_capture("sandbox", hour(at), A_STEP)
                .unwrap()
            {
                let number = get(&register, task.dossier).enrollment_id.unwrap();
                let in_reach = at < world.ends[number as usize] + WINDOW;
                // Every second dossier has no document beside its report.
                let pages = (number % 2) as u32;
                let fails = random.random_bool(0.05);
                capture(&register, &task, pages, fails, at);
                if fails {
                    failures += 1;
                } else if in_reach {
                    kept.insert(number);
                    expected.waiting.remove(&number);
                } else {
                    late += 1;
                }
            }
        }
        let mut told: BTreeMap<u32, u64> = BTreeMap::new();
        while register.mark_warnings(hour(at)).unwrap() {}
        let warnings = register.warnings_to_tell().unwrap();
        register.warnings_told(&warnings, &stamp(at)).unwrap();
        for warning in warnings {
            *told.entry(warning.day).or_default() += warning.dossiers;
        }
        assert_eq!(told, expected.warnings(hour(at)), "hour {at}");
        for (day, count) in told {
            *days.entry(day).or_insert(0) += count;
        }
    }
    assert_eq!((kept.len(), late), (DOSSIERS as usize, 0));
    let lines = all(&register);
    let settled = |line: &&dossiers::Dossier| line.evidence == EvidenceState::Kept;
    assert_eq!(lines.iter().filter(settled).count(), DOSSIERS as usize);
    assert_eq!(days.keys().copied().collect::<Vec<_>>(), WARNING_DAYS);
    let which = CaptureFilter::In(CaptureState::Complete);
    let nobody = Progress::unwatched();
    let page = register.captures(None, which, 0, 1, &nobody).unwrap();
    assert_eq!((page.total, page.counts.troubled), (DOSSIERS as u64, 0));
    let offline = world.online.iter().filter(|online| !**online).count();
    println!(
        "{DOSSIERS} dossiers, {DAYS} days, {offline} hours offline, {failures} tries failed, \
         0 reachable dossiers lost"
    );
}

/// Ends that the desk hears of in that step come in as one import.
fn hear_of_ends(
    register: &EmbeddedRegister,
    world: &World,
    heard: &mut usize,
    at: i64,
) -> std::ops::Range<i64> {
    let first = *heard;
    while world.ends.get(*heard).is_some_and(|end| *end <= at) {
        *heard += 1;
    }
    let ended: Vec<_> = (first..*heard)
        .map(|number| Imported {
            enrollment_id: number as i64,
            status: Some("OK".into()),
            creation_time: Some(world.said(world.ends[number])),
            finished_time: Some(world.said(world.ends[number])),
            ..Imported::default()
        })
        .collect();
    if !ended.is_empty() {
        register
            .import(batch(), ended, &Progress::unwatched(), &stamp(at))
            .unwrap();
    }
    first as i64..*heard as i64
}

/// One try; a failing one stops behind the report where documents follow, else before it.
fn capture(register: &EmbeddedRegister, task: &CaptureTask, pages: u32, fails: bool, at: i64) {
    let id = task.dossier;
    if !fails || pages > 0 {
        let report = StoredReport {
            kind: ReportKind::Final,
            raw: b"{}".to_vec(),
            read_at: hour(at),
        };
        let said: ReportFacts = facts("OK", Some(pages));
        register
            .record_report(id, report, said, &stamp(at))
            .unwrap();
    }
    let rule = task.rule;
    let end = if fails {
        CaptureEnd::Later {
            trouble: "unreachable".into(),
            retry_at: task.again_at(hour(at)),
        }
    } else {
        for number in 0..pages {
            register.record_piece(id, page(number), &stamp(at)).unwrap();
        }
        CaptureEnd::Complete { rule }
    };
    register.end_capture(id, end, &stamp(at)).unwrap();
}
