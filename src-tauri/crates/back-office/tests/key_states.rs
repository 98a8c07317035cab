//! What a keychain can do to the register's key, and what the desk makes of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::fs;

use back_office::{
    ports::SecretStoreError,
    views::session::{KeychainState, RegisterState, SessionView},
};
use support::{Scene, bytes_of, form};

/// A register with a dossier, its desk closed.
async fn closed() -> Scene {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    scene.desk.close();
    scene.let_go().await;
    scene
}

fn states(view: &SessionView) -> (RegisterState, KeychainState) {
    (view.register, view.keychain)
}

#[tokio::test]
async fn every_trouble_of_the_keychain_has_its_own_state_and_changes_no_byte_of_the_register() {
    let absent = Some(SecretStoreError::Missing);
    let locked = Some(SecretStoreError::Locked);
    let denied = Some(SecretStoreError::Refusing);
    let spoilt = |kept: &mut String| *kept = "not a key".into();
    let another = |kept: &mut String| *kept = "cd".repeat(32);
    type Change = Option<fn(&mut String)>;
    let cases: [(Option<SecretStoreError>, Change, bool, RegisterState); 6] = [
        (absent, None, false, RegisterState::KeyUnreachable),
        (locked, None, false, RegisterState::KeyUnreachable),
        (denied, None, false, RegisterState::KeyUnreachable),
        (None, Some(spoilt), false, RegisterState::KeyRefused),
        (None, Some(another), false, RegisterState::KeyRefused),
        // Another backend than the last time: it works, and it is empty.
        (None, None, true, RegisterState::KeyUnreachable),
    ];
    for (trouble, change, emptied, expected) in cases {
        let mut scene = closed().await;
        let before = bytes_of(&scene.register_folder());
        *scene.keychain.trouble.lock().unwrap() = trouble;
        if let Some(change) = change {
            scene
                .keychain
                .kept
                .lock()
                .unwrap()
                .values_mut()
                .for_each(change);
        }
        if emptied {
            scene.keychain.kept.lock().unwrap().clear();
        }
        let kept = scene.keychain.kept.lock().unwrap().clone();
        scene.restart().await;
        assert_eq!(scene.desk.session_view().register, expected);
        scene.desk.retry_register().await.unwrap();
        assert_eq!(scene.desk.session_view().register, expected);
        assert_eq!(bytes_of(&scene.register_folder()), before);
        // Never a new key over a register.
        assert_eq!(*scene.keychain.kept.lock().unwrap(), kept);
    }
}

#[tokio::test]
async fn a_keychain_that_is_full_or_keeps_nothing_begins_no_register_and_offers_a_passphrase() {
    for lying in [false, true] {
        let mut scene = Scene::new().await;
        scene.desk.close();
        scene.let_go().await;
        fs::remove_dir_all(scene.register_folder()).unwrap();
        scene.keychain.kept.lock().unwrap().clear();
        *scene.keychain.full.lock().unwrap() = !lying;
        *scene.keychain.lying.lock().unwrap() = lying;
        scene.restart().await;
        // What lies is only found out by reading back.
        let keychain = if lying {
            KeychainState::Available
        } else {
            KeychainState::Refusing
        };
        let expected = (RegisterState::PassphraseToChoose, keychain);
        assert_eq!(states(&scene.desk.session_view()), expected);
        assert!(bytes_of(&scene.register_folder()).is_empty());
        let opened = scene
            .desk
            .open_register_with_passphrase("quatre mots bien choisis".to_owned().into())
            .await
            .unwrap();
        assert_eq!(opened.register, RegisterState::Open);
    }
}

#[tokio::test]
async fn a_keychain_that_is_full_still_opens_the_register_whose_key_it_has() {
    let mut scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    *scene.keychain.full.lock().unwrap() = true;
    scene.restart().await;
    let expected = (RegisterState::Open, KeychainState::Refusing);
    assert_eq!(states(&scene.desk.session_view()), expected);
    let found = scene.desk.get_dossier(&launched.row.id).await.unwrap();
    assert_eq!(found.link_hint, launched.link_hint);
}
