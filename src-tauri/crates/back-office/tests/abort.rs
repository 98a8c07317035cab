//! A desk that stops dead at any step of a create loses nothing and sends nothing again (quality.md R-01).
//!
//! The steps are counted, not drawn: each call of a port, and each time bytes pass between the desk and
//! ID360, is one. A child stops at the first, the next one at the second, until one gets to the end.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code"
)]

mod support;

use std::{
    fs::OpenOptions,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use back_office::{
    Clock, Desk, Ports, SystemClock,
    ports::{Announcer, LinkOpener},
    views::{
        dossier::{CreationState, DossierView, ReadingPlanned},
        launch::Progress,
        list::ListQuery,
        session::{AccountKind, LockComing, RegisterState, SessionView},
    },
};
use chrono::{DateTime, Utc};
use id360_sandbox::{Sandbox, SandboxOptions};
use secrecy::SecretString;
use support::{FakeKeychain, announcement_from, form, ports_with, uuid};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

const FOLDER: &str = "ID360_DESK_ABORT_FOLDER";
const SANDBOX: &str = "ID360_DESK_ABORT_SANDBOX";
const STEP: &str = "ID360_DESK_ABORT_STEP";

/// More than a create has: an end for a child that never ends.
const MOST_STEPS: u32 = 80;

/// Counts the steps from the press of the button on, and stops dead at the one asked for.
#[derive(Debug)]
struct Steps {
    counting: AtomicBool,
    reached: AtomicU32,
    last: u32,
    notes: PathBuf,
}

impl Steps {
    fn at(&self, name: &str) {
        if !self.counting.load(Ordering::SeqCst) {
            return;
        }
        if self.reached.fetch_add(1, Ordering::SeqCst) + 1 == self.last {
            std::fs::write(&self.notes, name).unwrap();
            std::process::abort();
        }
    }
}

#[derive(Debug)]
struct Stepping(Arc<Steps>);

impl Clock for Stepping {
    fn monotonic(&self) -> Duration {
        SystemClock.monotonic()
    }
    fn utc(&self) -> DateTime<Utc> {
        self.0.at("the register is asked");
        SystemClock.utc()
    }
}

#[async_trait]
impl LinkOpener for Stepping {
    async fn open(&self, _: &SecretString) -> bool {
        self.0.at("the browser is asked");
        self.0.at("the browser has the link");
        true
    }
}

impl Announcer for Stepping {
    fn session_changed(&self, _: &SessionView) {}
    fn dossier_changed(&self, _: &DossierView) {
        self.0.at("the window is told");
    }
    fn register_changed(&self) {}
    fn reading_planned(&self, _: &ReadingPlanned) {}
    fn lock_coming(&self, _: &LockComing) {}
    fn progress(&self, _: &Progress) {}
}

/// Stands between the desk and ID360: a step before and after each passing of bytes.
async fn pass_on(listener: TcpListener, to: String, steps: Arc<Steps>) {
    while let Ok((desk, _)) = listener.accept().await {
        let server = TcpStream::connect(&to).await.unwrap();
        let (mut from_desk, mut to_desk) = desk.into_split();
        let (mut from_server, mut to_server) = server.into_split();
        let asking = steps.clone();
        tokio::spawn(async move {
            let mut bytes = vec![0; 65536];
            while let Ok(count @ 1..) = from_desk.read(&mut bytes).await {
                asking.at("the request leaves");
                to_server.write_all(&bytes[..count]).await.unwrap();
                asking.at("the request is with ID360");
            }
        });
        let answering = steps.clone();
        tokio::spawn(async move {
            let mut bytes = vec![0; 65536];
            while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
                answering.at("the answer comes");
                if to_desk.write_all(&bytes[..count]).await.is_err() {
                    break;
                }
            }
        });
    }
}

fn ports(folder: &Path, greeting: &str) -> Ports {
    let keychain = Arc::new(FakeKeychain::default());
    keychain
        .kept
        .lock()
        .unwrap()
        .insert("register-key".into(), "5c".repeat(32));
    ports_with(folder, Some(announcement_from(greeting)), keychain)
}

/// The child: one launch, up to the step it stops at.
#[tokio::test]
#[ignore = "started by a_stop_at_any_step_of_a_create_loses_nothing_and_sends_nothing_again"]
async fn child_that_launches_up_to_a_step() {
    let folder = std::env::var_os(FOLDER).unwrap();
    let greeting = std::env::var(SANDBOX).unwrap();
    let step = std::env::var(STEP).unwrap();
    let folder = Path::new(&folder);
    let steps = Arc::new(Steps {
        counting: AtomicBool::new(false),
        reached: AtomicU32::new(0),
        last: step.parse().unwrap(),
        notes: folder.join("step"),
    });
    let mut ports = ports(folder, &greeting);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let door = format!("http://{}", listener.local_addr().unwrap());
    let mut announced = announcement_from(&greeting);
    let server = url::Url::parse(&announced.base_url).unwrap();
    let to = format!("127.0.0.1:{}", server.port().unwrap());
    announced.base_url = door;
    ports.sandbox = Arc::new(support::KnownSandbox(Some(announced)));
    ports.clock = Arc::new(Stepping(steps.clone()));
    ports.opener = Arc::new(Stepping(steps.clone()));
    ports.announcer = Arc::new(Stepping(steps.clone()));
    tokio::spawn(pass_on(listener, to, steps.clone()));
    let desk = Desk::new(ports);
    desk.start().await;
    assert_eq!(desk.session_view().register, RegisterState::Open);
    desk.sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    steps.counting.store(true, Ordering::SeqCst);
    let launched = desk.launch_dossier(&uuid(), form()).await.unwrap();
    steps.counting.store(false, Ordering::SeqCst);
    assert_eq!(launched.dossier.row.creation, CreationState::Created);
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("ended"))
        .unwrap()
        .write_all(b"ended")
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_at_any_step_of_a_create_loses_nothing_and_sends_nothing_again() {
    let mut told = Vec::new();
    for step in 1..=MOST_STEPS {
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (path, greeting) = (folder.path().to_owned(), sandbox.greeting());
        let child = tokio::task::spawn_blocking(move || {
            Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    "child_that_launches_up_to_a_step",
                    "--ignored",
                    "--nocapture",
                ])
                .env(FOLDER, path)
                .env(SANDBOX, greeting)
                .env(STEP, step.to_string())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .unwrap()
        });
        let ended_well = child.await.unwrap().success();
        let ended = folder.path().join("ended").exists();
        assert_eq!(ended_well, ended, "step {step}: the child failed");
        // What was on its way to ID360 when the child stopped is done by now.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let left = after_the_stop(folder.path(), &sandbox).await;
        if ended {
            assert_eq!(left.as_deref(), Some("created"));
            told.push(format!("{step:>3}  the end: created"));
            break;
        }
        let name = std::fs::read_to_string(folder.path().join("step")).unwrap();
        let left = left.unwrap_or_else(|| "nothing".into());
        told.push(format!("{step:>3}  {name}: {left}"));
    }
    for line in &told {
        println!("{line}");
    }
    let left = |word: &str| told.iter().filter(|line| line.ends_with(word)).count();
    assert!(
        told.last().unwrap().contains("the end"),
        "a create never ended"
    );
    assert!(told.len() > 20, "only {} steps", told.len());
    assert!(left("nothing") > 0 && left("unknown outcome") > 0 && left("created") > 1);
}

/// Starts the desk again, signs in, and says what is there of the dossier.
async fn after_the_stop(folder: &Path, sandbox: &Sandbox) -> Option<String> {
    let made = sandbox.counters().creates;
    let desk = Desk::new(ports(folder, &sandbox.greeting()));
    desk.start().await;
    desk.sign_in_to_sandbox(AccountKind::Application)
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(sandbox.counters().creates, made, "sent again by itself");
    let rows = desk
        .list_dossiers(ListQuery::default(), 0, 10)
        .await
        .unwrap()
        .rows;
    assert!(rows.len() < 2);
    let enrollments = sandbox.enrollments();
    let Some(row) = rows.first() else {
        assert!(
            enrollments.is_empty(),
            "ID360 made a dossier that is not here"
        );
        return None;
    };
    let view = desk.get_dossier(&row.id).await.unwrap();
    desk.close();
    Some(
        match view.row.creation {
            CreationState::Created => {
                let key = &enrollments[0].api_key;
                let hint = format!("••••{}", &key[key.len() - 4..]);
                assert_eq!(view.link_hint, Some(hint), "confirmed without its api_key");
                "created"
            }
            CreationState::OutcomeUnknown => {
                assert!(view.acts.settle_unknown && !view.acts.send_again);
                "unknown outcome"
            }
            CreationState::Ready => {
                assert!(enrollments.is_empty(), "ready, and ID360 made it");
                "ready"
            }
            other => panic!("{other:?} after a stop"),
        }
        .to_owned(),
    )
}
