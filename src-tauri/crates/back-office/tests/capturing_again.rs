//! What capture does not take for the last word, and a person who has had enough of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::time::Duration;

use back_office::views::{
    error::ErrorCode,
    evidence::{CaptureFilter, CaptureState, EvidenceView, PieceKind},
    launch::HashAgreement,
    list::Selection,
};
use id360_sandbox::{Endpoint, Fault, Outcome, Target};
use support::{Scene, evidence_once, picture, until, uuid};

fn documents(scene: &Scene, times: u32, fault: Fault) {
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Document), times, fault);
}

/// Whether its capture ended with everything.
async fn complete(scene: &Scene, id: &str) -> EvidenceView {
    for _ in 0..1_600 {
        let complete = scene
            .desk
            .list_captures(CaptureFilter::Complete, 0, 500)
            .await
            .unwrap();
        if complete
            .rows
            .iter()
            .any(|row| row.row.id == id && row.state == CaptureState::Complete)
        {
            return scene.desk.get_evidence(id).await.unwrap();
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never complete");
}

fn differing(evidence: &EvidenceView) -> usize {
    evidence
        .pieces
        .iter()
        .filter(|piece| piece.hash == HashAgreement::Differs)
        .count()
}

#[tokio::test]
async fn a_document_that_id360_denies_within_its_window_is_asked_for_again() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    let denied = Fault::Status {
        status: 404,
        body: None,
        retry_after: None,
    };
    documents(&scene, 1, denied);
    scene.desk.resume_captures();
    let troubled = evidence_once(&scene, &id, "trouble", |seen| seen.trouble.is_some()).await;
    assert_eq!(troubled.trouble, Some(ErrorCode::DocumentWithheld));
    assert_eq!(troubled.missing, []);
    let evidence = complete(&scene, &id).await;
    assert_eq!((evidence.missing, evidence.trouble), (vec![], None));
    let pages = evidence
        .pieces
        .iter()
        .filter(|piece| piece.kind == PieceKind::Document);
    assert_eq!(pages.count(), 2);
}

#[tokio::test]
async fn a_page_that_differs_is_kept_until_one_comes_that_agrees() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    documents(&scene, u32::MAX, Fault::FlipByte);
    scene.desk.resume_captures();
    let suspect = evidence_once(&scene, &id, "suspect", |seen| differing(seen) == 2).await;
    assert_eq!(suspect.trouble, Some(ErrorCode::DocumentDiffers));
    scene.sandbox.clear_faults();
    let evidence = complete(&scene, &id).await;
    assert_eq!(differing(&evidence), 0);
    assert_eq!(evidence.pieces.len(), suspect.pieces.len());
    scene.desk.sign_out().await.unwrap();
    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path());
    let recto = evidence
        .pieces
        .iter()
        .find(|piece| piece.kind == PieceKind::Document && piece.page_number == Some(0))
        .unwrap();
    let saved = scene.desk.save_piece(&uuid(), &id, &recto.id).await;
    let file = saved.unwrap().unwrap().files.remove(0).name;
    assert_eq!(std::fs::read(place.path().join(file)).unwrap(), picture(1));
}

#[tokio::test]
async fn a_person_has_a_suspect_page_asked_for_again_and_loses_nothing_when_none_comes() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    documents(&scene, u32::MAX, Fault::FlipByte);
    let first = scene.desk.capture_now(&uuid(), &id).await.unwrap();
    assert_eq!(differing(&first), 2);
    scene.sandbox.clear_faults();
    let denied = Fault::Status {
        status: 404,
        body: None,
        retry_after: None,
    };
    documents(&scene, u32::MAX, denied);
    let second = scene.desk.capture_now(&uuid(), &id).await.unwrap();
    assert_eq!((second.pieces, second.missing), (first.pieces, vec![]));
    scene.sandbox.clear_faults();
    let third = scene.desk.capture_now(&uuid(), &id).await.unwrap();
    assert_eq!(differing(&third), 0);
    let selection = Selection::Some { ids: vec![id] };
    let asked = scene.desk.capture_dossiers(&uuid(), selection).await;
    assert_eq!(asked.unwrap().changed, 0);
}

#[tokio::test]
async fn a_person_who_ends_a_capture_waits_no_longer_and_keeps_what_arrived() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    let slow = Fault::Delay {
        milliseconds: 60_000,
    };
    documents(&scene, u32::MAX, slow);
    let intent = uuid();
    let stopping = async {
        until("a word about it", || {
            !scene.window.progress.lock().unwrap().is_empty()
        })
        .await;
        // The report is here already; the first document holds it up.
        tokio::time::sleep(Duration::from_secs(1)).await;
        scene.desk.cancel(&intent);
    };
    let capturing = scene.desk.capture_now(&intent, &id);
    let both = async { tokio::join!(capturing, stopping) };
    let (ended, ()) = tokio::time::timeout(Duration::from_secs(20), both)
        .await
        .unwrap();
    assert_eq!(ended.unwrap_err().code, ErrorCode::Cancelled);
    let told = scene.window.progress.lock().unwrap()[0].clone();
    assert_eq!((told.intent_id, told.done), (intent, 0));
    assert!(told.total >= 3);
    let evidence = scene.desk.get_evidence(&id).await.unwrap();
    assert!(!evidence.running && evidence.trouble.is_none());
    let kinds: Vec<_> = evidence.pieces.iter().map(|piece| piece.kind).collect();
    assert_eq!(kinds, [PieceKind::Report]);
    scene.sandbox.clear_faults();
    let evidence = scene.desk.capture_now(&uuid(), &id).await.unwrap();
    assert!(evidence.missing.is_empty() && evidence.pieces.len() >= 3);
}
