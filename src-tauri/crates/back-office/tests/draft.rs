//! What is typed for a dossier outlives a crash, and nothing else knows it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{
    process::{Command, Stdio},
    sync::Arc,
};

use back_office::{
    Desk, Ports,
    views::{
        error::ErrorCode,
        journal::JournalQuery,
        launch::{DraftForm, LaunchForm},
        session::{AccountKind, RegisterState},
    },
};
use id360_sandbox::{Sandbox, SandboxOptions};
use support::{FakeKeychain, Scene, announcement_from, bytes_of, form, ports_with};

const FOLDER: &str = "ID360_DESK_DRAFT_FOLDER";
const SANDBOX: &str = "ID360_DESK_DRAFT_SANDBOX";
const NAME: &str = "D’Éon-Ñuñez ßæ";

fn typed() -> DraftForm {
    DraftForm {
        form: LaunchForm {
            last_name: NAME.into(),
            email: "not yet whole@".into(),
            ..form()
        },
        mode_chosen: true,
    }
}

fn ports(folder: &std::path::Path, greeting: &str, key: &str) -> Ports {
    let keychain = Arc::new(FakeKeychain::default());
    let mut kept = keychain.kept.lock().unwrap();
    kept.insert("register-key".into(), key.repeat(32));
    drop(kept);
    ports_with(folder, Some(announcement_from(greeting)), keychain)
}

async fn desk(folder: &std::path::Path, greeting: &str, key: &str) -> Desk {
    let desk = Desk::new(ports(folder, greeting, key));
    desk.start().await;
    desk
}

/// The child: keeps a draft, says so, and waits to be killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by a_form_survives_a_kill_and_a_restart_and_another_key_reads_none_of_it"]
async fn child_that_types_until_it_is_killed() {
    let folder = std::env::var_os(FOLDER).unwrap();
    let greeting = std::env::var(SANDBOX).unwrap();
    let desk = desk(folder.as_ref(), &greeting, "5c").await;
    desk.sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    desk.save_draft(typed()).await.unwrap();
    std::fs::write(std::path::Path::new(&folder).join("kept"), "").unwrap();
    std::future::pending::<()>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_survives_a_kill_and_a_restart_and_another_key_reads_none_of_it() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "child_that_types_until_it_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(FOLDER, folder.path())
        .env(SANDBOX, sandbox.greeting())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    support::until("the draft is kept", || folder.path().join("kept").exists()).await;
    child.kill().unwrap();
    child.wait().unwrap();

    let register = folder.path().join("register");
    for (path, bytes) in bytes_of(&register) {
        for secret in [NAME, "not yet whole"] {
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} in {path}");
        }
    }
    let stranger = desk(folder.path(), &sandbox.greeting(), "cd").await;
    assert_eq!(stranger.session_view().register, RegisterState::KeyRefused);
    assert!(stranger.draft().await.is_err());
    drop(stranger);

    let again = desk(folder.path(), &sandbox.greeting(), "5c").await;
    again
        .sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    let kept = again.draft().await.unwrap().unwrap();
    assert_eq!(kept.draft, typed());
}

#[tokio::test]
async fn a_draft_is_gone_with_the_dossier_it_became_and_the_journal_never_knew_of_it() {
    let scene = Scene::signed_in().await;
    scene.desk.save_draft(typed()).await.unwrap();
    scene.desk.drop_draft().await.unwrap();
    assert_eq!(scene.desk.draft().await.unwrap(), None);
    let entries = async || {
        let page = scene.desk.list_journal(JournalQuery::default(), 0, 100);
        page.await.unwrap().total
    };
    let before = entries().await;
    for _ in 0..3 {
        scene.desk.save_draft(typed()).await.unwrap();
    }
    assert_eq!(entries().await, before);
    scene.launch(form()).await.unwrap();
    assert_eq!(scene.desk.draft().await.unwrap(), None);
}

#[tokio::test]
async fn a_draft_is_offered_in_its_own_environment_only_and_a_huge_one_is_refused() {
    let scene = Scene::signed_in().await;
    let huge = DraftForm {
        form: LaunchForm {
            last_name: "x".repeat(10 << 20),
            ..form()
        },
        mode_chosen: false,
    };
    scene.desk.save_draft(typed()).await.unwrap();
    let refused = scene.desk.save_draft(huge).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidField);
    let kept = scene.desk.draft().await.unwrap().unwrap();
    assert_eq!(kept.draft, typed(), "what was kept before is still there");
    scene.desk.sign_out().await.unwrap();
    let signed_out = scene.desk.draft().await.unwrap_err();
    assert_eq!(signed_out.code, ErrorCode::NotSignedIn);
    scene
        .desk
        .sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    assert_eq!(scene.desk.draft().await.unwrap(), None, "for the next one");
}
