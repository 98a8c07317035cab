//! Data to compare, sent to a dossier that exists.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::views::{
    dossier::ExpectedOutcome,
    error::ErrorCode,
    launch::{ExpectedDatumForm, ExpectedNamesSource, FieldRule, LaunchForm},
};
use id360_sandbox::{Endpoint, Fault, Target};
use support::{Scene, form, uuid};

fn datum(name: &str, value: &str) -> ExpectedDatumForm {
    ExpectedDatumForm {
        name: name.into(),
        value: value.into(),
        locked: true,
        auto: None,
    }
}

fn without_data() -> LaunchForm {
    LaunchForm {
        expected: Vec::new(),
        open_link: false,
        ..form()
    }
}

#[tokio::test]
async fn each_datum_is_sent_once_as_typed_and_says_what_became_of_it() {
    let scene = Scene::signed_in().await;
    let id = scene.launch(without_data()).await.unwrap().dossier.row.id;
    let sent = vec![datum("name", "D’Éon-Ñuñez"), datum("shoe_size", "43")];
    let intent = uuid();
    let first = scene.desk.push_data(&intent, &id, sent.clone()).await;
    let again = scene.desk.push_data(&intent, &id, sent).await.unwrap();
    assert_eq!(first.unwrap(), again);
    let outcomes: Vec<_> = again
        .expected
        .iter()
        .map(|datum| (datum.name.as_str(), datum.value.as_str(), datum.outcome))
        .collect();
    assert_eq!(
        outcomes,
        [
            ("name", "D’Éon-Ñuñez", ExpectedOutcome::Accepted),
            ("shoe_size", "43", ExpectedOutcome::Refused),
        ]
    );
    assert_eq!(scene.sandbox.counters().calls[&Endpoint::Push], 2);

    let locked = scene
        .desk
        .push_data(&uuid(), &id, vec![datum("name", "AUTRE")])
        .await
        .unwrap_err();
    assert_eq!(locked.params["rule"], "data_locked");
    let birth_date = vec![datum("birth_date", "1978-02-14")];
    scene
        .desk
        .push_data(&uuid(), &id, birth_date)
        .await
        .unwrap();
    assert_eq!(
        scene.sandbox.counters().calls[&Endpoint::Push],
        3,
        "the others were not sent again"
    );
}

#[tokio::test]
async fn a_form_is_judged_before_it_is_launched_by_the_rules_it_is_refused_by() {
    let scene = Scene::signed_in().await;
    let sound = LaunchForm {
        expected: vec![datum("phone_number", "+33600000002")],
        ..form()
    };
    let check = scene.desk.check_form(&sound).unwrap();
    assert_eq!(check.problems, []);
    assert_eq!(check.sms_to.as_deref(), Some("+33600000002"));

    let wrong = LaunchForm {
        process_id: "of elsewhere".into(),
        expected: vec![datum("Ma donnée", "x")],
        ..form()
    };
    let check = scene.desk.check_form(&wrong).unwrap();
    let told: Vec<_> = check
        .problems
        .iter()
        .map(|problem| (problem.field.as_str(), problem.rule))
        .collect();
    assert_eq!(
        told,
        [
            ("process_id", FieldRule::ProcessMissing),
            ("expected.0.name", FieldRule::DataNameSpelling),
        ]
    );
    assert_eq!(check.sms_to, None);
    let refused = scene.launch(LaunchForm {
        process_id: form().process_id,
        ..wrong
    });
    assert_eq!(
        refused.await.unwrap_err().params["rule"],
        "data_name_spelling"
    );
    assert_eq!(scene.sandbox.counters().calls.get(&Endpoint::Create), None);
}

#[tokio::test]
async fn what_id360_has_locked_is_told_before_it_is_sent() {
    let scene = Scene::signed_in().await;
    let id = scene.launch(without_data()).await.unwrap().dossier.row.id;
    let name = vec![datum("name", "D’Éon-Ñuñez")];
    scene.desk.push_data(&uuid(), &id, name).await.unwrap();
    let data = [datum("first_name", "Ondine"), datum(" name", "AUTRE")];
    let check = scene.desk.check_data(&id, &data).await.unwrap();
    assert_eq!(check.problems.len(), 1);
    assert_eq!(check.problems[0].field, "expected.1.name");
    assert_eq!(check.problems[0].rule, FieldRule::DataLocked);
}

#[tokio::test]
async fn the_names_come_from_the_dossier_or_else_from_the_guide_and_reading_them_begins_nothing() {
    let scene = Scene::signed_in().await;
    let id = scene.launch(without_data()).await.unwrap().dossier.row.id;
    let told = scene.desk.expected_names(&id).await.unwrap();
    assert_eq!(told.source, ExpectedNamesSource::Dossier);
    assert!(told.names.contains(&"birth_date".to_owned()), "{told:?}");
    let status = scene.desk.refresh_dossier(&id).await.unwrap().row.status;
    assert_eq!(status.unwrap().word, "NEW");

    let refusal = Fault::Status {
        status: 404,
        body: None,
        retry_after: None,
    };
    let only = Target::Only(Endpoint::EnrollmentInfo);
    scene.sandbox.fault(only, u32::MAX, refusal);
    let fallen_back = scene.desk.expected_names(&id).await.unwrap();
    assert_eq!(fallen_back.source, ExpectedNamesSource::Documented);
    assert_eq!(
        fallen_back.names,
        ["name", "first_name", "birth_date", "phone_number"]
    );
    scene.desk.sign_out().await.unwrap();
    let signed_out = scene.desk.expected_names(&id).await.unwrap_err();
    assert_eq!(signed_out.code, ErrorCode::NotSignedIn);
}
