//! Evidence through the real window: what is captured is in view, goes out as one sealed file, stands a check, and a
//! person's own decision stands beside it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::path::{Path, PathBuf};
use std::process::Command;

use journeys::desk::{Desk, Person};
use journeys::fixtures::{Fixtures, sha256_of};
use journeys::save_dialog::SaveDialog;

const NOTE: &str = "Vu avec le client : pièce à renouveler.";

/// A KO with both sides of its document, captured by itself.
async fn captured(desk: &Desk, reference: &str) -> Fixtures {
    let files = Fixtures::ready().unwrap();
    let sides: [(&str, u32, &Path); 2] = [
        ("id_document_image", 0, &files.recto),
        ("id_document_image", 1, &files.verso),
    ];
    desk.finished_dossier(
        &Person::specimen(reference),
        &sides,
        "KO",
        &["VLD_ID_INVALID"],
    )
    .await
    .unwrap();
    desk.window.click("tab-evidence").await.unwrap();
    desk.window
        .wait_until("report, recto and verso to be captured", async || {
            let pieces = desk.window.all("[data-testid=piece]").await?;
            Ok((pieces.len() >= 3).then_some(()))
        })
        .await
        .unwrap();
    files
}

async fn press(desk: &Desk, key: &str) {
    let body = desk.window.wait_for_css("body").await.unwrap();
    body.send_keys(key).await.unwrap();
}

/// What whoever receives a pack does with it, with the tools that any computer has.
fn checks_with_ordinary_tools(pack: &Path, into: &Path) -> String {
    std::fs::create_dir_all(into).unwrap();
    let unpacked = Command::new("unzip")
        .args(["-q".as_ref(), pack.as_os_str(), "-d".as_ref()])
        .arg(into)
        .status()
        .unwrap();
    assert!(unpacked.success(), "unzip refuses the pack");
    let summed = Command::new("sha256sum")
        .args(["--strict", "-c", "SHA256SUMS"])
        .current_dir(into)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&summed.stdout).into_owned();
    assert!(summed.status.success(), "{said}");
    std::fs::read_to_string(into.join("manifest.json")).unwrap()
}

/// Every captured file, wherever the vault put it.
fn vault_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(vault_files(&path));
        } else if path.extension().is_some_and(|kind| kind == "piece") {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn what_is_captured_is_in_view_goes_out_as_one_file_and_a_decision_stands_beside_it() {
    let desk = Desk::open("evidence-fr", "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let files = captured(&desk, "PREUVE-1").await;
    let digests = desk
        .window
        .script("return [...document.querySelectorAll('[data-testid=piece-sha256]')].map((one) => one.textContent)")
        .await
        .unwrap();
    for side in [&files.recto, &files.verso] {
        let digest = sha256_of(side).unwrap();
        assert!(
            digests.to_string().contains(&digest),
            "{digest} in {digests}"
        );
    }
    desk.window.picture("1-tab").await.unwrap();

    // One piece, out of the vault.
    let folder = desk.save_folder("handed-over").unwrap();
    let dialog = SaveDialog::expected().await.unwrap();
    let page = "[data-testid=piece][data-kind=document] [data-testid=save-piece]";
    let button = desk.window.wait_for_css(page).await.unwrap();
    button.click().await.unwrap();
    let piece = folder.join("recto.jpg");
    dialog.save_as(&piece).await.unwrap();
    desk.wait_for_file(&piece).await.unwrap();
    assert_eq!(sha256_of(&piece).unwrap(), sha256_of(&files.recto).unwrap());

    // Everything, by one key and a name.
    let pack = folder.join("PREUVE-1.zip");
    let dialog = SaveDialog::expected().await.unwrap();
    press(&desk, "p").await;
    dialog.save_as(&pack).await.unwrap();
    desk.wait_for_file(&pack).await.unwrap();
    desk.window
        .wait_for_css("[data-testid=pack-made][data-missing='0']")
        .await
        .unwrap();
    desk.window.picture("2-pack").await.unwrap();
    let manifest = checks_with_ordinary_tools(&pack, &folder.join("unpacked"));
    for side in [&files.recto, &files.verso] {
        assert!(manifest.contains(&sha256_of(side).unwrap()), "{manifest}");
    }

    desk.window.click("open-decision").await.unwrap();
    desk.window.click("decision-refused").await.unwrap();
    desk.window.fill("decision-note", NOTE).await.unwrap();
    desk.window.picture("3-decision").await.unwrap();
    desk.window.click("decide").await.unwrap();
    let own = "[data-testid=own-decision] [data-decision=refused]";
    desk.window.wait_for_css(own).await.unwrap();
    desk.window
        .wait_for_css("[data-testid=dossier-status][data-status=KO]")
        .await
        .unwrap();
    desk.window.click("tab-summary").await.unwrap();
    desk.window.wait_for_text("decisions", NOTE).await.unwrap();
    desk.window.picture("4-decided").await.unwrap();

    // The journal tells that it was decided, and what; the note is the register's own.
    desk.window.click("nav-journal").await.unwrap();
    for act in ["captured", "saved", "pack_made", "decided"] {
        desk.window
            .wait_for_css(&format!("[data-testid=journal-entry][data-act={act}]"))
            .await
            .unwrap_or_else(|error| panic!("{act}: {error:#}"));
    }
    assert!(!desk.window.markup().await.unwrap().contains(NOTE));

    let desk = desk.reopen().await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    desk.open_from_list(&Person::specimen("PREUVE-1"))
        .await
        .unwrap();
    desk.window.wait_for_css(own).await.unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn the_queue_is_held_and_goes_on_and_a_file_that_changed_is_found_and_fetched_again() {
    let desk = Desk::open("evidence-en", "en").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    captured(&desk, "PROOF-1").await;

    desk.window.click("nav-evidence").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=capture][data-state=complete]")
        .await
        .unwrap();
    desk.window.click("pause-captures").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=capture-activity][data-state=paused]")
        .await
        .unwrap();
    desk.window.click("verify-evidence").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=verification][data-state=whole]")
        .await
        .unwrap();
    desk.window.picture("1-verified").await.unwrap();

    let files = vault_files(&desk.profile().join("evidence"));
    let changed = files.first().unwrap();
    let mut bytes = std::fs::read(changed).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(changed, bytes).unwrap();
    desk.window.click("verify-evidence").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=verification][data-state=damaged]")
        .await
        .unwrap();
    desk.window.picture("2-damaged").await.unwrap();
    desk.window.click("see-damaged").await.unwrap();
    desk.window
        .wait_for_text("captures-table", "PROOF-1")
        .await
        .unwrap();

    // ID360 still has it: once the queue goes on, the file is whole again.
    desk.window.click("resume-captures").await.unwrap();
    desk.window
        .wait_until("the damaged piece to be fetched again", async || {
            desk.window.click("captures-complete").await?;
            let complete = desk
                .window
                .all("[data-testid=capture][data-state=complete]")
                .await?;
            Ok((complete.len() == 1).then_some(()))
        })
        .await
        .unwrap();
    desk.window.click("verify-evidence").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=verification][data-state=whole]")
        .await
        .unwrap();
    desk.window.picture("3-whole-again").await.unwrap();
    desk.close().await.unwrap();
}
