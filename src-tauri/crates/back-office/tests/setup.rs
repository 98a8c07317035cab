//! Setting a desk up: what the test of an account finds out, and the processes that are pasted.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::views::{
    error::ErrorCode,
    session::{AccountKind, SignInForm},
    settings::EnvironmentSettings,
    setup::{AccountTest, ProcessVerdict, Proof, TestFinding},
};
use id360_sandbox::{Endpoint, Fault, Target};
use support::Scene;

/// An environment of one's own at that address.
async fn at(scene: &Scene, address: &str) -> String {
    let environment = EnvironmentSettings {
        id: String::new(),
        name: Some("Recette".into()),
        base_url: address.into(),
        ui_base_url: String::new(),
        ..scene.desk.settings().environments[2].clone()
    };
    let settings = scene.desk.save_environment(environment).await.unwrap();
    settings.environments.last().unwrap().id.clone()
}

/// The sandbox's own credentials, typed.
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
        environment_id: at(scene, &scene.sandbox.base_url()).await,
        account,
        username,
        password,
        code,
        remember: true,
    }
}

fn again(form: &SignInForm) -> SignInForm {
    SignInForm {
        environment_id: form.environment_id.clone(),
        account: form.account,
        username: form.username.clone(),
        password: String::new(),
        code: None,
        remember: true,
    }
}

fn proofs(test: &AccountTest) -> [Proof; 3] {
    [test.host, test.account, test.session]
}

#[tokio::test]
async fn a_good_account_is_proved_by_one_login_and_one_whoami_and_is_signed_in() {
    let scene = Scene::new().await;
    assert!(scene.desk.session_view().setup_wanted);
    let form = typed(&scene, AccountKind::Application).await;
    let next = again(&form);
    let password = form.password.clone();
    let test = scene.desk.test_account(form).await.unwrap();
    assert_eq!(test.finding, TestFinding::Passed);
    assert_eq!(proofs(&test), [Proof::Good; 3]);
    assert!(test.password_kept);
    assert!(test.desk.current.is_some());
    assert!(!test.desk.setup_wanted);
    assert!(!serde_json::to_string(&test).unwrap().contains(&password));
    let counters = scene.sandbox.counters();
    assert_eq!((counters.logins_ok, counters.whoami), (1, 1));

    // Pressed again: the session that is open is asked, and ID360 sees no second login.
    let test = scene.desk.test_account(next).await.unwrap();
    assert_eq!(test.finding, TestFinding::Passed);
    let counters = scene.sandbox.counters();
    assert_eq!((counters.logins_ok, counters.whoami), (1, 2));
}

#[tokio::test]
async fn a_wrong_secret_is_tried_once_and_id_and_secret_are_doubtful_together() {
    let scene = Scene::new().await;
    let mut form = typed(&scene, AccountKind::Application).await;
    form.password = "wrong".into();
    let test = scene.desk.test_account(form).await.unwrap();
    assert_eq!(test.finding, TestFinding::IdOrSecret);
    assert_eq!(proofs(&test), [Proof::Good, Proof::Doubtful, Proof::Open]);
    assert!(!test.password_kept && test.desk.current.is_none());
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let counters = scene.sandbox.counters();
    assert_eq!(
        (counters.logins_refused, counters.logins_ok, counters.whoami),
        (1, 0, 0)
    );
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

#[tokio::test]
async fn a_bad_test_leaves_the_open_session_as_it_was() {
    let scene = Scene::signed_in().await;
    let mut form = typed(&scene, AccountKind::Application).await;
    form.password = "wrong".into();
    let test = scene.desk.test_account(form).await.unwrap();
    assert_eq!(test.desk.current.unwrap().environment_id, "sandbox");
}

#[tokio::test]
async fn a_user_account_without_its_code_is_asked_for_it() {
    let scene = Scene::new().await;
    let mut form = typed(&scene, AccountKind::User).await;
    let code = form.code.take();
    let (environment_id, username, password) = (
        form.environment_id.clone(),
        form.username.clone(),
        form.password.clone(),
    );
    let test = scene.desk.test_account(form).await.unwrap();
    assert_eq!(test.finding, TestFinding::Code);
    let form = SignInForm {
        environment_id,
        account: AccountKind::User,
        username,
        password,
        code,
        remember: false,
    };
    assert_eq!(
        scene.desk.test_account(form).await.unwrap().finding,
        TestFinding::Passed
    );
}

#[tokio::test]
async fn an_address_where_nobody_answers_is_the_one_thing_in_doubt() {
    let scene = Scene::new().await;
    let mut form = typed(&scene, AccountKind::Application).await;
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    form.environment_id = at(&scene, &format!("http://{free}")).await;
    let test = scene.desk.test_account(form).await.unwrap();
    assert_eq!(test.finding, TestFinding::HostSilent);
    assert_eq!(proofs(&test), [Proof::Doubtful, Proof::Open, Proof::Open]);
    assert_eq!(test.error.unwrap().code, ErrorCode::Unreachable);
}

#[tokio::test]
async fn what_answers_otherwise_than_id360_puts_the_host_in_doubt_and_not_the_secret() {
    let portal = "<!doctype html><title>Portail</title>";
    for fault in [
        Fault::Html { status: None },
        Fault::Html { status: Some(401) },
        Fault::Html { status: Some(403) },
        Fault::Status {
            status: 404,
            body: Some(portal.into()),
            retry_after: None,
        },
        Fault::Status {
            status: 405,
            body: None,
            retry_after: None,
        },
        Fault::Redirect {
            location: "https://portal.example/".into(),
            status: None,
        },
        Fault::InvalidJson,
    ] {
        let scene = Scene::new().await;
        let form = typed(&scene, AccountKind::Application).await;
        scene
            .sandbox
            .fault(Target::Only(Endpoint::Login), 1, fault.clone());
        let test = scene.desk.test_account(form).await.unwrap();
        assert_eq!(test.finding, TestFinding::HostNotId360, "{fault:?}");
        assert_eq!(proofs(&test), [Proof::Doubtful, Proof::Open, Proof::Open]);
    }
}

#[tokio::test]
async fn a_forbidden_login_and_an_incident_are_told_apart() {
    for (status, finding) in [
        (403, TestFinding::AccountRefused),
        (429, TestFinding::AccountRefused),
        (401, TestFinding::IdOrSecret),
        (400, TestFinding::IdOrSecret),
        (500, TestFinding::NothingLearnt),
        (503, TestFinding::NothingLearnt),
    ] {
        let scene = Scene::new().await;
        let form = typed(&scene, AccountKind::Application).await;
        let fault = Fault::Status {
            status,
            body: Some("{\"detail\": \"no\"}".into()),
            retry_after: None,
        };
        scene.sandbox.fault(Target::Only(Endpoint::Login), 1, fault);
        let test = scene.desk.test_account(form).await.unwrap();
        assert_eq!(test.finding, finding, "{status}");
        assert_eq!(scene.sandbox.counters().logins_ok, 0, "tried once");
    }
}

#[tokio::test]
async fn a_session_that_whoami_refuses_is_not_blamed_on_the_password() {
    let scene = Scene::new().await;
    let form = typed(&scene, AccountKind::User).await;
    let fault = Fault::Status {
        status: 401,
        body: None,
        retry_after: None,
    };
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Whoami), 1, fault);
    let test = scene.desk.test_account(form).await.unwrap();
    assert_eq!(test.finding, TestFinding::TokenRefused);
    assert_eq!(proofs(&test), [Proof::Good, Proof::Good, Proof::Doubtful]);
}

#[tokio::test]
async fn what_the_desk_itself_cannot_do_is_an_error_and_no_finding() {
    let scene = Scene::new().await;
    let mut form = typed(&scene, AccountKind::Application).await;
    form.username = "  ".into();
    assert_eq!(
        scene.desk.test_account(form).await.unwrap_err().code,
        ErrorCode::InvalidField
    );
    let mut form = typed(&scene, AccountKind::Application).await;
    form.password = String::new();
    assert_eq!(
        scene.desk.test_account(form).await.unwrap_err().params["field"],
        "password"
    );
}

#[tokio::test]
async fn pasted_processes_are_added_once_with_their_windows_and_the_others_left_aside() {
    let scene = Scene::new().await;
    let text = "Nom\tUUID\tDocuments\nOuverture\t0b0e6f4e-3f0a-4c5e-9d5c-000000000001\t5\nsans rien\n0b0e6f4e-3f0a-4c5e-9d5c-000000000002\n";
    let judged = scene.desk.judge_processes("pre_production", text).unwrap();
    assert_eq!((judged.new, judged.invalid), (2, 1));
    assert!(scene.desk.settings().processes.is_empty());
    let settings = scene
        .desk
        .add_processes("pre_production", text)
        .await
        .unwrap();
    let added: Vec<_> = settings
        .processes
        .iter()
        .map(|process| {
            (
                process.name.as_str(),
                process.deadlines.map(|windows| windows.documents_days),
            )
        })
        .collect();
    assert_eq!(added, [("Ouverture", Some(5)), ("Parcours 0b0e6f4e", None)]);

    let judged = scene.desk.judge_processes("pre_production", text).unwrap();
    assert_eq!(
        judged.lines[1].verdict,
        ProcessVerdict::Known {
            name: "Ouverture".into()
        }
    );
    let settings = scene
        .desk
        .add_processes("pre_production", text)
        .await
        .unwrap();
    assert_eq!(settings.processes.len(), 2);
    // Another environment may have the same process.
    assert_eq!(
        scene.desk.judge_processes("production", text).unwrap().new,
        2
    );
}

#[tokio::test]
async fn the_setup_opens_by_itself_until_somebody_came_in() {
    let scene = Scene::new().await;
    assert!(scene.desk.session_view().setup_wanted);
    scene
        .desk
        .sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    let view = scene.desk.sign_out().await.unwrap();
    assert!(!view.setup_wanted);
}
