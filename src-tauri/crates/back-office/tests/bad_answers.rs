//! Documents and reports when ID360, the network or the disk misbehave.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use std::time::Duration;

use back_office::views::{
    checking::TrustedFor,
    dossier::{DossierView, KnownStatus},
    error::ErrorCode,
    journal::JournalQuery,
    launch::{HashAgreement, LaunchForm, SaveSubject},
    session::{AccountKind, LockReason},
};
use id360_sandbox::{Endpoint, Fault, Outcome, Target};
use support::{SCREEN, Scene, form, uuid};

fn fault(scene: &Scene, endpoint: Endpoint, times: u32, fault: Fault) {
    scene.sandbox.fault(Target::Only(endpoint), times, fault);
}

async fn save(
    scene: &Scene,
    dossier: &DossierView,
    subject: SaveSubject,
) -> Result<back_office::views::launch::SavedFile, ErrorCode> {
    let saved = scene
        .desk
        .save_evidence(&uuid(), &dossier.row.id, subject)
        .await;
    Ok(saved.map_err(|error| error.code)?.unwrap().files.remove(0))
}

#[tokio::test]
async fn a_report_that_is_not_ready_is_no_error() {
    let scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    let read = scene.desk.refresh_dossier(&launched.row.id).await.unwrap();
    assert_eq!(read.row.status.unwrap().known, KnownStatus::New);
    assert!(read.report.is_none());
    assert_eq!(scene.sandbox.counters().drafts_asked, 0);
}

#[tokio::test]
async fn html_in_place_of_a_report_changes_nothing() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    fault(&scene, Endpoint::Report, 3, Fault::Html { status: None });
    let refused = scene
        .desk
        .refresh_dossier(&dossier.row.id)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::UnreadableAnswer);
    let after = scene.desk.get_dossier(&dossier.row.id).await.unwrap();
    assert_eq!(after.report, dossier.report);
}

#[tokio::test]
async fn a_report_of_another_dossier_is_refused_and_nothing_of_it_is_kept() {
    let scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    let other = r#"{"version":2,"id":424242,"status":"OK","identity":{"name":"DURAND"}}"#;
    let answer = Fault::Status {
        status: 200,
        body: Some(other.into()),
        retry_after: None,
    };
    // Following may ask for it too.
    fault(&scene, Endpoint::Report, 5, answer);
    let refused = scene
        .desk
        .refresh_dossier(&launched.row.id)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::ReportOfAnother);
    let after = scene.desk.get_dossier(&launched.row.id).await.unwrap();
    assert!(after.report.is_none());
    assert_eq!(after.row.status, launched.row.status);
    assert_eq!(after.last_name, launched.last_name);
}

#[tokio::test]
async fn what_was_typed_is_told_as_typed_whatever_the_report_read() {
    let scene = Scene::signed_in().await;
    let form = LaunchForm {
        first_name: String::new(),
        ..form()
    };
    let launched = scene.launch(form).await.unwrap().dossier;
    let enrollment = launched.row.enrollment_id.clone().unwrap();
    scene
        .sandbox
        .finish(enrollment.parse().unwrap(), Outcome::Ok, &[])
        .unwrap();
    let read = scene.desk.refresh_dossier(&launched.row.id).await.unwrap();
    assert!(read.first_name.is_some());
    assert_eq!(read.typed_first_name, None);
    assert_eq!(read.typed_last_name, launched.last_name);
}

#[tokio::test]
async fn after_seven_days_the_documents_are_gone_and_the_report_needs_a_user() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    scene.sandbox.advance(Duration::from_secs(8 * 86_400));
    scene.save_to(scene.folder.path());
    assert_eq!(
        save(&scene, &dossier, SaveSubject::Recto)
            .await
            .unwrap_err(),
        ErrorCode::DocumentGone
    );
    let page = &dossier.report.unwrap().documents[0].pages[0];
    let shown = scene
        .desk
        .page(&dossier.row.id, &page.document_id, page.page_number, SCREEN)
        .await;
    assert_eq!(shown.unwrap_err(), ErrorCode::DocumentGone);
}

#[tokio::test]
async fn a_hash_that_differs_is_read_three_times_then_kept_and_flagged() {
    let scene = Scene::signed_in().await;
    fault(&scene, Endpoint::Report, 1, Fault::WrongMd5);
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    scene.save_to(scene.folder.path());
    let saved = save(&scene, &dossier, SaveSubject::Recto).await;
    let calls = scene.sandbox.counters().calls[&Endpoint::Document];
    assert_eq!(saved.unwrap().hash, HashAgreement::Differs);
    assert_eq!(calls, 3);
}

#[tokio::test]
async fn one_flipped_byte_is_read_again_and_the_good_copy_saved() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    fault(&scene, Endpoint::Document, 1, Fault::FlipByte);
    scene.save_to(scene.folder.path());
    let saved = save(&scene, &dossier, SaveSubject::Recto).await.unwrap();
    assert_eq!(saved.hash, HashAgreement::Agrees);
}

#[tokio::test]
async fn a_document_cut_short_is_refused_and_leaves_no_file() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    fault(
        &scene,
        Endpoint::Document,
        9,
        Fault::Truncate { bytes: 100 },
    );
    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path());
    assert_eq!(
        save(&scene, &dossier, SaveSubject::Recto)
            .await
            .unwrap_err(),
        ErrorCode::TruncatedDocument
    );
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_file_that_exists_is_never_overwritten() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("kept.png");
    std::fs::write(&path, b"mine").unwrap();
    scene.save_to(&path);
    assert_eq!(
        save(&scene, &dossier, SaveSubject::Recto)
            .await
            .unwrap_err(),
        ErrorCode::FileExists
    );
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
}

#[tokio::test]
async fn a_folder_that_went_away_is_said() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    scene.save_to("/nowhere/at/all/recto.png");
    assert_eq!(
        save(&scene, &dossier, SaveSubject::Recto)
            .await
            .unwrap_err(),
        ErrorCode::FolderMissing
    );
}

#[tokio::test]
async fn a_closed_dialog_is_no_error_and_writes_nothing() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    let saved = scene
        .desk
        .save_evidence(&uuid(), &dossier.row.id, SaveSubject::Verso)
        .await;
    assert_eq!(saved.unwrap(), None);
}

#[tokio::test]
async fn a_dialog_that_outlived_the_lock_saves_nothing_and_trusts_nobody() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    scene.desk.lock(LockReason::Idle).await;
    let place = tempfile::tempdir().unwrap();
    for subject in [
        SaveSubject::Recto,
        SaveSubject::ReportRaw,
        SaveSubject::AllDocuments,
    ] {
        scene.save_to(place.path());
        let refused = save(&scene, &dossier, subject).await;
        assert_eq!(refused.unwrap_err(), ErrorCode::Locked, "{subject:?}");
    }
    scene.save_to(place.path());
    let packed = scene.desk.make_pack(&uuid(), &dossier.row.id).await;
    assert_eq!(packed.unwrap_err().code, ErrorCode::Locked);
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
    assert!(scene.journaled("saved").await.is_empty());

    scene.save_to(place.path().join("signataire.pem"));
    let role = TrustedFor::Signatures;
    let trusted = scene.desk.add_trusted(&uuid(), role).await;
    assert_eq!(trusted.unwrap_err().code, ErrorCode::Locked);
}

#[tokio::test]
async fn an_interruption_is_sent_once_even_when_its_answer_is_lost() {
    let scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    fault(&scene, Endpoint::Discontinue, 1, Fault::DropAfter);
    let ended = scene
        .desk
        .interrupt_dossier(&uuid(), &launched.row.id)
        .await;
    match ended {
        Ok(view) => assert_eq!(view.row.status.unwrap().known, KnownStatus::Discontinued),
        Err(error) => assert_eq!(error.code, ErrorCode::InterruptUnconfirmed),
    }
    assert_eq!(scene.sandbox.counters().calls[&Endpoint::Discontinue], 1);
}

#[tokio::test]
async fn whoever_wanted_a_dossier_interrupted_is_in_the_journal_whatever_becomes_of_the_answer() {
    let scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier.row;
    fault(&scene, Endpoint::Discontinue, 1, Fault::DropAfter);
    let unreadable = Fault::Html { status: None };
    fault(&scene, Endpoint::Report, u32::MAX, unreadable);
    let ended = scene.desk.interrupt_dossier(&uuid(), &launched.id).await;
    assert_eq!(ended.unwrap_err().code, ErrorCode::InterruptUnconfirmed);
    let query = JournalQuery {
        acts: vec!["interrupted".into()],
        ..JournalQuery::default()
    };
    let acts = scene.desk.list_journal(query, 0, 10).await.unwrap();
    let told: Vec<_> = acts
        .entries
        .into_iter()
        .map(|entry| (entry.dossier_id, entry.actor))
        .collect();
    assert_eq!(told, [(Some(launched.id), Some(launched.operator))]);
}

#[tokio::test]
async fn an_interruption_without_an_answer_of_a_dossier_that_had_ended_says_that_it_had() {
    let scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier.row;
    let enrollment = launched.enrollment_id.unwrap().parse().unwrap();
    scene.sandbox.finish(enrollment, Outcome::Ok, &[]).unwrap();
    fault(&scene, Endpoint::Discontinue, 1, Fault::DropAfter);
    let refused = scene
        .desk
        .interrupt_dossier(&uuid(), &launched.id)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::AlreadyFinished);
    assert_eq!(refused.params["status"], "OK");
}

#[tokio::test]
async fn interrupting_a_finished_dossier_says_so_without_a_call() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    let refused = scene
        .desk
        .interrupt_dossier(&uuid(), &dossier.row.id)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::AlreadyFinished);
    assert_eq!(refused.params["status"], "OK");
    assert!(
        !scene
            .sandbox
            .counters()
            .calls
            .contains_key(&Endpoint::Discontinue)
    );
    assert!(scene.journaled("interrupted").await.is_empty());
}

#[tokio::test]
async fn a_process_without_idclaim_says_so() {
    let scene = Scene::signed_in().await;
    let mut process = scene.desk.settings().processes[0].clone();
    process.process_uuid = scene.sandbox.plain_process_uuid().to_string();
    scene.desk.save_process(process, Vec::new()).await.unwrap();
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    scene.save_to(scene.folder.path());
    assert_eq!(
        save(&scene, &dossier, SaveSubject::IdClaim)
            .await
            .unwrap_err(),
        ErrorCode::NoIdClaim
    );
}

#[tokio::test]
async fn what_the_window_gets_holds_no_secret_of_the_report_or_the_session() {
    let scene = Scene::new().await;
    scene
        .desk
        .sign_in_to_sandbox(AccountKind::User)
        .await
        .unwrap();
    let dossier = scene.finished(Outcome::Ko, &["VLD_ID_INVALID"]).await;
    let shown = serde_json::to_string(&(
        &dossier,
        scene.desk.session_view(),
        scene.desk.settings(),
        &*scene.window.dossiers.lock().unwrap(),
        &*scene.window.sessions.lock().unwrap(),
    ))
    .unwrap();
    let secrets = scene.sandbox.secrets();
    assert!(secrets.len() > 5);
    for secret in secrets {
        assert!(!shown.contains(&secret.value), "a {} crossed", secret.kind);
    }
}

#[tokio::test]
async fn a_refused_return_address_is_told_apart_from_other_refusals_of_a_create() {
    let scene = Scene::signed_in().await;
    for (detail, code) in [
        (
            "browser_callback_url: Enter a valid URL.",
            ErrorCode::ReturnAddressRefused,
        ),
        ("group: too long.", ErrorCode::Refused),
    ] {
        let refusal = Fault::Status {
            status: 400,
            body: Some(format!(r#"{{"detail":"{detail}"}}"#)),
            retry_after: None,
        };
        fault(&scene, Endpoint::Create, 1, refusal);
        let refused = scene.launch(form()).await.unwrap_err();
        assert_eq!(refused.code, code, "{detail}");
    }
}
