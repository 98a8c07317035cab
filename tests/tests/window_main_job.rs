//! The main job through the real window, with real files and a customer in a real browser.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use journeys::customer::Outcome;
use journeys::main_job::MainJob;

/// Plays it, with the evidence in a folder that ends with the test.
async fn played(
    name: &str,
    job: impl FnOnce(std::path::PathBuf) -> MainJob,
) -> journeys::desk::Desk {
    let evidence = tempfile::tempdir().unwrap();
    let job = job(evidence.path().to_owned());
    job.play(name, &mut |sentence| println!("{sentence}"))
        .await
        .unwrap()
}

#[tokio::test]
async fn the_main_job_in_french_ends_with_every_file_as_it_was_given() {
    let desk = played("main-fr", |evidence| MainJob {
        language: "fr".to_owned(),
        outcome: Outcome::Ok,
        phone: false,
        evidence,
    })
    .await;
    assert_eq!(desk.sandbox.count("create").await.unwrap(), 1);
    desk.close().await.unwrap();
}

#[tokio::test]
async fn the_main_job_in_english_with_a_customer_on_a_phone_ends_the_same() {
    let desk = played("main-en", |evidence| MainJob {
        language: "en".to_owned(),
        outcome: Outcome::Ok,
        phone: true,
        evidence,
    })
    .await;
    assert_eq!(desk.sandbox.count("create").await.unwrap(), 1);
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_ko_shows_both_its_causes_under_why() {
    let causes = ["VLD_ID_INVALID", "EIM_SECURITY_FAILED"];
    let desk = played("main-ko", |evidence| MainJob {
        language: "fr".to_owned(),
        outcome: Outcome::Ko(causes.map(str::to_owned).to_vec()),
        phone: false,
        evidence,
    })
    .await;
    desk.window.click("tab-why").await.unwrap();
    for cause in causes {
        desk.window
            .wait_for_css(&format!("[data-testid=finding][data-code={cause}]"))
            .await
            .unwrap();
    }
    desk.window.picture("8-why").await.unwrap();
    desk.close().await.unwrap();
}

/// The sandbox is the desk's own here: started, used and ended by it.
#[tokio::test]
async fn the_desk_starts_its_own_sandbox_and_ends_it() {
    let folder = journeys::place::session().unwrap();
    let opening = journeys::window::Opening {
        profile: folder.join("own-sandbox"),
        announcement: None,
        name: "own-sandbox".to_owned(),
    };
    let window = journeys::window::Window::open(&opening).await.unwrap();
    let desk = window.process().unwrap();
    window.click("enter-sandbox-application").await.unwrap();
    window.wait_for("new-dossier").await.unwrap();
    let sandboxes = journeys::window::children_of(desk, "id360-sandbox").unwrap();
    assert_eq!(sandboxes.len(), 1, "one sandbox process");

    window.close().await.unwrap();
    for _ in 0..100 {
        if !std::path::Path::new(&format!("/proc/{}", sandboxes[0])).exists() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the sandbox outlived its desk");
}
