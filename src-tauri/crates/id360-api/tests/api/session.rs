//! One token owner: who signs in, when, and how often (quality T-01 to T-03, T-09, T-11).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::join_all;
use id360_api::*;
use secrecy::SecretString;

use crate::support::audit::Answered;
use crate::support::clock::MovableClock;
use crate::support::script::{Provider, Reply, Script, provider_script};
use crate::support::{application, options, person, process};

const MINUTE: Duration = Duration::from_secs(60);

fn code(text: &str) -> Option<SecretString> {
    Some(SecretString::from(text))
}

#[tokio::test(start_paused = true)]
async fn a_server_that_refuses_every_token_sees_few_logins_in_a_day_of_constant_use() {
    let clock = MovableClock::new();
    let script = Script::new(&clock, |seen| match seen.endpoint {
        Endpoint::Login => Reply::json(r#"{"token":"0123456789abcdef01234567"}"#),
        _ => Reply::status(401),
    });
    let client = script.client(application(), options(clock.clone()));
    let first = client
        .report(EnrollmentId(0), ReportRequest::Final)
        .await
        .unwrap_err();
    assert_eq!(first.kind, ApiErrorKind::RefusedAfterSignIn);
    for number in 1..=20 {
        let error = client
            .report(EnrollmentId(number), ReportRequest::Final)
            .await
            .unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::LoginHeldBack);
    }
    assert_eq!(
        script.count(Endpoint::Login),
        2,
        "the circuit opens after two"
    );
    assert!(matches!(client.session(), SessionState::HeldBack { .. }));
    for number in 100..(100 + 24 * 60) {
        let _ = client
            .report(EnrollmentId(number), ReportRequest::Final)
            .await;
        tokio::time::sleep(MINUTE).await;
    }
    let logins: Vec<_> = script
        .log()
        .into_iter()
        .filter(|entry| entry.endpoint == Endpoint::Login)
        .collect();
    let steps: Vec<_> = logins[1..5]
        .windows(2)
        .map(|pair| (pair[1].at - pair[0].at).as_secs() / 60)
        .collect();
    assert_eq!(steps, [1, 2, 5]);
    // The audit at the end of the test holds every hour of the log to six logins.
    assert!(logins.len() <= 2 + 24 * 4 + 3);
}

#[tokio::test(start_paused = true)]
async fn a_cold_start_signs_in_once_however_many_calls_wait() {
    for waiting in [1_usize, 10, 1000] {
        let clock = MovableClock::new();
        let (provider, script) = provider_script(&clock);
        let client = script.client(application(), options(clock.clone()));
        let calls = (0..waiting as i64)
            .map(|number| client.report(EnrollmentId(number), ReportRequest::Final));
        for outcome in join_all(calls).await {
            outcome.unwrap();
        }
        assert_eq!(provider.logins(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_login_is_shared_by_everybody_who_waited_for_it() {
    let clock = MovableClock::new();
    let script = Script::new(&clock, |_| Reply::status(500).after(Duration::from_secs(1)));
    let client = script.client(application(), options(clock.clone()));
    let calls = (0..200).map(|number| client.report(EnrollmentId(number), ReportRequest::Final));
    for outcome in join_all(calls).await {
        assert_eq!(outcome.unwrap_err().kind, ApiErrorKind::ProviderIncident);
    }
    assert_eq!(script.count(Endpoint::Login), 1);
}

#[tokio::test(start_paused = true)]
async fn a_login_that_never_left_is_tried_once_more_after_five_seconds() {
    let clock = MovableClock::new();
    let down = Arc::new(AtomicBool::new(true));
    let provider = Provider::new();
    let (door, is_down) = (Arc::clone(&provider), Arc::clone(&down));
    let script = Script::new(&clock, move |seen| {
        if is_down.swap(false, Ordering::SeqCst) {
            return Reply::failure(FailureCause::Unreachable, false);
        }
        door.door(seen).unwrap_or_else(|| Reply::json("{}"))
    });
    let client = script.client(application(), options(clock.clone()));
    client.whoami().await.unwrap();
    let log = script.log();
    assert_eq!(log[0].answered, Answered::NotSent);
    assert!(log[1].at - log[0].at >= Duration::from_secs(5));
    assert_eq!(provider.logins(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_refused_at_once_share_one_login_and_are_sent_again_once() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(
        application(),
        ClientOptions {
            places: Places::new(1000),
            ..options(clock.clone())
        },
    );
    client.whoami().await.unwrap();
    provider.expire_all();
    let reads = (0..900).map(|number| client.report(EnrollmentId(number), ReportRequest::Final));
    let body = CreateEnrollment::default();
    let creates = (0..100_u128).map(|number| {
        let (client, body) = (&client, &body);
        async move { client.create_enrollment(&process(number), body).await }
    });
    let (reads, creates) = tokio::join!(join_all(reads), join_all(creates));
    assert!(reads.into_iter().all(|outcome| outcome.is_ok()));
    assert!(creates.into_iter().all(|outcome| outcome.is_ok()));
    assert_eq!(provider.logins(), 2);
    assert_eq!(script.count(Endpoint::Report), 1800);
    assert_eq!(script.count(Endpoint::CreateEnrollment), 200);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_password_is_tried_once_until_a_person_signs_in() {
    let clock = MovableClock::new();
    let script = Script::new(&clock, |_| {
        Reply::status(401).body(r#"{"detail":"Identifiants invalides"}"#)
    });
    let client = script.client(application(), options(clock.clone()));
    for number in 0..50 {
        let error = client
            .report(EnrollmentId(number), ReportRequest::Final)
            .await
            .unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::CredentialsRefused);
        assert_eq!(error.detail.as_deref(), Some("Identifiants invalides"));
        tokio::time::sleep(30 * MINUTE).await;
    }
    assert_eq!(script.count(Endpoint::Login), 1);
    client.sign_in(None).await.unwrap_err();
    assert_eq!(script.count(Endpoint::Login), 2);
}

#[tokio::test(start_paused = true)]
async fn the_session_of_a_person_is_never_renewed_and_no_code_goes_out_twice() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(person(), options(clock.clone()));
    let cold = client
        .report(EnrollmentId(-1), ReportRequest::Final)
        .await
        .unwrap_err();
    assert_eq!(cold.kind, ApiErrorKind::NotSignedIn);
    for round in 0..1000_i64 {
        client.sign_in(code(&format!("{round:06}"))).await.unwrap();
        assert_eq!(client.session(), SessionState::Open);
        client
            .report(EnrollmentId(round * 3), ReportRequest::Final)
            .await
            .unwrap();
        provider.expire_all();
        for call in 1..=2 {
            let id = EnrollmentId(round * 3 + call);
            let error = client.report(id, ReportRequest::Final).await.unwrap_err();
            assert_eq!(error.kind, ApiErrorKind::SessionExpired);
            assert_eq!(client.session(), SessionState::CodeWanted);
        }
        tokio::time::sleep(11 * MINUTE).await;
    }
    let codes: Vec<_> = script
        .log()
        .into_iter()
        .filter(|entry| entry.endpoint == Endpoint::Login)
        .map(|entry| {
            serde_json::from_slice::<serde_json::Value>(&entry.body).unwrap()["token"].clone()
        })
        .collect();
    let distinct: std::collections::HashSet<_> = codes.iter().map(ToString::to_string).collect();
    assert_eq!((codes.len(), distinct.len()), (1000, 1000));
}

#[tokio::test(start_paused = true)]
async fn a_refused_login_says_whether_it_was_the_code() {
    let cases = [
        (
            person(),
            401,
            r#"{"detail":"Bad credentials"}"#,
            None,
            ApiErrorKind::CodeRefused,
        ),
        (
            person(),
            400,
            r#"{"detail":"Invalid OTP"}"#,
            code("123456"),
            ApiErrorKind::CodeRefused,
        ),
        (
            person(),
            401,
            r#"{"detail":"Bad credentials"}"#,
            code("123456"),
            ApiErrorKind::CredentialsRefused,
        ),
        (
            application(),
            400,
            r#"{"detail":"token?"}"#,
            None,
            ApiErrorKind::CredentialsRefused,
        ),
        (
            person(),
            403,
            "",
            code("123456"),
            ApiErrorKind::AccountBlocked,
        ),
        (application(), 429, "", None, ApiErrorKind::AccountBlocked),
        (application(), 503, "", None, ApiErrorKind::ProviderIncident),
    ];
    for (account, status, body, given, expected) in cases {
        let clock = MovableClock::new();
        let script = Script::new(&clock, move |_| {
            Reply::status(status)
                .body(body)
                .header("retry-after", "120")
        });
        let client = script.client(account, options(clock.clone()));
        let error = client.sign_in(given).await.unwrap_err();
        assert_eq!((error.kind, error.status), (expected, Some(status)));
        assert_eq!(error.retry_after, Some(Duration::from_secs(120)));
        assert_eq!(script.count(Endpoint::Login), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_blocked_account_is_left_alone_for_the_time_it_asks() {
    let clock = MovableClock::new();
    let script = Script::new(&clock, |_| Reply::status(429).header("retry-after", "600"));
    let client = script.client(application(), options(clock.clone()));
    for _ in 0..9 {
        let error = client.whoami().await.unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::AccountBlocked);
        tokio::time::sleep(MINUTE).await;
    }
    assert_eq!(script.count(Endpoint::Login), 1);
}

#[tokio::test(start_paused = true)]
async fn clones_of_a_client_share_one_login() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let window = script.client(application(), options(clock.clone()));
    let other_window = window.clone();
    let second_launch = window.clone();
    let outcomes = tokio::join!(
        window.report(EnrollmentId(1), ReportRequest::Final),
        other_window.report(EnrollmentId(2), ReportRequest::Final),
        second_launch.report(EnrollmentId(3), ReportRequest::Final),
    );
    assert!(outcomes.0.is_ok() && outcomes.1.is_ok() && outcomes.2.is_ok());
    assert_eq!(provider.logins(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_goes_away_does_not_cost_a_second_login() {
    let clock = MovableClock::new();
    let provider = Provider::new();
    let door = Arc::clone(&provider);
    let script = Script::new(&clock, move |seen| {
        door.door(seen)
            .unwrap_or_else(|| Reply::json("{}"))
            .after(Duration::from_secs(2))
    });
    let client = script.client(application(), options(clock.clone()));
    let hurried = client.report(EnrollmentId(1), ReportRequest::Final);
    tokio::time::timeout(Duration::from_secs(1), hurried)
        .await
        .unwrap_err();
    client
        .report(EnrollmentId(2), ReportRequest::Final)
        .await
        .unwrap();
    assert_eq!(provider.logins(), 1);
}

#[tokio::test(start_paused = true)]
async fn after_signing_out_nothing_signs_in_by_itself() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(application(), options(clock.clone()));
    client.whoami().await.unwrap();
    client.sign_out();
    assert_eq!(client.session(), SessionState::SignedOut);
    let error = client.whoami().await.unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::NotSignedIn);
    client.sign_in(None).await.unwrap();
    client.whoami().await.unwrap();
    assert_eq!(provider.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_refused_to_somebody_who_left_meanwhile_leads_to_no_login() {
    let clock = MovableClock::new();
    let expired = Arc::new(AtomicBool::new(false));
    let (provider, is_expired) = (Provider::new(), Arc::clone(&expired));
    let script = Script::new(&clock, move |seen| {
        if is_expired.load(Ordering::SeqCst) && seen.endpoint != Endpoint::Login {
            return Reply::status(401).after(Duration::from_secs(2));
        }
        provider.door(seen).unwrap_or_else(|| Reply::json("{}"))
    });
    let client = script.client(application(), options(clock.clone()));
    client.whoami().await.unwrap();
    expired.store(true, Ordering::SeqCst);
    let leaving = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        client.sign_out();
    };
    let (outcome, ()) = tokio::join!(
        client.report(EnrollmentId(1), ReportRequest::Final),
        leaving
    );
    assert_eq!(outcome.unwrap_err().kind, ApiErrorKind::NotSignedIn);
    assert_eq!(client.session(), SessionState::SignedOut);
    assert_eq!(script.count(Endpoint::Login), 1);
}

/// Answers of a gateway, a portal or another site at the place of ID360's login.
fn no_logins() -> [Reply; 6] {
    [
        Reply::status(404),
        Reply::status(405),
        Reply::status(410),
        Reply::status(302).header("location", "/maintenance"),
        Reply::json("<html></html>"),
        Reply::json(vec![b' '; 65 << 10]),
    ]
}

#[tokio::test(start_paused = true)]
async fn an_odd_answer_to_a_login_says_nothing_of_the_document_that_was_asked_for() {
    for reply in no_logins() {
        let clock = MovableClock::new();
        let script = Script::new(&clock, move |_| reply.clone());
        let client = script.client(application(), options(clock.clone()));
        let outcome = client.document_page("1", 0, &mut Vec::new()).await;
        let Err(DownloadError::Api(error)) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(error.kind, ApiErrorKind::ProviderIncident);
        assert_eq!(script.count(Endpoint::DocumentPage), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn who_signs_in_where_there_is_no_login_is_told_nothing_of_dossiers_or_sizes() {
    for reply in no_logins() {
        let clock = MovableClock::new();
        let script = Script::new(&clock, move |_| reply.clone());
        let client = script.client(application(), options(clock.clone()));
        let error = client.sign_in(None).await.unwrap_err();
        assert!(
            matches!(
                error.kind,
                ApiErrorKind::Unreadable | ApiErrorKind::Redirected | ApiErrorKind::Refused
            ),
            "{error:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn signing_in_on_an_open_session_asks_whoami_instead() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(application(), options(clock.clone()));
    client.sign_in(None).await.unwrap();
    client.sign_in(None).await.unwrap();
    assert_eq!((provider.logins(), script.count(Endpoint::Whoami)), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn watchers_hear_of_the_session() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(person(), options(clock.clone()));
    let mut watcher = client.watch_session();
    client.sign_in(code("123456")).await.unwrap();
    watcher.changed().await.unwrap();
    assert_eq!(*watcher.borrow_and_update(), SessionState::Open);
    provider.expire_all();
    client.whoami().await.unwrap_err();
    watcher.changed().await.unwrap();
    assert_eq!(*watcher.borrow_and_update(), SessionState::CodeWanted);
}

#[tokio::test(start_paused = true)]
async fn a_token_of_any_length_is_taken_as_it_is() {
    use proptest::prelude::*;
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let lengths = [1_usize, 2, 24, 25, 31, 50, 128, 4096];
    for round in 0..200 {
        let length = lengths.get(round).copied().unwrap_or(1 + round * 20);
        let visible = proptest::collection::vec(0x21_u8..=0x7e, length);
        let token = String::from_utf8(visible.new_tree(&mut runner).unwrap().current()).unwrap();
        let clock = MovableClock::new();
        let answer = serde_json::json!({ "token": format!(" {token}\n") }).to_string();
        let refused = Arc::new(AtomicUsize::new(0));
        let (expected, counter) = (token.clone(), Arc::clone(&refused));
        let script = Script::new(&clock, move |seen| match seen.endpoint {
            Endpoint::Login => Reply::json(answer.clone()),
            _ if seen.token.as_ref() == Some(&expected) => Reply::json("{}"),
            _ => {
                counter.fetch_add(1, Ordering::SeqCst);
                Reply::status(401)
            }
        });
        let client = script.client(application(), options(clock.clone()));
        client.whoami().await.unwrap();
        assert_eq!(refused.load(Ordering::SeqCst), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn an_interruption_refused_for_its_token_is_not_sent_again() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(application(), options(clock.clone()));
    client.whoami().await.unwrap();
    provider.expire_all();
    let error = client.discontinue(EnrollmentId(1)).await.unwrap_err();
    assert!(
        matches!(error, DiscontinueError::NotProcessed(e) if e.kind == ApiErrorKind::SessionExpired)
    );
    client.discontinue(EnrollmentId(2)).await.unwrap();
    assert_eq!(provider.logins(), 2);
}
