//! Delivers callbacks: in order, with retries, and only to this machine.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderName, HeaderValue, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::{Host, Url};

use crate::clock::MovableClock;
use crate::journal::Journal;
use crate::options::Switches;
use crate::shared::locked;
use crate::world::{CallbackEntry, Notice};

/// The sender name of real callbacks (facts §E.2).
const AGENT: &str = "python-requests/2.28.2";
const TIME_LIMIT: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(crate) struct Courier {
    clock: Arc<MovableClock>,
    journal: Arc<Mutex<Journal>>,
    log: Arc<Mutex<Vec<CallbackEntry>>>,
}

impl Courier {
    pub(crate) fn new(clock: Arc<MovableClock>, journal: Arc<Mutex<Journal>>) -> Self {
        Self {
            clock,
            journal,
            log: Arc::default(),
        }
    }

    pub(crate) fn entries(&self) -> Vec<CallbackEntry> {
        locked(&self.log).clone()
    }

    /// Starts the deliveries. Each notice waits for the first try of the one before it, so that
    /// the order holds; a retry does not hold the others up, which is how late ones arise.
    pub(crate) fn send(&self, notices: Vec<Notice>, switches: &Switches) {
        if notices.is_empty() {
            return;
        }
        let round = Round {
            clock: Arc::clone(&self.clock),
            journal: Arc::clone(&self.journal),
            log: Arc::clone(&self.log),
            tries: switches.callback_tries.max(1),
            pause: Duration::from_millis(switches.callback_retry_milliseconds),
        };
        let delay = Duration::from_millis(switches.callback_delay_milliseconds);
        let copies = if switches.callback_twice { 2 } else { 1 };
        tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            for notice in notices {
                for _ in 0..copies {
                    if !round.attempt(&notice, 1).await {
                        tokio::spawn(round.clone().retry(notice.clone()));
                    }
                }
            }
        });
    }
}

#[derive(Clone)]
struct Round {
    clock: Arc<MovableClock>,
    journal: Arc<Mutex<Journal>>,
    log: Arc<Mutex<Vec<CallbackEntry>>>,
    tries: u32,
    pause: Duration,
}

impl Round {
    async fn retry(self, notice: Notice) {
        for attempt in 2..=self.tries {
            tokio::time::sleep(self.pause).await;
            if self.attempt(&notice, attempt).await {
                return;
            }
        }
    }

    /// Whether there is nothing more to try.
    async fn attempt(&self, notice: &Notice, attempt: u32) -> bool {
        let Some((url, host)) = on_this_machine(&notice.url) else {
            self.note(notice, 0, "not sent: not loopback".to_owned(), false);
            return true;
        };
        locked(&self.journal).counters.callbacks_sent += 1;
        let sent = tokio::time::timeout(TIME_LIMIT, post(&url, &host, notice)).await;
        let (result, delivered) = match sent {
            Ok(Ok(status)) => (status.to_string(), (200..300).contains(&status)),
            Ok(Err(error)) => (error.to_string(), false),
            Err(_) => ("timed out".to_owned(), false),
        };
        self.note(notice, attempt, result, delivered);
        delivered
    }

    fn note(&self, notice: &Notice, attempt: u32, result: String, delivered: bool) {
        locked(&self.log).push(CallbackEntry {
            at: self.clock.now(),
            enrollment: notice.enrollment,
            url: notice.url.clone(),
            status: notice.status,
            step: notice.step.clone(),
            attempt,
            result,
            delivered,
        });
    }
}

/// Plain http to a loopback address; `localhost` is taken at its word.
fn on_this_machine(address: &str) -> Option<(Url, String)> {
    let url = Url::parse(address)
        .ok()
        .filter(|url| url.scheme() == "http")?;
    let host = match url.host()? {
        Host::Ipv4(ip) if IpAddr::V4(ip).is_loopback() => ip.to_string(),
        Host::Ipv6(ip) if IpAddr::V6(ip).is_loopback() => ip.to_string(),
        Host::Domain("localhost") => "127.0.0.1".to_owned(),
        _ => return None,
    };
    Some((url, host))
}

async fn post(
    url: &Url,
    host: &str,
    notice: &Notice,
) -> Result<u16, Box<dyn std::error::Error + Send + Sync>> {
    let port = url.port_or_known_default().unwrap_or(80);
    let stream = TcpStream::connect((host, port)).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let driver = tokio::spawn(connection);
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let authority = format!("{}:{port}", url.host_str().unwrap_or(host));
    let mut request = Request::post(target)
        .header(HOST, authority)
        .header(USER_AGENT, AGENT)
        .header(CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(notice.payload.to_string())))?;
    for header in &notice.headers {
        request.headers_mut().insert(
            HeaderName::from_bytes(header.name.as_bytes())?,
            HeaderValue::from_str(&header.value)?,
        );
    }
    let response = sender.send_request(request).await?;
    let status = response.status().as_u16();
    // The receiver's words do not matter, but closing before it has spoken would look like a fault.
    let _ = response.into_body().collect().await;
    driver.abort();
    Ok(status)
}
