use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use id360_sandbox::{Outcome, Status};

use crate::support::{Desk, dossier_body};

#[tokio::test]
async fn a_created_dossier_has_the_real_shapes() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let answer = desk.create(&token).await;
    assert!(answer["id"].is_i64());
    assert!(answer["process"].is_i64());
    assert_eq!(answer["api_key"].as_str().unwrap().len(), 128);
    assert_eq!(answer["status"], "NEW");
    // `2025-11-12T09:00:03.400000`: microseconds and no zone.
    let time = answer["creation_time"].as_str().unwrap();
    assert_eq!(time.len(), 26);
    assert!(!time.ends_with('Z'));
}

#[tokio::test]
async fn header_values_are_not_given_back_by_create() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let mut body = dossier_body();
    body["callback_endpoints"] = json!([{
        "url": "https://elsewhere.test/cb", "on": ["E"],
        "headers": [{ "name": "x-secret", "value": "valeur-tres-secrete" }],
    }]);
    let answer = desk.create_with(&token, body).await;
    assert_eq!(
        answer["callback_endpoints"][0]["headers"],
        json!([{ "name": "x-secret" }])
    );
    assert!(!answer.to_string().contains("valeur-tres-secrete"));
}

#[tokio::test]
async fn an_unknown_process_is_not_found() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let path = format!("process/{}/enrollment", Uuid::nil());
    assert_eq!(desk.call(Method::POST, &token, &path).await.status(), 404);
}

#[tokio::test]
async fn a_create_without_return_address_is_a_bad_request() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let path = format!("process/{}/enrollment", desk.sandbox.process_uuid());
    let request = desk
        .http
        .post(desk.url(&path))
        .header("Authorization", format!("Token {token}"));
    let response = request
        .json(&json!({ "callback_endpoints": [] }))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 400);
    assert_eq!(desk.sandbox.counters().creates, 0);
}

async fn push(desk: &Desk, token: &str, id: i64, name: &str, body: &str) -> u16 {
    desk.http
        .post(desk.url(&format!("enrollment/{id}/control/data/{name}/?locked=true")))
        .header("Authorization", format!("Token {token}"))
        .body(body.to_owned())
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}

#[tokio::test]
async fn a_locked_datum_cannot_be_pushed_again() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.create(&token).await["id"].as_i64().unwrap();
    assert_eq!(push(&desk, &token, id, "name", "D'Écluse").await, 204);
    assert_eq!(push(&desk, &token, id, "name", "Autre").await, 409);
    assert_eq!(push(&desk, &token, id, "taille", "180").await, 404);
    let view = desk.sandbox.enrollment(id).unwrap();
    assert_eq!(view.expected[0].value, "D'Écluse");
}

#[tokio::test]
async fn a_pushed_json_text_stands_for_what_it_spells() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.create(&token).await["id"].as_i64().unwrap();
    push(&desk, &token, id, "first_name", "\"Ma\\u00eewenn\"").await;
    assert_eq!(
        desk.sandbox.enrollment(id).unwrap().expected[0].value,
        "Maîwenn"
    );
}

#[tokio::test]
async fn discontinue_ends_the_dossier_and_kills_the_link() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let answer = desk.create(&token).await;
    let id = answer["id"].as_i64().unwrap();
    let path = format!("enrollment/{id}/control/discontinue");
    assert_eq!(desk.get(&token, &path).await.status(), 204);
    assert_eq!(
        desk.sandbox.enrollment(id).unwrap().status,
        Status::Discontinued
    );
    let info = desk
        .http
        .get(desk.url("enrollment/flow/enrollment_info"))
        .header("x-api-key", answer["api_key"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(info.status(), 404);
    assert_eq!(desk.get(&token, &path).await.status(), 409);
}

#[tokio::test]
async fn discontinue_of_a_finished_dossier_can_be_made_to_succeed_without_effect() {
    let desk = Desk::switched(|switches| switches.discontinue_on_final = 204).await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    let answer = desk
        .get(&token, &format!("enrollment/{id}/control/discontinue"))
        .await;
    assert_eq!(answer.status(), 204);
    assert_eq!(desk.sandbox.enrollment(id).unwrap().status, Status::Ok);
}

#[tokio::test]
async fn enrollment_info_lists_the_expected_data() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let answer = desk.create(&token).await;
    let info: Value = desk
        .http
        .get(desk.url("enrollment/flow/enrollment_info"))
        .header("x-api-key", answer["api_key"].as_str().unwrap())
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let names: Vec<&str> = info["datas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["name", "first_name", "birth_date", "phone_number"]);
}

#[tokio::test]
async fn the_phone_text_waits_for_the_page_only_when_asked_to() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let answer = desk.create(&token).await;
    let id = answer["id"].as_i64().unwrap();
    let path = format!("enrollment/{id}/control/data/phone_number/?locked=true&auto=true");
    let pushed = desk
        .http
        .post(desk.url(&path))
        .header("Authorization", format!("Token {token}"));
    assert_eq!(
        pushed.body("+33699000042").send().await.unwrap().status(),
        204
    );
    assert_eq!(desk.sandbox.counters().sms_sent, 0);
    desk.http
        .get(desk.url("enrollment/flow/enrollment_info"))
        .header("x-api-key", answer["api_key"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(desk.sandbox.counters().sms_sent, 1);
}

#[tokio::test]
async fn the_stray_semicolon_of_the_guide_can_be_served() {
    let desk = Desk::switched(|switches| switches.stray_semicolon = true).await;
    let token = desk.application().await;
    let path = format!("process/{}/enrollment/", desk.sandbox.process_uuid());
    let request = desk
        .http
        .post(desk.url(&path))
        .header("Authorization", format!("Token {token}"));
    let text = request
        .json(&dossier_body())
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(text.contains("\"finished_time\":null;"));
    assert!(serde_json::from_str::<Value>(&text).is_err());
}
