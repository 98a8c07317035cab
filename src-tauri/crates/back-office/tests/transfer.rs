//! Dossiers into a spreadsheet and from elsewhere, without a window.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::{
    io::Read as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use back_office::{
    Desk, Ports,
    ports::{FilePicker, Pick},
    views::{
        error::ErrorCode,
        journal::JournalQuery,
        launch::LaunchForm,
        list::{ListColumn, ListQuery, Selection, SortKey},
        session::AccountKind,
        settings::Language,
        transfer::{
            ExportColumn, ExportForm, ExportFormat, ImportRule, ImportSource, ImportVerdict,
        },
    },
};
use chrono::{DateTime, Local, NaiveDate, Utc};
use support::{Scene, form, uuid};

const KEY: &str = "imported-api-key-0123456789abcdef";

fn everything() -> Selection {
    Selection::Matching {
        query: ListQuery::default(),
        except: Vec::new(),
    }
}

fn export(format: ExportFormat, personal_data: bool) -> ExportForm {
    let column = |column, label: &str| ExportColumn {
        column,
        label: label.to_owned(),
    };
    ExportForm {
        selection: everything(),
        sort: Vec::new(),
        columns: vec![
            column(ListColumn::Reference, "Référence"),
            column(ListColumn::Name, "Nom"),
            column(ListColumn::Status, "Statut"),
        ],
        format,
        personal_data,
    }
}

fn columns(columns: &[ListColumn]) -> Vec<ExportColumn> {
    columns
        .iter()
        .map(|column| ExportColumn {
            column: *column,
            label: format!("{column:?}"),
        })
        .collect()
}

fn inside(archive: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
    let mut text = String::new();
    let mut entry = archive.by_name(name).unwrap();
    entry.read_to_string(&mut text).unwrap();
    text
}

async fn launched(scene: &Scene, reference: &str) {
    let form = LaunchForm {
        reference: reference.to_owned(),
        open_link: false,
        ..form()
    };
    scene.launch(form).await.unwrap();
}

async fn acts(scene: &Scene, act: &str) -> Vec<String> {
    let query = JournalQuery {
        acts: vec![act.to_owned()],
        ..JournalQuery::default()
    };
    let page = scene.desk.list_journal(query, 0, 100).await.unwrap();
    page.entries.into_iter().map(|entry| entry.detail).collect()
}

#[tokio::test]
async fn a_csv_is_what_a_spreadsheet_expects_and_holds_no_formula() {
    let scene = Scene::signed_in().await;
    launched(&scene, "DÉP-1").await;
    launched(&scene, "=cmd|' /C calc'!A0").await;
    let place = tempfile::tempdir().unwrap();
    for (language, expected) in [
        (
            Language::Fr,
            "\u{feff}Référence;Nom;Statut\r\n'=cmd|' /C calc'!A0;Valmontel Ondine;Créé\r\nDÉP-1;Valmontel Ondine;Créé\r\n",
        ),
        (
            Language::En,
            "\u{feff}Référence,Nom,Statut\r\n'=cmd|' /C calc'!A0,Valmontel Ondine,Created\r\nDÉP-1,Valmontel Ondine,Created\r\n",
        ),
    ] {
        scene.desk.set_language(language);
        let path = place.path().join(format!("{language:?}.csv"));
        scene.save_to(&path);
        let done = scene
            .desk
            .export_dossiers(&uuid(), export(ExportFormat::Csv, true))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(done.rows, 2);
        assert_eq!(std::fs::read_to_string(path).unwrap(), expected);
    }
}

#[tokio::test]
async fn personal_columns_are_written_only_on_the_persons_word_and_the_journal_says_which() {
    let scene = Scene::signed_in().await;
    launched(&scene, "REF-1").await;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.csv");
    scene.save_to(&path);
    scene
        .desk
        .export_dossiers(&uuid(), export(ExportFormat::Csv, false))
        .await
        .unwrap();
    let written = std::fs::read_to_string(path).unwrap();
    assert!(!written.contains("Valmontel") && written.contains("REF-1"));
    assert_eq!(
        acts(&scene, "exported").await,
        ["rows=1 format=csv personal=false columns=reference status"]
    );
}

#[tokio::test]
async fn a_file_says_environments_and_statuses_as_the_screen_does() {
    let scene = Scene::signed_in().await;
    launched(&scene, "REF-1").await;
    let place = tempfile::tempdir().unwrap();
    for (language, expected) in [
        (Language::Fr, "Créé;Bac à sable;Rien à garder"),
        (Language::En, "Created,Sandbox,Nothing to keep"),
    ] {
        scene.desk.set_language(language);
        let path = place.path().join(format!("{language:?}.csv"));
        scene.save_to(&path);
        let form = ExportForm {
            columns: columns(&[
                ListColumn::Status,
                ListColumn::Environment,
                ListColumn::Evidence,
            ]),
            ..export(ExportFormat::Csv, false)
        };
        scene.desk.export_dossiers(&uuid(), form).await.unwrap();
        let written = std::fs::read_to_string(path).unwrap();
        assert_eq!(written.lines().nth(1), Some(expected));
    }
}

#[tokio::test]
async fn picked_dossiers_stand_in_the_order_of_the_list_and_not_in_that_of_the_clicks() {
    let scene = Scene::signed_in().await;
    for reference in ["REF-2", "REF-3", "REF-1"] {
        launched(&scene, reference).await;
    }
    let page = scene
        .desk
        .list_dossiers(ListQuery::default(), 0, 10)
        .await
        .unwrap();
    let id = |reference: &str| {
        let row = page
            .rows
            .iter()
            .find(|row| row.reference.as_deref() == Some(reference));
        row.unwrap().id.clone()
    };
    let by_reference = |descending| {
        vec![SortKey {
            column: ListColumn::Reference,
            descending,
        }]
    };
    let place = tempfile::tempdir().unwrap();
    for (name, sort, expected) in [
        ("newest", Vec::new(), ["REF-1", "REF-3", "REF-2"]),
        ("up", by_reference(false), ["REF-1", "REF-2", "REF-3"]),
        ("down", by_reference(true), ["REF-3", "REF-2", "REF-1"]),
    ] {
        let path = place.path().join(format!("{name}.csv"));
        scene.save_to(&path);
        let form = ExportForm {
            selection: Selection::Some {
                ids: vec![id("REF-3"), id("REF-1"), id("REF-2")],
            },
            sort,
            columns: columns(&[ListColumn::Reference]),
            ..export(ExportFormat::Csv, false)
        };
        scene.desk.export_dossiers(&uuid(), form).await.unwrap();
        let written = std::fs::read_to_string(path).unwrap();
        let rows: Vec<&str> = written.lines().skip(1).collect();
        assert_eq!(rows, expected, "{name}");
    }
}

#[tokio::test]
async fn a_workbook_has_dates_that_are_dates_and_texts_that_are_no_formulas() {
    let scene = Scene::signed_in().await;
    launched(&scene, "=1+1").await;
    let page = scene
        .desk
        .list_dossiers(ListQuery::default(), 0, 10)
        .await
        .unwrap();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.xlsx");
    scene.save_to(&path);
    let form = ExportForm {
        columns: columns(&[
            ListColumn::Reference,
            ListColumn::CreatedAt,
            ListColumn::EnrollmentId,
        ]),
        ..export(ExportFormat::Xlsx, true)
    };
    scene.desk.export_dossiers(&uuid(), form).await.unwrap();

    let sheet = inside(&path, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"), "{sheet}");
    assert!(
        sheet.contains(r#"<c r="A2" t="inlineStr"><is><t>=1+1</t></is></c>"#),
        "{sheet}"
    );
    assert!(sheet.contains(r#"<c r="C2" t="inlineStr">"#), "{sheet}");
    // The second format of the workbook, in a cell without a type: a number.
    let (_, date) = sheet.split_once(r#"<c r="B2" s="1"><v>"#).expect("a date");
    let serial: f64 = date.split_once('<').unwrap().0.parse().unwrap();
    let created: DateTime<Utc> = page.rows[0].created_at.parse().unwrap();
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    let since =
        created.with_timezone(&Local).naive_local() - epoch.and_time(chrono::NaiveTime::MIN);
    let expected = since.num_seconds() as f64 / 86_400.0;
    assert!((serial - expected).abs() < 1.0 / 86_400.0, "{serial}");

    let styles = inside(&path, "xl/styles.xml");
    assert!(
        styles.contains(r#"<numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm:ss"/>"#),
        "{styles}"
    );
    let (_, formats) = styles.split_once("<cellXfs").unwrap();
    let second = formats.split("<xf ").nth(2).unwrap();
    assert!(second.contains(r#"numFmtId="164""#), "{styles}");
    // What it was built from is gone.
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn an_export_that_cannot_be_named_is_journaled_all_the_same_and_leaves_no_file() {
    let scene = Scene::signed_in().await;
    launched(&scene, "REF-1").await;
    let place = tempfile::tempdir().unwrap();
    let taken = place.path().join("a.csv");
    std::fs::write(&taken, "kept").unwrap();
    scene.save_to(&taken);
    let refused = scene
        .desk
        .export_dossiers(&uuid(), export(ExportFormat::Csv, true))
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::FileExists);
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "kept");
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1);
    assert_eq!(acts(&scene, "exported").await.len(), 1);
}

#[tokio::test]
async fn an_export_that_is_stopped_says_so_and_leaves_neither_file_nor_act() {
    let scene = Scene::signed_in().await;
    launched(&scene, "REF-1").await;
    let place = tempfile::tempdir().unwrap();
    for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
        // Before the first row, and when the last one is read.
        for done in [0, 1] {
            *scene.window.stopping.lock().unwrap() = Some((scene.desk.clone(), done));
            scene.save_to(place.path().join("a"));
            let stopped = scene
                .desk
                .export_dossiers(&uuid(), export(format, true))
                .await
                .unwrap_err();
            assert_eq!(stopped.code, ErrorCode::Cancelled);
            assert!(scene.window.stopping.lock().unwrap().is_none());
            assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
        }
    }
    assert!(acts(&scene, "exported").await.is_empty());
}

#[tokio::test]
async fn an_export_into_a_folder_that_is_gone_writes_no_act() {
    let scene = Scene::signed_in().await;
    launched(&scene, "REF-1").await;
    scene.save_to("/nowhere/at/all/a.csv");
    let refused = scene
        .desk
        .export_dossiers(&uuid(), export(ExportFormat::Csv, true))
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::FolderMissing);
    assert!(acts(&scene, "exported").await.is_empty());
}

#[tokio::test]
async fn an_import_is_judged_first_then_taken_in_whole_and_followed() {
    let scene = Scene::signed_in().await;
    launched(&scene, "REF-1").await;
    let known = scene.sandbox.enrollments()[0].id;
    *scene.clipboard.0.lock().unwrap() = Some(format!(
        "id;clé;référence\n{known};;\n880001;{KEY};DÉP-1\nabc;;\n880001;;again\n880002;;\n"
    ));
    let plan = scene
        .desk
        .read_import(&uuid(), ImportSource::Clipboard, Some("sandbox".into()))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            plan.new,
            plan.known,
            plan.completed,
            plan.repeated,
            plan.invalid
        ),
        (2, 1, 0, 1, 1)
    );
    assert_eq!(
        plan.lines[0].verdict,
        ImportVerdict::Invalid {
            rule: ImportRule::IdNotANumber
        }
    );
    assert_eq!(plan.lines[1].verdict, ImportVerdict::Repeated { first: 3 });
    let before = scene.desk.list_dossiers(ListQuery::default(), 0, 10).await;
    assert_eq!(before.unwrap().all, 1, "nothing is taken in yet");
    let intent = uuid();
    for _ in 0..2 {
        let done = scene
            .desk
            .apply_import(&intent, &plan.plan_id)
            .await
            .unwrap();
        assert_eq!((done.added, done.completed), (2, 0));
    }
    let page = scene
        .desk
        .list_dossiers(ListQuery::default(), 0, 10)
        .await
        .unwrap();
    assert_eq!(page.all, 3);
    let gone = scene.desk.apply_import(&uuid(), &plan.plan_id).await;
    assert_eq!(gone.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn the_judging_of_an_import_tells_how_far_it_is_and_a_stop_leaves_no_plan() {
    let scene = Scene::signed_in().await;
    let lines: String = (880_001..883_001).map(|id| format!("{id}\n")).collect();
    let read = async |intent: &str| {
        *scene.clipboard.0.lock().unwrap() = Some(lines.clone());
        let source = ImportSource::Clipboard;
        scene.desk.read_import(intent, source, None).await
    };
    let watched = uuid();
    let plan = read(&watched).await.unwrap().unwrap();
    assert_eq!(plan.new, 3_000);
    let told = scene.window.progress.lock().unwrap().clone();
    assert!(
        told.iter()
            .any(|told| told.intent_id == watched && told.total == 3_000),
        "{told:?}"
    );

    // Before the first line is judged.
    *scene.window.stopping.lock().unwrap() = Some((scene.desk.clone(), 0));
    let stopped = read(&uuid()).await.unwrap_err();
    assert_eq!(stopped.code, ErrorCode::Cancelled);
    // The plan that was there is untouched.
    let done = scene.desk.apply_import(&uuid(), &plan.plan_id).await;
    assert_eq!(done.unwrap().added, 3_000);
}

#[tokio::test]
async fn no_answer_of_an_import_tells_an_api_key() {
    let scene = Scene::signed_in().await;
    launched(&scene, "REF-1").await;
    let known = scene.sandbox.enrollments()[0].id;
    // Another key for a dossier that has one, a key that cannot be one, a quote that never closes.
    *scene.clipboard.0.lock().unwrap() = Some(format!(
        "id;api_key\n{known};{KEY}\n880001;{KEY}\n880002;{KEY} é\n880003;\"{KEY}\n"
    ));
    let plan = scene
        .desk
        .read_import(&uuid(), ImportSource::Clipboard, None)
        .await
        .unwrap()
        .unwrap();
    let rules: Vec<_> = plan.lines.iter().map(|line| line.verdict.clone()).collect();
    let invalid = |rule| ImportVerdict::Invalid { rule };
    assert_eq!(
        rules,
        [
            invalid(ImportRule::OtherApiKey),
            invalid(ImportRule::ApiKey),
            invalid(ImportRule::Unreadable),
            ImportVerdict::New
        ]
    );
    let shown = format!("{}{plan:?}", serde_json::to_string(&plan).unwrap());
    assert!(!shown.contains(KEY), "{shown}");
    // The clipboard of this test shows its text.
    *scene.clipboard.0.lock().unwrap() = None;
    let shown = format!("{:?}", scene.desk);
    assert!(!shown.contains(KEY), "{shown}");
}

#[tokio::test]
async fn an_import_overtaken_by_another_api_key_names_its_line_and_takes_nothing_in() {
    let scene = Scene::signed_in().await;
    let read = async |text: String| {
        *scene.clipboard.0.lock().unwrap() = Some(text);
        let plan = scene
            .desk
            .read_import(&uuid(), ImportSource::Clipboard, None)
            .await;
        plan.unwrap().unwrap().plan_id
    };
    let late = read(format!(
        "id;api_key\n880002;\n\nabc;\n880001;{KEY}\n880003;\n"
    ))
    .await;
    let first = read(format!("id;api_key\n880001;another-{KEY}\n")).await;
    scene.desk.apply_import(&uuid(), &first).await.unwrap();
    let refused = scene.desk.apply_import(&uuid(), &late).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::OtherApiKey);
    assert_eq!(refused.params["line"], "5");
    assert_eq!(refused.params["number"], "880001");
    assert!(!format!("{refused:?}").contains(KEY));
    let page = scene
        .desk
        .list_dossiers(ListQuery::default(), 0, 10)
        .await
        .unwrap();
    assert_eq!(page.all, 1);
}

#[tokio::test]
async fn a_plan_is_forgotten_when_the_person_signs_out() {
    let scene = Scene::signed_in().await;
    *scene.clipboard.0.lock().unwrap() = Some("880001".into());
    let plan = scene
        .desk
        .read_import(&uuid(), ImportSource::Clipboard, None)
        .await
        .unwrap()
        .unwrap();
    scene.desk.sign_out().await.unwrap();
    scene
        .desk
        .sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    let gone = scene.desk.apply_import(&uuid(), &plan.plan_id).await;
    assert_eq!(gone.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn what_is_no_source_is_said_and_a_closed_dialog_is_no_error() {
    let scene = Scene::signed_in().await;
    let read = async |source| scene.desk.read_import(&uuid(), source, None).await;
    let refused = read(ImportSource::Clipboard).await.unwrap_err();
    assert_eq!(refused.params["rule"], "empty");
    assert_eq!(read(ImportSource::File).await.unwrap(), None);
    let place = tempfile::tempdir().unwrap();
    for (name, length, rule) in [
        ("huge.csv", (16 << 20) + 1, "too_large"),
        ("none.csv", 0, "empty"),
    ] {
        let path = place.path().join(name);
        let file = std::fs::File::create(&path).unwrap();
        file.set_len(length).unwrap();
        scene.save_to(&path);
        let refused = read(ImportSource::File).await.unwrap_err();
        assert_eq!(refused.params["rule"], rule);
    }
    scene.save_to("/dev/zero");
    let refused = read(ImportSource::File).await.unwrap_err();
    assert_eq!(refused.params["rule"], "unreadable");
}

#[tokio::test]
async fn the_journal_tells_who_came_and_went_and_its_chain_holds() {
    let scene = Scene::signed_in().await;
    scene.desk.sign_out().await.unwrap();
    assert_eq!(acts(&scene, "signed_in").await, ["sandbox, application"]);
    assert_eq!(acts(&scene, "signed_out").await, ["sandbox, application"]);
    let chain = scene.desk.verify_journal(&uuid()).await.unwrap();
    assert_eq!(chain.state, back_office::views::journal::ChainState::Intact);
    assert_eq!(chain.head.len(), 16);
    let place = tempfile::tempdir().unwrap();
    scene.save_to(place.path().join("journal.zip"));
    let done = scene
        .desk
        .export_journal(&uuid(), JournalQuery::default())
        .await
        .unwrap()
        .unwrap();
    assert!(done.rows >= 3);
    let bytes = std::fs::read(place.path().join("journal.zip")).unwrap();
    assert_eq!(&bytes[..4], b"PK\x03\x04");
}

/// Somebody who signs out while the dialog is open.
#[derive(Debug)]
struct Leaving {
    desk: Mutex<Option<Desk>>,
    file: PathBuf,
}

#[async_trait]
impl FilePicker for Leaving {
    async fn save(&self, _: Language, _: Pick, _: &str) -> Option<PathBuf> {
        let desk = self.desk.lock().unwrap().take()?;
        desk.sign_out().await.unwrap();
        Some(self.file.clone())
    }
    async fn open(&self, _: Language, _: Pick) -> Option<PathBuf> {
        None
    }
    async fn folder(&self, _: Language, _: Pick) -> Option<PathBuf> {
        None
    }
}

#[tokio::test]
async fn an_export_of_the_journal_is_the_act_of_whoever_asked_though_they_signed_out_meanwhile() {
    let scene = Scene::new().await;
    scene.desk.close();
    scene.let_go().await;
    let place = tempfile::tempdir().unwrap();
    let picker = Arc::new(Leaving {
        desk: Mutex::new(None),
        file: place.path().join("journal.zip"),
    });
    let desk = Desk::new(Ports {
        picker: picker.clone(),
        ..scene.ports_again()
    });
    desk.start().await;
    let signed_in = desk.sign_in_to_sandbox(AccountKind::Application).await;
    let username = signed_in.unwrap().current.unwrap().username;
    *picker.desk.lock().unwrap() = Some(desk.clone());
    let exported = desk.export_journal(&uuid(), JournalQuery::default()).await;
    assert!(exported.unwrap().is_some());
    assert!(desk.session_view().current.is_none());
    let query = JournalQuery {
        acts: vec!["journal_exported".into()],
        ..JournalQuery::default()
    };
    let page = desk.list_journal(query, 0, 100).await.unwrap();
    let actors: Vec<_> = page.entries.into_iter().map(|entry| entry.actor).collect();
    assert_eq!(actors, [Some(username)]);
}
