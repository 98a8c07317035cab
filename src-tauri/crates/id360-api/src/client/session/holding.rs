//! What is known about the session right now. Decides without waiting; the owner acts on it.

use std::time::Duration;

use secrecy::SecretString;
use tokio::time::Instant;

use super::SessionState;
use super::restraint::Restraint;
use crate::account::AccountKind;
use crate::error::{ApiError, ApiErrorKind, Endpoint};

/// A token lives this long after its last use (facts §B.2).
pub const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// Idle this long, a token is kept alive.
pub const KEEP_ALIVE: Duration = Duration::from_secs(13 * 60);
/// The machine slept if one clock ran this much further than the other.
const SLEPT: Duration = Duration::from_secs(5);
/// After a sleep the network needs a moment.
const AFTER_SLEEP: Duration = Duration::from_secs(2 * 60);

/// A token as one call uses it. The generation tells whether somebody has renewed it since.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub token: SecretString,
    pub generation: u64,
}

#[derive(Debug)]
struct Held {
    ticket: Ticket,
    /// When the last call left that ID360 accepted with this token.
    used_at: Duration,
    /// Accepted at least once.
    proven: bool,
    /// Refused although fresh from a login.
    refused: bool,
    /// Too old to trust, and asking ID360 about it brought no verdict: the next real call settles it.
    examined: bool,
    /// The machine slept: ask ID360 before anything else. Asked again until this time.
    doubted_until: Option<Duration>,
}

/// Why there is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Absence {
    NotYet,
    SignedOut,
    CodeWanted,
}

#[derive(Debug)]
pub struct Holding {
    kind: AccountKind,
    held: Option<Held>,
    absence: Absence,
    generations: u64,
    /// Counts sign-outs, so that a login under way while somebody signs out comes to nothing.
    pub sign_outs: u64,
    pub restraint: Restraint,
    /// Both clocks at the last look.
    looked: Option<(Duration, Instant)>,
}

/// What a call can do now.
#[derive(Debug)]
pub enum Next {
    Use(Ticket),
    /// Ask ID360 whether this token still counts.
    Prove(Ticket),
    SignIn,
    Give(ApiError),
}

/// When the session needs a sign of life.
#[derive(Debug, PartialEq, Eq)]
pub enum Due {
    In(Duration),
    Now,
    /// Not before something else happens.
    Unknown,
}

impl Holding {
    pub fn new(kind: AccountKind) -> Self {
        Self {
            kind,
            held: None,
            absence: Absence::NotYet,
            generations: 0,
            sign_outs: 0,
            restraint: Restraint::default(),
            looked: None,
        }
    }

    pub fn next(&mut self, now: Duration) -> Next {
        self.notice_sleep(now);
        let Some(held) = &self.held else {
            return match (self.kind, self.absence) {
                (AccountKind::Application, Absence::NotYet | Absence::CodeWanted) => Next::SignIn,
                (AccountKind::User, Absence::CodeWanted) => Next::Give(session_expired()),
                (AccountKind::User, Absence::NotYet) | (_, Absence::SignedOut) => {
                    Next::Give(not_signed_in())
                }
            };
        };
        let stale = now.saturating_sub(held.used_at) >= LIFETIME && !held.examined;
        if stale || held.doubted_until.is_some() {
            Next::Prove(held.ticket.clone())
        } else {
            Next::Use(held.ticket.clone())
        }
    }

    /// The token as it is, wherever it comes from.
    pub fn ticket(&self) -> Option<Ticket> {
        self.held.as_ref().map(|held| held.ticket.clone())
    }

    /// What a call whose token was refused gets without another login, if anything.
    pub fn renewal(&mut self, generation: u64, now: Duration) -> Option<Result<Ticket, ApiError>> {
        let held = self.held.as_mut()?;
        if held.ticket.generation != generation {
            return Some(Ok(held.ticket.clone()));
        }
        // After refusals of fresh tokens, one login per step is all there is.
        if held.proven || held.refused || !self.restraint.on_trial() {
            return None;
        }
        held.refused = true;
        self.restraint.fresh_token_refused(now);
        Some(Err(ApiError::new(
            ApiErrorKind::RefusedAfterSignIn,
            Endpoint::Login,
        )))
    }

    pub fn is_current(&self, generation: u64) -> bool {
        self.held
            .as_ref()
            .is_some_and(|held| held.ticket.generation == generation)
    }

    pub fn is_refused(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.refused)
    }

    pub fn due(&mut self, now: Duration) -> Due {
        self.notice_sleep(now);
        let Some(held) = &self.held else {
            return Due::Unknown;
        };
        if held.doubted_until.is_some() {
            return Due::Now;
        }
        let age = now.saturating_sub(held.used_at);
        match KEEP_ALIVE.checked_sub(age).filter(|left| !left.is_zero()) {
            Some(left) => Due::In(left),
            None if held.refused => Due::Unknown,
            None if age < LIFETIME || !held.examined => Due::Now,
            None => Due::Unknown,
        }
    }

    pub fn signed_in(&mut self, token: SecretString, now: Duration) -> Ticket {
        self.generations += 1;
        let ticket = Ticket {
            token,
            generation: self.generations,
        };
        self.held = Some(Held {
            ticket: ticket.clone(),
            used_at: now,
            proven: false,
            refused: false,
            examined: false,
            doubted_until: None,
        });
        self.restraint.login_succeeded();
        ticket
    }

    /// A call that left at `sent_at` was accepted.
    pub fn accepted(&mut self, generation: u64, sent_at: Duration) {
        let Some(held) = self.current(generation) else {
            return;
        };
        held.used_at = held.used_at.max(sent_at);
        held.proven = true;
        held.refused = false;
        held.examined = false;
        held.doubted_until = None;
        self.restraint.token_accepted();
    }

    /// ID360 did not say whether the token counts. `patient`: ask again soon after a sleep, with no call waiting.
    pub fn unclear(&mut self, generation: u64, now: Duration, patient: bool) {
        let Some(held) = self.current(generation) else {
            return;
        };
        held.examined = true;
        if !patient || held.doubted_until.is_some_and(|until| until <= now) {
            held.doubted_until = None;
        }
    }

    /// A token fresh from a login was refused.
    pub fn fresh_refused(&mut self, generation: u64, now: Duration) {
        let Some(held) = self.current(generation) else {
            return;
        };
        held.refused = true;
        self.restraint.fresh_token_refused(now);
    }

    /// The session of a person ended; only they can open another.
    pub fn code_wanted(&mut self) {
        self.held = None;
        self.absence = Absence::CodeWanted;
    }

    /// The token is of no use any more; the next call of an application signs in.
    pub fn drop_token(&mut self) {
        self.held = None;
        self.absence = match self.kind {
            AccountKind::Application => Absence::NotYet,
            AccountKind::User => Absence::CodeWanted,
        };
    }

    pub fn sign_out(&mut self) {
        self.held = None;
        self.absence = Absence::SignedOut;
        self.sign_outs += 1;
    }

    pub fn is_signed_out(&self) -> bool {
        self.held.is_none() && self.absence == Absence::SignedOut
    }

    /// A person signs in again after having signed out.
    pub fn reopen(&mut self) {
        if self.absence == Absence::SignedOut {
            self.absence = Absence::NotYet;
        }
    }

    pub fn state(&mut self, now: Duration) -> SessionState {
        let usable = self.held.as_ref().is_some_and(|held| !held.refused);
        if usable {
            return SessionState::Open;
        }
        let application = self.kind == AccountKind::Application;
        if application
            && self.absence != Absence::SignedOut
            && let Some(remaining) = self.restraint.remaining(now)
        {
            return SessionState::HeldBack { remaining };
        }
        match self.absence {
            Absence::CodeWanted => SessionState::CodeWanted,
            Absence::NotYet | Absence::SignedOut => SessionState::SignedOut,
        }
    }

    fn current(&mut self, generation: u64) -> Option<&mut Held> {
        self.held
            .as_mut()
            .filter(|held| held.ticket.generation == generation)
    }

    /// Tokio's clock stands still while the machine sleeps; the monotonic one does not.
    fn notice_sleep(&mut self, now: Duration) {
        let here = Instant::now();
        let before = self.looked.replace((now, here));
        let Some((then, there)) = before else { return };
        let slept = now
            .saturating_sub(then)
            .saturating_sub(here.saturating_duration_since(there));
        if slept > SLEPT
            && let Some(held) = &mut self.held
        {
            held.doubted_until = Some(now + AFTER_SLEEP);
        }
    }
}

pub fn not_signed_in() -> ApiError {
    ApiError::new(ApiErrorKind::NotSignedIn, Endpoint::Login)
}

pub fn session_expired() -> ApiError {
    ApiError::new(ApiErrorKind::SessionExpired, Endpoint::Login)
}
