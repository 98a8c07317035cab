//! Where the register's key is, and what the desk does when it is not there.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use std::fs;

use back_office::{
    ports::SecretStoreError,
    views::{
        dossier::CreationState,
        error::ErrorCode,
        session::{AccountKind, KeychainState, RegisterState},
    },
};
use secrecy::SecretString;
use support::{Scene, bytes_of, form};

#[tokio::test]
async fn without_a_keychain_a_passphrase_protects_the_register_and_nothing_is_lost() {
    let mut scene = Scene::new().await;
    scene.desk.close();
    fs::remove_dir_all(scene.register_folder()).unwrap();
    *scene.keychain.trouble.lock().unwrap() = Some(SecretStoreError::Missing);
    scene.restart().await;
    let view = scene.desk.session_view();
    assert_eq!(
        (view.register, view.keychain),
        (RegisterState::PassphraseToChoose, KeychainState::Missing)
    );
    let short = scene
        .desk
        .open_register_with_passphrase(SecretString::from("short"))
        .await;
    assert_eq!(short.unwrap_err().code, ErrorCode::InvalidField);
    let passphrase = || SecretString::from("quatre mots bien choisis");
    let opened = scene
        .desk
        .open_register_with_passphrase(passphrase())
        .await
        .unwrap();
    assert_eq!(opened.register, RegisterState::Open);
    scene
        .desk
        .sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    let launched = scene.launch(form()).await.unwrap().dossier;

    scene.restart().await;
    assert_eq!(
        scene.desk.session_view().register,
        RegisterState::PassphraseWanted
    );
    let wrong = SecretString::from("trois mots mal choisis");
    let refused = scene
        .desk
        .open_register_with_passphrase(wrong)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::PassphraseRefused);
    scene
        .desk
        .open_register_with_passphrase(passphrase())
        .await
        .unwrap();
    let found = scene.desk.get_dossier(&launched.row.id).await.unwrap();
    assert_eq!(found.row.creation, CreationState::Created);
    assert_eq!(found.link_hint, launched.link_hint);
}

#[tokio::test]
async fn a_closed_keychain_changes_no_byte_and_opens_later() {
    let mut scene = Scene::signed_in().await;
    let launched = scene.launch(form()).await.unwrap().dossier;
    scene.desk.close();
    *scene.keychain.trouble.lock().unwrap() = Some(SecretStoreError::Locked);
    scene.let_go().await;
    let before = bytes_of(&scene.register_folder());
    scene.restart().await;
    assert_eq!(
        scene.desk.session_view().register,
        RegisterState::KeyUnreachable
    );
    assert_eq!(bytes_of(&scene.register_folder()), before);
    *scene.keychain.trouble.lock().unwrap() = None;
    let view = scene.desk.retry_register().await.unwrap();
    assert_eq!(view.register, RegisterState::Open);
    assert!(scene.desk.get_dossier(&launched.row.id).await.is_ok());
}

#[tokio::test]
async fn a_keychain_without_the_key_never_makes_a_new_one_over_a_register() {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    scene.desk.close();
    scene.keychain.kept.lock().unwrap().clear();
    scene.let_go().await;
    let before = bytes_of(&scene.register_folder());
    let again = back_office::Desk::new(scene.ports_again());
    again.start().await;
    assert_eq!(again.session_view().register, RegisterState::KeyUnreachable);
    assert!(scene.keychain.kept.lock().unwrap().is_empty());
    assert_eq!(bytes_of(&scene.register_folder()), before);
}

#[tokio::test]
async fn a_wrong_key_is_said_and_changes_nothing() {
    let mut scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    scene.desk.close();
    for kept in scene.keychain.kept.lock().unwrap().values_mut() {
        *kept = "ab".repeat(32);
    }
    scene.let_go().await;
    let before = bytes_of(&scene.register_folder());
    scene.restart().await;
    assert_eq!(
        scene.desk.session_view().register,
        RegisterState::KeyRefused
    );
    assert_eq!(bytes_of(&scene.register_folder()), before);
}

#[tokio::test]
async fn a_second_desk_on_the_same_register_says_that_it_is_open_elsewhere() {
    let scene = Scene::signed_in().await;
    let second = back_office::Desk::new(scene.ports_again());
    second.start().await;
    assert_eq!(second.session_view().register, RegisterState::InUse);
    assert!(scene.launch(form()).await.is_ok());
}
