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
    error::ErrorCode,
    launch::{HashAgreement, SaveSubject},
    report::{PageSide, PixelSize},
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
async fn the_original_of_any_page_is_saved_and_only_of_its_own_dossier() {
    let scene = Scene::signed_in().await;
    let mine = scene.finished(Outcome::Ok, &[]).await;
    let other = scene.finished(Outcome::Ok, &[]).await;
    let documents = &mine.report.as_ref().unwrap().documents;
    let page = documents[0].pages[1].clone();
    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path());
    let press = uuid();
    let save = |id: String| {
        let (press, document) = (press.clone(), page.document_id.clone());
        let desk = scene.desk.clone();
        async move { desk.save_page(&press, &id, &document, 1).await }
    };
    let saved = save(mine.row.id.clone()).await.unwrap().unwrap();
    let file = &saved.files[0];
    assert_eq!(
        std::fs::read(place.path().join(&file.name)).unwrap(),
        picture(2)
    );
    assert_eq!(file.hash, HashAgreement::Agrees);
    // The same press sent twice saves once.
    assert_eq!(save(mine.row.id.clone()).await.unwrap(), Some(saved));
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1);

    let foreign = scene
        .desk
        .save_page(&uuid(), &other.row.id, &page.document_id, 1)
        .await;
    assert_eq!(foreign.unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_picture_smaller_than_its_photograph_says_how_large_that_is() {
    let scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    let enrollment: i64 = launched.row.enrollment_id.clone().unwrap().parse().unwrap();
    let mut photograph = Vec::new();
    image::RgbImage::new(2600, 1300)
        .write_to(
            &mut std::io::Cursor::new(&mut photograph),
            image::ImageFormat::Png,
        )
        .unwrap();
    for (number, picture) in [(0, photograph), (1, picture(2))] {
        scene
            .sandbox
            .upload(enrollment, "id_document_image", number, picture)
            .unwrap();
    }
    scene.sandbox.finish(enrollment, Outcome::Ok, &[]).unwrap();
    let dossier = scene.desk.refresh_dossier(&launched.row.id).await.unwrap();
    let id = &dossier.row.id;
    let document = dossier.report.unwrap().documents[0].pages[0]
        .document_id
        .clone();
    let told = |page| scene.desk.page_sheets(id, &document, page).unwrap();
    assert_eq!(told(0).reduced_from, None, "nothing was shown yet");
    for page in [0, 1] {
        scene.desk.page(id, &document, page, SCREEN).await.unwrap();
    }
    let (width, height) = (2600, 1300);
    assert_eq!(told(0).reduced_from, Some(PixelSize { width, height }));
    assert_eq!((told(0).total, told(1).reduced_from), (1, None));
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
    assert_eq!(refused, ErrorCode::NotFound);
}

#[tokio::test]
async fn a_dossier_is_done_again_once_it_ended_unless_it_passed_or_compliance_looks_first() {
    let scene = Scene::signed_in().await;
    let open = scene.launch(form()).await.unwrap().dossier;
    assert!(!open.acts.again);
    for (outcome, causes, again) in [
        (Outcome::Ok, &[][..], false),
        (Outcome::Ko, &["VLD_ID_INVALID"][..], true),
        (Outcome::Ko, &["SEC_DATA_INJECTION"][..], false),
        (
            Outcome::Ko,
            &["VLD_ID_INVALID", "SEC_DATA_INJECTION"][..],
            false,
        ),
    ] {
        let dossier = scene.finished(outcome, causes).await;
        assert_eq!(dossier.acts.again, again, "{causes:?}");
    }
    let stopped = scene.launch(form()).await.unwrap().dossier.row.id;
    let stopped = scene.desk.interrupt_dossier(&uuid(), &stopped).await;
    assert!(stopped.unwrap().acts.again);
}
