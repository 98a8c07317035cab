//! Whatever goes wrong is met with a sentence, and nothing is lost.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use journeys::desk::{Desk, Person, holds_no_leftover};
use journeys::fixtures::{Fixtures, sha256_of};
use serde_json::json;

const DAY: Duration = Duration::from_secs(24 * 3600);
/// More calls than the desk makes for one page, whatever it tries again.
const ALL: u32 = 20;

/// A desk signed in as an application, on a dossier that ended OK with a recto and a verso.
async fn with_verdict(name: &str) -> (Desk, Person, Fixtures) {
    let files = Fixtures::ready().unwrap();
    let desk = Desk::open(name, "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    // What is captured already is read without ID360, and here ID360's answers are what is looked at.
    desk.window.click("nav-evidence").await.unwrap();
    desk.window.click("pause-captures").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=capture-activity][data-state=paused]")
        .await
        .unwrap();
    let person = Person::specimen(&name.to_uppercase());
    let pages = [
        ("id_document_image", 0, files.recto.as_path()),
        ("id_document_image", 1, &files.verso),
    ];
    desk.finished_dossier(&person, &pages, "OK", &[])
        .await
        .unwrap();
    (desk, person, files)
}

/// The same sandbox under an environment of one's own, where credentials are typed.
async fn with_typed_credentials(name: &str) -> Desk {
    let desk = Desk::open(name, "fr").await.unwrap();
    desk.add_environment("Essais").await.unwrap();
    desk
}

#[tokio::test]
async fn a_wrong_password_is_refused_once_and_the_right_one_works_after_it() {
    let desk = with_typed_credentials("wrong-password").await;
    let known = desk.sandbox.greeting().application.clone();
    desk.sign_in("application", &known.username, "pas le bon", None)
        .await
        .unwrap();
    desk.window
        .wait_for_error("credentials_refused")
        .await
        .unwrap();
    desk.window.picture("refused").await.unwrap();
    assert_eq!(
        desk.sandbox.count("login").await.unwrap(),
        1,
        "a refused login is not repeated"
    );

    desk.sign_in("application", &known.username, &known.password, None)
        .await
        .unwrap();
    desk.window.wait_for("new-dossier").await.unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_wrong_two_factor_code_is_refused_and_the_right_one_works_after_it() {
    let desk = with_typed_credentials("wrong-code").await;
    let known = desk.sandbox.greeting().user.clone();
    let wrong = if known.otp == "000000" {
        "111111"
    } else {
        "000000"
    };
    desk.sign_in("user", &known.username, &known.password, Some(wrong))
        .await
        .unwrap();
    desk.window
        .wait_for_css("[data-testid=error]")
        .await
        .unwrap();
    desk.window.picture("refused").await.unwrap();

    desk.sign_in("user", &known.username, &known.password, Some(&known.otp))
        .await
        .unwrap();
    desk.window.wait_for("new-dossier").await.unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_token_that_expires_in_the_middle_of_the_work_goes_unnoticed_with_an_application_account()
{
    let (desk, person, files) = with_verdict("expired-token").await;
    desk.sandbox.expire_tokens().await.unwrap();
    desk.view("recto").await.unwrap();
    let folder = desk.save_folder("saved").unwrap();
    let saved = folder.join("recto.jpg");
    desk.sandbox.expire_tokens().await.unwrap();
    desk.save_as("save-recto", &saved).await.unwrap();
    desk.wait_for_file(&saved).await.unwrap();
    assert_eq!(sha256_of(&saved).unwrap(), sha256_of(&files.recto).unwrap());
    assert!(
        !desk.window.is_visible("error").await.unwrap(),
        "{}",
        person.reference
    );
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_user_session_that_lapsed_asks_for_a_code_and_keeps_what_was_typed() {
    let desk = Desk::open("lapsed", "fr").await.unwrap();
    desk.enter_sandbox("user").await.unwrap();
    let person = Person::specimen("SESSION-ECHUE");
    desk.fill_dossier(&person).await.unwrap();
    desk.sandbox.expire_tokens().await.unwrap();
    desk.window.click("launch").await.unwrap();
    desk.window.wait_for("code-field").await.unwrap();
    desk.window.picture("code").await.unwrap();
    desk.window
        .fill("code-field", &desk.sandbox.greeting().user.otp)
        .await
        .unwrap();
    desk.window.click("code-submit").await.unwrap();
    desk.window.wait_gone("code-field").await.unwrap();
    // Nothing was made without a session, and the dossier can be sent now, once.
    assert!(desk.sandbox.enrollments().await.unwrap().is_empty());
    let again = if desk.window.is_visible("send-again").await.unwrap() {
        "send-again"
    } else {
        "launch"
    };
    desk.window.click(again).await.unwrap();
    desk.wait_for_status("NEW").await.unwrap();
    assert_eq!(desk.sandbox.enrollments().await.unwrap().len(), 1);
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_process_that_id360_does_not_know_is_named_and_no_dossier_is_made() {
    let desk = Desk::open("unknown-process", "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let refusal = json!({ "kind": "status", "status": 404, "body": "{\"detail\":\"Not found.\"}" });
    desk.sandbox.fault("create", 1, refusal).await.unwrap();
    desk.fill_dossier(&Person::specimen("PARCOURS-INCONNU"))
        .await
        .unwrap();
    desk.window.click("launch").await.unwrap();
    desk.window.wait_for_error("unknown_process").await.unwrap();
    desk.window.picture("refused").await.unwrap();
    assert!(desk.sandbox.enrollments().await.unwrap().is_empty());
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_lost_answer_is_marked_unknown_and_never_sent_again() {
    let desk = Desk::open("lost-answer", "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    desk.sandbox
        .fault("create", 1, json!({ "kind": "drop_after" }))
        .await
        .unwrap();
    let person = Person::specimen("REPONSE-PERDUE");
    desk.fill_dossier(&person).await.unwrap();
    desk.window.click("launch").await.unwrap();
    desk.window.wait_for("unknown-outcome").await.unwrap();
    desk.window.picture("unknown").await.unwrap();

    // Neither waiting, nor a reload of the page, nor a restart sends it again.
    tokio::time::sleep(Duration::from_secs(3)).await;
    desk.window.script("location.reload()").await.unwrap();
    desk.window.wait_for("new-dossier").await.unwrap();
    let desk = desk.reopen().await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    desk.open_from_list(&person).await.unwrap();
    desk.wait_for_status("outcome_unknown").await.unwrap();
    assert_eq!(desk.sandbox.count("create").await.unwrap(), 1);

    // The person found it in the console.
    let id = desk.sandbox.enrollment(&person.reference).await.unwrap().id;
    desk.window
        .fill("unknown-number", &id.to_string())
        .await
        .unwrap();
    desk.window.click("unknown-attach").await.unwrap();
    desk.window.wait_gone("unknown-outcome").await.unwrap();
    desk.sandbox
        .finish(id, "KO", &["VLD_ID_INVALID"])
        .await
        .unwrap();
    desk.wait_for_status("KO").await.unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_power_cut_after_a_launch_loses_no_dossier() {
    let desk = Desk::open("power-cut", "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    // The answer is on its way when the power goes.
    desk.sandbox
        .fault(
            "create",
            1,
            json!({ "kind": "delay", "milliseconds": 4000 }),
        )
        .await
        .unwrap();
    let person = Person::specimen("COUPURE");
    desk.fill_dossier(&person).await.unwrap();
    desk.window.click("launch").await.unwrap();
    while desk.sandbox.enrollments().await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let desk = desk.reopen_after_power_cut().await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    desk.open_from_list(&person).await.unwrap();
    desk.wait_for_status("outcome_unknown").await.unwrap();
    assert_eq!(desk.sandbox.count("create").await.unwrap(), 1);
    desk.close().await.unwrap();
}

#[tokio::test]
async fn documents_that_id360_deleted_after_seven_days_are_said_to_be_gone() {
    let (desk, _, _) = with_verdict("seven-days").await;
    desk.sandbox.advance(DAY * 8).await.unwrap();
    desk.window.click("tab-documents").await.unwrap();
    desk.window.click("view-recto").await.unwrap();
    desk.window.wait_for_error("document_gone").await.unwrap();
    desk.window.picture("gone").await.unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn html_instead_of_json_is_an_unreadable_answer_and_changes_no_status() {
    let desk = Desk::open("html", "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    desk.launch(&Person::specimen("HTML")).await.unwrap();
    desk.wait_for_status("NEW").await.unwrap();
    desk.sandbox
        .fault("report", ALL, json!({ "kind": "html" }))
        .await
        .unwrap();
    desk.window.click("refresh").await.unwrap();
    desk.window
        .wait_for_error("unreadable_answer")
        .await
        .unwrap();
    desk.window.picture("html").await.unwrap();
    desk.wait_for_status("NEW").await.unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_truncated_document_is_not_kept() {
    let (desk, _, _) = with_verdict("truncated").await;
    let folder = desk.save_folder("saved").unwrap();
    desk.window.click("tab-documents").await.unwrap();
    desk.sandbox
        .fault(
            "document",
            ALL,
            json!({ "kind": "truncate", "bytes": 100_000 }),
        )
        .await
        .unwrap();
    // Fetched before the dialog: a dialog that does come up is answered.
    let button = "save-recto";
    desk.window.click(button).await.unwrap();
    desk.window
        .wait_for_error("truncated_document")
        .await
        .unwrap();
    desk.window.picture("truncated").await.unwrap();
    holds_no_leftover(&folder).unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_document_that_differs_from_the_reports_hash_is_kept_and_flagged() {
    let (desk, _, files) = with_verdict("wrong-hash").await;
    let folder = desk.save_folder("saved").unwrap();
    desk.window.click("tab-documents").await.unwrap();
    desk.sandbox
        .fault("document", ALL, json!({ "kind": "flip_byte" }))
        .await
        .unwrap();
    let saved = folder.join("recto.jpg");
    desk.save_as("save-recto", &saved).await.unwrap();
    desk.wait_for_file(&saved).await.unwrap();
    desk.window
        .wait_for_css("[data-hash=differs]")
        .await
        .unwrap();
    desk.window.picture("flagged").await.unwrap();
    assert_ne!(
        sha256_of(&saved).unwrap(),
        sha256_of(&files.recto).unwrap(),
        "the fault did not strike"
    );
    desk.close().await.unwrap();
}

/// A file system of one megabyte, until dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where only root could make one. A failure where ./test could.
    fn mount(at: &Path) -> Option<Self> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
            .arg(at)
            .status()
            .is_ok_and(|status| status.success());
        if !mounted {
            let relied_on = std::env::var("DESK_TOOLS_REQUIRED").unwrap_or_default();
            let relies = relied_on.split(' ').any(|one| one == "mount");
            assert!(!relies, "mount does not work here, and ./test relies on it");
        }
        mounted.then(|| Self(at.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .args(["--lazy"])
            .arg(&self.0)
            .status();
    }
}

#[tokio::test]
async fn a_full_disk_is_named_and_leaves_no_part_of_a_file() {
    let (desk, _, files) = with_verdict("disk-full").await;
    let folder = desk.save_folder("small").unwrap();
    let Some(disk) = SmallDisk::mount(&folder) else {
        println!("skipped: only root can mount a small file system");
        return desk.close().await.unwrap();
    };
    desk.window.click("tab-documents").await.unwrap();
    desk.save_as("save-recto", &folder.join("recto.jpg"))
        .await
        .unwrap();
    desk.window.wait_for_error("disk_full").await.unwrap();
    desk.window.picture("full").await.unwrap();
    holds_no_leftover(&folder).unwrap();

    // Elsewhere it works.
    let elsewhere = desk.save_folder("elsewhere").unwrap().join("recto.jpg");
    desk.save_as("save-recto", &elsewhere).await.unwrap();
    desk.wait_for_file(&elsewhere).await.unwrap();
    assert_eq!(
        sha256_of(&elsewhere).unwrap(),
        sha256_of(&files.recto).unwrap()
    );
    drop(disk);
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let (desk, _, _) = with_verdict("read-only").await;
    let folder = desk.save_folder("read-only").unwrap();
    // Root may write anywhere but on a file system that is read-only.
    let Some(disk) = SmallDisk::mount(&folder) else {
        println!("skipped: only root can mount a read-only file system");
        return desk.close().await.unwrap();
    };
    let status = Command::new("mount")
        .args(["-o", "remount,ro"])
        .arg(&folder)
        .status()
        .unwrap();
    assert!(status.success());
    desk.window.click("tab-documents").await.unwrap();
    desk.save_as("save-recto", &folder.join("recto.jpg"))
        .await
        .unwrap();
    desk.window
        .wait_for_error("folder_read_only")
        .await
        .unwrap();
    desk.window.picture("read-only").await.unwrap();
    drop(disk);
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_sandbox_that_dies_leaves_what_was_read_on_the_screen() {
    let (mut desk, person, _) = with_verdict("dead-sandbox").await;
    desk.sandbox.kill().await.unwrap();
    desk.window.click("tab-documents").await.unwrap();
    desk.window.click("view-recto").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=error]")
        .await
        .unwrap();
    desk.window.picture("dead").await.unwrap();
    desk.window.click("tab-summary").await.unwrap();
    desk.wait_for_status("OK").await.unwrap();
    let shown = desk
        .window
        .script("return document.body.innerText")
        .await
        .unwrap();
    assert!(shown.as_str().unwrap().contains(&person.reference));
    desk.close().await.unwrap();
}
