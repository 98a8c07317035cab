//! The main job, without a window: create, launch, finish, read, look, save.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use back_office::views::{
    dossier::{CreationState, KnownStatus},
    launch::{HashAgreement, SaveSubject},
    report::PageSide,
};
use id360_sandbox::Outcome;
use sha2::{Digest as _, Sha256};
use support::{SCREEN, Scene, form, picture, uuid};

#[tokio::test]
async fn a_launched_dossier_is_in_the_register_and_its_link_in_the_browser() {
    let scene = Scene::signed_in().await;
    let outcome = scene.launch(form()).await.unwrap();
    assert_eq!(outcome.link_opened, Some(true));
    assert_eq!(outcome.dossier.row.creation, CreationState::Created);
    let opened = scene.browser.opened.lock().unwrap().clone();
    let enrollment = &scene.sandbox.enrollments()[0];
    assert_eq!(
        opened,
        [format!(
            "{}/static/process_ui/index.html#/enrollment/{}?lang=fr",
            scene.sandbox.base_url(),
            enrollment.api_key
        )]
    );
    assert_eq!(
        enrollment.client_reference.as_deref(),
        Some(&*outcome.dossier.client_reference)
    );
}

#[tokio::test]
async fn what_is_saved_is_byte_for_byte_what_the_customer_sent() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    assert_eq!(dossier.row.status.unwrap().known, KnownStatus::Ok);
    let place = tempfile::tempdir().unwrap();
    for (subject, sent) in [
        (SaveSubject::Recto, picture(1)),
        (SaveSubject::Verso, picture(2)),
    ] {
        scene.save_to(place.path());
        let saved = scene
            .desk
            .save_evidence(&uuid(), &dossier.row.id, subject)
            .await
            .unwrap()
            .unwrap();
        let file = &saved.files[0];
        assert_eq!(std::fs::read(place.path().join(&file.name)).unwrap(), sent);
        assert_eq!(file.sha256, hex::encode(Sha256::digest(&sent)));
        assert_eq!(file.hash, HashAgreement::Agrees);
    }
    assert_eq!(
        *scene.picker.suggested.lock().unwrap(),
        ["REF-1042_recto.png", "REF-1042_verso.png"]
    );
}

#[tokio::test]
async fn the_idclaim_is_saved_as_served() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    let place = tempfile::tempdir().unwrap();
    let mut digests = Vec::new();
    for name in ["one.asice", "two.asice"] {
        scene.save_to(place.path().join(name));
        let saved = scene
            .desk
            .save_evidence(&uuid(), &dossier.row.id, SaveSubject::IdClaim)
            .await
            .unwrap()
            .unwrap();
        let bytes = std::fs::read(place.path().join(name)).unwrap();
        assert_eq!(&bytes[30..38], b"mimetype");
        assert_eq!(saved.files[0].sha256, hex::encode(Sha256::digest(&bytes)));
        digests.push(saved.files[0].sha256.clone());
    }
    assert_eq!(digests[0], digests[1]);
}

#[tokio::test]
async fn all_documents_land_in_one_folder_with_progress() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path());
    let saved = scene
        .desk
        .save_evidence(&uuid(), &dossier.row.id, SaveSubject::AllDocuments)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(saved.files.len(), 2);
    assert!(saved.failed.is_empty());
    let progress = scene.window.progress.lock().unwrap().clone();
    assert_eq!(
        progress.last().map(|last| (last.done, last.total)),
        Some((2, 2))
    );
}

#[tokio::test]
async fn a_report_is_readable_after_a_restart_without_a_network() {
    let mut scene = Scene::signed_in().await;
    let dossier = scene
        .finished(Outcome::Ko, &["VLD_ID_INVALID", "MDL_CHALLENGE_NOT_MET"])
        .await;
    scene.restart().await;
    let again = scene.desk.get_dossier(&dossier.row.id).await.unwrap();
    let report = again.report.unwrap();
    assert_eq!(report.status.known, KnownStatus::Ko);
    let codes: Vec<&str> = report
        .explanation
        .findings
        .iter()
        .map(|found| found.code.as_str())
        .collect();
    assert!(
        codes.contains(&"VLD_ID_INVALID") && codes.contains(&"MDL_CHALLENGE_NOT_MET"),
        "{codes:?}"
    );
    assert!(!again.reachable);
}

#[tokio::test]
async fn a_page_is_shown_as_a_copy_and_only_for_its_own_dossier() {
    let scene = Scene::signed_in().await;
    let mine = scene.finished(Outcome::Ok, &[]).await;
    let other = scene.finished(Outcome::Ok, &[]).await;
    let page = mine
        .report
        .unwrap()
        .documents
        .iter()
        .flat_map(|document| document.pages.clone())
        .find(|page| page.side == PageSide::Recto)
        .unwrap();
    let shown = scene
        .desk
        .page(&mine.row.id, &page.document_id, 0, SCREEN)
        .await
        .unwrap();
    assert_ne!(shown.bytes, picture(1));
    assert_eq!(image::load_from_memory(&shown.bytes).unwrap().width(), 320);
    let refused = scene
        .desk
        .page(&other.row.id, &page.document_id, 0, SCREEN)
        .await
        .unwrap_err();
    assert_eq!(refused, back_office::views::error::ErrorCode::NotFound);
}
