//! Damage to the file is found, and never read as data.

use std::fs;

use dossiers::register::Following;
use dossiers::{OpenError, ReportFacts, ReportKind, StoredReport};
use rand::{Rng, RngExt};

use crate::desk::{DATABASE, Desk, create, now, stamp};

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
