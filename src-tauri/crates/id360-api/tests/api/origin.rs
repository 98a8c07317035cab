//! The token never leaves its origin (quality W-02).

use id360_api::*;
use serde_json::json;

use crate::support::application;
use crate::support::raw::{RawServer, Step, ok, with_status};

fn look_alikes(trap: u16) -> Vec<String> {
    let hosts = [
        "id360docaposte.com.exemple.test",
        "id360docaposte.com@127.0.0.1:PORT",
        "user:pass@127.0.0.1:PORT",
        "127.0.0.1:PORT",
        "localhost:PORT",
        "[::ffff:127.0.0.1]:PORT",
        "id36Odocaposte.com",
        "іd360docaposte.com",
        "www.id360docaposte.com",
        "preprod.id360docaposte.com:8443",
    ];
    let forms = [
        "http://HOST/api/1.0.0/document/900101/file_contents/?page_number=1",
        "https://HOST/api/1.0.0/document/900101/file_contents/?page_number=1",
        "https://HOST/private/api/1.0.0/document/900101/file_contents/?page_number=1",
        "https://HOST/api/1.0.0/document/900101/file_contents?page_number=1",
        "//HOST/document/900101/file_contents/?page_number=1&x=https://HOST/",
        "HTTPS://HOST/api/1.0.0/document/900101/file_contents/?x=1&page_number=1#/document/5",
        "ftp://HOST/document/900101/file_contents/?page_number=1",
        "https:\\\\HOST/document/900101/file_contents/?page_number=1",
        "https://HOST/a/b/c/../document/900101/file_contents/?page_number=1",
        "/document/900101/file_contents/?page_number=1",
    ];
    let links = hosts
        .iter()
        .flat_map(|host| forms.iter().map(move |form| form.replace("HOST", host)));
    links
        .map(|link| link.replace("PORT", &trap.to_string()))
        .collect()
}

#[tokio::test]
async fn links_of_a_report_are_read_for_their_ids_only() {
    let trap = RawServer::start(|_| vec![Step::Write(ok(b"trapped"))]).await;
    let links = look_alikes(trap.port);
    assert_eq!(links.len(), 100);
    let files: Vec<_> = links.iter().map(|link| json!({ "url": link })).collect();
    let report =
        json!({ "documents": { "identity": [{ "name": "id_document_image", "files": files }] } });
    let report = Report::read(report.to_string().as_bytes()).unwrap();
    assert_eq!(report.pages().count(), 100);

    let server = RawServer::start(|_| vec![Step::Write(ok(b"photo"))]).await;
    let client = Client::new(
        server.environment(),
        application(),
        ClientOptions::default(),
    )
    .unwrap();
    for (_, page) in report.pages() {
        assert_eq!((page.document_id.as_str(), page.page_number), ("900101", 1));
        client
            .document_page(&page.document_id, page.page_number, &mut Vec::new())
            .await
            .unwrap();
    }
    assert!(trap.seen().is_empty());
    let seen = server.seen();
    assert_eq!(seen.len(), 101);
    assert!(seen[1..].iter().all(|request| request.has_authorization()
        && request.line == "GET /api/1.0.0/document/900101/file_contents/?page_number=1 HTTP/1.1"));
}

#[tokio::test]
async fn no_redirection_is_followed() {
    let trap = RawServer::start(|_| vec![Step::Write(ok(b"trapped"))]).await;
    for status in [301, 302, 303, 307, 308] {
        for location in [
            format!("http://127.0.0.1:{}/", trap.port),
            format!("//127.0.0.1:{}/api/1.0.0/enrollment/1/report/", trap.port),
            "/elsewhere".to_owned(),
        ] {
            let header = format!("Location: {location}\r\n");
            let server = RawServer::start(move |_| {
                vec![Step::Write(with_status(
                    &format!("{status} Moved"),
                    &header,
                    b"",
                ))]
            })
            .await;
            let client = Client::new(
                server.environment(),
                application(),
                ClientOptions::default(),
            )
            .unwrap();
            let error = client
                .report(EnrollmentId(1), ReportRequest::Final)
                .await
                .unwrap_err();
            assert_eq!(error.kind, ApiErrorKind::Redirected);
            // A slash may have been tried on our own server; nothing else.
            assert!(server.seen().iter().all(|request| {
                request.line.contains("/user/login/")
                    || request.line.contains("/enrollment/1/report")
            }));
        }
    }
    assert!(trap.seen().is_empty());
}

#[tokio::test]
async fn a_request_carries_our_name_and_no_referer() {
    let server = RawServer::start(|_| vec![Step::Write(ok(b"{}"))]).await;
    let client = Client::new(
        server.environment(),
        application(),
        ClientOptions::default(),
    )
    .unwrap();
    client.whoami().await.unwrap();
    let head = server.seen()[1].head.to_lowercase();
    assert!(head.contains("user-agent: id360-desk/") && !head.contains("referer"));
    assert!(head.contains("authorization: token 0123456789abcdef01234567"));
}
