//! Signed containers without a window: judged, tied to their dossier, shown and saved.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{
    io::{Cursor, Read as _, Write as _},
    path::Path,
};

use back_office::{
    Desk,
    views::{
        checking::{
            CheckCoverage, CheckHeadline, CheckReportForm, CheckState, ClaimNames, ClaimSigner,
            ContainedState, ContainerVerdictView, FileCheck, FileFound, Preview, RevocationRule,
            TrustedFor,
        },
        dossier::DossierView,
        error::ErrorCode,
        journal::JournalQuery,
    },
};
use chrono::TimeDelta;
use id360_sandbox::Outcome;
use sha2::{Digest as _, Sha256};
use support::{Scene, picture, script::Play, uuid};

/// Signed on 2026-06-01 by a certificate of `root.der`; made by the verifier's own tests.
const SIGNED: &[u8] = include_bytes!("../../../tests/verify/signed.asice");
const ROOT: &[u8] = include_bytes!("../../../tests/verify/root.der");
/// Whole, and sealed by nobody's desk; made by the pack's own tests.
const PACK: &[u8] = include_bytes!("../../../tests/verify/pack.zip");

fn container(check: &FileCheck) -> &ContainerVerdictView {
    match &check.found {
        FileFound::Container { verdict } => verdict,
        other => panic!("no container: {other:?}"),
    }
}

async fn checked(scene: &Scene, bytes: &[u8]) -> FileCheck {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("preuve.asice");
    std::fs::write(&path, bytes).unwrap();
    scene.save_to(path);
    scene.desk.check_file(&uuid()).await.unwrap().unwrap()
}

async fn trust(scene: &Scene, role: TrustedFor, certificate: &[u8]) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("racine.der");
    std::fs::write(&path, certificate).unwrap();
    scene.save_to(path);
    scene
        .desk
        .add_trusted(&uuid(), role)
        .await
        .unwrap()
        .unwrap();
}

async fn acts(desk: &Desk, act: &str) -> Vec<(Option<String>, String)> {
    let query = JournalQuery {
        acts: vec![act.to_owned()],
        ..JournalQuery::default()
    };
    let page = desk.list_journal(query, 0, 100).await.unwrap();
    let entries = page.entries.into_iter();
    entries
        .map(|entry| (entry.dossier_id, entry.detail))
        .collect()
}

async fn with_claim(scene: &Scene) -> DossierView {
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    assert!(dossier.idclaim_expected);
    dossier
}

async fn claim(scene: &Scene, dossier: &DossierView) -> FileCheck {
    let judged = scene.desk.judge_claim(&uuid(), &dossier.row.id).await;
    judged.unwrap()
}

/// The certificate inside the signature of a container.
fn signer_of(container: &Path) -> Vec<u8> {
    let file = std::fs::File::open(container).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut xml = String::new();
    let mut entry = archive.by_name("META-INF/signatures0.xml").unwrap();
    entry.read_to_string(&mut xml).unwrap();
    let (_, rest) = xml.split_once("X509Certificate>").unwrap();
    let (base64, _) = rest.split_once('<').unwrap();
    format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n").into_bytes()
}

#[tokio::test]
async fn a_container_is_judged_signed_out_and_trusts_nobody_by_itself() {
    let scene = Scene::signed_in().await;
    scene.desk.sign_out().await.unwrap();
    let check = checked(&scene, SIGNED).await;
    let verdict = container(&check);
    assert_eq!(verdict.headline, CheckHeadline::SoundUntrusted);
    assert_eq!(verdict.etsi, "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND");
    let lines = [&verdict.integrity, &verdict.signature, &verdict.trust];
    assert_eq!(
        lines.map(|line| line.state),
        [CheckState::Good, CheckState::Good, CheckState::Unknown]
    );
    assert!(verdict.trust_store.is_open);
    assert_eq!(verdict.signatures[0].proven_at, None);
    assert!(verdict.signatures[0].claimed_at.is_some());
}

#[tokio::test]
async fn a_container_is_judged_with_the_register_closed_and_says_that_trust_could_not_be_read() {
    let scene = Scene::signed_in().await;
    trust(&scene, TrustedFor::Signatures, ROOT).await;
    scene.desk.close();
    let check = checked(&scene, SIGNED).await;
    let verdict = container(&check);
    assert_eq!(verdict.headline, CheckHeadline::SoundUntrusted);
    assert!(!verdict.trust_store.is_open);
}

#[tokio::test(start_paused = true)]
async fn on_a_computer_whose_clock_is_late_a_container_is_judged_by_id360_s() {
    let play = Play::with(&[]).await;
    let path = play.folder.path().join("preuve.asice");
    std::fs::write(&path, SIGNED).unwrap();
    let is_expired = async || {
        let intent = uuid();
        let check = play.desk.check_dropped_file(&intent, Some(path.clone()));
        let check = check.await.unwrap().unwrap();
        let found = &container(&check).trust.findings;
        found.iter().any(|one| one.code == "certificate_expired")
    };
    assert!(!is_expired().await);
    *play.id360.ahead.lock().unwrap() = TimeDelta::days(10 * 365);
    play.sign_in().await;
    assert!(is_expired().await);
}

#[tokio::test]
async fn a_trusted_authority_and_the_revocation_rule_decide_and_their_changes_are_acts() {
    let scene = Scene::signed_in().await;
    trust(&scene, TrustedFor::Signatures, ROOT).await;
    let check = checked(&scene, SIGNED).await;
    assert_eq!(container(&check).headline, CheckHeadline::SoundOpen);
    let anchor = container(&check).signatures[0].anchor.as_ref().unwrap();
    assert_eq!(anchor.source, "racine.der");

    let rule = RevocationRule::NotChecked;
    scene.desk.set_revocation_rule(rule).await.unwrap();
    let again = scene.desk.check_again(&uuid(), &check.check_id).await;
    let again = again.unwrap();
    assert_eq!(container(&again).headline, CheckHeadline::Passed);
    assert_eq!(container(&again).etsi, "TOTAL-PASSED");
    assert_eq!(container(&again).coverage, CheckCoverage::Full);

    let known = scene.desk.get_trust().await.unwrap();
    let [known] = &known.certificates[..] else {
        panic!("one certificate")
    };
    let digest = known.certificate.sha256.clone();
    scene
        .desk
        .remove_trusted(TrustedFor::Signatures, &digest)
        .await
        .unwrap();
    let last = scene.desk.check_again(&uuid(), &again.check_id).await;
    assert_eq!(
        container(&last.unwrap()).headline,
        CheckHeadline::SoundUntrusted
    );
    let changes = acts(&scene.desk, "trust_changed").await;
    let changes: Vec<String> = changes.into_iter().map(|(_, detail)| detail).collect();
    assert_eq!(
        changes,
        [
            format!("removed signatures sha256={digest}"),
            "revocation not_checked".to_owned(),
            format!("added signatures sha256={digest}"),
        ]
    );
}

#[tokio::test]
async fn a_signer_is_not_trusted_as_a_time_stamp_authority() {
    let scene = Scene::signed_in().await;
    trust(&scene, TrustedFor::TimeStamps, ROOT).await;
    let check = checked(&scene, SIGNED).await;
    assert_eq!(container(&check).headline, CheckHeadline::SoundUntrusted);
}

#[tokio::test]
async fn a_file_without_a_certificate_is_refused_and_nothing_is_trusted() {
    let scene = Scene::signed_in().await;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("lettre.pem");
    std::fs::write(&path, "Bonjour").unwrap();
    scene.save_to(path);
    let refused = scene
        .desk
        .add_trusted(&uuid(), TrustedFor::Signatures)
        .await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::NoCertificate);
    assert_eq!(scene.desk.get_trust().await.unwrap().certificates, []);
}

#[tokio::test]
async fn a_flipped_bit_is_never_sound() {
    let scene = Scene::signed_in().await;
    for at in (0..SIGNED.len()).step_by(61) {
        let mut flipped = SIGNED.to_vec();
        flipped[at] ^= 1;
        let check = checked(&scene, &flipped).await;
        if let FileFound::Container { verdict } = &check.found {
            assert_ne!(verdict.headline, CheckHeadline::Passed, "byte {at}");
        }
    }
}

/// Somebody presses «stop» at the first word that says so much.
fn stop_at(scene: &Scene, done: u32) {
    *scene.window.stopping.lock().unwrap() = Some((scene.desk.clone(), done));
}

#[tokio::test]
async fn a_check_that_is_stopped_ends_without_a_verdict_and_without_an_act() {
    let scene = Scene::signed_in().await;
    let dossier = with_claim(&scene).await;
    let check = checked(&scene, SIGNED).await;
    let before = acts(&scene.desk, "file_verified").await;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("preuve.asice");
    std::fs::write(&path, SIGNED).unwrap();
    let desk = &scene.desk;
    // While it is read or judged, and once it is judged: what is inside is not shown yet then.
    for done in [0, 1] {
        scene.save_to(&path);
        stop_at(&scene, done);
        let chosen = desk.check_file(&uuid()).await.map(|_| ());
        stop_at(&scene, done);
        let dropped = desk.check_dropped_file(&uuid(), Some(path.clone())).await;
        stop_at(&scene, done);
        let again = desk.check_again(&uuid(), &check.check_id).await;
        stop_at(&scene, done);
        let claim = desk.judge_claim(&uuid(), &dossier.row.id).await;
        let ended = [
            chosen,
            dropped.map(|_| ()),
            again.map(|_| ()),
            claim.map(|_| ()),
        ];
        for (which, ended) in ended.into_iter().enumerate() {
            let code = ended.unwrap_err().code;
            assert_eq!(code, ErrorCode::Cancelled, "{which} at {done}");
        }
    }
    assert_eq!(acts(&scene.desk, "file_verified").await, before);
    let read = desk.check_again(&uuid(), &check.check_id).await.unwrap();
    assert_eq!(container(&read), container(&check));
}

#[tokio::test]
async fn a_check_tells_how_far_it_is_and_never_runs_backwards() {
    let scene = Scene::signed_in().await;
    checked(&scene, SIGNED).await;
    let words = scene.window.progress.lock().unwrap().clone();
    let last = words.last().unwrap();
    assert!(last.total > 0);
    assert_eq!(last.done, last.total);
    assert!(words.is_sorted_by_key(|word| word.done), "{words:?}");
}

#[tokio::test]
async fn a_claim_names_its_dossier_and_its_signer_is_told_expected_or_not() {
    let scene = Scene::signed_in().await;
    let dossier = with_claim(&scene).await;
    let check = claim(&scene, &dossier).await;
    let verdict = container(&check);
    assert_eq!(verdict.headline, CheckHeadline::SoundUntrusted);
    let tie = verdict.tie.as_ref().unwrap();
    assert_eq!(tie.named, ClaimNames::Number);
    assert_eq!(tie.file.as_deref(), Some("identity-claim.json"));
    assert_eq!(tie.signer, ClaimSigner::Unknown);
    let journaled = acts(&scene.desk, "file_verified").await;
    assert_eq!(journaled[0].0.as_ref(), Some(&dossier.row.id));

    let place = tempfile::tempdir().unwrap();
    let saved = place.path().join("claim.asice");
    scene.save_to(&saved);
    let subject = back_office::views::launch::SaveSubject::IdClaim;
    let (intent, id) = (uuid(), &dossier.row.id);
    let save = scene.desk.save_evidence(&intent, id, subject);
    save.await.unwrap().unwrap();
    trust(&scene, TrustedFor::Signatures, &signer_of(&saved)).await;
    let check = claim(&scene, &dossier).await;
    let tie = container(&check).tie.clone().unwrap();
    assert_eq!(tie.signer, ClaimSigner::Expected);
}

#[tokio::test]
async fn the_claim_of_another_dossier_is_said_to_name_this_one_nowhere() {
    let scene = Scene::signed_in().await;
    scene.desk.pause_captures();
    let mine = with_claim(&scene).await;
    let other = scene.finished_as("REF-2048", Outcome::Ok, &[]).await;
    let number =
        |dossier: &DossierView| dossier.row.enrollment_id.as_ref().unwrap().parse().unwrap();
    scene.sandbox.mix_up_claims(number(&mine), number(&other));
    let check = claim(&scene, &mine).await;
    let verdict = container(&check);
    assert_eq!(
        verdict.headline,
        CheckHeadline::SoundUntrusted,
        "whole all the same"
    );
    let tie = verdict.tie.as_ref().unwrap();
    assert_eq!((tie.named, tie.file.as_ref()), (ClaimNames::Nowhere, None));
    assert_eq!(tie.dossier_id, mine.row.id);

    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path().join("sheet.html"));
    let form = CheckReportForm::Html;
    let intent = uuid();
    let saved = scene.desk.save_check_report(&intent, &check.check_id, form);
    saved.await.unwrap().unwrap();
    let sheet = std::fs::read_to_string(place.path().join("sheet.html")).unwrap();
    assert!(
        sheet.contains("rien dans le conteneur ne nomme ce dossier"),
        "{sheet}"
    );
}

#[tokio::test]
async fn the_sheet_of_a_claim_of_the_sandbox_says_simulation() {
    let scene = Scene::signed_in().await;
    let dossier = with_claim(&scene).await;
    let place = tempfile::tempdir().unwrap();
    for (check, is_simulated) in [
        (claim(&scene, &dossier).await, true),
        (checked(&scene, SIGNED).await, false),
    ] {
        let path = place.path().join(format!("sheet-{is_simulated}.html"));
        scene.save_to(&path);
        let form = CheckReportForm::Html;
        let intent = uuid();
        let saved = scene.desk.save_check_report(&intent, &check.check_id, form);
        saved.await.unwrap().unwrap();
        let sheet = std::fs::read_to_string(path).unwrap();
        assert_eq!(sheet.contains("SIMULATION"), is_simulated);
    }
}

#[tokio::test]
async fn the_sheet_of_a_pack_that_another_desk_sealed_says_so_beside_whole() {
    let scene = Scene::signed_in().await;
    let place = tempfile::tempdir().unwrap();
    let pack = place.path().join("preuves.zip");
    std::fs::write(&pack, PACK).unwrap();
    scene.save_to(&pack);
    let check = scene.desk.check_file(&uuid()).await.unwrap().unwrap();
    let sheet = place.path().join("sheet.html");
    scene.save_to(&sheet);
    let form = CheckReportForm::Html;
    let intent = uuid();
    let saved = scene.desk.save_check_report(&intent, &check.check_id, form);
    saved.await.unwrap().unwrap();
    let sheet = std::fs::read_to_string(sheet).unwrap();
    let said = "Intact et complet, mais scellé par une clé que ce poste ne connaît pas";
    assert!(sheet.contains(said), "{sheet}");
}

#[tokio::test]
async fn what_is_saved_out_of_a_claim_is_journaled_by_its_hash_and_never_by_a_name() {
    let scene = Scene::signed_in().await;
    let dossier = with_claim(&scene).await;
    let check = claim(&scene, &dossier).await;
    let sha256 = &container(&check).sha256;
    let place = tempfile::tempdir().unwrap();
    let before = acts(&scene.desk, "saved").await.len();
    scene.save_to(place.path().join("Dupont.json"));
    let intent = uuid();
    let saved = scene.desk.save_checked_file(&intent, &check.check_id, 0);
    saved.await.unwrap().unwrap();
    scene.save_to(place.path().join("Dupont.pdf"));
    let form = CheckReportForm::Pdf;
    let intent = uuid();
    let saved = scene.desk.save_check_report(&intent, &check.check_id, form);
    saved.await.unwrap().unwrap();
    let mut saved = acts(&scene.desk, "saved").await;
    saved.truncate(saved.len() - before);
    saved.sort();
    let id = Some(dossier.row.id);
    assert_eq!(
        saved,
        [
            (id.clone(), format!("container sha256={sha256} entry=0")),
            (id, format!("container sha256={sha256} verification=pdf")),
        ]
    );
}

#[tokio::test]
async fn a_file_inside_a_claim_is_saved_as_it_is() {
    let scene = Scene::signed_in().await;
    let dossier = with_claim(&scene).await;
    let check = claim(&scene, &dossier).await;
    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path().join("claim.json"));
    let intent = uuid();
    let saved = scene.desk.save_checked_file(&intent, &check.check_id, 0);
    saved.await.unwrap().unwrap();
    let text = std::fs::read_to_string(place.path().join("claim.json")).unwrap();
    let number = dossier.row.enrollment_id.clone().unwrap();
    assert!(text.contains(&number), "{text}");
}

#[tokio::test]
async fn a_captured_claim_is_judged_without_a_session() {
    let scene = Scene::signed_in().await;
    scene.desk.pause_captures();
    let dossier = with_claim(&scene).await;
    let captured = scene.desk.capture_now(&uuid(), &dossier.row.id).await;
    assert_eq!(captured.unwrap().missing, []);
    scene.desk.sign_out().await.unwrap();
    let check = claim(&scene, &dossier).await;
    assert_eq!(
        container(&check).tie.as_ref().unwrap().named,
        ClaimNames::Number
    );
}

#[tokio::test]
async fn a_text_inside_is_shown_and_nothing_else_is_given_out() {
    let scene = Scene::signed_in().await;
    let check = checked(&scene, SIGNED).await;
    let [file] = &container(&check).files[..] else {
        panic!("one file")
    };
    assert_eq!(file.state, ContainedState::Signed);
    assert_eq!(file.preview, Preview::Text);
    let text = scene.desk.read_checked_text(&check.check_id, 0).await;
    assert!(!text.unwrap().text.is_empty());
    let beyond = scene.desk.read_checked_text(&check.check_id, 1).await;
    assert_eq!(beyond.unwrap_err().code, ErrorCode::NotFound);
    let picture = scene.desk.checked_picture(&check.check_id, 0).await;
    assert_eq!(picture.unwrap_err(), ErrorCode::FormatNotShown);
    let unknown = scene.desk.read_checked_text(&uuid(), 0).await;
    assert_eq!(unknown.unwrap_err().code, ErrorCode::NotFound);
}

/// The signed container with one file more, which nobody signed.
fn signed_with(name: &str, bytes: &[u8]) -> Vec<u8> {
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = zip::ZipArchive::new(Cursor::new(SIGNED)).unwrap();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut own = archive.by_index(place).unwrap();
        let mut content = Vec::new();
        own.read_to_end(&mut content).unwrap();
        zip.start_file(own.name().unwrap().into_owned(), stored)
            .unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.start_file(name, stored).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn whoever_looks_at_a_file_inside_is_in_the_journal_each_time_by_its_hash() {
    let scene = Scene::signed_in().await;
    let check = checked(&scene, &signed_with("recto.png", &picture(1))).await;
    let (id, verdict) = (&check.check_id, container(&check));
    let place = |kind: Preview| {
        let found = verdict.files.iter().position(|file| file.preview == kind);
        u32::try_from(found.unwrap()).unwrap()
    };
    let (shown, read) = (place(Preview::Picture), place(Preview::Text));
    for _ in 0..2 {
        scene.desk.checked_picture(id, shown).await.unwrap();
    }
    scene.desk.read_checked_text(id, read).await.unwrap();
    let beyond = scene.desk.checked_picture(id, 99).await;
    assert_eq!(beyond.unwrap_err(), ErrorCode::NotFound);
    let looked = |place: u32| {
        let sha256 = &verdict.sha256;
        (None, format!("container sha256={sha256} entry={place}"))
    };
    assert_eq!(
        acts(&scene.desk, "viewed").await,
        [looked(read), looked(shown), looked(shown)]
    );
    // With the register closed nothing can be journaled, and what somebody brought is shown all the same.
    scene.desk.close();
    let brought = checked(&scene, &signed_with("recto.png", &picture(1))).await;
    let picture = scene.desk.checked_picture(&brought.check_id, shown).await;
    assert!(picture.is_ok(), "{picture:?}");
}

#[tokio::test]
async fn the_sheet_is_saved_for_people_and_for_programs() {
    let scene = Scene::signed_in().await;
    let check = checked(&scene, SIGNED).await;
    let place = tempfile::tempdir().unwrap();
    for (form, name) in [
        (CheckReportForm::Json, "preuve_verification.json"),
        (CheckReportForm::Html, "preuve_verification.html"),
        (CheckReportForm::Pdf, "preuve_verification.pdf"),
    ] {
        scene.save_to(place.path());
        let saved = scene
            .desk
            .save_check_report(&uuid(), &check.check_id, form)
            .await;
        assert_eq!(saved.unwrap().unwrap().files[0].name, name);
    }
    let read = |name: &str| std::fs::read(place.path().join(name)).unwrap();
    let json: serde_json::Value =
        serde_json::from_slice(&read("preuve_verification.json")).unwrap();
    assert_eq!(json["container"]["indication"], "INDETERMINATE");
    assert_eq!(json["file_name"], "preuve.asice");
    let html = String::from_utf8(read("preuve_verification.html")).unwrap();
    assert!(html.contains("NO_CERTIFICATE_CHAIN_FOUND"));
    assert!(html.contains("signataire non vérifié"));
    assert!(read("preuve_verification.pdf").starts_with(b"%PDF-"));
}

#[tokio::test]
async fn a_container_over_the_limit_has_its_own_size_and_hash_in_the_report_and_in_the_journal() {
    const SIZE: usize = (64 << 20) + 7;
    let scene = Scene::signed_in().await;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("preuve.asice");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(SIZE as u64).unwrap();
    let sha256 = hex::encode(Sha256::digest(vec![0; SIZE]));
    scene.save_to(&path);
    let check = scene.desk.check_file(&uuid()).await.unwrap().unwrap();
    let verdict = container(&check);
    assert_eq!(verdict.headline, CheckHeadline::Malformed);
    assert_eq!(check.size, SIZE.to_string());
    assert_eq!(verdict.sha256, sha256);
    let journaled = acts(&scene.desk, "file_verified").await;
    let said = "container TOTAL-FAILED / FORMAT_FAILURE sha256=";
    assert_eq!(journaled[0].1, format!("{said}{sha256}"));

    // It was not kept, and trust changes nothing of its size.
    let again = scene.desk.check_again(&uuid(), &check.check_id).await;
    assert_eq!(container(&again.unwrap()), verdict);
}

#[tokio::test]
async fn every_public_container_is_known_as_one_and_explained_in_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/asice-public"))
        .find(|folder| folder.is_dir());
    let Some(folder) = folder else { return };
    let scene = Scene::signed_in().await;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            continue;
        }
        scene.save_to(&path);
        let check = scene.desk.check_file(&uuid()).await.unwrap().unwrap();
        let verdict = container(&check);
        assert_ne!(verdict.headline, CheckHeadline::Passed, "{path:?}");
        let lines = [
            &verdict.container,
            &verdict.integrity,
            &verdict.signature,
            &verdict.trust,
        ];
        let own = verdict.signatures.iter().flat_map(|one| &one.findings);
        for finding in lines.iter().flat_map(|line| &line.findings).chain(own) {
            let said = &finding.sentence.en;
            assert!(!said.contains("without an explanation"), "{path:?}: {said}");
            assert_ne!(finding.sentence.fr, finding.sentence.en);
        }
    }
}
