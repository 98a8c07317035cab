//! Two accounts side by side in the real window: what the application account no longer reaches, the user account beside
//! it does, without leaving the dossier.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use std::time::Duration;

use journeys::desk::{Desk, Person};
use journeys::fixtures::Fixtures;
use journeys::hands::{CONTROL, ENTER, F5};

const A_WEEK_AND_A_DAY: Duration = Duration::from_secs(8 * 24 * 60 * 60);

async fn a_user_beside_reads_what_the_application_cannot(language: &str) {
    let files = Fixtures::ready().unwrap();
    let desk = Desk::open(&format!("accounts-{language}"), language)
        .await
        .unwrap();
    let window = &desk.window;
    desk.enter_sandbox("application").await.unwrap();
    let person = Person::specimen("ACCOUNTS-1");
    let documents = [("id_document_image", 0, files.recto.as_path())];
    desk.finished_dossier(&person, &documents, "OK", &[])
        .await
        .unwrap();
    desk.sandbox.advance(A_WEEK_AND_A_DAY).await.unwrap();

    // ID360's clock is seen with the first answer; the report is out of reach from then on.
    window.press(F5).await.unwrap();
    window.wait_for_error("report_needs_user").await.unwrap();
    window.picture("1-out-of-reach").await.unwrap();
    let offer = "[data-testid=error] .callout-actions button";
    let offer = window.wait_for_css(offer).await.unwrap();
    offer.click().await.unwrap();
    window.wait_for("account-card-user").await.unwrap();
    window.click("open-account-user").await.unwrap();
    window.wait_for("work-as-user").await.unwrap();
    window.picture("2-both").await.unwrap();
    window.click("close-accounts").await.unwrap();
    window.wait_gone("close-accounts").await.unwrap();

    // The dossier is still there, and its report comes.
    window.press(F5).await.unwrap();
    window.wait_gone("error").await.unwrap();
    window.wait_for("header-beside").await.unwrap();
    window.picture("3-read").await.unwrap();

    // By the palette, the other one is worked with: no login more.
    let logins = desk.sandbox.count("login").await.unwrap();
    window.press(&format!("{CONTROL}k")).await.unwrap();
    window.wait_for("palette-line").await.unwrap();
    let words = match language {
        "fr" => "travailler avec",
        _ => "work with",
    };
    window.press(words).await.unwrap();
    let user = &desk.sandbox.greeting().user.username;
    window.wait_for_text("palette-line", user).await.unwrap();
    window.press(ENTER).await.unwrap();
    // A long name is cut on the screen, not in the page.
    let who =
        "return document.querySelector('[data-testid=open-accounts] .header-username').textContent";
    let worked_with = window.wait_until("the user account to be worked with", async || {
        Ok((window.script(who).await? == user.as_str()).then_some(()))
    });
    worked_with.await.unwrap();
    assert_eq!(desk.sandbox.count("login").await.unwrap(), logins);
    window.picture("4-as-user").await.unwrap();

    // One sign-out leaves both.
    window.click("sign-out").await.unwrap();
    window.wait_for("enter-sandbox-user").await.unwrap();
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_user_account_beside_reads_an_old_report_without_leaving_the_dossier_in_french() {
    a_user_beside_reads_what_the_application_cannot("fr").await;
}

#[tokio::test]
async fn a_user_account_beside_reads_an_old_report_without_leaving_the_dossier_in_english() {
    a_user_beside_reads_what_the_application_cannot("en").await;
}
