//! An ID360 in memory: a function from request to reply, with every request on record.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use id360_api::*;

use super::audit::{self, Answered, Entry};
use super::clock::MovableClock;

/// A request as the script sees it.
pub struct Seen {
    pub at: Duration,
    pub endpoint: Endpoint,
    pub target: String,
    pub token: Option<String>,
    pub body: Bytes,
}

#[derive(Clone)]
pub struct Reply {
    outcome: Result<u16, Failure>,
    headers: HeaderMap,
    body: Vec<u8>,
    /// Bytes after which the body breaks.
    breaks_at: Option<usize>,
    delay: Duration,
    broken: bool,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self {
            outcome: Ok(status),
            headers: HeaderMap::new(),
            body: Vec::new(),
            breaks_at: None,
            delay: Duration::ZERO,
            broken: false,
        }
    }

    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::status(200)
            .body(body)
            .header("content-type", "application/json")
    }

    pub fn failure(cause: FailureCause, sent: bool) -> Self {
        Self {
            outcome: Err(Failure { cause, sent }),
            ..Self::status(0)
        }
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_str(value).unwrap(),
        );
        self
    }

    pub fn breaking_at(mut self, bytes: usize) -> Self {
        self.breaks_at = Some(bytes);
        self
    }

    /// For the audit: this success is not one.
    pub fn not_what_it_seems(mut self) -> Self {
        self.broken = true;
        self
    }

    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    fn answered(&self) -> Answered {
        match self.outcome {
            Ok(_) if self.broken || self.breaks_at.is_some() => Answered::Broken,
            Ok(status) => Answered::Status(status),
            Err(failure) if failure.sent => Answered::Nothing,
            Err(_) => Answered::NotSent,
        }
    }
}

type Handler = dyn Fn(&Seen) -> Reply + Send + Sync;

pub struct Script {
    clock: Arc<MovableClock>,
    handler: Box<Handler>,
    log: Mutex<Vec<Entry>>,
}

impl fmt::Debug for Script {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Script")
    }
}

impl Script {
    pub fn new(
        clock: &Arc<MovableClock>,
        handler: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            clock: Arc::clone(clock),
            handler: Box::new(handler),
            log: Mutex::new(Vec::new()),
        })
    }

    pub fn client(self: &Arc<Self>, account: Account, options: ClientOptions) -> Client {
        Client::with_transport(
            Environment::pre_production(),
            account,
            options,
            Arc::clone(self) as _,
        )
    }

    pub fn log(&self) -> Vec<Entry> {
        self.log.lock().unwrap().clone()
    }

    pub fn count(&self, endpoint: Endpoint) -> usize {
        self.log
            .lock()
            .unwrap()
            .iter()
            .filter(|entry| entry.endpoint == endpoint)
            .count()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            audit::check(&self.log.lock().unwrap());
        }
    }
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, request: OutgoingRequest) -> Result<Answer, Failure> {
        let text = |name: &str| {
            request
                .headers
                .get(name)
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let authorization = text("authorization");
        let target = match request.url.query() {
            Some(query) => format!("{}?{query}", request.url.path()),
            None => request.url.path().to_owned(),
        };
        let seen = Seen {
            at: self.clock.monotonic(),
            endpoint: request.endpoint,
            target: target.clone(),
            token: authorization
                .as_deref()
                .and_then(|v| v.strip_prefix("Token "))
                .map(Into::into),
            body: request.body.clone().unwrap_or_default(),
        };
        let reply = (self.handler)(&seen);
        self.log.lock().unwrap().push(Entry {
            at: seen.at,
            endpoint: request.endpoint,
            method: request.method.to_string(),
            target,
            authorization,
            api_key: text("x-api-key"),
            body: seen.body.to_vec(),
            answered: reply.answered(),
        });
        if !reply.delay.is_zero() {
            tokio::time::sleep(reply.delay).await;
        }
        let status = reply.outcome?;
        let mut headers = reply.headers;
        headers.insert("content-length", HeaderValue::from(reply.body.len()));
        Ok(Answer {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            body: Box::new(ScriptBody {
                rest: reply.body.into(),
                breaks_at: reply.breaks_at,
            }),
        })
    }
}

struct ScriptBody {
    rest: Bytes,
    breaks_at: Option<usize>,
}

#[async_trait]
impl AnswerBody for ScriptBody {
    async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        if let Some(left) = &mut self.breaks_at {
            if *left == 0 {
                return Err(Failure {
                    cause: FailureCause::ConnectionLost,
                    sent: true,
                });
            }
            let part = self.rest.split_to((*left).min(self.rest.len()));
            *left = 0;
            return Ok(Some(part));
        }
        if self.rest.is_empty() {
            return Ok(None);
        }
        let next = self.rest.len().min(8192);
        Ok(Some(self.rest.split_to(next)))
    }
}

/// An ID360 that keeps tokens the documented way: 15 minutes, sliding. Everything else is up to `rest`.
pub struct Provider {
    state: Mutex<Tokens>,
}

#[derive(Default)]
struct Tokens {
    issued: u32,
    valid: Vec<(String, Duration)>,
}

impl Provider {
    const LIFETIME: Duration = Duration::from_secs(15 * 60);

    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(Tokens::default()),
        })
    }

    pub fn expire_all(&self) {
        self.state.lock().unwrap().valid.clear();
    }

    pub fn logins(&self) -> u32 {
        self.state.lock().unwrap().issued
    }

    /// Login, and the check of the token; `None` when the request is let in.
    pub fn door(&self, seen: &Seen) -> Option<Reply> {
        let mut state = self.state.lock().unwrap();
        if seen.endpoint == Endpoint::Login {
            state.issued += 1;
            let token = format!("{:050x}", state.issued);
            state.valid.push((token.clone(), seen.at));
            return Some(Reply::json(format!(r#"{{"token":"{token}"}}"#)));
        }
        let entry = seen.token.as_ref().and_then(|token| {
            state.valid.iter_mut().find(|(known, used)| {
                known == token && seen.at.saturating_sub(*used) < Self::LIFETIME
            })
        });
        match entry {
            Some((_, used)) => {
                *used = seen.at;
                None
            }
            None => Some(Reply::status(401).body(r#"{"detail":"Invalid token."}"#)),
        }
    }
}

/// A provider that lets everything else succeed after 20 ms.
pub fn provider_script(clock: &Arc<MovableClock>) -> (Arc<Provider>, Arc<Script>) {
    let provider = Provider::new();
    let door = Arc::clone(&provider);
    let script = Script::new(clock, move |seen| {
        door.door(seen)
            .unwrap_or_else(|| Reply::json("{}").after(Duration::from_millis(20)))
    });
    (provider, script)
}
