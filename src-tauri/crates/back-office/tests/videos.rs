//! Liveness videos: only with the right, only as videos, each one in the journal before it is given.
#![allow(clippy::unwrap_used, reason = "test code")]

mod support;

use back_office::views::{dossier::DossierView, error::ErrorCode, session::LockReason};
use id360_sandbox::Outcome;
use support::{Scene, form, picture};

const FILM: &[u8] = include_bytes!("../../../../tests/specimens/liveness.webm");

/// A finished dossier with a card and a liveness video.
async fn filmed(scene: &Scene) -> DossierView {
    let launched = scene.launch(form()).await.unwrap().dossier;
    let enrollment: i64 = launched.row.enrollment_id.clone().unwrap().parse().unwrap();
    let give =
        |name: &str, page, bytes| scene.sandbox.upload(enrollment, name, page, bytes).unwrap();
    give("id_document_image", 0, picture(1));
    give("liveness_video$0", 0, FILM.to_vec());
    scene.sandbox.finish(enrollment, Outcome::Ok, &[]).unwrap();
    scene.desk.refresh_dossier(&launched.row.id).await.unwrap()
}

/// ID360's number of a document of that name.
fn document(dossier: &DossierView, name: &str) -> String {
    let report = dossier.report.as_ref().unwrap();
    let document = report.documents.iter().find(|known| known.name == name);
    document.unwrap().pages[0].document_id.clone()
}

#[tokio::test]
async fn without_the_right_no_video_is_given_and_id360_is_asked_nothing() {
    let scene = Scene::signed_in().await;
    let dossier = filmed(&scene).await;
    scene.sandbox.clear_requests();
    let video = document(&dossier, "liveness_video$0");
    let refused = scene.desk.video(&dossier.row.id, &video, 0).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::VideosNotPlayed);
    assert!(scene.sandbox.requests().is_empty());
    assert!(scene.journaled("viewed").await.is_empty());
}

#[tokio::test]
async fn with_the_right_a_video_comes_as_it_is_and_each_playing_is_in_the_journal() {
    let scene = Scene::signed_in().await;
    let dossier = filmed(&scene).await;
    let settings = scene.desk.set_play_videos(true).await.unwrap();
    assert!(settings.play_videos);
    let video = document(&dossier, "liveness_video$0");
    for _ in 0..2 {
        let film = scene.desk.video(&dossier.row.id, &video, 0).await.unwrap();
        assert_eq!(film, FILM);
    }
    let told = format!("document {video} page 0 video");
    assert_eq!(scene.journaled("viewed").await, [told.clone(), told]);
}

#[tokio::test]
async fn what_is_no_video_of_this_very_dossier_is_not_given_to_the_player() {
    let scene = Scene::signed_in().await;
    let (one, other) = (filmed(&scene).await, filmed(&scene).await);
    scene.desk.set_play_videos(true).await.unwrap();
    let card = document(&one, "id_document_image");
    let refused = scene.desk.video(&one.row.id, &card, 0).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::FormatNotShown);
    let theirs = document(&other, "liveness_video$0");
    let refused = scene.desk.video(&one.row.id, &theirs, 0).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotFound);
    assert!(scene.journaled("viewed").await.is_empty());
}

#[tokio::test]
async fn a_desk_that_locked_itself_meanwhile_gives_no_video() {
    let scene = Scene::signed_in().await;
    let dossier = filmed(&scene).await;
    scene.desk.set_play_videos(true).await.unwrap();
    scene.desk.lock(LockReason::Idle).await;
    let video = document(&dossier, "liveness_video$0");
    let refused = scene.desk.video(&dossier.row.id, &video, 0).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::Locked);
    assert!(scene.journaled("viewed").await.is_empty());
}

#[tokio::test]
async fn the_right_is_not_given_at_first_outlives_a_restart_and_each_change_is_in_the_journal() {
    let mut scene = Scene::signed_in().await;
    assert!(!scene.desk.settings().play_videos);
    for wanted in [true, true, false, true] {
        scene.desk.set_play_videos(wanted).await.unwrap();
    }
    assert_eq!(
        scene.journaled("settings_changed").await,
        [
            "play_videos false to true",
            "play_videos true to false",
            "play_videos false to true"
        ]
    );
    scene.restart().await;
    assert!(scene.desk.settings().play_videos);
}
