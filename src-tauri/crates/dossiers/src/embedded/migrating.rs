//! Registers of every released version, opened by this one. Whatever stops it, a register is the old
//! one or the new one.
//!
//! 200 kills; `KILLS` in the environment changes that.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use rand::RngExt;
use rusqlite::types::Value;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::EmbeddedRegister;
use super::opening::DATABASE;
use crate::register::{Creations, Evidence, Journal, Listing, Upkeep};
use crate::stamp::Stamp;
use crate::store::database::PageSeal;
use crate::store::{database, migrations};
use crate::{CaptureFilter, Chain, Choice, Filter, Progress, Query, RegisterError, RegisterKey};

const FOLDER: &str = "DOSSIERS_MIGRATION_FOLDER";

/// Written by version 0.1.0 under the key `1d…1d`: 24 creations of every ending, with reports.
fn fixture(version: i32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/version-{version}"))
}

fn key() -> RegisterKey {
    RegisterKey::from_secret(&SecretString::from("1d".repeat(32))).unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn copied(version: i32) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(fixture(version)).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), home.path().join(entry.file_name())).unwrap();
    }
    home
}

/// The version, and a hash of what the persons and ID360 told, in whatever version.
fn told(folder: &Path) -> (i32, String) {
    let db = database::connect_to_read(&folder.join(DATABASE), &key()).unwrap();
    let version = db
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    let mut hash = Sha256::new();
    for sql in [
        "SELECT id, environment_id, process_id, process_uuid, process_name, operator, form, reference,
             client_reference, last_name, first_name, email, phone_number, state, status, verdict,
             enrollment_id, api_key, creation_time, finished_time, prepared_at, changed_at
         FROM dossiers ORDER BY line",
        "SELECT line, raw, whole FROM answers ORDER BY line",
        "SELECT line, rank, raw, read_at FROM reports ORDER BY line, rank",
        "SELECT at, act, dossier, detail FROM acts WHERE act <> 'restored' ORDER BY position",
    ] {
        let mut statement = db.prepare(sql).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                let value: Value = row.get(column).unwrap();
                hash.update(format!("{value:?};"));
            }
        }
    }
    (version, hex::encode(hash.finalize()))
}

#[test]
fn a_register_of_version_1_becomes_todays_with_every_line_and_a_copy_before_it() {
    let home = copied(1);
    let (_, before) = told(home.path());
    let register = EmbeddedRegister::open(home.path(), &key(), now()).unwrap();
    assert_eq!(register.opening(), crate::Opening::default());
    let copies = register.backups(now()).unwrap();
    assert_eq!(copies.len(), 1);
    assert!(copies[0].before_migration && copies[0].sound && copies[0].dossiers == 24);
    assert_eq!(register.unconfirmed_answers().unwrap().len(), 2);
    register.verify(&Progress::unwatched()).unwrap();
    let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
    assert_eq!(verdict.chain, Chain::Intact);
    drop(register);
    let (version, after) = told(home.path());
    assert_eq!(version, migrations::latest(migrations::MIGRATIONS));
    assert_eq!(after, before);
}

#[test]
fn a_register_keeps_the_seal_of_its_pages_through_copies_and_a_new_key() {
    let seal = |folder: &Path, key: &RegisterKey| {
        PageSeal::of(&database::connect_to_read(&folder.join(DATABASE), key).unwrap()).unwrap()
    };
    let newest = tempfile::tempdir().unwrap();
    drop(EmbeddedRegister::open(newest.path(), &key(), now()).unwrap());
    assert_eq!(seal(newest.path(), &key()), PageSeal::Sha256);

    let home = copied(1);
    let progress = Progress::unwatched();
    let register = EmbeddedRegister::open(home.path(), &key(), now()).unwrap();
    let copy = register.back_up(&progress, &Stamp::desk(now())).unwrap();
    assert!(copy.sound && copy.dossiers == 24);
    drop(register);
    drop(EmbeddedRegister::restore(home.path(), &key(), &copy.name, now()).unwrap());
    assert_eq!(seal(home.path(), &key()), PageSeal::Sha512);

    let other = RegisterKey::generate();
    let register =
        EmbeddedRegister::rekey(home.path(), &key(), &other, None, &progress, now()).unwrap();
    register.verify(&progress).unwrap();
    assert_eq!(register.count(&Query::default(), &progress).unwrap(), 24);
    drop(register);
    assert_eq!(seal(home.path(), &other), PageSeal::Sha512);
}

#[test]
fn finished_dossiers_of_version_2_wait_for_their_capture_behind_a_copy() {
    let home = copied(1);
    let path = home.path().join(DATABASE);
    let mut db = database::connect(&path, &key()).unwrap();
    migrations::bring_up(&mut db, &key(), &migrations::MIGRATIONS[..2]).unwrap();
    let finished: i64 = db
        .query_row(
            "SELECT count(*) FROM dossiers WHERE verdict IS NOT NULL",
            [],
            |row| row.get(0),
        )
        .unwrap();
    drop(db);
    let (version, before) = told(home.path());
    assert_eq!(version, 2);
    let register = EmbeddedRegister::open(home.path(), &key(), now()).unwrap();
    assert_eq!(register.opening(), crate::Opening::default());
    let copies = register.backups(now()).unwrap();
    assert!(copies.len() == 1 && copies[0].before_migration && copies[0].sound);
    let page = register
        .captures(None, CaptureFilter::All, 0, 100, &Progress::unwatched())
        .unwrap();
    assert!(finished > 0 && page.rows.len() as i64 == finished);
    assert_eq!(page.total, page.counts.waiting);
    let vault_key = register.vault_key().unwrap();
    drop(register);
    let (version, after) = told(home.path());
    assert_eq!(version, migrations::latest(migrations::MIGRATIONS));
    assert_eq!(after, before);
    // The copy is older than the key: the creation journal brings it back.
    let restored = EmbeddedRegister::restore(home.path(), &key(), &copies[0].name, now());
    assert!(restored.unwrap().vault_key().unwrap() == vault_key);
}

#[test]
fn decisions_of_version_5_are_found_by_the_latest_of_each_dossier() {
    let home = copied(1);
    let mut db = database::connect(&home.path().join(DATABASE), &key()).unwrap();
    migrations::bring_up(&mut db, &key(), &migrations::MIGRATIONS[..5]).unwrap();
    db.execute_batch(
        "INSERT INTO decisions (line, choice, note, at) VALUES
             (2, 'accepted', '', ''), (3, 'refused', '', ''), (2, 'more_wanted', '', '')",
    )
    .unwrap();
    drop(db);
    let (_, before) = told(home.path());
    let register = EmbeddedRegister::open(home.path(), &key(), now()).unwrap();
    let decided = |choices: Vec<Option<Choice>>| {
        let query = Query {
            filters: vec![Filter::Decision {
                not: false,
                choices,
            }],
            ..Query::default()
        };
        register.count(&query, &Progress::unwatched()).unwrap()
    };
    assert_eq!(decided(vec![Some(Choice::Accepted)]), 0);
    assert_eq!(decided(vec![Some(Choice::MoreWanted)]), 1);
    assert_eq!(decided(vec![Some(Choice::Refused)]), 1);
    assert_eq!(decided(vec![None]), 22);
    drop(register);
    assert_eq!(told(home.path()).1, before);
}

#[test]
fn dossiers_of_version_1_are_found_by_search() {
    let home = copied(1);
    let register = EmbeddedRegister::open(home.path(), &key(), now()).unwrap();
    let found = |search: &str| -> Vec<String> {
        let query = Query {
            search: search.into(),
            ..Query::default()
        };
        let page = register.list(&query, 0, 50, &Progress::unwatched());
        let rows = page.unwrap().rows.into_iter();
        rows.map(|line| line.email.unwrap_or_default()).collect()
    };
    let all = found("");
    assert_eq!(all.len(), 24);
    for email in &all {
        assert_eq!(found(email), [email.as_str()]);
    }
    for (search, count) in [("nunez", 8), ("l'isle adam", 8), ("06 39 98 12 34", 24)] {
        assert_eq!(found(search).len(), count, "{search}");
    }
    let one = ["ondine.14@courrier.example"];
    for search in [
        "CLI-0014",
        "cli 14",
        "1014",
        "019cad91-cee0-7ede-b594-087af64ceeff",
    ] {
        assert_eq!(found(search), one, "{search}");
    }
}

#[test]
fn acts_of_version_1_are_chained_from_the_first_to_the_last() {
    let home = copied(1);
    drop(EmbeddedRegister::open(home.path(), &key(), now()).unwrap());
    for place in [102_u64, 51, 1] {
        let db = database::connect(&home.path().join(DATABASE), &key()).unwrap();
        let sql = "UPDATE acts SET dossier = x'00' WHERE position = ?1";
        assert_eq!(db.execute(sql, [place as i64]).unwrap(), 1);
        drop(db);
        let register = EmbeddedRegister::open(home.path(), &key(), now()).unwrap();
        let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
        let Chain::Broken { position, .. } = verdict.chain else {
            panic!("the change at {place} was not seen");
        };
        assert_eq!(position, place);
    }
}

#[test]
fn a_migration_killed_at_any_moment_leaves_the_old_register_or_the_new_one() {
    if let Ok(folder) = std::env::var(FOLDER) {
        let _ = EmbeddedRegister::open(Path::new(&folder), &key(), Utc::now());
        std::process::exit(0);
    }
    let kills: u32 = std::env::var("KILLS").map_or(200, |kills| kills.parse().unwrap());
    let mut random = rand::rng();
    let truth = told(copied(1).path()).1;
    let (mut old, mut new, mut longest) = (0, 0, Duration::ZERO);
    for kill in 0..kills {
        let home = copied(1);
        let began = Instant::now();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact"])
            .arg("embedded::migrating::a_migration_killed_at_any_moment_leaves_the_old_register_or_the_new_one")
            .env(FOLDER, home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if kill % 50 == 0 {
            // How long a whole one takes here and now.
            child.wait().unwrap();
            longest = began.elapsed();
        } else {
            thread::sleep(longest.mul_f64(random.random_range(0.0..1.0)));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let (version, hash) = told(home.path());
        assert_eq!(hash, truth, "kill {kill}");
        // Each version on the way is a whole register.
        if version < migrations::latest(migrations::MIGRATIONS) {
            old += 1;
        } else {
            new += 1;
        }
        drop(EmbeddedRegister::open(home.path(), &key(), now()).unwrap());
        assert_eq!(told(home.path()).1, truth, "kill {kill}");
    }
    assert!(old > 0 && new > 0);
    println!("{kills} stops: {old} of the old version, {new} of the new one, 0 between");
}

#[test]
fn a_disk_that_fills_up_inside_a_migration_leaves_the_old_register() {
    let truth = told(copied(1).path()).1;
    let home = copied(1);
    let path = home.path().join(DATABASE);
    let pages: u32 = database::connect_to_read(&path, &key())
        .unwrap()
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    let mut refused = 0;
    for more in 0.. {
        let mut db = database::connect(&path, &key()).unwrap();
        db.pragma_update(None, "max_page_count", pages + more)
            .unwrap();
        let migrated = migrations::bring_up(&mut db, &key(), migrations::MIGRATIONS);
        drop(db);
        let (version, hash) = told(home.path());
        assert_eq!(hash, truth);
        if migrated.is_ok() {
            assert_eq!(version, migrations::latest(migrations::MIGRATIONS));
            break;
        }
        assert!(
            matches!(migrated, Err(RegisterError::DiskFull)),
            "{migrated:?}"
        );
        assert!(version < migrations::latest(migrations::MIGRATIONS));
        refused += 1;
    }
    assert!(refused > 10, "the disk was never full");
}
