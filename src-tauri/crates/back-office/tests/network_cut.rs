//! The network goes in the middle of a long act.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::views::{
    error::ErrorCode,
    launch::LaunchForm,
    list::{ListQuery, RefreshOutcome, Selection},
};
use id360_sandbox::{Endpoint, Fault, Outcome, PlannedFault, Target};
use support::{Scene, form, uuid};

const DOSSIERS: u32 = 30;
/// Answers that still come.
const BEFORE_THE_CUT: u32 = 6;

/// The customers of all are done, and nobody has read it yet.
async fn all_finished(scene: &Scene) {
    for number in 0..DOSSIERS {
        let form = LaunchForm {
            reference: format!("REF-{number}"),
            open_link: false,
            ..form()
        };
        scene.launch(form).await.unwrap();
    }
    for enrollment in scene.sandbox.enrollments() {
        let done = scene.sandbox.finish(enrollment.id, Outcome::Ok, &[]);
        done.unwrap();
    }
}

async fn refreshed(scene: &Scene) -> RefreshOutcome {
    let everything = Selection::Matching {
        query: ListQuery::default(),
        except: Vec::new(),
    };
    let intent = uuid();
    let read = scene.desk.refresh_dossiers(&intent, everything);
    read.await.unwrap()
}

async fn known_as_done(scene: &Scene) -> u32 {
    let list = scene.desk.list_dossiers(ListQuery::default(), 0, 100);
    let rows = list.await.unwrap().rows.into_iter();
    rows.filter(|row| {
        row.status
            .as_ref()
            .is_some_and(|status| status.word == "OK")
    })
    .count() as u32
}

#[tokio::test]
async fn a_network_cut_midway_keeps_what_was_read_tells_the_rest_and_the_act_goes_on_later() {
    let scene = Scene::signed_in().await;
    all_finished(&scene).await;
    scene.sandbox.plan(PlannedFault {
        endpoint: Target::Only(Endpoint::Report),
        times: u32::MAX,
        skip: BEFORE_THE_CUT,
        fault: Fault::DropBefore,
    });
    let cut = refreshed(&scene).await;
    assert_eq!(cut.read + cut.failed + cut.left_out, DOSSIERS, "{cut:?}");
    assert!(cut.read >= 1 && cut.read <= BEFORE_THE_CUT, "{cut:?}");
    assert!(cut.failed >= 1 && cut.left_out >= 1, "{cut:?}");
    assert!(!cut.cancelled);
    let told: Vec<_> = cut.failures.iter().map(|failure| failure.code).collect();
    assert_eq!(told.len() as u32, cut.failed);
    assert!(told.iter().all(|code| *code == ErrorCode::Unreachable));
    assert!(known_as_done(&scene).await >= cut.read);

    scene.sandbox.clear_faults();
    let whole = refreshed(&scene).await;
    assert_eq!((whole.failed, whole.left_out), (0, 0), "{whole:?}");
    assert_eq!(known_as_done(&scene).await, DOSSIERS);
}
