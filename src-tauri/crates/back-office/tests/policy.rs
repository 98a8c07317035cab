//! What an organisation fixes counts over the person's own settings, and no command gets past it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::sync::{Arc, Mutex};

use back_office::{
    Desk, DeskError,
    ports::{PolicyFile, PolicySource},
    views::{
        error::ErrorCode,
        evidence::{CapturePolicy, CaptureRule},
        journal::JournalQuery,
        launch::LaunchForm,
        list::{ListColumn, ListFilter, ListQuery, ListView},
        policy::{ManagedSetting, PolicyState, PolicyTrouble},
        session::{AccountKind, NamesShown, RegisterState, SignInForm},
        settings::{EnvironmentSettings, Language, ProcessSettings},
    },
};
use support::{Scene, form, uuid};

const UUID: &str = "0b0e6f4e-3f0a-4c5e-9d5c-000000000001";
const OTHER: &str = "0b0e6f4e-3f0a-4c5e-9d5c-000000000002";

#[derive(Debug)]
struct Found(Mutex<PolicyFile>);

impl PolicySource for Found {
    fn read(&self) -> PolicyFile {
        self.0.lock().unwrap().clone()
    }
    fn place(&self) -> String {
        "/etc/id360-desk/policy.json".to_owned()
    }
}

fn file(text: &str) -> PolicyFile {
    PolicyFile::Read(text.as_bytes().to_vec())
}

/// Another start of the program, with that in the place of the policy.
async fn start(scene: &mut Scene, found: PolicyFile) {
    scene.desk.close();
    for _ in 0..100 {
        let mut ports = scene.ports_again();
        ports.policy = Arc::new(Found(Mutex::new(found.clone())));
        scene.desk = Desk::new(ports);
        scene.desk.pause_captures();
        scene.desk.start().await;
        if scene.desk.session_view().register != RegisterState::InUse {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

async fn under(text: &str) -> Scene {
    let mut scene = Scene::new().await;
    start(&mut scene, file(text)).await;
    scene
}

#[track_caller]
fn fixed<T>(answer: Result<T, DeskError>, setting: &str) {
    let Err(error) = answer else {
        panic!("{setting} was changed");
    };
    assert_eq!(
        (error.code, error.params["setting"].as_str()),
        (ErrorCode::Managed, setting)
    );
}

fn own(scene: &Scene) -> EnvironmentSettings {
    EnvironmentSettings {
        id: String::new(),
        name: Some("À moi".into()),
        base_url: "https://own.example".into(),
        ui_base_url: String::new(),
        built_in: false,
        ..scene.desk.settings().environments[2].clone()
    }
}

fn process(environment_id: &str, uuid: &str) -> ProcessSettings {
    serde_json::from_value(serde_json::json!({
        "id": "", "environment_id": environment_id, "name": "À moi", "process_uuid": uuid, "idclaim": false,
        "callback_endpoints": [], "deadlines": null, "capture": null,
    }))
    .unwrap()
}

async fn told(scene: &Scene) -> Vec<String> {
    let query = JournalQuery {
        acts: vec!["policy_changed".into()],
        ..JournalQuery::default()
    };
    let page = scene.desk.list_journal(query, 0, 100).await.unwrap();
    let organisation = page
        .entries
        .into_iter()
        .map(|entry| entry.detail)
        .filter(|detail| detail.starts_with("organisation"));
    let mut told: Vec<_> = organisation.collect();
    told.reverse();
    told
}

#[tokio::test]
async fn without_a_file_the_person_sets_everything() {
    let scene = Scene::new().await;
    let settings = scene.desk.settings();
    assert_eq!(settings.managed.state, PolicyState::None);
    assert_eq!(settings.managed.locked, []);
    assert_eq!(
        scene.desk.set_lock_minutes(20).await.unwrap().lock_minutes,
        20
    );
    assert!(told(&scene).await.is_empty());
}

#[tokio::test]
async fn plain_values_win_and_the_person_s_own_come_back_with_the_end_of_the_policy() {
    let mut scene = Scene::new().await;
    scene.desk.set_lock_minutes(60).await.unwrap();
    scene.desk.set_notifications(true).await.unwrap();
    start(
        &mut scene,
        file(r#"{"lock_minutes": 3, "journal_months": 24, "notifications": false}"#),
    )
    .await;
    let settings = scene.desk.settings();
    assert_eq!(
        (
            settings.lock_minutes,
            settings.journal_months,
            settings.notifications
        ),
        (3, 24, false)
    );
    assert_eq!(
        settings.managed.locked,
        [
            ManagedSetting::LockMinutes,
            ManagedSetting::JournalMonths,
            ManagedSetting::Notifications
        ]
    );
    fixed(scene.desk.set_lock_minutes(60).await, "lock_minutes");
    fixed(scene.desk.set_lock_minutes(3).await, "lock_minutes");
    fixed(scene.desk.set_journal_months(60).await, "journal_months");
    fixed(scene.desk.set_notifications(true).await, "notifications");
    assert_eq!(scene.desk.settings().lock_minutes, 3);

    start(&mut scene, PolicyFile::None).await;
    let settings = scene.desk.settings();
    assert_eq!((settings.lock_minutes, settings.notifications), (60, true));
    assert_eq!(settings.managed.state, PolicyState::None);
}

#[tokio::test]
async fn masking_that_the_organisation_wants_stays_on_and_so_it_is_where_nobody_knows() {
    let mut scene = under(r#"{"mask_names": true}"#).await;
    assert!(scene.desk.settings().mask_names);
    let locked = scene.desk.settings().managed.locked;
    assert_eq!(locked, [ManagedSetting::MaskNames]);
    fixed(scene.desk.set_mask_names(false).await, "mask_names");
    assert_eq!(scene.desk.session_view().names, NamesShown::Masked);

    start(&mut scene, PolicyFile::None).await;
    assert!(!scene.desk.settings().mask_names, "the person's own");
    start(&mut scene, file(r#"{"mask_names": false}"#)).await;
    fixed(scene.desk.set_mask_names(true).await, "mask_names");

    let mut scene = Scene::new().await;
    start(&mut scene, PolicyFile::Refused(PolicyTrouble::NotOfRoot)).await;
    assert_eq!(scene.desk.settings().managed.state, PolicyState::Closed);
    assert_eq!(scene.desk.session_view().names, NamesShown::Masked);
    fixed(scene.desk.set_mask_names(false).await, "mask_names");
}

#[tokio::test]
async fn the_right_to_play_videos_may_be_fixed_and_is_not_given_where_nobody_knows() {
    let mut scene = under(r#"{"play_videos": true}"#).await;
    assert!(scene.desk.settings().play_videos);
    fixed(scene.desk.set_play_videos(false).await, "play_videos");
    start(&mut scene, PolicyFile::None).await;
    assert!(!scene.desk.settings().play_videos, "the person's own");
    scene.desk.set_play_videos(true).await.unwrap();
    start(&mut scene, file(r#"{"play_videos": false}"#)).await;
    assert!(!scene.desk.settings().play_videos);

    let mut scene = Scene::new().await;
    scene.desk.set_play_videos(true).await.unwrap();
    start(&mut scene, PolicyFile::Refused(PolicyTrouble::NotOfRoot)).await;
    assert!(!scene.desk.settings().play_videos);
    fixed(scene.desk.set_play_videos(true).await, "play_videos");
}

#[tokio::test]
async fn the_language_is_proposed_until_the_person_chooses_one() {
    let mut scene = under(r#"{"language": "en"}"#).await;
    assert_eq!(scene.desk.settings().language, Language::En);
    scene.desk.set_language(Language::Fr);
    start(&mut scene, file(r#"{"language": "en"}"#)).await;
    assert_eq!(scene.desk.settings().language, Language::Fr);
}

#[tokio::test]
async fn only_the_environments_of_the_organisation_and_the_built_in_ones_are_left() {
    let mut scene = Scene::new().await;
    let settings = scene.desk.save_environment(own(&scene)).await.unwrap();
    let mine = settings.environments.last().unwrap().clone();
    let text = r#"{"allow_other_environments": false,
        "environments": [{"id": "relais", "name": "Relais", "kind": "production", "base_url": "https://relais.example/"},
                         {"id": "production", "report_pdf_path": null}]}"#;
    start(&mut scene, file(text)).await;
    let settings = scene.desk.settings();
    let ids: Vec<_> = settings
        .environments
        .iter()
        .map(|known| known.id.as_str())
        .collect();
    assert_eq!(ids, ["production", "pre_production", "sandbox", "relais"]);
    assert_eq!(settings.environments[0].report_pdf_path, None);
    assert_eq!(
        settings.environments[0].base_url,
        "https://id360docaposte.com"
    );
    assert_eq!(settings.environments[3].base_url, "https://relais.example");
    assert_eq!(settings.managed.environment_ids, ["relais", "production"]);
    assert!(
        scene
            .desk
            .session_view()
            .environments
            .iter()
            .all(|known| known.id != mine.id)
    );

    fixed(
        scene.desk.save_environment(own(&scene)).await,
        "environments",
    );
    let mut relay = settings.environments[3].clone();
    relay.base_url = "https://evil.example".into();
    fixed(scene.desk.save_environment(relay).await, "environments");
    fixed(
        scene
            .desk
            .save_environment(settings.environments[0].clone())
            .await,
        "environments",
    );
    fixed(
        scene.desk.remove_environment("relais").await,
        "environments",
    );
    // The other built-in ones are the person's to adapt.
    scene
        .desk
        .save_environment(settings.environments[1].clone())
        .await
        .unwrap();

    start(&mut scene, PolicyFile::None).await;
    assert!(
        scene
            .desk
            .settings()
            .environments
            .iter()
            .any(|known| known.id == mine.id)
    );
}

#[tokio::test]
async fn processes_of_the_organisation_cannot_be_changed_and_others_only_where_it_allows_them() {
    let text = |others: bool| {
        format!(
            r#"{{"allow_other_processes": {others}, "processes":
            [{{"environment_id": "pre_production", "name": "Agence", "process_uuid": "{UUID}", "launch_mode": "phone"}}]}}"#
        )
    };
    let mut scene = Scene::new().await;
    scene
        .desk
        .save_process(process("pre_production", UUID), Vec::new())
        .await
        .unwrap();
    scene
        .desk
        .save_process(process("pre_production", OTHER), Vec::new())
        .await
        .unwrap();

    start(&mut scene, file(&text(true))).await;
    let settings = scene.desk.settings();
    let names: Vec<_> = settings
        .processes
        .iter()
        .map(|known| known.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["À moi", "Agence"],
        "the organisation's own stands for the same UUID"
    );
    let given = settings.processes[1].clone();
    assert_eq!(
        settings.managed.process_ids,
        std::slice::from_ref(&given.id)
    );
    fixed(
        scene.desk.save_process(given.clone(), Vec::new()).await,
        "processes",
    );
    fixed(scene.desk.remove_process(&given.id).await, "processes");
    assert!(
        scene
            .desk
            .save_process(settings.processes[0].clone(), Vec::new())
            .await
            .is_ok()
    );

    start(&mut scene, file(&text(false))).await;
    assert_eq!(scene.desk.settings().processes, [given]);
    fixed(
        scene
            .desk
            .save_process(process("production", OTHER), Vec::new())
            .await,
        "processes",
    );
    fixed(
        scene.desk.add_processes("production", OTHER).await,
        "processes",
    );
}

#[tokio::test]
async fn a_process_that_the_organisation_gives_is_not_saved_a_second_time_out_of_sight() {
    let scene = under(&format!(
        r#"{{"processes": [{{"environment_id": "pre_production", "name": "Agence", "process_uuid": "{UUID}"}}]}}"#
    ))
    .await;
    let before = scene.desk.settings();
    let twice = process("pre_production", &format!(" {} ", UUID.to_uppercase()));
    fixed(
        scene.desk.save_process(twice, Vec::new()).await,
        "processes",
    );
    assert_eq!(scene.desk.settings(), before);
    let elsewhere = process("production", UUID);
    let saved = scene.desk.save_process(elsewhere, Vec::new()).await;
    assert_eq!(saved.unwrap().processes.len(), 2);
}

async fn sign_in_as_user(scene: &Scene) {
    let known = scene.sandbox.credentials().user;
    let form = SignInForm {
        environment_id: "banque".into(),
        account: AccountKind::User,
        username: known.username,
        password: known.password,
        code: Some(known.otp),
        remember: false,
    };
    scene.desk.sign_in(form).await.unwrap();
}

/// A dossier of a process of one's own, not sent: the id of that process, the dossier's, and a file that gives the same
/// process.
async fn made_by_a_process_of_mine(scene: &mut Scene) -> (String, String, PolicyFile) {
    let (address, own_uuid) = (scene.sandbox.base_url(), scene.sandbox.process_uuid());
    let text = |processes: &str| {
        format!(
            r#"{{"environments": [{{"id": "banque", "name": "Banque", "kind": "pre_production",
            "base_url": "{address}"}}], "processes": [{processes}]}}"#
        )
    };
    start(scene, file(&text(""))).await;
    let mine = process("banque", &own_uuid.to_string());
    let settings = scene.desk.save_process(mine, Vec::new()).await.unwrap();
    let mine = settings.processes.last().unwrap().id.clone();
    sign_in_as_user(scene).await;
    scene.sandbox.expire_tokens();
    let form = LaunchForm {
        process_id: mine.clone(),
        ..form()
    };
    let unsent = scene.launch(form).await.unwrap_err();
    let id = unsent.params["dossier_id"].clone();
    let given = format!(
        r#"{{"environment_id": "banque", "name": "Agence", "process_uuid": "{own_uuid}"}}"#
    );
    (mine, id, file(&text(&given)))
}

#[tokio::test]
async fn a_dossier_goes_on_with_the_organisation_s_process_of_the_same_uuid() {
    let mut scene = Scene::new().await;
    let (mine, id, given) = made_by_a_process_of_mine(&mut scene).await;
    start(&mut scene, given).await;
    let theirs = scene.desk.settings().managed.process_ids[0].clone();
    assert_ne!(theirs, mine);
    sign_in_as_user(&scene).await;
    let again = scene.desk.launch_form(&id).await.unwrap();
    assert_eq!(again.process_id, theirs);
    let sent = scene.desk.send_again(&uuid(), &id).await.unwrap();
    assert_eq!(sent.dossier.row.id, id);
    assert_eq!(scene.creates(), 1);
}

#[tokio::test]
async fn a_process_is_found_with_what_was_made_before_the_organisation_s_took_its_place() {
    let of_process = |id: &str| ListQuery {
        filters: vec![ListFilter::Process {
            not: false,
            ids: vec![id.to_owned()],
        }],
        ..ListQuery::default()
    };
    let mut scene = Scene::new().await;
    let (mine, _, given) = made_by_a_process_of_mine(&mut scene).await;
    let view = ListView {
        id: String::new(),
        built_in: false,
        name: Some("Agence".into()),
        query: of_process(&mine),
        columns: vec![ListColumn::Reference],
    };
    scene.desk.save_view(view).await.unwrap();
    start(&mut scene, given).await;
    let theirs = scene.desk.settings().managed.process_ids[0].clone();
    // The chip has the name of the process that there is now.
    let view = scene.desk.list_views().await.unwrap().pop().unwrap();
    assert_eq!(view.query, of_process(&theirs));
    for id in [mine, theirs] {
        let found = scene.desk.count_dossiers(of_process(&id)).await.unwrap();
        assert_eq!(found, 1, "{id}");
    }
}

#[tokio::test]
async fn windows_and_capture_rules_of_the_organisation_count_everywhere() {
    let mut scene = Scene::new().await;
    let mut mine = process("pre_production", OTHER);
    let mut windows = scene.desk.settings().environments[1].deadlines;
    windows.documents_days = 30;
    mine.deadlines = Some(windows);
    mine.capture = Some(CaptureRule {
        policy: CapturePolicy::Full,
        video: true,
    });
    scene
        .desk
        .save_process(mine.clone(), Vec::new())
        .await
        .unwrap();

    let text = r#"{"deadlines": {"documents_days": 5}, "capture": {"policy": "references_only"}}"#;
    start(&mut scene, file(text)).await;
    let settings = scene.desk.settings();
    for environment in &settings.environments {
        assert_eq!(
            (
                environment.deadlines.documents_days,
                environment.deadlines.report_user_days
            ),
            (5, 60)
        );
        assert_eq!(environment.capture.policy, CapturePolicy::ReferencesOnly);
    }
    assert_eq!(
        (
            settings.processes[0].deadlines,
            settings.processes[0].capture
        ),
        (None, None)
    );

    let mut pre_production = settings.environments[1].clone();
    pre_production.deadlines.documents_days = 30;
    fixed(
        scene.desk.save_environment(pre_production).await,
        "deadlines",
    );
    let mut pre_production = settings.environments[1].clone();
    pre_production.capture = CaptureRule {
        policy: CapturePolicy::Full,
        video: false,
    };
    fixed(scene.desk.save_environment(pre_production).await, "capture");
    fixed(
        scene
            .desk
            .save_process(
                ProcessSettings {
                    capture: None,
                    ..mine.clone()
                },
                Vec::new(),
            )
            .await,
        "deadlines",
    );
    fixed(
        scene
            .desk
            .save_process(
                ProcessSettings {
                    deadlines: None,
                    ..mine
                },
                Vec::new(),
            )
            .await,
        "capture",
    );
}

#[tokio::test]
async fn a_file_that_is_refused_leaves_the_last_good_one_in_force_and_says_why() {
    let good = r#"{"lock_minutes": 3, "allow_other_environments": false}"#;
    let mut scene = under(good).await;
    let refusals = [
        (
            PolicyFile::Refused(PolicyTrouble::WritableByOthers),
            PolicyTrouble::WritableByOthers,
        ),
        (
            PolicyFile::Refused(PolicyTrouble::Unreadable),
            PolicyTrouble::Unreadable,
        ),
        (file("{"), PolicyTrouble::NotJson),
        (file(r#"{"lock_minutes": 600}"#), PolicyTrouble::BadValue),
    ];
    for (found, trouble) in refusals {
        start(&mut scene, found).await;
        let settings = scene.desk.settings();
        assert_eq!(
            (settings.managed.state, settings.managed.trouble),
            (PolicyState::LastGood, Some(trouble))
        );
        assert_eq!(settings.lock_minutes, 3, "{trouble:?}");
        fixed(
            scene.desk.save_environment(own(&scene)).await,
            "environments",
        );
    }
    assert_eq!(scene.desk.settings().managed.bad_keys, ["lock_minutes"]);
    start(&mut scene, file("{}")).await;
    assert_eq!(scene.desk.settings().managed.state, PolicyState::InForce);
    assert!(scene.desk.save_environment(own(&scene)).await.is_ok());
}

#[tokio::test]
async fn a_first_file_that_is_refused_closes_what_it_could_close() {
    let mut scene = Scene::new().await;
    scene.desk.set_lock_minutes(60).await.unwrap();
    let mine = scene
        .desk
        .save_environment(own(&scene))
        .await
        .unwrap()
        .environments
        .last()
        .unwrap()
        .id
        .clone();
    start(&mut scene, PolicyFile::Refused(PolicyTrouble::NotOfRoot)).await;
    let settings = scene.desk.settings();
    assert_eq!(settings.managed.state, PolicyState::Closed);
    assert_eq!(settings.lock_minutes, 5);
    assert!(settings.environments.iter().all(|known| known.id != mine));
    fixed(scene.desk.set_lock_minutes(60).await, "lock_minutes");
    fixed(scene.desk.set_journal_months(60).await, "journal_months");
    fixed(scene.desk.set_notifications(false).await, "notifications");
    fixed(
        scene.desk.save_environment(own(&scene)).await,
        "environments",
    );
    fixed(
        scene
            .desk
            .save_environment(settings.environments[0].clone())
            .await,
        "environments",
    );
    fixed(
        scene
            .desk
            .save_process(process("production", OTHER), Vec::new())
            .await,
        "processes",
    );
}

#[tokio::test]
async fn a_shorter_lock_of_the_person_is_kept_where_the_policy_is_not_known() {
    let mut scene = Scene::new().await;
    scene.desk.set_lock_minutes(2).await.unwrap();
    start(&mut scene, file("no policy")).await;
    assert_eq!(scene.desk.settings().lock_minutes, 2);
}

#[tokio::test]
async fn the_journal_tells_of_each_other_policy_once_by_its_hash() {
    let first = r#"{"lock_minutes": 3}"#;
    let mut scene = under(first).await;
    start(&mut scene, file(first)).await;
    start(&mut scene, file(r#"{"lock_minutes": 4}"#)).await;
    start(&mut scene, PolicyFile::Refused(PolicyTrouble::TooLarge)).await;
    start(&mut scene, PolicyFile::Refused(PolicyTrouble::TooLarge)).await;
    start(&mut scene, PolicyFile::None).await;
    start(&mut scene, PolicyFile::None).await;
    let told = told(&scene).await;
    let hash = "sha256 ";
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].starts_with("organisation: in force, ") && told[0].contains(hash));
    assert!(told[1].starts_with("organisation: in force, ") && told[1] != told[0]);
    assert!(told[2].starts_with("organisation: refused (too_large), the last one counts"));
    assert_eq!(told[3], "organisation: removed");
    assert!(
        told.iter().all(|line| !line.contains("lock_minutes")),
        "no value of the file"
    );
}

#[tokio::test]
async fn an_environment_of_the_organisation_is_proposed_and_a_setup_is_not_forced() {
    let text = format!(
        r#"{{"environments": [{{"id": "relais", "name": "Relais", "kind": "production", "base_url": "https://relais.example"}}],
        "processes": [{{"environment_id": "relais", "name": "Agence", "process_uuid": "{UUID}"}}]}}"#
    );
    let scene = under(&text).await;
    let view = scene.desk.session_view();
    assert!(!view.setup_wanted, "the organisation has set it up");
    assert!(
        view.environments
            .iter()
            .any(|known| known.id == "relais" && known.host == "relais.example")
    );
}
