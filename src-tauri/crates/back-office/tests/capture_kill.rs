//! `kill -9` at any moment of a storm of captures leaves no row without its whole file (quality.md E-02).
//!
//! `KILLS=300 cargo nextest run -p back-office --test capture_kill` runs the longer storm.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use back_office::{
    Desk, Ports,
    views::{
        evidence::{CaptureFilter, Integrity},
        session::{AccountKind, RegisterState},
    },
};
use id360_sandbox::{Endpoint, Fault, Outcome, Sandbox, SandboxOptions, Target};
use support::{FakeKeychain, announcement_from, form, picture, ports_with, uuid};

const FOLDER: &str = "ID360_DESK_CAPTURE_FOLDER";
const SANDBOX: &str = "ID360_DESK_CAPTURE_SANDBOX";
/// More than a storm can capture.
const DOSSIERS: u32 = 60;

fn ports(folder: &Path, greeting: &str) -> Ports {
    let keychain = Arc::new(FakeKeychain::default());
    keychain
        .kept
        .lock()
        .unwrap()
        .insert("register-key".into(), "5c".repeat(32));
    ports_with(folder, Some(announcement_from(greeting)), keychain)
}

async fn open(folder: &Path, greeting: &str) -> Desk {
    for _ in 0..100 {
        let desk = Desk::new(ports(folder, greeting));
        desk.start().await;
        if desk.session_view().register == RegisterState::Open {
            return desk;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the register does not open");
}

/// The child: captures until it is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by a_kill_at_any_moment_leaves_no_row_without_its_whole_file"]
async fn child_that_captures_until_it_is_killed() {
    let folder = std::env::var_os(FOLDER).unwrap();
    let greeting = std::env::var(SANDBOX).unwrap();
    let desk = open(folder.as_ref(), &greeting).await;
    desk.sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    std::future::pending::<()>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_at_any_moment_leaves_no_row_without_its_whole_file() {
    let kills: u32 = std::env::var("KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(15);
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let greeting = sandbox.greeting();
    finished(&sandbox, folder.path(), &greeting).await;
    let slow = Fault::Delay { milliseconds: 15 };
    sandbox.fault(Target::Only(Endpoint::Document), u32::MAX, slow);
    let vault = folder.path().join("evidence");
    for kill in 0..kills {
        let before = files(&vault).len();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "child_that_captures_until_it_is_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(FOLDER, folder.path())
            .env(SANDBOX, &greeting)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Some are killed while they start, the others in the middle of their captures.
        for _ in 0..1_000 {
            if kill % 5 == 0 || files(&vault).len() > before {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(rand::random::<u64>() % 60)).await;
        assert!(
            child.try_wait().unwrap().is_none(),
            "the child ended by itself"
        );
        child.kill().unwrap();
        child.wait().unwrap();
    }
    sandbox.clear_faults();
    let desk = open(folder.path(), &greeting).await;
    desk.pause_captures();
    // Opening took in or removed what the last kill left; wait for that.
    desk.sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    let before = desk.verify_evidence(&uuid()).await.unwrap();
    assert_eq!(before.damaged, 0, "{before:?}");
    assert!(before.checked > 0, "the storm was none");
    desk.resume_captures();
    for _ in 0..4_000 {
        let page = desk.list_captures(CaptureFilter::Complete, 0, 500).await;
        if page.unwrap().total == DOSSIERS {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let page = desk
        .list_captures(CaptureFilter::Complete, 0, 500)
        .await
        .unwrap();
    assert_eq!(page.total, DOSSIERS, "{:?}", page.counts);
    let after = desk.verify_evidence(&uuid()).await.unwrap();
    assert_eq!(after.damaged, 0, "{after:?}");
    let mut rows = 0;
    for row in &page.rows {
        let evidence = desk.get_evidence(&row.row.id).await.unwrap();
        assert!(evidence.missing.is_empty());
        assert!(
            evidence
                .pieces
                .iter()
                .all(|piece| piece.integrity == Integrity::Whole)
        );
        rows += evidence.pieces.len();
    }
    let files = files(&folder.path().join("evidence"));
    assert!(
        files.iter().all(|name| name.ends_with(".piece")),
        "{files:?}"
    );
    assert_eq!(files.len(), rows, "a file without a row");
    println!(
        "{kills} kills: {} pieces recorded on the way, {rows} at the end, all whole",
        before.checked
    );
}

async fn finished(sandbox: &Sandbox, folder: &Path, greeting: &str) {
    let desk = open(folder, greeting).await;
    desk.pause_captures();
    desk.sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    let (recto, verso) = (picture(1), picture(2));
    for _ in 0..DOSSIERS {
        let launched = desk.launch_dossier(&uuid(), form()).await.unwrap().dossier;
        let enrollment: i64 = launched.row.enrollment_id.clone().unwrap().parse().unwrap();
        for (page, bytes) in [(0, &recto), (1, &verso)] {
            sandbox
                .upload(enrollment, "id_document_image", page, bytes.clone())
                .unwrap();
        }
        sandbox.finish(enrollment, Outcome::Ok, &[]).unwrap();
        desk.refresh_dossier(&launched.row.id).await.unwrap();
    }
    desk.close();
    drop(desk);
    tokio::time::sleep(Duration::from_millis(200)).await;
}

fn files(vault: &Path) -> Vec<String> {
    let Ok(folders) = fs::read_dir(vault) else {
        return Vec::new();
    };
    folders
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}
