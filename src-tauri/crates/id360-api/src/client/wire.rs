//! One attempt: time limits, caps, and what an answer means when it is not a success.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use tokio::time::{Instant, timeout};

use super::options::Timeouts;
use super::transport::{Answer, Failure, FailureCause, OutgoingRequest, Transport};
use crate::clock::Clock;
use crate::endpoints::Receiver;
use crate::error::{ApiError, ApiErrorKind, Endpoint};
use crate::secrets::{READ_OF_ERROR, Secrets};

/// Longer than this no `Retry-After` counts: it would silence a desk for years, or overflow the clock it is added to.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// The transport with its limits.
#[derive(Debug)]
pub struct Wire {
    transport: Arc<dyn Transport>,
    timeouts: Timeouts,
    clock: Arc<dyn Clock>,
    server_clock_offset: Mutex<Option<TimeDelta>>,
}

/// What to do with a body that is larger than its cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// Nothing of it is wanted.
    Refused,
    /// Its beginning is handed on before the call fails.
    Cut,
}

/// Why a body did not arrive.
#[derive(Debug)]
pub enum BodyError {
    /// Larger than the cap; what was received stays within it.
    TooLarge,
    TimedOut,
    Truncated {
        received: u64,
        announced: Option<u64>,
    },
    Receiver(io::Error),
}

impl Wire {
    pub fn new(transport: Arc<dyn Transport>, timeouts: Timeouts, clock: Arc<dyn Clock>) -> Self {
        Self {
            transport,
            timeouts,
            clock,
            server_clock_offset: Mutex::new(None),
        }
    }

    pub fn server_clock_offset(&self) -> Option<TimeDelta> {
        *self
            .server_clock_offset
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends one request and waits for the head of its answer.
    pub async fn exchange(&self, request: OutgoingRequest) -> Result<Answer, Failure> {
        let endpoint = request.endpoint;
        let method = request.method.clone();
        let started = Instant::now();
        // A limit that strikes here cannot tell what left; the connect limit of the transport can.
        let late = Failure {
            cause: FailureCause::TimedOut,
            sent: true,
        };
        let outcome = match timeout(self.timeouts.headers, self.transport.send(request)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(late),
        };
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &outcome {
            Ok(answer) => {
                tracing::debug!(
                    ?endpoint,
                    %method,
                    path = endpoint.path_template(),
                    status = answer.status.as_u16(),
                    announced = announced(&answer.headers),
                    milliseconds,
                    "answered"
                );
                self.note_date(&answer.headers);
            }
            Err(failure) => {
                tracing::debug!(
                    ?endpoint,
                    %method,
                    path = endpoint.path_template(),
                    cause = ?failure.cause,
                    sent = failure.sent,
                    milliseconds,
                    "no answer"
                );
            }
        }
        outcome
    }

    /// Reads a body into a receiver, within cap and time limits. Returns its length.
    pub async fn read_body(
        &self,
        answer: &mut Answer,
        cap: u64,
        excess: Excess,
        into: &mut dyn Receiver,
    ) -> Result<u64, BodyError> {
        let announced = announced(&answer.headers);
        into.restart(announced).map_err(BodyError::Receiver)?;
        if excess == Excess::Refused && announced.is_some_and(|announced| announced > cap) {
            return Err(BodyError::TooLarge);
        }
        let started = Instant::now();
        let mut received = 0_u64;
        loop {
            let allowance = self.allowance(received).saturating_sub(started.elapsed());
            let limit = self.timeouts.idle.min(allowance);
            match timeout(limit, answer.body.chunk()).await {
                Err(_) => return Err(BodyError::TimedOut),
                Ok(Err(failure)) if failure.cause == FailureCause::TimedOut => {
                    return Err(BodyError::TimedOut);
                }
                Ok(Err(_)) => {
                    return Err(BodyError::Truncated {
                        received,
                        announced,
                    });
                }
                Ok(Ok(None)) => break,
                Ok(Ok(Some(chunk))) => {
                    let length = chunk.len() as u64;
                    if received.saturating_add(length) > cap {
                        if excess == Excess::Cut {
                            let room = usize::try_from(cap - received).unwrap_or_default();
                            into.receive(&chunk[..room]).map_err(BodyError::Receiver)?;
                        }
                        return Err(BodyError::TooLarge);
                    }
                    into.receive(&chunk).map_err(BodyError::Receiver)?;
                    received += length;
                }
            }
        }
        match announced {
            Some(length) if length != received => Err(BodyError::Truncated {
                received,
                announced,
            }),
            _ => Ok(received),
        }
    }

    /// How long a body may have taken by the time this much of it arrived.
    fn allowance(&self, received: u64) -> Duration {
        let slow =
            Duration::from_millis(received.saturating_mul(1000) / self.timeouts.slowest.max(1));
        self.timeouts.grace.saturating_add(slow)
    }

    /// The body of an answer that is not a success: as much of it as arrives within the limits.
    pub async fn error_body(&self, answer: &mut Answer) -> Bytes {
        let mut body = UpTo {
            kept: Vec::new(),
            longest: READ_OF_ERROR as usize,
        };
        // Cut or endless, the beginning is what there is to show.
        let _ = self
            .read_body(answer, u64::MAX, Excess::Refused, &mut body)
            .await;
        Bytes::from(body.kept)
    }

    /// What an answer that is not a success means.
    pub fn refusal(
        &self,
        endpoint: Endpoint,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        secrets: &Secrets,
    ) -> ApiError {
        let mut error = ApiError::new(kind_of(endpoint, status), endpoint);
        error.status = Some(status.as_u16());
        error.detail = secrets.detail_of(body);
        error.body = secrets.strip_body(body);
        error.retry_after = self.retry_after(headers);
        error
    }

    /// Both forms of `Retry-After`; a date is read against the server's own clock.
    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        let asked = if let Ok(seconds) = text.parse::<u64>() {
            Duration::from_secs(seconds)
        } else {
            let at = http_date(text)?;
            let now = date_of(headers).unwrap_or_else(|| self.clock.utc());
            (at - now).to_std().unwrap_or_default()
        };
        Some(asked.min(LONGEST_WAIT))
    }

    fn note_date(&self, headers: &HeaderMap) {
        if let Some(date) = date_of(headers) {
            let offset = date - self.clock.utc();
            *self
                .server_clock_offset
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some(offset);
        }
    }
}

/// Keeps the beginning, and ends the reading after it.
struct UpTo {
    kept: Vec<u8>,
    longest: usize,
}

impl Receiver for UpTo {
    fn restart(&mut self, _announced: Option<u64>) -> io::Result<()> {
        self.kept.clear();
        Ok(())
    }

    fn receive(&mut self, chunk: &[u8]) -> io::Result<()> {
        let room = self.longest - self.kept.len();
        self.kept.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() >= room {
            return Err(io::Error::other("enough"));
        }
        Ok(())
    }
}

pub fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

pub fn content_type(headers: &HeaderMap) -> Option<String> {
    Some(headers.get(CONTENT_TYPE)?.to_str().ok()?.to_owned())
}

fn date_of(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    http_date(headers.get(DATE)?.to_str().ok()?)
}

fn http_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text)
        .ok()
        .map(|date| date.with_timezone(&Utc))
}

fn kind_of(endpoint: Endpoint, status: StatusCode) -> ApiErrorKind {
    match status.as_u16() {
        // Every ID360 has these two: what lacks them is none.
        404 | 410 if matches!(endpoint, Endpoint::Login | Endpoint::Whoami) => {
            ApiErrorKind::Unreadable
        }
        300..=399 => ApiErrorKind::Redirected,
        403 => ApiErrorKind::Forbidden,
        404 | 410 => ApiErrorKind::NotFound,
        409 => ApiErrorKind::Conflict,
        429 => ApiErrorKind::RateLimited,
        400..=499 => ApiErrorKind::Refused,
        500..=599 => ApiErrorKind::ProviderIncident,
        _ => ApiErrorKind::Unreadable,
    }
}
