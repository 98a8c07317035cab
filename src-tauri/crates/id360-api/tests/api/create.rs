//! Create, push and discontinue: never twice, and never a wrong word about what became of them (quality 1.3).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use id360_api::*;
use secrecy::SecretString;
use serde_json::json;

use crate::support::clock::MovableClock;
use crate::support::script::{Provider, Reply, Script};
use crate::support::{application, options, person, process};

const ANSWER: &str = r#"{"url":"http://preprod.id360docaposte.com/private/api/1.0.0/enrollment/900042","id":900042,"process":992,"api_key":"00ff00ff","status":"NEW"}"#;

fn script_of(clock: &Arc<MovableClock>, reply: Reply) -> Arc<Script> {
    let provider = Provider::new();
    Script::new(clock, move |seen| {
        provider.door(seen).unwrap_or_else(|| reply.clone())
    })
}

async fn create_with(reply: Reply) -> Result<bytes::Bytes, CreateError> {
    let clock = MovableClock::new();
    let script = script_of(&clock, reply);
    let client = script.client(application(), options(clock.clone()));
    let outcome = client
        .create_enrollment(&process(1), &CreateEnrollment::default())
        .await;
    assert_eq!(script.count(Endpoint::CreateEnrollment), 1);
    outcome
}

#[tokio::test(start_paused = true)]
async fn the_body_holds_what_was_given_and_nothing_else() {
    let clock = MovableClock::new();
    let script = script_of(&clock, Reply::json(ANSWER));
    let client = script.client(application(), options(clock.clone()));
    let body = CreateEnrollment {
        browser_callback_url: "https://banque.exemple.test/retour".into(),
        callback_endpoints: vec![CallbackEndpoint {
            url: "https://banque.exemple.test/id360".into(),
            on: vec!["E".into(), "F".into()],
            headers: vec![CallbackHeader {
                name: "api-key".into(),
                value: SecretString::from("s3cret-é\""),
            }],
        }],
        client_reference: Some("REF-1".into()),
        last_name: Some("VALMONTEL".into()),
        group: Some("agence 12".into()),
        authenticator_phone_number: Some("+33600000000".into()),
        ..CreateEnrollment::default()
    };
    let answer = client
        .create_enrollment(&process(0x992), &body)
        .await
        .unwrap();
    assert_eq!(answer, ANSWER);
    let sent = &script.log()[1];
    assert_eq!(
        sent.target,
        "/api/1.0.0/process/00000000-0000-0000-0000-000000000992/enrollment"
    );
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&sent.body).unwrap(),
        json!({
            "browser_callback_url": "https://banque.exemple.test/retour",
            "callback_endpoints": [{
                "url": "https://banque.exemple.test/id360",
                "on": ["E", "F"],
                "headers": [{ "name": "api-key", "value": "s3cret-é\"" }],
            }],
            "client_reference": "REF-1",
            "last_name": "VALMONTEL",
            "group": "agence 12",
            "custom_data": { "authenticators": { "phone_number": "+33600000000" } },
        })
    );
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_never_was_proves_that_nothing_was_made() {
    for cause in [
        FailureCause::Unreachable,
        FailureCause::CertificateRefused,
        FailureCause::TimedOut,
    ] {
        let error = create_with(Reply::failure(cause, false)).await.unwrap_err();
        assert!(matches!(error, CreateError::NotProcessed(_)), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_proves_that_there_is_no_dossier() {
    for status in [400, 403, 404, 409, 422, 429, 301, 302, 307, 308] {
        let reply = Reply::status(status).header("location", "/elsewhere");
        let error = create_with(reply).await.unwrap_err();
        assert!(
            matches!(error, CreateError::Refused(_)),
            "{status}: {error:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_never_sent_again() {
    let lost = [
        Reply::failure(FailureCause::TimedOut, true),
        Reply::failure(FailureCause::ConnectionLost, true),
        Reply::json(ANSWER).after(Duration::from_secs(3600)),
        Reply::status(500),
        Reply::status(502).body("<html>"),
        Reply::status(503).header("retry-after", "1"),
        Reply::status(504),
    ];
    for reply in lost {
        let error = create_with(reply).await.unwrap_err();
        assert!(
            matches!(error, CreateError::OutcomeUnknown { .. }),
            "{error:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_cut_anywhere_keeps_every_byte_that_came() {
    for cut in 0..ANSWER.len() {
        let error = create_with(Reply::json(ANSWER).breaking_at(cut))
            .await
            .unwrap_err();
        let CreateError::OutcomeUnknown { error, received } = error else {
            panic!("{error:?}")
        };
        assert!(matches!(error.kind, ApiErrorKind::Truncated { .. }));
        assert_eq!(received, ANSWER[..cut]);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_beyond_the_cap_keeps_its_beginning() {
    let mut long = ANSWER.as_bytes().to_vec();
    long.resize(300 << 10, b' ');
    let error = create_with(Reply::json(long)).await.unwrap_err();
    let CreateError::OutcomeUnknown { error, received } = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.kind, ApiErrorKind::TooLarge);
    assert_eq!(received.len(), 256 << 10);
    assert!(Enrollment::recover(&received).unwrap().1.is_some());
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_not_json_is_handed_over_as_it_came() {
    for body in ["", "not json", "<html></html>"] {
        assert_eq!(
            create_with(Reply::status(201).body(body)).await.unwrap(),
            body
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_lets_a_create_go_out_once_more_and_no_further() {
    let clock = MovableClock::new();
    let refusals = AtomicUsize::new(0);
    let script = Script::new(&clock, move |seen| match seen.endpoint {
        Endpoint::Login => Reply::json(r#"{"token":"0123456789"}"#),
        _ if refusals.fetch_add(1, Ordering::SeqCst) == 0 => Reply::status(401),
        _ => Reply::json(ANSWER),
    });
    let client = script.client(application(), options(clock.clone()));
    client
        .create_enrollment(&process(1), &CreateEnrollment::default())
        .await
        .unwrap();
    assert_eq!(script.count(Endpoint::CreateEnrollment), 2);

    let clock = MovableClock::new();
    let script = Script::new(&clock, |seen| match seen.endpoint {
        Endpoint::Login => Reply::json(r#"{"token":"0123456789"}"#),
        _ => Reply::status(401),
    });
    let client = script.client(application(), options(clock.clone()));
    let error = client
        .create_enrollment(&process(2), &CreateEnrollment::default())
        .await
        .unwrap_err();
    assert!(
        matches!(error, CreateError::NotProcessed(e) if e.kind == ApiErrorKind::RefusedAfterSignIn)
    );
    assert_eq!(script.count(Endpoint::CreateEnrollment), 2);
}

#[tokio::test(start_paused = true)]
async fn a_person_whose_session_ended_is_told_that_nothing_was_made() {
    let clock = MovableClock::new();
    let provider = Provider::new();
    let door = Arc::clone(&provider);
    let script = Script::new(&clock, move |seen| {
        door.door(seen).unwrap_or_else(|| Reply::json(ANSWER))
    });
    let client = script.client(person(), options(clock.clone()));
    client
        .sign_in(Some(SecretString::from("123456")))
        .await
        .unwrap();
    provider.expire_all();
    let error = client
        .create_enrollment(&process(1), &CreateEnrollment::default())
        .await
        .unwrap_err();
    assert!(
        matches!(error, CreateError::NotProcessed(e) if e.kind == ApiErrorKind::SessionExpired)
    );
    assert_eq!(provider.logins(), 1);
}

#[tokio::test(start_paused = true)]
async fn pushed_data_leave_raw_and_once() {
    let clock = MovableClock::new();
    let script = script_of(&clock, Reply::status(204));
    let client = script.client(application(), options(clock.clone()));
    client
        .push_expected(EnrollmentId(1), "name", "LE GOËLAND D'ÉMAIL", true, None)
        .await
        .unwrap();
    client
        .push_expected(
            EnrollmentId(2),
            "phone_number",
            "+33600000000",
            false,
            Some(true),
        )
        .await
        .unwrap();
    let log = script.log();
    assert_eq!(
        log[1].target,
        "/api/1.0.0/enrollment/1/control/data/name/?locked=true"
    );
    assert_eq!(log[1].body, "LE GOËLAND D'ÉMAIL".as_bytes());
    assert_eq!(
        log[2].target,
        "/api/1.0.0/enrollment/2/control/data/phone_number/?locked=false&auto=true"
    );
}

#[tokio::test(start_paused = true)]
async fn a_push_and_an_interruption_say_what_is_known_and_are_never_repeated() {
    let clock = MovableClock::new();
    let outcomes = [
        (
            Reply::failure(FailureCause::Unreachable, false),
            "not processed",
        ),
        (Reply::status(409), "refused"),
        (Reply::status(404), "refused"),
        (Reply::status(503), "unknown"),
        (Reply::failure(FailureCause::TimedOut, true), "unknown"),
        (
            Reply::failure(FailureCause::ConnectionLost, true),
            "unknown",
        ),
    ];
    for (number, (reply, expected)) in outcomes.into_iter().enumerate() {
        let script = script_of(&clock, reply);
        let client = script.client(application(), options(clock.clone()));
        let id = EnrollmentId(number as i64);
        let pushed = match client
            .push_expected(id, "name", "X", true, None)
            .await
            .unwrap_err()
        {
            PushError::NotProcessed(_) => "not processed",
            PushError::Refused(_) => "refused",
            PushError::OutcomeUnknown(_) => "unknown",
        };
        let interrupted = match client.discontinue(id).await.unwrap_err() {
            DiscontinueError::NotProcessed(_) => "not processed",
            DiscontinueError::Refused(_) => "refused",
            DiscontinueError::Unconfirmed(_) => "unknown",
        };
        assert_eq!((pushed, interrupted), (expected, expected));
        assert_eq!(script.count(Endpoint::PushExpected), 1);
        assert_eq!(script.count(Endpoint::Discontinue), 1);
    }
}
