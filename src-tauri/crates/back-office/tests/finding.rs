//! Finding dossiers and acting on many of them, against a real sandbox and its faults.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use back_office::views::{
    dossier::KnownStatus,
    error::ErrorCode,
    launch::LaunchForm,
    list::{ListColumn, ListFilter, ListQuery, ListView, RefreshOutcome, Selection, Stretch},
    session::AccountKind,
};
use chrono::Utc;
use dossiers::{EmbeddedRegister, RegisterKey, SavedView, Stamp, register::Marks as _};
use id360_sandbox::{Endpoint, Fault, Outcome, Target};
use support::{Scene, form, uuid};

fn of(filters: Vec<ListFilter>) -> ListQuery {
    ListQuery {
        filters,
        ..ListQuery::default()
    }
}

fn everything() -> Selection {
    Selection::Matching {
        query: ListQuery::default(),
        except: Vec::new(),
    }
}

async fn launched(scene: &Scene, count: usize) {
    for number in 0..count {
        let form = LaunchForm {
            reference: format!("REF-{number}"),
            open_link: false,
            ..form()
        };
        scene.launch(form).await.unwrap();
    }
}

async fn references(scene: &Scene, query: ListQuery) -> Vec<String> {
    let page = scene.desk.list_dossiers(query, 0, 100).await.unwrap();
    assert_eq!(page.total as usize, page.rows.len());
    page.rows
        .into_iter()
        .map(|row| row.reference.unwrap())
        .collect()
}

async fn refreshed(scene: &Scene) -> RefreshOutcome {
    scene
        .desk
        .refresh_dossiers(&uuid(), everything())
        .await
        .unwrap()
}

#[tokio::test]
async fn chips_are_told_by_the_persons_day_and_account() {
    let scene = Scene::signed_in().await;
    launched(&scene, 2).await;
    let created = |stretch, not| of(vec![ListFilter::Created { not, stretch }]);
    assert_eq!(
        references(&scene, created(Stretch::Today, false)).await,
        ["REF-1", "REF-0"]
    );
    assert!(
        references(&scene, created(Stretch::Yesterday, false))
            .await
            .is_empty()
    );
    assert!(
        references(&scene, created(Stretch::Today, true))
            .await
            .is_empty()
    );
    let mine = || of(vec![ListFilter::Mine { not: false }]);
    assert_eq!(references(&scene, mine()).await.len(), 2);
    let user = AccountKind::User;
    scene.desk.sign_in_to_sandbox(user).await.unwrap();
    assert_eq!(references(&scene, mine()).await.len(), 2);
    scene.desk.work_as(user).await.unwrap();
    assert!(references(&scene, mine()).await.is_empty());
    let finished = of(vec![ListFilter::Finished {
        not: false,
        stretch: Stretch::Never,
    }]);
    assert_eq!(scene.desk.count_dossiers(finished).await.unwrap(), 2);
}

#[tokio::test]
async fn a_view_keeps_its_question_and_a_built_in_one_only_its_columns() {
    let scene = Scene::signed_in().await;
    let views = scene.desk.list_views().await.unwrap();
    let ids: Vec<&str> = views.iter().map(|view| view.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "all",
            "to_treat",
            "in_progress",
            "deadlines",
            "mine",
            "unknown"
        ]
    );
    for view in &views {
        scene
            .desk
            .list_dossiers(view.query.clone(), 0, 10)
            .await
            .unwrap();
    }
    let own = ListView {
        id: String::new(),
        built_in: false,
        name: Some("  Mes KO ".into()),
        query: views[1].query.clone(),
        columns: vec![ListColumn::Status, ListColumn::Status, ListColumn::Name],
    };
    let saved = scene.desk.save_view(own.clone()).await.unwrap();
    assert_eq!(saved[6].name.as_deref(), Some("Mes KO"));
    assert_eq!(saved[6].columns, [ListColumn::Status, ListColumn::Name]);
    assert_eq!(saved[6].query, views[1].query);
    for (name, columns, rule) in [
        (Some("mes ko"), own.columns.clone(), "taken"),
        (Some("   "), own.columns.clone(), "required"),
        (Some(&*"n".repeat(61)), own.columns.clone(), "too_long"),
        (Some("other"), Vec::new(), "required"),
    ] {
        let refused = ListView {
            name: name.map(str::to_owned),
            columns,
            ..own.clone()
        };
        let refused = scene.desk.save_view(refused).await.unwrap_err();
        assert_eq!(refused.params["rule"], rule);
    }
    let all = ListView {
        columns: vec![ListColumn::Reference],
        query: views[1].query.clone(),
        ..views[0].clone()
    };
    let saved = scene.desk.save_view(all).await.unwrap();
    assert_eq!(saved[0].columns, [ListColumn::Reference]);
    assert_eq!(saved[0].query, ListQuery::default());
    let left = scene.desk.remove_view(&saved[6].id).await.unwrap();
    assert_eq!(left.len(), 6);
    assert_eq!(scene.desk.remove_view("all").await.unwrap(), views);
}

/// The register itself, which the desk has left.
async fn register(scene: &Scene) -> EmbeddedRegister {
    scene.desk.close();
    scene.let_go().await;
    let secret = scene.keychain.kept.lock().unwrap()["register-key"].clone();
    let key = RegisterKey::from_secret(&secret.into()).unwrap();
    EmbeddedRegister::open(&scene.register_folder(), &key, Utc::now()).unwrap()
}

#[tokio::test]
async fn a_column_that_only_a_newer_desk_has_is_passed_over_and_kept() {
    let mut scene = Scene::signed_in().await;
    let view = |id: &str, name: Option<&str>, columns: &str| SavedView {
        id: id.into(),
        name: name.map(str::to_owned),
        content: format!(
            r#"{{"query":{{"search":"","filters":[],"sort":[]}},"columns":{columns}}}"#
        ),
    };
    let own = view("view-1", Some("Mes KO"), r#"["name","mood","status"]"#);
    let newer = register(&scene).await;
    let stamp = Stamp::desk(Utc::now());
    newer.save_view(own, &stamp).unwrap();
    for id in ["mine", "view-2"] {
        let name = (id == "view-2").then_some("Humeur");
        newer
            .save_view(view(id, name, r#"["mood"]"#), &stamp)
            .unwrap();
    }
    drop(newer);
    scene.restart().await;
    let views = scene.desk.list_views().await.unwrap();
    assert_eq!(views[6].columns, [ListColumn::Name, ListColumn::Status]);
    for place in [4, 7] {
        assert_eq!(views[place].columns, views[0].columns, "{place}");
    }
    let renamed = ListView {
        name: Some("Mes refus".into()),
        ..views[6].clone()
    };
    let views = scene.desk.save_view(renamed).await.unwrap();
    assert_eq!(views[6].columns, [ListColumn::Name, ListColumn::Status]);
    let kept = register(&scene).await.saved_views().unwrap();
    let kept = kept.iter().find(|kept| kept.id == "view-1").unwrap();
    assert_eq!(kept.name.as_deref(), Some("Mes refus"));
    assert!(kept.content.contains(r#"["name","status","mood"]"#));
}

#[tokio::test]
async fn tags_and_marks_say_what_changed_and_what_was_so_already() {
    let scene = Scene::signed_in().await;
    launched(&scene, 3).await;
    let tag = async |tags: &[&str]| {
        let add = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let intent = uuid();
        scene
            .desk
            .tag_dossiers(&intent, everything(), add, Vec::new())
            .await
    };
    assert_eq!(tag(&["Paris"]).await.unwrap().changed, 3);
    assert_eq!(tag(&["paris"]).await.unwrap().unchanged, 3);
    for (wrong, rule) in [(" ", "required"), ("a\u{7f}b", "control_characters")] {
        assert_eq!(tag(&[wrong]).await.unwrap_err().params["rule"], rule);
    }
    assert_eq!(scene.desk.list_tags().await.unwrap(), ["Paris"]);
    let treated = scene.desk.mark_treated(&uuid(), everything(), true).await;
    assert_eq!(treated.unwrap().changed, 3);
    let page = scene
        .desk
        .list_dossiers(ListQuery::default(), 0, 10)
        .await
        .unwrap();
    assert!(
        page.rows
            .iter()
            .all(|row| row.treated && row.tags == ["Paris"])
    );
}

#[tokio::test]
async fn a_bulk_reading_reads_each_once_and_names_what_failed() {
    let scene = Scene::signed_in().await;
    launched(&scene, 6).await;
    for enrollment in scene.sandbox.enrollments() {
        scene
            .sandbox
            .finish(enrollment.id, Outcome::Ko, &[])
            .unwrap();
    }
    scene.sandbox.fault(
        Target::Only(Endpoint::Report),
        u32::MAX,
        Fault::Html { status: None },
    );
    let outcome = refreshed(&scene).await;
    assert_eq!((outcome.read, outcome.failed, outcome.left_out), (0, 6, 0));
    assert_eq!(outcome.failures.len(), 6);
    for failure in &outcome.failures {
        assert_eq!(failure.code, ErrorCode::UnreadableAnswer);
        assert!(failure.label.starts_with("REF-"));
    }
    scene.sandbox.clear_faults();
    let again = refreshed(&scene).await;
    assert_eq!((again.read, again.failed), (6, 0));
    let page = scene
        .desk
        .list_dossiers(ListQuery::default(), 0, 10)
        .await
        .unwrap();
    let known = |row: &back_office::views::dossier::DossierRow| row.status.as_ref().unwrap().known;
    assert!(page.rows.iter().all(|row| known(row) == KnownStatus::Ko));
}

#[tokio::test]
async fn a_bulk_reading_leaves_the_rest_out_when_the_session_is_lost_midway() {
    let scene = Scene::signed_in().await;
    launched(&scene, 12).await;
    let refused = Fault::Status {
        status: 401,
        body: None,
        retry_after: None,
    };
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Report), u32::MAX, refused.clone());
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Login), u32::MAX, refused);
    let outcome = refreshed(&scene).await;
    assert_eq!(outcome.read, 0);
    assert!(outcome.failed >= 1 && outcome.left_out >= 1, "{outcome:?}");
    assert_eq!(outcome.failed + outcome.left_out, 12);
    assert!(!outcome.cancelled);
}

#[tokio::test]
async fn a_person_ends_a_bulk_reading_and_keeps_what_was_read() {
    let scene = Scene::signed_in().await;
    launched(&scene, 12).await;
    let slow = Fault::Delay { milliseconds: 150 };
    scene
        .sandbox
        .fault(Target::Only(Endpoint::Report), u32::MAX, slow);
    let intent = uuid();
    let reading = scene.desk.refresh_dossiers(&intent, everything());
    let stopping = async {
        support::until("the first reading", || {
            let told = scene.window.progress.lock().unwrap();
            told.iter()
                .any(|progress| progress.intent_id == intent && progress.done > 0)
        })
        .await;
        scene.desk.cancel(&intent);
    };
    let (outcome, ()) = tokio::join!(reading, stopping);
    let outcome = outcome.unwrap();
    assert!(outcome.cancelled && outcome.read >= 1, "{outcome:?}");
    assert_eq!(outcome.read + outcome.failed + outcome.left_out, 12);
    assert!(outcome.left_out >= 1);
}

#[tokio::test]
async fn a_reference_that_was_used_is_told_with_its_dossiers_and_another_is_not() {
    let scene = Scene::signed_in().await;
    launched(&scene, 2).await;
    let found = scene.desk.same_reference(" REF-1 ").await.unwrap();
    let references: Vec<_> = found.iter().map(|row| row.reference.as_deref()).collect();
    assert_eq!(references, [Some("REF-1")]);
    for free in ["REF-", "ref-1x", " "] {
        assert_eq!(
            scene.desk.same_reference(free).await.unwrap(),
            [],
            "{free:?}"
        );
    }
}
