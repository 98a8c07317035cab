use id360_sandbox::{Endpoint, Fault, Outcome, PlannedFault, Target};
use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{Desk, dossier_body};

fn on(endpoint: Endpoint) -> Target {
    Target::Only(endpoint)
}

async fn try_create(desk: &Desk, token: &str) -> reqwest::Result<Response> {
    let path = format!("process/{}/enrollment/", desk.sandbox.process_uuid());
    desk.http
        .post(desk.url(&path))
        .header("Authorization", format!("Token {token}"))
        .json(&dossier_body())
        .send()
        .await
}

#[tokio::test]
async fn a_connection_dropped_before_leaves_no_dossier() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    desk.sandbox
        .fault(on(Endpoint::Create), 1, Fault::DropBefore);
    assert!(try_create(&desk, &token).await.is_err());
    assert!(desk.sandbox.enrollments().is_empty());
}

#[tokio::test]
async fn a_connection_dropped_after_leaves_a_dossier_and_no_answer() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    desk.sandbox
        .fault(on(Endpoint::Create), 1, Fault::DropAfter);
    assert!(try_create(&desk, &token).await.is_err());
    assert_eq!(desk.sandbox.enrollments().len(), 1);
    let entry = desk.sandbox.requests().pop().unwrap();
    assert_eq!(
        (entry.status, entry.fault.as_deref()),
        (None, Some("drop_after"))
    );
}

#[tokio::test]
async fn a_truncated_answer_gives_its_first_bytes_and_then_an_error() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    desk.sandbox
        .fault(on(Endpoint::Create), 1, Fault::Truncate { bytes: 40 });
    let mut response = try_create(&desk, &token).await.unwrap();
    let announced = response.content_length().unwrap();
    let mut received = 0;
    let ended = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => received += chunk.len(),
            other => break other,
        }
    };
    assert!(ended.is_err());
    assert_eq!(received, 40);
    assert!(announced > 40);
}

#[tokio::test]
async fn a_short_body_announces_more_than_it_sends() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    desk.sandbox
        .fault(on(Endpoint::Whoami), 1, Fault::ShortBody);
    let response = desk.get(&token, "user/whoami").await;
    assert!(response.content_length().unwrap() > 512);
    assert!(response.bytes().await.is_err());
}

#[tokio::test]
async fn a_fault_strikes_as_often_as_planned_and_then_stops() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let fault = Fault::Status {
        status: 503,
        body: None,
        retry_after: Some(2),
    };
    desk.sandbox.plan(PlannedFault {
        endpoint: Target::Any,
        times: 2,
        skip: 1,
        fault,
    });
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let answer = desk.get(&token, "user/whoami").await;
        if answer.status() == 503 {
            assert_eq!(answer.headers()["retry-after"], "2");
        }
        statuses.push(answer.status().as_u16());
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
}

#[tokio::test]
async fn altered_bodies_are_altered_as_named() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let good = desk.get(&token, "user/whoami").await.bytes().await.unwrap();
    let mut answers = Vec::new();
    for fault in [Fault::InvalidJson, Fault::Bom, Fault::FlipByte] {
        desk.sandbox.fault(on(Endpoint::Whoami), 1, fault);
        answers.push(desk.get(&token, "user/whoami").await.bytes().await.unwrap());
    }
    assert!(serde_json::from_slice::<Value>(&answers[0]).is_err());
    assert_eq!(answers[1][..3], *b"\xEF\xBB\xBF");
    assert_eq!(answers[1][3..], good[..]);
    let different = answers[2].iter().zip(&good).filter(|(a, b)| a != b).count();
    assert_eq!((answers[2].len(), different), (good.len(), 1));
}

#[tokio::test]
async fn an_oversized_body_has_no_announced_length() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    desk.sandbox.fault(
        on(Endpoint::Whoami),
        1,
        Fault::Oversized {
            bytes: Some(3_000_000),
        },
    );
    let response = desk.get(&token, "user/whoami").await;
    assert_eq!(response.content_length(), None);
    assert!(response.bytes().await.unwrap().len() >= 3_000_000);
}

#[tokio::test]
async fn wrong_md5_changes_the_report_and_not_the_file() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    desk.sandbox.fault(on(Endpoint::Report), 1, Fault::WrongMd5);
    let report = desk.report(&token, id).await;
    let told = report["documents"]["identity"][0]["files"][0]["hash"]
        .as_str()
        .unwrap();
    let kept = desk.sandbox.enrollment(id).unwrap().documents[0]
        .md5
        .clone();
    assert_ne!(told, kept);
    assert_eq!(
        desk.report(&token, id).await["documents"]["identity"][0]["files"][0]["hash"],
        kept
    );
}

#[tokio::test]
async fn a_stalled_answer_starts_and_never_ends() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    desk.sandbox
        .fault(on(Endpoint::Whoami), 1, Fault::Stall { bytes: 4 });
    let mut response = desk.get(&token, "user/whoami").await;
    assert_eq!(response.chunk().await.unwrap().unwrap().len(), 4);
    let rest = tokio::time::timeout(std::time::Duration::from_millis(200), response.chunk()).await;
    assert!(rest.is_err());
}

#[tokio::test]
async fn faults_redirects_and_pages_are_planned_over_the_control_api() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let faults = format!("{}/sandbox/faults", desk.sandbox.base_url());
    for fault in [
        json!({ "kind": "redirect", "location": "https://elsewhere.test/" }),
        json!({ "kind": "html" }),
    ] {
        let body = json!({ "endpoint": "whoami", "times": 1, "fault": fault });
        assert_eq!(
            desk.http
                .post(&faults)
                .json(&body)
                .send()
                .await
                .unwrap()
                .status(),
            204
        );
    }
    let moved = desk.get(&token, "user/whoami").await;
    assert_eq!(
        (moved.status().as_u16(), &moved.headers()["location"]),
        (302, &"https://elsewhere.test/".parse().unwrap())
    );
    let page = desk.get(&token, "user/whoami").await;
    assert!(page.text().await.unwrap().starts_with("<!DOCTYPE html>"));
    let wrong = json!({ "endpoint": "anything", "fault": { "kind": "html" } });
    assert_eq!(
        desk.http
            .post(&faults)
            .json(&wrong)
            .send()
            .await
            .unwrap()
            .status(),
        400
    );
}

#[tokio::test]
async fn expired_tokens_are_refused_at_once() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let url = format!("{}/sandbox/expire_tokens", desk.sandbox.base_url());
    desk.http.post(url).send().await.unwrap();
    assert_eq!(desk.get(&token, "user/whoami").await.status(), 401);
}
