//! A desk that nobody is at locks itself, shows and starts nothing, and goes on with what must not be lost.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{fs, time::Duration};

use back_office::{
    Desk,
    views::{
        error::ErrorCode,
        journal::JournalQuery,
        link::{CopyLinkForm, LinkText, ShowLinkForm},
        session::{LockComing, LockReason, RegisterState, UnlockWay},
        transfer::ImportSource,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use id360_sandbox::{Endpoint, Fault, Outcome, Target};
use secrecy::SecretString;
use support::{SCREEN, Scene, form, script::Play, uuid};

const PASSPHRASE: &str = "phrase de passe du guichet";

fn typed(passphrase: &str) -> Option<SecretString> {
    Some(SecretString::from(passphrase))
}

async fn acts(desk: &Desk) -> Vec<(String, String)> {
    let page = desk
        .list_journal(JournalQuery::default(), 0, 500)
        .await
        .unwrap();
    page.entries
        .into_iter()
        .filter(|entry| entry.act == "locked" || entry.act == "lock_opened")
        .map(|entry| (entry.act, entry.detail))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn five_minutes_without_input_lock_the_desk_and_input_puts_that_off() {
    let play = Play::signed_in_with(&[TimeDelta::hours(1)]).await;
    play.desk.watch_idleness();
    for _ in 0..10 {
        play.seconds(4 * 60).await;
        play.desk.note_input();
    }
    assert!(!play.desk.is_locked());
    play.seconds(4 * 60).await;
    assert!(!play.desk.is_locked());
    play.seconds(70).await;
    assert_eq!(play.desk.session_view().locked, Some(UnlockWay::Keychain));
    assert_eq!(acts(&play.desk).await, [("locked".into(), "idle".into())]);
}

#[tokio::test(start_paused = true)]
async fn the_window_is_told_half_a_minute_before_and_any_input_puts_the_lock_off() {
    let play = Play::signed_in_with(&[TimeDelta::hours(1)]).await;
    play.desk.watch_idleness();
    let told = || play.window.locks_coming.lock().unwrap().clone();
    play.seconds(4 * 60 + 25).await;
    assert_eq!(told(), []);
    play.seconds(15).await;
    let [LockComing { at: Some(at) }] = &told()[..] else {
        panic!("{:?}", told());
    };
    let left = at.parse::<DateTime<Utc>>().unwrap() - play.clock.utc();
    assert!((10..=30).contains(&left.num_seconds()), "{left}");
    play.desk.note_input();
    assert_eq!(told().last(), Some(&LockComing { at: None }));
    play.seconds(60).await;
    assert!(!play.desk.is_locked());
    assert_eq!(told().len(), 2, "told once each time");
    play.seconds(5 * 60).await;
    assert!(play.desk.is_locked());
    assert_eq!(told().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn whoever_wakes_a_computer_that_slept_past_the_time_without_input_finds_the_desk_locked() {
    let play = Play::signed_in_with(&[TimeDelta::hours(1)]).await;
    play.desk.watch_idleness();
    play.seconds(60).await;
    // The clock went on, and the key that wakes the computer is told before any timer has run.
    let mut slept = Box::pin(tokio::time::advance(Duration::from_secs(8 * 60 * 60)));
    assert!(futures::poll!(&mut slept).is_pending());
    play.desk.note_input();
    play.seconds(10).await;
    assert!(play.desk.is_locked());
}

#[tokio::test(start_paused = true)]
async fn signing_in_after_a_long_time_at_the_first_screen_does_not_lock_the_desk_at_once() {
    let play = Play::with(&[TimeDelta::hours(1)]).await;
    play.desk.watch_idleness();
    play.seconds(60 * 60).await;
    play.sign_in().await;
    play.seconds(60).await;
    assert!(!play.desk.is_locked());
}

#[tokio::test(start_paused = true)]
async fn the_person_chooses_after_how_long_within_bounds() {
    let play = Play::signed_in_with(&[TimeDelta::hours(1)]).await;
    play.desk.watch_idleness();
    for outside in [0, 61, u8::MAX] {
        let refused = play.desk.set_lock_minutes(outside).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::InvalidField);
    }
    let kept = play.desk.set_lock_minutes(60).await.unwrap();
    assert_eq!(kept.lock_minutes, 60);
    play.seconds(59 * 60).await;
    assert!(!play.desk.is_locked());
    play.seconds(70).await;
    assert!(play.desk.is_locked());
}

#[tokio::test(start_paused = true)]
async fn a_locked_desk_asks_id360_nothing_about_open_dossiers_and_goes_on_when_it_opens() {
    let play = Play::signed_in_with(&[TimeDelta::minutes(1)]).await;
    play.seconds(60).await;
    play.desk.lock(LockReason::Asked).await;
    play.seconds(30).await;
    let before = play.id360.reports().len();
    assert!(before > 0);
    play.hours(8).await;
    assert_eq!(play.id360.reports().len(), before);
    // A desk that stays locked for days still learns of a verdict while the documents can be had.
    play.hours(16).await;
    let rare = play.id360.reports().len() - before;
    assert!((1..=3).contains(&rare), "{rare} looks in a day");
    let before = before + rare;
    play.desk.unlock(None).await.unwrap();
    play.seconds(120).await;
    assert!(play.id360.reports().len() > before);
}

#[tokio::test]
async fn every_command_but_those_of_the_lock_screen_is_refused() {
    let scene = Scene::signed_in().await;
    let listed =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../build.rs")).unwrap();
    let commands: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
        .collect();
    assert!(commands.len() > 80);
    assert!(
        commands
            .iter()
            .all(|command| scene.desk.admit(command).is_ok())
    );
    scene.desk.lock(LockReason::System).await;
    let answered: Vec<&str> = commands
        .into_iter()
        .filter(|command| {
            !scene
                .desk
                .admit(command)
                .is_err_and(|error| error.code == ErrorCode::Locked)
        })
        .collect();
    assert_eq!(
        answered,
        [
            "window_ready",
            "get_session",
            "lock",
            "unlock",
            "note_input",
            "get_settings",
            "set_language",
            "set_text_size"
        ]
    );
}

#[tokio::test]
async fn a_locked_desk_tells_the_window_of_no_dossier() {
    let scene = Scene::signed_in().await;
    let id = scene.launch(form()).await.unwrap().dossier.row.id;
    scene.desk.lock(LockReason::Suspend).await;
    let told = scene.window.dossiers.lock().unwrap().len();
    // What was already under way ends in Rust, and is not told.
    let _ = scene.desk.refresh_dossier(&id).await;
    assert_eq!(scene.window.dossiers.lock().unwrap().len(), told);
    scene.desk.unlock(None).await.unwrap();
    let _ = scene.desk.refresh_dossier(&id).await;
    assert!(scene.window.dossiers.lock().unwrap().len() > told);
}

#[tokio::test]
async fn locking_wipes_the_pictures_that_were_looked_at() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    let report = dossier.report.unwrap();
    let page = &report.documents[0].pages[0];
    let look = async || {
        scene.sandbox.clear_requests();
        let document = &page.document_id;
        let shown = scene
            .desk
            .page(&dossier.row.id, document, page.page_number, SCREEN)
            .await;
        assert!(shown.is_ok());
        let asked = scene.sandbox.requests();
        asked.iter().any(|one| one.path.contains("file_contents"))
    };
    assert!(look().await);
    assert!(!look().await, "looked at twice, fetched once");
    scene.desk.lock(LockReason::Suspend).await;
    scene.desk.unlock(None).await.unwrap();
    assert!(look().await, "a picture outlived the lock");
}

#[tokio::test]
async fn a_picture_that_was_on_its_way_when_the_desk_locked_itself_is_neither_given_nor_journaled()
{
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    let report = dossier.report.unwrap();
    let page = &report.documents[0].pages[0];
    let slow = Fault::Delay { milliseconds: 800 };
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Document), 1, slow);
    let (id, document) = (&dossier.row.id, &page.document_id);
    let looking = scene.desk.page(id, document, page.page_number, SCREEN);
    let locking = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        scene.desk.lock(LockReason::Idle).await;
    };
    let (given, _) = tokio::join!(looking, locking);
    assert_eq!(given.map(drop), Err(ErrorCode::Locked));
    assert!(scene.journaled("viewed").await.is_empty());
}

#[tokio::test]
async fn a_launch_under_way_while_the_desk_locks_itself_makes_the_dossier_and_opens_no_link() {
    let scene = Scene::signed_in().await;
    let slow = Fault::Delay { milliseconds: 800 };
    scene.sandbox.fault(Target::Only(Endpoint::Create), 1, slow);
    let locking = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        scene.desk.lock(LockReason::Idle).await;
    };
    let (launched, ()) = tokio::join!(scene.launch(form()), locking);
    let launched = launched.unwrap();
    assert_eq!(launched.link_opened, Some(false));
    assert!(scene.browser.opened.lock().unwrap().is_empty());
    scene.desk.unlock(None).await.unwrap();
    let id = &launched.dossier.row.id;
    scene.desk.open_link(id, "fr", None, false).await.unwrap();
    assert_eq!(scene.browser.opened.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn an_import_whose_reading_outlives_the_lock_leaves_no_plan() {
    let scene = Scene::signed_in().await;
    *scene.clipboard.0.lock().unwrap() = Some("880001".into());
    scene.desk.lock(LockReason::Idle).await;
    let source = ImportSource::Clipboard;
    let read = scene.desk.read_import(&uuid(), source, None).await;
    assert_eq!(read.unwrap_err().code, ErrorCode::Locked);
}

#[tokio::test]
async fn locking_takes_the_link_back_from_the_clipboard_and_from_the_customers_screen() {
    let scene = Scene::signed_in().await;
    let id = scene.launch(form()).await.unwrap().dossier.row.id;
    let copied = CopyLinkForm {
        text: LinkText::Link,
        lang: "fr".into(),
        confirmed: true,
    };
    scene.desk.copy_link(&id, copied).await.unwrap();
    let shown = ShowLinkForm {
        lang: "fr".into(),
        to_customer: true,
        confirmed: true,
    };
    scene.desk.show_link(&id, shown).await.unwrap();
    assert!(scene.clipboard.0.lock().unwrap().is_some());
    assert!(scene.customer_screen.0.lock().unwrap().is_some());
    scene.desk.lock(LockReason::Idle).await;
    assert_eq!(*scene.clipboard.0.lock().unwrap(), None);
    assert_eq!(*scene.customer_screen.0.lock().unwrap(), None);
}

#[tokio::test]
async fn a_keychain_that_is_closed_keeps_the_desk_locked() {
    let scene = Scene::signed_in().await;
    scene.desk.lock(LockReason::Asked).await;
    *scene.keychain.trouble.lock().unwrap() = Some(back_office::ports::SecretStoreError::Locked);
    let refused = scene.desk.unlock(None).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::KeychainLocked);
    assert!(scene.desk.is_locked());
    *scene.keychain.trouble.lock().unwrap() = None;
    assert_eq!(scene.desk.unlock(None).await.unwrap().locked, None);
    assert_eq!(
        acts(&scene.desk).await,
        [
            ("lock_opened".into(), "keychain".into()),
            ("locked".into(), "asked".into())
        ]
    );
}

#[tokio::test]
async fn a_register_that_is_found_damaged_behind_the_lock_is_reached_all_the_same() {
    let mut scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    scene.desk.close();
    scene.let_go().await;
    scene.restart().await;
    scene
        .desk
        .sign_in_to_sandbox(back_office::views::session::AccountKind::Application)
        .await
        .unwrap();
    scene.desk.lock(LockReason::Asked).await;
    let path = scene.register_folder().join("register.sqlite");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    fs::write(path, bytes).unwrap();
    scene.desk.back_up_now(&uuid()).await.unwrap_err();
    assert_eq!(scene.desk.session_view().register, RegisterState::Damaged);
    let opened = scene.desk.unlock(None).await.unwrap();
    assert_eq!(opened.locked, None);
    assert_eq!(opened.register, RegisterState::Damaged);
}

/// A desk whose register is behind a passphrase, signed in and locked.
async fn behind_a_passphrase() -> Scene {
    let mut scene = Scene::new().await;
    scene.desk.close();
    scene.let_go().await;
    fs::remove_dir_all(scene.register_folder()).unwrap();
    scene.keychain.kept.lock().unwrap().clear();
    *scene.keychain.trouble.lock().unwrap() = Some(back_office::ports::SecretStoreError::Missing);
    scene.restart().await;
    let passphrase = SecretString::from(PASSPHRASE);
    let opened = scene
        .desk
        .open_register_with_passphrase(passphrase)
        .await
        .unwrap();
    assert_eq!(opened.register, RegisterState::Open);
    scene
        .desk
        .sign_in_to_sandbox(back_office::views::session::AccountKind::Application)
        .await
        .unwrap();
    let locked = scene.desk.lock(LockReason::Asked).await;
    assert_eq!(locked.locked, Some(UnlockWay::Passphrase));
    scene
}

#[tokio::test]
async fn a_register_behind_a_passphrase_opens_again_by_that_passphrase_only() {
    let scene = behind_a_passphrase().await;
    for wrong in [None, typed("phrase de passe"), typed("")] {
        let refused = scene.desk.unlock(wrong).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::PassphraseRefused);
        assert!(scene.desk.is_locked());
    }
    let opened = scene.desk.unlock(typed(PASSPHRASE)).await.unwrap();
    assert_eq!(opened.locked, None);
}

#[tokio::test]
async fn after_five_wrong_passphrases_even_the_right_one_has_to_wait() {
    let scene = behind_a_passphrase().await;
    for _ in 0..5 {
        let refused = scene.desk.unlock(typed("fausse")).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::PassphraseRefused);
    }
    let held = scene.desk.unlock(typed(PASSPHRASE)).await.unwrap_err();
    assert_eq!(held.code, ErrorCode::UnlockHeldBack);
    assert!((1..=5).contains(&held.params["seconds"].parse::<u64>().unwrap()));
    assert!(scene.desk.is_locked());
}

#[tokio::test]
async fn a_desk_that_nobody_is_signed_in_to_has_nothing_to_lock() {
    let scene = Scene::new().await;
    assert_eq!(scene.desk.lock(LockReason::Idle).await.locked, None);
}
