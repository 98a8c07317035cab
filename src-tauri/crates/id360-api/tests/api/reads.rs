//! Reads: what is asked again, and what goes out (quality 1.2).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use id360_api::*;

use crate::support::clock::MovableClock;
use crate::support::script::{Provider, Reply, Script};
use crate::support::{application, options};

const REPORT: &str = r#"{"version":2,"id":7,"status":"OK"}"#;

/// Logs in, then answers the reads of the script one after the other, the last one for ever.
fn script_of(clock: &Arc<MovableClock>, replies: Vec<Reply>) -> Arc<Script> {
    let provider = Provider::new();
    let next = AtomicUsize::new(0);
    Script::new(clock, move |seen| {
        provider.door(seen).unwrap_or_else(|| {
            let number = next.fetch_add(1, Ordering::SeqCst).min(replies.len() - 1);
            replies[number].clone()
        })
    })
}

async fn report_after(replies: Vec<Reply>) -> (Result<ReportAnswer, ApiError>, Vec<Duration>) {
    let clock = MovableClock::new();
    let script = script_of(&clock, replies);
    let client = script.client(application(), options(clock.clone()));
    let outcome = client.report(EnrollmentId(7), ReportRequest::Final).await;
    (
        outcome,
        script
            .log()
            .into_iter()
            .skip(1)
            .map(|entry| entry.at)
            .collect(),
    )
}

#[tokio::test(start_paused = true)]
async fn passing_faults_are_asked_again_twice_at_most() {
    let faults = [
        Reply::status(408),
        Reply::status(429),
        Reply::status(500),
        Reply::status(502),
        Reply::status(503),
        Reply::status(504),
        Reply::failure(FailureCause::Unreachable, false),
        Reply::failure(FailureCause::ConnectionLost, true),
        Reply::failure(FailureCause::TimedOut, true),
        Reply::json(REPORT).breaking_at(9),
        Reply::json(REPORT).breaking_at(0),
        // A server that announces no length and stops in the middle.
        Reply::json(&REPORT[..20]).not_what_it_seems(),
    ];
    for fault in faults {
        let (outcome, sent) =
            report_after(vec![fault.clone(), fault.clone(), Reply::json(REPORT)]).await;
        assert!(matches!(outcome, Ok(ReportAnswer::Report(bytes)) if bytes == REPORT));
        assert_eq!(sent.len(), 3);
        let (outcome, sent) = report_after(vec![fault]).await;
        outcome.unwrap_err();
        assert_eq!(sent.len(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn lasting_faults_are_not_asked_again() {
    let faults = [
        (Reply::status(400), ApiErrorKind::Refused),
        (Reply::status(403), ApiErrorKind::Forbidden),
        (Reply::status(404), ApiErrorKind::NotFound),
        (Reply::status(409), ApiErrorKind::Conflict),
        (Reply::status(410), ApiErrorKind::NotFound),
        (Reply::status(422), ApiErrorKind::Refused),
        (Reply::status(501), ApiErrorKind::ProviderIncident),
        (Reply::status(204), ApiErrorKind::Unreadable),
        (
            Reply::status(302).header("location", "/login"),
            ApiErrorKind::Redirected,
        ),
        (
            Reply::json("<html><body>Maintenance</body></html>"),
            ApiErrorKind::Unreadable,
        ),
        (Reply::json("[]"), ApiErrorKind::Unreadable),
        (
            Reply::failure(FailureCause::CertificateRefused, false),
            ApiErrorKind::CertificateRefused,
        ),
    ];
    for (fault, expected) in faults {
        let (outcome, sent) = report_after(vec![fault]).await;
        assert_eq!((outcome.unwrap_err().kind, sent.len()), (expected, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_in_place_of_json_is_kept_for_support() {
    let page = "<html><body>Maintenance en cours</body></html>";
    let (outcome, _) = report_after(vec![Reply::json(page)]).await;
    assert_eq!(outcome.unwrap_err().body.unwrap(), page);
}

#[tokio::test(start_paused = true)]
async fn a_report_that_is_not_ready_is_no_error_and_not_asked_again() {
    let (outcome, sent) = report_after(vec![Reply::status(202).body("{}")]).await;
    assert_eq!((outcome.unwrap(), sent.len()), (ReportAnswer::NotReady, 1));
}

#[tokio::test(start_paused = true)]
async fn the_time_a_server_asks_for_is_honoured_in_both_forms() {
    let wait = |value: &str| {
        let busy = Reply::status(503)
            .header("retry-after", value)
            .header("date", "Sat, 28 Mar 2026 10:00:00 GMT");
        report_after(vec![busy, Reply::json(REPORT)])
    };
    for value in ["40", "Sat, 28 Mar 2026 10:00:40 GMT"] {
        let (outcome, sent) = wait(value).await;
        outcome.unwrap();
        let waited = sent[1] - sent[0];
        assert!(waited >= Duration::from_secs(40) && waited <= Duration::from_secs(42));
    }
    let (outcome, sent) = wait("61").await;
    assert_eq!(
        outcome.unwrap_err().retry_after,
        Some(Duration::from_secs(61))
    );
    assert_eq!(sent.len(), 1, "a minute is the longest wait");
}

#[tokio::test(start_paused = true)]
async fn no_server_makes_anybody_wait_longer_than_a_day() {
    for asked in ["18446744073709551615", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let busy = Reply::status(503).header("retry-after", asked);
        let (outcome, sent) = report_after(vec![busy]).await;
        let day = Duration::from_secs(24 * 60 * 60);
        assert_eq!(outcome.unwrap_err().retry_after, Some(day), "{asked}");
        assert_eq!(sent.len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_final_slash_is_the_only_redirection_worth_an_attempt() {
    let path = "/api/1.0.0/enrollment/7/report";
    let clock = MovableClock::new();
    let script = script_of(
        &clock,
        vec![
            Reply::status(301).header("location", &format!("{path}/")),
            Reply::json(REPORT),
        ],
    );
    let client = script.client(application(), options(clock.clone()));
    client
        .report(EnrollmentId(7), ReportRequest::Final)
        .await
        .unwrap();
    let targets: Vec<_> = script
        .log()
        .into_iter()
        .skip(1)
        .map(|entry| entry.target)
        .collect();
    assert_eq!(targets, [path.to_owned(), format!("{path}/")]);

    let elsewhere = [
        "/api/1.0.0/enrollment/8/report/",
        "https://id360docaposte.com.exemple.test/api/1.0.0/enrollment/7/report/",
        "//exemple.test/api/1.0.0/enrollment/7/report/",
    ];
    for location in elsewhere {
        let (outcome, sent) =
            report_after(vec![Reply::status(308).header("location", location)]).await;
        assert_eq!(
            (outcome.unwrap_err().kind, sent.len()),
            (ApiErrorKind::Redirected, 1)
        );
    }
    let loops = Reply::status(301).header("location", &format!("{path}/"));
    let (outcome, sent) = report_after(vec![loops.clone(), loops]).await;
    assert_eq!(outcome.unwrap_err().kind, ApiErrorKind::Redirected);
    assert!(sent.len() <= 2);
}

#[tokio::test(start_paused = true)]
async fn a_broken_download_starts_over_and_arrives_once() {
    let clock = MovableClock::new();
    let file = vec![0x5a_u8; 50_000];
    let script = script_of(
        &clock,
        vec![
            Reply::status(200).body(file.clone()).breaking_at(30_000),
            Reply::status(200).body(file.clone()),
        ],
    );
    let client = script.client(application(), options(clock.clone()));
    let mut into = Vec::new();
    let received = client.document_page("900101", 1, &mut into).await.unwrap();
    assert_eq!((received.length, into), (50_000, file));
    assert!(
        script.log()[1]
            .target
            .ends_with("/document/900101/file_contents/?page_number=1")
    );
}

#[tokio::test(start_paused = true)]
async fn a_file_without_a_byte_is_none_and_is_asked_for_again() {
    let clock = MovableClock::new();
    let empty = Reply::status(200).not_what_it_seems();
    let replies = vec![empty.clone(), Reply::status(200).body("PK"), empty];
    let script = script_of(&clock, replies);
    let client = script.client(application(), options(clock.clone()));
    let mut into = Vec::new();
    client.idclaim(EnrollmentId(7), &mut into).await.unwrap();
    assert_eq!(into, b"PK");
    let outcome = client.idclaim(EnrollmentId(8), &mut into).await;
    let Err(DownloadError::Api(error)) = outcome else {
        panic!("{outcome:?}")
    };
    let nothing = ApiErrorKind::Truncated {
        received: 0,
        announced: None,
    };
    assert_eq!(error.kind, nothing);
}

#[tokio::test(start_paused = true)]
async fn a_receiver_that_fails_ends_the_download() {
    struct Full;
    impl Receiver for Full {
        fn restart(&mut self, _: Option<u64>) -> std::io::Result<()> {
            Ok(())
        }
        fn receive(&mut self, _: &[u8]) -> std::io::Result<()> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
    }
    let clock = MovableClock::new();
    let script = script_of(&clock, vec![Reply::status(200).body("photo")]);
    let client = script.client(application(), options(clock.clone()));
    let error = client
        .idclaim(EnrollmentId(7), &mut Full)
        .await
        .unwrap_err();
    assert!(
        matches!(error, DownloadError::Receiver(e) if e.kind() == std::io::ErrorKind::StorageFull)
    );
    assert_eq!(script.count(Endpoint::Idclaim), 1);
}

#[tokio::test(start_paused = true)]
async fn a_document_id_that_is_not_a_number_never_leaves() {
    let clock = MovableClock::new();
    let script = script_of(&clock, vec![Reply::status(200)]);
    let client = script.client(application(), options(clock.clone()));
    for id in [
        "",
        "../1",
        "1/2",
        "1?x",
        "%31",
        "１",
        "-1",
        "12345678901234567890",
        "a",
    ] {
        client
            .document_page(id, 0, &mut Vec::new())
            .await
            .unwrap_err();
    }
    for name in ["", ".", "..", "a/b", "a?b", "nom é"] {
        let pushed = client
            .push_expected(EnrollmentId(1), name, "x", true, None)
            .await;
        assert!(matches!(pushed, Err(PushError::NotProcessed(_))));
    }
    assert!(script.log().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_draft_is_asked_for_only_by_name() {
    let clock = MovableClock::new();
    let script = script_of(&clock, vec![Reply::json(REPORT)]);
    let client = script.client(application(), options(clock.clone()));
    client
        .report(EnrollmentId(1), ReportRequest::Final)
        .await
        .unwrap();
    client
        .report(EnrollmentId(2), ReportRequest::Draft)
        .await
        .unwrap();
    let log = script.log();
    assert!(log[1].target.ends_with("/enrollment/1/report"));
    assert!(
        log[2]
            .target
            .ends_with("/enrollment/2/report?allow_draft=true")
    );
}

#[tokio::test(start_paused = true)]
async fn guessed_paths_come_from_the_environment() {
    let clock = MovableClock::new();
    let script = script_of(&clock, vec![Reply::json(REPORT)]);
    let paths = OptionalPaths {
        archived_report: None,
        report_pdf: Some("enrollment/{id}/preuve.pdf?lang=fr".into()),
        enrollment_status: Some("https://exemple.test/{token}".into()),
    };
    let client = Client::with_transport(
        Environment::production().with_paths(paths),
        application(),
        options(clock.clone()),
        Arc::clone(&script) as _,
    );
    let archived = client.archived_report(EnrollmentId(1)).await.unwrap_err();
    assert_eq!(archived.kind, ApiErrorKind::NotConfigured);
    let token = secrecy::SecretString::from("jeton-de-retour");
    let status = client.enrollment_status(&token).await.unwrap_err();
    assert_eq!(
        status.kind,
        ApiErrorKind::NotConfigured,
        "a path cannot lead elsewhere"
    );
    client
        .report_pdf(EnrollmentId(5), &mut Vec::new())
        .await
        .unwrap();
    assert_eq!(
        script.log()[1].target,
        "/api/1.0.0/enrollment/5/preuve.pdf?lang=fr"
    );
}

#[tokio::test(start_paused = true)]
async fn the_token_of_a_return_goes_out_once_and_alone() {
    let clock = MovableClock::new();
    let script = script_of(&clock, vec![Reply::status(503)]);
    let client = script.client(application(), options(clock.clone()));
    let token = secrecy::SecretString::from("a/b c");
    client.enrollment_status(&token).await.unwrap_err();
    let log = script.log();
    // The script's door asks for a token of the session, and none came.
    assert_eq!((log.len(), log[0].authorization.clone()), (1, None));
    assert_eq!(log[0].target, "/api/1.0.0/enrollment/status/a%2Fb%20c");
}

#[tokio::test(start_paused = true)]
async fn the_expected_data_of_a_dossier_are_read_with_its_key() {
    let clock = MovableClock::new();
    let script = Script::new(&clock, |_| {
        Reply::json(
            r#"{"id":1,"expected_data":[{"name":"birth_date"},"first_name"],"status":"NEW"}"#,
        )
    });
    let client = script.client(application(), options(clock.clone()));
    let key = secrecy::SecretString::from("c1e");
    let info = client.enrollment_info(&key).await.unwrap();
    assert_eq!(info.names, ["birth_date", "first_name"]);
    let log = script.log();
    assert_eq!(
        (log[0].api_key.as_deref(), log[0].authorization.as_deref()),
        (Some("c1e"), None)
    );
}
