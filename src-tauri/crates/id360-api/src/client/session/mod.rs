//! The owner of the session token: one login in flight at most, whoever waits for it (facts §B.2, quality T).

mod holding;
mod login;
mod proof;
mod restraint;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use secrecy::SecretString;
use tokio::sync::{Mutex as Gate, watch};
use tokio::time::sleep;
use tracing::Instrument as _;
use url::Url;

pub use holding::Ticket;
use holding::{Holding, Next, not_signed_in, session_expired};
use proof::Verdict;

use super::wire::{BodyError, Wire};
use crate::account::{Account, AccountKind};
use crate::clock::Clock;
use crate::error::{ApiError, ApiErrorKind, Endpoint};
use crate::secrets::Secrets;

/// Before the one repetition of a login that never left.
const BEFORE_SECOND_LOGIN: Duration = Duration::from_secs(5);
/// Where the session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    SignedOut,
    Open,
    /// The session of a person ended: a new one-time code is needed.
    CodeWanted,
    /// Logins are held back after repeated refusals.
    HeldBack {
        remaining: Duration,
    },
}

#[derive(Debug)]
pub struct Session {
    account: Account,
    login: Url,
    whoami: Url,
    login_cap: u64,
    wire: Arc<Wire>,
    clock: Arc<dyn Clock>,
    holding: Mutex<Holding>,
    /// Held by whoever talks to ID360 about the token.
    gate: Arc<Gate<()>>,
    state: watch::Sender<SessionState>,
}

impl Session {
    pub fn new(
        account: Account,
        login: Url,
        whoami: Url,
        login_cap: u64,
        wire: Arc<Wire>,
        clock: Arc<dyn Clock>,
    ) -> Arc<Self> {
        let holding = Mutex::new(Holding::new(account.kind));
        Arc::new(Self {
            account,
            login,
            whoami,
            login_cap,
            wire,
            clock,
            holding,
            gate: Arc::new(Gate::new(())),
            state: watch::Sender::new(SessionState::SignedOut),
        })
    }

    pub fn account(&self) -> &Account {
        &self.account
    }

    /// What no error may show, whichever call it is about.
    pub fn secrets(&self) -> Secrets {
        let mut secrets = Secrets::default();
        secrets.add(&self.account.password);
        if let Some(ticket) = self.holding().ticket() {
            secrets.add(&ticket.token);
        }
        secrets
    }

    pub fn state(&self) -> SessionState {
        self.holding().state(self.clock.monotonic())
    }

    pub fn watch(&self) -> watch::Receiver<SessionState> {
        self.state.subscribe()
    }

    /// A token to send a call with; signs an application in if there is none.
    pub async fn ticket(self: &Arc<Self>) -> Result<Ticket, ApiError> {
        let next = self.holding().next(self.clock.monotonic());
        match next {
            Next::Use(ticket) => Ok(ticket),
            Next::Give(error) => Err(error),
            Next::Prove(_) | Next::SignIn => {
                self.undisturbed(|session| async move { session.settle().await })
                    .await
            }
        }
    }

    /// ID360 accepted a call that left at `sent_at`.
    pub fn accepted(&self, ticket: &Ticket, sent_at: Duration) {
        self.holding().accepted(ticket.generation, sent_at);
        self.publish();
    }

    /// ID360 refused this token: gets another one, shared by everybody who was refused.
    pub async fn renew(self: &Arc<Self>, refused: &Ticket) -> Result<Ticket, ApiError> {
        let generation = refused.generation;
        self.undisturbed(move |session| async move {
            let now = session.clock.monotonic();
            let renewal = session.holding().renewal(generation, now);
            match renewal {
                Some(outcome) => outcome,
                None => session.replace().await,
            }
        })
        .await
    }

    /// ID360 refused a token fresh from a login.
    pub fn refused_again(&self, ticket: &Ticket) {
        let now = self.clock.monotonic();
        self.holding().fresh_refused(ticket.generation, now);
        self.publish();
    }

    /// ID360 refused this token to a call that is never sent twice.
    pub fn lost(&self, ticket: &Ticket) {
        let mut holding = self.holding();
        if holding.is_current(ticket.generation) {
            holding.drop_token();
        }
        drop(holding);
        self.publish();
    }

    /// A person signs in: one attempt. A session that still counts is kept, since ID360 takes repeated logins for
    /// an attack.
    pub async fn sign_in(self: &Arc<Self>, code: Option<SecretString>) -> Result<(), ApiError> {
        self.undisturbed(move |session| async move {
            let ticket = session.holding().ticket();
            let usable = !session.holding().is_refused();
            if let (Some(ticket), None, true) = (ticket, &code, usable) {
                match session.ask_about(&ticket).await {
                    Verdict::Accepted => return Ok(()),
                    Verdict::Unclear(error) => return Err(error),
                    Verdict::Refused => {}
                }
            }
            let refusal = session
                .holding()
                .restraint
                .refuses_everyone(session.clock.monotonic());
            if let Some(error) = refusal {
                return Err(error);
            }
            session.holding().reopen();
            match session.log_in(code.as_ref()).await {
                Ok(_) => Ok(()),
                Err(failure) => {
                    session.note_failure(&failure.error);
                    Err(failure.error)
                }
            }
        })
        .await
    }

    pub fn sign_out(&self) {
        self.holding().sign_out();
        self.publish();
    }

    /// Runs alone at the gate, to its end even if the caller goes away: a login that was sent must not be lost.
    async fn undisturbed<T, F>(self: &Arc<Self>, work: impl FnOnce(Arc<Self>) -> F) -> T
    where
        T: Send + FromInterruption + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let work = work(Arc::clone(self));
        let gate = Arc::clone(&self.gate);
        let session = Arc::clone(self);
        let task = async move {
            let _alone = gate.lock_owned().await;
            let outcome = work.await;
            session.publish();
            outcome
        };
        match tokio::spawn(task.in_current_span()).await {
            Ok(outcome) => outcome,
            Err(_) => T::interrupted(),
        }
    }

    /// At the gate: a token that counts, as far as ID360 says.
    async fn settle(self: Arc<Self>) -> Result<Ticket, ApiError> {
        let next = self.holding().next(self.clock.monotonic());
        match next {
            Next::Use(ticket) => Ok(ticket),
            Next::Give(error) => Err(error),
            Next::SignIn => self.log_in_unasked().await,
            Next::Prove(ticket) => match self.ask_about(&ticket).await {
                Verdict::Accepted => Ok(ticket),
                Verdict::Refused => self.replace().await,
                Verdict::Unclear(_) => {
                    let now = self.clock.monotonic();
                    self.holding().unclear(ticket.generation, now, false);
                    Ok(ticket)
                }
            },
        }
    }

    /// At the gate: another token in place of one that was refused.
    async fn replace(&self) -> Result<Ticket, ApiError> {
        // Somebody signed out while ID360 was refusing the token.
        if self.holding().is_signed_out() {
            return Err(not_signed_in());
        }
        match self.account.kind {
            AccountKind::Application => self.log_in_unasked().await,
            AccountKind::User => {
                self.holding().code_wanted();
                Err(session_expired())
            }
        }
    }

    /// At the gate: an application signs in by itself, if it may.
    async fn log_in_unasked(&self) -> Result<Ticket, ApiError> {
        let refusal = self.holding().restraint.refuses(self.clock.monotonic());
        if let Some(error) = refusal {
            return Err(error);
        }
        let failure = match self.log_in(None).await {
            Ok(ticket) => return Ok(ticket),
            Err(failure) if failure.sent => failure,
            Err(_) => {
                sleep(BEFORE_SECOND_LOGIN).await;
                match self.log_in(None).await {
                    Ok(ticket) => return Ok(ticket),
                    Err(failure) => failure,
                }
            }
        };
        self.note_failure(&failure.error);
        Err(failure.error)
    }

    fn note_failure(&self, error: &ApiError) {
        let now = self.clock.monotonic();
        let mut holding = self.holding();
        holding.restraint.login_failed(error, now);
        match error.kind {
            ApiErrorKind::CodeRefused => holding.code_wanted(),
            ApiErrorKind::CredentialsRefused | ApiErrorKind::AccountBlocked => holding.drop_token(),
            _ => {}
        }
    }

    fn holding(&self) -> MutexGuard<'_, Holding> {
        self.holding.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self) {
        let state = self.state();
        self.state.send_if_modified(|known| {
            let changed = *known != state;
            *known = state;
            changed
        });
    }
}

/// What to answer when the runtime shuts down under a login.
trait FromInterruption {
    fn interrupted() -> Self;
}

impl FromInterruption for bool {
    fn interrupted() -> Self {
        false
    }
}

impl<T> FromInterruption for Result<T, ApiError> {
    fn interrupted() -> Self {
        Err(ApiError::new(ApiErrorKind::Internal, Endpoint::Login))
    }
}

/// `Token <value>` (facts §B.2), kept out of every log; `None` if it cannot stand in a header.
pub fn authorization(token: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(&format!("Token {token}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

pub fn body_kind(error: &BodyError) -> ApiErrorKind {
    match error {
        BodyError::TooLarge => ApiErrorKind::TooLarge,
        BodyError::TimedOut => ApiErrorKind::TimedOut,
        BodyError::Truncated {
            received,
            announced,
        } => ApiErrorKind::Truncated {
            received: *received,
            announced: *announced,
        },
        BodyError::Receiver(_) => ApiErrorKind::Internal,
    }
}
