//! Of a cancelled dossier ID360 may give a provisional report only (facts §D.3): its pages are kept all the same.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::views::{
    error::ErrorCode,
    evidence::{EvidenceView, PieceKind},
    launch::SaveSubject,
    packs::PackMissingReason,
    report::ReportKind,
};
use id360_sandbox::Outcome;
use support::{Scene, evidence_once, uuid};

fn count(evidence: &EvidenceView, kind: PieceKind) -> usize {
    let pieces = evidence.pieces.iter();
    pieces.filter(|piece| piece.kind == kind).count()
}

/// Cancelled, its plain report not ready for ever, and its draft read by a person.
async fn known_by_its_draft(scene: &Scene) -> String {
    let not_ready = serde_json::json!({ "canceled_report": "not_ready" });
    scene.sandbox.set_options(&not_ready).unwrap();
    let id = scene.finished(Outcome::Canceled, &[]).await.row.id;
    let early = scene.desk.capture_now(&uuid(), &id).await.unwrap_err();
    assert_eq!(early.code, ErrorCode::NoVerdictYet);
    let read = scene.desk.read_draft_report(&id).await.unwrap();
    assert_eq!(read.row.status.unwrap().word, "CANCELED");
    // It may have held the customer up: who asked for it is known.
    assert_eq!(scene.journaled("report_asked").await, ["draft"]);
    id
}

#[tokio::test]
async fn its_pages_are_captured_on_a_persons_word_and_its_report_stays_provisional() {
    let scene = Scene::signed_in().await;
    let id = known_by_its_draft(&scene).await;
    let evidence = scene.desk.capture_now(&uuid(), &id).await.unwrap();
    assert_eq!(count(&evidence, PieceKind::Document), 2);
    assert_eq!(count(&evidence, PieceKind::Report), 0);
    assert!(evidence.missing.is_empty());
    let dossier = scene.desk.get_dossier(&id).await.unwrap();
    assert_eq!(dossier.report.unwrap().kind, ReportKind::Draft);

    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path());
    let pack = scene.desk.make_pack(&uuid(), &id).await.unwrap().unwrap();
    let lacking: Vec<_> = pack
        .missing_pieces
        .iter()
        .map(|piece| (piece.name.as_str(), piece.reason))
        .collect();
    let report = ("REF-1042_rapport.json", PackMissingReason::NotCaptured);
    assert_eq!(lacking, [report]);

    scene.save_to(place.path());
    let saved = scene
        .desk
        .save_evidence(&uuid(), &id, SaveSubject::ReportRaw)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(saved.files[0].name, "REF-1042_rapport_provisoire.json");
}

#[tokio::test]
async fn its_pages_are_captured_by_themselves() {
    let scene = Scene::signed_in().await;
    let id = known_by_its_draft(&scene).await;
    scene.desk.resume_captures();
    let captured = |evidence: &EvidenceView| count(evidence, PieceKind::Document) == 2;
    let evidence = evidence_once(&scene, &id, "its pages are captured", captured).await;
    assert_eq!(count(&evidence, PieceKind::Report), 0);
}
