//! The power goes at every moment of a save.
//!
//! 8 writes; `WRITES=10` in the environment raises them, and with each the states three times over.

use id360_api::Receiver;

use super::power::judge;
use super::shim::{Disk, Step};

const NAME: &str = "REF-1042_recto.jpg";

const WRITES: usize = 8;

fn saved(writes: usize) -> (Vec<Step>, Vec<u8>) {
    let whole: Vec<u8> = (0..writes * 1000).map(|at| (at % 251) as u8 + 1).collect();
    let disk = Disk::default();
    let mut file = disk.destination().begin(NAME).unwrap();
    for chunk in whole.chunks(1000) {
        file.receive(chunk).unwrap();
    }
    file.finish(Some(whole.len() as u64)).unwrap();
    (disk.trace(), whole)
}

#[test]
fn whenever_the_power_goes_the_file_is_absent_or_whole() {
    let writes = std::env::var("WRITES").map_or(WRITES, |writes| writes.parse().unwrap());
    let (trace, whole) = saved(writes);
    let verdict = judge(&trace, NAME, &whole);
    eprintln!("the power went in {} ways: {verdict:?}", verdict.states);
    assert!(verdict.states >= 10_000, "only {} states", verdict.states);
    assert!(verdict.is_sound(), "{verdict:?}");
}

#[test]
fn the_same_holds_when_the_download_starts_again() {
    let disk = Disk::default();
    let mut file = disk.destination().begin(NAME).unwrap();
    for _ in 0..3 {
        file.receive(&[9; 3000]).unwrap();
    }
    file.restart(None).unwrap();
    let whole = [5u8; 2400];
    for chunk in whole.chunks(800) {
        file.receive(chunk).unwrap();
    }
    file.finish(Some(2400)).unwrap();
    let verdict = judge(&disk.trace(), NAME, &whole);
    assert!(verdict.is_sound(), "{verdict:?}");
}

#[test]
fn the_judge_would_notice_a_missing_fsync() {
    let (trace, whole) = saved(WRITES);
    let without = |missing: fn(&Step) -> bool| -> Vec<Step> {
        trace
            .iter()
            .filter(|step| !missing(step))
            .cloned()
            .collect()
    };
    let verdict = judge(
        &without(|step| matches!(step, Step::SyncFile(_))),
        NAME,
        &whole,
    );
    assert!(verdict.torn > 0, "{verdict:?}");
    let verdict = judge(
        &without(|step| matches!(step, Step::SyncFolder)),
        NAME,
        &whole,
    );
    assert!(verdict.lost_after_success > 0, "{verdict:?}");
}
