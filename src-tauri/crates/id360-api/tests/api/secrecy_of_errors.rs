//! No secret in what an error or a debug text shows (quality L-06).

use std::sync::Arc;

use id360_api::*;
use secrecy::SecretString;

use crate::support::clock::MovableClock;
use crate::support::script::{Reply, Script};
use crate::support::{PASSWORD, application, options, process};

const TOKEN: &str = "jeton-canari-\"5b1e\"+/=";
const API_KEY: &str = "cle-canari-9c2d";
const HEADER: &str = "entete-canari é\"\\";
const CODE: &str = "842913";
const VALUE: &str = "VALMONTEL-CANARI";

/// Everything an error shows.
fn shown(error: &ApiError) -> String {
    let body = error
        .body
        .as_deref()
        .map(String::from_utf8_lossy)
        .unwrap_or_default();
    format!("{error} {error:?} {:?} {body}", error.detail)
}

fn assert_clean(text: &str) {
    let percent =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let json = |text: &str| {
        serde_json::to_string(text)
            .unwrap()
            .trim_matches('"')
            .to_owned()
    };
    for secret in [PASSWORD, TOKEN, API_KEY, HEADER, CODE, VALUE] {
        for spelling in [secret.to_owned(), percent(secret), json(secret)] {
            assert!(!text.contains(&spelling), "{spelling} in {text}");
        }
    }
    assert!(
        !text.contains("https://") && !text.contains("/api/1.0.0"),
        "an address in {text}"
    );
}

/// An ID360 that answers with everything it was told by this call and the login.
fn echo(clock: &Arc<MovableClock>, status: u16, as_json: bool) -> Arc<Script> {
    Script::new(clock, move |seen| {
        if seen.endpoint == Endpoint::Login && !String::from_utf8_lossy(&seen.body).contains(CODE) {
            return Reply::json(serde_json::json!({ "token": TOKEN }).to_string());
        }
        let told = String::from_utf8_lossy(&seen.body).into_owned();
        let credential = match seen.endpoint {
            Endpoint::Login => String::new(),
            Endpoint::EnrollmentInfo | Endpoint::EnrollmentStatus => format!("{API_KEY} {TOKEN}"),
            _ => TOKEN.to_owned(),
        };
        let everything = format!("{PASSWORD} {credential} {told}");
        let body = if as_json {
            serde_json::json!({ "detail": everything, "echo": told, "token": "deadbeef" })
                .to_string()
        } else {
            format!("<html>{everything}</html>")
        };
        Reply::status(status).body(body)
    })
}

#[tokio::test(start_paused = true)]
async fn whatever_the_provider_echoes_no_error_shows_a_secret() {
    for status in [200, 400, 403, 404, 422, 500] {
        for as_json in [true, false] {
            let clock = MovableClock::new();
            let script = echo(&clock, status, as_json);
            let client = script.client(application(), options(clock.clone()));
            let key = SecretString::from(API_KEY);
            let mut texts = vec![
                format!("{client:?} {:?}", client.environment())
                    .replace(client.environment().host().as_str(), "")
                    .replace("/api/1.0.0/", "")
                    .replace("https://", ""),
            ];
            let body = CreateEnrollment {
                last_name: Some(VALUE.into()),
                callback_endpoints: vec![CallbackEndpoint {
                    headers: vec![CallbackHeader {
                        name: "k".into(),
                        value: SecretString::from(HEADER),
                    }],
                    ..CallbackEndpoint::default()
                }],
                ..CreateEnrollment::default()
            };
            texts.push(format!("{body:?} {:?}", body.callback_endpoints));
            match client.create_enrollment(&process(1), &body).await {
                Ok(_) => {}
                Err(error) => {
                    texts.push(format!("{error} {error:?}").replace(VALUE, ""));
                    if let CreateError::Refused(error) | CreateError::OutcomeUnknown { error, .. } =
                        &error
                    {
                        // What was sent in clear is not ours to hide; what authenticates is.
                        texts.push(shown(error).replace(VALUE, ""));
                    }
                }
            }
            let pushed = client
                .push_expected(EnrollmentId(1), "name", VALUE, true, None)
                .await;
            if let Err(PushError::Refused(error) | PushError::OutcomeUnknown(error)) = &pushed {
                texts.push(shown(error));
            }
            if let Err(error) = client.enrollment_info(&key).await {
                texts.push(shown(&error));
            }
            let unused = client.enrollment_status(&SecretString::from(API_KEY)).await;
            if let Err(error) = unused {
                texts.push(shown(&error));
            }
            if let Err(error) = client.report(EnrollmentId(1), ReportRequest::Final).await {
                texts.push(shown(&error));
            }
            client.sign_out();
            if let Err(error) = client.sign_in(Some(SecretString::from(CODE))).await {
                texts.push(shown(&error));
            }
            texts.iter().for_each(|text| assert_clean(text));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_providers_own_words_are_kept() {
    let cases = [
        (r#"{"detail":"Parcours inconnu"}"#, Some("Parcours inconnu")),
        (
            r#"{"message":"Parcours inconnu"}"#,
            Some("Parcours inconnu"),
        ),
        (
            r#"{"error":{"message":"Parcours inconnu"}}"#,
            Some("Parcours inconnu"),
        ),
        (
            r#"{"detail":["Parcours inconnu"]}"#,
            Some("Parcours inconnu"),
        ),
        (r#""Parcours inconnu""#, Some("Parcours inconnu")),
        ("Parcours inconnu", None),
    ];
    for (body, expected) in cases {
        let clock = MovableClock::new();
        let script = Script::new(&clock, move |seen| match seen.endpoint {
            Endpoint::Login => Reply::json(r#"{"token":"0123456789"}"#),
            _ => Reply::status(400).body(body),
        });
        let client = script.client(application(), options(clock.clone()));
        let error = client
            .report(EnrollmentId(1), ReportRequest::Final)
            .await
            .unwrap_err();
        assert_eq!(error.detail.as_deref(), expected);
        assert!(error.body.is_some());
    }
}

#[tokio::test(start_paused = true)]
async fn keys_of_others_are_masked_by_their_look() {
    let key = "0123456789abcdef".repeat(8);
    let clock = MovableClock::new();
    let body = format!(
        r#"{{"detail":"see #/enrollment/{key}","callback_headers":[{{"name":"a","value":"v4lue"}}]}}"#
    );
    let script = Script::new(&clock, move |seen| match seen.endpoint {
        Endpoint::Login => Reply::json(r#"{"token":"0123456789"}"#),
        _ => Reply::status(400).body(body.clone()),
    });
    let client = script.client(application(), options(clock.clone()));
    let error = client
        .report(EnrollmentId(1), ReportRequest::Final)
        .await
        .unwrap_err();
    let text = shown(&error);
    assert!(!text.contains(&key[..50]) && !text.contains("v4lue"));
    assert!(text.contains("see #/enrollment/"));
}

#[tokio::test(start_paused = true)]
async fn a_huge_page_of_an_error_is_kept_in_part() {
    let clock = MovableClock::new();
    let script = Script::new(&clock, |seen| match seen.endpoint {
        Endpoint::Login => Reply::json(r#"{"token":"0123456789"}"#),
        _ => Reply::status(404).body("é".repeat(1 << 20)),
    });
    let client = script.client(application(), options(clock.clone()));
    let error = client
        .report(EnrollmentId(1), ReportRequest::Final)
        .await
        .unwrap_err();
    assert_eq!(error.body.unwrap().len(), 64 << 10);
}
