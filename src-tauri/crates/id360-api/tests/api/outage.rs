//! Many calls at once, and an ID360 that is down (quality T-10).

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::join_all;
use id360_api::*;

use crate::support::clock::MovableClock;
use crate::support::script::{Provider, Reply, Script};
use crate::support::{application, options};

#[tokio::test(start_paused = true)]
async fn an_outage_costs_little_and_ends_well() {
    let clock = MovableClock::new();
    let provider = Provider::new();
    let down = Arc::new(AtomicBool::new(false));
    let served = Arc::new(Mutex::new(Vec::new()));
    let (is_down, served_by_script) = (Arc::clone(&down), Arc::clone(&served));
    let script = Script::new(&clock, move |seen| {
        if is_down.load(Ordering::SeqCst) {
            return Reply::status(503).after(Duration::from_millis(50));
        }
        provider.door(seen).unwrap_or_else(|| {
            if seen.endpoint == Endpoint::DocumentPage {
                served_by_script.lock().unwrap().push(seen.target.clone());
            }
            Reply::status(200)
                .body("photo")
                .after(Duration::from_millis(50))
        })
    });
    let client = script.client(application(), options(clock.clone()));
    client.whoami().await.unwrap();
    let begin = script.log().len();
    down.store(true, Ordering::SeqCst);
    let download = |number: usize| {
        let client = client.clone();
        async move {
            let mut into = Vec::new();
            let id = format!("{number}");
            client
                .document_page(&id, 0, &mut into)
                .await
                .map(|_| number)
        }
    };
    let outcomes = join_all((0..500).map(download)).await;
    let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    assert_eq!(failed, 500);
    let log = script.log();
    let during = &log[begin..];
    assert!(
        during.len() <= 600,
        "{} requests for 500 downloads",
        during.len()
    );
    let mut seen = HashSet::new();
    let retries: Vec<_> = during
        .iter()
        .filter(|entry| !seen.insert(entry.target.clone()))
        .map(|entry| entry.at)
        .collect();
    assert!(
        retries.len() >= 40,
        "enough retries to judge their spread: {}",
        retries.len()
    );
    for retry in &retries {
        let near = retries
            .iter()
            .filter(|at| **at >= *retry && **at < *retry + Duration::from_millis(100));
        assert!(near.count() * 20 <= retries.len(), "retries come in a wave");
    }
    down.store(false, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_secs(300)).await;
    let again = join_all((1000..1500).map(download)).await;
    assert!(again.iter().all(Result::is_ok));
    let served = served.lock().unwrap();
    let distinct: HashSet<_> = served.iter().collect();
    assert_eq!((served.len(), distinct.len()), (500, 500));
}

#[tokio::test(start_paused = true)]
async fn no_more_calls_are_under_way_than_allowed() {
    let clock = MovableClock::new();
    let provider = Provider::new();
    let script = Script::new(&clock, move |seen| {
        provider
            .door(seen)
            .unwrap_or_else(|| Reply::json("{}").after(Duration::from_secs(1)))
    });
    let client = script.client(application(), options(clock.clone()));
    client.whoami().await.unwrap();
    let calls = (0..20).map(|number| client.report(EnrollmentId(number), ReportRequest::Final));
    join_all(calls).await;
    let mut starts: Vec<_> = script
        .log()
        .into_iter()
        .skip(2)
        .map(|entry| entry.at.as_secs())
        .collect();
    starts.sort_unstable();
    assert!(
        starts
            .chunk_by(|a, b| a == b)
            .all(|second| second.len() == 4)
    );
}
