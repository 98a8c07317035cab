//! The register through the real window: dossiers made elsewhere come in, are found, marked, exported and watched.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fmt::Write as _;
use std::time::Duration;

use journeys::desk::Desk;
use journeys::fixtures::Fixtures;

/// Dossiers that the bank's other systems made, some of them finished, and a file that names them.
async fn made_elsewhere(desk: &Desk, finished: usize, open: usize) -> String {
    let fixtures = Fixtures::ready().unwrap();
    let mut lines = "identifiant;référence\r\n".to_owned();
    for number in 0..finished + open {
        let reference = format!("AUT-{number:03}");
        let id = desk
            .sandbox
            .create(&reference, "https://banque.example/merci")
            .await
            .unwrap();
        if number < finished {
            desk.sandbox
                .upload(id, "id_document_image", 0, &fixtures.recto)
                .await
                .unwrap();
            let (outcome, causes): (_, &[&str]) = if number % 3 == 0 {
                ("KO", &["VLD_ID_INVALID"])
            } else {
                ("OK", &[])
            };
            desk.sandbox.finish(id, outcome, causes).await.unwrap();
        }
        writeln!(lines, "{id};{reference}\r").unwrap();
    }
    lines
}

async fn count_says(desk: &Desk, words: &str) {
    desk.window
        .wait_for_text("dossier-count", words)
        .await
        .unwrap();
}

#[tokio::test]
async fn dossiers_made_elsewhere_are_imported_found_marked_and_exported_and_all_of_it_is_in_the_journal()
 {
    let desk = Desk::open("register-fr", "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let lines = made_elsewhere(&desk, 9, 3).await;
    desk.import(&format!("{lines}pas-un-numéro;X\r\n"))
        .await
        .unwrap();
    desk.window
        .wait_for_text("import-counts", "12")
        .await
        .unwrap();
    desk.window.picture("import").await.unwrap();
    desk.window.click("import-apply").await.unwrap();
    desk.window.wait_for("import-result").await.unwrap();

    // Their reports are read by themselves; the verdicts and the KO come into the list.
    desk.window.click("nav-dossiers").await.unwrap();
    desk.window
        .wait_until("three KO among the imported", async || {
            let pills = desk.window.all("[data-testid=dossier-row]").await?;
            let mut ko = 0;
            for row in pills {
                let text = row.prop("textContent").await?.unwrap_or_default();
                ko += usize::from(text.contains("Non conforme"));
            }
            Ok((ko == 3).then_some(()))
        })
        .await
        .unwrap();
    desk.window.picture("list").await.unwrap();

    // Whatever the case and the hyphen.
    desk.window.fill("search", "aut 00").await.unwrap();
    count_says(&desk, "10").await;
    desk.window.fill("search", "AUT-011").await.unwrap();
    count_says(&desk, "1 dossier").await;
    desk.window.fill("search", "").await.unwrap();
    count_says(&desk, "12").await;

    desk.window.click("select-all").await.unwrap();
    desk.window.click("bulk-tag").await.unwrap();
    desk.window.fill("tag-new", "Reprise").await.unwrap();
    desk.window.click("tag-add").await.unwrap();
    desk.window.click("tag-apply").await.unwrap();
    desk.window.wait_gone("tag-apply").await.unwrap();

    let saved = desk.save_folder("exports").unwrap().join("liste.csv");
    desk.window.click("bulk-export").await.unwrap();
    desk.window.wait_for("export-start").await.unwrap();
    desk.window.picture("export").await.unwrap();
    desk.save_as("export-start", &saved).await.unwrap();
    desk.wait_for_file(&saved).await.unwrap();
    let csv = std::fs::read_to_string(&saved).unwrap();
    assert!(
        csv.starts_with('\u{feff}'),
        "a French spreadsheet wants a mark of UTF-8"
    );
    assert_eq!(csv.trim_end().lines().count(), 13, "{csv}");
    assert!(csv.contains("AUT-000") && csv.contains(';'), "{csv}");
    assert!(!csv.contains('@'), "personal data was not asked for");

    desk.window.click("nav-journal").await.unwrap();
    desk.window.click("verify-journal").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=chain][data-state=intact]")
        .await
        .unwrap();
    desk.window.picture("journal").await.unwrap();
    for act in ["imported", "tagged", "exported", "signed_in"] {
        desk.window
            .wait_for_css(&format!("[data-testid=journal-entry][data-act={act}]"))
            .await
            .unwrap_or_else(|error| panic!("{act}: {error:#}"));
    }
    desk.close().await.unwrap();
}

#[tokio::test]
async fn the_screens_of_the_day_say_what_is_due_and_keep_it_in_english_too() {
    let desk = Desk::open("register-en", "en").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let lines = made_elsewhere(&desk, 4, 1).await;
    desk.import(&lines).await.unwrap();
    desk.window.click("import-apply").await.unwrap();
    desk.window.wait_for("import-result").await.unwrap();

    desk.window.click("nav-today").await.unwrap();
    desk.window
        .wait_for_text("count-to_treat", "2")
        .await
        .unwrap();
    desk.window.picture("today").await.unwrap();

    // Whatever can be had of the finished ones is captured by itself: nothing is left to keep.
    desk.window.click("nav-deadlines").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=radar-state][data-state=empty]")
        .await
        .unwrap();
    desk.window.picture("deadlines").await.unwrap();
    desk.window.click("nav-journal").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=journal-entry][data-act=captured]")
        .await
        .unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_power_cut_leaves_the_register_and_its_journal_whole() {
    let desk = Desk::open("register-cut", "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let lines = made_elsewhere(&desk, 3, 0).await;
    desk.import(&lines).await.unwrap();
    desk.window.click("import-apply").await.unwrap();
    desk.window.wait_for("import-result").await.unwrap();
    let desk = desk.reopen_after_power_cut().await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    desk.window.click("nav-dossiers").await.unwrap();
    count_says(&desk, "3 dossiers").await;
    desk.window.click("nav-journal").await.unwrap();
    desk.window
        .wait_for_css("[data-testid=chain][data-state=intact]")
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    desk.close().await.unwrap();
}
