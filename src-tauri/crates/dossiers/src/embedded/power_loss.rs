//! What a power cut leaves: what was synced, and any part of what was not.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use rand::{Rng, RngExt};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::EmbeddedRegister;
use super::opening::{DATABASE, JOURNAL, Opener};
use crate::register::{Creations, Following, Listing, Upkeep};
use crate::{
    Confirmed, CreationState, DossierId, NewDossier, Progress, RegisterError, RegisterKey, Stamp,
};

const WAL: &str = "register.sqlite-wal";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn stamp() -> Stamp {
    Stamp::desk(now())
}

fn new_dossier() -> NewDossier {
    NewDossier {
        environment_id: "sandbox".into(),
        process_id: "p".into(),
        process_uuid: Uuid::nil(),
        process_name: "Ouverture".into(),
        operator: "agence".into(),
        form: "{}".into(),
        reference: None,
        last_name: None,
        first_name: None,
        email: None,
        phone_number: None,
        idclaim_expected: false,
        expected: vec![],
        body_sha256: None,
    }
}

fn confirmed(number: i64) -> Confirmed {
    Confirmed {
        enrollment_id: number,
        api_key: Some(SecretString::from(key_text(number))),
        status: "NEW".into(),
        creation_time: None,
    }
}

fn key_text(number: i64) -> String {
    format!("key {number}")
}

/// Opens as a register does whose journal is too long to be read whole.
fn open_long(folder: &Path, key: &RegisterKey) -> EmbeddedRegister {
    Opener {
        read_whole_up_to: 0,
        ..Opener::new(folder, key, now())
    }
    .open()
    .unwrap()
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// What was promised to the caller of a creation.
#[derive(Clone, Copy, Debug)]
enum Promised {
    Sent,
    Answered,
}

/// Copies a file as a power cut leaves it: whole up to `durable`, of the rest a part, or zeros.
fn cut(from: &Path, to: &Path, durable: u64, random: &mut impl Rng) {
    let mut bytes = fs::read(from).unwrap();
    let durable = usize::try_from(durable).unwrap();
    let unsynced = bytes.len() - durable;
    match random.random_range(0..4) {
        0 => bytes.truncate(durable),
        1 => bytes.truncate(durable + random.random_range(0..=unsynced)),
        2 => {
            let from = durable + random.random_range(0..=unsynced);
            bytes[from..].fill(0);
        }
        _ => {}
    }
    fs::write(to, bytes).unwrap();
}

#[test]
fn a_power_cut_after_any_step_loses_no_answer_and_sends_nothing_again() {
    let mut random = rand::rng();
    let key = RegisterKey::generate();
    let home = tempfile::tempdir().unwrap();
    let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    let path = |name| home.path().join(name);
    let mut promised: Vec<(DossierId, i64, Promised)> = Vec::new();
    let (mut wal_durable, mut journal_durable) = (length(&path(WAL)), length(&path(JOURNAL)));
    let mut cuts = 0;
    for step in 0..24_i64 {
        let number = step / 3;
        // An answer is on the disk in the journal alone, a confirmation nowhere.
        let committed_for_good = match step % 3 {
            0 => {
                let id = register.prepare_sent(new_dossier(), &stamp()).unwrap();
                promised.push((id, number, Promised::Sent));
                true
            }
            1 => {
                let last = promised.last_mut().unwrap();
                let answer = key_text(number);
                register
                    .record_answer(last.0, answer.as_bytes(), &stamp())
                    .unwrap();
                last.2 = Promised::Answered;
                false
            }
            _ => {
                let id = promised.last().unwrap().0;
                register.confirm(id, confirmed(number), &stamp()).unwrap();
                false
            }
        };
        if committed_for_good {
            wal_durable = length(&path(WAL));
        }
        if register.files().journal.last_durable().is_some() {
            journal_durable = length(&path(JOURNAL));
        }
        for _ in 0..6 {
            let crash = tempfile::tempdir().unwrap();
            for entry in fs::read_dir(home.path()).unwrap() {
                let entry = entry.unwrap();
                let to = crash.path().join(entry.file_name());
                match entry.file_name().to_str().unwrap() {
                    WAL => cut(&entry.path(), &to, wal_durable, &mut random),
                    JOURNAL => cut(&entry.path(), &to, journal_durable, &mut random),
                    "register.sqlite-shm" => {}
                    _ => drop(fs::copy(entry.path(), to).unwrap()),
                }
            }
            all_promises_are_kept(crash.path(), &key, &promised);
            cuts += 1;
        }
    }
    assert_eq!(cuts, 144);
}

fn all_promises_are_kept(
    folder: &Path,
    key: &RegisterKey,
    promised: &[(DossierId, i64, Promised)],
) {
    // What opening tells the journal again replaces the database too, if that is lost next.
    for lost in [false, true] {
        if lost {
            for name in [DATABASE, WAL, "register.sqlite-shm"] {
                let _ = fs::remove_file(folder.join(name));
            }
        }
        let register = open_long(folder, key);
        assert!(
            !register.opening().journal_damaged,
            "{:?}",
            register.opening()
        );
        let pending = register.unconfirmed_answers().unwrap();
        for (id, number, promise) in promised {
            let dossier = register.get(*id).unwrap().unwrap();
            let kept = register.api_key(*id).unwrap();
            let has_key = kept.is_some_and(|kept| kept.expose_secret() == key_text(*number));
            let has_answer = pending.contains(&(*id, key_text(*number).into_bytes()));
            match (promise, dossier.state) {
                (_, CreationState::Created) => assert!(has_key),
                (Promised::Sent, CreationState::OutcomeUnknown) => {}
                (Promised::Answered, CreationState::OutcomeUnknown) => assert!(has_answer),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn a_long_journal_is_read_only_behind_what_the_database_has_and_verified_whole() {
    let key = RegisterKey::generate();
    let home = tempfile::tempdir().unwrap();
    let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    for number in 0..8 {
        let id = register.prepare_sent(new_dossier(), &stamp()).unwrap();
        register.record_answer(id, b"answer", &stamp()).unwrap();
        register.confirm(id, confirmed(number), &stamp()).unwrap();
    }
    drop(register);
    let journal = home.path().join(JOURNAL);
    let mut bytes = fs::read(&journal).unwrap();
    bytes[100] ^= 1;
    fs::write(&journal, bytes).unwrap();
    let register = open_long(home.path(), &key);
    assert_eq!(register.opening(), crate::Opening::default());
    assert!(!register.verify_creations(&Progress::unwatched()).unwrap());
    let verified = register.verify(&Progress::unwatched());
    assert!(matches!(verified, Err(RegisterError::Damaged)));
    drop(register);
    // Told once, it is told anew from the database at the next opening.
    let register = open_long(home.path(), &key);
    assert!(register.opening().journal_damaged);
    register.verify(&Progress::unwatched()).unwrap();
    drop(register);
    fs::remove_file(home.path().join(DATABASE)).unwrap();
    let register = open_long(home.path(), &key);
    let open = register.open_dossiers("sandbox", now()).unwrap();
    assert_eq!(open.len(), 8);
    for dossier in open {
        assert!(register.api_key(dossier.id).unwrap().is_some());
    }
}
