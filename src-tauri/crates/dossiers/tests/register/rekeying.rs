//! Another key for the register: at every moment exactly one of the two opens it.
//!
//! 200 kills; `KILLS` in the environment changes that.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use chrono::Utc;
use dossiers::passphrase;
use dossiers::register::{Creations, Journal, Signing, Upkeep};
use dossiers::{Chain, EmbeddedRegister, OpenError, Progress, RegisterKey};
use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};

use crate::desk::{
    DATABASE, Desk, JOURNAL, all, api_key, api_key_of, create, create_unknown, get, new_dossier,
    now, stamp,
};

const FOLDER: &str = "DOSSIERS_REKEY_FOLDER";
const KEYS: [&str; 2] = ["DOSSIERS_REKEY_FROM", "DOSSIERS_REKEY_TO"];

fn rekey(desk: &Desk, new: &RegisterKey) -> EmbeddedRegister {
    let progress = Progress::unwatched();
    EmbeddedRegister::rekey(&desk.folder(), &desk.key, new, None, &progress, now()).unwrap()
}

#[test]
fn a_new_key_opens_everything_and_the_old_one_nothing() {
    let mut desk = Desk::new();
    let register = desk.open();
    register.back_up(&Progress::unwatched(), &stamp()).unwrap();
    let ids: Vec<_> = (1..9)
        .map(|number| (create(&register, number), number))
        .collect();
    let unknown = create_unknown(&register);
    let ready = register
        .prepare(new_dossier(Some("CLI-1")), &stamp())
        .unwrap();
    drop(register);
    let new = RegisterKey::generate();
    drop(rekey(&desk, &new));
    assert!(matches!(desk.try_open(), Err(OpenError::KeyRefused)));
    desk.key = new;
    for lost in [false, true] {
        if lost {
            desk.remove_database();
        }
        let register = desk.open();
        assert_eq!(
            (
                register.opening().journal_damaged,
                register.opening().created
            ),
            (false, lost)
        );
        for (id, number) in &ids {
            assert_eq!(api_key(&register, *id), Some(api_key_of(*number)));
        }
        assert_eq!(get(&register, unknown).shown_status(), "OUTCOME_UNKNOWN");
        if !lost {
            assert_eq!(get(&register, ready).reference.as_deref(), Some("CLI-1"));
            assert_eq!(register.backups(now()).unwrap(), []);
            register.verify(&Progress::unwatched()).unwrap();
            let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
            assert_eq!(verdict.chain, Chain::Intact);
        }
    }
    assert!(!desk.path("rekey.old").exists() && !desk.path("rekey.ready").exists());
}

/// As a stop right behind the decision leaves it, and then a flipped bit in the first page of what waits.
fn decided_and_damaged(desk: &Desk, new: &RegisterKey) {
    let renewed = desk.crash();
    drop(rekey(&renewed, new));
    let ready = desk.path("rekey.ready");
    fs::create_dir(&ready).unwrap();
    for entry in fs::read_dir(renewed.folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name == DATABASE || name == JOURNAL || name.starts_with("acts-") {
            fs::copy(renewed.path(&name), ready.join(&name)).unwrap();
        }
    }
    let mut bytes = fs::read(ready.join(DATABASE)).unwrap();
    bytes[100] ^= 1;
    fs::write(ready.join(DATABASE), bytes).unwrap();
}

#[test]
fn a_new_register_damaged_before_it_took_the_place_leaves_the_old_one_under_its_key() {
    let desk = Desk::new();
    let id = create(&desk.open(), 1);
    let new = RegisterKey::generate();
    decided_and_damaged(&desk, &new);
    let open = |key: &RegisterKey| EmbeddedRegister::open(&desk.folder(), key, now());
    // Who cannot tell damage from another key changes nothing.
    for key in [&RegisterKey::generate(), &desk.key] {
        assert!(matches!(open(key), Err(OpenError::KeyRefused)));
        assert!(desk.path("rekey.ready").exists());
    }
    assert!(matches!(open(&new), Err(OpenError::KeyRefused)));
    assert_eq!(api_key(&open(&desk.key).unwrap(), id), Some(api_key_of(1)));
    let aside = fs::read_dir(desk.path("set-aside")).unwrap();
    let kept = aside.map(|folder| folder.unwrap().path().join("rekey.ready"));
    assert!(
        kept.map(|ready| ready.join(DATABASE))
            .all(|kept| kept.is_file())
    );
}

#[test]
fn a_new_register_damaged_after_the_old_one_went_is_damaged_and_no_refused_key() {
    let desk = Desk::new();
    create(&desk.open(), 1);
    let new = RegisterKey::generate();
    decided_and_damaged(&desk, &new);
    fs::create_dir(desk.path("rekey.old")).unwrap();
    let old = desk.path("rekey.old").join(DATABASE);
    fs::rename(desk.path(DATABASE), &old).unwrap();
    let opened = EmbeddedRegister::open(&desk.folder(), &new, now());
    assert!(matches!(opened, Err(OpenError::Damaged { .. })));
    assert!(desk.path("rekey.ready").exists() && old.exists());
}

#[test]
fn a_wrong_old_key_changes_nothing() {
    let desk = Desk::new();
    let id = create(&desk.open(), 1);
    let wrong = RegisterKey::generate();
    let new = RegisterKey::generate();
    let progress = Progress::unwatched();
    let refused = EmbeddedRegister::rekey(&desk.folder(), &wrong, &new, None, &progress, now());
    assert!(matches!(refused, Err(OpenError::KeyRefused)));
    assert_eq!(api_key(&desk.open(), id), Some(api_key_of(1)));
}

#[test]
fn a_wrapped_key_changes_with_the_register_it_opens() {
    let desk = Desk::new();
    let file = desk.path("register.key");
    let words = SecretString::from("six mots très faciles");
    fs::create_dir_all(desk.folder()).unwrap();
    let old = passphrase::create(&file, &words).unwrap();
    let open = |key: &RegisterKey| EmbeddedRegister::open(&desk.folder(), key, now());
    let id = create(&open(&old).unwrap(), 1);
    let new = RegisterKey::generate();
    let other_words = SecretString::from("six autres mots encore");
    let wrapped = passphrase::wrap(&new, &other_words).unwrap();
    let progress = Progress::unwatched();
    let key_file = Some(("register.key", wrapped.as_slice()));
    drop(EmbeddedRegister::rekey(&desk.folder(), &old, &new, key_file, &progress, now()).unwrap());
    assert!(passphrase::open(&file, &words).is_err());
    let key = passphrase::open(&file, &other_words).unwrap();
    assert_eq!(api_key(&open(&key).unwrap(), id), Some(api_key_of(1)));
    // Another passphrase alone leaves the key as it is.
    assert!(passphrase::change(&file, &words, &words).is_err());
    passphrase::change(&file, &other_words, &words).unwrap();
    let key = passphrase::open(&file, &words).unwrap();
    assert_eq!(api_key(&open(&key).unwrap(), id), Some(api_key_of(1)));
}

#[test]
fn however_often_it_is_killed_exactly_one_of_the_two_keys_opens() {
    if let Ok(folder) = std::env::var(FOLDER) {
        let [from, to] = KEYS.map(|name| {
            RegisterKey::from_secret(&SecretString::from(std::env::var(name).unwrap())).unwrap()
        });
        let progress = Progress::unwatched();
        let _ =
            EmbeddedRegister::rekey(Path::new(&folder), &from, &to, None, &progress, Utc::now());
        std::process::exit(0);
    }
    let kills: u32 = std::env::var("KILLS").map_or(200, |kills| kills.parse().unwrap());
    let mut desk = Desk::new();
    let ids: Vec<_> = {
        let register = desk.open();
        (1..4)
            .map(|number| (create(&register, number), number))
            .collect()
    };
    let mut random = rand::rng();
    let (mut still_old, mut already_new, mut longest) = (0, 0, Duration::from_millis(60));
    for kill in 0..kills {
        let new = RegisterKey::generate();
        let began = std::time::Instant::now();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "rekeying::however_often_it_is_killed_exactly_one_of_the_two_keys_opens",
            ])
            .env(FOLDER, desk.folder())
            .env(KEYS[0], desk.key.to_secret().expose_secret())
            .env(KEYS[1], new.to_secret().expose_secret())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if kill % 20 == 0 {
            // How long a whole one takes here and now.
            child.wait().unwrap();
            longest = began.elapsed();
        } else {
            thread::sleep(longest.mul_f64(random.random_range(0.0..1.1)));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let with_new = EmbeddedRegister::open(&desk.folder(), &new, Utc::now());
        let with_old = if let Ok(register) = with_new {
            drop(register);
            already_new += 1;
            let refused = desk.try_open();
            desk.key = new;
            refused
        } else {
            assert!(
                matches!(with_new, Err(OpenError::KeyRefused)),
                "kill {kill}: {with_new:?}"
            );
            still_old += 1;
            EmbeddedRegister::open(&desk.folder(), &new, now())
        };
        assert!(
            matches!(with_old, Err(OpenError::KeyRefused)),
            "kill {kill}: {with_old:?}"
        );
        let register = desk.open();
        assert_eq!(all(&register).len(), ids.len());
        for (id, number) in &ids {
            assert_eq!(
                api_key(&register, *id),
                Some(api_key_of(*number)),
                "kill {kill}"
            );
        }
    }
    assert!(still_old > 0 && already_new > 0);
    println!(
        "{kills} stops: {still_old} with the old key, {already_new} with the new one, 0 with both or none"
    );
}

#[test]
fn a_new_key_signs_anew_and_the_same_one_signs_the_same() {
    let mut desk = Desk::new();
    let first = desk.open().public_key().unwrap();
    assert_eq!(desk.open().public_key().unwrap(), first);
    let new = RegisterKey::generate();
    let renewed = rekey(&desk, &new).public_key().unwrap();
    assert_ne!(renewed, first);
    desk.key = new;
    assert_eq!(desk.open().public_key().unwrap(), renewed);
}
