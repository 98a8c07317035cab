//! The age of a token: idle, busy, asleep, with clocks that jump (quality T-04 to T-08).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use id360_api::*;

use crate::support::clock::MovableClock;
use crate::support::script::{Provider, Reply, Script, provider_script};
use crate::support::{application, options};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);

#[tokio::test(start_paused = true)]
async fn seven_idle_days_take_one_login_and_a_whoami_every_thirteen_minutes() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(application(), options(clock.clone()));
    client.whoami().await.unwrap();
    let _ = tokio::time::timeout(7 * DAY, client.keep_alive()).await;
    assert_eq!(provider.logins(), 1);
    let calls: Vec<_> = script
        .log()
        .into_iter()
        .skip(1)
        .map(|entry| entry.at)
        .collect();
    assert!(
        (767..=783).contains(&calls.len()),
        "{} whoami calls",
        calls.len()
    );
    let longest = calls
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .max()
        .unwrap();
    assert!(longest <= 13 * MINUTE + Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn seven_busy_days_take_one_login_and_no_whoami() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(application(), options(clock.clone()));
    let keeper = tokio::spawn({
        let client = client.clone();
        async move { client.keep_alive().await }
    });
    for number in 0..(7 * 24 * 12) {
        client
            .report(EnrollmentId(number), ReportRequest::Final)
            .await
            .unwrap();
        tokio::time::sleep(5 * MINUTE).await;
    }
    keeper.abort();
    assert_eq!(provider.logins(), 1);
    assert_eq!(script.count(Endpoint::Whoami), 0);
}

#[tokio::test(start_paused = true)]
async fn after_the_machine_slept_whoami_comes_first_and_one_login_at_most() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(application(), options(clock.clone()));
    client.whoami().await.unwrap();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..1000_i64 {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        tokio::time::sleep(Duration::from_secs(seed % 700)).await;
        client
            .report(EnrollmentId(round * 2), ReportRequest::Final)
            .await
            .unwrap();
        let (before, logins) = (script.log().len(), provider.logins());
        clock.sleep_machine(Duration::from_secs(10 + seed % (20 * 3600)));
        client
            .report(EnrollmentId(round * 2 + 1), ReportRequest::Final)
            .await
            .unwrap();
        let log = script.log();
        assert_eq!(log[before].endpoint, Endpoint::Whoami);
        assert!(provider.logins() - logins <= 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_keep_alive_notices_a_sleep_by_itself() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(application(), options(clock.clone()));
    client.whoami().await.unwrap();
    let keeper = tokio::spawn({
        let client = client.clone();
        async move { client.keep_alive().await }
    });
    tokio::time::sleep(MINUTE).await;
    clock.sleep_machine(Duration::from_secs(20 * 3600));
    tokio::time::sleep(MINUTE).await;
    keeper.abort();
    assert_eq!(script.log()[2].endpoint, Endpoint::Whoami);
    assert_eq!(provider.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_jumping_wall_clock_changes_nothing_about_the_token() {
    let clock = MovableClock::new();
    let (provider, script) = provider_script(&clock);
    let client = script.client(application(), options(clock.clone()));
    let jumps = [
        TimeDelta::seconds(1),
        TimeDelta::seconds(-1),
        TimeDelta::hours(1),
        TimeDelta::hours(-1),
        TimeDelta::days(3650),
        TimeDelta::days(-7300),
    ];
    for number in 0..600 {
        clock.move_wall(jumps[number as usize % jumps.len()]);
        client
            .report(EnrollmentId(number), ReportRequest::Final)
            .await
            .unwrap();
        tokio::time::sleep(MINUTE).await;
    }
    assert_eq!(provider.logins(), 1);
    assert_eq!(script.count(Endpoint::Whoami), 0);
}

#[tokio::test(start_paused = true)]
async fn the_offset_of_the_server_clock_comes_from_its_dates() {
    let clock = MovableClock::new();
    let script = Script::new(&clock, |_| {
        Reply::json(r#"{"token":"abcdefgh"}"#).header("date", "Sat, 28 Mar 2026 11:00:00 GMT")
    });
    let client = script.client(application(), options(clock.clone()));
    assert_eq!(client.server_clock_offset(), None);
    client.whoami().await.unwrap();
    assert_eq!(client.server_clock_offset().unwrap().num_minutes(), 60);
}

#[tokio::test(start_paused = true)]
async fn incidents_on_whoami_lead_to_no_login() {
    let faults = [
        Reply::status(500),
        Reply::status(502),
        Reply::failure(FailureCause::TimedOut, true),
        Reply::json("{}").after(Duration::from_secs(120)),
    ];
    for fault in faults {
        let clock = MovableClock::new();
        let provider = Provider::new();
        let broken = Arc::new(AtomicBool::new(false));
        let (door, is_broken) = (Arc::clone(&provider), Arc::clone(&broken));
        let script = Script::new(&clock, move |seen| {
            if is_broken.load(Ordering::SeqCst) && seen.endpoint == Endpoint::Whoami {
                return fault.clone();
            }
            door.door(seen).unwrap_or_else(|| Reply::json("{}"))
        });
        let client = script.client(application(), options(clock.clone()));
        client.whoami().await.unwrap();
        broken.store(true, Ordering::SeqCst);
        let _ = tokio::time::timeout(27 * MINUTE, client.keep_alive()).await;
        assert_eq!(provider.logins(), 1);
        assert!(
            script.count(Endpoint::Whoami) > 3,
            "tried again while there was hope"
        );
        broken.store(false, Ordering::SeqCst);
        client
            .report(EnrollmentId(1), ReportRequest::Final)
            .await
            .unwrap();
        assert_eq!(provider.logins(), 2, "the next real call settles it");
    }
}
