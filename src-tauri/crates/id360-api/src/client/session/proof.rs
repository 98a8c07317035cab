//! Whether the token still counts: whoami, now and then (facts §B.2, quality T-04 to T-08).

use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use secrecy::ExposeSecret;
use tokio::time::sleep;

use super::holding::Due;
use super::{Session, Ticket, authorization};
use crate::client::retry::{backoff, full_jitter};
use crate::client::transport::OutgoingRequest;
use crate::error::{ApiError, Endpoint};

/// How often the keep-alive looks at the clocks, so that a sleep of the machine does not go unnoticed.
const LOOK_EVERY: Duration = Duration::from_secs(30);
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);

/// Verdict of ID360 on a token.
pub enum Verdict {
    Accepted,
    Refused,
    /// Neither: an incident, no network.
    Unclear(ApiError),
}

impl Session {
    /// Asks ID360 about the token whenever it has been idle for 13 minutes or the machine has slept. Never ends.
    pub async fn keep_alive(self: &Arc<Self>) {
        let mut unclear = 0_u32;
        loop {
            let due = self.holding().due(self.clock.monotonic());
            match due {
                Due::In(wait) => {
                    unclear = 0;
                    sleep(wait.min(LOOK_EVERY)).await;
                }
                Due::Unknown => {
                    unclear = 0;
                    sleep(LOOK_EVERY).await;
                }
                Due::Now => {
                    let settled =
                        self.undisturbed(|session| async move { session.sign_of_life().await });
                    if settled.await {
                        unclear = 0;
                    } else {
                        unclear += 1;
                        sleep(full_jitter(backoff(unclear)).max(SHORTEST_PAUSE)).await;
                    }
                }
            }
        }
    }

    /// At the gate: whether the token was settled one way or the other.
    async fn sign_of_life(self: Arc<Self>) -> bool {
        let now = self.clock.monotonic();
        let ticket = {
            let mut holding = self.holding();
            match holding.due(now) {
                Due::Now => holding.ticket(),
                Due::In(_) | Due::Unknown => None,
            }
        };
        let Some(ticket) = ticket else { return true };
        match self.ask_about(&ticket).await {
            Verdict::Accepted => true,
            Verdict::Refused => {
                // Held back or failed: the next real call finds out by itself.
                if self.replace().await.is_err() {
                    self.lost(&ticket);
                }
                true
            }
            Verdict::Unclear(_) => {
                let now = self.clock.monotonic();
                self.holding().unclear(ticket.generation, now, true);
                false
            }
        }
    }

    /// At the gate: whoami, once (facts §B.2).
    pub(super) async fn ask_about(&self, ticket: &Ticket) -> Verdict {
        let mut headers = HeaderMap::new();
        let Some(value) = authorization(ticket.token.expose_secret()) else {
            return Verdict::Refused;
        };
        headers.insert(AUTHORIZATION, value);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let request = OutgoingRequest {
            endpoint: Endpoint::Whoami,
            method: Method::GET,
            url: self.whoami.clone(),
            headers,
            body: None,
        };
        let sent_at = self.clock.monotonic();
        let mut answer = match self.wire.exchange(request).await {
            Ok(answer) => answer,
            Err(failure) => {
                return Verdict::Unclear(ApiError::new(failure.cause.kind(), Endpoint::Whoami));
            }
        };
        let secrets = self.secrets();
        let body = self.wire.error_body(&mut answer).await;
        match answer.status {
            status if status.is_success() => {
                self.holding().accepted(ticket.generation, sent_at);
                Verdict::Accepted
            }
            StatusCode::UNAUTHORIZED => Verdict::Refused,
            status => Verdict::Unclear(self.wire.refusal(
                Endpoint::Whoami,
                status,
                &answer.headers,
                &body,
                &secrets,
            )),
        }
    }
}
