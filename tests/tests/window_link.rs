//! Journeys 2 to 6 of product.md §6, in both languages: the customer's link on this computer, on a phone, and sent; the
//! end that comes by itself; the rescue. Clicks and keys are counted from the home screen on, and printed beside their
//! budgets.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use std::time::Instant;

use journeys::customer::{Outcome, Visit};
use journeys::desk::{Desk, Person};
use journeys::fixtures::Fixtures;
use journeys::hands::{CONTROL, ENTER, F2, Hands, SHIFT};
use journeys::window::by_testid;
use journeys::{opened, place};

/// The title of the window that faces the customer; the desk's own holds more words.
const CUSTOMER: &str = "^ID360$";

/// The link that a phone's camera reads from a picture of the display.
fn scanned(png: &[u8]) -> Option<String> {
    let picture = image::load_from_memory(png).unwrap().to_luma8();
    let (width, height) = picture.dimensions();
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| {
            picture.get_pixel(x as u32, y as u32).0[0]
        });
    let grids = prepared.detect_grids();
    grids.first().and_then(|grid| Some(grid.decode().ok()?.1))
}

async fn link_of(desk: &Desk, person: &Person, lang: &str) -> String {
    let made = desk.sandbox.enrollment(&person.reference).await.unwrap();
    format!(
        "{}/static/process_ui/index.html#/enrollment/{}?lang={lang}",
        desk.sandbox.greeting().base_url,
        made.api_key
    )
}

/// What the window that faces the customer shows a camera, once it shows something; none once it is closed.
async fn seen_by_customer(desk: &Desk) -> Option<String> {
    for _ in 0..100 {
        match desk.window.other_window(CUSTOMER).await.unwrap() {
            Some(png) => {
                if let Some(link) = scanned(&png) {
                    let folder = place::screenshots().unwrap();
                    std::fs::write(folder.join("link-phone-customer.png"), png).unwrap();
                    return Some(link);
                }
            }
            None => return None,
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the customer's window shows no code");
}

#[tokio::test]
async fn a_customer_scans_the_code_on_either_screen_and_finishes_on_their_phone_in_french() {
    a_customer_scans_the_code("fr").await;
}

#[tokio::test]
async fn a_customer_scans_the_code_on_either_screen_and_finishes_on_their_phone_in_english() {
    a_customer_scans_the_code("en").await;
}

async fn a_customer_scans_the_code(language: &str) {
    let files = Fixtures::ready().unwrap();
    let desk = Desk::open(&format!("link-phone-{language}"), language)
        .await
        .unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let person = Person::specimen("PHONE-1");

    let hands = Hands::on(&desk);
    hands.click("new-dossier").await.unwrap();
    hands.fill(&person).await.unwrap();
    hands.click("mode-phone").await.unwrap();
    desk.window.picture("1-form").await.unwrap();
    hands.click("launch").await.unwrap();
    desk.window.wait_for("qr").await.unwrap();
    println!("{}", hands.within("Journey 3, by the mouse", 3, 0).unwrap());

    let link = link_of(&desk, &person, language).await;
    let read = desk.window.wait_until("the code to be painted", async || {
        Ok(scanned(&desk.window.painted("qr").await?))
    });
    assert_eq!(read.await.unwrap(), link);
    desk.window.picture("2-code").await.unwrap();
    assert!(opened::all().unwrap().is_empty(), "nothing opens by itself");

    desk.window.click("open-customer-screen").await.unwrap();
    desk.window.wait_for("customer-screen-shown").await.unwrap();
    let shown = desk.window.wait_until("the customer's window", async || {
        Ok(desk.window.other_window(CUSTOMER).await?.map(drop))
    });
    shown.await.unwrap();
    assert_eq!(seen_by_customer(&desk).await, Some(link.clone()));
    desk.window.picture("3-turned").await.unwrap();

    // A second device: the agent is asked first, and nothing is opened.
    desk.window.click("open-link").await.unwrap();
    desk.window
        .wait_for_css("[role=alertdialog]")
        .await
        .unwrap();
    desk.window.picture("4-second-device").await.unwrap();
    desk.window.click("cancel").await.unwrap();
    assert!(opened::all().unwrap().is_empty());

    let mut visit = Visit::complete(language, &files, Outcome::Ok);
    visit.phone = true;
    let enrolled = visit
        .enroll(&link, &place::screenshots().unwrap())
        .await
        .unwrap();
    // This computer's loopback address means nothing on a phone.
    assert!(!enrolled.final_url.contains("/retour/"));
    desk.wait_for_status("OK").await.unwrap();
    desk.window.wait_gone("link-panel").await.unwrap();
    let closed = desk
        .window
        .wait_until("the customer's window to close", async || {
            let there = desk.window.other_window(CUSTOMER).await?;
            Ok(there.is_none().then_some(()))
        });
    closed.await.unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_link_is_sent_by_the_mouse_and_by_the_keyboard_alone_in_french() {
    a_link_is_sent("fr", "Mis dans un e-mail", "Copié").await;
}

#[tokio::test]
async fn a_link_is_sent_by_the_mouse_and_by_the_keyboard_alone_in_english() {
    a_link_is_sent("en", "Put into an e-mail", "Copied").await;
}

async fn a_link_is_sent(language: &str, mailed: &str, copied: &str) {
    let desk = Desk::open(&format!("link-sent-{language}"), language)
        .await
        .unwrap();
    desk.enter_sandbox("application").await.unwrap();

    let person = Person::specimen("SENT-1");
    let hands = Hands::on(&desk);
    hands.click("new-dossier").await.unwrap();
    hands.fill(&person).await.unwrap();
    hands.click("mode-sent").await.unwrap();
    hands.click("launch").await.unwrap();
    desk.window.wait_for("link-panel").await.unwrap();
    hands.click("mail-link").await.unwrap();
    let message = opened::next_after(0).await.unwrap();
    println!("{}", hands.within("Journey 4, by the mouse", 4, 0).unwrap());
    let mail: url::Url = message.parse().unwrap();
    let body = mail.query_pairs().find(|(name, _)| name == "body");
    let body = body.unwrap().1.into_owned();
    let link = link_of(&desk, &person, language).await;
    assert!(body.contains(&link));
    desk.window
        .wait_for_text("link-uses", mailed)
        .await
        .unwrap();
    desk.window.picture("1-mailed").await.unwrap();

    // What is copied is there for other programs, and leaves with the person.
    desk.window.click("copy-link").await.unwrap();
    desk.window
        .wait_for_text("link-uses", copied)
        .await
        .unwrap();
    let mut clipboard = arboard::Clipboard::new().unwrap();
    assert_eq!(clipboard.get_text().unwrap(), link);

    let person = Person::specimen("SENT-2");
    let hands = Hands::on(&desk);
    hands.begin(&person).await.unwrap();
    hands.press(&format!("{SHIFT}{F2}")).await.unwrap();
    hands.press(&format!("{CONTROL}{ENTER}")).await.unwrap();
    // The one thing left to do has the focus.
    let mail = format!("{}:focus", by_testid("mail-link"));
    desk.window.wait_for_css(&mail).await.unwrap();
    hands.press(ENTER).await.unwrap();
    let message = opened::next_after(1).await.unwrap();
    println!(
        "{}",
        hands.within("Journey 4, by the keyboard", 0, 6).unwrap()
    );
    assert!(message.starts_with("mailto:?"));

    let person = Person::specimen("PHONE-2");
    let hands = Hands::on(&desk);
    hands.begin(&person).await.unwrap();
    hands.press(F2).await.unwrap();
    hands.press(&format!("{CONTROL}{ENTER}")).await.unwrap();
    desk.window.wait_for("qr").await.unwrap();
    println!(
        "{}",
        hands.within("Journey 3, by the keyboard", 0, 5).unwrap()
    );

    desk.window.click("sign-out").await.unwrap();
    let emptied = desk
        .window
        .wait_until("the clipboard to be emptied", async || {
            let held = arboard::Clipboard::new()?.get_text();
            Ok((!held.is_ok_and(|text| text.contains("/enrollment/"))).then_some(()))
        });
    emptied.await.unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn the_same_computer_the_end_by_itself_and_the_rescue_in_french() {
    the_same_computer("fr", "Ouvert ici", "Refaire").await;
}

#[tokio::test]
async fn the_same_computer_the_end_by_itself_and_the_rescue_in_english() {
    the_same_computer("en", "Opened here", "Start over").await;
}

async fn the_same_computer(language: &str, opened_here: &str, redo: &str) {
    let files = Fixtures::ready().unwrap();
    let desk = Desk::open(&format!("link-here-{language}"), language)
        .await
        .unwrap();
    desk.enter_sandbox("application").await.unwrap();
    let person = Person::specimen("HERE-1");
    let hands = Hands::on(&desk);
    hands.click("new-dossier").await.unwrap();
    hands.fill(&person).await.unwrap();
    hands.click("launch").await.unwrap();
    let link = opened::next_after(0).await.unwrap();
    println!("{}", hands.within("Journey 2, by the mouse", 4, 0).unwrap());
    assert_eq!(link, link_of(&desk, &person, language).await);
    desk.window
        .wait_for_text("link-uses", opened_here)
        .await
        .unwrap();
    desk.window.picture("1-opened").await.unwrap();

    let hands = Hands::on(&desk);
    let visit = Visit::complete(language, &files, Outcome::Ok);
    let enrolled = visit
        .enroll(&link, &place::screenshots().unwrap())
        .await
        .unwrap();
    let returned = Instant::now();
    assert!(enrolled.final_url.contains("/retour/"));
    desk.wait_for_status("OK").await.unwrap();
    let shown = returned.elapsed();
    println!("{}", hands.within("Journey 5", 0, 0).unwrap());
    println!(
        "Journey 5: the verdict on the screen {shown:?} after the browser came back (goal 2 s)"
    );

    let person = Person::specimen("HERE-2");
    let hands = Hands::on(&desk);
    hands.begin(&person).await.unwrap();
    hands.press(&format!("{CONTROL}{ENTER}")).await.unwrap();
    opened::next_after(1).await.unwrap();
    println!(
        "{}",
        hands.within("Journey 2, by the keyboard", 0, 6).unwrap()
    );
    desk.window.wait_for("link-panel").await.unwrap();

    // The customer is stuck: the same person again, this dossier stopped first.
    let hands = Hands::on(&desk);
    hands.press(&format!("{CONTROL}k")).await.unwrap();
    desk.window.wait_for("palette-line").await.unwrap();
    desk.window.press(redo).await.unwrap();
    desk.window
        .wait_for_text("palette-line", redo)
        .await
        .unwrap();
    hands.press(ENTER).await.unwrap();
    desk.window
        .wait_for_css("[role=alertdialog]")
        .await
        .unwrap();
    desk.window.picture("2-rescue").await.unwrap();
    hands.press(&format!("{CONTROL}{ENTER}")).await.unwrap();
    desk.window.wait_for("field-last_name").await.unwrap();
    hands.press(&format!("{CONTROL}{ENTER}")).await.unwrap();
    opened::next_after(2).await.unwrap();
    println!(
        "{}",
        hands.within("Journey 6, by the keyboard", 0, 4).unwrap()
    );
    let stopped = desk.sandbox.enrollment(&person.reference).await.unwrap();
    assert_eq!(stopped.status, "DISCONTINUED");
    desk.window.wait_for("link-panel").await.unwrap();

    let hands = Hands::on(&desk);
    hands.click("redo").await.unwrap();
    hands.click("confirm").await.unwrap();
    desk.window.wait_for("field-last_name").await.unwrap();
    hands.click("launch").await.unwrap();
    opened::next_after(3).await.unwrap();
    println!("{}", hands.within("Journey 6, by the mouse", 3, 0).unwrap());
    desk.close().await.unwrap();
}
