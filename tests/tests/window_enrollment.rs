//! The customer's pages in the desk's own window: from the process's setting to the verdict, by the keyboard of that
//! window, which no WebDriver reaches.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use std::path::Path;
use std::time::{Duration, Instant};

use journeys::desk::{Desk, Person};
use journeys::fixtures::Fixtures;
use journeys::hands::{DOWN, ENTER};
use journeys::keyboard::{focus, key, raise};
use journeys::save_dialog::SaveDialog;
use journeys::secrets::Canaries;
use journeys::{opened, place};

/// The desk's own title holds more words.
const PAGES: &str = "^ID360$";

async fn window_of(desk: &Desk) -> String {
    let there = desk.window.wait_until("the customer's pages", async || {
        Ok(desk.window.id_of(PAGES).await.ok())
    });
    there.await.unwrap()
}

async fn picture(desk: &Desk, moment: &str) {
    let png = desk.window.other_window(PAGES).await.unwrap().unwrap();
    let file = format!("window-enrollment-{moment}.png");
    std::fs::write(place::screenshots().unwrap().join(file), png).unwrap();
}

async fn press(keys: &[&str]) {
    for one in keys {
        key(one).await.unwrap();
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
}

async fn status(desk: &Desk, person: &Person) -> String {
    let made = desk.sandbox.enrollment(&person.reference).await.unwrap();
    made.status
}

/// One file through the field that has the focus.
async fn give(window: &str, file: &Path) {
    let dialog = SaveDialog::expected().await.unwrap();
    press(&["space"]).await;
    dialog.choose_file(file).await.unwrap();
    focus(window).await.unwrap();
    tokio::time::sleep(Duration::from_millis(600)).await;
}

#[tokio::test]
async fn the_pages_run_in_a_window_of_the_desk_to_the_verdict_and_leave_nothing_behind() {
    let files = Fixtures::ready().unwrap();
    let desk = Desk::open("enrollment", "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let window = &desk.window;

    window.click("nav-settings").await.unwrap();
    window.click("settings-processes").await.unwrap();
    window
        .wait_for_css("[data-testid=process] button")
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    window.click("process-pages").await.unwrap();
    window.picture("1-setting").await.unwrap();
    // The second of two.
    window.press(DOWN).await.unwrap();
    window.press(ENTER).await.unwrap();
    window.click("save-process").await.unwrap();
    window.wait_gone("save-process").await.unwrap();

    let person = Person::specimen("WINDOW-1");
    desk.fill_dossier(&person).await.unwrap();
    window.click("launch").await.unwrap();
    window.wait_for("enrollment-window").await.unwrap();
    assert!(opened::all().unwrap().is_empty(), "no browser was asked");
    let pages = window_of(&desk).await;
    let own = window.id_of("ID360 Desk").await.unwrap();
    raise(&own).await.unwrap();
    window.picture("2-panel").await.unwrap();
    raise(&pages).await.unwrap();

    tokio::time::sleep(Duration::from_secs(2)).await;
    picture(&desk, "3-consent").await;
    // Behind the heading that has the focus: the word of consent, then the way on.
    press(&["Tab", "space", "Tab", "Return"]).await;
    let begun = window.wait_until("the customer to begin", async || {
        Ok((status(&desk, &person).await == "STARTED").then_some(()))
    });
    begun.await.unwrap();
    tokio::time::sleep(Duration::from_millis(600)).await;
    press(&["Tab"]).await;
    give(&pages, &files.recto).await;
    press(&["Tab"]).await;
    give(&pages, &files.verso).await;
    picture(&desk, "4-documents").await;
    // Past the selfie and what else may be given, the outcomes, to the end.
    for _ in 0..4 {
        press(&["Tab"]).await;
    }
    picture(&desk, "5-end").await;
    press(&["Return"]).await;
    let returned = Instant::now();
    desk.wait_for_status("OK").await.unwrap();
    println!(
        "from the last key to the verdict on the screen: {:?}",
        returned.elapsed()
    );
    picture(&desk, "6-thanks").await;
    raise(&own).await.unwrap();
    window.picture("7-verdict").await.unwrap();
    raise(&pages).await.unwrap();
    press(&["alt+F4"]).await;
    let closed = window.wait_until("the customer's pages to close", async || {
        Ok(desk.window.id_of(PAGES).await.is_err().then_some(()))
    });
    closed.await.unwrap();
    let made = desk.sandbox.enrollment(&person.reference).await.unwrap();
    let mut canaries = Canaries::default();
    canaries.add("api_key", &made.api_key);
    let seen = canaries.under(desk.profile()).unwrap();
    assert!(seen.is_empty(), "{seen:?}");
    desk.close().await.unwrap();
}
