//! Another key for the register: kept before it counts, and whichever opens is found again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{fs, time::Duration};

use back_office::{
    ports::SecretStoreError,
    views::{
        dossier::CreationState,
        error::ErrorCode,
        session::{LockReason, RegisterState},
    },
};
use chrono::Utc;
use dossiers::{EmbeddedRegister, Progress, RegisterKey};
use id360_sandbox::{Endpoint, Fault, Target};
use secrecy::{ExposeSecret as _, SecretString};
use support::{Scene, form, uuid};

const KEY: &str = "register-key";
const NEXT: &str = "register-key-next";

fn kept(scene: &Scene, name: &str) -> Option<String> {
    scene.keychain.kept.lock().unwrap().get(name).cloned()
}

#[tokio::test]
async fn a_renewed_key_opens_the_register_and_the_old_one_is_gone_everywhere() {
    let mut scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    let old = kept(&scene, KEY).unwrap();
    let (store, meanwhile) = {
        let intent = uuid();
        let id = launched.row.id.clone();
        tokio::join!(scene.desk.renew_register_key(&intent), async {
            tokio::time::sleep(Duration::from_millis(30)).await;
            // Whoever needs the register waits for it.
            scene.desk.get_dossier(&id).await
        })
    };
    assert!(meanwhile.is_ok(), "{meanwhile:?}");
    assert_eq!(store.unwrap().backups.len(), 1);
    let new = kept(&scene, KEY).unwrap();
    assert_ne!(old, new);
    assert_eq!(kept(&scene, NEXT), None);
    scene.launch(form()).await.unwrap();
    scene.restart().await;
    assert_eq!(scene.desk.session_view().register, RegisterState::Open);
    let found = scene.desk.get_dossier(&launched.row.id).await.unwrap();
    assert_eq!(found.link_hint, launched.link_hint);
}

#[tokio::test]
async fn a_desk_whose_register_is_being_written_anew_locks_all_the_same() {
    let scene = Scene::signed_in().await;
    let intent = uuid();
    let (renewed, view) = tokio::join!(scene.desk.renew_register_key(&intent), async {
        while kept(&scene, NEXT).is_none() {
            tokio::task::yield_now().await;
        }
        scene.desk.lock(LockReason::Suspend).await
    });
    renewed.unwrap();
    assert!(view.locked.is_some());
    assert_eq!(scene.journaled("locked").await, ["suspend"]);
}

#[tokio::test]
async fn a_renewal_waits_for_a_create_that_id360_has_not_answered_and_doubts_none() {
    let scene = Scene::signed_in().await;
    let slow = Fault::Delay { milliseconds: 800 };
    scene.sandbox.fault(Target::Only(Endpoint::Create), 1, slow);
    let intent = uuid();
    let (launched, renewed) = tokio::join!(scene.launch(form()), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        scene.desk.renew_register_key(&intent).await
    });
    renewed.unwrap();
    let launched = launched.unwrap().dossier;
    assert_eq!(launched.row.creation, CreationState::Created);
    assert!(scene.journaled("outcome_unknown").await.is_empty());
}

#[tokio::test]
async fn a_renewal_that_a_person_ends_says_so_and_leaves_the_old_key() {
    let scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    let old = kept(&scene, KEY).unwrap();
    let intent = uuid();
    let (renewed, ()) = tokio::join!(scene.desk.renew_register_key(&intent), async {
        scene.desk.cancel(&intent);
    });
    assert_eq!(renewed.unwrap_err().code, ErrorCode::Cancelled);
    assert_eq!(scene.desk.session_view().register, RegisterState::Open);
    assert_eq!(kept(&scene, KEY).unwrap(), old);
    assert_eq!(kept(&scene, NEXT), None);
    scene.desk.get_dossier(&launched.row.id).await.unwrap();
}

#[tokio::test]
async fn stopped_at_any_call_to_the_keychain_the_next_start_opens_with_exactly_one_of_the_keys() {
    // Kept, read back; the key that counts, read back; the next one removed.
    for calls in 0..6 {
        let mut scene = Scene::signed_in().await;
        let launched = scene.launch(form()).await.unwrap().dossier;
        let old = kept(&scene, KEY).unwrap();
        *scene.keychain.calls_left.lock().unwrap() = Some(calls);
        let desk = scene.desk.clone();
        let renewing = tokio::spawn(async move { desk.renew_register_key(&uuid()).await });
        for _ in 0..200 {
            if renewing.is_finished() || *scene.keychain.stopped.lock().unwrap() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        *scene.keychain.calls_left.lock().unwrap() = None;
        scene.restart().await;
        assert_eq!(
            scene.desk.session_view().register,
            RegisterState::Open,
            "{calls}"
        );
        let found = scene.desk.get_dossier(&launched.row.id).await.unwrap();
        assert_eq!(found.link_hint, launched.link_hint);
        assert_eq!(kept(&scene, NEXT), None, "{calls}");
        let renewed = kept(&scene, KEY).unwrap() != old;
        assert_eq!(renewed, calls >= 2, "{calls}");
    }
}

/// As a stop right behind the decision leaves the folder and the keychain, and then a flipped bit in the first page of
/// what waits.
async fn decided_and_damaged(scene: &Scene) {
    scene.desk.close();
    scene.let_go().await;
    let folder = scene.register_folder();
    let renewed = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), renewed.path().join(entry.file_name())).unwrap();
        }
    }
    let old = RegisterKey::from_secret(&kept(scene, KEY).unwrap().into()).unwrap();
    let new = RegisterKey::generate();
    let nobody = Progress::unwatched();
    drop(EmbeddedRegister::rekey(renewed.path(), &old, &new, None, &nobody, Utc::now()).unwrap());
    let ready = folder.join("rekey.ready");
    fs::create_dir(&ready).unwrap();
    for entry in fs::read_dir(renewed.path()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if ["register.sqlite", "creations.sealed"].contains(&&*name) || name.starts_with("acts-") {
            fs::copy(renewed.path().join(&name), ready.join(&name)).unwrap();
        }
    }
    let database = ready.join("register.sqlite");
    let mut bytes = fs::read(&database).unwrap();
    bytes[100] ^= 1;
    fs::write(database, bytes).unwrap();
    let next = new.to_secret().expose_secret().to_owned();
    let mut keychain = scene.keychain.kept.lock().unwrap();
    keychain.insert(NEXT.to_owned(), next);
}

#[tokio::test]
async fn a_renewal_whose_new_register_was_damaged_before_it_took_the_place_opens_the_old_one_at_once()
 {
    let mut scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    let old = kept(&scene, KEY).unwrap();
    decided_and_damaged(&scene).await;
    scene.restart().await;
    assert_eq!(scene.desk.session_view().register, RegisterState::Open);
    let found = scene.desk.get_dossier(&launched.row.id).await.unwrap();
    assert_eq!(found.link_hint, launched.link_hint);
    assert_eq!(kept(&scene, KEY).unwrap(), old);
    assert_eq!(kept(&scene, NEXT), None);
}

#[tokio::test]
async fn a_renewal_whose_new_register_is_damaged_once_the_old_one_went_is_told_as_damage() {
    let mut scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    decided_and_damaged(&scene).await;
    let folder = scene.register_folder();
    fs::create_dir(folder.join("rekey.old")).unwrap();
    let gone = folder.join("rekey.old").join("register.sqlite");
    fs::rename(folder.join("register.sqlite"), gone).unwrap();
    scene.restart().await;
    assert_eq!(scene.desk.session_view().register, RegisterState::Damaged);
}

#[tokio::test]
async fn a_keychain_that_takes_no_second_key_changes_nothing() {
    let mut scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    let before = scene.keychain.kept.lock().unwrap().clone();
    for lying in [false, true] {
        *scene.keychain.full.lock().unwrap() = !lying;
        *scene.keychain.lying.lock().unwrap() = lying;
        let refused = scene.desk.renew_register_key(&uuid()).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::KeychainRefusing);
    }
    assert_eq!(*scene.keychain.kept.lock().unwrap(), before);
    scene.restart().await;
    assert!(scene.desk.get_dossier(&launched.row.id).await.is_ok());
}

#[tokio::test]
async fn under_a_passphrase_the_new_key_opens_with_the_same_passphrase() {
    let mut scene = Scene::new().await;
    scene.desk.close();
    scene.let_go().await;
    fs::remove_dir_all(scene.register_folder()).unwrap();
    *scene.keychain.trouble.lock().unwrap() = Some(SecretStoreError::Missing);
    scene.restart().await;
    let passphrase = || SecretString::from("quatre mots bien choisis");
    let open = async |scene: &Scene| {
        scene
            .desk
            .open_register_with_passphrase(passphrase())
            .await
            .unwrap()
            .register
    };
    assert_eq!(open(&scene).await, RegisterState::Open);
    let file = scene.register_folder().join("register.key");
    let before = fs::read(&file).unwrap();
    scene.desk.renew_register_key(&uuid()).await.unwrap();
    assert_ne!(fs::read(&file).unwrap(), before);
    scene.restart().await;
    assert_eq!(open(&scene).await, RegisterState::Open);
}
