//! `kill -9` at any moment of a storm of creations loses no dossier that the server made.
//!
//! 300 kills; `KILLS=10000` in the environment raises them.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use chrono::Utc;
use dossiers::register::{Creations, Listing};
use dossiers::{
    Confirmed, CreationState, Dossier, EmbeddedRegister, Progress, Query, RegisterKey, Stamp,
};
use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};

use crate::desk::{all, api_key, api_key_of, new_dossier};

const FOLDER: &str = "DOSSIERS_STORM_FOLDER";
const KEY: &str = "DOSSIERS_STORM_KEY";
/// More than a desk makes between two looks.
const NEWEST: u64 = 500;

#[test]
fn no_dossier_of_the_server_is_lost_however_often_the_desk_is_killed() {
    if let (Ok(folder), Ok(key)) = (std::env::var(FOLDER), std::env::var(KEY)) {
        create_without_end(Path::new(&folder), &SecretString::from(key));
    }
    let kills = std::env::var("KILLS").map_or(300, |kills| kills.parse().unwrap());
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    let mut random = rand::rng();
    let mut seen = 0;
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture"])
            .arg("kill_storm::no_dossier_of_the_server_is_lost_however_often_the_desk_is_killed")
            .env(FOLDER, home.path())
            .env(KEY, key.to_secret().expose_secret())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Some are killed while they start, the others in the middle of their creations.
        if kill % 4 > 0 {
            wait_for_a_new_dossier(home.path(), &mut child);
        }
        thread::sleep(Duration::from_micros(random.random_range(0..40_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        // Looking is a start of the desk of its own, so some kills follow each other directly.
        if kill % 3 == 0 {
            seen = what_the_server_made_since_is_known(home.path(), &key, seen);
        }
    }
    let (made, unknown) = every_dossier_of_the_server_is_known(home.path(), &key);
    assert!(made >= kills / 4 * 3, "the storm was none: {made} dossiers");
    println!("{kills} kills, {made} dossiers made, {unknown} of unknown outcome, 0 lost");
}

fn wait_for_a_new_dossier(home: &Path, desk: &mut Child) {
    let made = || fs::metadata(home.join("server")).map_or(0, |made| made.len());
    let before = made();
    while made() == before {
        assert!(
            desk.try_wait().unwrap().is_none(),
            "the desk ended by itself"
        );
        thread::sleep(Duration::from_millis(1));
    }
}

/// The desk: one creation after the other, until it is killed.
fn create_without_end(home: &Path, key: &SecretString) -> ! {
    let key = RegisterKey::from_secret(key).unwrap();
    let register = EmbeddedRegister::open(&home.join("register"), &key, Utc::now()).unwrap();
    for (id, answer) in register.unconfirmed_answers().unwrap() {
        register
            .confirm(id, read(&answer), &Stamp::desk(Utc::now()))
            .unwrap();
    }
    loop {
        let id = register
            .prepare_sent(new_dossier(Some("CLI")), &Stamp::desk(Utc::now()))
            .unwrap();
        let client_reference = register.get(id).unwrap().unwrap().client_reference;
        let answer = server_makes_a_dossier(home, &client_reference);
        register
            .record_answer(id, &answer, &Stamp::desk(Utc::now()))
            .unwrap();
        register
            .confirm(id, read(&answer), &Stamp::desk(Utc::now()))
            .unwrap();
    }
}

/// The server: what it made is a line of its file, whatever becomes of the desk.
fn server_makes_a_dossier(home: &Path, client_reference: &str) -> Vec<u8> {
    let path = home.join("server");
    let number = fs::read_to_string(&path).map_or(0, |made| made.lines().count()) + 1;
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .unwrap();
    file.write_all(format!("{client_reference} {number}\n").as_bytes())
        .unwrap();
    // The way back is where an answer gets lost.
    thread::sleep(Duration::from_millis(4));
    number.to_string().into_bytes()
}

fn read(answer: &[u8]) -> Confirmed {
    let enrollment_id = std::str::from_utf8(answer).unwrap().parse().unwrap();
    Confirmed {
        enrollment_id,
        api_key: Some(SecretString::from(api_key_of(enrollment_id))),
        status: "NEW".into(),
        creation_time: None,
    }
}

/// Looks at the newest only, so that a storm of any length costs the same at each kill.
///
/// `seen`: dossiers of the server looked at before. Returns how many there are now.
fn what_the_server_made_since_is_known(home: &Path, key: &RegisterKey, seen: usize) -> usize {
    let register = opened(home, key);
    let made = made(home);
    let page = register.list(&Query::default(), 0, NEWEST, &Progress::unwatched());
    let lines = by_reference(page.unwrap().rows);
    for made in &made[seen..] {
        is_known(&register, &lines, made);
    }
    made.len()
}

/// Returns how many dossiers the server made, and how many of them have an unknown outcome here.
fn every_dossier_of_the_server_is_known(home: &Path, key: &RegisterKey) -> (usize, usize) {
    let register = opened(home, key);
    let lines = by_reference(all(&register));
    let made = made(home);
    let created = made
        .iter()
        .filter(|made| is_known(&register, &lines, made) == CreationState::Created)
        .count();
    let confirmed = lines
        .values()
        .filter(|line| line.state == CreationState::Created)
        .count();
    assert_eq!(confirmed, created, "a dossier was confirmed twice");
    (made.len(), made.len() - created)
}

fn opened(home: &Path, key: &RegisterKey) -> EmbeddedRegister {
    let register = EmbeddedRegister::open(&home.join("register"), key, Utc::now()).unwrap();
    assert!(!register.opening().journal_damaged && !register.opening().journal_missing);
    register
}

/// The client's reference and the number of each dossier that the server made.
fn made(home: &Path) -> Vec<(String, i64)> {
    fs::read_to_string(home.join("server"))
        .unwrap_or_default()
        .lines()
        .map(|line| {
            let (client_reference, number) = line.split_once(' ').unwrap();
            (client_reference.to_owned(), number.parse().unwrap())
        })
        .collect()
}

fn by_reference(lines: Vec<Dossier>) -> BTreeMap<String, Dossier> {
    lines
        .into_iter()
        .map(|line| (line.client_reference.clone(), line))
        .collect()
}

fn is_known(
    register: &EmbeddedRegister,
    lines: &BTreeMap<String, Dossier>,
    (client_reference, number): &(String, i64),
) -> CreationState {
    let line = lines
        .get(client_reference)
        .expect("a dossier of the server is not in the register");
    match line.state {
        CreationState::Created => {
            assert_eq!(line.enrollment_id, Some(*number));
            assert_eq!(api_key(register, line.id), Some(api_key_of(*number)));
        }
        CreationState::OutcomeUnknown => {}
        other => panic!("a dossier of the server is {other:?} in the register"),
    }
    line.state
}
