//! A computer without a keychain, and one whose keychain is closed. The modules give the tests their desktops
//! (`.config/nextest.toml`).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use journeys::desk::{Desk, Person};

const PASSPHRASE: &str = "quatre mots sans lien aucun";

async fn choose_passphrase(desk: &Desk) {
    desk.window.fill("passphrase", PASSPHRASE).await.unwrap();
    desk.window
        .fill("passphrase-again", PASSPHRASE)
        .await
        .unwrap();
    desk.window.click("passphrase-submit").await.unwrap();
}

async fn give_passphrase(desk: &Desk, words: &str) {
    desk.window.fill("passphrase", words).await.unwrap();
    desk.window.click("passphrase-submit").await.unwrap();
}

mod without_keychain {
    use super::*;

    #[tokio::test]
    async fn dossiers_are_there_again_after_a_restart_and_the_passphrase() {
        let desk = Desk::open("no-keychain", "fr").await.unwrap();
        choose_passphrase(&desk).await;
        desk.window.wait_for("session-only-banner").await.unwrap();
        desk.enter_sandbox("application").await.unwrap();
        desk.window.picture("banner").await.unwrap();
        let person = Person::specimen("SANS-TROUSSEAU");
        desk.launch(&person).await.unwrap();

        let desk = desk.reopen().await.unwrap();
        give_passphrase(&desk, PASSPHRASE).await;
        desk.enter_sandbox("application").await.unwrap();
        desk.open_from_list(&person).await.unwrap();
        // The link is still known: the api_key was not lost with the session.
        desk.window.wait_for("open-link").await.unwrap();
        desk.close().await.unwrap();
    }

    #[tokio::test]
    async fn a_wrong_passphrase_changes_nothing_and_the_right_one_opens_after_it() {
        let desk = Desk::open("wrong-passphrase", "en").await.unwrap();
        choose_passphrase(&desk).await;
        desk.enter_sandbox("application").await.unwrap();
        let desk = desk.reopen().await.unwrap();
        give_passphrase(&desk, "quatre autres mots sans lien").await;
        desk.window
            .wait_for_error("passphrase_refused")
            .await
            .unwrap();
        desk.window.picture("refused").await.unwrap();
        give_passphrase(&desk, PASSPHRASE).await;
        desk.enter_sandbox("application").await.unwrap();
        desk.close().await.unwrap();
    }
}

mod with_locked_keychain {
    use super::*;

    #[tokio::test]
    async fn a_closed_keychain_does_not_freeze_the_window() {
        let desk = Desk::open("locked-keychain", "fr").await.unwrap();
        // Nobody answers the system's own question; the window says what is the matter and goes on.
        desk.window
            .wait_for_css("[data-testid=session-only-banner], [data-testid=register-state]")
            .await
            .unwrap();
        desk.window.picture("locked").await.unwrap();
        desk.speak("en").await.unwrap();
        desk.close().await.unwrap();
    }
}
