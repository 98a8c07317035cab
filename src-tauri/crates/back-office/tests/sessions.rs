//! Signing in, lapsing, signing in again: once, and never with an old code.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use back_office::views::{
    error::ErrorCode,
    session::{AccountKind, KeychainState, SignInForm},
    settings::EnvironmentSettings,
};
use id360_sandbox::{Endpoint, Fault, Target};
use secrecy::SecretString;
use support::{Scene, form};

/// The sandbox as an administrator would add it: by address, with typed credentials.
async fn custom(scene: &Scene) -> EnvironmentSettings {
    let mut environment = scene.desk.settings().environments[2].clone();
    environment.id = String::new();
    environment.name = Some("Recette".into());
    environment.base_url = scene.sandbox.base_url();
    environment.ui_base_url = String::new();
    let settings = scene.desk.save_environment(environment).await.unwrap();
    settings.environments.last().unwrap().clone()
}

async fn typed(scene: &Scene, account: AccountKind) -> SignInForm {
    let known = scene.sandbox.credentials();
    let (username, password, code) = match account {
        AccountKind::Application => (known.application.username, known.application.password, None),
        AccountKind::User => (
            known.user.username,
            known.user.password,
            Some(known.user.otp),
        ),
    };
    SignInForm {
        environment_id: custom(scene).await.id,
        account,
        username,
        password,
        code,
        remember: true,
    }
}

#[tokio::test]
async fn typed_credentials_open_a_custom_environment_and_are_remembered_in_the_keychain_only() {
    let scene = Scene::new().await;
    let form = typed(&scene, AccountKind::Application).await;
    let (id, username) = (form.environment_id.clone(), form.username.clone());
    let password = form.password.clone();
    let view = scene.desk.sign_in(form).await.unwrap();
    assert_eq!(
        view.current.unwrap().environment_name.as_deref(),
        Some("Recette")
    );
    let choice = view
        .environments
        .iter()
        .find(|known| known.id == id)
        .unwrap();
    assert_eq!(choice.remembered[0].username, username);
    let preferences = serde_json::to_string(&*scene.preferences.0.lock().unwrap()).unwrap();
    assert!(!preferences.contains(&password));
    assert!(
        scene
            .keychain
            .kept
            .lock()
            .unwrap()
            .values()
            .any(|kept| *kept == password)
    );
    scene.desk.sign_out().await.unwrap();
    let again = SignInForm {
        environment_id: id,
        account: AccountKind::Application,
        username,
        password: String::new(),
        code: None,
        remember: false,
    };
    assert!(scene.desk.sign_in(again).await.unwrap().current.is_some());
}

#[tokio::test]
async fn a_wrong_password_is_tried_once() {
    let scene = Scene::new().await;
    let mut form = typed(&scene, AccountKind::Application).await;
    form.password = "wrong".into();
    let refused = scene.desk.sign_in(form).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CredentialsRefused);
    assert!(!refused.cause.contains("wrong"));
    assert_eq!(scene.sandbox.counters().logins_refused, 1);
    assert!(scene.desk.session_view().current.is_none());
    assert!(
        scene
            .keychain
            .kept
            .lock()
            .unwrap()
            .values()
            .all(|kept| kept != "wrong")
    );
}

fn the_same(form: &SignInForm) -> SignInForm {
    SignInForm {
        environment_id: form.environment_id.clone(),
        account: form.account,
        username: form.username.clone(),
        password: form.password.clone(),
        code: form.code.clone(),
        remember: form.remember,
    }
}

#[tokio::test]
async fn a_sign_in_that_is_sent_twice_signs_in_once() {
    let scene = Scene::new().await;
    let form = typed(&scene, AccountKind::User).await;
    let (one, two) = tokio::join!(
        scene.desk.sign_in(the_same(&form)),
        scene.desk.sign_in(the_same(&form))
    );
    for view in [one.unwrap(), two.unwrap()] {
        assert!(view.current.is_some() && view.beside.is_none());
    }
    let counters = scene.sandbox.counters();
    assert_eq!((counters.logins_ok, counters.logins_refused), (1, 0));
    assert_eq!(scene.journaled("signed_in").await.len(), 1);
    scene.desk.sign_out().await.unwrap();
    let code = Some(scene.sandbox.credentials().user.otp);
    let later = SignInForm { code, ..form };
    scene.desk.sign_in(later).await.unwrap();
    assert_eq!(scene.sandbox.counters().logins_ok, 2, "a press of its own");
}

#[tokio::test]
async fn a_wrong_password_that_is_sent_twice_is_tried_once() {
    let scene = Scene::new().await;
    let form = SignInForm {
        password: "wrong".into(),
        ..typed(&scene, AccountKind::Application).await
    };
    let (one, two) = tokio::join!(
        scene.desk.sign_in(the_same(&form)),
        scene.desk.sign_in(the_same(&form))
    );
    for refused in [one.unwrap_err(), two.unwrap_err()] {
        assert_eq!(refused.code, ErrorCode::CredentialsRefused);
    }
    assert_eq!(scene.sandbox.counters().logins_refused, 1);
    scene.desk.sign_in(form).await.unwrap_err();
    assert_eq!(scene.sandbox.counters().logins_refused, 2);
}

#[tokio::test]
async fn a_wrong_code_is_said_as_such() {
    let scene = Scene::new().await;
    for code in [None, Some("000000".to_owned())] {
        let mut form = typed(&scene, AccountKind::User).await;
        form.code = code;
        let refused = scene.desk.sign_in(form).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::CodeRefused);
    }
}

#[tokio::test]
async fn an_application_session_that_lapses_goes_on_by_itself_with_one_login() {
    let scene = Scene::signed_in().await;
    scene.sandbox.expire_tokens();
    scene.launch(form()).await.unwrap();
    assert_eq!(scene.sandbox.counters().logins_ok, 2);
    assert_eq!(scene.creates(), 1);
}

#[tokio::test]
async fn a_user_session_that_lapses_asks_for_a_code_and_keeps_its_context() {
    let scene = Scene::new().await;
    scene
        .desk
        .sign_in_to_sandbox(AccountKind::User)
        .await
        .unwrap();
    scene.sandbox.expire_tokens();
    let refused = scene.launch(form()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::SessionExpired);
    assert!(scene.desk.session_view().current.unwrap().code_wanted);
    assert_eq!(scene.sandbox.counters().logins_ok, 1);
    let otp = scene.sandbox.credentials().user.otp;
    let view = scene
        .desk
        .resume_session(SecretString::from(otp))
        .await
        .unwrap();
    assert!(!view.current.unwrap().code_wanted);
    assert!(scene.launch(form()).await.is_ok());
}

#[tokio::test]
async fn a_code_that_is_sent_twice_signs_in_once_and_the_session_stays() {
    let scene = Scene::new().await;
    let user = AccountKind::User;
    scene.desk.sign_in_to_sandbox(user).await.unwrap();
    scene.sandbox.expire_tokens();
    scene.launch(form()).await.unwrap_err();
    let otp = || SecretString::from(scene.sandbox.credentials().user.otp);
    let (one, two) = tokio::join!(
        scene.desk.resume_session(otp()),
        scene.desk.resume_session(otp())
    );
    for view in [one.unwrap(), two.unwrap()] {
        assert!(!view.current.unwrap().code_wanted);
    }
    let counters = scene.sandbox.counters();
    assert_eq!((counters.logins_ok, counters.logins_while_valid), (2, 0));
}

#[tokio::test]
async fn a_remembered_password_ends_with_its_environment_and_follows_it_to_no_other_host() {
    let scene = Scene::new().await;
    for moved in [false, true] {
        let form = typed(&scene, AccountKind::Application).await;
        let (id, password) = (form.environment_id.clone(), form.password.clone());
        let again = SignInForm {
            environment_id: id.clone(),
            account: form.account,
            username: form.username.clone(),
            password: String::new(),
            code: None,
            remember: false,
        };
        scene.desk.sign_in(form).await.unwrap();
        scene.desk.sign_out().await.unwrap();
        let is_kept = || {
            let kept = scene.keychain.kept.lock().unwrap();
            kept.values().any(|kept| *kept == password)
        };
        assert!(is_kept());
        if moved {
            let settings = scene.desk.settings();
            let mut known = settings.environments.into_iter();
            let elsewhere = EnvironmentSettings {
                base_url: "https://ailleurs.example".into(),
                ui_base_url: String::new(),
                ..known.find(|known| known.id == id).unwrap()
            };
            scene.desk.save_environment(elsewhere).await.unwrap();
            let refused = scene.desk.sign_in(again).await.unwrap_err();
            assert_eq!(refused.params["field"], "password");
        } else {
            scene.desk.remove_environment(&id).await.unwrap();
        }
        assert!(!is_kept(), "moved: {moved}");
        assert!(scene.preferences.0.lock().unwrap().remembered.is_empty());
    }
}

#[tokio::test]
async fn without_a_keychain_nothing_is_remembered() {
    let mut scene = Scene::new().await;
    *scene.keychain.trouble.lock().unwrap() = Some(back_office::ports::SecretStoreError::Missing);
    scene.desk.close();
    std::fs::remove_dir_all(scene.register_folder()).unwrap();
    scene.restart().await;
    let passphrase = SecretString::from("quatre mots bien choisis");
    scene
        .desk
        .open_register_with_passphrase(passphrase)
        .await
        .unwrap();
    let view = scene
        .desk
        .sign_in(typed(&scene, AccountKind::Application).await)
        .await
        .unwrap();
    assert_eq!(view.keychain, KeychainState::Missing);
    assert!(
        view.environments
            .iter()
            .all(|known| known.remembered.is_empty())
    );
}

#[tokio::test]
async fn a_sandbox_that_stopped_is_said_and_not_waited_for() {
    let scene = Scene::signed_in().await;
    let Scene { sandbox, desk, .. } = scene;
    sandbox.stop().await;
    let refused = desk.launch_dossier("intent", form()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Unreachable);
}

#[tokio::test]
async fn an_incident_at_sign_in_is_no_wrong_password() {
    let scene = Scene::new().await;
    let fault = Fault::Status {
        status: 503,
        body: None,
        retry_after: None,
    };
    scene.sandbox.fault(Target::Only(Endpoint::Login), 1, fault);
    let refused = scene
        .desk
        .sign_in(typed(&scene, AccountKind::Application).await)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::ProviderIncident);
}
