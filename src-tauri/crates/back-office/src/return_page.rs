//! Where the customer's browser comes back on this computer: loopback, one address per launch.
//!
//! The page holds no data. The token it receives is used once, its result kept, and following looks at
//! once; whatever arrives without a known address changes nothing.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, OnceLock},
};

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use dossiers::DossierId;
use id360_api::Status;
use rand::RngExt as _;
use secrecy::SecretString;
use serde::Deserialize;
use tokio::task::AbortHandle;

use crate::desk::{Desk, locked};

/// Longest token we look at; real ones have 128 characters (facts §B.5).
const LONGEST_TOKEN: usize = 4_096;

/// The addresses given out in this run of the program.
#[derive(Debug, Default)]
pub struct ReturnPage {
    port: OnceLock<u16>,
    expected: Mutex<HashMap<String, Expected>>,
    returned: Mutex<HashSet<DossierId>>,
    listening: Mutex<Option<AbortHandle>>,
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
        let nonce = hex_of(rand::rng().random::<[u8; 32]>());
        locked(&self.expected).insert(
            nonce.clone(),
            Expected {
                dossier,
                lang: lang.to_owned(),
            },
        );
        Some(format!("http://127.0.0.1:{port}/retour/{nonce}"))
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
            .route("/retour/{nonce}", get(came_back))
            .with_state(self.clone());
        let listening = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::warn!(%error, "the loopback port closed");
            }
        });
        *locked(&self.return_page().listening) = Some(listening.abort_handle());
    }

    async fn browser_came_back(&self, dossier: DossierId, token: Option<SecretString>) {
        if let (Some(token), Some(session)) = (token, self.session_or_none()) {
            match session.client.enrollment_status(&token).await {
                Ok(snapshot) => self.keep_snapshot(dossier, snapshot.to_vec()).await,
                Err(error) => tracing::info!(%error, "no snapshot; the report is read instead"),
            }
        }
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
            .on_register(move |register, stamp| {
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
    headers: HeaderMap,
) -> Response {
    let ours = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .is_some_and(|host| {
            desk.return_page()
                .port
                .get()
                .is_some_and(|port| host == format!("127.0.0.1:{port}"))
        });
    let Some(expected) = ours.then(|| desk.return_page().take(&nonce)).flatten() else {
        tracing::info!("an unexpected browser return was ignored");
        return (StatusCode::NOT_FOUND, page("fr", false)).into_response();
    };
    let token = returned
        .token
        .filter(|token| !token.is_empty() && token.len() <= LONGEST_TOKEN)
        .map(SecretString::from);
    tokio::spawn(async move { desk.browser_came_back(expected.dossier, token).await });
    (StatusCode::OK, page(&expected.lang, true)).into_response()
}

/// A plain page in the customer's language, with no data and nothing to load.
fn page(lang: &str, known: bool) -> impl IntoResponse {
    let (lang, title, text) = match (lang, known) {
        ("fr", true) => (
            "fr",
            "Merci",
            "C’est terminé de votre côté. Vous pouvez fermer cette page.",
        ),
        ("it", true) => (
            "it",
            "Grazie",
            "Per lei è tutto. Può chiudere questa pagina.",
        ),
        ("ar", true) => (
            "ar",
            "شكرًا",
            "انتهى الأمر من جانبكم. يمكنكم إغلاق هذه الصفحة.",
        ),
        ("ko", true) => (
            "ko",
            "감사합니다",
            "완료되었습니다. 이 페이지를 닫으셔도 됩니다.",
        ),
        (_, true) => (
            "en",
            "Thank you",
            "You have finished. You can close this page.",
        ),
        (_, false) => (
            "fr",
            "Page inconnue",
            "Cette adresse n’est plus valable. / This address is no longer valid.",
        ),
    };
    let direction = if lang == "ar" { "rtl" } else { "ltr" };
    let html = format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"referrer\" content=\"no-referrer\">\
         <title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    );
    (
        [
            (header::CACHE_CONTROL, "no-store"),
            (
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; frame-ancestors 'none'",
            ),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        Html(html),
    )
}

fn hex_of(bytes: [u8; 32]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            use std::fmt::Write as _;
            let _ = write!(text, "{byte:02x}");
            text
        })
}
