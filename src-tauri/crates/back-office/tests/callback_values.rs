//! Values of callback headers: kept in the keychain, sent to ID360, and nowhere else.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::views::{
    error::ErrorCode,
    journal::JournalQuery,
    settings::{CallbackEndpointSettings, CallbackValue, ProcessSettings},
};
use support::{Scene, form, uuid};

const VALUE: &str = "sel-de-mer-4711";

fn typed(url: &str, value: &str) -> Vec<CallbackValue> {
    vec![CallbackValue {
        url: url.into(),
        header: "X-Api-Key".into(),
        value: value.into(),
    }]
}

fn told_at(scene: &Scene, url: &str) -> ProcessSettings {
    let mut process = scene.desk.settings().processes[0].clone();
    process.callback_endpoints = vec![CallbackEndpointSettings {
        url: url.into(),
        on: vec!["F".into()],
        headers: vec!["X-Api-Key".into()],
    }];
    process
}

const HERE: &str = "https://banque.example/id360";

#[tokio::test]
async fn a_value_goes_to_id360_and_into_no_setting_nor_journal() {
    let scene = Scene::signed_in().await;
    let process = told_at(&scene, HERE);
    let id = process.id.clone();
    let saved = scene
        .desk
        .save_process(process, typed(HERE, VALUE))
        .await
        .unwrap();
    assert_eq!(
        scene.desk.kept_callback_values(&id).await.unwrap(),
        [[true]]
    );
    scene.launch(form()).await.unwrap();
    let told = scene.sandbox.secrets().into_iter();
    let headers: Vec<_> = told
        .filter(|secret| secret.kind == "callback_header")
        .map(|secret| secret.value)
        .collect();
    assert_eq!(headers, [VALUE]);

    let journal = scene
        .desk
        .list_journal(JournalQuery::default(), 0, 100)
        .await
        .unwrap();
    let kept = scene.preferences.0.lock().unwrap().clone();
    for told in [
        serde_json::to_string(&saved).unwrap(),
        serde_json::to_string(&journal).unwrap(),
        format!("{kept:?}"),
    ] {
        assert!(!told.contains(VALUE), "{told}");
    }
    assert!(
        serde_json::to_string(&journal)
            .unwrap()
            .contains("callback_values")
    );
}

#[tokio::test]
async fn a_value_stays_when_nothing_is_typed_and_is_wanted_again_for_another_address() {
    let scene = Scene::signed_in().await;
    let save =
        async |url: &str, values| scene.desk.save_process(told_at(&scene, url), values).await;
    let wanted = save(HERE, Vec::new()).await.unwrap_err();
    assert_eq!(wanted.params["field"], "callback_headers");
    save(HERE, typed(HERE, VALUE)).await.unwrap();
    save(HERE, Vec::new()).await.unwrap();
    let elsewhere = "https://autre.example/id360";
    let wanted = save(elsewhere, Vec::new()).await.unwrap_err();
    assert_eq!(
        (wanted.code, &*wanted.params["rule"]),
        (ErrorCode::InvalidField, "required")
    );
    let forged = save(HERE, typed(HERE, "a\r\nHost: ailleurs"))
        .await
        .unwrap_err();
    assert_eq!(forged.params["rule"], "value");
    save(elsewhere, typed(elsewhere, "autre")).await.unwrap();
    let kept = scene.keychain.kept.lock().unwrap().clone();
    assert!(
        !kept.values().any(|value| value == VALUE),
        "what nothing uses is gone"
    );
}

#[tokio::test]
async fn an_address_that_was_pasted_with_blanks_is_kept_without_them_and_its_value_with_it() {
    let scene = Scene::signed_in().await;
    let pasted = format!(" {HERE}\n");
    let process = told_at(&scene, &pasted);
    let saved = scene
        .desk
        .save_process(process, typed(&pasted, VALUE))
        .await
        .unwrap();
    assert_eq!(saved.processes[0].callback_endpoints[0].url, HERE);
    let kept = scene.desk.kept_callback_values("sandbox").await.unwrap();
    assert_eq!(kept, [[true]]);
    scene.launch(form()).await.unwrap();
}

#[tokio::test]
async fn nothing_is_sent_while_the_keychain_lacks_a_value() {
    let scene = Scene::signed_in().await;
    let process = told_at(&scene, HERE);
    scene
        .desk
        .save_process(process, typed(HERE, VALUE))
        .await
        .unwrap();
    scene
        .keychain
        .kept
        .lock()
        .unwrap()
        .retain(|_, value| value != VALUE);
    let refused = scene
        .desk
        .launch_dossier(&uuid(), form())
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::CallbackValueMissing);
    assert_eq!(refused.params["header"], "X-Api-Key");
    assert_eq!(scene.creates(), 0);
}

#[tokio::test]
async fn a_process_that_is_removed_leaves_no_value_behind_alone_or_with_its_environment() {
    let scene = Scene::signed_in().await;
    let kept = || scene.keychain.kept.lock().unwrap().clone();
    let before = kept();
    let mut environment = scene.desk.settings().environments[2].clone();
    environment.id = String::new();
    environment.name = Some("Recette".into());
    environment.base_url = scene.sandbox.base_url();
    let made = scene.desk.save_environment(environment).await.unwrap();
    let elsewhere = made.environments.last().unwrap().id.clone();
    for whole_environment in [false, true] {
        let process = ProcessSettings {
            id: String::new(),
            environment_id: elsewhere.clone(),
            ..told_at(&scene, HERE)
        };
        let saved = scene
            .desk
            .save_process(process, typed(HERE, VALUE))
            .await
            .unwrap();
        assert_eq!(kept().len(), before.len() + 1);
        let removed = if whole_environment {
            scene.desk.remove_environment(&elsewhere).await
        } else {
            let id = &saved.processes.last().unwrap().id;
            scene.desk.remove_process(id).await
        };
        removed.unwrap();
        assert_eq!(kept(), before, "with its environment: {whole_environment}");
    }
}
