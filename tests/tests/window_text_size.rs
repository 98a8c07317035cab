//! Twice as large, by the keyboard alone: everything stays within reach, and the size is there again after a restart.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use journeys::desk::{Desk, Person};

const LARGER: &str = "\u{e009}+";
const USUAL: &str = "\u{e009}0";

/// Until the window is so many hundredths of its usual width in the page's own pixels.
async fn is_wide(desk: &Desk, whole: f64, hundredths: f64) {
    let what = format!("a page of {hundredths} hundredths");
    let reached = desk.window.wait_until(&what, async || {
        let width = width(desk).await;
        Ok((width - whole * hundredths / 100.0)
            .abs()
            .le(&2.0)
            .then_some(()))
    });
    reached.await.unwrap();
}

async fn width(desk: &Desk) -> f64 {
    let width = desk.window.script("return window.innerWidth").await;
    width.unwrap().as_f64().unwrap()
}

#[tokio::test]
async fn the_window_is_enlarged_from_the_keyboard_and_stays_so() {
    let desk = Desk::open("text-size-fr", "fr").await.unwrap();
    let whole = width(&desk).await;
    desk.enter_sandbox("application").await.unwrap();
    desk.launch(&Person::specimen("REF-TAILLE")).await.unwrap();
    for hundredths in [110.0, 125.0, 150.0, 175.0, 200.0] {
        desk.window.press(LARGER).await.unwrap();
        is_wide(&desk, whole, 10_000.0 / hundredths).await;
    }
    desk.window.picture("dossier").await.unwrap();
    let cut = "return document.scrollingElement.scrollWidth - window.innerWidth";
    let cut = desk.window.script(cut).await.unwrap();
    assert!(
        cut.as_f64().unwrap() <= 0.0,
        "the page is wider than its window: {cut}"
    );

    let desk = desk.reopen().await.unwrap();
    is_wide(&desk, whole, 50.0).await;
    desk.window.picture("sign-in").await.unwrap();
    // Before anybody is signed in too: the driver misses buttons of a page that is enlarged.
    desk.window.press(USUAL).await.unwrap();
    is_wide(&desk, whole, 100.0).await;
    desk.enter_sandbox("application").await.unwrap();
    let display = "location.hash = '/settings?tab=display'";
    desk.window.script(display).await.unwrap();
    desk.window.wait_for_text("text-size", "100").await.unwrap();
    desk.window.picture("settings").await.unwrap();
    desk.close().await.unwrap();
}
