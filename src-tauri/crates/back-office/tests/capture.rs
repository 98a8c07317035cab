//! Everything of a finished dossier is kept here by itself, and read without a network (quality.md E-04, E-06).

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{fs, path::PathBuf, time::Duration};

use back_office::views::{
    dossier::{DossierView, EvidenceState},
    error::ErrorCode,
    evidence::{
        CaptureActivity, CaptureFilter, CapturePolicy, CaptureRule, CaptureState, EvidenceView,
        Integrity, PieceKind,
    },
    launch::{HashAgreement, SaveSubject},
    list::Selection,
    session::LockReason,
};
use id360_sandbox::{Endpoint, Fault, Outcome, Target};
#[cfg(unix)]
use support::small_disk::SmallDisk;
use support::{SCREEN, Scene, evidence_once, form, picture, uuid};

async fn captured(scene: &Scene, id: &str) -> EvidenceView {
    for _ in 0..1_600 {
        if state_of(scene, id).await == CaptureState::Complete {
            return scene.desk.get_evidence(id).await.unwrap();
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never captured");
}

async fn state_of(scene: &Scene, id: &str) -> CaptureState {
    let page = scene
        .desk
        .list_captures(CaptureFilter::All, 0, 500)
        .await
        .unwrap();
    page.rows
        .iter()
        .find(|row| row.row.id == id)
        .map_or(CaptureState::Waiting, |row| row.state)
}

fn kinds(evidence: &EvidenceView) -> Vec<PieceKind> {
    let mut kinds: Vec<_> = evidence.pieces.iter().map(|piece| piece.kind).collect();
    kinds.sort_by_key(|kind| format!("{kind:?}"));
    kinds
}

fn vault_file(scene: &Scene, piece: &str) -> PathBuf {
    let folder = &piece[piece.len() - 2..];
    scene
        .folder
        .path()
        .join("evidence")
        .join(folder)
        .join(format!("{piece}.piece"))
}

async fn rule(scene: &Scene, policy: CapturePolicy, video: bool) {
    let mut environment = scene.desk.settings().environments[2].clone();
    environment.capture = CaptureRule { policy, video };
    scene.desk.save_environment(environment).await.unwrap();
}

async fn with_liveness(scene: &Scene) -> DossierView {
    let launched = scene.launch(form()).await.unwrap().dossier;
    let enrollment: i64 = launched.row.enrollment_id.clone().unwrap().parse().unwrap();
    for page in 0..2 {
        scene
            .sandbox
            .upload(enrollment, "id_document_image", page, picture(1))
            .unwrap();
    }
    let mut video = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    video.resize(200_000, 7);
    scene
        .sandbox
        .upload(enrollment, "liveness_video$0", 0, video)
        .unwrap();
    scene.sandbox.finish(enrollment, Outcome::Ok, &[]).unwrap();
    scene.desk.refresh_dossier(&launched.row.id).await.unwrap()
}

#[tokio::test]
async fn a_dossier_is_captured_while_the_desk_is_locked() {
    let scene = Scene::capturing().await;
    scene.desk.lock(LockReason::Idle).await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    assert!(captured(&scene, &id).await.missing.is_empty());
    assert!(scene.desk.is_locked());
}

#[tokio::test]
async fn a_finished_dossier_is_captured_by_itself_and_read_without_a_network() {
    let scene = Scene::capturing().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    let evidence = captured(&scene, &id).await;
    assert!(evidence.missing.is_empty());
    for kind in [PieceKind::Report, PieceKind::IdClaim, PieceKind::Document] {
        assert!(kinds(&evidence).contains(&kind), "{kind:?}");
    }
    for piece in &evidence.pieces {
        assert_eq!(piece.integrity, Integrity::Whole);
        let expected = match piece.kind {
            PieceKind::Document => HashAgreement::Agrees,
            _ => HashAgreement::NotStated,
        };
        assert_eq!(piece.hash, expected, "{piece:?}");
        assert!(piece.call.starts_with("GET /"));
    }
    let row = scene.desk.get_dossier(&id).await.unwrap().row;
    assert_eq!((row.evidence, row.deadline), (EvidenceState::Kept, None));

    scene.desk.sign_out().await.unwrap();
    scene.sandbox.clear_requests();
    let recto = evidence
        .pieces
        .iter()
        .find(|piece| piece.document.as_deref() == Some("id_document_image"))
        .unwrap();
    let shown = scene
        .desk
        .page(&id, recto.document_id.as_deref().unwrap(), 0, SCREEN)
        .await;
    assert!(shown.is_ok());
    let folder = tempfile::tempdir().unwrap();
    for subject in [
        SaveSubject::Recto,
        SaveSubject::IdClaim,
        SaveSubject::AllDocuments,
    ] {
        scene.save_to(folder.path());
        let saved = scene
            .desk
            .save_evidence(&uuid(), &id, subject)
            .await
            .unwrap()
            .unwrap();
        assert!(saved.failed.is_empty() && !saved.files.is_empty());
    }
    assert!(scene.sandbox.requests().is_empty());
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    let same = names
        .into_iter()
        .any(|entry| fs::read(entry.unwrap().path()).unwrap() == picture(1));
    assert!(same, "the recto is not what was uploaded");
}

#[tokio::test]
async fn what_is_captured_is_not_asked_for_again_and_no_plain_byte_of_it_is_on_the_disk() {
    let scene = Scene::capturing().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    let before = captured(&scene, &id).await;
    scene.sandbox.clear_requests();
    let again = scene.desk.capture_now(&uuid(), &id).await.unwrap();
    assert_eq!(again.pieces, before.pieces);
    let asked: Vec<_> = scene.sandbox.requests();
    assert!(
        !asked
            .iter()
            .any(|call| matches!(call.endpoint, Endpoint::Document | Endpoint::Idclaim)),
        "{asked:?}"
    );
    for piece in &before.pieces {
        let file = fs::read(vault_file(&scene, &piece.id)).unwrap();
        for plain in [
            &b"Valmontel"[..],
            b"IHDR",
            b"mimetype",
            b"id_document_image",
        ] {
            assert!(!file.windows(plain.len()).any(|window| window == plain));
        }
    }
}

#[tokio::test]
async fn a_process_says_how_much_of_its_dossiers_is_captured() {
    let scene = Scene::capturing().await;
    let videos = |evidence: &EvidenceView| {
        evidence
            .pieces
            .iter()
            .filter(|piece| piece.document.as_deref() == Some("liveness_video$0"))
            .count()
    };
    let full = with_liveness(&scene).await.row.id;
    assert_eq!(videos(&captured(&scene, &full).await), 0);

    rule(&scene, CapturePolicy::ReferencesOnly, false).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let nothing = scene.finished(Outcome::Ok, &[]).await.row.id;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(state_of(&scene, &nothing).await, CaptureState::NotWanted);
    assert!(
        scene
            .desk
            .get_evidence(&nothing)
            .await
            .unwrap()
            .pieces
            .is_empty()
    );

    rule(&scene, CapturePolicy::ReportOnly, false).await;
    let report = captured(&scene, &nothing).await;
    assert!(kinds(&report).contains(&PieceKind::Report));
    assert!(!kinds(&report).contains(&PieceKind::Document));

    rule(&scene, CapturePolicy::Full, true).await;
    let with_video = with_liveness(&scene).await.row.id;
    assert_eq!(videos(&captured(&scene, &with_video).await), 1);
}

#[tokio::test]
async fn while_it_is_paused_nothing_is_fetched_but_what_a_person_asks_for() {
    let scene = Scene::signed_in().await;
    let ids = [
        scene.finished(Outcome::Ok, &[]).await.row.id,
        scene.finished(Outcome::Ko, &[]).await.row.id,
    ];
    tokio::time::sleep(Duration::from_millis(500)).await;
    let page = scene
        .desk
        .list_captures(CaptureFilter::Waiting, 0, 10)
        .await
        .unwrap();
    assert_eq!((page.activity, page.total), (CaptureActivity::Paused, 2));
    let asked = scene.desk.capture_now(&uuid(), &ids[0]).await.unwrap();
    assert!(asked.pieces.len() >= 3 && asked.missing.is_empty());
    assert!(
        scene
            .desk
            .get_evidence(&ids[1])
            .await
            .unwrap()
            .pieces
            .is_empty()
    );
    scene.desk.resume_captures();
    captured(&scene, &ids[1]).await;
}

#[tokio::test]
async fn while_capture_stands_the_first_deadline_of_what_waits_is_told_whatever_is_listed() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    let listed = async |filter| scene.desk.list_captures(filter, 0, 10).await.unwrap();
    let waiting = listed(CaptureFilter::Waiting).await;
    assert_eq!(waiting.activity, CaptureActivity::Paused);
    let first = waiting.rows[0].deadline.clone();
    assert!(first.is_some());
    for filter in [
        CaptureFilter::All,
        CaptureFilter::Waiting,
        CaptureFilter::Complete,
    ] {
        assert_eq!(listed(filter).await.first_deadline, first, "{filter:?}");
    }
    scene.desk.resume_captures();
    captured(&scene, &id).await;
    assert_eq!(listed(CaptureFilter::All).await.first_deadline, None);
}

#[tokio::test]
async fn what_id360_does_not_have_any_more_is_named_and_the_rest_is_kept() {
    let scene = Scene::signed_in().await;
    let mut environment = scene.desk.settings().environments[2].clone();
    environment.deadlines.documents_days = 1;
    scene.desk.save_environment(environment).await.unwrap();
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    scene.sandbox.advance(Duration::from_secs(2 * 86_400));
    // Its answer tells the time.
    scene.desk.refresh_dossier(&id).await.unwrap();
    let gone = Fault::Status {
        status: 404,
        body: None,
        retry_after: None,
    };
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Document), u32::MAX, gone);
    scene.desk.resume_captures();
    let evidence = evidence_once(&scene, &id, "incomplete", |evidence| {
        !evidence.missing.is_empty()
    })
    .await;
    assert_eq!(state_of(&scene, &id).await, CaptureState::Incomplete);
    assert!(evidence.missing.iter().all(|missing| {
        missing.kind == PieceKind::Document && missing.reason == ErrorCode::DocumentGone
    }));
    assert!(kinds(&evidence).contains(&PieceKind::IdClaim));

    scene.sandbox.clear_faults();
    let selection = Selection::Some {
        ids: vec![id.clone()],
    };
    let asked = scene
        .desk
        .capture_dossiers(&uuid(), selection)
        .await
        .unwrap();
    assert_eq!((asked.changed, asked.unchanged), (1, 0));
    assert!(captured(&scene, &id).await.missing.is_empty());
}

#[tokio::test]
async fn a_page_of_words_that_comes_once_for_an_image_costs_seconds() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    scene.sandbox.fault(
        Target::Only(Endpoint::Document),
        1,
        Fault::Html { status: None },
    );
    scene.desk.resume_captures();
    let evidence = captured(&scene, &id).await;
    assert!(evidence.missing.is_empty());
    assert!(kinds(&evidence).contains(&PieceKind::Document));
}

#[tokio::test]
async fn a_byte_that_id360_gets_wrong_again_and_again_is_kept_and_flagged() {
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Document), u32::MAX, Fault::FlipByte);
    let evidence = scene.desk.capture_now(&uuid(), &id).await.unwrap();
    let differs = evidence
        .pieces
        .iter()
        .filter(|piece| piece.hash == HashAgreement::Differs)
        .count();
    assert!(differs >= 2, "{evidence:?}");
}

#[tokio::test]
async fn a_damaged_piece_is_never_shown_and_is_fetched_again_while_id360_has_it() {
    let scene = Scene::capturing().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    let evidence = captured(&scene, &id).await;
    let page = evidence
        .pieces
        .iter()
        .find(|piece| piece.kind == PieceKind::Document)
        .unwrap();
    let document = page.document_id.clone().unwrap();
    let number = page.page_number.unwrap();
    let file = vault_file(&scene, &page.id);
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    scene.desk.sign_out().await.unwrap();
    let refused = scene
        .desk
        .page(&id, &document, number, SCREEN)
        .await
        .unwrap_err();
    assert_eq!(refused, ErrorCode::EvidenceDamaged);

    scene
        .desk
        .sign_in_to_sandbox(back_office::views::session::AccountKind::Application)
        .await
        .unwrap();
    let again = evidence_once(&scene, &id, "fetched again", |evidence| {
        evidence
            .pieces
            .iter()
            .all(|piece| piece.integrity == Integrity::Whole)
    })
    .await;
    assert_eq!(again.pieces.len(), evidence.pieces.len());
    assert!(!file.exists());
}

#[tokio::test]
async fn a_file_without_a_row_is_taken_in_when_the_register_opens_and_a_half_written_one_goes() {
    let mut scene = Scene::capturing().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    let evidence = captured(&scene, &id).await;
    let vault = scene.folder.path().join("evidence");
    let half = vault
        .join("00")
        .join(format!(".{}.piece.id360-0123456789abcdef.part", uuid()));
    fs::create_dir_all(half.parent().unwrap()).unwrap();
    fs::write(&half, b"half").unwrap();
    // The register is lost and made anew from what the journal of creations knows: rows are gone, files are not.
    scene.desk.close();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let database = scene.register_folder().join("register.sqlite");
    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    fs::write(database, bytes).unwrap();
    scene.restart().await;
    scene.desk.rebuild_register(&uuid()).await.unwrap();
    let back = evidence_once(&scene, &id, "taken in", |back| {
        back.pieces.len() == evidence.pieces.len()
    })
    .await;
    let hashes = |evidence: &EvidenceView| {
        let mut hashes: Vec<_> = evidence
            .pieces
            .iter()
            .map(|piece| (piece.id.clone(), piece.sha256.clone(), piece.hash))
            .collect();
        hashes.sort_by(|left, right| left.0.cmp(&right.0));
        hashes
    };
    assert_eq!(hashes(&back), hashes(&evidence));
    assert!(!half.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn a_full_disk_stops_capture_with_its_name_and_capture_goes_on_by_itself_when_there_is_room()
{
    let scene = Scene::signed_in().await;
    let id = scene.finished(Outcome::Ok, &[]).await.row.id;
    let vault = scene.folder.path().join("evidence");
    let Some(disk) = SmallDisk::over(vault, "size=16k") else {
        return;
    };
    scene.desk.resume_captures();
    let blocked = CaptureActivity::Blocked {
        code: ErrorCode::DiskFull,
    };
    for attempt in 0.. {
        let page = scene
            .desk
            .list_captures(CaptureFilter::All, 0, 10)
            .await
            .unwrap();
        if page.activity == blocked {
            assert_eq!(page.counts.troubled, 0, "the dossier is blamed");
            break;
        }
        assert!(attempt < 800, "never blocked: {:?}", page.activity);
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let evidence = scene.desk.get_evidence(&id).await.unwrap();
    assert!(evidence.pieces.iter().all(|piece| {
        piece.integrity == Integrity::Whole && vault_file(&scene, &piece.id).exists()
    }));
    for folder in fs::read_dir(&disk.0).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert!(name.ends_with(".piece"), "{name}");
        }
    }
    assert!(SmallDisk::mount(&disk.0, "remount,size=64m"));
    captured(&scene, &id).await;
    let page = scene
        .desk
        .list_captures(CaptureFilter::All, 0, 10)
        .await
        .unwrap();
    assert_eq!(page.activity, CaptureActivity::Idle);
}
