//! Certificates: trusted through the operating system's store, or not at all.

use std::process::Command;
use std::sync::Arc;

use id360_api::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::support::{application, process};

const PORT: &str = "ID360_API_TEST_PORT";

/// A server with a certificate of its own for this machine; returns its port and the certificate.
async fn start() -> (u16, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                let mut request = vec![0; 8192];
                let _ = stream.read(&mut request).await;
                let body = r#"{"token":"0123456789abcdef"}"#;
                let answer = format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    (port, made.cert.pem())
}

fn client_for(port: u16) -> Client {
    let base = format!("https://localhost:{port}");
    let environment = Environment::custom(&base, &base).unwrap();
    Client::new(environment, application(), ClientOptions::default()).unwrap()
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused_before_anything_is_sent() {
    let (port, _) = start().await;
    let client = client_for(port);
    let error = client.sign_in(None).await.unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::CertificateRefused);
    tokio::time::pause();
    let error = client
        .create_enrollment(&process(1), &CreateEnrollment::default())
        .await;
    let Err(CreateError::NotProcessed(error)) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.kind, ApiErrorKind::CertificateRefused);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_in_the_store_of_the_system_is_trusted() {
    let (port, certificate) = start().await;
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("roots.pem");
    std::fs::write(&store, certificate).unwrap();
    // The store is chosen by the process environment, so the client runs in a process of its own.
    let child = tokio::task::spawn_blocking(move || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tls::sign_in_for_the_test_above", "--ignored"])
            .env("SSL_CERT_FILE", &store)
            .env(PORT, port.to_string())
            .output()
            .unwrap()
    });
    let output = child.await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
}

#[tokio::test]
#[ignore = "started by a_certificate_in_the_store_of_the_system_is_trusted"]
async fn sign_in_for_the_test_above() {
    let port = std::env::var(PORT).unwrap().parse().unwrap();
    client_for(port).sign_in(None).await.unwrap();
}
