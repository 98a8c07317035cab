//! Answers no server should give, on a real socket (quality E-07, E-08, N-04).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::stream::{self, StreamExt};
use id360_api::*;

use crate::support::raw::{RawServer, Step, ok, with_status};
use crate::support::{application, process, short_timeouts};

fn client_of(server: &RawServer, caps: Caps) -> Client {
    let options = ClientOptions {
        timeouts: short_timeouts(),
        caps,
        places: Places::new(32),
        ..ClientOptions::default()
    };
    Client::new(server.environment(), application(), options).unwrap()
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    let mut framed = format!("{:x}\r\n", bytes.len()).into_bytes();
    framed.extend_from_slice(bytes);
    framed.extend_from_slice(b"\r\n");
    framed
}

const CHUNKED: &[u8] =
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

/// Remembers how much came, and keeps none of it.
#[derive(Default)]
struct Counting {
    received: u64,
    announced: Option<u64>,
}

impl Receiver for Counting {
    fn restart(&mut self, announced: Option<u64>) -> std::io::Result<()> {
        *self = Self {
            received: 0,
            announced,
        };
        Ok(())
    }

    fn receive(&mut self, chunk: &[u8]) -> std::io::Result<()> {
        self.received += chunk.len() as u64;
        Ok(())
    }
}

fn api_error(outcome: Result<Received, DownloadError>) -> ApiError {
    match outcome.unwrap_err() {
        DownloadError::Api(error) => error,
        DownloadError::Receiver(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn an_endless_body_ends_within_one_chunk_after_the_cap() {
    let server = RawServer::start(|_| {
        vec![
            Step::Write(CHUNKED.to_vec()),
            Step::Forever(chunk(&[0; 64 << 10])),
        ]
    })
    .await;
    let caps = Caps {
        document: 4 << 20,
        report: 1 << 20,
        create: 256 << 10,
        ..Caps::default()
    };
    let client = client_of(&server, caps);
    let mut counting = Counting::default();
    let error = api_error(client.document_page("1", 0, &mut counting).await);
    assert_eq!(error.kind, ApiErrorKind::TooLarge);
    assert!(counting.received <= 4 << 20);
    // What the sockets in between hold back comes on top.
    assert!(server.sent() < (4 << 20) + (8 << 20));

    let error = client
        .report(EnrollmentId(1), ReportRequest::Final)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::TooLarge);
    let error = client
        .create_enrollment(&process(1), &CreateEnrollment::default())
        .await;
    let Err(CreateError::OutcomeUnknown { error, received }) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (error.kind, received.len()),
        (ApiErrorKind::TooLarge, 256 << 10)
    );
}

#[tokio::test]
async fn a_length_beyond_the_cap_is_refused_before_a_byte_of_it() {
    let server = RawServer::start(|_| {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n";
        vec![Step::Write(head.into()), Step::Forever(vec![0; 4096])]
    })
    .await;
    let client = client_of(&server, Caps::default());
    let mut counting = Counting::default();
    let error = api_error(client.idclaim(EnrollmentId(1), &mut counting).await);
    assert_eq!((error.kind, counting.received), (ApiErrorKind::TooLarge, 0));
    assert_eq!(counting.announced, Some(10 << 30));
}

#[tokio::test]
async fn a_length_that_lies_is_noticed_both_ways() {
    let server = RawServer::start(|request| {
        let length = if request.line.contains("/document/1/") {
            100
        } else {
            3
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n0123456789"
        );
        vec![Step::Write(head.into())]
    })
    .await;
    let client = client_of(&server, Caps::default());
    let error = api_error(client.document_page("1", 0, &mut Vec::new()).await);
    assert_eq!(
        error.kind,
        ApiErrorKind::Truncated {
            received: 10,
            announced: Some(100)
        }
    );
    let mut into = Vec::new();
    client.document_page("2", 0, &mut into).await.unwrap();
    assert_eq!(into, b"012");
}

#[tokio::test]
async fn a_compressed_body_is_taken_as_it_is() {
    let server = RawServer::start(|_| {
        vec![Step::Write(with_status(
            "200 OK",
            "Content-Encoding: gzip\r\n",
            b"\x1f\x8b bomb",
        ))]
    })
    .await;
    let client = client_of(&server, Caps::default());
    let mut into = Vec::new();
    client.document_page("1", 0, &mut into).await.unwrap();
    assert_eq!(into, b"\x1f\x8b bomb");
    assert!(
        !server
            .seen()
            .last()
            .unwrap()
            .head
            .to_lowercase()
            .contains("accept-encoding")
    );
}

#[tokio::test]
async fn slow_answers_end_by_their_limits() {
    let slow: [fn() -> Vec<Step>; 4] = [
        || vec![Step::Hang],
        || {
            vec![
                Step::Write(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()),
                Step::Hang,
            ]
        },
        || {
            vec![
                Step::Write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123".to_vec()),
                Step::Hang,
            ]
        },
        || {
            let drip = [
                Step::Write(b"x".to_vec()),
                Step::Pause(Duration::from_millis(50)),
            ];
            let mut steps = vec![Step::Write(
                b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n".to_vec(),
            )];
            steps.extend(drip.into_iter().cycle().take(1000));
            steps
        },
    ];
    for steps in slow {
        let server = RawServer::start(move |_| steps()).await;
        let client = client_of(&server, Caps::default());
        client.sign_in(None).await.unwrap();
        // A create is attempted once, so this is the time of one attempt.
        let error = client
            .create_enrollment(&process(1), &CreateEnrollment::default())
            .await;
        let Err(CreateError::OutcomeUnknown { error, .. }) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.kind, ApiErrorKind::TimedOut);
    }
}

#[tokio::test]
async fn nobody_listening_proves_that_nothing_was_sent() {
    let server = RawServer::start(|_| Vec::new()).await;
    let environment = server.environment();
    let client = client_of(&server, Caps::default());
    client.sign_in(None).await.unwrap();
    drop(server);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let error = client
        .create_enrollment(&process(1), &CreateEnrollment::default())
        .await;
    let Err(CreateError::NotProcessed(error)) = error else {
        panic!("{error:?} {environment:?}")
    };
    assert_eq!(error.kind, ApiErrorKind::Unreachable);
}

#[tokio::test]
async fn a_connection_that_drops_after_the_request_leaves_the_outcome_unknown() {
    let server = RawServer::start(|_| Vec::new()).await;
    let client = client_of(&server, Caps::default());
    let error = client
        .create_enrollment(&process(1), &CreateEnrollment::default())
        .await;
    let Err(CreateError::OutcomeUnknown { error, .. }) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.kind, ApiErrorKind::ConnectionLost);
    assert_eq!(server.seen().len(), 2, "one login, one create");
}

/// One malformed answer; the number decides everything.
fn malformed(number: usize) -> Vec<u8> {
    let noise = |length: usize| {
        let mut state = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        (0..length)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state as u8
            })
            .collect::<Vec<_>>()
    };
    let report = br#"{"version":2,"id":7,"status":"KO","steps":{"id_document":{"status":"KO"}}}"#;
    let seed = number / 20;
    match number % 20 {
        0 => ok(report)[..seed % 130].to_vec(),
        1 => [CHUNKED, b"zz\r\nnot a length\r\n"].concat(),
        2 => [CHUNKED, &chunk(report)[..]].concat(),
        3 => [CHUNKED, b"fffffffffffffffff\r\n{}"].concat(),
        4 => with_status(
            "200 OK",
            &format!("X-Long: {}\r\n", "a".repeat(64 << 10)),
            report,
        ),
        5 => [
            b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100 + seed),
            b"HTTP/1.1 200".to_vec(),
        ]
        .concat(),
        6 => ok(&noise(seed + 1)),
        7 => ok("[".repeat(10_000 + seed).as_bytes()),
        8 => ok(format!("{{\"a\":{}1{}}}", "[".repeat(500), "]".repeat(500)).as_bytes()),
        9 => ok(b"<!DOCTYPE html><html><body>Bad gateway</body></html>"),
        10 => ok(b"[1,2,3]"),
        11 => ok(b"\"text\""),
        12 => noise(200 + seed),
        13 => b"HTTP/9.9 200 OK\r\n\r\n{}".to_vec(),
        14 => b"HTTP/1.1 999 Odd\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".to_vec(),
        15 => b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}".to_vec(),
        16 => b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}".to_vec(),
        17 => b"HTTP/1.1 200 OK\nContent Length: 2\n\n{}".to_vec(),
        18 => ok(&[b"{\"a\":\"\\u", &noise(20)[..]].concat()),
        _ => with_status("204 No Content", "", &noise(3)),
    }
}

/// `ANSWERS=100000 cargo test -p id360-api --test api -- --nocapture typed_errors` runs the longer storm
/// (quality.md E-08).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_of_malformed_answers_are_as_many_typed_errors() {
    let answers: u128 = std::env::var("ANSWERS").map_or(5_000, |answers| answers.parse().unwrap());
    let next = AtomicUsize::new(0);
    let server = RawServer::start(move |_| {
        vec![Step::Write(malformed(next.fetch_add(1, Ordering::SeqCst)))]
    })
    .await;
    let client = client_of(&server, Caps::default());
    client.sign_in(None).await.unwrap();
    // A create is sent once each, so that each answer is one call.
    let body = Arc::new(CreateEnrollment::default());
    stream::iter(0..answers)
        .for_each_concurrent(16, |number| {
            let (client, body) = (client.clone(), Arc::clone(&body));
            async move {
                match client.create_enrollment(&process(number), &body).await {
                    Ok(bytes) => drop(Enrollment::read(&bytes)),
                    Err(CreateError::OutcomeUnknown { received, .. }) => {
                        drop(Enrollment::recover(&received));
                    }
                    Err(CreateError::Refused(error)) => assert!(error.status.is_some()),
                    Err(error) => panic!("something was sent: {error:?}"),
                }
            }
        })
        .await;
    assert_eq!(server.seen().len() as u128, answers + 1);
    println!("{answers} malformed answers, as many typed errors, no panic");
}

#[tokio::test]
async fn every_kind_of_malformed_report_is_a_typed_error() {
    let server = RawServer::start(|request| {
        let path = request
            .line
            .split("/enrollment/")
            .nth(1)
            .unwrap_or_default();
        let number = path
            .split('/')
            .next()
            .and_then(|id| id.parse().ok())
            .unwrap_or(0);
        vec![Step::Write(malformed(number))]
    })
    .await;
    let client = client_of(&server, Caps::default());
    let outcomes = futures::future::join_all((0..40_i64).map(|number| {
        let client = client.clone();
        async move {
            (
                number,
                client
                    .report(EnrollmentId(number), ReportRequest::Final)
                    .await,
            )
        }
    }));
    let outcomes = tokio::time::timeout(Duration::from_secs(30), outcomes)
        .await
        .expect("no answer keeps a call waiting");
    for (number, outcome) in outcomes {
        // A long header is odd, but the report behind it is whole.
        assert!(
            outcome.is_err() || number % 20 == 4,
            "answer {number}: {outcome:?}"
        );
    }
}
