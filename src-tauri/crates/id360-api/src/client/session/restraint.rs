//! How often the client may sign in by itself: the scarcest call of the program (facts §B.2, quality T-01).

use std::collections::VecDeque;
use std::time::Duration;

use crate::error::{ApiError, ApiErrorKind, Endpoint};

const MINUTE: Duration = Duration::from_secs(60);
/// How long logins wait after a token fresh from a login was refused, and again, and again.
const STEPS: [Duration; 4] = [
    MINUTE,
    Duration::from_secs(2 * 60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(15 * 60),
];
const WINDOW: Duration = Duration::from_secs(60 * 60);
const LOGINS_PER_WINDOW: usize = 6;
/// Calls that waited for a login which failed do not each try their own.
const FENCE: Duration = Duration::from_secs(5);

/// Times are those of [`crate::Clock::monotonic`].
#[derive(Debug, Default)]
pub struct Restraint {
    /// Logins of the last hour, oldest first.
    logins: VecDeque<Duration>,
    steps: usize,
    held_until: Option<Duration>,
    fence: Option<(Duration, ApiError)>,
    /// What only a person can change: a wrong password, a blocked account.
    settled: Option<ApiError>,
}

impl Restraint {
    /// Why the client may not sign in by itself now.
    pub fn refuses(&mut self, now: Duration) -> Option<ApiError> {
        if let Some(error) = &self.settled {
            return Some(error.clone());
        }
        if let Some((until, error)) = &self.fence
            && *until > now
        {
            return Some(error.clone());
        }
        self.remaining(now).map(held_back)
    }

    /// Why nobody may sign in now, a person included.
    pub fn refuses_everyone(&mut self, now: Duration) -> Option<ApiError> {
        self.window_remaining(now).map(held_back)
    }

    /// How long the client holds its own logins back.
    pub fn remaining(&mut self, now: Duration) -> Option<Duration> {
        let step = self.held_until.and_then(|until| until.checked_sub(now));
        let step = step.filter(|left| !left.is_zero());
        step.max(self.window_remaining(now))
    }

    fn window_remaining(&mut self, now: Duration) -> Option<Duration> {
        while self
            .logins
            .front()
            .is_some_and(|&at| now.saturating_sub(at) >= WINDOW)
        {
            self.logins.pop_front();
        }
        if self.logins.len() < LOGINS_PER_WINDOW {
            return None;
        }
        self.logins
            .front()
            .map(|&oldest| (oldest + WINDOW).saturating_sub(now))
    }

    /// A login leaves.
    pub fn login_leaves(&mut self, now: Duration) {
        self.logins.push_back(now);
    }

    /// The login that left last never reached ID360.
    pub fn login_never_left(&mut self) {
        self.logins.pop_back();
    }

    pub fn login_succeeded(&mut self) {
        self.fence = None;
        self.settled = None;
    }

    pub fn login_failed(&mut self, error: &ApiError, now: Duration) {
        match (error.kind, error.retry_after) {
            (ApiErrorKind::AccountBlocked, Some(wait)) => {
                self.fence = Some((now + wait.max(FENCE), error.clone()));
            }
            (
                ApiErrorKind::CredentialsRefused
                | ApiErrorKind::CodeRefused
                | ApiErrorKind::AccountBlocked,
                _,
            ) => self.settled = Some(error.clone()),
            _ => self.fence = Some((now + FENCE, error.clone())),
        }
    }

    /// A token fresh from a login was refused.
    pub fn fresh_token_refused(&mut self, now: Duration) {
        if self.held_until.is_some_and(|until| until > now) {
            return;
        }
        let step = STEPS[self.steps.min(STEPS.len() - 1)];
        self.held_until = Some(now + step);
        self.steps += 1;
    }

    /// Whether the last refusals were of fresh tokens: one login is then all there is per step.
    pub fn on_trial(&self) -> bool {
        self.steps > 0
    }

    /// ID360 accepted a token.
    pub fn token_accepted(&mut self) {
        self.steps = 0;
        self.held_until = None;
    }
}

fn held_back(remaining: Duration) -> ApiError {
    let mut error = ApiError::new(ApiErrorKind::LoginHeldBack, Endpoint::Login);
    error.retry_after = Some(remaining);
    error
}
