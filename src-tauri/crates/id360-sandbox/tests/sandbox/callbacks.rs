use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use http::{HeaderMap, StatusCode};
use id360_sandbox::{Outcome, Sandbox};
use serde_json::{Value, json};

use crate::support::{Desk, JPEG, dossier_body};

#[derive(Clone, Default)]
struct Inbox {
    received: Arc<Mutex<Vec<(Value, HeaderMap)>>>,
    refusals: Arc<Mutex<u32>>,
}

/// A receiver that answers 500 to the first `refusals` deliveries.
async fn receiver(refusals: u32) -> (String, Inbox) {
    let inbox = Inbox::default();
    *inbox.refusals.lock().unwrap() = refusals;
    async fn take(
        State(inbox): State<Inbox>,
        headers: HeaderMap,
        Json(body): Json<Value>,
    ) -> StatusCode {
        inbox.received.lock().unwrap().push((body, headers));
        let mut left = inbox.refusals.lock().unwrap();
        if *left > 0 {
            *left -= 1;
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        StatusCode::OK
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/callback", listener.local_addr().unwrap());
    let router = Router::new()
        .route("/callback", post(take))
        .with_state(inbox.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, inbox)
}

impl Inbox {
    async fn wait_for(&self, count: usize) -> Vec<(Value, HeaderMap)> {
        for _ in 0..500 {
            let received = self.received.lock().unwrap().clone();
            if received.len() >= count {
                return received;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!(
            "{count} callbacks did not come: {:?}",
            self.received.lock().unwrap()
        );
    }
}

async fn finished(desk: &Desk, url: &str, on: &[&str], outcome: Outcome) -> i64 {
    let token = desk.application().await;
    let mut body = dossier_body();
    let header = json!({ "name": "api-key", "value": "secret-du-client" });
    body["callback_endpoints"] = json!([{ "url": url, "on": on, "headers": [header] }]);
    let id = desk.create_with(&token, body).await["id"].as_i64().unwrap();
    desk.sandbox.upload(id, "recto", 0, JPEG).unwrap();
    desk.sandbox.finish(id, outcome, &[]).unwrap();
    id
}

/// Until the log holds so many entries.
async fn logged(sandbox: &Sandbox, count: usize) -> Vec<id360_sandbox::CallbackEntry> {
    for _ in 0..500 {
        let entries = sandbox.callbacks();
        if entries.len() >= count {
            return entries;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{count} deliveries were not logged");
}

#[tokio::test]
async fn an_empty_list_gets_the_steps_and_then_the_end() {
    let desk = Desk::open().await;
    let (url, inbox) = receiver(0).await;
    let id = finished(&desk, &url, &[], Outcome::Ok).await;
    let received = inbox.wait_for(4).await;
    let statuses: Vec<&str> = received
        .iter()
        .map(|(body, _)| body["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["STARTED", "STARTED", "STARTED", "OK"]);
    let (first, headers) = &received[0];
    assert_eq!(first["id"], id);
    assert_eq!(first["steps_status"], json!({ "done": 1, "total": 3 }));
    assert_eq!(first["enrollment_step"]["name"], "fake_photo_id");
    assert_eq!(headers["api-key"], "secret-du-client");
    assert_eq!(headers["user-agent"], "python-requests/2.28.2");
}

#[tokio::test]
async fn letters_choose_what_is_told() {
    let desk = Desk::open().await;
    let (failures, inbox) = receiver(0).await;
    finished(&desk, &failures, &["F"], Outcome::Ok).await;
    finished(&desk, &failures, &["F"], Outcome::Failed).await;
    let received = inbox.wait_for(1).await;
    assert_eq!(received[0].0["status"], "FAILED");
    assert_eq!(received.len(), 1);
}

#[tokio::test]
async fn a_refused_callback_is_tried_three_times() {
    let desk = Desk::switched(|switches| switches.callback_retry_milliseconds = 5).await;
    let (url, inbox) = receiver(10).await;
    finished(&desk, &url, &["E"], Outcome::Ok).await;
    inbox.wait_for(3).await;
    let attempts: Vec<u32> = logged(&desk.sandbox, 3)
        .await
        .iter()
        .map(|entry| entry.attempt)
        .collect();
    assert_eq!(attempts, [1, 2, 3]);
}

#[tokio::test]
async fn a_callback_can_come_twice() {
    let desk = Desk::switched(|switches| switches.callback_twice = true).await;
    let (url, inbox) = receiver(0).await;
    finished(&desk, &url, &["E"], Outcome::Ok).await;
    let received = inbox.wait_for(2).await;
    assert_eq!(received[0].0, received[1].0);
}

#[tokio::test]
async fn the_end_can_come_before_the_steps() {
    let desk = Desk::switched(|switches| switches.callback_reordered = true).await;
    let (url, inbox) = receiver(0).await;
    finished(&desk, &url, &[], Outcome::Ok).await;
    let received = inbox.wait_for(4).await;
    assert_eq!(received[0].0["status"], "OK");
    assert_eq!(received[3].0["status"], "STARTED");
}

#[tokio::test]
async fn the_legacy_callback_url_works_with_its_headers() {
    let desk = Desk::open().await;
    let (url, inbox) = receiver(0).await;
    let token = desk.application().await;
    let mut body = dossier_body();
    body["callback_url"] = json!(url);
    body["callback_headers"] = json!({ "x-partage": "ancien" });
    let id = desk.create_with(&token, body).await["id"].as_i64().unwrap();
    desk.sandbox.finish(id, Outcome::Ok, &[]).unwrap();
    let received = inbox.wait_for(1).await;
    assert_eq!(received[0].1["x-partage"], "ancien");
}

#[tokio::test]
async fn nothing_outside_this_machine_is_ever_called() {
    let desk = Desk::open().await;
    finished(&desk, "http://192.0.2.1/callback", &["E"], Outcome::Ok).await;
    let entries = logged(&desk.sandbox, 1).await;
    assert_eq!(entries[0].result, "not sent: not loopback");
    assert_eq!(desk.sandbox.counters().callbacks_sent, 0);
}
