//! What an administrator changes is in the journal.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{fs, path::PathBuf, sync::Arc};

use back_office::{
    Desk, Ports,
    ports::{NotWritten, PreferenceStore},
    preferences::Preferences,
    views::{
        error::ErrorCode,
        launch::{LaunchForm, LaunchMode},
        session::{AccountKind, RegisterState},
        settings::{DossierTemplate, EnrollmentPages, EnvironmentSettings, ProcessSettings},
    },
};
use chrono::{TimeDelta, Utc};
use dossiers::{Act, EmbeddedRegister, RegisterKey, Stamp, register::Journal as _};
use id360_sandbox::{Sandbox, SandboxOptions};
use secrecy::ExposeSecret as _;
use support::{FakeKeychain, Scene, announcement, ports_with};

fn another(scene: &Scene) -> EnvironmentSettings {
    EnvironmentSettings {
        id: String::new(),
        name: Some("Recette".into()),
        base_url: scene.sandbox.base_url(),
        ui_base_url: String::new(),
        ..scene.desk.settings().environments[2].clone()
    }
}

fn process(environment_id: &str) -> ProcessSettings {
    ProcessSettings {
        id: String::new(),
        environment_id: environment_id.into(),
        name: "Ouverture de compte".into(),
        process_uuid: support::uuid(),
        idclaim: true,
        callback_endpoints: Vec::new(),
        deadlines: None,
        capture: None,
        launch_mode: LaunchMode::default(),
        link_minutes: None,
        enrollment_pages: EnrollmentPages::default(),
        la_poste_identity: false,
        return_page: None,
        template: DossierTemplate::default(),
    }
}

#[tokio::test]
async fn the_journal_says_which_settings_changed_and_never_what_they_hold() {
    let scene = Scene::signed_in().await;
    let settings = scene.desk.save_environment(another(&scene)).await.unwrap();
    let mut environment = settings.environments.last().unwrap().clone();
    let id = environment.id.clone();
    environment.base_url = "https://recette.example".into();
    environment.deadlines.documents_days += 1;
    scene.desk.save_environment(environment).await.unwrap();

    let settings = scene
        .desk
        .save_process(process(&id), Vec::new())
        .await
        .unwrap();
    let mut saved = settings.processes.last().unwrap().clone();
    let process_id = saved.id.clone();
    saved.name = "Ouverture".into();
    scene.desk.save_process(saved, Vec::new()).await.unwrap();
    scene.desk.remove_process(&process_id).await.unwrap();
    scene.desk.remove_environment(&id).await.unwrap();

    assert_eq!(
        scene.journaled("settings_changed").await,
        [
            format!("environment {id} added"),
            format!("environment {id} changed: base_url deadlines"),
            format!("process {process_id} added"),
            format!("process {process_id} changed: name"),
            format!("process {process_id} removed"),
            format!("environment {id} removed"),
        ]
    );
}

#[tokio::test]
async fn the_address_that_is_not_admitted_is_named_be_it_of_the_api_or_of_the_pages() {
    let scene = Scene::new().await;
    for (base_url, ui_base_url, named) in [
        ("http://recette.example", "", "base_url"),
        (
            "https://recette.example",
            "http://pages.example",
            "ui_base_url",
        ),
    ] {
        let environment = EnvironmentSettings {
            base_url: base_url.into(),
            ui_base_url: ui_base_url.into(),
            ..another(&scene)
        };
        let refused = scene.desk.save_environment(environment).await.unwrap_err();
        assert_eq!(refused.params["field"], named);
    }
}

#[tokio::test]
async fn deadlines_are_not_silenced_without_a_trace() {
    let scene = Scene::signed_in().await;
    for wanted in [false, false, true] {
        let kept = scene.desk.set_notifications(wanted).await.unwrap();
        assert_eq!(kept.notifications, wanted);
    }
    assert_eq!(
        scene.journaled("settings_changed").await,
        ["notifications off", "notifications on"]
    );
}

#[tokio::test]
async fn settings_that_stay_as_they_are_leave_no_trace() {
    let scene = Scene::signed_in().await;
    let settings = scene.desk.settings();
    let kept = scene
        .desk
        .save_environment(settings.environments[0].clone());
    assert_eq!(kept.await.unwrap(), settings);
    let kept = scene
        .desk
        .save_process(settings.processes[0].clone(), Vec::new());
    assert_eq!(kept.await.unwrap(), settings);
    scene.desk.remove_process("unknown").await.unwrap();
    let refused = scene.desk.remove_environment("sandbox").await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::EnvironmentInUse);
    let refused = scene.desk.remove_environment("production").await;
    assert_eq!(refused.unwrap_err().params["rule"], "built_in");
    assert!(scene.journaled("settings_changed").await.is_empty());
}

#[tokio::test]
async fn nothing_changes_while_the_journal_cannot_be_written() {
    let scene = Scene::signed_in().await;
    scene.desk.close();
    let before = scene.desk.settings();
    let refused = scene.desk.save_environment(another(&scene)).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::RegisterClosed);
    let id = before.processes[0].id.clone();
    let refused = scene.desk.remove_process(&id).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::RegisterClosed);
    assert_eq!(scene.desk.settings(), before);
}

#[tokio::test]
async fn a_reference_is_proposed_by_the_pattern_and_never_one_that_a_dossier_has() {
    let scene = Scene::signed_in().await;
    let template = |reference: &str| ProcessSettings {
        template: DossierTemplate {
            reference: reference.into(),
            expected: vec![" birth_date ".into(), "birth_date".into(), String::new()],
            ..DossierTemplate::default()
        },
        ..process("sandbox")
    };
    let refused = scene
        .desk
        .save_process(template("AG-{year}"), Vec::new())
        .await;
    assert_eq!(refused.unwrap_err().params["rule"], "count");
    let saved = scene
        .desk
        .save_process(template("AG-{count}"), Vec::new())
        .await
        .unwrap();
    let process = saved.processes.last().unwrap();
    assert_eq!(process.template.expected, ["birth_date"]);
    let proposed = async || {
        let proposed = scene.desk.propose_reference(&process.id).await.unwrap();
        proposed.unwrap()
    };
    for expected in ["AG-001", "AG-002", "AG-003"] {
        let reference = proposed().await;
        assert_eq!(reference, expected);
        assert_eq!(proposed().await, expected, "the same until it is used");
        let launched = support::form();
        scene
            .launch(LaunchForm {
                reference,
                ..launched
            })
            .await
            .unwrap();
    }
    let plain = scene.desk.propose_reference("sandbox").await.unwrap();
    assert_eq!(plain, None, "a process without a pattern proposes none");
}

#[tokio::test]
async fn a_link_stays_in_the_clipboard_for_one_of_three_times() {
    let scene = Scene::signed_in().await;
    assert_eq!(scene.desk.settings().clipboard_seconds, 30);
    for seconds in [10, 60] {
        let kept = scene.desk.set_clipboard_seconds(seconds).await.unwrap();
        assert_eq!(kept.clipboard_seconds, seconds);
    }
    let refused = scene.desk.set_clipboard_seconds(61).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidField);
    assert_eq!(scene.desk.settings().clipboard_seconds, 60);
}

/// Spoils the database as soon as the journal is to be kept for six months.
#[derive(Debug)]
struct Spoiling(PathBuf);

impl PreferenceStore for Spoiling {
    fn load(&self) -> Preferences {
        Preferences::default()
    }
    fn save(&self, preferences: &Preferences) -> Result<(), NotWritten> {
        if preferences.journal_months == 6 {
            let mut bytes = fs::read(&self.0).unwrap();
            bytes[8_192..].fill(0x5a);
            fs::write(&self.0, bytes).unwrap();
        }
        Ok(())
    }
}

#[tokio::test]
async fn months_that_are_kept_count_though_the_journal_could_not_be_pruned_at_once() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("register");
    let key = RegisterKey::generate();
    let keychain = Arc::<FakeKeychain>::default();
    let secret = key.to_secret().expose_secret().to_owned();
    let name = "register-key".to_owned();
    keychain.kept.lock().unwrap().insert(name, secret);
    let register = EmbeddedRegister::open(&place, &key, Utc::now()).unwrap();
    let old = Stamp::desk(Utc::now() - TimeDelta::days(240));
    for _ in 0..100 {
        let detail = "x".repeat(3_000);
        let noted = register.record_act(Act::SettingsChanged, None, &detail, &old);
        noted.unwrap();
    }
    drop(register);
    let desk = Desk::new(Ports {
        preferences: Arc::new(Spoiling(place.join("register.sqlite"))),
        ..ports_with(folder.path(), Some(announcement(&sandbox)), keychain)
    });
    desk.start().await;
    let signed_in = desk.sign_in_to_sandbox(AccountKind::Application).await;
    signed_in.unwrap();
    let settings = desk.set_journal_months(6).await.unwrap();
    assert_eq!(settings.journal_months, 6);
    // The pruning is what met the damage.
    assert_eq!(desk.session_view().register, RegisterState::Damaged);
}
