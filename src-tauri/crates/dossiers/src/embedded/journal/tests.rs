//! How long a long journal takes to verify; `ENTRIES=1000000` in the environment is the figure of
//! quality.md L-07 (release build).

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use chrono::DateTime;

use super::acts;
use crate::act::{Act, ActQuery, Chain};
use crate::dossier::DossierId;
use crate::embedded::EmbeddedRegister;
use crate::key::RegisterKey;
use crate::progress::Progress;
use crate::register::Journal;
use crate::stamp::Stamp;
use crate::store::migrations::{MIGRATIONS, Migration};

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    println!("{what}: {:?}", began.elapsed());
    done
}

#[test]
fn a_long_journal_is_read_whole_beside_changes() {
    let entries: i64 = std::env::var("ENTRIES").map_or(5_000, |entries| entries.parse().unwrap());
    let home = tempfile::tempdir().unwrap();
    let start = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let register = EmbeddedRegister::open(home.path(), &RegisterKey::generate(), start).unwrap();
    timed("written", || {
        register.change(|transaction| {
            for number in 0..entries {
                let at = start + chrono::TimeDelta::seconds(number);
                let id = DossierId(uuid::Uuid::from_u128(number as u128 / 8));
                let stamp = Stamp::new(at, ["siège", "agence-lille"][number as usize % 2]);
                acts::write(transaction, Act::Viewed, Some(id), "page 1", &stamp)?;
            }
            Ok(())
        })
    })
    .unwrap();
    let verdict = timed("verified", || {
        std::thread::scope(|scope| {
            let verifying = scope.spawn(|| register.verify_chain(&Progress::unwatched()));
            let stamp = Stamp::desk(start);
            register
                .record_act(Act::Unlocked, None, "", &stamp)
                .unwrap();
            verifying.join().unwrap()
        })
    })
    .unwrap();
    assert_eq!(verdict.chain, Chain::Intact);
    assert!(verdict.entries >= entries as u64);
    let find = |query: &ActQuery, offset| {
        register
            .entries(query, offset, 100, &Progress::unwatched())
            .unwrap()
    };
    let all = ActQuery::default();
    let first = timed("first page", || find(&all, 0));
    assert_eq!(first.total, entries as u64 + 1);
    let last = timed("last page", || find(&all, first.total - 100));
    assert_eq!(last.entries[99].position, 1);
    let viewed = ActQuery {
        acts: vec!["viewed".into(), "unlocked".into()],
        actor: Some("siège".into()),
        ..ActQuery::default()
    };
    timed("of two acts and one person", || find(&viewed, 0));
    let names = timed("actors", || register.actors().unwrap());
    assert_eq!(names, ["agence-lille", "siège"]);
    let exported = timed("exported", || {
        let mut out = std::io::Cursor::new(Vec::new());
        let stamp = Stamp::desk(start);
        register
            .export(&all, &mut out, &Progress::unwatched(), &stamp)
            .unwrap()
    });
    assert_eq!(exported.entries, entries as u64 + 2);
}

#[test]
fn entries_that_match_a_filter_are_counted_as_far_as_a_screen_needs() {
    let home = tempfile::tempdir().unwrap();
    let start = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let register = EmbeddedRegister::open(home.path(), &RegisterKey::generate(), start).unwrap();
    let stamp = Stamp::new(start, "siège");
    register
        .change(|transaction| {
            for _ in 0..10_150 {
                acts::write(transaction, Act::Viewed, None, "", &stamp)?;
            }
            Ok(())
        })
        .unwrap();
    let counted = |query: &ActQuery, offset| {
        let page = register.entries(query, offset, 100, &Progress::unwatched());
        let page = page.unwrap();
        (page.total, page.exact)
    };
    let of_one = ActQuery {
        actor: Some("siège".into()),
        ..ActQuery::default()
    };
    assert_eq!(counted(&of_one, 0), (10_100, false));
    assert_eq!(counted(&of_one, 100), (10_150, true));
    assert_eq!(counted(&ActQuery::default(), 0), (10_150, true));
}

const VERSION_1: &[Migration] = &[MIGRATIONS[0]];

#[test]
fn the_acts_of_a_version_1_register_are_chained_when_it_is_opened() {
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    let path = home.path().join("register.sqlite");
    let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    crate::store::database::create(&path, &key, VERSION_1, now).unwrap();
    let db = crate::store::database::connect(&path, &key).unwrap();
    for number in 1..=9 {
        db.execute(
            "INSERT INTO acts (position, at, act, dossier, detail) VALUES (?1, ?2, 'viewed', NULL, '')",
            (number, crate::store::text::time(now)),
        )
        .unwrap();
    }
    drop(db);
    // A crash right after the first anchor was written, and a second start.
    for _ in 0..2 {
        let register = EmbeddedRegister::open(home.path(), &key, now).unwrap();
        let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
        assert_eq!((verdict.chain, verdict.entries), (Chain::Intact, 9));
    }
    let db = crate::store::database::connect(&path, &key).unwrap();
    db.execute("UPDATE acts SET at = 'never' WHERE position = 5", [])
        .unwrap();
    drop(db);
    let register = EmbeddedRegister::open(home.path(), &key, now).unwrap();
    let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
    assert!(matches!(verdict.chain, Chain::Broken { position: 5, .. }));
}

#[test]
fn a_restored_backup_and_a_new_key_leave_a_chain_that_holds_and_names_the_head_it_left() {
    let home = tempfile::tempdir().unwrap();
    let (old, new) = (RegisterKey::generate(), RegisterKey::generate());
    let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let stamp = Stamp::desk(now);
    let register = EmbeddedRegister::open(home.path(), &old, now).unwrap();
    let act = |register: &EmbeddedRegister| {
        register
            .record_act(Act::Viewed, None, "page 1", &stamp)
            .unwrap();
    };
    act(&register);
    let backup = home.path().join("backup");
    register
        .change(|transaction| {
            assert!(transaction.prepare("SELECT 1")?.exists([])?);
            Ok(())
        })
        .unwrap();
    register
        .look(|db| Ok(db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?))
        .unwrap();
    std::fs::copy(home.path().join("register.sqlite"), &backup).unwrap();
    act(&register);
    act(&register);
    let left = register.chain_head().unwrap();
    drop(register);

    let db = crate::store::database::connect(&backup, &old).unwrap();
    let ledger = super::Ledger::new(home.path(), &old);
    ledger
        .note_restored_backup(&db, "20260302.sqlite", &stamp)
        .unwrap();
    drop(db);
    std::fs::rename(&backup, home.path().join("register.sqlite")).unwrap();
    for extra in ["register.sqlite-wal", "register.sqlite-shm"] {
        let _ = std::fs::remove_file(home.path().join(extra));
    }
    let register = EmbeddedRegister::open(home.path(), &old, now).unwrap();
    let verify =
        |register: &EmbeddedRegister| register.verify_chain(&Progress::unwatched()).unwrap().chain;
    assert_eq!(verify(&register), Chain::Intact);
    let newest = |register: &EmbeddedRegister| {
        register
            .entries(&ActQuery::default(), 0, 1, &Progress::unwatched())
            .unwrap()
            .entries
            .remove(0)
    };
    let told = format!("20260302.sqlite {} {}", left.position, left.digits());
    assert_eq!(newest(&register).detail, told);
    act(&register);
    drop(register);

    // The same database under another key: SQLCipher rewrites the pages, the ledger the chain.
    let mut db =
        crate::store::database::connect(&home.path().join("register.sqlite"), &old).unwrap();
    let head = super::entries::head(&db).unwrap();
    let (before, after) = (
        super::Ledger::new(home.path(), &old),
        super::Ledger::new(home.path(), &new),
    );
    let transaction = db.transaction().unwrap();
    before
        .chain_anew(&transaction, &after, &Progress::unwatched(), &stamp)
        .unwrap();
    transaction.commit().unwrap();
    let hexadecimal = hex::encode(new.bytes());
    db.execute_batch(&format!(
        "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; PRAGMA rekey = \"x'{hexadecimal}'\";"
    ))
    .unwrap();
    drop(db);
    std::fs::remove_file(home.path().join("creations.sealed")).unwrap();
    let register = EmbeddedRegister::open(home.path(), &new, now).unwrap();
    assert_eq!(verify(&register), Chain::Intact);
    assert_eq!(newest(&register).act, Act::Rekeyed.as_str());
    assert_eq!(
        newest(&register).detail,
        format!("{} {}", head.position, head.digits())
    );
}
