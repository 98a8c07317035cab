//! An application account and a user account of one environment, open side by side.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use std::{sync::atomic::Ordering, time::Duration};

use back_office::views::{
    deadlines::NextAct,
    error::ErrorCode,
    journal::JournalQuery,
    link::ShowLinkForm,
    session::{AccountKind, OpenSession, SessionView, SignInForm},
    settings::EnvironmentSettings,
};
use chrono::TimeDelta;
use futures::future::join_all;
use id360_api::Endpoint;
use secrecy::SecretString;
use support::{
    Scene, form,
    script::{Come, Play},
    until, uuid,
};

async fn both() -> Scene {
    let scene = Scene::signed_in().await;
    let user = AccountKind::User;
    scene.desk.sign_in_to_sandbox(user).await.unwrap();
    scene
}

fn kinds(view: &SessionView) -> (Option<AccountKind>, Option<AccountKind>) {
    let kind = |open: &Option<OpenSession>| open.as_ref().map(|open| open.account);
    (kind(&view.current), kind(&view.beside))
}

const APPLICATION: Option<AccountKind> = Some(AccountKind::Application);
const USER: Option<AccountKind> = Some(AccountKind::User);

async fn entries(scene: &Scene, act: &str) -> Vec<String> {
    let query = JournalQuery::default();
    let page = scene.desk.list_journal(query, 0, 100).await.unwrap();
    let of_act = page.entries.into_iter().filter(|entry| entry.act == act);
    of_act.map(|entry| entry.detail).collect()
}

#[tokio::test]
async fn a_second_account_opens_beside_the_first_which_goes_on_working() {
    let scene = both().await;
    assert_eq!(kinds(&scene.desk.session_view()), (APPLICATION, USER));
    assert_eq!(scene.sandbox.counters().logins_ok, 2);
    scene.launch(form()).await.unwrap();
}

#[tokio::test]
async fn changing_the_account_to_work_with_costs_no_login_and_is_journaled() {
    let scene = both().await;
    for (account, now) in [
        (AccountKind::User, (USER, APPLICATION)),
        (AccountKind::User, (USER, APPLICATION)),
        (AccountKind::Application, (APPLICATION, USER)),
    ] {
        let view = scene.desk.work_as(account).await.unwrap();
        assert_eq!(kinds(&view), now);
    }
    let counters = scene.sandbox.counters();
    assert_eq!((counters.logins_ok, counters.logins_while_valid), (2, 0));
    let told = entries(&scene, "account_changed").await;
    assert_eq!(told, ["sandbox, application", "sandbox, user"]);
}

#[tokio::test]
async fn an_account_that_is_not_open_cannot_be_worked_with() {
    let scene = Scene::signed_in().await;
    let refused = scene.desk.work_as(AccountKind::User).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotSignedIn);
    assert_eq!(kinds(&scene.desk.session_view()), (APPLICATION, None));
}

#[tokio::test]
async fn closing_the_account_that_is_worked_with_leaves_the_other_one_at_work() {
    let scene = both().await;
    let launched = scene.launch(form()).await.unwrap().dossier.row;
    let closed = scene.desk.close_account(AccountKind::Application).await;
    assert_eq!(kinds(&closed.unwrap()), (USER, None));
    assert_eq!(
        entries(&scene, "signed_out").await,
        ["sandbox, application"]
    );
    // It follows what the other one followed.
    let enrollment = launched.enrollment_id.unwrap().parse().unwrap();
    scene
        .sandbox
        .finish(enrollment, id360_sandbox::Outcome::Ok, &[])
        .unwrap();
    scene.desk.refresh_dossier(&launched.id).await.unwrap();
    let closed = scene.desk.close_account(AccountKind::User).await.unwrap();
    assert_eq!(kinds(&closed), (None, None));
}

#[tokio::test]
async fn signing_out_leaves_both_accounts() {
    let scene = both().await;
    let out = scene.desk.sign_out().await.unwrap();
    assert_eq!(kinds(&out), (None, None));
    let told = entries(&scene, "signed_out").await;
    assert_eq!(told, ["sandbox, user", "sandbox, application"]);
}

#[tokio::test]
async fn a_user_account_beside_that_lapses_disturbs_nobody_and_comes_back_with_a_code() {
    let scene = both().await;
    scene.sandbox.expire_tokens();
    scene.launch(form()).await.unwrap();
    let user = scene.desk.work_as(AccountKind::User).await.unwrap();
    // The lapse shows with the first call that is refused.
    assert_eq!(kinds(&user), (USER, APPLICATION));
    let refused = scene.launch(form()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::SessionExpired);
    let back = scene.desk.work_as(AccountKind::Application).await.unwrap();
    assert!(!back.current.unwrap().code_wanted);
    assert!(back.beside.unwrap().code_wanted);
    let otp = SecretString::from(scene.sandbox.credentials().user.otp);
    let view = scene.desk.resume_session(otp).await.unwrap();
    assert!(!view.beside.unwrap().code_wanted);
    assert_eq!(scene.sandbox.counters().logins_while_valid, 0);
}

#[tokio::test]
async fn the_window_is_told_when_an_account_opens_beside() {
    let scene = both().await;
    until("the window knows of both accounts", || {
        let told = scene.window.sessions.lock().unwrap();
        told.last()
            .is_some_and(|view| kinds(view) == (APPLICATION, USER))
    })
    .await;
}

#[tokio::test]
async fn who_is_there_when_another_environment_opens_has_left_with_the_links_that_were_shown() {
    let scene = both().await;
    let id = scene.launch(form()).await.unwrap().dossier.row.id;
    let shown = ShowLinkForm {
        lang: "fr".into(),
        to_customer: true,
        confirmed: true,
    };
    scene.desk.show_link(&id, shown).await.unwrap();
    let environment = EnvironmentSettings {
        id: String::new(),
        name: Some("Recette".into()),
        base_url: scene.sandbox.base_url(),
        ui_base_url: String::new(),
        ..scene.desk.settings().environments[2].clone()
    };
    let settings = scene.desk.save_environment(environment).await.unwrap();
    let known = scene.sandbox.credentials().application;
    let form = SignInForm {
        environment_id: settings.environments.last().unwrap().id.clone(),
        account: AccountKind::Application,
        username: known.username,
        password: known.password,
        code: None,
        remember: false,
    };
    let view = scene.desk.sign_in(form).await.unwrap();
    assert_eq!(kinds(&view), (APPLICATION, None));
    let told = entries(&scene, "signed_out").await;
    assert_eq!(told, ["sandbox, user", "sandbox, application"]);
    assert_eq!(*scene.customer_screen.0.lock().unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn a_dossier_is_journaled_for_who_sent_it_whoever_is_worked_with_when_the_answer_comes() {
    let play = Play::signed_in_with(&[]).await;
    let user = AccountKind::User;
    play.desk.sign_in_to_sandbox(user).await.unwrap();
    let answer = br#"{"id": 42, "api_key": "00112233445566778899", "status": "NEW"}"#;
    *play.id360.creation.lock().unwrap() = Some((answer.to_vec(), Come::Whole));
    *play.id360.latency.lock().unwrap() = Duration::from_secs(20);
    let intent = uuid();
    let change = async {
        play.seconds(5).await;
        play.desk.work_as(user).await.unwrap();
    };
    let (made, ()) = tokio::join!(play.desk.launch_dossier(&intent, form()), change);
    made.unwrap();
    let query = JournalQuery {
        acts: vec!["sent".into(), "created".into(), "opened".into()],
        ..JournalQuery::default()
    };
    let page = play.desk.list_journal(query, 0, 100).await.unwrap();
    let actors: Vec<_> = page
        .entries
        .iter()
        .map(|entry| entry.actor.as_deref())
        .collect();
    assert_eq!(actors, [Some("application"); 3]);
}

#[tokio::test(start_paused = true)]
async fn a_report_too_old_for_the_application_is_read_by_the_user_account_beside_it() {
    let play = Play::finished_elsewhere(1, TimeDelta::days(10)).await;
    play.id360.verdicts.lock().unwrap().insert(1, "OK");
    play.sign_in().await;
    play.hours(24).await;
    assert!(play.id360.reports().is_empty());
    let user = AccountKind::User;
    play.desk.sign_in_to_sandbox(user).await.unwrap();
    let radar = play.desk.radar().await.unwrap();
    let card = radar.lanes.iter().flat_map(|lane| &lane.cards).next();
    assert!(matches!(card.unwrap().next, NextAct::KeepReport));
    play.hours(2).await;
    let read = play.id360.reports();
    assert_eq!(read.len(), 1);
    assert!(read[0].as_user);
    assert_eq!(play.id360.of(Endpoint::Login).len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_the_application_reaches_it_reads_itself() {
    let play = Play::finished_with(&[TimeDelta::days(1)]).await;
    play.id360.verdicts.lock().unwrap().insert(1, "OK");
    play.sign_in().await;
    let user = AccountKind::User;
    play.desk.sign_in_to_sandbox(user).await.unwrap();
    play.hours(2).await;
    let read = play.id360.reports();
    assert!(!read.is_empty());
    assert!(read.iter().all(|call| !call.as_user));
}

#[tokio::test(start_paused = true)]
async fn two_open_accounts_together_have_at_most_four_calls_under_way() {
    let play = Play::finished_with(&[TimeDelta::days(1); 8]).await;
    play.sign_in().await;
    let user = AccountKind::User;
    play.desk.sign_in_to_sandbox(user).await.unwrap();
    *play.id360.latency.lock().unwrap() = Duration::from_secs(20);
    play.id360.most_at_once.store(0, Ordering::SeqCst);
    let ids: Vec<String> = play.ids.iter().map(ToString::to_string).collect();
    // The application reads what is fresh; archived reports are the user's to read. What they say does not matter.
    let fresh = join_all(ids.iter().map(|id| play.desk.refresh_dossier(id)));
    let archived = join_all(ids.iter().map(|id| play.desk.read_archived_report(id)));
    tokio::join!(fresh, archived);
    let read = play.id360.of(Endpoint::ArchivedReport);
    assert!(read.len() >= 8 && read.iter().all(|call| call.as_user));
    assert!(play.id360.reports().iter().any(|call| !call.as_user));
    let most = play.id360.most_at_once.load(Ordering::SeqCst);
    assert_eq!(most, 4);
}

#[tokio::test(start_paused = true)]
async fn two_open_accounts_follow_as_one_would() {
    let asked = async |accounts: &[AccountKind]| {
        let play = Play::signed_in_with(&[TimeDelta::zero()]).await;
        for account in accounts {
            play.desk.sign_in_to_sandbox(*account).await.unwrap();
            play.desk.work_as(*account).await.unwrap();
        }
        play.hours(3).await;
        play.id360.reports().len()
    };
    let alone = asked(&[]).await;
    let beside = asked(&[AccountKind::User]).await;
    assert!(beside.abs_diff(alone) <= 2, "{beside} against {alone}");
}
