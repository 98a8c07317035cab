//! Journey 1 of product.md §6: a new desk is set up against a sandbox reached as an address of one's own. Clicks and
//! keys are counted from the first screen on, and printed beside their budgets; what is typed is not counted.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use journeys::desk::Desk;
use journeys::hands::{CONTROL, ENTER, Hands, RIGHT, TAB};

const CLICKS: u32 = 9;
const KEYS: u32 = 14;

/// Waits until that field has the focus, as the eyes of a person do before they type.
async fn ready(desk: &Desk, testid: &str) {
    let script = format!(
        "return document.activeElement?.closest('[data-testid={testid}]') !== null \
         && document.activeElement !== document.body"
    );
    let what = format!("{testid} to have the focus");
    let there = desk.window.wait_until(&what, async || {
        Ok((desk.window.script(&script).await?.as_bool() == Some(true)).then_some(()))
    });
    there.await.unwrap();
}

async fn found(desk: &Desk, finding: &str) {
    let result = format!("[data-testid=test-result][data-finding={finding}]");
    desk.window.wait_for_css(&result).await.unwrap();
}

/// What a field holds.
async fn held(desk: &Desk, testid: &str) -> String {
    let script = format!("return document.querySelector('[data-testid={testid}]').value");
    let value = desk.window.script(&script).await.unwrap();
    value.as_str().unwrap().to_owned()
}

fn dead_address() -> String {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", free.local_addr().unwrap())
}

/// Past a dead address and a bad secret.
async fn by_the_mouse(name: &str, language: &str) {
    let desk = Desk::open(name, language).await.unwrap();
    let known = desk.sandbox.greeting().clone();
    let window = &desk.window;
    // The sandbox is one press away on the very first screen.
    window.wait_for("enter-sandbox-application").await.unwrap();
    window.picture("1-where").await.unwrap();

    let hands = Hands::on(&desk);
    hands.click("setup-env-other").await.unwrap();
    hands.click("setup-address").await.unwrap();
    window.fill("setup-address", &dead_address()).await.unwrap();
    hands.click("setup-next").await.unwrap();
    ready(&desk, "setup-username").await;
    hands.types(&known.application.username).await.unwrap();
    hands.click("setup-password").await.unwrap();
    hands.types(&known.application.password).await.unwrap();
    hands.click("setup-test").await.unwrap();
    found(&desk, "host_silent").await;
    window.picture("2-dead-host").await.unwrap();
    assert_eq!(
        held(&desk, "setup-password").await,
        known.application.password
    );

    // The address alone is put right; a wrong secret is then tried exactly once.
    window.click("setup-back").await.unwrap();
    window.fill("setup-address", &known.base_url).await.unwrap();
    window.click("setup-next").await.unwrap();
    window.wait_for("setup-username").await.unwrap();
    assert_eq!(
        held(&desk, "setup-password").await,
        known.application.password
    );
    assert_eq!(
        held(&desk, "setup-username").await,
        known.application.username
    );
    window.fill("setup-password", "wrong").await.unwrap();
    window.click("setup-test").await.unwrap();
    found(&desk, "id_or_secret").await;
    ready(&desk, "setup-password").await;
    window.picture("3-bad-secret").await.unwrap();
    assert_eq!(
        held(&desk, "setup-username").await,
        known.application.username
    );
    // The dead address took no login with it: this is the only one.
    assert_eq!(desk.sandbox.count("login").await.unwrap(), 1);

    // From here on as if it had been typed right at once.
    window
        .fill("setup-password", &known.application.password)
        .await
        .unwrap();
    window.click("setup-test").await.unwrap();
    found(&desk, "passed").await;
    assert_eq!(held(&desk, "setup-password").await, "");
    window.picture("4-passed").await.unwrap();
    hands.click("setup-next").await.unwrap();
    ready(&desk, "setup-processes").await;
    let pasted = format!(
        "Agence en ligne;{}{ENTER}sans identifiant",
        known.process_uuid
    );
    window.fill("setup-processes", &pasted).await.unwrap();
    window
        .wait_for_css("[data-testid=setup-line][data-verdict=new]")
        .await
        .unwrap();
    window
        .wait_for_css("[data-testid=setup-line][data-verdict=invalid]")
        .await
        .unwrap();
    window.picture("5-processes").await.unwrap();
    hands.click("setup-finish").await.unwrap();
    println!(
        "{}",
        hands
            .within(
                &format!("Journey 1, by the mouse, {language}"),
                CLICKS,
                KEYS
            )
            .unwrap()
    );

    // It works: the process is there to be chosen.
    window.wait_for("new-dossier").await.unwrap();
    window.click("new-dossier").await.unwrap();
    window.wait_for("field-reference").await.unwrap();
    assert!(window.markup().await.unwrap().contains("Agence en ligne"));
    desk.close().await.unwrap();
}

/// `asked` is typed into the palette, and `found` is what it finds.
async fn by_the_keyboard(name: &str, language: &str, (asked, found_there): (&str, &str)) {
    let desk = Desk::open(name, language).await.unwrap();
    let known = desk.sandbox.greeting().clone();
    let window = &desk.window;
    window.wait_for("setup-env-other").await.unwrap();
    // Where the focus is when the window opens; the journey's own choice of a language took it away.
    window
        .script("document.querySelector('form.gate-form input:checked').focus()")
        .await
        .unwrap();

    let hands = Hands::on(&desk);
    hands.press(RIGHT).await.unwrap();
    window.wait_for("setup-address").await.unwrap();
    hands.press(TAB).await.unwrap();
    ready(&desk, "setup-address").await;
    hands.press(&format!("{CONTROL}a")).await.unwrap();
    hands.types(&known.base_url).await.unwrap();
    hands.press(ENTER).await.unwrap();
    ready(&desk, "setup-username").await;
    hands.types(&known.application.username).await.unwrap();
    hands.press(TAB).await.unwrap();
    hands.types(&known.application.password).await.unwrap();
    hands.press(ENTER).await.unwrap();
    found(&desk, "passed").await;
    ready(&desk, "setup-next").await;
    window.picture("1-passed").await.unwrap();
    hands.press(ENTER).await.unwrap();
    ready(&desk, "setup-processes").await;
    hands
        .types(&format!("Online branch;{}", known.process_uuid))
        .await
        .unwrap();
    window
        .wait_for_css("[data-testid=setup-line][data-verdict=new]")
        .await
        .unwrap();
    window.picture("2-processes").await.unwrap();
    hands.press(&format!("{CONTROL}{ENTER}")).await.unwrap();
    window.wait_for("new-dossier").await.unwrap();
    println!(
        "{}",
        hands
            .within(
                &format!("Journey 1, by the keyboard, {language}"),
                CLICKS,
                KEYS
            )
            .unwrap()
    );
    assert_eq!(desk.sandbox.count("login").await.unwrap(), 1);

    // It does not come back by itself, and is found again in the palette.
    hands.press(&format!("{CONTROL}k")).await.unwrap();
    window.wait_for("palette-line").await.unwrap();
    hands.types(asked).await.unwrap();
    window
        .wait_for_text("palette-line", found_there)
        .await
        .unwrap();
    hands.press(ENTER).await.unwrap();
    window.wait_for("setup-env-other").await.unwrap();
    window.click("setup-later").await.unwrap();
    window.wait_for("new-dossier").await.unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn an_admin_sets_a_desk_up_by_the_mouse_in_french() {
    by_the_mouse("setup-mouse-fr", "fr").await;
}

#[tokio::test]
async fn an_admin_sets_a_desk_up_by_the_mouse_in_english() {
    by_the_mouse("setup-mouse-en", "en").await;
}

#[tokio::test]
async fn an_admin_sets_a_desk_up_by_the_keyboard_alone_in_french() {
    by_the_keyboard("setup-keys-fr", "fr", ("installer", "Installer")).await;
}

#[tokio::test]
async fn an_admin_sets_a_desk_up_by_the_keyboard_alone_in_english() {
    by_the_keyboard("setup-keys-en", "en", ("set up", "Set up")).await;
}
