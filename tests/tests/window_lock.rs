//! Leaving the counter for a moment, without a mouse: the palette goes everywhere, and a locked desk shows nobody.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::process::Command;

use journeys::desk::{Desk, Person};

const CONTROL_K: &str = "\u{e009}k";
const CONTROL_L: &str = "\u{e009}l";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const F1: &str = "\u{e031}";

/// To whatever has the focus.
async fn press(desk: &Desk, keys: &str) {
    let focused = desk.window.all(":focus").await.unwrap();
    let place = match focused.into_iter().next_back() {
        Some(place) => place,
        None => desk.window.wait_for_css("body").await.unwrap(),
    };
    place.send_keys(keys).await.unwrap();
}

/// The text of the whole page.
async fn shown(desk: &Desk) -> String {
    let text = desk.window.script("return document.body.textContent").await;
    text.unwrap().as_str().unwrap_or_default().to_owned()
}

/// What a desktop tells on the session's bus when its screen saver takes the screen.
fn screen_saver_begins() {
    let told = Command::new("dbus-send")
        .args(["--session", "--type=signal", "/org/freedesktop/ScreenSaver"])
        .args(["org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true"])
        .status()
        .unwrap();
    assert!(told.success());
}

#[tokio::test]
async fn the_palette_leads_everywhere_and_a_locked_desk_shows_no_dossier_until_it_is_opened() {
    let desk = Desk::open("lock-fr", "fr").await.unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let person = Person::specimen("REF-VERROU");
    desk.launch(&person).await.unwrap();

    press(&desk, CONTROL_K).await;
    desk.window.wait_for("palette").await.unwrap();
    press(&desk, "echea").await;
    desk.window.picture("palette").await.unwrap();
    press(&desk, ENTER).await;
    desk.window
        .wait_until("the deadlines", async || {
            let address = desk.window.address().await?;
            Ok(address.contains("/deadlines").then_some(()))
        })
        .await
        .unwrap();

    press(&desk, CONTROL_K).await;
    desk.window.wait_for("palette").await.unwrap();
    press(&desk, "ref-verrou").await;
    desk.window
        .wait_for_text("palette-line", "REF-VERROU")
        .await
        .unwrap();
    press(&desk, ENTER).await;
    desk.window.wait_for("dossier-status").await.unwrap();

    press(&desk, F1).await;
    desk.window.wait_for("key-sheet").await.unwrap();
    desk.window.picture("key-sheet").await.unwrap();
    press(&desk, ESCAPE).await;
    desk.window.wait_gone("key-sheet").await.unwrap();

    press(&desk, CONTROL_L).await;
    desk.window.wait_for("lock-screen").await.unwrap();
    desk.window.picture("locked").await.unwrap();
    assert!(!shown(&desk).await.contains("REF-VERROU"));
    // What the page asks for all the same is refused by Rust, whatever the page shows.
    let refused = desk
        .window
        .async_script(
            "const done = arguments[arguments.length - 1];
             window.__TAURI_INTERNALS__.invoke('list_views').then(() => done('answered'), (error) => done(error.code));",
        )
        .await
        .unwrap();
    assert_eq!(refused.as_str(), Some("locked"));

    press(&desk, ENTER).await;
    desk.window.wait_for("dossier-status").await.unwrap();
    assert!(shown(&desk).await.contains("REF-VERROU"));

    screen_saver_begins();
    desk.window.wait_for("lock-screen").await.unwrap();
    press(&desk, ENTER).await;
    desk.window.wait_for("dossier-status").await.unwrap();
    desk.close().await.unwrap();
}
