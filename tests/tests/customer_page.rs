//! The enrollment page in a real browser, without the desk: what the other journeys stand on.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use std::path::Path;

use journeys::customer::{Enrolled, Outcome, Visit};
use journeys::fixtures::{Fixtures, sha256_of};
use journeys::place;
use journeys::sandbox::{Enrollment, Sandbox};

/// Creates a dossier as an application would, and sends a customer through its page.
async fn enrolled(folder: &Path, visit: &Visit) -> (Sandbox, Enrolled, Enrollment) {
    let sandbox = Sandbox::start(folder, &["--seed", "7"]).await.unwrap();
    // Any page that answers will do.
    let back_to = format!(
        "{}/static/process_ui/style.css",
        sandbox.greeting().base_url
    );
    let id = sandbox.create("SPECIMEN-PAGE", &back_to).await.unwrap();
    let link = {
        let enrollment = sandbox.enrollment("SPECIMEN-PAGE").await.unwrap();
        assert_eq!(enrollment.id, id);
        format!(
            "{}/static/process_ui/index.html#/enrollment/{}?lang={}",
            sandbox.greeting().base_url,
            enrollment.api_key,
            visit.lang
        )
    };
    let enrolled = visit
        .enroll(&link, &place::screenshots().unwrap())
        .await
        .unwrap();
    let enrollment = sandbox.enrollment("SPECIMEN-PAGE").await.unwrap();
    (sandbox, enrolled, enrollment)
}

#[tokio::test]
async fn every_file_reaches_id360_byte_for_byte_up_to_nine_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    let files = Fixtures::ready().unwrap();
    let mut visit = Visit::complete("fr", &files, Outcome::Ok);
    visit.recto = files.heavy.clone();
    visit.name = "page-heavy".to_owned();
    let (_sandbox, enrolled, enrollment) = enrolled(folder.path(), &visit).await;

    assert!(enrolled.final_url.contains("/style.css"), "not sent back");
    assert!(
        enrolled.final_url.contains("token="),
        "no token in the return"
    );
    assert_eq!(enrollment.status, "OK");
    let mut stored: Vec<_> = enrollment
        .documents
        .iter()
        .map(|file| file.sha256.clone())
        .collect();
    let mut given: Vec<_> = [&files.heavy, &files.verso, &files.selfie, &files.supporting]
        .into_iter()
        .map(|file| sha256_of(file).unwrap())
        .collect();
    stored.sort();
    given.sort();
    // A PDF of two pages is two pages of one document, both the whole file.
    stored.dedup();
    assert_eq!(stored, given);
}

#[tokio::test]
async fn a_customer_on_a_phone_can_end_with_two_causes_in_english() {
    let folder = tempfile::tempdir().unwrap();
    let causes = vec![
        "VLD_ID_INVALID".to_owned(),
        "EIM_SECURITY_FAILED".to_owned(),
    ];
    let files = Fixtures::ready().unwrap();
    let mut visit = Visit::complete("en", &files, Outcome::Ko(causes.clone()));
    visit.phone = true;
    visit.name = "page-phone".to_owned();
    let (_sandbox, _, enrollment) = enrolled(folder.path(), &visit).await;

    assert_eq!(enrollment.status, "KO");
    assert_eq!(enrollment.causes, causes);
}

#[tokio::test]
async fn a_customer_who_leaves_leaves_the_dossier_open() {
    let folder = tempfile::tempdir().unwrap();
    let files = Fixtures::ready().unwrap();
    let mut visit = Visit::complete("fr", &files, Outcome::Leave);
    visit.name = "page-leave".to_owned();
    let (_sandbox, _, enrollment) = enrolled(folder.path(), &visit).await;

    assert_eq!(enrollment.status, "STARTED");
}
