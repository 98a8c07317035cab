//! Following open dossiers over virtual days: how often, how many at once, and when not at all.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{collections::HashMap, sync::atomic::Ordering, time::Duration};

use back_office::views::{
    dossier::NextReading, error::ErrorCode, report::ReportKind, session::AccountKind,
};
use chrono::{DateTime, TimeDelta, Utc};
use id360_api::Endpoint;
use support::{
    script::{Arrived, Play},
    uuid,
};

const HOUR: u64 = 60 * 60;

fn between(calls: &[Arrived], enrollment: i64, from: u64, to: u64) -> usize {
    calls
        .iter()
        .filter(|call| call.enrollment == enrollment)
        .filter(|call| (from..to).contains(&call.at.as_secs()))
        .count()
}

#[tokio::test(start_paused = true)]
async fn a_dossier_is_looked_at_often_at_first_then_each_minute_then_rarely() {
    let play = Play::signed_in_with(&[TimeDelta::zero(), TimeDelta::days(30)]).await;
    play.hours(72).await;
    let reports = play.id360.reports();
    let fresh: Vec<u64> = reports
        .iter()
        .filter(|call| call.enrollment == 1)
        .map(|call| call.at.as_secs())
        .take(5)
        .collect();
    assert_eq!(fresh, [5, 15, 35, 95, 155]);
    let hour = between(&reports, 1, 0, HOUR);
    assert!((60..=64).contains(&hour), "{hour} in the first hour");
    let day = between(&reports, 1, HOUR, 24 * HOUR);
    assert!((270..=277).contains(&day), "{day} in the rest of the day");
    let later = between(&reports, 1, 24 * HOUR, 72 * HOUR);
    assert!((46..=49).contains(&later), "{later} in two more days");
    let old = between(&reports, 2, 0, 72 * HOUR);
    assert!((11..=13).contains(&old), "{old} of a dossier a month old");
    assert_eq!(play.id360.of(Endpoint::Login).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn many_dossiers_are_looked_at_two_a_second_and_slow_ones_at_most_four_at_once() {
    let play = Play::signed_in_with(&[TimeDelta::days(2); 150]).await;
    play.seconds(60).await;
    let first_minute = play.id360.reports().len();
    assert!((115..=121).contains(&first_minute), "{first_minute}");
    *play.id360.latency.lock().unwrap() = Duration::from_secs(20);
    play.hours(2).await;
    let most = play.id360.most_at_once.load(Ordering::SeqCst);
    assert!((2..=4).contains(&most), "{most} at once");
}

#[tokio::test(start_paused = true)]
async fn the_oldest_due_is_looked_at_first() {
    let play = Play::signed_in_with(&[TimeDelta::days(2); 20]).await;
    play.seconds(30).await;
    *play.id360.offline.lock().unwrap() = true;
    play.hours(6).await;
    *play.id360.offline.lock().unwrap() = false;
    let before = play.id360.reports().len();
    play.hours(1).await;
    let order: Vec<i64> = play.id360.reports()[before..]
        .iter()
        .map(|call| call.enrollment)
        .collect();
    let mut seen = order.clone();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 20, "{order:?}");
}

#[tokio::test(start_paused = true)]
async fn without_anything_open_or_anybody_signed_in_nothing_is_asked_for_days() {
    let nobody = Play::with(&[TimeDelta::hours(2)]).await;
    nobody.hours(48).await;
    assert!(nobody.id360.arrived.lock().unwrap().is_empty());

    let nothing = Play::signed_in_with(&[]).await;
    nothing.hours(48).await;
    assert!(nothing.id360.reports().is_empty());

    nobody
        .desk
        .sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    nobody.seconds(10).await;
    assert_eq!(nobody.id360.reports().len(), 1);
    nobody.desk.sign_out().await.unwrap();
    let before = nobody.id360.arrived.lock().unwrap().len();
    nobody.hours(48).await;
    assert_eq!(nobody.id360.arrived.lock().unwrap().len(), before);
}

#[tokio::test(start_paused = true)]
async fn three_days_without_a_network_cost_few_tries_blame_no_dossier_and_end_by_themselves() {
    let play = Play::signed_in_with(&[TimeDelta::days(2); 30]).await;
    play.seconds(60).await;
    *play.id360.offline.lock().unwrap() = true;
    let before = play.id360.arrived.lock().unwrap().len();
    play.hours(72).await;
    let tried = play.id360.arrived.lock().unwrap().len() - before;
    // One look in five minutes, three attempts each, and the keep-alive.
    assert!(tried < 72 * 12 * 4, "{tried}");
    *play.id360.offline.lock().unwrap() = false;
    let before = play.id360.reports().len();
    play.seconds(10 * 60).await;
    let caught_up = play.id360.reports().len() - before;
    assert!(caught_up >= 30, "{caught_up}");
    for id in &play.ids {
        let dossier = play.desk.get_dossier(&id.to_string()).await.unwrap();
        assert_eq!(dossier.row.trouble, None);
    }
}

#[tokio::test(start_paused = true)]
async fn when_every_token_is_refused_following_waits_for_the_sign_in_instead_of_storming() {
    let play = Play::signed_in_with(&[TimeDelta::minutes(5); 50]).await;
    play.seconds(60).await;
    *play.id360.refusing.lock().unwrap() = true;
    let before = play.id360.reports().len();
    let logins = play.id360.of(Endpoint::Login).len();
    play.hours(6).await;
    let looks = play.id360.reports().len() - before;
    let logins = play.id360.of(Endpoint::Login).len() - logins;
    assert!(looks < 6 * 20, "{looks} looks");
    assert!(logins <= 6 * 6, "{logins} logins");
    *play.id360.refusing.lock().unwrap() = false;
    let before = play.id360.reports().len();
    play.hours(1).await;
    assert!(play.id360.reports().len() - before >= 50);
}

#[tokio::test(start_paused = true)]
async fn a_person_s_own_reading_waits_for_none_of_the_looks_that_are_due() {
    let play = Play::with(&[TimeDelta::days(2); 60]).await;
    *play.id360.latency.lock().unwrap() = Duration::from_secs(10);
    play.desk
        .sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    play.seconds(25).await;
    let asked = tokio::time::Instant::now();
    let id = play.ids[59].to_string();
    play.desk.refresh_dossier(&id).await.unwrap();
    assert!(
        asked.elapsed() <= Duration::from_secs(11),
        "{:?}",
        asked.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_verdict_is_kept_by_the_desk_itself_and_never_asked_for_again() {
    let play = Play::signed_in_with(&[TimeDelta::minutes(1), TimeDelta::minutes(1)]).await;
    play.id360.verdicts.lock().unwrap().insert(1, "OK");
    play.seconds(120).await;
    let id = play.ids[0].to_string();
    let dossier = play.desk.get_dossier(&id).await.unwrap();
    assert_eq!(dossier.row.status.unwrap().word, "OK");
    assert!(dossier.report.is_some());
    let announced = play.window.dossiers.lock().unwrap().clone();
    assert!(announced.iter().any(|view| view.row.id == id));
    assert!(*play.window.register_changes.lock().unwrap() > 0);
    let before = between(&play.id360.reports(), 1, 0, u64::MAX);
    play.id360.verdicts.lock().unwrap().insert(1, "STARTED");
    play.hours(5).await;
    assert_eq!(between(&play.id360.reports(), 1, 0, u64::MAX), before);
    let dossier = play.desk.get_dossier(&id).await.unwrap();
    assert_eq!(dossier.row.status.unwrap().word, "OK");
}

#[tokio::test(start_paused = true)]
async fn a_plain_report_that_tells_no_end_does_not_stand_for_that_of_a_finished_dossier() {
    let play = Play::finished_with(&[TimeDelta::hours(1)]).await;
    play.id360.verdicts.lock().unwrap().insert(1, "STARTED");
    play.sign_in().await;
    play.seconds(60).await;
    let id = play.ids[0].to_string();
    let kind = async || {
        let dossier = play.desk.get_dossier(&id).await.unwrap();
        dossier.report.map(|report| report.kind)
    };
    assert_eq!(kind().await, Some(ReportKind::Draft));
    let early = play.desk.capture_now(&uuid(), &id).await.unwrap_err();
    assert_eq!(early.code, ErrorCode::NoVerdictYet);
    let evidence = play.desk.get_evidence(&id).await.unwrap();
    assert!(evidence.pieces.is_empty(), "{evidence:?}");

    play.id360.verdicts.lock().unwrap().insert(1, "OK");
    play.hours(2).await;
    assert_eq!(kind().await, Some(ReportKind::Final));
}

#[tokio::test(start_paused = true)]
async fn a_report_that_tells_a_deletion_does_not_stand_for_the_one_with_the_verdict() {
    let play = Play::signed_in_with(&[TimeDelta::minutes(1)]).await;
    play.id360.verdicts.lock().unwrap().insert(1, "OK");
    play.seconds(120).await;
    play.id360.verdicts.lock().unwrap().insert(1, "DELETED");
    let id = play.ids[0].to_string();
    let read = play.desk.refresh_dossier(&id).await.unwrap();
    let report = read.report.unwrap();
    assert_eq!(report.kind, ReportKind::Final);
    assert_eq!(report.status.word, "OK");
}

#[tokio::test(start_paused = true)]
async fn a_dossier_that_id360_does_not_know_is_asked_for_ever_more_rarely() {
    let play = Play::signed_in_with(&[TimeDelta::minutes(10), TimeDelta::minutes(10)]).await;
    play.id360.unknown.lock().unwrap().insert(1);
    play.hours(24).await;
    let unknown = between(&play.id360.reports(), 1, 0, 24 * HOUR);
    assert!((5..=10).contains(&unknown), "{unknown}");
    let known = between(&play.id360.reports(), 2, 0, 24 * HOUR);
    assert!(known > 200, "{known}");
    let refused = play.desk.refresh_dossier(&play.ids[0].to_string()).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::UnknownDossier);
}

#[tokio::test(start_paused = true)]
async fn a_dossier_whose_last_window_has_passed_is_left_to_a_person() {
    let play = Play::signed_in_with(&[TimeDelta::days(61), TimeDelta::days(59)]).await;
    play.hours(3).await;
    let reports = play.id360.reports();
    assert_eq!(between(&reports, 1, 0, u64::MAX), 0);
    assert!(between(&reports, 2, 0, u64::MAX) > 0);
    play.id360.verdicts.lock().unwrap().insert(1, "OK");
    let id = play.ids[0].to_string();
    let read = play.desk.refresh_dossier(&id).await.unwrap();
    assert_eq!(read.row.status.unwrap().word, "OK");
    // The window of the other one passes too.
    play.hours(48).await;
    let last = play.id360.reports().last().unwrap().at.as_secs();
    assert!(last < 24 * HOUR, "{last}");
}

#[tokio::test(start_paused = true)]
async fn a_dossier_interrupted_long_after_its_creation_is_read_by_itself_and_at_once() {
    let play = Play::signed_in_with(&[TimeDelta::days(20)]).await;
    play.seconds(60).await;
    play.id360
        .verdicts
        .lock()
        .unwrap()
        .insert(1, "DISCONTINUED");
    let id = play.ids[0].to_string();
    let stopped = play.desk.interrupt_dossier(&uuid(), &id).await.unwrap();
    assert_eq!(stopped.row.status.unwrap().word, "DISCONTINUED");
    play.seconds(60).await;
    let read = play.desk.get_dossier(&id).await.unwrap();
    assert!(read.report.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_dossier_that_its_customer_ended_just_before_is_not_taken_for_interrupted() {
    let play = Play::signed_in_with(&[TimeDelta::days(20)]).await;
    play.seconds(60).await;
    play.id360.verdicts.lock().unwrap().insert(1, "OK");
    let id = play.ids[0].to_string();
    let refused = play.desk.interrupt_dossier(&uuid(), &id).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AlreadyFinished);
    assert_eq!(refused.params["status"], "OK");
    let ended = play.desk.get_dossier(&id).await.unwrap();
    assert_eq!(ended.row.status.unwrap().word, "OK");
    assert!(ended.report.is_some());
}

#[tokio::test(start_paused = true)]
async fn the_draft_report_is_not_asked_for_while_the_customer_is_at_work() {
    let play = Play::signed_in_with(&[TimeDelta::minutes(1)]).await;
    play.id360.verdicts.lock().unwrap().insert(1, "STARTED");
    play.seconds(30).await;
    let id = play.ids[0].to_string();
    let dossier = play.desk.get_dossier(&id).await.unwrap();
    assert_eq!(dossier.row.status.unwrap().word, "STARTED");
    let before = play.id360.reports().len();
    let refused = play.desk.read_draft_report(&id).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CustomerAtWork);
    assert_eq!(play.id360.reports().len(), before);
}

#[tokio::test(start_paused = true)]
async fn the_window_is_told_when_a_dossier_is_read_next_and_that_nothing_is_read_without_a_network()
{
    let play = Play::signed_in_with(&[TimeDelta::zero()]).await;
    let next = async || {
        let view = play.desk.get_dossier(&play.ids[0].to_string()).await;
        view.unwrap().next_reading
    };
    let planned_in = |next: &Option<NextReading>| match next {
        Some(NextReading::Planned { at }) => {
            let at: DateTime<Utc> = at.parse().unwrap();
            (at - play.clock.utc()).num_seconds()
        }
        other => panic!("{other:?}"),
    };
    // Looked at after 5 and 15 seconds, then 20 later.
    play.seconds(20).await;
    let left = planned_in(&next().await);
    assert!((13..=16).contains(&left), "{left}");
    let told = play.window.readings.lock().unwrap().last().cloned();
    let told = told.unwrap();
    assert_eq!(told.id, play.ids[0].to_string());
    assert_eq!(planned_in(&told.next), left);

    *play.id360.offline.lock().unwrap() = true;
    play.seconds(120).await;
    assert_eq!(next().await, Some(NextReading::Paused));
    let before = *play.window.register_changes.lock().unwrap();
    *play.id360.offline.lock().unwrap() = false;
    play.seconds(10 * 60).await;
    planned_in(&next().await);
    assert!(*play.window.register_changes.lock().unwrap() > before);

    *play.id360.verdicts.lock().unwrap() = HashMap::from([(1, "OK")]);
    play.seconds(120).await;
    assert_eq!(next().await, None, "it has ended");
}
