//! What needs a schema of tomorrow, or a check of yesterday.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::opening::Opener;
use super::{EmbeddedRegister, restoring};
use crate::Progress;
use crate::creation_journal::Step;
use crate::register::{Creations, Following, Listing, Upkeep};
use crate::store::migrations::{MIGRATIONS, Migration};
use crate::{
    Confirmed, CreationState, Dossier, DossierId, NewDossier, OpenError, Query, RegisterError,
    RegisterKey, ReportFacts, ReportKind, Stamp, StoredReport,
};

const TOMORROW: &[Migration] = &[
    MIGRATIONS[0],
    MIGRATIONS[1],
    MIGRATIONS[2],
    MIGRATIONS[3],
    MIGRATIONS[4],
    MIGRATIONS[5],
    MIGRATIONS[6],
    MIGRATIONS[7],
    Migration {
        to: 9,
        sql: "ALTER TABLE dossiers ADD COLUMN mark TEXT; CREATE TABLE marks (t TEXT);",
        code: &[],
    },
];
const BROKEN: &[Migration] = &[
    MIGRATIONS[0],
    MIGRATIONS[1],
    MIGRATIONS[2],
    MIGRATIONS[3],
    MIGRATIONS[4],
    MIGRATIONS[5],
    MIGRATIONS[6],
    MIGRATIONS[7],
    Migration {
        to: 9,
        sql: "CREATE TABLE marks (t TEXT); INSERT INTO nowhere VALUES (1);",
        code: &[],
    },
];

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn stamp() -> Stamp {
    Stamp::desk(now())
}

fn open(
    folder: &Path,
    key: &RegisterKey,
    migrations: &[Migration],
) -> Result<EmbeddedRegister, OpenError> {
    Opener {
        migrations,
        ..Opener::new(folder, key, now())
    }
    .open()
}

fn new(number: u32) -> NewDossier {
    NewDossier {
        environment_id: "sandbox".into(),
        process_id: "p".into(),
        process_uuid: Uuid::nil(),
        process_name: "Ouverture".into(),
        operator: "agence".into(),
        form: format!("{{\"number\":{number},\"{}\":1}}", "x".repeat(700)),
        reference: Some(format!("R{number}")),
        last_name: Some("VALMONTEL".into()),
        first_name: None,
        email: None,
        phone_number: None,
        idclaim_expected: false,
        expected: vec![],
        body_sha256: None,
    }
}

fn prepare(register: &EmbeddedRegister, number: u32) -> DossierId {
    register.prepare(new(number), &stamp()).unwrap()
}

#[test]
fn a_register_of_a_later_version_is_refused_and_no_byte_changes() {
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    drop(open(home.path(), &key, TOMORROW).unwrap());
    let read = |name| fs::read(home.path().join(name)).unwrap();
    let before = (read("register.sqlite"), read("creations.sealed"));
    for _ in 0..2 {
        let refused = EmbeddedRegister::open(home.path(), &key, now());
        assert!(matches!(refused, Err(OpenError::Newer)));
        let refused = EmbeddedRegister::rebuild(home.path(), &key, now());
        assert!(matches!(refused, Err(OpenError::Newer)));
    }
    assert!((read("register.sqlite"), read("creations.sealed")) == before);
}

#[test]
fn a_migration_keeps_a_copy_of_the_register_before_it() {
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    let id = prepare(&register, 1);
    drop(register);
    let register = open(home.path(), &key, TOMORROW).unwrap();
    assert!(register.get(id).unwrap().is_some());
    drop(register);

    let copy = fs::read_dir(home.path().join("backups"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let restored = tempfile::tempdir().unwrap();
    fs::copy(copy, restored.path().join("register.sqlite")).unwrap();
    let register = EmbeddedRegister::open(restored.path(), &key, now()).unwrap();
    assert!(register.get(id).unwrap().is_some());
}

#[test]
fn a_migration_that_fails_leaves_the_old_register() {
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    let id = prepare(&register, 1);
    drop(register);
    assert!(open(home.path(), &key, BROKEN).is_err());
    let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    assert!(register.get(id).unwrap().is_some());
    drop(register);
    // Nothing of the failed one is in the way of the right one.
    assert!(open(home.path(), &key, TOMORROW).is_ok());
}

#[test]
fn damage_in_a_file_too_large_to_check_at_once_is_never_read_as_data() {
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    let ids: Vec<_> = (0..60).map(|number| prepare(&register, number)).collect();
    // A report on overflow pages of its own.
    let with_report = ids[7];
    register.mark_sent(with_report, &stamp()).unwrap();
    register.mark_unknown(with_report, &[], &stamp()).unwrap();
    register.attach(with_report, 5, None, &stamp()).unwrap();
    // An answer too, whose bytes are the last thing that its look reads.
    let with_answer = ids[8];
    let answer = vec![9; 50_000];
    register.mark_sent(with_answer, &stamp()).unwrap();
    register
        .record_answer(with_answer, &answer, &stamp())
        .unwrap();
    let confirmed = Confirmed {
        enrollment_id: 8,
        api_key: None,
        status: "NEW".into(),
        creation_time: None,
    };
    register.confirm(with_answer, confirmed, &stamp()).unwrap();
    let raw = vec![7; 50_000];
    let report = StoredReport {
        kind: ReportKind::Final,
        raw,
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
    register
        .record_report(with_report, report.clone(), facts, &stamp())
        .unwrap();
    let truth: Vec<Dossier> = ids
        .iter()
        .map(|id| register.get(*id).unwrap().unwrap())
        .collect();
    drop(register);
    let path = home.path().join("register.sqlite");
    let sound = fs::read(&path).unwrap();
    let mut found = 0;
    for page in 0..sound.len() / 4096 {
        let mut bytes = sound.clone();
        bytes[page * 4096 + (page * 61) % 4096] ^= 0x10;
        fs::write(&path, &bytes).unwrap();
        let _ = fs::remove_file(home.path().join("register.sqlite-wal"));
        let unchecked = Opener {
            check_up_to: 0,
            ..Opener::new(home.path(), &key, now())
        }
        .open();
        let Ok(register) = unchecked else {
            found += 1;
            continue;
        };
        let mut refused = register.verify(&Progress::unwatched()).is_err();
        for (id, truth) in ids.iter().zip(&truth) {
            match register.get(*id) {
                Ok(read) => assert_eq!(read.as_ref(), Some(truth), "page {page}"),
                Err(RegisterError::Damaged) => refused = true,
                Err(other) => panic!("page {page}: {other:?}"),
            }
        }
        match register.report(with_report) {
            Ok(read) => assert_eq!(read.as_ref(), Some(&report), "page {page}"),
            Err(RegisterError::Damaged) => refused = true,
            Err(other) => panic!("page {page}: {other:?}"),
        }
        match register.answer(with_answer) {
            Ok(read) => assert!(read.as_ref() == Some(&answer), "page {page}"),
            Err(RegisterError::Damaged) => refused = true,
            Err(other) => panic!("page {page}: {other:?}"),
        }
        match register.list(&Query::default(), 0, u64::MAX, &Progress::unwatched()) {
            Ok(read) => assert_eq!(read.rows.len(), truth.len()),
            Err(_) => refused = true,
        }
        assert!(refused, "page {page}");
        found += 1;
    }
    assert_eq!(found, sound.len() / 4096);
}

/// Ways in which the database refuses writes, as on a full disk: from the first statement of a
/// transaction on, or only once the journal has the step.
const REFUSALS: [(&str, &str); 2] = [
    ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    (
        "CREATE TEMP TRIGGER full BEFORE UPDATE ON main.dossiers
         BEGIN SELECT raise(ABORT, 'full'); END",
        "DROP TRIGGER full",
    ),
];

fn while_refusing<T>(
    register: &EmbeddedRegister,
    (on, off): (&str, &str),
    work: impl FnOnce() -> T,
) -> T {
    let switch = |sql| register.files().db.execute_batch(sql).unwrap();
    switch(on);
    let result = work();
    switch(off);
    result
}

fn break_journal(register: &EmbeddedRegister, folder: &Path) {
    register
        .files()
        .journal
        .refuse_appends(&folder.join("creations.sealed"))
        .unwrap();
}

fn confirmed(number: i64) -> Confirmed {
    Confirmed {
        enrollment_id: number,
        api_key: Some(SecretString::from(format!("key {number}"))),
        status: "NEW".into(),
        creation_time: None,
    }
}

fn reopen(register: EmbeddedRegister, folder: &Path, key: &RegisterKey) -> EmbeddedRegister {
    drop(register);
    EmbeddedRegister::open(folder, key, now()).unwrap()
}

fn state(register: &EmbeddedRegister, id: DossierId) -> CreationState {
    register.get(id).unwrap().unwrap().state
}

#[test]
fn nothing_is_sent_while_a_disk_refuses_to_note_it() {
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    let mut register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    let id = prepare(&register, 1);
    for refusal in REFUSALS {
        assert!(while_refusing(&register, refusal, || register.mark_sent(id, &stamp())).is_err());
        assert_eq!(state(&register, id), CreationState::Ready);
        register = reopen(register, home.path(), &key);
        assert_eq!(state(&register, id), CreationState::Ready);
    }
    break_journal(&register, home.path());
    assert!(register.mark_sent(id, &stamp()).is_err());
    assert_eq!(state(&register, id), CreationState::Ready);
    let register = reopen(register, home.path(), &key);
    assert_eq!(state(&register, id), CreationState::Ready);
}

#[test]
fn an_answer_that_only_the_journal_could_take_is_back_after_other_work() {
    for refusal in REFUSALS {
        let home = tempfile::tempdir().unwrap();
        let key = RegisterKey::generate();
        let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
        let answered = prepare(&register, 1);
        register.mark_sent(answered, &stamp()).unwrap();
        while_refusing(&register, refusal, || {
            register
                .record_answer(answered, b"the answer", &stamp())
                .unwrap();
        });
        let other = prepare(&register, 2);
        register.mark_sent(other, &stamp()).unwrap();
        register.record_answer(other, b"another", &stamp()).unwrap();
        register.confirm(other, confirmed(2), &stamp()).unwrap();

        let register = reopen(register, home.path(), &key);
        assert!(!register.opening().journal_damaged);
        let pending = register.unconfirmed_answers().unwrap();
        assert_eq!(pending, [(answered, b"the answer".to_vec())]);
        assert_eq!(
            register.api_key(other).unwrap().unwrap().expose_secret(),
            "key 2"
        );
    }
}

#[test]
fn what_is_told_to_a_new_journal_is_read_line_by_line() {
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    for number in 1..=3 {
        let id = prepare(&register, number);
        register.mark_sent(id, &stamp()).unwrap();
    }
    let told_after_a_change = register.change(|transaction| {
        let mut told = restoring::retell_all(transaction, now());
        let first = told.next().unwrap()?;
        assert!(matches!(first.step, Step::Sent(_)));
        transaction.execute("DELETE FROM dossiers WHERE line > 1", [])?;
        Ok(told.count())
    });
    assert_eq!(told_after_a_change.unwrap(), 0);
}

#[test]
fn a_confirmation_that_only_the_journal_could_take_is_true_after_the_next_opening() {
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    let id = prepare(&register, 1);
    register.mark_sent(id, &stamp()).unwrap();
    register.record_answer(id, b"the answer", &stamp()).unwrap();
    let refused = while_refusing(&register, REFUSALS[1], || {
        register.confirm(id, confirmed(1), &stamp())
    });
    assert!(refused.is_err());
    // The caller, told that it failed, calls the outcome unknown; the journal knows better.
    register.mark_unknown(id, b"", &stamp()).unwrap();
    let register = reopen(register, home.path(), &key);
    assert_eq!(state(&register, id), CreationState::Created);
    assert_eq!(
        register.api_key(id).unwrap().unwrap().expose_secret(),
        "key 1"
    );
}

#[test]
fn an_answer_that_only_the_database_could_take_is_in_the_journal_after_the_next_opening() {
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    let id = prepare(&register, 1);
    register.mark_sent(id, &stamp()).unwrap();
    break_journal(&register, home.path());
    register.record_answer(id, b"the answer", &stamp()).unwrap();
    register.confirm(id, confirmed(1), &stamp()).unwrap();

    drop(reopen(register, home.path(), &key));
    fs::remove_file(home.path().join("register.sqlite")).unwrap();
    let register = EmbeddedRegister::open(home.path(), &key, now()).unwrap();
    assert_eq!(
        register.api_key(id).unwrap().unwrap().expose_secret(),
        "key 1"
    );
}

#[test]
fn whoever_creates_does_not_wait_for_the_log_to_be_carried_over_and_the_next_other_change_does_it()
{
    const THOUSAND_PAGES: u64 = 1_000 * (4_096 + 24);
    let home = tempfile::tempdir().unwrap();
    let register = open(home.path(), &RegisterKey::generate(), MIGRATIONS).unwrap();
    let log = || {
        fs::metadata(home.path().join("register.sqlite-wal"))
            .unwrap()
            .len()
    };
    let confirm = |id, number: u32| {
        let confirmed = confirmed(number.into());
        register.confirm(id, confirmed, &stamp()).unwrap();
    };
    let create = |number| {
        let id = register.prepare_sent(new(number), &stamp()).unwrap();
        register.record_answer(id, b"{}", &stamp()).unwrap();
        confirm(id, number);
    };
    let mut number = 0;
    while log() < 2 * THOUSAND_PAGES && number < 500 {
        // The answer of the one is brought in by a step of the other.
        let [one, other] = [number, number + 1]
            .map(|number| register.prepare_sent(new(number), &stamp()).unwrap());
        register.record_answer(one, b"{}", &stamp()).unwrap();
        register.record_answer(other, b"{}", &stamp()).unwrap();
        confirm(one, number);
        confirm(other, number + 1);
        number += 2;
    }
    assert!(log() >= 2 * THOUSAND_PAGES, "after {number}");
    prepare(&register, number);
    let grown = log();
    // Written from its beginning again.
    for number in number + 1..number + 20 {
        create(number);
    }
    assert_eq!(log(), grown);
}
