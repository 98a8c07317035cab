//! A file judged in the real window: before anybody signed in, then with a trusted certificate, and a sealed pack.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::path::{Path, PathBuf};

use journeys::desk::Desk;
use journeys::save_dialog::SaveDialog;

/// Signed by a certificate of `root.der`, without a time-stamp.
fn specimen(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../src-tauri/tests/verify")
        .join(name)
}

/// Chooses a file through the system's own dialog.
async fn choose(desk: &Desk, button: &str, file: &Path) {
    let dialog = SaveDialog::expected().await.unwrap();
    desk.window.click(button).await.unwrap();
    dialog.choose_file(file).await.unwrap();
}

async fn verdict_is(desk: &Desk, verdict: &str) {
    let selector = format!("[data-testid=verdict][data-verdict={verdict}]");
    desk.window.wait_for_css(&selector).await.unwrap();
}

async fn line_is(desk: &Desk, line: &str, state: &str) {
    let selector = format!("[data-testid=line-{line}][data-state={state}]");
    desk.window.wait_for_css(&selector).await.unwrap();
}

async fn worn(desk: &Desk, theme: &str) {
    let script = format!("document.documentElement.dataset.theme = '{theme}'");
    desk.window.script(&script).await.unwrap();
}

#[tokio::test]
async fn a_file_is_judged_signed_out_then_with_a_trusted_certificate_and_its_sheet_is_saved() {
    let desk = Desk::open("verify-fr", "fr").await.unwrap();
    let place = desk.save_folder("verify").unwrap();
    let signed = place.join("preuve.asice");
    std::fs::copy(specimen("signed.asice"), &signed).unwrap();
    let root = place.join("racine.der");
    std::fs::copy(specimen("root.der"), &root).unwrap();

    // Nobody has signed in: the entrance is on the first screen.
    desk.window.click("open-verify").await.unwrap();
    choose(&desk, "choose-file", &signed).await;
    verdict_is(&desk, "sound_untrusted").await;
    line_is(&desk, "integrity", "good").await;
    line_is(&desk, "trust", "unknown").await;
    desk.window.picture("1-signed-out").await.unwrap();
    desk.window.click("show-inside").await.unwrap();
    desk.window.wait_for("inside-text").await.unwrap();

    // A certificate that is trusted is judged by at once.
    choose(&desk, "add-signatures", &root).await;
    verdict_is(&desk, "sound_open").await;
    desk.window.click("revocation-not_checked").await.unwrap();
    verdict_is(&desk, "passed").await;
    line_is(&desk, "trust", "good").await;
    desk.window.picture("2-trusted").await.unwrap();
    worn(&desk, "dark").await;
    desk.window.picture("3-trusted-dark").await.unwrap();

    let sheet = place.join("feuille.json");
    desk.save_as("save-check-json", &sheet).await.unwrap();
    desk.wait_for_file(&sheet).await.unwrap();
    let report: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&sheet).unwrap()).unwrap();
    assert_eq!(report["container"]["indication"], "TOTAL-PASSED");
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_pack_and_an_altered_container_are_told_apart_in_an_open_session() {
    let desk = Desk::open("verify-en", "en").await.unwrap();
    let place = desk.save_folder("verify").unwrap();
    let pack = place.join("pack.zip");
    std::fs::copy(specimen("pack.zip"), &pack).unwrap();
    let mut bytes = std::fs::read(specimen("signed.asice")).unwrap();
    // Inside the first file's content, not in a header.
    let at = bytes
        .windows(10)
        .position(|part| part == b"claim.json")
        .unwrap()
        + 12;
    bytes[at] ^= 1;
    let altered = place.join("altered.asice");
    std::fs::write(&altered, bytes).unwrap();

    desk.enter_sandbox("application").await.unwrap();
    desk.window.click("nav-verify").await.unwrap();
    choose(&desk, "choose-file", &pack).await;
    verdict_is(&desk, "whole").await;
    desk.window.picture("1-pack").await.unwrap();
    choose(&desk, "choose-file", &altered).await;
    verdict_is(&desk, "altered").await;
    desk.window.picture("2-altered").await.unwrap();
    worn(&desk, "dark").await;
    desk.window.picture("3-altered-dark").await.unwrap();

    // What was done with a file is in the journal.
    desk.window.click("nav-journal").await.unwrap();
    desk.window
        .wait_for_css("[data-act=file_verified]")
        .await
        .unwrap();
    desk.close().await.unwrap();
}
