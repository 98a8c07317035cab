//! Packs that lack something, or have nowhere to go: they say so, and the journal tells only what happened.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use back_office::views::{
    checking::FileFound,
    error::ErrorCode,
    evidence::{CaptureRule, EvidenceView, PieceKind},
    journal::JournalQuery,
    packs::{PackMissingReason, PackOutcome, PackState},
};
use id360_sandbox::{Endpoint, Fault, Outcome, Target};
use support::{Scene, form, picture, until, uuid};

async fn packed(scene: &Scene, place: &Path, id: &str) -> PackOutcome {
    scene.save_to(place);
    let made = scene.desk.make_pack(&uuid(), id).await.unwrap();
    made.unwrap()
}

async fn state(scene: &Scene, pack: PathBuf) -> PackState {
    scene.save_to(pack);
    let check = scene.desk.check_file(&uuid()).await.unwrap();
    match check.unwrap().found {
        FileFound::Pack { verdict } => verdict.state,
        _ => panic!("not a pack"),
    }
}

fn holds(pack: &Path, name: &str) -> bool {
    let mut archive = zip::ZipArchive::new(fs::File::open(pack).unwrap()).unwrap();
    archive.by_name(name).is_ok()
}

fn lacking(made: &PackOutcome) -> Vec<(String, PackMissingReason)> {
    let missing = made.missing_pieces.iter();
    let mut lacking: Vec<_> = missing.map(|one| (one.name.clone(), one.reason)).collect();
    lacking.sort_by(|left, right| left.0.cmp(&right.0));
    lacking
}

async fn acts(scene: &Scene) -> usize {
    let query = JournalQuery {
        acts: vec!["pack_made".to_owned()],
        ..JournalQuery::default()
    };
    let page = scene.desk.list_journal(query, 0, 100).await.unwrap();
    page.entries.len()
}

fn piece_file(scene: &Scene, evidence: &EvidenceView, kind: PieceKind, document: &str) -> PathBuf {
    let piece = evidence
        .pieces
        .iter()
        .find(|piece| {
            piece.kind == kind && piece.document.as_deref().unwrap_or_default() == document
        })
        .unwrap();
    let vault = scene.folder.path().join("evidence");
    let folder = &piece.id[piece.id.len() - 2..];
    vault.join(folder).join(format!("{}.piece", piece.id))
}

fn alter(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(file, bytes).unwrap();
}

fn video() -> Vec<u8> {
    let mut video = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    video.resize(20_000, 7);
    video
}

/// The rule of the sandbox's environment wants videos; the register has it.
async fn with_videos() -> Scene {
    let scene = Scene::signed_in().await;
    let mut environment = scene.desk.settings().environments[2].clone();
    environment.capture = CaptureRule {
        video: true,
        ..environment.capture
    };
    scene.desk.save_environment(environment).await.unwrap();
    for _ in 0..400 {
        let changes = scene.journaled("capture_policy_changed").await;
        if changes.iter().any(|change| change.contains("+video")) {
            return scene;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the register has no rule with videos");
}

/// A finished dossier with a card and a video.
async fn filmed(scene: &Scene) -> String {
    let launched = scene.launch(form()).await.unwrap().dossier;
    let enrollment: i64 = launched.row.enrollment_id.clone().unwrap().parse().unwrap();
    for (document, bytes) in [
        ("id_document_image", picture(1)),
        ("liveness_video$0", video()),
    ] {
        scene
            .sandbox
            .upload(enrollment, document, 0, bytes)
            .unwrap();
    }
    scene.sandbox.finish(enrollment, Outcome::Ok, &[]).unwrap();
    let id = launched.row.id;
    scene.desk.refresh_dossier(&id).await.unwrap();
    id
}

#[tokio::test]
async fn a_video_that_the_rule_wants_and_nobody_captured_is_missing() {
    let scene = with_videos().await;
    let id = filmed(&scene).await;
    let made = packed(&scene, &scene.folder.path().join("filmed.zip"), &id).await;
    let reasons: Vec<_> = lacking(&made)
        .into_iter()
        .map(|(_, reason)| reason)
        .collect();
    assert_eq!(reasons, [PackMissingReason::NotCaptured]);
}

#[tokio::test]
async fn what_was_captured_and_is_damaged_is_missing_with_what_happened_to_it() {
    let scene = with_videos().await;
    let id = filmed(&scene).await;
    let evidence = scene.desk.capture_now(&uuid(), &id).await.unwrap();
    // Report and its PDF, the card, the video, the idClaim.
    assert_eq!((evidence.pieces.len(), evidence.missing.len()), (5, 0));
    let file = |kind, document| piece_file(&scene, &evidence, kind, document);
    alter(&file(PieceKind::Report, ""));
    alter(&file(PieceKind::Document, "liveness_video$0"));
    fs::remove_file(file(PieceKind::IdClaim, "")).unwrap();
    scene.desk.verify_evidence(&uuid()).await.unwrap();
    scene.desk.sign_out().await.unwrap();

    let place = tempfile::tempdir().unwrap();
    let made = packed(&scene, place.path(), &id).await;
    let lacking = lacking(&made);
    let reasons: Vec<_> = lacking.iter().map(|(_, reason)| *reason).collect();
    assert_eq!(lacking[0].0, "REF-1042_idclaim.asice");
    assert_eq!(
        reasons,
        [PackMissingReason::Lost, PackMissingReason::Altered],
        "{lacking:?}"
    );
    let pack = place.path().join(&made.file_name);
    // The register has a copy of its own.
    assert!(holds(&pack, "REF-1042/originaux/REF-1042_rapport.json"));
    assert_eq!(state(&scene, pack).await, PackState::Incomplete);
}

#[tokio::test]
async fn a_provisional_report_is_named_as_one_and_does_not_make_a_finished_dossier_complete() {
    let scene = Scene::signed_in().await;
    let id = scene.launch(form()).await.unwrap().dossier.row.id;
    scene.desk.read_draft_report(&id).await.unwrap();
    let down = Fault::Status {
        status: 500,
        body: None,
        retry_after: None,
    };
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Report), u32::MAX, down);
    scene.desk.interrupt_dossier(&uuid(), &id).await.unwrap();
    scene.desk.sign_out().await.unwrap();
    let place = tempfile::tempdir().unwrap();
    let made = packed(&scene, place.path(), &id).await;
    assert_eq!(
        lacking(&made),
        [(
            "REF-1042_rapport.json".to_owned(),
            PackMissingReason::NotCaptured
        )]
    );
    let pack = place.path().join(&made.file_name);
    assert!(holds(
        &pack,
        "REF-1042/originaux/REF-1042_rapport_provisoire.json"
    ));
    assert_eq!(state(&scene, pack).await, PackState::Incomplete);
}

#[tokio::test]
async fn a_taken_name_is_refused_before_anything_is_asked_for_and_no_act_is_written() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ko, &[]).await.row.id;
    let place = tempfile::tempdir().unwrap();
    let taken = place.path().join("REF-1042_preuves.zip");
    fs::write(&taken, b"older").unwrap();
    scene.sandbox.clear_requests();
    scene.save_to(&taken);
    let refused = scene.desk.make_pack(&uuid(), &id).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::FileExists);
    assert_eq!(acts(&scene).await, 0);
    let asked = scene.sandbox.requests();
    assert!(
        asked.iter().all(|call| call.endpoint != Endpoint::Document),
        "{asked:?}"
    );
    assert_eq!(fs::read(&taken).unwrap(), b"older");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_name_that_is_taken_while_a_pack_is_made_leaves_the_pack_a_free_one() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ko, &[]).await.row.id;
    let slow = Fault::Delay {
        milliseconds: 1_500,
    };
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Document), 1, slow);
    let place = tempfile::tempdir().unwrap();
    let taken = place.path().join("REF-1042_preuves.zip");
    let taking = async {
        until("the pack is under way", || {
            !scene.window.progress.lock().unwrap().is_empty()
        })
        .await;
        fs::write(&taken, b"other").unwrap();
    };
    let (made, ()) = tokio::join!(packed(&scene, place.path(), &id), taking);
    assert_eq!(made.file_name, "REF-1042_preuves (2).zip");
    assert_eq!(acts(&scene).await, 1);
    assert_eq!(fs::read(&taken).unwrap(), b"other");
    let pack = place.path().join(&made.file_name);
    assert_eq!(state(&scene, pack).await, PackState::Whole);
}

#[tokio::test]
async fn a_pack_is_the_act_of_whoever_asked_for_it_though_they_signed_out_meanwhile() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ko, &[]).await.row.id;
    let username = scene.desk.session_view().current.unwrap().username;
    let slow = Fault::Delay { milliseconds: 900 };
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Document), 1, slow);
    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path());
    let leaving = async {
        until("a word about it", || {
            !scene.window.progress.lock().unwrap().is_empty()
        })
        .await;
        scene.desk.sign_out().await.unwrap();
    };
    let intent = uuid();
    let (made, ()) = tokio::join!(scene.desk.make_pack(&intent, &id), leaving);
    assert!(made.unwrap().is_some());
    let query = JournalQuery {
        acts: vec!["pack_made".to_owned()],
        ..JournalQuery::default()
    };
    let page = scene.desk.list_journal(query, 0, 100).await.unwrap();
    let actors: Vec<_> = page.entries.into_iter().map(|entry| entry.actor).collect();
    assert_eq!(actors, [Some(username)]);
}

#[tokio::test]
async fn a_pack_is_stopped_while_id360_is_slow_and_leaves_nothing() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ko, &[]).await.row.id;
    let slow = Fault::Delay {
        milliseconds: 60_000,
    };
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Document), u32::MAX, slow);
    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path());
    let intent = uuid();
    let stopping = async {
        until("a word about it", || {
            !scene.window.progress.lock().unwrap().is_empty()
        })
        .await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        scene.desk.cancel(&intent);
    };
    let both = async { tokio::join!(scene.desk.make_pack(&intent, &id), stopping) };
    let (ended, ()) = tokio::time::timeout(Duration::from_secs(20), both)
        .await
        .unwrap();
    assert_eq!(ended.unwrap_err().code, ErrorCode::Cancelled);
    let told = scene.window.progress.lock().unwrap()[0].clone();
    assert_eq!(
        (told.done, told.total),
        (0, 3),
        "two pages, and the writing"
    );
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    assert_eq!(acts(&scene).await, 0);
}
