//! What is reckoned by ID360's clock where this computer's is wrong.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::{
    Desk,
    views::{journal::JournalQuery, launch::Settlement},
};
use chrono::{DateTime, TimeDelta, Utc};
use support::{
    form,
    script::{Come, Play},
    uuid,
};

async fn created(desk: &Desk) -> u64 {
    let query = JournalQuery {
        acts: vec!["created".into()],
        ..JournalQuery::default()
    };
    desk.list_journal(query, 0, 10).await.unwrap().total.into()
}

#[tokio::test(start_paused = true)]
async fn a_computer_that_is_a_year_ahead_drops_nothing() {
    let play = Play::with(&[TimeDelta::days(400)]).await;
    play.hours(3).await;
    assert_eq!(created(&play.desk).await, 1, "before ID360 told the time");
    *play.id360.ahead.lock().unwrap() = -TimeDelta::days(399);
    play.sign_in().await;
    play.hours(3).await;
    assert_eq!(
        created(&play.desk).await,
        1,
        "by ID360's clock it is a day old"
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_older_than_the_settings_say_goes_once_id360_told_the_time() {
    let play = Play::with(&[TimeDelta::days(400)]).await;
    play.sign_in().await;
    play.seconds(60).await;
    assert_eq!(created(&play.desk).await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_dossier_of_unknown_outcome_counts_from_its_sending_by_id360s_clock() {
    let play = Play::with(&[]).await;
    *play.id360.ahead.lock().unwrap() = -TimeDelta::days(10);
    play.sign_in().await;
    *play.id360.creation.lock().unwrap() = Some((b"{".to_vec(), Come::Cut));
    let launched = play.desk.launch_dossier(&uuid(), form()).await;
    let unknown = launched.unwrap().dossier;
    let settlement = Settlement::Attach {
        enrollment_id: "300001".into(),
    };
    let attached = play
        .desk
        .settle_unknown(&uuid(), &unknown.row.id, settlement)
        .await
        .unwrap();
    let deadlines = attached.deadlines.iter();
    let first: DateTime<Utc> = deadlines.map(|one| one.at.parse().unwrap()).min().unwrap();
    let left = first - (play.clock.utc() - TimeDelta::days(10));
    assert!(
        left <= TimeDelta::days(7) && left > TimeDelta::days(6),
        "{left}"
    );
}
