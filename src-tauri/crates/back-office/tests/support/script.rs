//! ID360 as a script, for tests in virtual time: no socket, no wall clock.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use back_office::{
    Clock, Desk, Ports,
    ports::{Network, SandboxAccount, SandboxAnnouncement},
    views::session::AccountKind,
};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use dossiers::{
    Confirmed, DossierId, EmbeddedRegister, ImportBatch, Imported, NewDossier, Progress,
    RegisterKey,
    register::{Creations as _, Following as _, Imports as _},
};
use http::{HeaderMap, StatusCode};
use id360_api::{
    Account, Answer, AnswerBody, ApiError, Client, ClientOptions, Endpoint, Environment, Failure,
    FailureCause, OutgoingRequest, TokioClock, Transport,
};
use secrecy::ExposeSecret as _;

use super::{FakeKeychain, FakeNotifier, FakeWindow, KnownSandbox, ports_with};

/// One call as it reached ID360.
#[derive(Debug, Clone, Copy)]
pub struct Arrived {
    /// Since the script began.
    pub at: Duration,
    pub endpoint: Endpoint,
    /// Of the report calls.
    pub enrollment: i64,
    /// With the token of the user account.
    pub as_user: bool,
}

#[derive(Debug)]
pub struct ScriptedId360 {
    begun: tokio::time::Instant,
    pub arrived: Mutex<Vec<Arrived>>,
    /// How long each answer takes.
    pub latency: Mutex<Duration>,
    /// What a report call gets instead of «not ready».
    pub verdicts: Mutex<HashMap<i64, &'static str>>,
    /// These are not known to ID360.
    pub unknown: Mutex<HashSet<i64>>,
    pub offline: Mutex<bool>,
    /// What comes of the answer to a create, before the connection is lost or after the whole of it.
    pub creation: Mutex<Option<(Vec<u8>, Come)>>,
    /// Every token is refused, fresh ones included.
    pub refusing: Mutex<bool>,
    /// ID360's clock minus ours.
    pub ahead: Mutex<TimeDelta>,
    utc: Arc<dyn Clock>,
    running: AtomicUsize,
    pub most_at_once: AtomicUsize,
}

/// How much of an answer comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Come {
    Whole,
    Cut,
}

impl ScriptedId360 {
    pub fn reports(&self) -> Vec<Arrived> {
        self.of(Endpoint::Report)
    }

    pub fn of(&self, endpoint: Endpoint) -> Vec<Arrived> {
        self.arrived
            .lock()
            .unwrap()
            .iter()
            .filter(|call| call.endpoint == endpoint)
            .copied()
            .collect()
    }

    fn answer(&self, call: &Arrived) -> (StatusCode, String) {
        let refusing = *self.refusing.lock().unwrap();
        match call.endpoint {
            Endpoint::Login if call.as_user => (StatusCode::OK, r#"{"token":"jeton-user"}"#.into()),
            Endpoint::Login => (StatusCode::OK, r#"{"token":"jeton-de-test"}"#.into()),
            _ if refusing => (StatusCode::UNAUTHORIZED, "{}".into()),
            Endpoint::Report if self.unknown.lock().unwrap().contains(&call.enrollment) => {
                (StatusCode::NOT_FOUND, "{}".into())
            }
            Endpoint::Report => match self.verdicts.lock().unwrap().get(&call.enrollment) {
                Some(word) => (
                    StatusCode::OK,
                    format!(
                        r#"{{"version":2,"id":{},"status":"{word}"}}"#,
                        call.enrollment
                    ),
                ),
                None => (StatusCode::ACCEPTED, "{}".into()),
            },
            _ => (StatusCode::OK, "{}".into()),
        }
    }
}

#[async_trait]
impl Transport for ScriptedId360 {
    async fn send(&self, request: OutgoingRequest) -> Result<Answer, Failure> {
        let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(running, Ordering::SeqCst);
        let of_user = |text: &[u8]| text.windows(4).any(|part| part == b"user");
        let as_user = match request.endpoint {
            Endpoint::Login => request.body.as_deref().is_some_and(|body| {
                let login: serde_json::Value = serde_json::from_slice(body).unwrap();
                login["username"] == "user"
            }),
            _ => request
                .headers
                .values()
                .any(|value| of_user(value.as_bytes())),
        };
        let call = Arrived {
            as_user,
            at: self.begun.elapsed(),
            endpoint: request.endpoint,
            enrollment: request
                .url
                .path_segments()
                .into_iter()
                .flatten()
                .find_map(|part| part.parse().ok())
                .unwrap_or_default(),
        };
        self.arrived.lock().unwrap().push(call);
        let latency = *self.latency.lock().unwrap();
        tokio::time::sleep(latency).await;
        self.running.fetch_sub(1, Ordering::SeqCst);
        if *self.offline.lock().unwrap() {
            return Err(Failure {
                cause: FailureCause::Unreachable,
                sent: false,
            });
        }
        let (status, body) = self.answer(&call);
        let creation = self.creation.lock().unwrap().clone();
        let (body, come) = match creation {
            Some(creation) if call.endpoint == Endpoint::CreateEnrollment => creation,
            _ => (body.into_bytes(), Come::Whole),
        };
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json".parse().unwrap());
        let said = self.utc.utc() + *self.ahead.lock().unwrap();
        let date = said.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        headers.insert("date", date.parse().unwrap());
        Ok(Answer {
            status,
            headers,
            body: Box::new(Coming(Some(body.into()), come)),
        })
    }
}

struct Coming(Option<Bytes>, Come);

#[async_trait]
impl AnswerBody for Coming {
    async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        let lost = Failure {
            cause: FailureCause::ConnectionLost,
            sent: true,
        };
        match (self.0.take(), self.1) {
            (None, Come::Cut) => Err(lost),
            (chunk, _) => Ok(chunk),
        }
    }
}

#[derive(Debug)]
struct ScriptedNetwork(Arc<ScriptedId360>);

impl Network for ScriptedNetwork {
    fn client(
        &self,
        environment: Environment,
        account: Account,
        options: ClientOptions,
    ) -> Result<Client, ApiError> {
        Ok(Client::with_transport(
            environment,
            account,
            options,
            self.0.clone(),
        ))
    }
}

/// A desk in virtual time. Call from a test with a paused clock.
pub struct Play {
    pub desk: Desk,
    pub id360: Arc<ScriptedId360>,
    pub window: Arc<FakeWindow>,
    pub notifier: Arc<FakeNotifier>,
    pub keychain: Arc<FakeKeychain>,
    pub clock: Arc<dyn Clock>,
    pub folder: tempfile::TempDir,
    pub ids: Vec<DossierId>,
}

impl Play {
    /// Nobody is signed in yet. One open dossier for each age, numbered from 1 at ID360.
    pub async fn with(ages: &[TimeDelta]) -> Self {
        Self::of(ages, "STARTED").await
    }

    /// As [`Play::with`], but they are finished, and their reports were not read.
    pub async fn finished_with(ages: &[TimeDelta]) -> Self {
        Self::of(ages, "OK").await
    }

    /// So many that finished that long ago, made elsewhere, without their reports.
    pub async fn finished_elsewhere(count: i64, age: TimeDelta) -> Self {
        Self::made_elsewhere(count, age, true).await
    }

    /// Made that long ago, and finished nobody knows when.
    pub async fn ended_at_an_unknown_time(age: TimeDelta) -> Self {
        Self::made_elsewhere(1, age, false).await
    }

    async fn made_elsewhere(count: i64, age: TimeDelta, end_known: bool) -> Self {
        Self::in_register(|register, now| {
            let at = Some(now - age);
            let finished = |enrollment_id| Imported {
                enrollment_id,
                status: Some("OK".into()),
                creation_time: at,
                finished_time: at.filter(|_| end_known),
                ..Imported::default()
            };
            let batch = ImportBatch {
                environment_id: "sandbox".into(),
                process_id: "sandbox".into(),
                process_uuid: uuid::Uuid::nil(),
                process_name: "Bac à sable".into(),
                idclaim_expected: false,
                operator: "application".into(),
            };
            let lines = (1..=count).map(finished).collect();
            let stamp = dossiers::Stamp::desk(now);
            register
                .import(batch, lines, &Progress::unwatched(), &stamp)
                .unwrap();
            Vec::new()
        })
        .await
    }

    async fn of(ages: &[TimeDelta], status: &str) -> Self {
        Self::in_register(|register, now| fill(register, now, ages, status)).await
    }

    /// Over what `fill` writes into the register at that time.
    pub async fn in_register(
        fill: impl FnOnce(&EmbeddedRegister, DateTime<Utc>) -> Vec<DossierId>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keychain = Arc::<FakeKeychain>::default();
        let clock: Arc<dyn Clock> = Arc::new(TokioClock::default());
        let key = RegisterKey::generate();
        keychain.kept.lock().unwrap().insert(
            "register-key".into(),
            key.to_secret().expose_secret().to_owned(),
        );
        let path = folder.path().join("register");
        let ids = fill(
            &EmbeddedRegister::open(&path, &key, clock.utc()).unwrap(),
            clock.utc(),
        );
        let id360 = Arc::new(ScriptedId360 {
            begun: tokio::time::Instant::now(),
            arrived: Mutex::default(),
            latency: Mutex::new(Duration::from_millis(100)),
            verdicts: Mutex::default(),
            unknown: Mutex::default(),
            offline: Mutex::default(),
            creation: Mutex::default(),
            refusing: Mutex::default(),
            ahead: Mutex::new(TimeDelta::zero()),
            utc: clock.clone(),
            running: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
        });
        let window = Arc::<FakeWindow>::default();
        let notifier = Arc::<FakeNotifier>::default();
        let ports = Ports {
            network: Arc::new(ScriptedNetwork(id360.clone())),
            sandbox: Arc::new(KnownSandbox(Some(announcement()))),
            clock: clock.clone(),
            announcer: window.clone(),
            notifier: notifier.clone(),
            ..ports_with(folder.path(), None, keychain.clone())
        };
        let desk = Desk::new(ports);
        desk.start().await;
        Self {
            desk,
            id360,
            window,
            notifier,
            keychain,
            clock,
            folder,
            ids,
        }
    }

    pub async fn signed_in_with(ages: &[TimeDelta]) -> Self {
        let play = Self::with(ages).await;
        play.sign_in().await;
        play
    }

    pub async fn sign_in(&self) {
        self.desk
            .sign_in_to_sandbox(AccountKind::Application)
            .await
            .unwrap();
    }

    pub async fn hours(&self, hours: u64) {
        tokio::time::sleep(Duration::from_secs(hours * 60 * 60)).await;
    }

    pub async fn seconds(&self, seconds: u64) {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
}

fn announcement() -> SandboxAnnouncement {
    let account = |name: &str| SandboxAccount {
        username: name.into(),
        password: "mot-de-passe".into(),
        otp: None,
    };
    SandboxAnnouncement {
        base_url: "http://127.0.0.1:1".into(),
        process_uuid: uuid::Uuid::nil().to_string(),
        application: account("application"),
        user: account("user"),
    }
}

fn fill(
    register: &EmbeddedRegister,
    now: DateTime<Utc>,
    ages: &[TimeDelta],
    status: &str,
) -> Vec<DossierId> {
    (1..)
        .zip(ages)
        .map(|(enrollment_id, age)| {
            let stamp = dossiers::Stamp::desk(now - *age);
            let id = register.prepare(new_dossier(), &stamp).unwrap();
            register.mark_sent(id, &stamp).unwrap();
            let confirmed = Confirmed {
                enrollment_id,
                api_key: Some("cle-de-test-du-dossier".into()),
                status: "NEW".into(),
                creation_time: Some(stamp.at),
            };
            register.confirm(id, confirmed, &stamp).unwrap();
            register
                .record_status(id, status, status == "OK", &stamp)
                .unwrap();
            id
        })
        .collect()
}

pub fn new_dossier() -> NewDossier {
    NewDossier {
        environment_id: "sandbox".into(),
        process_id: "sandbox".into(),
        process_uuid: uuid::Uuid::nil(),
        process_name: "Bac à sable".into(),
        operator: "application".into(),
        form: "{}".into(),
        reference: None,
        last_name: None,
        first_name: None,
        email: None,
        phone_number: None,
        idclaim_expected: false,
        expected: Vec::new(),
        body_sha256: None,
    }
}
