//! One call from its first attempt to its verdict: the session, the table, and nothing else, decide what is re-sent.

use std::io;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::intake::{Flaw, Intake};
use super::limiter::{Haste, Limiter};
use super::retry::{ATTEMPTS, Budget, policy, wait_after};
use super::session::{Session, Ticket, authorization, body_kind};
use super::transport::{Answer, OutgoingRequest};
use super::wire::{BodyError, Excess, Wire, content_type};
use crate::clock::Clock;
use crate::error::{ApiError, ApiErrorKind, Endpoint};
use crate::secrets::Secrets;
use std::sync::Arc;

const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// What a call shows to be let in.
pub enum Credential {
    Session,
    /// The key of one dossier, for the flow calls (facts §B.4).
    ApiKey(SecretString),
    /// The address itself holds the credential.
    Address,
}

/// A call as the endpoints describe it.
pub struct Call {
    pub endpoint: Endpoint,
    pub method: Method,
    pub url: Url,
    pub credential: Credential,
    pub accept: &'static str,
    pub content: Option<(&'static str, Bytes)>,
    /// Secrets of the request, to keep out of errors.
    pub secrets: Vec<SecretString>,
    pub cap: u64,
}

/// A success, its body in the intake.
#[derive(Debug)]
pub struct Done {
    pub status: StatusCode,
    pub content_type: Option<String>,
    pub length: u64,
}

/// What a failed call proves about ID360.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    NotProcessed,
    Refused,
    /// It may have been processed.
    Nothing,
}

#[derive(Debug)]
pub struct CallFailure {
    pub error: ApiError,
    pub proof: Proof,
    /// Raw body of a refusal.
    pub received: Bytes,
    /// The receiver failed, not the call.
    pub receiver: Option<io::Error>,
}

impl CallFailure {
    pub fn new(error: ApiError, proof: Proof) -> Self {
        Self {
            error,
            proof,
            received: Bytes::new(),
            receiver: None,
        }
    }
}

/// Outcome of one attempt.
enum Attempt {
    Done(Done),
    /// 401 to the session's token: nothing was processed.
    Unauthorized,
    /// The same address with or without its final slash.
    Elsewhere(Url),
    Failed(CallFailure),
}

/// Everything calls share, and whether a person waits for these.
#[derive(Clone, Debug)]
pub struct Calls {
    pub wire: Arc<Wire>,
    pub session: Arc<Session>,
    pub clock: Arc<dyn Clock>,
    pub limiter: Arc<Limiter>,
    pub budget: Arc<Budget>,
    pub haste: Haste,
}

impl Calls {
    pub async fn run(&self, mut call: Call, intake: &mut dyn Intake) -> Result<Done, CallFailure> {
        let policy = policy(call.endpoint);
        let mut attempt = 1;
        let mut renewed = false;
        let mut other_slash_tried = !policy.other_slash;
        loop {
            let ticket = self.ticket(&call).await?;
            let outcome = self.attempt(&call, ticket.as_ref(), attempt, intake).await;
            match outcome {
                Attempt::Done(done) => {
                    self.budget.succeeded();
                    return Ok(done);
                }
                Attempt::Unauthorized => {
                    let Some((ticket, _)) = ticket else { continue };
                    self.unauthorized(&call, &ticket, renewed, policy.resent_after_sign_in)
                        .await?;
                    renewed = true;
                }
                Attempt::Elsewhere(url) if !other_slash_tried => {
                    other_slash_tried = true;
                    call.url = url;
                }
                Attempt::Elsewhere(_) => {
                    return Err(CallFailure::new(
                        ApiError::new(ApiErrorKind::Redirected, call.endpoint),
                        Proof::Refused,
                    ));
                }
                Attempt::Failed(failure) => {
                    let worth_it = policy.reads && attempt < ATTEMPTS && failure.receiver.is_none();
                    let wait = if worth_it {
                        wait_after(&failure.error, attempt)
                    } else {
                        None
                    };
                    let Some(wait) = wait.filter(|_| self.budget.spend(&failure.error)) else {
                        return Err(failure);
                    };
                    tracing::debug!(endpoint = ?call.endpoint, attempt, ?wait, "asking again");
                    tokio::time::sleep(wait).await;
                    attempt += 1;
                }
            }
        }
    }

    /// The token a call goes out with, for calls of the session.
    async fn ticket(&self, call: &Call) -> Result<Option<(Ticket, HeaderValue)>, CallFailure> {
        if !matches!(call.credential, Credential::Session) {
            return Ok(None);
        }
        let ticket = self.session.ticket().await;
        let ticket = ticket.map_err(|error| not_processed(call.endpoint, error))?;
        match authorization(ticket.token.expose_secret()) {
            Some(value) => Ok(Some((ticket, value))),
            None => Err(CallFailure::new(
                ApiError::new(ApiErrorKind::Internal, call.endpoint),
                Proof::NotProcessed,
            )),
        }
    }

    async fn unauthorized(
        &self,
        call: &Call,
        ticket: &Ticket,
        renewed: bool,
        resent: bool,
    ) -> Result<(), CallFailure> {
        if renewed {
            self.session.refused_again(ticket);
            let mut error = ApiError::new(ApiErrorKind::RefusedAfterSignIn, call.endpoint);
            error.status = Some(StatusCode::UNAUTHORIZED.as_u16());
            return Err(CallFailure::new(error, Proof::NotProcessed));
        }
        if !resent {
            self.session.lost(ticket);
            let mut error = ApiError::new(ApiErrorKind::SessionExpired, call.endpoint);
            error.status = Some(StatusCode::UNAUTHORIZED.as_u16());
            return Err(CallFailure::new(error, Proof::NotProcessed));
        }
        match self.session.renew(ticket).await {
            Ok(_) => Ok(()),
            Err(error) => Err(not_processed(call.endpoint, error)),
        }
    }

    async fn attempt(
        &self,
        call: &Call,
        ticket: Option<&(Ticket, HeaderValue)>,
        attempt: u32,
        intake: &mut dyn Intake,
    ) -> Attempt {
        let _place = self.limiter.place(self.haste).await;
        if attempt > 1 {
            self.limiter.retry_turn().await;
        }
        let mut secrets = self.session.secrets();
        call.secrets.iter().for_each(|secret| secrets.add(secret));
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(call.accept));
        if let Some((content_type, _)) = &call.content {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        if let Some((ticket, value)) = ticket {
            secrets.add(&ticket.token);
            headers.insert(AUTHORIZATION, value.clone());
        }
        if let Credential::ApiKey(key) = &call.credential {
            secrets.add(key);
            let Ok(mut value) = HeaderValue::from_str(key.expose_secret().trim()) else {
                let error = ApiError::new(ApiErrorKind::Internal, call.endpoint)
                    .with_detail("this api_key cannot stand in a header");
                return Attempt::Failed(CallFailure::new(error, Proof::NotProcessed));
            };
            value.set_sensitive(true);
            headers.insert(X_API_KEY, value);
        }
        let request = OutgoingRequest {
            endpoint: call.endpoint,
            method: call.method.clone(),
            url: call.url.clone(),
            headers,
            body: call.content.as_ref().map(|(_, body)| body.clone()),
        };
        let sent_at = self.clock.monotonic();
        let answer = match self.wire.exchange(request).await {
            Ok(answer) => answer,
            Err(failure) => {
                let proof = if failure.sent {
                    Proof::Nothing
                } else {
                    Proof::NotProcessed
                };
                let error = ApiError::new(failure.cause.kind(), call.endpoint);
                return Attempt::Failed(CallFailure::new(error, proof));
            }
        };
        if let Some((ticket, _)) = ticket {
            if answer.status == StatusCode::UNAUTHORIZED {
                return Attempt::Unauthorized;
            }
            if answer.status.is_success() {
                self.session.accepted(ticket, sent_at);
            }
        }
        if let Some(url) = other_slash(call, &answer) {
            return Attempt::Elsewhere(url);
        }
        if is_success(call.endpoint, answer.status) {
            self.success(call, answer, &secrets, intake).await
        } else {
            self.refusal(call, answer, &secrets).await
        }
    }

    async fn success(
        &self,
        call: &Call,
        mut answer: Answer,
        secrets: &Secrets,
        intake: &mut dyn Intake,
    ) -> Attempt {
        let content_type = content_type(&answer.headers);
        let status = answer.status;
        let excess = match call.endpoint {
            // Whatever arrives of a create may hold the only copy of the api_key.
            Endpoint::CreateEnrollment => Excess::Cut,
            _ => Excess::Refused,
        };
        let fault = |kind| {
            let mut error = ApiError::new(kind, call.endpoint);
            error.status = Some(status.as_u16());
            error
        };
        if let Some(flaw) = intake.flaw_of_head(status, content_type.as_deref()) {
            let body = self.wire.error_body(&mut answer).await;
            let mut error = fault(flaw.kind(body.len() as u64));
            error.detail = secrets.detail_of(&body);
            error.body = secrets.strip_body(&body);
            return Attempt::Failed(CallFailure::new(error, Proof::Nothing));
        }
        let read = self
            .wire
            .read_body(&mut answer, call.cap, excess, intake.receiver())
            .await;
        let length = match read {
            Ok(length) => length,
            Err(error) => {
                let kind = body_kind(&error);
                let mut failure = CallFailure::new(fault(kind), Proof::Nothing);
                if let BodyError::Receiver(error) = error {
                    failure.receiver = Some(error);
                }
                return Attempt::Failed(failure);
            }
        };
        match intake.flaw_of_body(status, length) {
            None => Attempt::Done(Done {
                status,
                content_type,
                length,
            }),
            Some(flaw) => {
                let mut error = fault(flaw.kind(length));
                if flaw == Flaw::Unreadable {
                    error.body = secrets.strip_body(intake.bytes());
                }
                Attempt::Failed(CallFailure::new(error, Proof::Nothing))
            }
        }
    }

    async fn refusal(&self, call: &Call, mut answer: Answer, secrets: &Secrets) -> Attempt {
        let received = self.wire.error_body(&mut answer).await;
        let status = answer.status;
        let error = self
            .wire
            .refusal(call.endpoint, status, &answer.headers, &received, secrets);
        let refused = status.is_client_error() || status.is_redirection();
        let proof = if refused {
            Proof::Refused
        } else {
            Proof::Nothing
        };
        Attempt::Failed(CallFailure {
            error,
            proof,
            received,
            receiver: None,
        })
    }
}

/// A call that did not leave because of the session.
fn not_processed(endpoint: Endpoint, mut error: ApiError) -> CallFailure {
    use ApiErrorKind as Kind;
    match error.kind {
        Kind::NotSignedIn | Kind::SessionExpired => error.endpoint = endpoint,
        // How a login was answered says nothing about what was asked for: not that ID360 has none of it, nor that it
        // refuses it.
        Kind::NotFound
        | Kind::Refused
        | Kind::Conflict
        | Kind::Redirected
        | Kind::Unreadable
        | Kind::TooLarge
        | Kind::Truncated { .. } => error.kind = Kind::ProviderIncident,
        _ => {}
    }
    CallFailure::new(error, Proof::NotProcessed)
}

fn is_success(endpoint: Endpoint, status: StatusCode) -> bool {
    match endpoint {
        Endpoint::Report => matches!(status, StatusCode::OK | StatusCode::ACCEPTED),
        Endpoint::CreateEnrollment
        | Endpoint::PushExpected
        | Endpoint::Discontinue
        | Endpoint::Whoami => status.is_success(),
        _ => status == StatusCode::OK,
    }
}

/// Our own address with its final slash added or removed, if that is all the redirection is about.
fn other_slash(call: &Call, answer: &Answer) -> Option<Url> {
    if !policy(call.endpoint).other_slash
        || !matches!(
            answer.status,
            StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
        )
    {
        return None;
    }
    let mut other = call.url.clone();
    let path = call.url.path();
    let toggled = match path.strip_suffix('/') {
        Some(shorter) => shorter.to_owned(),
        None => format!("{path}/"),
    };
    other.set_path(&toggled);
    let location = call
        .url
        .join(answer.headers.get(LOCATION)?.to_str().ok()?)
        .ok()?;
    (location.host_str() == other.host_str() && location.path() == other.path()).then_some(other)
}
