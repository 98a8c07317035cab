//! The customer's browser comes back to this computer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use back_office::views::dossier::KnownStatus;
use id360_sandbox::Sandbox;
use support::{Scene, form, until};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

#[tokio::test]
async fn the_browser_coming_back_makes_the_desk_read_the_verdict_at_once() {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    let back = finished_by_the_customer(&scene.sandbox).await;
    let page = get(&back).await;
    assert!(page.contains("Merci"), "{page}");
    until("the verdict", || {
        let shown = scene.window.dossiers.lock().unwrap();
        shown.iter().any(|dossier| {
            dossier
                .row
                .status
                .as_ref()
                .is_some_and(|status| status.known == KnownStatus::Ok)
        })
    })
    .await;
    let again = get(&back).await;
    assert!(!again.contains("Merci"), "the address served twice");
}

#[tokio::test]
async fn a_return_to_an_unknown_address_changes_nothing() {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    let back = finished_by_the_customer(&scene.sandbox).await;
    let shown = scene.window.dossiers.lock().unwrap().len();
    let mut forged: url::Url = back.parse().unwrap();
    forged.set_path(&format!("/retour/{}", "0".repeat(64)));
    let page = get(forged.as_str()).await;
    assert!(page.starts_with("HTTP/1.1 404"), "{page}");
    let foreign = exchange("GET", &back, "evil.example", "", "").await;
    assert!(foreign.starts_with("HTTP/1.1 404"), "{foreign}");
    assert_eq!(scene.window.dossiers.lock().unwrap().len(), shown);
    assert!(
        get(&back).await.contains("Merci"),
        "the real return still works"
    );
}

/// What the customer's pages do at «Continuer»; gives the address they go to next.
async fn finished_by_the_customer(sandbox: &Sandbox) -> String {
    let key = sandbox.enrollments()[0].api_key.clone();
    let url = format!("{}/api/1.0.0/enrollment/flow/finalise/", sandbox.base_url());
    let body = r#"{"outcome":"OK","causes":[]}"#;
    let host = sandbox.address().to_string();
    let answer = exchange("POST", &url, &host, &format!("x-api-key: {key}\r\n"), body).await;
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let answer: serde_json::Value = serde_json::from_str(body).unwrap();
    answer["redirect_url"].as_str().unwrap().to_owned()
}

async fn get(url: &str) -> String {
    let parsed: url::Url = url.parse().unwrap();
    let host = format!("{}:{}", parsed.host_str().unwrap(), parsed.port().unwrap());
    exchange("GET", url, &host, "", "").await
}

async fn exchange(method: &str, url: &str, host: &str, headers: &str, body: &str) -> String {
    let url: url::Url = url.parse().unwrap();
    let address = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
    let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let request = format!(
        "{method} {target} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{headers}\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
