//! The customer's browser comes back to this computer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use std::{
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::Duration,
};

use back_office::Desk;
use back_office::views::{
    dossier::{DossierView, KnownStatus},
    journal::JournalQuery,
};
use id360_sandbox::{Endpoint, Fault, Sandbox, Target};
use support::{Scene, form, until};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

#[tokio::test]
async fn the_browser_coming_back_makes_the_desk_read_the_verdict_at_once() {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    let back = finished_by_the_customer(&scene.sandbox, 0).await;
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
async fn whoever_left_the_dossier_is_called_back_once_and_whoever_watches_it_is_not() {
    let scene = Scene::signed_in().await;
    let ended = async |nth: usize| {
        let launched = scene.launch(form()).await.unwrap().dossier.row.id;
        assert!(
            scene
                .desk
                .get_dossier(&launched)
                .await
                .unwrap()
                .return_heard
        );
        if nth == 0 {
            scene.desk.watch_dossier(&launched, true).unwrap();
        }
        get(&finished_by_the_customer(&scene.sandbox, nth).await).await;
        until("the verdict", || {
            let shown = scene.window.dossiers.lock().unwrap();
            shown.iter().any(|dossier| {
                dossier.row.id == launched
                    && dossier
                        .row
                        .status
                        .as_ref()
                        .is_some_and(|status| status.is_final)
            })
        })
        .await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        launched
    };
    let called = || *scene.notifier.1.lock().unwrap();
    let watched = ended(0).await;
    assert_eq!(called(), 0);
    ended(1).await;
    assert_eq!(called(), 1);
    scene.desk.watch_dossier(&watched, false).unwrap();
    scene.desk.set_notifications(false).await.unwrap();
    ended(2).await;
    assert_eq!(called(), 1, "notifications are off");
}

#[tokio::test]
async fn a_desk_that_was_started_anew_says_that_it_will_not_hear_the_browser() {
    let mut scene = Scene::signed_in().await;
    let id = scene.launch(form()).await.unwrap().dossier.row.id;
    scene.restart().await;
    assert!(!scene.desk.get_dossier(&id).await.unwrap().return_heard);
}

#[tokio::test]
async fn the_browser_coming_back_before_the_verdict_tells_that_the_pieces_were_sent() {
    let scene = Scene::signed_in().await;
    let open = scene.launch(form()).await.unwrap().dossier;
    assert_eq!(open.returned_at, None);
    let back = scene.sandbox.enrollments()[0].browser_callback_url.clone();
    assert!(get(&back).await.contains("Merci"));
    until("the return", || {
        let shown = scene.window.dossiers.lock().unwrap();
        shown.iter().any(|dossier| dossier.returned_at.is_some())
    })
    .await;
    let view = scene.desk.get_dossier(&open.row.id).await.unwrap();
    assert!(view.row.status.is_some_and(|status| !status.is_final));
    assert_eq!(
        acts(&scene.desk, "returned").await,
        [(String::new(), None)],
        "in nobody's name"
    );
}

#[tokio::test]
async fn what_a_returning_browser_tells_of_the_status_is_journaled_in_nobodys_name() {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    let started = Fault::Status {
        status: 200,
        body: Some(r#"{"status": "STARTED"}"#.to_owned()),
        retry_after: None,
    };
    let of_status = Target::Only(Endpoint::Status);
    scene.sandbox.fault(of_status, 1, started);
    let back = scene.sandbox.enrollments()[0].browser_callback_url.clone();
    let page = get(&format!("{back}?token=jeton")).await;
    assert!(page.contains("Merci"));
    until("the status", || {
        let shown = scene.window.dossiers.lock().unwrap();
        let status = shown.last().and_then(|dossier| dossier.row.status.clone());
        status.is_some_and(|status| status.known == KnownStatus::Started)
    })
    .await;
    assert_eq!(
        acts(&scene.desk, "status_changed").await,
        [("STARTED".to_owned(), None)]
    );
}

#[tokio::test]
async fn a_return_to_an_unknown_address_changes_nothing() {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    let back = finished_by_the_customer(&scene.sandbox, 0).await;
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

#[tokio::test]
async fn what_is_no_return_is_refused_uses_no_address_up_and_is_journaled() {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    let back = finished_by_the_customer(&scene.sandbox, 0).await;
    let host = host_of(&back);
    for (method, host) in [
        ("POST", host.as_str()),
        ("HEAD", host.as_str()),
        ("DELETE", host.as_str()),
        ("GET", "rebound.example"),
        ("GET", "localhost"),
    ] {
        let answer = exchange(method, &back, host, "", "").await;
        assert!(
            answer.starts_with("HTTP/1.1 404"),
            "{method} {host}: {answer}"
        );
    }
    assert!(
        get(&back).await.contains("Merci"),
        "the real return still works"
    );
    let journaled = acts(&scene.desk, "return_refused").await;
    assert_eq!(
        journaled,
        [("method, 1".to_owned(), None)],
        "one line, whatever comes in its minute, in nobody's name"
    );
}

#[tokio::test]
async fn a_flood_of_returns_leaves_the_register_as_it_was_and_the_real_one_through() {
    let scene = Scene::signed_in().await;
    scene.launch(form()).await.unwrap();
    let host = host_of(&finished_by_the_customer(&scene.sandbox, 0).await);
    let open = scene.launch(form()).await.unwrap().dossier;
    let before = scene.desk.get_dossier(&open.row.id).await.unwrap();

    // Heads that never end, and one body without measure.
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = tokio::net::TcpStream::connect(&host).await.unwrap();
        let head = format!("GET /retour/0 HTTP/1.1\r\nHost: {host}\r\nX-Slow: ");
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    let mut huge = tokio::net::TcpStream::connect(&host).await.unwrap();
    let head =
        format!("POST /retour/0 HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000000000\r\n\r\n");
    huge.write_all(head.as_bytes()).await.unwrap();
    let body = tokio::spawn(async move {
        let part = vec![b'x'; 64 * 1024];
        let mut taken = 0;
        while huge.write_all(&part).await.is_ok() {
            taken += part.len();
        }
        taken
    });
    let answered = AtomicU32::new(0);
    let requests = (0..10_000_u32).map(|number| {
        let forged = format!("http://{host}/retour/{number:064x}?token=forged");
        let answered = &answered;
        async move {
            let answer = get(&forged).await;
            // Whoever the flood itself makes too slow is shown the door.
            let refused = answer.is_empty() || answer.starts_with("HTTP/1.1 4");
            assert!(refused, "{answer}");
            answered.fetch_add(u32::from(answer.starts_with("HTTP/1.1 404")), Relaxed);
        }
    });
    futures::StreamExt::for_each_concurrent(futures::stream::iter(requests), 100, |one| one).await;

    assert!(answered.into_inner() > 0, "the flood reached nobody");
    // Reading goes on all the while.
    let still = |view: DossierView| DossierView {
        next_reading: None,
        ..view
    };
    let after = scene.desk.get_dossier(&open.row.id).await.unwrap();
    assert_eq!(still(after), still(before));
    let lines = acts(&scene.desk, "return_refused").await;
    assert!(lines.len() <= 2, "{lines:?} for one flood");
    let back = finished_by_the_customer(&scene.sandbox, 1).await;
    let page = get(&back).await;
    assert!(
        page.contains("Merci"),
        "the real return still works: {page}"
    );
    let taken = body.await.unwrap();
    assert!(taken < 64 << 20, "{taken} bytes of one body were taken");
    for mut stream in slow {
        let mut rest = Vec::new();
        let shut = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut rest));
        assert!(shut.await.is_ok(), "a head that never ends keeps its place");
    }
}

/// Details of the acts of that word, and in whose name.
async fn acts(desk: &Desk, word: &str) -> Vec<(String, Option<String>)> {
    let query = JournalQuery {
        acts: vec![word.to_owned()],
        ..JournalQuery::default()
    };
    let page = desk.list_journal(query, 0, 100).await.unwrap();
    page.entries
        .into_iter()
        .map(|entry| (entry.detail, entry.actor))
        .collect()
}

fn host_of(url: &str) -> String {
    let url: url::Url = url.parse().unwrap();
    format!("{}:{}", url.host_str().unwrap(), url.port().unwrap())
}

/// What the customer's pages do at «Continuer»; gives the address they go to next.
async fn finished_by_the_customer(sandbox: &Sandbox, which: usize) -> String {
    let key = sandbox.enrollments()[which].api_key.clone();
    let url = format!("{}/api/1.0.0/enrollment/flow/finalise/", sandbox.base_url());
    let body = r#"{"outcome":"OK","causes":[]}"#;
    let host = sandbox.address().to_string();
    let answer = exchange("POST", &url, &host, &format!("x-api-key: {key}\r\n"), body).await;
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let answer: serde_json::Value = serde_json::from_str(body).unwrap();
    answer["redirect_url"].as_str().unwrap().to_owned()
}

async fn get(url: &str) -> String {
    exchange("GET", url, &host_of(url), "", "").await
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
    let mut answer = Vec::new();
    // Whoever is shown the door before all was read finds it shut.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}
