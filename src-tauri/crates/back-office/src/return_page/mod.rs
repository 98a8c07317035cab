//! Where the customer's browser comes back on this computer: loopback, one address per launch.
//!
//! The page holds no data. The token it receives is used once, its result kept, and following looks at
//! once; whatever arrives otherwise changes nothing and is journaled.

mod serving;
mod thanks;

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, OnceLock},
    time::Duration,
};

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::any,
};
use dossiers::{Act, DossierId};
use id360_api::Status;
use rand::RngExt as _;
use secrecy::SecretString;
use serde::Deserialize;
use tokio::task::AbortHandle;

use self::thanks::page;
use crate::desk::{Desk, locked};

/// Longest token we look at; real ones have 128 characters (facts §B.5).
const LONGEST_TOKEN: usize = 4_096;

/// Refused returns of one minute make one line of the journal: who floods the port does not flood it too.
const ONE_LINE_A: Duration = Duration::from_secs(60);

/// The addresses given out in this run of the program.
#[derive(Debug, Default)]
pub struct ReturnPage {
    port: OnceLock<u16>,
    expected: Mutex<HashMap<String, Expected>>,
    returned: Mutex<HashSet<DossierId>>,
    listening: Mutex<Option<AbortHandle>>,
    refused: Mutex<Refused>,
}

/// Returns refused since the last line of the journal, and when that was.
#[derive(Debug, Default)]
struct Refused {
    untold: u64,
    /// By the clock that nobody sets.
    told_at: Option<Duration>,
}

/// Why a return is none.
#[derive(Debug, Clone, Copy)]
enum Refusal {
    /// Never given out, or used before.
    UnknownAddress,
    ForeignHost,
    Method,
}

impl Refusal {
    fn word(self) -> &'static str {
        match self {
            Self::UnknownAddress => "unknown_address",
            Self::ForeignHost => "foreign_host",
            Self::Method => "method",
        }
    }
}

#[derive(Debug, Clone)]
struct Expected {
    dossier: DossierId,
    lang: String,
}

impl ReturnPage {
    /// An address for this dossier; `None` when the port could not be had.
    pub fn address_for(&self, dossier: DossierId, lang: &str) -> Option<String> {
        let port = self.port.get()?;
        let nonce = hex::encode(rand::rng().random::<[u8; 32]>());
        locked(&self.expected).insert(
            nonce.clone(),
            Expected {
                dossier,
                lang: lang.to_owned(),
            },
        );
        Some(format!("http://127.0.0.1:{port}/retour/{nonce}"))
    }

    /// Whether that dossier's browser would be heard now: its address was given out by this run, and not used yet.
    pub fn hears(&self, dossier: DossierId) -> bool {
        let expected = locked(&self.expected);
        expected.values().any(|one| one.dossier == dossier)
    }

    /// Where this desk listens on loopback.
    pub fn port(&self) -> Option<u16> {
        self.port.get().copied()
    }

    pub fn close(&self) {
        if let Some(listening) = locked(&self.listening).take() {
            listening.abort();
        }
    }

    /// The dossiers whose browser came back since the last call.
    pub fn take_returned(&self) -> HashSet<DossierId> {
        std::mem::take(&mut *locked(&self.returned))
    }

    /// How many refused returns a line of the journal tells of now; `None` while the last one is fresh.
    fn refused(&self, now: Duration) -> Option<u64> {
        let mut refused = locked(&self.refused);
        refused.untold += 1;
        if refused
            .told_at
            .is_some_and(|at| now.saturating_sub(at) < ONE_LINE_A)
        {
            return None;
        }
        refused.told_at = Some(now);
        Some(std::mem::take(&mut refused.untold))
    }

    /// The launch behind a nonce, once.
    fn take(&self, nonce: &str) -> Option<Expected> {
        locked(&self.expected).remove(nonce)
    }
}

#[derive(Deserialize)]
struct Returned {
    token: Option<String>,
}

impl Desk {
    /// Listens on a random loopback port. Without one, following by regular reading goes on.
    pub(crate) async fn listen_for_returns(&self) {
        let listener = match tokio::net::TcpListener::bind(("127.0.0.1", 0)).await {
            Ok(listener) => listener,
            Err(error) => {
                tracing::warn!(%error, "no loopback port for the browser's return");
                return;
            }
        };
        let Ok(address) = listener.local_addr() else {
            return;
        };
        if self.return_page().port.set(address.port()).is_err() {
            return;
        }
        let router = Router::new()
            .route("/retour/{nonce}", any(came_back))
            .fallback(lost)
            .with_state(self.clone());
        let listening = tokio::spawn(serving::serve(listener, router));
        *locked(&self.return_page().listening) = Some(listening.abort_handle());
    }

    async fn browser_came_back(&self, dossier: DossierId, token: Option<SecretString>) {
        // Whoever came back, it was not the person who is signed in.
        let noted = self.on_register_as(self.desk_stamp(), move |register, stamp| {
            register.record_act(Act::Returned, Some(dossier), "", stamp)
        });
        if let Err(error) = noted.await {
            tracing::warn!(%error, "a browser's return could not be journaled");
        }
        // The token opens the dossier at its own environment alone, and is told to no other.
        let session = self.dossier(dossier).await;
        let session = session.and_then(|known| self.session_for(&known));
        if let (Some(token), Ok(session)) = (token, session) {
            match session.client.enrollment_status(&token).await {
                Ok(snapshot) => self.keep_snapshot(dossier, snapshot.to_vec()).await,
                Err(error) => tracing::info!(%error, "no snapshot; the report is read instead"),
            }
        }
        self.announce(dossier).await;
        locked(&self.return_page().returned).insert(dossier);
        if let Some(session) = self.session_or_none() {
            session.wake.notify_one();
        }
    }

    /// Stored before it is shown; a final word in it still waits for the report's own.
    async fn keep_snapshot(&self, id: DossierId, raw: Vec<u8>) {
        let status = serde_json::from_slice::<serde_json::Value>(&raw)
            .ok()
            .and_then(|snapshot| snapshot.get("status")?.as_str().map(str::to_owned));
        let kept = self
            .on_register_as(self.desk_stamp(), move |register, stamp| {
                register.record_snapshot(id, &raw, stamp)?;
                match status {
                    Some(word) if matches!(Status::from(word.as_str()), Status::Started) => {
                        register.record_status(id, &word, false, stamp).map(drop)
                    }
                    _ => Ok(()),
                }
            })
            .await;
        match kept {
            Ok(()) => self.announce(id).await,
            Err(error) => tracing::warn!(%error, "a snapshot could not be kept"),
        }
    }
}

async fn came_back(
    State(desk): State<Desk>,
    Path(nonce): Path<String>,
    Query(returned): Query<Returned>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let expected = match desk.expected_return(&method, &headers, &nonce) {
        Ok(expected) => expected,
        Err(refusal) => return desk.refuse_return(refusal).await,
    };
    let token = returned
        .token
        .filter(|token| !token.is_empty() && token.len() <= LONGEST_TOKEN)
        .map(SecretString::from);
    tokio::spawn(async move { desk.browser_came_back(expected.dossier, token).await });
    (StatusCode::OK, page(&expected.lang, true)).into_response()
}

/// A browser that asks for its icon is none of ours and no attack.
async fn lost(State(desk): State<Desk>, uri: Uri) -> Response {
    if uri.path() == "/favicon.ico" {
        return StatusCode::NOT_FOUND.into_response();
    }
    desk.refuse_return(Refusal::UnknownAddress).await
}

impl Desk {
    /// The launch that this request ends. Only a whole return uses its address up.
    fn expected_return(
        &self,
        method: &Method,
        headers: &HeaderMap,
        nonce: &str,
    ) -> Result<Expected, Refusal> {
        let returns = self.return_page();
        let ours = returns.port.get().map(|port| format!("127.0.0.1:{port}"));
        let host = headers.get(header::HOST).map(|host| host.as_bytes());
        if host.is_none() || host != ours.as_ref().map(String::as_bytes) {
            return Err(Refusal::ForeignHost);
        }
        if method != Method::GET {
            return Err(Refusal::Method);
        }
        returns.take(nonce).ok_or(Refusal::UnknownAddress)
    }

    async fn refuse_return(&self, refusal: Refusal) -> Response {
        let now = self.ports().clock.monotonic();
        if let Some(times) = self.return_page().refused(now) {
            let detail = format!("{}, {times}", refusal.word());
            // Whoever came, it was not the person who is signed in.
            let noted = self.on_register_as(self.desk_stamp(), move |register, stamp| {
                register.record_act(Act::ReturnRefused, None, &detail, stamp)
            });
            if let Err(error) = noted.await {
                tracing::warn!(%error, "a refused return could not be journaled");
            }
        }
        (StatusCode::NOT_FOUND, page("fr", false)).into_response()
    }
}
