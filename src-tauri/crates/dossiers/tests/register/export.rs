//! The journal given to somebody who has neither the program nor the key.

use std::io::{Cursor, Read, Seek, SeekFrom, Write};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use dossiers::register::{Creations, Journal, Marks};
use dossiers::{Act, ActQuery, EmbeddedRegister, JournalExport, Progress, Selection, Stamp};
use zip::ZipArchive;

use crate::desk::{Desk, all, at, create, new_dossier, stamp};
use crate::elsewhere::{import, known};

fn export(register: &EmbeddedRegister, query: &ActQuery) -> (JournalExport, Vec<u8>) {
    let mut archive = Cursor::new(Vec::new());
    let told = register
        .export(
            query,
            &mut archive,
            &Progress::unwatched(),
            &Stamp::new(at(50), "siège"),
        )
        .unwrap();
    (told, archive.into_inner())
}

fn file(archive: &[u8], name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    ZipArchive::new(Cursor::new(archive))
        .unwrap()
        .by_name(name)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

fn lines(archive: &[u8]) -> Vec<serde_json::Value> {
    String::from_utf8(file(archive, "journal.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_whole_export_lets_its_reader_judge_that_nothing_is_missing() {
    let desk = Desk::new();
    let register = desk.open();
    for number in 1..5 {
        create(&register, number);
    }
    let (told, archive) = export(&register, &ActQuery::default());
    let lines = lines(&archive);
    assert_eq!(lines.len(), 14);
    let (heading, entries) = lines.split_first().unwrap();
    assert_eq!(heading["whole"], true);
    for (entry, position) in entries.iter().zip(1..) {
        assert_eq!(entry["position"], position);
    }
    let last = &entries[12];
    assert_eq!(last["act"], Act::JournalExported.as_str());
    assert_eq!(
        (&last["actor"], &last["detail"]),
        (&"siège".into(), &"whole".into())
    );
    assert_eq!(last["mac"], heading["head"]);
    assert_eq!(last["mac"], told.head.digits());
    assert_eq!((told.entries, told.head.position), (13, 13));
    let first = String::from_utf8(file(&archive, "journal.jsonl")).unwrap();
    let second = first.lines().nth(1).unwrap();
    assert!(second.starts_with(r#"{"position":1,"at":"2026-03-02T08:00:00.000000Z","actor":null,"act":"prepared","dossier":""#));
}

#[test]
fn a_filtered_export_says_that_it_is_one_and_its_act_says_not_what_was_looked_for() {
    let desk = Desk::new();
    let register = desk.open();
    let id = register.prepare(new_dossier(None), &stamp()).unwrap();
    create(&register, 1);
    let query = ActQuery {
        dossier: Some(id),
        acts: vec!["prepared".into()],
        ..ActQuery::default()
    };
    let (told, archive) = export(&register, &query);
    let lines = lines(&archive);
    assert_eq!((lines.len(), told.entries), (2, 1));
    assert_eq!(lines[0]["whole"], false);
    assert_eq!(lines[0]["dossier"], id.to_string());
    let acts = register
        .entries(&ActQuery::default(), 0, 1, &Progress::unwatched())
        .unwrap();
    assert_eq!(acts.entries[0].detail, "filtered");
}

/// What the archive's own explanation says to type, in one of its two languages.
fn commands(archive: &[u8]) -> Vec<String> {
    let readme = String::from_utf8(file(archive, "README.txt")).unwrap();
    let (french, english) = readme.split_once("JOURNAL OF ACTS").unwrap();
    let typed = |text: &str| -> Vec<String> {
        text.lines()
            .filter_map(|line| line.strip_prefix("    "))
            .filter(|line| !line.starts_with(' '))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(typed(french), typed(english));
    typed(english)
}

fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// Lets a test pass that lacks a tool, and says so; fails it where ./test relies on that tool.
fn skipped_without(tool: &str) {
    let relied_on = std::env::var("DESK_TOOLS_REQUIRED").unwrap_or_default();
    let relies = relied_on.split(' ').any(|one| one == tool);
    assert!(
        !relies,
        "{tool} does not work here, and ./test relies on it"
    );
    println!("SKIPPED: {tool} does not work here");
}

/// Runs the commands; which of them were content.
fn checked(archive: &[u8], changed: Option<&str>) -> Vec<bool> {
    let folder = tempfile::tempdir().unwrap();
    ZipArchive::new(Cursor::new(archive))
        .unwrap()
        .extract(folder.path())
        .unwrap();
    if let Some(name) = changed {
        let path = folder.path().join(name);
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(path, bytes).unwrap();
    }
    commands(archive)
        .iter()
        .map(|command| {
            let mut words = command.split_whitespace();
            Command::new(words.next().unwrap())
                .args(words)
                .current_dir(folder.path())
                .env("LC_ALL", "C")
                .output()
                .unwrap()
        })
        .map(|output| {
            let told = String::from_utf8_lossy(&output.stdout);
            let content =
                told == "journal.jsonl: OK\n" || told.contains("Signature Verified Successfully");
            assert_eq!(output.status.success(), content, "{output:?}");
            content
        })
        .collect()
}

#[test]
fn what_the_archive_says_to_type_confirms_it_and_refuses_whatever_is_changed() {
    for tool in ["openssl", "sha256sum"] {
        if !is_there(tool) {
            return skipped_without(tool);
        }
    }
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let (_, archive) = export(&register, &ActQuery::default());
    assert_eq!(checked(&archive, None), [true, true]);
    assert_eq!(checked(&archive, Some("journal.jsonl")), [false, true]);
    assert_eq!(checked(&archive, Some("SHA256SUMS")), [false, false]);
    assert_eq!(checked(&archive, Some("SHA256SUMS.sig")), [true, false]);
    assert_eq!(checked(&archive, Some("journal-key.pem")), [true, false]);
}

#[test]
fn the_same_journal_is_the_same_archive_with_its_files_in_the_order_they_are_checked() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    drop(register);
    let [(_, first), (_, second)] =
        [desk.crash(), desk.crash()].map(|desk| export(&desk.open(), &ActQuery::default()));
    assert!(first == second);
    let archive = ZipArchive::new(Cursor::new(first)).unwrap();
    let names: Vec<_> = (0..archive.len())
        .map(|place| archive.name_for_index(place).unwrap().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "journal.jsonl",
            "SHA256SUMS",
            "SHA256SUMS.sig",
            "journal-key.pem",
            "README.txt"
        ]
    );
}

/// Counts what has come.
struct Sink {
    archive: Cursor<Vec<u8>>,
    come: Arc<AtomicU64>,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.come.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        self.archive.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Seek for Sink {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.archive.seek(to)
    }
}

#[test]
fn a_long_journal_is_written_while_it_is_read() {
    let desk = Desk::new();
    let register = desk.open();
    import(&register, (1..=100).map(known).collect());
    let all = Selection::Some(all(&register).iter().map(|line| line.id).collect());
    for turn in 0..100 {
        // An act for each of the hundred.
        register
            .treat(&all, turn % 2 == 0, &Progress::unwatched(), &stamp())
            .unwrap();
    }
    let come = Arc::new(AtomicU64::new(0));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let progress = {
        let (come, seen) = (come.clone(), seen.clone());
        Progress::told_to(move |read, _| {
            let come = come.load(Ordering::Relaxed);
            seen.lock().unwrap().push((read, come));
        })
    };
    let mut sink = Sink {
        archive: Cursor::new(Vec::new()),
        come,
    };
    let told = register
        .export(&ActQuery::default(), &mut sink, &progress, &stamp())
        .unwrap();
    assert!(told.entries > 10_000);
    let seen = seen.lock().unwrap();
    assert!(seen.len() > 9, "{seen:?}");
    for (read, come) in seen.iter() {
        // Of each entry at least the 32 bytes that nothing can compress; a part of them waits in the
        // compression.
        let least = (read * 32).saturating_sub(64 * 1024);
        assert!(
            *come >= least,
            "{read} entries were read, {come} bytes came"
        );
    }
}

#[test]
fn the_key_that_signs_is_the_same_for_one_register_and_another_for_another() {
    let desk = Desk::new();
    let key = |desk: &Desk| {
        let register = desk.open();
        file(
            &export(&register, &ActQuery::default()).1,
            "journal-key.pem",
        )
    };
    assert_eq!(key(&desk), key(&desk));
    assert_ne!(key(&desk), key(&Desk::new()));
}
