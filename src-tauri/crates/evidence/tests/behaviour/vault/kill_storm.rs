//! `kill -9` at any moment of a storm of captures leaves every visible file whole (quality.md E-02).
//!
//! `KILLS=10000 cargo test -p evidence --test behaviour kill_storm -- --nocapture` runs the longer storm.

#![cfg(unix)]

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use evidence::saving::StdFilesystem;
use evidence::vault::{PieceHeader, Vault};
use uuid::Uuid;

use super::scene::{KEY, content, header};

const HOME: &str = "ID360_VAULT_STORM_HOME";

fn vault(home: &Path) -> Vault {
    Vault::open(&home.join("evidence"), Arc::new(StdFilesystem), &KEY).unwrap()
}

/// The child: captures until it is killed.
#[test]
#[ignore = "started by a_kill_at_any_moment_leaves_every_visible_file_whole_and_every_row_with_its_file"]
fn child_that_captures_until_it_is_killed() {
    let home = std::env::var_os(HOME).unwrap();
    let home = Path::new(&home);
    let vault = vault(home);
    let mut rows = open_rows(home);
    loop {
        let piece: Uuid = Uuid::from_u128(rand::random());
        let bytes = content(1 + rand::random::<u32>() as usize % 300_000, rand::random());
        let mut pending = vault.begin(PieceHeader { piece, ..header(0) }).unwrap();
        for chunk in bytes.chunks(16_384) {
            pending.write(chunk).unwrap();
        }
        let stored = pending.finish(Some(bytes.len() as u64)).unwrap();
        let row = format!("{piece} {} {}\n", stored.size, hex::encode(stored.sha256));
        rows.write_all(row.as_bytes()).unwrap();
        rows.sync_data().unwrap();
    }
}

fn open_rows(home: &Path) -> File {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(home.join("rows"))
        .unwrap()
}

/// Committed rows: an unfinished last line is none.
fn rows(home: &Path) -> Vec<(Uuid, u64, String)> {
    let text = fs::read_to_string(home.join("rows")).unwrap_or_default();
    text.split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
        .map(|line| {
            let mut words = line.split_whitespace();
            let mut next = || words.next().unwrap();
            (
                next().parse().unwrap(),
                next().parse().unwrap(),
                next().to_owned(),
            )
        })
        .collect()
}

fn is_as_its_row_says(vault: &Vault, (piece, size, sha256): &(Uuid, u64, String)) {
    let (length, hash) = vault
        .check(*piece)
        .unwrap_or_else(|error| panic!("{piece} has a row: {error:?}"));
    assert_eq!((length, &hex::encode(hash)), (*size, sha256), "{piece}");
}

#[test]
fn a_kill_at_any_moment_leaves_every_visible_file_whole_and_every_row_with_its_file() {
    let kills: u32 = std::env::var("KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(300);
    let home = tempfile::tempdir().unwrap();
    let (mut leftovers, mut strays) = (0, HashSet::new());
    let mut checked = 0;
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "vault::kill_storm::child_that_captures_until_it_is_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(HOME, home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Some are killed while they start, the others in the middle of a capture.
        if kill % 8 > 0 {
            wait_for_a_row(home.path());
        }
        thread::sleep(Duration::from_micros(rand::random::<u64>() % 12_000));
        assert!(
            child.try_wait().unwrap().is_none(),
            "the child ended by itself"
        );
        child.kill().unwrap();
        child.wait().unwrap();

        let vault = vault(home.path());
        let rows = rows(home.path());
        for row in &rows[checked..] {
            is_as_its_row_says(&vault, row);
        }
        checked = rows.len();
        let known: HashSet<Uuid> = rows.iter().map(|(piece, ..)| *piece).collect();
        let sweep = vault.sweep(&|id| known.contains(&id)).unwrap();
        leftovers += sweep.leftovers;
        for stray in sweep.strays {
            assert!(stray.header.is_ok(), "a visible file without a head");
            vault.check(stray.id).unwrap();
            strays.insert(stray.id);
        }
    }
    let vault = vault(home.path());
    let rows = rows(home.path());
    rows.iter().for_each(|row| is_as_its_row_says(&vault, row));
    for entry in fs::read_dir(home.path().join("evidence")).unwrap() {
        for file in fs::read_dir(entry.unwrap().path()).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert!(name.ends_with(".piece"), "{name} was left behind");
        }
    }
    eprintln!(
        "{kills} kills: {} pieces with rows, all whole; {leftovers} leftovers removed; {} whole files waiting for \
         their rows",
        rows.len(),
        strays.len()
    );
    assert!(rows.len() as u32 >= kills / 2, "the storm was none");
}

fn wait_for_a_row(home: &Path) {
    let length = || fs::metadata(home.join("rows")).map_or(0, |rows| rows.len());
    let before = length();
    while length() == before {
        thread::sleep(Duration::from_millis(1));
    }
}
