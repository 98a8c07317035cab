//! `kill -9` at any moment of saves and exports leaves no file that the journal does not know (quality.md L-08).
//!
//! Every file gets its name after its act is committed, so an act without its file says that a person asked for one;
//! a file without its act would say nothing. `KILLS=300 cargo nextest run -p back-office --test save_kill` runs the
//! longer storm.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use back_office::{
    Desk, Ports,
    views::{
        evidence::CaptureFilter,
        journal::JournalQuery,
        launch::SaveSubject,
        list::{ListColumn, ListQuery, Selection},
        session::{AccountKind, RegisterState},
        transfer::{ExportColumn, ExportForm, ExportFormat},
    },
};
use dossiers::{
    Act, ActQuery, Chain, EmbeddedRegister, Progress, RegisterKey, register::Journal as _,
};
use id360_sandbox::{Outcome, Sandbox, SandboxOptions};
use support::{FakeKeychain, FakePicker, announcement_from, form, picture, ports_with, uuid};

const FOLDER: &str = "ID360_DESK_SAVES_FOLDER";
const DOSSIERS: usize = 3;

fn key() -> String {
    "5c".repeat(32)
}

fn ports(folder: &Path, greeting: Option<&str>, picker: Arc<FakePicker>) -> Ports {
    let keychain = Arc::new(FakeKeychain::default());
    keychain
        .kept
        .lock()
        .unwrap()
        .insert("register-key".into(), key());
    Ports {
        picker,
        ..ports_with(folder, greeting.map(announcement_from), keychain)
    }
}

async fn open(folder: &Path, greeting: Option<&str>, picker: &Arc<FakePicker>) -> Desk {
    for _ in 0..100 {
        let desk = Desk::new(ports(folder, greeting, picker.clone()));
        desk.start().await;
        if desk.session_view().register == RegisterState::Open {
            return desk;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the register does not open");
}

/// What a file is, by the name it was given, and how many acts one of them has.
const KINDS: [(&str, Act, usize); 7] = [
    ("report.json", Act::Saved, 1),
    ("piece.png", Act::Saved, 1),
    ("list.csv", Act::Exported, 1),
    ("list.xlsx", Act::Exported, 1),
    ("journal.zip", Act::JournalExported, 1),
    ("one.zip", Act::PackMade, 1),
    ("all.zip", Act::PackMade, DOSSIERS),
];
/// Of all documents, each under a name of the desk's own, in a folder of this name.
const DOCUMENTS: &str = "documents";

/// The child: saves and exports until it is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by a_kill_at_any_moment_leaves_no_file_that_the_journal_does_not_know"]
async fn child_that_saves_until_it_is_killed() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let picker = Arc::new(FakePicker::default());
    let desk = open(&folder, None, &picker).await;
    let rows = desk.list_dossiers(ListQuery::default(), 0, 10).await;
    let id = rows.unwrap().rows[0].id.clone();
    let pieces = desk.get_evidence(&id).await.unwrap().pieces;
    let page = pieces
        .iter()
        .find(|piece| piece.media_type == "image/png")
        .unwrap();
    let place = folder.join("out").join(uuid());
    fs::create_dir_all(&place).unwrap();
    let answer = |path: PathBuf| picker.answers.lock().unwrap().push_back(path);
    let export = |format| {
        let column = ExportColumn {
            column: ListColumn::Reference,
            label: "Référence".into(),
        };
        ExportForm {
            selection: everything(),
            sort: Vec::new(),
            columns: vec![column],
            format,
            personal_data: false,
        }
    };
    for turn in 0.. {
        let new = |name: &str| place.join(format!("{turn} {name}"));
        answer(new("report.json"));
        desk.save_evidence(&uuid(), &id, SaveSubject::ReportRaw)
            .await
            .unwrap()
            .unwrap();
        answer(new("piece.png"));
        desk.save_piece(&uuid(), &id, &page.id)
            .await
            .unwrap()
            .unwrap();
        fs::create_dir(new(DOCUMENTS)).unwrap();
        answer(new(DOCUMENTS));
        desk.save_evidence(&uuid(), &id, SaveSubject::AllDocuments)
            .await
            .unwrap()
            .unwrap();
        for (format, name) in [
            (ExportFormat::Csv, "list.csv"),
            (ExportFormat::Xlsx, "list.xlsx"),
        ] {
            answer(new(name));
            desk.export_dossiers(&uuid(), export(format))
                .await
                .unwrap()
                .unwrap();
        }
        answer(new("journal.zip"));
        desk.export_journal(&uuid(), JournalQuery::default())
            .await
            .unwrap()
            .unwrap();
        answer(new("one.zip"));
        desk.make_pack(&uuid(), &id).await.unwrap().unwrap();
        answer(new("all.zip"));
        desk.make_packs(&uuid(), everything())
            .await
            .unwrap()
            .unwrap();
    }
}

fn everything() -> Selection {
    Selection::Matching {
        query: ListQuery::default(),
        except: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_at_any_moment_leaves_no_file_that_the_journal_does_not_know() {
    let kills: usize = std::env::var("KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(40);
    let folder = tempfile::tempdir().unwrap();
    captured(folder.path()).await;
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    let mut seen = 0;
    for kill in 1..=kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "child_that_saves_until_it_is_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..2_000 {
            if visible(&out).len() > seen {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_micros(rand::random::<u64>() % 400_000)).await;
        assert!(
            child.try_wait().unwrap().is_none(),
            "the child ended by itself"
        );
        child.kill().unwrap();
        child.wait().unwrap();
        seen = files_have_their_acts(folder.path(), &out, kill);
    }
    assert!(seen > kills * 3, "the storm was none: {seen} files");
    println!("{kills} kills: {seen} files, each with its act");
}

/// Returns how many files there are.
fn files_have_their_acts(folder: &Path, out: &Path, kills: usize) -> usize {
    let key = RegisterKey::from_secret(&key().into()).unwrap();
    let path = folder.join("register");
    let register = EmbeddedRegister::open(&path, &key, chrono::Utc::now()).unwrap();
    let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
    assert_eq!(verdict.chain, Chain::Intact);
    let acts = |act: Act| {
        let query = ActQuery {
            acts: vec![act.as_str().into()],
            ..ActQuery::default()
        };
        let page = register.entries(&query, 0, u32::MAX.into(), &Progress::unwatched());
        page.unwrap().entries.len()
    };
    let files = visible(out);
    let mut owed: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let kind = KINDS.iter().find(|(kind, _, _)| name.ends_with(kind));
        let (act, each) = kind.map_or((Act::Saved, 1), |(_, act, each)| (*act, *each));
        *owed.entry(act.as_str()).or_default() += each;
    }
    for act in [
        Act::Saved,
        Act::Exported,
        Act::JournalExported,
        Act::PackMade,
    ] {
        let (has, owes) = (acts(act), owed.get(act.as_str()).copied().unwrap_or(0));
        assert!(has >= owes, "{owes} files of {act:?} and {has} acts");
        // What was asked for when the desk was killed, and no more.
        assert!(
            has <= owes + kills * DOSSIERS,
            "{owes} files of {act:?} and {has} acts"
        );
    }
    files.len()
}

/// The files that have their names.
fn visible(out: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![out.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                folders.push(path);
            } else if !name.ends_with(".part") {
                found.push(path);
            }
        }
    }
    found
}

/// Dossiers of which every piece is in the vault: from then on nothing of ID360 is needed.
async fn captured(folder: &Path) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let desk = open(folder, Some(&sandbox.greeting()), &Arc::default()).await;
    desk.sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    for _ in 0..DOSSIERS {
        let launched = desk.launch_dossier(&uuid(), form()).await.unwrap().dossier;
        let enrollment: i64 = launched.row.enrollment_id.clone().unwrap().parse().unwrap();
        for page in 0..2 {
            sandbox
                .upload(enrollment, "id_document_image", page, picture(page as u8))
                .unwrap();
        }
        sandbox.finish(enrollment, Outcome::Ok, &[]).unwrap();
        desk.refresh_dossier(&launched.row.id).await.unwrap();
    }
    for _ in 0..400 {
        let page = desk.list_captures(CaptureFilter::Complete, 0, 1).await;
        if page.unwrap().total as usize == DOSSIERS {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    desk.close();
    drop(desk);
    tokio::time::sleep(Duration::from_millis(200)).await;
}
