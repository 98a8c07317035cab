//! `kill -9` at any moment of a storm of launches loses no dossier that ID360 made (quality.md R-02).
//!
//! `KILLS=300 cargo nextest run -p back-office --test kill` runs the longer storm.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use std::{
    collections::HashMap,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use back_office::{
    Desk, Ports,
    views::{
        dossier::CreationState,
        list::ListQuery,
        session::{AccountKind, RegisterState},
    },
};
use id360_sandbox::{Endpoint, Fault, Sandbox, SandboxOptions, Target};
use support::{FakeKeychain, announcement_from, form, ports_with, uuid};

const FOLDER: &str = "ID360_DESK_KILL_FOLDER";
const SANDBOX: &str = "ID360_DESK_KILL_SANDBOX";

fn ports(folder: &std::path::Path, greeting: &str) -> Ports {
    let keychain = Arc::new(FakeKeychain::default());
    keychain
        .kept
        .lock()
        .unwrap()
        .insert("register-key".into(), "5c".repeat(32));
    ports_with(folder, Some(announcement_from(greeting)), keychain)
}

/// The child: launches until it is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by a_kill_at_any_moment_loses_no_dossier_that_id360_made"]
async fn child_that_launches_until_it_is_killed() {
    let folder = std::env::var_os(FOLDER).unwrap();
    let greeting = std::env::var(SANDBOX).unwrap();
    let desk = Desk::new(ports(folder.as_ref(), &greeting));
    desk.start().await;
    assert_eq!(desk.session_view().register, RegisterState::Open);
    desk.sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    loop {
        desk.launch_dossier(&uuid(), form()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_at_any_moment_loses_no_dossier_that_id360_made() {
    let kills: u32 = std::env::var("KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(25);
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut moment = 0x2545_f491_4f6c_dd1d_u64;
    for kill in 0..kills {
        // Every other storm meets a slow ID360, so that kills fall between the post and its answer.
        sandbox.clear_faults();
        if kill % 2 == 0 {
            let slow = Fault::Delay { milliseconds: 60 };
            sandbox.fault(Target::Only(Endpoint::Create), u32::MAX, slow);
        }
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "child_that_launches_until_it_is_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(FOLDER, folder.path())
            .env(SANDBOX, sandbox.greeting())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // xorshift: spread over start, sign-in and many launches.
        moment ^= moment << 13;
        moment ^= moment >> 7;
        moment ^= moment << 17;
        tokio::time::sleep(Duration::from_millis(150 + moment % 450)).await;
        assert!(
            child.try_wait().unwrap().is_none(),
            "the child ended by itself"
        );
        child.kill().unwrap();
        child.wait().unwrap();
    }
    // What was under way when the last child died may still be finishing at the sandbox.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let desk = Desk::new(ports(folder.path(), &sandbox.greeting()));
    desk.start().await;
    assert_eq!(desk.session_view().register, RegisterState::Open);
    let mut known = HashMap::new();
    let mut offset = 0;
    loop {
        let page = desk
            .list_dossiers(ListQuery::default(), offset, 500)
            .await
            .unwrap();
        if page.rows.is_empty() {
            break;
        }
        offset += 500;
        for row in page.rows {
            let view = desk.get_dossier(&row.id).await.unwrap();
            known.insert(view.client_reference.clone(), view);
        }
    }
    let made = sandbox.enrollments();
    let (mut created, mut unknown) = (0, 0);
    for enrollment in &made {
        let reference = enrollment.client_reference.clone().unwrap();
        let view = known
            .get(&reference)
            .unwrap_or_else(|| panic!("lost: {}", enrollment.id));
        match view.row.creation {
            CreationState::Created => {
                created += 1;
                assert_eq!(view.row.enrollment_id, Some(enrollment.id.to_string()));
                let last = &enrollment.api_key[enrollment.api_key.len() - 4..];
                assert_eq!(view.link_hint, Some(format!("••••{last}")), "a key is lost");
            }
            CreationState::OutcomeUnknown => unknown += 1,
            other => panic!("{other:?} for a dossier that ID360 made"),
        }
    }
    println!(
        "{kills} kills: {} made, {created} in the register, {unknown} «issue inconnue»",
        made.len()
    );
    assert!(
        created > 0 && unknown > 0,
        "the storm missed one of the two cases"
    );
}
