//! What opening the register found is told once, to whoever signs in next.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{fs, path::Path};

use back_office::views::{
    dossier::CreationState,
    list::ListFilter,
    session::{AccountKind, LockReason, OpeningNotice, RegisterState},
};
use dossiers::{Stamp, register::Creations as _};
use support::{
    Scene, form,
    script::{Play, new_dossier},
    uuid,
};

const JOURNAL: &str = "creations.sealed";

fn one_unknown() -> [OpeningNotice; 1] {
    let filters = vec![ListFilter::Status {
        not: false,
        words: vec!["OUTCOME_UNKNOWN".into()],
    }];
    [OpeningNotice::OutcomesUnknown {
        dossiers: 1,
        filters,
    }]
}

/// Stopped between the post and its answer.
async fn stopped_while_creating() -> Play {
    Play::in_register(|register, now| {
        let stamp = Stamp::desk(now);
        let id = register.prepare(new_dossier(), &stamp).unwrap();
        register.mark_sent(id, &stamp).unwrap();
        vec![id]
    })
    .await
}

async fn told_at_sign_in(scene: &Scene) -> Vec<OpeningNotice> {
    let account = AccountKind::Application;
    let view = scene.desk.sign_in_to_sandbox(account).await.unwrap();
    view.opening
}

fn overwrite_from_the_middle(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    fs::write(file, bytes).unwrap();
}

/// A desk that ended with a copy of its first dossier and another one made since, and whose database is damaged.
async fn damaged_behind_a_copy() -> Scene {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    scene.desk.back_up_now(&uuid()).await.unwrap();
    scene.launch(form()).await.unwrap();
    scene.desk.close();
    scene.let_go().await;
    overwrite_from_the_middle(&scene.register_folder().join("register.sqlite"));
    scene
}

#[tokio::test(start_paused = true)]
async fn a_creation_that_a_stop_cut_is_told_after_the_sign_in_until_somebody_has_read_it() {
    let play = stopped_while_creating().await;
    assert_eq!(play.desk.session_view().opening, [], "nobody is there yet");
    play.sign_in().await;
    assert_eq!(play.desk.session_view().opening, one_unknown());
    let locked = play.desk.lock(LockReason::Idle).await;
    assert_eq!(locked.opening, [], "a locked desk tells nothing");
    let open = play.desk.unlock(None).await.unwrap();
    assert_eq!(open.opening, one_unknown());

    assert_eq!(play.desk.dismiss_opening().opening, []);
    play.desk.lock(LockReason::Idle).await;
    let open = play.desk.unlock(None).await.unwrap();
    assert_eq!(open.opening, [], "told once");
}

#[tokio::test(start_paused = true)]
async fn what_was_told_to_whoever_left_the_desk_is_not_told_to_the_next() {
    let play = stopped_while_creating().await;
    play.sign_in().await;
    assert_eq!(play.desk.session_view().opening, one_unknown());
    play.desk.sign_out().await.unwrap();
    play.sign_in().await;
    assert_eq!(play.desk.session_view().opening, []);
}

#[tokio::test(start_paused = true)]
async fn a_creation_whose_answer_was_kept_before_the_stop_is_not_called_unknown() {
    let play = Play::in_register(|register, now| {
        let stamp = Stamp::desk(now);
        let id = register.prepare(new_dossier(), &stamp).unwrap();
        register.mark_sent(id, &stamp).unwrap();
        let answer = br#"{"id": 100000, "status": "NEW"}"#;
        register.record_answer(id, answer, &stamp).unwrap();
        vec![id]
    })
    .await;
    play.sign_in().await;
    let id = play.ids[0].to_string();
    let found = play.desk.get_dossier(&id).await.unwrap();
    assert_eq!(found.row.creation, CreationState::Created);
    assert_eq!(play.desk.session_view().opening, []);
}

#[tokio::test]
async fn a_register_that_was_closed_in_order_opens_without_a_word() {
    let mut scene = Scene::new().await;
    assert_eq!(told_at_sign_in(&scene).await, [], "a first start");
    scene.launch(form()).await.unwrap();
    scene.desk.close();
    scene.let_go().await;
    scene.restart().await;
    assert_eq!(told_at_sign_in(&scene).await, []);
}

#[tokio::test]
async fn a_damaged_journal_of_creations_is_told_and_no_more_once_it_is_written_anew() {
    let mut scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    scene.desk.close();
    scene.let_go().await;
    overwrite_from_the_middle(&scene.register_folder().join(JOURNAL));
    scene.restart().await;
    let lacking = false;
    let damaged = [OpeningNotice::JournalDamaged { lacking }];
    assert_eq!(told_at_sign_in(&scene).await, damaged);
    scene.desk.close();
    scene.let_go().await;
    scene.restart().await;
    assert_eq!(told_at_sign_in(&scene).await, []);
}

#[tokio::test]
async fn what_came_back_into_a_copy_is_told_to_whoever_signs_in_after_the_restoration() {
    let mut scene = damaged_behind_a_copy().await;
    scene.restart().await;
    let name = scene.desk.store().await.unwrap().backups[0].name.clone();
    let mended = scene.desk.restore_backup(&uuid(), name).await.unwrap();
    assert_eq!(mended.register, RegisterState::Open);
    let told = told_at_sign_in(&scene).await;
    let [OpeningNotice::StepsRestored { steps }] = told[..] else {
        panic!("{told:?}");
    };
    assert!(steps > 0);
}

#[tokio::test]
async fn a_copy_without_its_journal_of_creations_is_told_to_lack_what_was_created_since() {
    let mut scene = damaged_behind_a_copy().await;
    fs::remove_file(scene.register_folder().join(JOURNAL)).unwrap();
    scene.restart().await;
    let name = scene.desk.store().await.unwrap().backups[0].name.clone();
    scene.desk.restore_backup(&uuid(), name).await.unwrap();
    let lacking = true;
    let missing = [OpeningNotice::JournalMissing { lacking }];
    assert_eq!(told_at_sign_in(&scene).await, missing);
}

#[tokio::test]
async fn a_register_made_from_the_journal_of_creations_alone_says_so() {
    let mut scene = damaged_behind_a_copy().await;
    scene.restart().await;
    scene.desk.rebuild_register(&uuid()).await.unwrap();
    let told = told_at_sign_in(&scene).await;
    let [OpeningNotice::RegisterRebuilt { steps }] = told[..] else {
        panic!("{told:?}");
    };
    assert!(steps > 0);
}
