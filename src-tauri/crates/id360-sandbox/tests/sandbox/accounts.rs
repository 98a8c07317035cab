use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Desk;

fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

#[tokio::test]
async fn a_token_slides_with_every_call() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    for _ in 0..4 {
        desk.sandbox.advance(minutes(14));
        assert_eq!(desk.get(&token, "user/whoami").await.status(), 200);
    }
}

#[tokio::test]
async fn a_token_is_refused_after_fifteen_idle_minutes() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    desk.sandbox.advance(minutes(15));
    let refused = desk.get(&token, "user/whoami").await;
    assert_eq!(refused.status(), 401);
    let body: Value = refused.json().await.unwrap();
    assert!(body["detail"].is_string());
}

#[tokio::test]
async fn a_second_login_does_not_extend_the_first_token() {
    let desk = Desk::open().await;
    let first = desk.application().await;
    desk.sandbox.advance(minutes(10));
    desk.application().await;
    desk.sandbox.advance(minutes(6));
    assert_eq!(desk.get(&first, "user/whoami").await.status(), 401);
    assert_eq!(desk.sandbox.counters().logins_while_valid, 1);
}

#[tokio::test]
async fn a_token_is_fifty_hexadecimal_characters() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    assert_eq!(token.len(), 50);
    assert!(
        token
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    );
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_counted() {
    let desk = Desk::open().await;
    let known = desk.sandbox.credentials().application;
    let refused = desk
        .login(json!({ "username": known.username, "password": "faux" }))
        .await;
    assert_eq!(refused.status(), 401);
    assert_eq!(desk.sandbox.counters().logins_refused, 1);
}

#[tokio::test]
async fn a_user_needs_the_code_and_an_application_does_not() {
    let desk = Desk::open().await;
    let mut body = desk.user_login();
    body["token"] = json!("000000");
    if desk.sandbox.credentials().user.otp == "000000" {
        body["token"] = json!("000001");
    }
    assert_eq!(desk.login(body.clone()).await.status(), 401);
    body.as_object_mut().unwrap().remove("token");
    assert_eq!(desk.login(body).await.status(), 401);
    desk.user().await;
    desk.application().await;
}

#[tokio::test]
async fn a_single_use_code_is_not_taken_twice() {
    let desk = Desk::switched(|switches| switches.otp_single_use = true).await;
    let body = desk.user_login();
    assert_eq!(desk.login(body.clone()).await.status(), 200);
    assert_eq!(desk.login(body).await.status(), 401);
    desk.user().await;
}

#[tokio::test]
async fn a_missing_field_is_a_bad_request() {
    let desk = Desk::open().await;
    assert_eq!(
        desk.login(json!({ "username": "quelqu'un" }))
            .await
            .status(),
        400
    );
}

#[tokio::test]
async fn both_slash_forms_and_the_private_twin_are_served() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let base = desk.sandbox.base_url();
    for path in [
        "api/1.0.0/user/whoami",
        "api/1.0.0/user/whoami/",
        "private/api/1.0.0/user/whoami/",
    ] {
        let response = desk
            .http
            .get(format!("{base}/{path}"))
            .header("Authorization", format!("Token {token}"))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn another_scheme_than_token_is_refused() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let request = desk.http.get(desk.url("user/whoami")).bearer_auth(token);
    assert_eq!(request.send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn too_many_logins_are_throttled_until_the_quarter_has_passed() {
    let desk = Desk::switched(|switches| switches.logins_per_quarter_hour = Some(1)).await;
    desk.application().await;
    let known = desk.sandbox.credentials().application;
    let body = json!({ "username": known.username, "password": known.password });
    let throttled = desk.login(body).await;
    assert_eq!(throttled.status(), 429);
    assert!(throttled.headers().contains_key("retry-after"));
    desk.sandbox.advance(minutes(15));
    desk.application().await;
}

#[tokio::test]
async fn the_log_tells_who_called_and_keeps_no_secret() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    desk.get(&token, "enrollment/1/report?allow_draft=true&token=abc")
        .await;
    let entries = desk.sandbox.requests();
    let entry = entries.last().unwrap();
    assert_eq!(entry.account.as_deref(), Some("application"));
    assert_eq!(entry.enrollment, Some(1));
    assert!(entry.draft);
    assert_eq!(entry.query, "allow_draft=true&token=***");
    assert!(!serde_json::to_string(&entries).unwrap().contains(&token));
}
