//! What a person does with a finished dossier beside ID360: decides, saves a captured piece, begins again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::views::{
    decision::DecisionChoice,
    dossier::{DossierView, KnownStatus},
    error::ErrorCode,
    evidence::PieceKind,
    journal::JournalQuery,
    launch::SaveSubject,
    list::{ListColumn, ListFilter, ListQuery, Selection},
    transfer::{ExportColumn, ExportForm, ExportFormat},
};
use id360_sandbox::Outcome;
use sha2::{Digest as _, Sha256};
use support::{Scene, form, picture, uuid};

const NOTE: &str = "Pièce périmée, vue au guichet.";

/// Finished, and captured.
async fn captured(scene: &Scene) -> DossierView {
    let dossier = scene.finished(Outcome::Ko, &["VLD_ID_INVALID"]).await;
    scene
        .desk
        .capture_now(&uuid(), &dossier.row.id)
        .await
        .unwrap();
    scene.desk.get_dossier(&dossier.row.id).await.unwrap()
}

#[tokio::test]
async fn a_decision_stands_beside_the_verdict_and_its_note_is_not_in_the_journal() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ko, &["VLD_ID_INVALID"]).await;
    let id = &dossier.row.id;
    let press = uuid();
    for _ in 0..2 {
        // The same press sent twice decides once.
        let decided = scene
            .desk
            .decide(&press, id, DecisionChoice::MoreWanted, "")
            .await
            .unwrap();
        assert_eq!(decided.decisions.len(), 1);
    }
    let decided = scene
        .desk
        .decide(&uuid(), id, DecisionChoice::Refused, NOTE)
        .await
        .unwrap();
    assert_eq!(decided.row.status.unwrap().known, KnownStatus::Ko);
    let last = decided.decisions.last().unwrap();
    assert_eq!(last.choice, DecisionChoice::Refused);
    assert_eq!(last.note, NOTE);
    assert!(last.by.is_some());

    let query = JournalQuery {
        acts: vec!["decided".into()],
        ..JournalQuery::default()
    };
    let acts = scene.desk.list_journal(query, 0, 10).await.unwrap();
    assert_eq!(acts.total, 2);
    assert!(!format!("{acts:?}").contains("guichet"));
}

#[tokio::test]
async fn the_list_shows_filters_and_exports_the_latest_decision() {
    let scene = Scene::signed_in().await;
    let decided = scene.finished_as("REF-1", Outcome::Ko, &[]).await;
    scene.finished_as("REF-2", Outcome::Ok, &[]).await;
    for choice in [DecisionChoice::Accepted, DecisionChoice::MoreWanted] {
        let id = &decided.row.id;
        scene.desk.decide(&uuid(), id, choice, NOTE).await.unwrap();
    }
    let listed = async |not, choices| {
        let query = ListQuery {
            filters: vec![ListFilter::Decision { not, choices }],
            ..ListQuery::default()
        };
        let page = scene.desk.list_dossiers(query, 0, 10).await.unwrap();
        page.rows
            .into_iter()
            .map(|row| (row.reference.unwrap(), row.decision))
            .collect::<Vec<_>>()
    };
    let (more, none) = (Some(DecisionChoice::MoreWanted), None);
    assert_eq!(listed(false, vec![more]).await, [("REF-1".into(), more)]);
    assert_eq!(listed(false, vec![none]).await, [("REF-2".into(), none)]);
    assert_eq!(listed(true, vec![more]).await, [("REF-2".into(), none)]);
    assert!(
        listed(false, vec![Some(DecisionChoice::Accepted)])
            .await
            .is_empty()
    );

    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("liste.csv");
    scene.save_to(&path);
    let columns = [ListColumn::Reference, ListColumn::Decision].map(|column| ExportColumn {
        column,
        label: format!("{column:?}"),
    });
    let form = ExportForm {
        selection: Selection::Matching {
            query: ListQuery::default(),
            except: Vec::new(),
        },
        sort: Vec::new(),
        columns: columns.to_vec(),
        format: ExportFormat::Csv,
        personal_data: false,
    };
    let exported = scene.desk.export_dossiers(&uuid(), form).await;
    exported.unwrap().unwrap();
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        "\u{feff}Reference;Decision\r\nREF-2;\r\nREF-1;À compléter\r\n"
    );
}

#[tokio::test]
async fn a_note_is_a_reason_and_not_a_file() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    let id = &dossier.row.id;
    let long = "n".repeat(2_001);
    let refused = scene
        .desk
        .decide(&uuid(), id, DecisionChoice::Accepted, &long)
        .await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::InvalidField);
}

#[tokio::test]
async fn a_captured_piece_is_saved_as_it_was_received_also_after_signing_out() {
    let scene = Scene::capturing().await;
    let dossier = captured(&scene).await;
    let id = &dossier.row.id;
    scene.desk.sign_out().await.unwrap();
    let acts = scene.desk.get_dossier(id).await.unwrap().acts;
    assert!(acts.save_documents && acts.make_pack, "{acts:?}");
    assert!(!acts.refresh, "nobody is signed in");

    let evidence = scene.desk.get_evidence(id).await.unwrap();
    let recto = evidence
        .pieces
        .iter()
        .find(|piece| piece.kind == PieceKind::Document && piece.page_number == Some(0))
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recto.png");
    scene.save_to(&path);
    let saved = scene
        .desk
        .save_piece(&uuid(), id, &recto.id)
        .await
        .unwrap()
        .unwrap();
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(bytes, picture(1));
    assert_eq!(saved.files[0].sha256, hex::encode(Sha256::digest(&bytes)));

    let all = tempfile::tempdir().unwrap();
    scene.save_to(all.path());
    let saved = scene
        .desk
        .save_evidence(&uuid(), id, SaveSubject::AllDocuments)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((saved.files.len(), saved.failed.len()), (2, 0));
}

#[tokio::test]
async fn a_piece_that_changed_on_the_disk_is_not_handed_over() {
    let scene = Scene::capturing().await;
    let dossier = captured(&scene).await;
    let id = &dossier.row.id;
    scene.desk.sign_out().await.unwrap();
    let evidence = scene.desk.get_evidence(id).await.unwrap();
    let piece = &evidence.pieces[0].id;
    let file = scene
        .folder
        .path()
        .join("evidence")
        .join(&piece[piece.len() - 2..])
        .join(format!("{piece}.piece"));
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes).unwrap();

    let folder = tempfile::tempdir().unwrap();
    scene.save_to(folder.path().join("rapport.json"));
    let refused = scene.desk.save_piece(&uuid(), id, piece).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::EvidenceDamaged);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_dossier_begun_again_has_the_same_person_and_a_reference_of_its_own() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ko, &["VLD_ID_INVALID"]).await;
    let again = scene.desk.launch_form(&dossier.row.id).await.unwrap();
    let mut expected = form();
    expected.reference = "REF-1042-2".into();
    assert_eq!(again, expected);
    assert_eq!(scene.creates(), 1);
}
