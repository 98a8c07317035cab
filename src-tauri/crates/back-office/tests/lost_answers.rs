//! Creation when the answer does not come: nothing is sent twice, nothing is lost.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use back_office::views::{
    dossier::CreationState,
    error::ErrorCode,
    launch::Settlement,
    list::ListQuery,
    session::AccountKind,
    transfer::{ImportSource, ImportVerdict},
};
use id360_sandbox::{Endpoint, Fault, Target};
use support::{Scene, form, uuid};

fn on_create(scene: &Scene, fault: Fault) {
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Create), 1, fault);
}

#[tokio::test]
async fn a_lost_answer_becomes_an_unknown_outcome_and_is_never_sent_again() {
    let mut scene = Scene::signed_in().await;
    on_create(&scene, Fault::DropAfter);
    let outcome = scene.launch(form()).await.unwrap();
    assert_eq!(outcome.dossier.row.creation, CreationState::OutcomeUnknown);
    assert!(outcome.dossier.acts.settle_unknown && !outcome.dossier.acts.send_again);
    assert!(scene.browser.opened.lock().unwrap().is_empty());
    let refused = scene
        .desk
        .send_again(&uuid(), &outcome.dossier.row.id)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::StateChanged);
    scene.restart().await;
    assert_eq!(scene.creates(), 1);
    let listed = scene.desk.list_dossiers(ListQuery::default(), 0, 10).await;
    assert_eq!(
        listed.unwrap().rows[0].creation,
        CreationState::OutcomeUnknown
    );
}

#[tokio::test]
async fn an_unknown_outcome_found_in_the_console_gives_reports_but_no_link() {
    let scene = Scene::signed_in().await;
    on_create(&scene, Fault::DropAfter);
    let unknown = scene.launch(form()).await.unwrap().dossier;
    let made = &scene.sandbox.enrollments()[0];
    assert_eq!(
        made.client_reference.as_deref(),
        Some(&*unknown.client_reference)
    );
    for wrong in ["-5", "+5", "5.0", ""] {
        let settlement = Settlement::Attach {
            enrollment_id: wrong.to_owned(),
        };
        let refused = scene
            .desk
            .settle_unknown(&uuid(), &unknown.row.id, settlement)
            .await
            .unwrap_err();
        assert_eq!(refused.params["rule"], "digits", "{wrong}");
    }
    let settlement = Settlement::Attach {
        enrollment_id: made.id.to_string(),
    };
    let attached = scene
        .desk
        .settle_unknown(&uuid(), &unknown.row.id, settlement)
        .await
        .unwrap();
    assert_eq!(attached.row.creation, CreationState::Created);
    assert!(attached.acts.refresh && !attached.acts.open_link);
    let refused = scene
        .desk
        .open_link(&attached.row.id, "fr", None, false)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::NoLink);
}

#[tokio::test]
async fn an_unknown_outcome_that_an_import_gives_its_number_has_the_key_of_its_cut_answer() {
    let scene = Scene::signed_in().await;
    let came = r#"{"api_key": "0123456789abcdef0123456789abcdef", "id": 3000"#;
    on_create(
        &scene,
        Fault::Status {
            status: 200,
            body: Some(came.to_owned()),
            retry_after: None,
        },
    );
    let unknown = scene.launch(form()).await.unwrap().dossier;
    assert_eq!(unknown.row.creation, CreationState::OutcomeUnknown);
    let id = unknown.row.id;
    *scene.clipboard.0.lock().unwrap() = Some(format!(
        "id;reference\n300001;{}\n",
        unknown.client_reference
    ));
    let plan = scene
        .desk
        .read_import(&uuid(), ImportSource::Clipboard, None)
        .await
        .unwrap()
        .unwrap();
    let completed = ImportVerdict::Completed { id: id.clone() };
    assert_eq!(plan.lines[0].verdict, completed);
    let done = scene.desk.apply_import(&uuid(), &plan.plan_id).await;
    assert_eq!(done.unwrap().completed, 1);
    let known = scene.desk.get_dossier(&id).await.unwrap();
    assert_eq!(known.row.creation, CreationState::Created);
    assert_eq!(known.row.enrollment_id.as_deref(), Some("300001"));
    assert_eq!(known.link_hint.as_deref(), Some("••••cdef"));
}

#[tokio::test]
async fn a_number_that_another_dossier_has_is_refused_by_name_and_attaches_nothing() {
    let scene = Scene::signed_in().await;
    let known = scene.launch(form()).await.unwrap().dossier;
    on_create(&scene, Fault::DropAfter);
    let unknown = scene.launch(form()).await.unwrap().dossier;
    let settlement = Settlement::Attach {
        enrollment_id: known.row.enrollment_id.unwrap(),
    };
    let refused = scene
        .desk
        .settle_unknown(&uuid(), &unknown.row.id, settlement)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::NumberTaken);
    let still = scene.desk.get_dossier(&unknown.row.id).await.unwrap();
    assert_eq!(still.row.creation, CreationState::OutcomeUnknown);
}

#[tokio::test]
async fn an_unknown_outcome_that_does_not_exist_is_closed_and_stays_visible() {
    let scene = Scene::signed_in().await;
    on_create(
        &scene,
        Fault::Status {
            status: 502,
            body: None,
            retry_after: None,
        },
    );
    let unknown = scene.launch(form()).await.unwrap().dossier;
    assert_eq!(unknown.row.creation, CreationState::OutcomeUnknown);
    let closed = scene
        .desk
        .settle_unknown(&uuid(), &unknown.row.id, Settlement::DoesNotExist)
        .await
        .unwrap();
    assert_eq!(closed.row.creation, CreationState::Closed);
}

#[tokio::test]
async fn an_answer_cut_behind_the_key_still_gives_the_dossier_and_its_link() {
    let scene = Scene::signed_in().await;
    on_create(&scene, Fault::ShortBody);
    let outcome = scene.launch(form()).await.unwrap();
    assert_eq!(outcome.dossier.row.creation, CreationState::Created);
    assert_eq!(outcome.link_opened, Some(true));
    assert_eq!(scene.creates(), 1);
}

#[tokio::test]
async fn html_in_place_of_the_answer_is_an_unknown_outcome() {
    let scene = Scene::signed_in().await;
    on_create(&scene, Fault::Html { status: None });
    let outcome = scene.launch(form()).await.unwrap();
    assert_eq!(outcome.dossier.row.creation, CreationState::OutcomeUnknown);
}

#[tokio::test]
async fn a_number_that_came_with_an_incident_makes_no_dossier_after_a_restart_either() {
    let mut scene = Scene::signed_in().await;
    on_create(
        &scene,
        Fault::Status {
            status: 502,
            body: Some(r#"{"id": 4242, "error": "upstream"}"#.to_owned()),
            retry_after: None,
        },
    );
    let unknown = scene.launch(form()).await.unwrap().dossier;
    assert_eq!(unknown.row.creation, CreationState::OutcomeUnknown);
    scene.restart().await;
    let still = scene.desk.get_dossier(&unknown.row.id).await.unwrap();
    assert_eq!(still.row.creation, CreationState::OutcomeUnknown);
    assert_eq!(still.row.enrollment_id, None);
}

#[tokio::test]
async fn a_refused_field_makes_no_dossier_and_the_next_try_is_a_new_one() {
    let scene = Scene::signed_in().await;
    let refusal = r#"{"detail": "phone_number"}"#.to_owned();
    on_create(
        &scene,
        Fault::Status {
            status: 400,
            body: Some(refusal),
            retry_after: None,
        },
    );
    let refused = scene.launch(form()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Refused);
    let id = refused.params["dossier_id"].clone();
    let kept = scene.desk.get_dossier(&id).await.unwrap();
    assert_eq!(kept.row.creation, CreationState::Refused);
    let again = scene.launch(form()).await.unwrap();
    assert_ne!(again.dossier.client_reference, kept.client_reference);
    assert_eq!(scene.sandbox.enrollments().len(), 1);
}

#[tokio::test]
async fn what_never_left_this_computer_can_be_sent_again_by_the_person() {
    let scene = Scene::new().await;
    scene
        .desk
        .sign_in_to_sandbox(AccountKind::User)
        .await
        .unwrap();
    scene.sandbox.expire_tokens();
    let unsent = scene.launch(form()).await.unwrap_err();
    assert_eq!(unsent.code, ErrorCode::SessionExpired);
    let otp = scene.sandbox.credentials().user.otp;
    scene.desk.resume_session(otp.into()).await.unwrap();
    let id = unsent.params["dossier_id"].clone();
    // The same goes out again, to where the dossier says.
    let mut process = scene.desk.settings().processes[0].clone();
    process.process_uuid = uuid();
    scene.desk.save_process(process, Vec::new()).await.unwrap();
    let sent = scene.desk.send_again(&uuid(), &id).await.unwrap();
    assert_eq!(sent.dossier.row.id, id);
    assert_eq!(sent.dossier.row.creation, CreationState::Created);
    assert_eq!(scene.creates(), 1);
}

#[tokio::test]
async fn an_unknown_process_is_said_by_name() {
    let scene = Scene::signed_in().await;
    let mut process = scene.desk.settings().processes[0].clone();
    process.process_uuid = uuid();
    scene.desk.save_process(process, Vec::new()).await.unwrap();
    let refused = scene.launch(form()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::UnknownProcess);
    assert_eq!(refused.params["environment"], "sandbox");
}

#[tokio::test]
async fn one_press_sent_twice_creates_one_dossier() {
    let scene = Scene::signed_in().await;
    let intent = uuid();
    let (one, two) = tokio::join!(
        scene.desk.launch_dossier(&intent, form()),
        scene.desk.launch_dossier(&intent, form())
    );
    assert_eq!(one.unwrap().dossier.row.id, two.unwrap().dossier.row.id);
    assert_eq!(scene.creates(), 1);
}

#[tokio::test]
async fn a_browser_that_does_not_open_leaves_the_dossier_ready_to_open_again() {
    let scene = Scene::signed_in().await;
    *scene.browser.broken.lock().unwrap() = true;
    let outcome = scene.launch(form()).await.unwrap();
    assert_eq!(outcome.link_opened, Some(false));
    *scene.browser.broken.lock().unwrap() = false;
    let opened = scene
        .desk
        .open_link(&outcome.dossier.row.id, "en", None, false)
        .await
        .unwrap();
    assert!(opened.opened_at.is_some());
    assert_eq!(
        opened.lang.as_deref(),
        Some("fr"),
        "the language chosen at launch"
    );
    assert_eq!(scene.creates(), 1);
}

#[tokio::test]
async fn nobody_signed_in_leaves_nothing_behind() {
    let scene = Scene::new().await;
    let refused = scene.launch(form()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotSignedIn);
    let page = scene.desk.list_dossiers(ListQuery::default(), 0, 10).await;
    assert_eq!(page.unwrap().all, 0);
}
