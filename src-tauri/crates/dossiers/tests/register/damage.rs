//! Damage to the file is found, and never read as data.

use std::collections::BTreeSet;
use std::fs;

use dossiers::register::{Following, Upkeep};
use dossiers::{OpenError, Progress, ReportFacts, ReportKind, StoredReport};
use rand::{Rng, RngExt};

use crate::desk::{DATABASE, Desk, WAL, all, create, now, stamp};

const PAGE: usize = 4096;

/// Pages that stand in the write-ahead log (SQLite file format §4.1), counted from zero.
fn pages_in_log(desk: &Desk) -> BTreeSet<usize> {
    let log = desk.bytes(WAL);
    let salts = &log[16..24];
    let number = |frame: &[u8]| u32::from_be_bytes(frame[..4].try_into().unwrap()) as usize;
    log[32..]
        .chunks_exact(24 + PAGE)
        // Behind the last frame stand frames of the log before.
        .take_while(|frame| &frame[8..16] == salts)
        .map(|frame| number(frame) - 1)
        .collect()
}

/// As a kill leaves it while the log is carried over: the file is as long as it will be, and some of what
/// goes there has not come.
fn killed_while_the_log_goes_over(desk: &Desk) -> Desk {
    let killed = desk.crash();
    let mut file = killed.bytes(DATABASE);
    for page in pages_in_log(&killed) {
        let end = (page + 1) * PAGE;
        if file.len() < end {
            file.resize(end, 0);
        }
        if page > 0 {
            file[end - PAGE..end].fill(0);
        }
    }
    fs::write(killed.path(DATABASE), file).unwrap();
    killed
}

#[test]
fn every_random_corruption_of_a_page_is_found_when_opening() {
    let desk = Desk::new();
    let register = desk.open();
    for number in 0..40 {
        let id = create(&register, number);
        let report = StoredReport {
            kind: ReportKind::Final,
            raw: vec![u8::try_from(number).unwrap(); 9000],
            read_at: now(),
        };
        let facts = ReportFacts {
            status: "OK".into(),
            is_final: true,
            creation_time: None,
            starting_time: None,
            finished_time: None,
            last_name: None,
            first_name: None,
            level: None,
            pages: None,
        };
        register.record_report(id, report, facts, &stamp()).unwrap();
    }
    drop(register);
    let sound = desk.bytes(DATABASE);
    let mut random = rand::rng();
    for _ in 0..1000 {
        let mut bytes = sound.clone();
        let page = random.random_range(0..bytes.len() / 4096) * 4096;
        let (start, length) = (random.random_range(0..4080), random.random_range(1..=16));
        let place = &mut bytes[page + start..page + start + length];
        let before = place.to_vec();
        while place == before {
            random.fill_bytes(place);
        }
        fs::write(desk.path(DATABASE), &bytes).unwrap();
        let opened = desk.try_open();
        assert!(
            matches!(opened, Err(OpenError::Damaged { .. })),
            "page {page}, byte {start}: {opened:?}"
        );
        assert!(
            desk.bytes(DATABASE) == bytes,
            "the damaged file was touched"
        );
    }
}

#[test]
fn a_truncated_file_is_damaged() {
    let desk = Desk::new();
    create(&desk.open(), 1);
    let sound = desk.bytes(DATABASE);
    for length in [1, 15, 100, 4096, 8192, sound.len() - 4096, sound.len() - 1] {
        fs::write(desk.path(DATABASE), &sound[..length]).unwrap();
        assert!(
            matches!(desk.try_open(), Err(OpenError::Damaged { .. })),
            "{length} bytes"
        );
    }
}

#[test]
fn a_kill_while_the_log_goes_over_into_the_file_is_no_damage() {
    let desk = Desk::new();
    let register = desk.open();
    let made: Vec<_> = (0..40).map(|number| create(&register, number)).collect();
    let killed = killed_while_the_log_goes_over(&desk);
    assert!(
        pages_in_log(&killed).len() > 20,
        "the log holds next to nothing"
    );
    let opened = killed.open();
    let known = all(&opened);
    assert_eq!(known.len(), made.len());
    opened.verify(&Progress::unwatched()).unwrap();
}

#[test]
fn damage_is_found_beside_a_log_too() {
    let desk = Desk::new();
    // Closed once, so that the file holds pages that the next log leaves alone.
    create(&desk.open(), 1);
    let register = desk.open();
    create(&register, 2);
    let crashed = desk.crash();
    let (sound, log) = (crashed.bytes(DATABASE), pages_in_log(&crashed));
    let mut tried = 0;
    for page in (0..sound.len() / PAGE).filter(|page| !log.contains(page)) {
        let copy = crashed.crash();
        let mut bytes = sound.clone();
        bytes[page * PAGE + 2000] ^= 1;
        fs::write(copy.path(DATABASE), &bytes).unwrap();
        let opened = copy.try_open();
        assert!(
            matches!(opened, Err(OpenError::Damaged { .. })),
            "page {page}: {opened:?}"
        );
        tried += 1;
    }
    assert!(tried > 20, "nothing but the log");
}

#[test]
fn a_register_that_is_closed_is_one_file_also_after_somebody_looked() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    assert_eq!(all(&register).len(), 1);
    drop(register);
    assert!(!desk.path(WAL).exists(), "the log was left behind");
}
