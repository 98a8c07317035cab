//! The journal given to somebody who has neither the program nor the key.

use std::io::{Cursor, Read};
use std::process::Command;

use dossiers::register::{Creations, Journal};
use dossiers::{Act, ActQuery, EmbeddedRegister, JournalExport, Progress, Stamp};
use zip::ZipArchive;

use crate::desk::{Desk, at, create, new_dossier, stamp};

const COMMAND: &str = "openssl pkeyutl -verify -pubin -inkey journal-key.pem -rawin \
                       -in journal.jsonl -sigfile journal.jsonl.sig";

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

#[test]
fn openssl_confirms_the_signature_and_refuses_a_changed_file() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let (_, archive) = export(&register, &ActQuery::default());
    let readme = String::from_utf8(file(&archive, "README.txt")).unwrap();
    assert_eq!(readme.matches(COMMAND).count(), 2);
    if Command::new("openssl").arg("version").output().is_err() {
        println!("no openssl on this computer: the signature is checked by ring alone");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["journal.jsonl", "journal.jsonl.sig", "journal-key.pem"] {
        std::fs::write(folder.path().join(name), file(&archive, name)).unwrap();
    }
    let verify = || {
        let words: Vec<_> = COMMAND.split_whitespace().collect();
        Command::new(words[0])
            .args(&words[1..])
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let told = verify();
    assert!(
        told.status.success(),
        "{}",
        String::from_utf8_lossy(&told.stderr)
    );
    assert!(String::from_utf8_lossy(&told.stdout).contains("Signature Verified Successfully"));
    let mut changed = file(&archive, "journal.jsonl");
    let place = changed.len() / 2;
    changed[place] ^= 1;
    std::fs::write(folder.path().join("journal.jsonl"), changed).unwrap();
    assert!(!verify().status.success());
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
