//! Deadlines as a person sees them: what is next, by whose clock, and when they are warned.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::{
    Desk,
    ports::DeadlineWarning,
    views::{
        deadlines::{Lane, NextAct, RadarCard},
        dossier::EvidenceState,
        error::ErrorCode,
        evidence::CaptureActivity,
        journal::JournalQuery,
        launch::SaveSubject,
        list::{ListFilter, ListQuery, Stretch},
        session::AccountKind,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use dossiers::{
    DossierId, EmbeddedRegister, ImportBatch, Imported, NewDossier, Progress, Stamp,
    register::{Creations as _, Imports as _},
};
use id360_sandbox::Outcome;
use support::{
    Scene,
    script::{Play, new_dossier},
    uuid,
};

async fn cards(desk: &Desk) -> Vec<RadarCard> {
    let radar = desk.radar().await.unwrap();
    radar
        .lanes
        .into_iter()
        .flat_map(|lane| lane.cards)
        .collect()
}

async fn next(desk: &Desk) -> Vec<NextAct> {
    cards(desk)
        .await
        .into_iter()
        .map(|card| card.next)
        .collect()
}

#[tokio::test(start_paused = true)]
async fn whoever_keeps_nothing_is_warned_on_days_one_three_five_and_six_in_numbers_only() {
    let play = Play::finished_with(&[TimeDelta::zero(), TimeDelta::zero()]).await;
    play.hours(24 * 8).await;
    let warned = play.notifier.0.lock().unwrap().clone();
    let dossiers: Vec<u64> = warned.iter().map(|warning| warning.dossiers).collect();
    assert_eq!(dossiers, [2, 2, 2, 2], "{warned:?}");
    let days: Vec<u64> = warned
        .iter()
        .map(|warning| warning.hours_left.unwrap() / 24)
        .collect();
    assert_eq!(days, [5, 3, 1, 0], "{warned:?}");
}

#[tokio::test(start_paused = true)]
async fn a_warning_of_what_passed_does_not_say_that_some_time_is_left() {
    // ID360 told no end of it: it may still be there.
    let play = Play::finished_with(&[TimeDelta::days(8)]).await;
    play.hours(2).await;
    let warned = play.notifier.0.lock().unwrap().clone();
    let passed = DeadlineWarning {
        dossiers: 1,
        hours_left: None,
    };
    assert_eq!(warned, [passed]);
}

#[tokio::test(start_paused = true)]
async fn thousands_that_are_due_after_a_week_off_are_one_notification() {
    let play = Play::finished_elsewhere(2_300, TimeDelta::days(5)).await;
    play.hours(2).await;
    let warned = play.notifier.0.lock().unwrap().clone();
    assert!(
        matches!(
            warned[..],
            [DeadlineWarning {
                dossiers: 2_300,
                ..
            }]
        ),
        "{warned:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn with_notifications_off_nothing_is_shown_and_later_only_what_still_counts() {
    let play = Play::finished_with(&[TimeDelta::zero()]).await;
    assert!(
        !play
            .desk
            .set_notifications(false)
            .await
            .unwrap()
            .notifications
    );
    play.hours(24 * 4).await;
    assert!(play.notifier.0.lock().unwrap().is_empty());
    play.desk.set_notifications(true).await.unwrap();
    play.hours(2).await;
    let warned = play.notifier.0.lock().unwrap().clone();
    assert!(
        matches!(warned[..], [DeadlineWarning { dossiers: 1, .. }]),
        "{warned:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_warning_that_the_system_did_not_show_comes_again_and_is_an_act_once_it_is_shown() {
    let play = Play::finished_with(&[TimeDelta::zero()]).await;
    let acts = async || {
        let query = JournalQuery {
            acts: vec!["warned".into()],
            ..JournalQuery::default()
        };
        play.desk.list_journal(query, 0, 50).await.unwrap().total
    };
    *play.notifier.2.lock().unwrap() = true;
    play.hours(30).await;
    assert_eq!(acts().await, 0);
    *play.notifier.2.lock().unwrap() = false;
    play.hours(2).await;
    let warned = play.notifier.0.lock().unwrap().clone();
    assert!(
        matches!(warned[..], [DeadlineWarning { dossiers: 1, .. }]),
        "{warned:?}"
    );
    assert_eq!(acts().await, 1);
    play.hours(10).await;
    assert_eq!(play.notifier.0.lock().unwrap().len(), 1);
}

/// In each of two environments: two KO, one of them with a day left, one whose window passed and is
/// not given up, one in progress, one lost, one whose outcome is unknown.
fn in_two_environments(register: &EmbeddedRegister, now: DateTime<Utc>) -> Vec<DossierId> {
    for (environment, first) in [("sandbox", 0), ("production", 100)] {
        let batch = ImportBatch {
            environment_id: environment.into(),
            process_id: "opening".into(),
            process_uuid: uuid::Uuid::nil(),
            process_name: "Ouverture".into(),
            idclaim_expected: false,
            operator: "application".into(),
        };
        let line = |number: i64, status: &str, age: TimeDelta| Imported {
            enrollment_id: first + number,
            status: Some(status.into()),
            creation_time: Some(now - age),
            finished_time: (status != "STARTED").then_some(now - age),
            ..Imported::default()
        };
        let lines = vec![
            line(1, "KO", TimeDelta::days(1)),
            line(2, "KO", TimeDelta::days(6)),
            line(3, "CANCELED", TimeDelta::hours(7 * 24 - 1)),
            line(4, "STARTED", TimeDelta::hours(1)),
            line(5, "CANCELED", TimeDelta::days(20)),
        ];
        let stamp = Stamp::desk(now);
        register
            .import(batch, lines, &Progress::unwatched(), &stamp)
            .unwrap();
        let unknown = NewDossier {
            environment_id: environment.into(),
            ..new_dossier()
        };
        let id = register.prepare(unknown, &stamp).unwrap();
        register.mark_sent(id, &stamp).unwrap();
        register.mark_unknown(id, b"", &stamp).unwrap();
    }
    Vec::new()
}

async fn listed(desk: &Desk, filters: &[ListFilter]) -> u32 {
    let query = ListQuery {
        filters: filters.to_vec(),
        ..ListQuery::default()
    };
    desk.count_dossiers(query).await.unwrap()
}

/// What home and radar count, each number held against the list that it opens.
async fn counted(desk: &Desk) -> [u32; 6] {
    let (home, radar) = (desk.home().await.unwrap(), desk.radar().await.unwrap());
    let due: u32 = radar
        .lanes
        .iter()
        .map(|lane| lane.within_a_day + lane.within_two_days + lane.within_a_week + lane.later)
        .sum();
    assert_eq!(listed(desk, &radar.filters).await, due);
    let tallies = [
        &home.to_treat,
        &home.due_soon,
        &home.in_progress,
        &home.unknown,
        &radar.lost,
        &home.troubled,
    ];
    for tally in tallies {
        assert_eq!(
            listed(desk, &tally.filters).await,
            tally.dossiers,
            "{tally:?}"
        );
    }
    tallies.map(|tally| tally.dossiers)
}

#[tokio::test(start_paused = true)]
async fn each_count_opens_the_list_on_exactly_its_dossiers_of_its_environment() {
    let play = Play::in_register(in_two_environments).await;
    assert_eq!(counted(&play.desk).await, [4, 4, 2, 2, 2, 0]);
    play.sign_in().await;
    // What begins with a session has come to rest.
    play.seconds(30).await;
    assert_eq!(counted(&play.desk).await[..5], [2, 2, 1, 1, 1]);
    let of_sandbox = ListFilter::Environment {
        not: false,
        ids: vec!["sandbox".into()],
    };
    let home = play.desk.home().await.unwrap();
    assert_eq!(home.due_soon.filters.last(), Some(&of_sandbox));
}

#[tokio::test(start_paused = true)]
async fn on_a_computer_days_slow_the_list_finds_what_id360_deletes_within_48_hours() {
    let play = Play::finished_with(&[TimeDelta::zero()]).await;
    let next = [ListFilter::Deadline {
        not: false,
        stretch: Stretch::NextHours { hours: 48 },
    }];
    assert_eq!(listed(&play.desk, &next).await, 0);
    *play.id360.ahead.lock().unwrap() = TimeDelta::days(5);
    play.sign_in().await;
    assert_eq!(listed(&play.desk, &next).await, 1);
    assert_eq!(play.desk.home().await.unwrap().due_soon.dossiers, 1);
}

#[tokio::test(start_paused = true)]
async fn reports_that_were_missed_are_kept_after_signing_in_the_closest_deadline_first() {
    let days = [1, 6, 3].map(TimeDelta::days);
    let play = Play::finished_with(&days).await;
    for enrollment in 1..=3 {
        play.id360.verdicts.lock().unwrap().insert(enrollment, "OK");
    }
    play.sign_in().await;
    play.seconds(30).await;
    let asked: Vec<i64> = play
        .id360
        .reports()
        .iter()
        .map(|call| call.enrollment)
        .collect();
    assert_eq!(asked, [2, 3, 1]);
    for id in &play.ids {
        let dossier = play.desk.get_dossier(&id.to_string()).await.unwrap();
        assert!(dossier.report.is_some());
    }
    play.hours(48).await;
    assert_eq!(play.id360.reports().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn each_card_names_the_one_thing_to_do_now() {
    let play = Play::finished_with(&[TimeDelta::days(1)]).await;
    let environment_id = "sandbox".to_owned();
    assert_eq!(next(&play.desk).await, [NextAct::SignIn { environment_id }]);
    play.id360.unknown.lock().unwrap().insert(1);
    play.sign_in().await;
    assert_eq!(next(&play.desk).await, [NextAct::KeepReport]);
    play.hours(2).await;
    let trouble = ErrorCode::UnknownDossier;
    assert_eq!(next(&play.desk).await, [NextAct::Look { trouble }]);
    assert_eq!(play.desk.home().await.unwrap().troubled.dossiers, 1);

    let old = Play::finished_elsewhere(1, TimeDelta::days(10)).await;
    old.sign_in().await;
    assert_eq!(next(&old.desk).await, [NextAct::SignInAsUser]);
    old.hours(24).await;
    assert!(old.id360.reports().is_empty());

    let unknown = Play::ended_at_an_unknown_time(TimeDelta::days(10)).await;
    unknown.sign_in().await;
    assert_eq!(
        next(&unknown.desk).await,
        [NextAct::KeepReport],
        "it may have ended yesterday"
    );
}

#[tokio::test(start_paused = true)]
async fn a_window_changed_in_the_settings_moves_the_deadlines() {
    let play = Play::finished_with(&[TimeDelta::days(1)]).await;
    play.seconds(1).await;
    let before: DateTime<Utc> = cards(&play.desk).await[0].at.parse().unwrap();
    let mut environment = play.desk.settings().environments[2].clone();
    environment.deadlines.documents_days += 3;
    environment.deadlines.report_application_days += 3;
    play.desk.save_environment(environment).await.unwrap();
    play.seconds(1).await;
    let after: DateTime<Utc> = cards(&play.desk).await[0].at.parse().unwrap();
    assert_eq!(after - before, TimeDelta::days(3));
}

#[tokio::test(start_paused = true)]
async fn id360_s_clock_counts_and_an_earlier_one_only_where_it_brings_deadlines_closer() {
    for (hours, told, remembered) in [(3, Some(180), Some(180)), (-3, Some(-180), None)] {
        let play = Play::with(&[]).await;
        *play.id360.ahead.lock().unwrap() = TimeDelta::hours(hours);
        play.sign_in().await;
        let radar = play.desk.radar().await.unwrap();
        assert_eq!(radar.clock_offset_minutes, told);
        play.desk.sign_out().await.unwrap();
        let radar = play.desk.radar().await.unwrap();
        assert_eq!(radar.clock_offset_minutes, remembered);
    }
}

#[tokio::test(start_paused = true)]
async fn time_left_is_counted_on_this_computers_clock_however_wrong_that_is() {
    for days in [3, -3] {
        let play = Play::finished_with(&[TimeDelta::days(1)]).await;
        *play.id360.ahead.lock().unwrap() = TimeDelta::days(days);
        play.sign_in().await;
        let moment = |said: &str| said.parse::<DateTime<Utc>>().unwrap();
        // A `Date` tells whole seconds.
        let is_so_far = |at: &str, here: &str| {
            let apart = moment(at) - moment(here) - TimeDelta::days(days);
            apart.abs() <= TimeDelta::seconds(1)
        };
        let card = cards(&play.desk).await.remove(0);
        assert!(is_so_far(&card.at, &card.here), "{card:?}");
        let id = play.ids[0].to_string();
        let deadlines = play.desk.get_dossier(&id).await.unwrap().deadlines;
        assert!(!deadlines.is_empty());
        for deadline in deadlines {
            assert!(is_so_far(&deadline.at, &deadline.here), "{deadline:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_right_but_for_an_answers_way_moves_no_deadline() {
    let play = Play::finished_with(&[TimeDelta::days(1)]).await;
    *play.id360.ahead.lock().unwrap() = TimeDelta::seconds(20);
    play.sign_in().await;
    let card = cards(&play.desk).await.remove(0);
    assert_eq!(card.at, card.here);
}

#[tokio::test]
async fn what_is_saved_no_longer_stands_under_a_deadline() {
    let scene = Scene::signed_in().await;
    let dossier = scene.finished(Outcome::Ok, &[]).await;
    assert_eq!(dossier.row.evidence, EvidenceState::Due);
    assert!(dossier.row.deadline.is_some());
    let card = cards(&scene.desk).await.remove(0);
    // Capture is paused here: nothing goes by itself, and both screens say so.
    let waiting = |by_itself| NextAct::Capture {
        by_itself,
        trouble: None,
    };
    assert_eq!((card.lane, card.next), (Lane::Documents, waiting(false)));
    let paused = CaptureActivity::Paused;
    assert_eq!(scene.desk.radar().await.unwrap().capture, paused);
    assert_eq!(scene.desk.home().await.unwrap().capture, paused);
    let folder = tempfile::tempdir().unwrap();
    for subject in [SaveSubject::AllDocuments, SaveSubject::IdClaim] {
        scene.save_to(folder.path());
        let saved = scene
            .desk
            .save_evidence(&uuid(), &dossier.row.id, subject)
            .await
            .unwrap();
        assert!(saved.unwrap().failed.is_empty());
    }
    let kept = scene.desk.get_dossier(&dossier.row.id).await.unwrap().row;
    assert_eq!((kept.evidence, kept.deadline), (EvidenceState::Kept, None));
    assert!(cards(&scene.desk).await.is_empty());
    let home = scene.desk.home().await.unwrap();
    assert_eq!((home.due_soon.dossiers, home.latest.len()), (0, 1));
}

#[tokio::test]
async fn a_user_and_an_application_are_told_their_own_way() {
    let scene = Scene::new().await;
    scene
        .desk
        .sign_in_to_sandbox(AccountKind::User)
        .await
        .unwrap();
    let home = scene.desk.home().await.unwrap();
    let counted = (home.in_progress.dossiers, home.to_treat.dossiers);
    assert_eq!(counted, (0, 0));
    assert_eq!(scene.desk.radar().await.unwrap().lanes.len(), 3);
}
