//! Every captured file is read again, and what is done to one is named (quality.md E-06).

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{fs, path::Path, sync::Arc, time::Duration};

use back_office::{
    Desk,
    views::{
        error::ErrorCode,
        evidence::{CaptureFilter, Integrity},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use dossiers::{
    Confirmed, DocumentRef, DossierId, EmbeddedRegister, Md5Agreement, NewDossier, NewPiece,
    PieceId, PieceKind, RegisterKey, Stamp,
    register::{Creations as _, Evidence as _, Following as _},
};
use evidence::{PieceHeader, Vault, saving::StdFilesystem};
use support::{FakeKeychain, ports_with, uuid};

/// `FILES=20000` in the environment makes the vault larger.
fn files() -> u32 {
    std::env::var("FILES").map_or(2_000, |files| files.parse().unwrap())
}

/// A register with one dossier of so many pages, captured then.
fn fill(home: &Path, key: &RegisterKey, files: u32, now: DateTime<Utc>) -> Vec<PieceId> {
    let stamp = Stamp::desk(now);
    let register = EmbeddedRegister::open(&home.join("register"), key, now).unwrap();
    let dossier = finished_dossier(&register, &stamp);
    let key = register.vault_key().unwrap();
    let vault = Vault::open(&home.join("evidence"), Arc::new(StdFilesystem), key.bytes()).unwrap();
    (0..files)
        .map(|page_number| {
            let id = uuid::Uuid::now_v7();
            let document = evidence::vault::DocumentRef {
                document_id: "8812".into(),
                name: "id_document_image".into(),
                page_number,
            };
            let header = PieceHeader {
                piece: id,
                dossier: dossier.0,
                kind: "document".into(),
                document: Some(document),
                media_type: None,
                call: format!("GET /document/8812/file_contents/?page_number={page_number}"),
                fetched_at: now,
                stated_md5: None,
            };
            let bytes = vec![page_number as u8; 500 + page_number as usize];
            let stored = vault.store(header, &bytes).unwrap();
            let piece = NewPiece {
                id: PieceId(id),
                kind: PieceKind::Document,
                document: Some(DocumentRef {
                    document_id: "8812".into(),
                    name: "id_document_image".into(),
                    page_number,
                }),
                media_type: "application/octet-stream".into(),
                size: stored.size,
                sha256: stored.sha256,
                md5: stored.md5,
                md5_agreement: Md5Agreement::NotStated,
                call: stored.header.call,
                fetched_at: now,
            };
            register.record_piece(dossier, piece, &stamp).unwrap();
            PieceId(id)
        })
        .collect()
}

fn finished_dossier(register: &EmbeddedRegister, stamp: &Stamp) -> DossierId {
    let new = NewDossier {
        environment_id: "sandbox".into(),
        process_id: "sandbox".into(),
        process_uuid: uuid::Uuid::nil(),
        process_name: "Bac à sable".into(),
        operator: "application".into(),
        form: "{}".into(),
        reference: Some("REF-1042".into()),
        last_name: None,
        first_name: None,
        email: None,
        phone_number: None,
        idclaim_expected: false,
        expected: Vec::new(),
        body_sha256: None,
    };
    let id = register.prepare_sent(new, stamp).unwrap();
    let confirmed = Confirmed {
        enrollment_id: 1,
        api_key: Some("cle-de-test-du-dossier".into()),
        status: "NEW".into(),
        creation_time: Some(stamp.at),
    };
    register.confirm(id, confirmed, stamp).unwrap();
    register.record_status(id, "OK", true, stamp).unwrap();
    id
}

async fn desk(home: &Path, keychain: &Arc<FakeKeychain>) -> Desk {
    let desk = Desk::new(ports_with(home, None, keychain.clone()));
    desk.start().await;
    desk
}

/// A key of a register, and the keychain that has it.
fn keys() -> (Arc<FakeKeychain>, RegisterKey) {
    let keychain = Arc::<FakeKeychain>::default();
    let key = RegisterKey::generate();
    let secret = secrecy::ExposeSecret::expose_secret(&key.to_secret()).to_owned();
    keychain
        .kept
        .lock()
        .unwrap()
        .insert("register-key".into(), secret);
    (keychain, key)
}

fn file(home: &Path, piece: PieceId) -> std::path::PathBuf {
    let name = piece.to_string();
    home.join("evidence")
        .join(&name[name.len() - 2..])
        .join(format!("{name}.piece"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_thousand_files_the_four_spoilt_ones_are_named_and_a_killed_run_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let (keychain, key) = keys();
    let pieces = fill(home.path(), &key, files(), Utc::now());
    let (flipped, cut, replaced, missing) = (pieces[3], pieces[700], pieces[1_400], pieces[1_999]);
    let mut bytes = fs::read(file(home.path(), flipped)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0b100;
    fs::write(file(home.path(), flipped), &bytes).unwrap();
    let bytes = fs::read(file(home.path(), cut)).unwrap();
    fs::write(file(home.path(), cut), &bytes[..bytes.len() - 1]).unwrap();
    fs::copy(file(home.path(), pieces[9]), file(home.path(), replaced)).unwrap();
    fs::remove_file(file(home.path(), missing)).unwrap();

    let first = desk(home.path(), &keychain).await;
    let stopped = uuid();
    let watching = {
        let (first, stopped) = (first.clone(), stopped.clone());
        tokio::spawn(async move { first.verify_evidence(&stopped).await })
    };
    // Ended somewhere on the way: what was looked at by then is not looked at again.
    for _ in 0..2_000 {
        first.cancel(&stopped);
        if watching.is_finished() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let ended = watching.await.unwrap();
    assert_eq!(ended.unwrap_err().code, ErrorCode::Cancelled);
    first.close();
    drop(first);
    tokio::time::sleep(Duration::from_millis(300)).await;

    let second = desk(home.path(), &keychain).await;
    let began = std::time::Instant::now();
    let outcome = second.verify_evidence(&uuid()).await.unwrap();
    eprintln!(
        "{} files verified, {} of 4 spoilt ones named, the run ended in {:?} after it was stopped once",
        outcome.checked,
        outcome.damaged,
        began.elapsed()
    );
    assert_eq!((outcome.checked, outcome.damaged), (files(), 4));
    let mut found: Vec<_> = outcome
        .found
        .iter()
        .map(|damaged| (damaged.piece.id.clone(), damaged.piece.integrity))
        .collect();
    found.sort_by_key(|(id, _)| id.clone());
    // The first call may have met some of them; the register names them all.
    let listed = second
        .list_captures(CaptureFilter::Damaged, 0, 10)
        .await
        .unwrap();
    assert_eq!(listed.counts.damaged, 1);
    let evidence = second.get_evidence(&listed.rows[0].row.id).await.unwrap();
    let mut spoilt: Vec<_> = evidence
        .pieces
        .iter()
        .filter(|piece| piece.integrity != Integrity::Whole)
        .map(|piece| (piece.id.clone(), piece.integrity))
        .collect();
    spoilt.sort_by_key(|(id, _)| id.clone());
    let mut expected = vec![
        (flipped.to_string(), Integrity::Altered),
        (cut.to_string(), Integrity::Altered),
        (replaced.to_string(), Integrity::Altered),
        (missing.to_string(), Integrity::Missing),
    ];
    expected.sort_by_key(|(id, _)| id.clone());
    assert_eq!(spoilt, expected);
    assert!(found.iter().all(|one| expected.contains(one)));
    let acts = second
        .list_journal(
            back_office::views::journal::JournalQuery {
                acts: vec!["evidence_damaged".into(), "evidence_verified".into()],
                ..Default::default()
            },
            0,
            50,
        )
        .await
        .unwrap();
    assert_eq!(acts.total, 5);
}

#[tokio::test(start_paused = true)]
async fn after_a_week_every_file_is_read_again_without_anybody_asking() {
    for (age, verified) in [
        (TimeDelta::days(8), Some((40, 1))),
        (TimeDelta::days(2), None),
    ] {
        let home = tempfile::tempdir().unwrap();
        let (keychain, key) = keys();
        let pieces = fill(home.path(), &key, 40, Utc::now() - age);
        fs::remove_file(file(home.path(), pieces[3])).unwrap();
        let desk = desk(home.path(), &keychain).await;
        let mut last = None;
        // The clock of the test runs ahead while the desk is at rest.
        for _ in 0..30 {
            tokio::time::sleep(Duration::from_secs(60)).await;
            last = desk.home().await.unwrap().verification.last;
        }
        assert_eq!(last.map(|end| (end.checked, end.damaged)), verified);
        desk.close();
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_asker_is_told_that_the_evidence_is_being_verified_already() {
    let home = tempfile::tempdir().unwrap();
    let (keychain, key) = keys();
    let pieces = fill(home.path(), &key, 3, Utc::now());
    // A named pipe in the place of a file: its reader waits until somebody writes.
    let pipe = file(home.path(), pieces[1]);
    fs::remove_file(&pipe).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());

    let desk = desk(home.path(), &keychain).await;
    let (one, other) = (uuid(), uuid());
    let askers = (desk.verify_evidence(&one), desk.verify_evidence(&other));
    tokio::pin! {
        let first = askers.0;
        let second = askers.1;
    }
    let running = tokio::select! {
        refused = &mut first => {
            assert_eq!(refused.unwrap_err().code, ErrorCode::VerificationRunning);
            second
        }
        refused = &mut second => {
            assert_eq!(refused.unwrap_err().code, ErrorCode::VerificationRunning);
            first
        }
    };
    // A writer that writes nothing: the file is empty.
    let writer = fs::File::options().write(true).open(&pipe);
    drop(writer.unwrap());
    let outcome = running.await.unwrap();
    assert_eq!((outcome.checked, outcome.damaged), (3, 1));
    // And whoever asks afterwards is answered.
    fs::remove_file(file(home.path(), pieces[1])).unwrap();
    let again = desk.verify_evidence(&uuid()).await.unwrap();
    assert_eq!(again.checked, 3);
    desk.close();
}
