use id360_sandbox::SandboxOptions;
use reqwest::{Certificate, Client};

use crate::support::{Desk, client};

async fn encrypted() -> Desk {
    Desk::with(SandboxOptions {
        tls: true,
        ..SandboxOptions::default()
    })
    .await
}

#[tokio::test]
async fn the_tls_port_serves_the_same_to_whoever_trusts_its_authority() {
    let desk = encrypted().await;
    let authority = desk.sandbox.authority().unwrap().as_bytes();
    let trusting = Client::builder()
        .no_proxy()
        .tls_certs_only([Certificate::from_pem(authority).unwrap()])
        .build()
        .unwrap();
    let token = desk.application().await;
    let url = format!(
        "{}/api/1.0.0/user/whoami",
        desk.sandbox.encrypted_url().unwrap()
    );
    let asked = trusting
        .get(url)
        .header("authorization", format!("Token {token}"))
        .send()
        .await;
    assert_eq!(asked.unwrap().status(), 200);
}

#[tokio::test]
async fn nobody_trusts_the_tls_port_without_being_told_to() {
    let desk = encrypted().await;
    let asked = client()
        .get(desk.sandbox.encrypted_url().unwrap())
        .send()
        .await;
    assert!(asked.unwrap_err().is_connect());
}
