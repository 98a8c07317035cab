//! Evidence packs without a window: made from the register and ID360, and checked.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{
    io::Read,
    path::{Path, PathBuf},
    time::Duration,
};

use back_office::views::{
    checking::FileFound,
    error::ErrorCode,
    journal::JournalQuery,
    launch::LaunchForm,
    list::{ListQuery, Selection},
    packs::{PackMissingReason, PackOutcome, PackState, PackTroubleCode, PackVerdictView},
};
use id360_sandbox::Outcome;
use support::{Scene, form, picture, uuid};

async fn packed(scene: &Scene, place: &Path, id: &str) -> PackOutcome {
    scene.save_to(place);
    let made = scene.desk.make_pack(&uuid(), id).await.unwrap();
    made.unwrap()
}

async fn checked(scene: &Scene, path: PathBuf) -> FileFound {
    scene.save_to(path);
    let check = scene.desk.check_file(&uuid()).await.unwrap();
    check.unwrap().found
}

async fn verdict(scene: &Scene, path: PathBuf) -> PackVerdictView {
    match checked(scene, path).await {
        FileFound::Pack { verdict } => verdict,
        _ => panic!("not a pack"),
    }
}

fn file(pack: &Path, name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(pack).unwrap()).unwrap();
    let mut bytes = Vec::new();
    let mut entry = archive.by_name(name).unwrap();
    entry.read_to_end(&mut bytes).unwrap();
    bytes
}

async fn acts(scene: &Scene, act: &str) -> Vec<(Option<String>, String)> {
    let query = JournalQuery {
        acts: vec![act.to_owned()],
        ..JournalQuery::default()
    };
    let page = scene.desk.list_journal(query, 0, 100).await.unwrap();
    let entries = page.entries.into_iter();
    entries
        .map(|entry| (entry.dossier_id, entry.detail))
        .collect()
}

fn everything() -> Selection {
    Selection::Matching {
        query: ListQuery::default(),
        except: Vec::new(),
    }
}

#[tokio::test]
async fn a_finished_dossier_goes_whole_into_a_pack_that_checks_itself() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ko, &["VLD_ID_INVALID"]).await;
    let place = tempfile::tempdir().unwrap();
    let made = packed(&scene, place.path(), &dossier.row.id).await;
    assert_eq!(made.file_name, "REF-1042_preuves.zip");
    assert_eq!((made.pieces, made.missing), (3, 0));
    let pack = place.path().join(&made.file_name);
    assert_eq!(
        file(&pack, "REF-1042/originaux/REF-1042_recto.png"),
        picture(1)
    );
    let verdict = verdict(&scene, pack.clone()).await;
    assert_eq!(verdict.troubles, []);
    assert_eq!(verdict.state, PackState::Whole);
    assert_eq!(verdict.own_key, Some(true));
    assert_eq!(verdict.fingerprint, Some(made.fingerprint));
    let about = verdict.about.unwrap();
    assert_eq!(about.dossiers[0].id.as_ref(), Some(&dossier.row.id));
    let page = file(&pack, "REF-1042/REF-1042_a-lire.html");
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("SIMULATION"));
    assert!(page.contains("Pourquoi ce verdict"));
}

#[tokio::test]
async fn what_cannot_be_had_leaves_a_pack_that_says_so() {
    let scene = Scene::signed_in().await;
    scene.desk.pause_captures();
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    scene.desk.sign_out().await.unwrap();
    let place = tempfile::tempdir().unwrap();
    let made = packed(&scene, place.path(), &dossier.row.id).await;
    assert!(made.missing >= 2);
    let recto = &made.missing_pieces[0];
    assert_eq!(recto.label, "REF-1042");
    assert_eq!(recto.reason, PackMissingReason::NotCaptured);
    let verdict = verdict(&scene, place.path().join(&made.file_name)).await;
    assert_eq!(verdict.state, PackState::Incomplete);
}

#[tokio::test]
async fn what_was_captured_is_packed_signed_out() {
    let scene = Scene::signed_in().await;
    scene.desk.pause_captures();
    let dossier = scene.finished(Outcome::Ko, &[]).await;
    let captured = scene.desk.capture_now(&uuid(), &dossier.row.id).await;
    assert_eq!(captured.unwrap().missing, []);
    scene.desk.sign_out().await.unwrap();
    let place = tempfile::tempdir().unwrap();
    let made = packed(&scene, place.path(), &dossier.row.id).await;
    assert_eq!(made.missing, 0);
    let pack = place.path().join(&made.file_name);
    let recto = file(&pack, "REF-1042/originaux/REF-1042_recto.png");
    assert_eq!(recto, picture(1));
    assert_eq!(verdict(&scene, pack).await.state, PackState::Whole);
}

#[tokio::test]
async fn an_accepted_dossier_has_its_idclaim_in_the_pack() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    let place = tempfile::tempdir().unwrap();
    let made = packed(&scene, place.path(), &dossier.row.id).await;
    let pack = place.path().join(&made.file_name);
    if dossier.idclaim_expected {
        let claim = file(&pack, "REF-1042/originaux/REF-1042_idclaim.asice");
        assert_eq!(&claim[30..38], b"mimetype");
        let judged = file(&pack, "REF-1042/verification_REF-1042_idclaim.asice.json");
        let judged = String::from_utf8(judged).unwrap();
        assert!(judged.contains("NO_CERTIFICATE_CHAIN_FOUND"), "{judged}");
    }
    assert_eq!(verdict(&scene, pack).await.state, PackState::Whole);
}

#[tokio::test]
async fn a_selection_goes_into_one_file() {
    let scene = Scene::signed_in().await;
    for reference in ["A-1", "B-2"] {
        let form = LaunchForm {
            reference: reference.to_owned(),
            open_link: false,
            ..form()
        };
        scene.launch(form).await.unwrap();
    }
    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path().join("deux.zip"));
    let made = scene.desk.make_packs(&uuid(), everything()).await.unwrap();
    let made = made.unwrap();
    assert_eq!(made.dossiers, 2);
    let pack = place.path().join("deux.zip");
    let contents = String::from_utf8(file(&pack, "sommaire.html")).unwrap();
    assert!(contents.contains("A-1") && contents.contains("B-2"));
    assert_eq!(verdict(&scene, pack).await.about.unwrap().dossiers.len(), 2);
}

#[tokio::test]
async fn every_dossier_of_a_pack_has_an_act_that_names_the_key() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ko, &[]).await;
    let place = tempfile::tempdir().unwrap();
    let made = packed(&scene, place.path(), &dossier.row.id).await;
    let key: String = made.fingerprint.split(' ').take(8).collect();
    assert_eq!(
        acts(&scene, "pack_made").await,
        [(
            Some(dossier.row.id),
            format!("dossiers=1 missing=0 key={key}")
        )]
    );
    verdict(&scene, place.path().join(&made.file_name)).await;
    assert_eq!(
        acts(&scene, "file_verified").await,
        [(None, format!("pack whole key={key}"))]
    );
}

#[tokio::test]
async fn closing_the_dialog_makes_nothing() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ko, &[]).await;
    let made = scene
        .desk
        .make_pack(&uuid(), &dossier.row.id)
        .await
        .unwrap();
    assert_eq!(made, None);
    assert_eq!(acts(&scene, "pack_made").await, []);
    assert_eq!(scene.desk.check_file(&uuid()).await.unwrap(), None);
}

#[tokio::test]
async fn a_pack_that_is_stopped_leaves_no_file_and_no_act() {
    let scene = Scene::signed_in().await;
    for number in 0..30 {
        let form = LaunchForm {
            reference: format!("R-{number}"),
            open_link: false,
            ..form()
        };
        scene.launch(form).await.unwrap();
    }
    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path().join("trente.zip"));
    let intent = uuid();
    let making = scene.desk.make_packs(&intent, everything());
    let stopping = async {
        loop {
            scene.desk.cancel(&intent);
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let made = tokio::select! {
        made = making => made,
        () = stopping => unreachable!("it never ends"),
    };
    assert_eq!(made.unwrap_err().code, ErrorCode::Cancelled);
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
    assert_eq!(acts(&scene, "pack_made").await, []);
}

#[tokio::test]
async fn an_altered_pack_is_told_with_what_is_wrong() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ko, &[]).await;
    let place = tempfile::tempdir().unwrap();
    let made = packed(&scene, place.path(), &dossier.row.id).await;
    let pack = place.path().join(&made.file_name);
    let mut bytes = std::fs::read(&pack).unwrap();
    let at = bytes
        .windows(4)
        .position(|four| four == b"IHDR")
        .unwrap_or(200);
    bytes[at] ^= 1;
    std::fs::write(&pack, bytes).unwrap();
    let verdict = verdict(&scene, pack).await;
    assert_eq!(verdict.state, PackState::Altered);
    let codes: Vec<PackTroubleCode> = verdict.troubles.iter().map(|one| one.code).collect();
    assert!(codes.contains(&PackTroubleCode::FileAltered), "{codes:?}");
}

#[tokio::test]
async fn another_file_is_told_to_be_no_pack() {
    let scene = Scene::signed_in().await;
    let place = tempfile::tempdir().unwrap();
    let other = place.path().join("lettre.txt");
    std::fs::write(&other, b"Bonjour").unwrap();
    assert_eq!(checked(&scene, other).await, FileFound::Other);
    scene.save_to(place.path().join("nowhere.zip"));
    let refused = scene.desk.check_file(&uuid()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidField);
}

#[tokio::test]
async fn a_pack_can_be_checked_signed_out() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ko, &[]).await;
    let place = tempfile::tempdir().unwrap();
    let made = packed(&scene, place.path(), &dossier.row.id).await;
    scene.desk.sign_out().await.unwrap();
    let verdict = verdict(&scene, place.path().join(&made.file_name)).await;
    assert_eq!(verdict.state, PackState::Whole);
}

#[test]
fn the_readable_page_has_words_for_every_act_of_the_journal() {
    for act in dossiers::Act::ALL {
        assert!(evidence::packs::has_act(act.as_str()), "{}", act.as_str());
    }
}
