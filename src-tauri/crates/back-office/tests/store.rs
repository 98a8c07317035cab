//! Copies of the register, and what to do when it is damaged.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{fs, path::Path, time::Duration};

use back_office::views::{error::ErrorCode, journal::ChainState, session::RegisterState};
use chrono::{DateTime, TimeDelta, Utc};
use dossiers::{Progress, Stamp, register::Upkeep as _};
use support::{Scene, form, script::Play, uuid};

#[tokio::test(start_paused = true)]
async fn the_register_is_copied_once_a_day_and_not_while_the_desk_starts() {
    let play = Play::with(&[TimeDelta::hours(1)]).await;
    assert!(play.desk.store().await.unwrap().backups.is_empty());
    play.seconds(60).await;
    let first = play.desk.store().await.unwrap();
    assert_eq!((first.backups.len(), first.trouble), (1, None));
    assert!(first.backups[0].sound);
    assert_eq!(first.backups[0].dossiers, 1);
    assert!(first.size.parse::<u64>().unwrap() > 0);
    play.hours(23).await;
    assert_eq!(play.desk.store().await.unwrap().backups.len(), 1);
    for _ in 0..9 {
        play.hours(25).await;
        let backups = play.desk.store().await.unwrap().backups;
        let newest: DateTime<Utc> = backups[0].at.parse().unwrap();
        assert!(play.clock.utc() - newest <= TimeDelta::hours(25));
        assert!(backups.len() <= 8, "{}", backups.len());
    }
}

#[tokio::test(start_paused = true)]
async fn a_week_of_a_clock_that_was_a_year_ahead_costs_no_daily_copy() {
    let play = Play::in_register(|register, now| {
        for day in 365..372 {
            let ahead = Stamp::desk(now + TimeDelta::days(day));
            register.back_up(&Progress::unwatched(), &ahead).unwrap();
        }
        Vec::new()
    })
    .await;
    play.seconds(60).await;
    let store = play.desk.store().await.unwrap();
    assert_eq!((store.backups.len(), store.trouble), (7, None));
    let first: DateTime<Utc> = store.backups[0].at.parse().unwrap();
    assert!(first <= play.clock.utc(), "{first}");
}

#[tokio::test(start_paused = true)]
async fn a_daily_copy_that_cannot_be_made_is_told_on_the_first_screen() {
    let play = Play::with(&[TimeDelta::hours(1)]).await;
    assert_eq!(play.desk.home().await.unwrap().backup_trouble, None);
    // Where the folder of copies should be.
    fs::write(play.folder.path().join("register/backups"), b"").unwrap();
    play.seconds(60).await;
    assert!(play.desk.home().await.unwrap().backup_trouble.is_some());
}

#[tokio::test]
async fn a_journal_found_broken_at_the_start_is_told_on_the_first_screen() {
    let mut scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    scene.desk.close();
    scene.let_go().await;
    let anchors = fs::read_dir(scene.register_folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("acts-")
        })
        .unwrap();
    fs::remove_file(anchors).unwrap();
    scene.restart().await;
    for _ in 0..400 {
        let chain = scene.desk.home().await.unwrap().chain;
        if let ChainState::Broken { .. } = chain {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("nobody was told");
}

#[tokio::test]
async fn a_copy_asked_for_is_there_when_it_is_told() {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    let intent = uuid();
    let store = scene.desk.back_up_now(&intent).await.unwrap();
    assert_eq!(store.backups[0].dossiers, 1);
    assert!(store.backups[0].sound);
    assert_eq!(
        scene.journaled("backed_up").await,
        [&*store.backups[0].name]
    );
    let told = scene.window.progress.lock().unwrap();
    assert!(told.iter().any(|progress| progress.intent_id == intent));
}

/// The middle of the database, overwritten.
fn damage(folder: &Path) {
    overwrite(&folder.join("register.sqlite"));
}

fn overwrite(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    fs::write(file, bytes).unwrap();
}

#[tokio::test]
async fn a_damaged_register_is_rebuilt_before_anybody_signs_in_and_its_links_still_work() {
    let mut scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    let sound = scene.desk.rebuild_register(&uuid()).await.unwrap_err();
    assert_eq!(sound.code, ErrorCode::RegisterNotDamaged);
    scene.desk.back_up_now(&uuid()).await.unwrap();
    scene.desk.close();
    scene.let_go().await;
    damage(&scene.register_folder());
    scene.restart().await;
    assert_eq!(scene.desk.session_view().register, RegisterState::Damaged);
    let store = scene.desk.store().await.unwrap();
    assert_eq!(store.backups[0].dossiers, 1);
    let mended = scene.desk.rebuild_register(&uuid()).await.unwrap();
    assert_eq!(mended.register, RegisterState::Open);
    let found = scene.desk.get_dossier(&launched.row.id).await.unwrap();
    assert_eq!(found.link_hint, launched.link_hint);
}

/// Files too large to be read whole at the start open with damage in them.
#[tokio::test]
async fn damage_that_is_met_at_work_closes_the_register_and_offers_the_way_back() {
    let mut scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    scene.desk.close();
    scene.let_go().await;
    scene.restart().await;
    damage(&scene.register_folder());
    let refused = scene.desk.back_up_now(&uuid()).await.unwrap_err();
    // Work in the background may have met it first.
    let met = [
        ErrorCode::RegisterDamaged,
        ErrorCode::RegisterClosed,
        ErrorCode::Cancelled,
    ];
    assert!(met.contains(&refused.code), "{:?}", refused.code);
    assert_eq!(scene.desk.session_view().register, RegisterState::Damaged);
    let closed = scene.desk.get_dossier(&launched.row.id).await.unwrap_err();
    assert_eq!(closed.code, ErrorCode::RegisterClosed);
    scene.let_go().await;
    let mended = scene.desk.rebuild_register(&uuid()).await.unwrap();
    assert_eq!(mended.register, RegisterState::Open);
    let found = scene.desk.get_dossier(&launched.row.id).await.unwrap();
    assert_eq!(found.link_hint, launched.link_hint);
}

#[tokio::test]
async fn a_damaged_register_goes_back_to_its_copy_and_what_came_later_is_not_lost() {
    let mut scene = Scene::signed_in().await;
    let copied = scene.launch(form()).await.unwrap().dossier;
    scene.desk.back_up_now(&uuid()).await.unwrap();
    let later = scene.launch(form()).await.unwrap().dossier;
    scene.desk.close();
    scene.let_go().await;
    damage(&scene.register_folder());
    scene.restart().await;
    let name = scene.desk.store().await.unwrap().backups[0].name.clone();
    let mended = scene.desk.restore_backup(&uuid(), name).await.unwrap();
    assert_eq!(mended.register, RegisterState::Open);
    for launched in [copied, later] {
        let found = scene.desk.get_dossier(&launched.row.id).await.unwrap();
        assert_eq!(found.link_hint, launched.link_hint);
    }
}

#[tokio::test]
async fn a_copy_that_is_damaged_itself_is_said_to_be_and_nothing_is_changed() {
    let mut scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    scene.desk.back_up_now(&uuid()).await.unwrap();
    scene.desk.close();
    scene.let_go().await;
    damage(&scene.register_folder());
    scene.restart().await;
    let name = scene.desk.store().await.unwrap().backups[0].name.clone();
    overwrite(&scene.register_folder().join("backups").join(&name));
    let database = scene.register_folder().join("register.sqlite");
    let before = fs::read(&database).unwrap();
    let refused = scene.desk.restore_backup(&uuid(), name).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::BackupDamaged);
    assert!(fs::read(&database).unwrap() == before);
    assert_eq!(scene.desk.session_view().register, RegisterState::Damaged);
    assert!(!scene.desk.store().await.unwrap().backups[0].sound);
}
