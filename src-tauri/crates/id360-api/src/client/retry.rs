//! The retry table: what may be sent again, per endpoint and never per verb (quality 1.2). A discontinue is a GET.

use std::sync::Mutex;
use std::time::Duration;

use rand::RngExt as _;

use crate::error::{ApiError, ApiErrorKind, Endpoint};

/// Attempts of a read in all.
pub const ATTEMPTS: u32 = 3;

/// The longest wait a server may ask for before the call gives up.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);
const FIRST_BACKOFF: Duration = Duration::from_secs(1);
const LONGEST_BACKOFF: Duration = Duration::from_secs(20);

/// What the table says about one endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Passing faults are a reason to ask again.
    pub reads: bool,
    /// A 401, which proves that nothing was processed, leads to one more attempt with a new token.
    pub resent_after_sign_in: bool,
    /// A redirection to the same address with or without its final slash is worth one attempt (facts §J.4).
    pub other_slash: bool,
}

pub fn policy(endpoint: Endpoint) -> Policy {
    match endpoint {
        Endpoint::Whoami
        | Endpoint::EnrollmentInfo
        | Endpoint::Report
        | Endpoint::ArchivedReport
        | Endpoint::ReportPdf
        | Endpoint::DocumentPage
        | Endpoint::Idclaim => Policy {
            reads: true,
            resent_after_sign_in: true,
            other_slash: true,
        },
        Endpoint::CreateEnrollment | Endpoint::PushExpected => Policy {
            reads: false,
            resent_after_sign_in: true,
            other_slash: false,
        },
        // Single use, irreversible, and the call that counts against us.
        Endpoint::EnrollmentStatus | Endpoint::Discontinue | Endpoint::Login => Policy {
            reads: false,
            resent_after_sign_in: false,
            other_slash: false,
        },
    }
}

/// How long to wait before asking again, if this error is worth it. `attempt` counts from 1.
pub fn wait_after(error: &ApiError, attempt: u32) -> Option<Duration> {
    let passing_status = matches!(error.status, Some(408 | 429 | 500 | 502 | 503 | 504));
    let passing = passing_status
        || matches!(
            error.kind,
            ApiErrorKind::Unreachable
                | ApiErrorKind::TimedOut
                | ApiErrorKind::ConnectionLost
                | ApiErrorKind::Truncated { .. }
        );
    if !passing {
        return None;
    }
    match error.retry_after {
        Some(asked) if asked > LONGEST_RETRY_AFTER => None,
        // Everybody was told the same time.
        Some(asked) => Some(asked + full_jitter(FIRST_BACKOFF)),
        None => Some(full_jitter(backoff(attempt))),
    }
}

/// Before jitter: 1, 2, 4, … up to 20 seconds. `attempt` counts from 1.
pub fn backoff(attempt: u32) -> Duration {
    let doublings = attempt.saturating_sub(1).min(16);
    FIRST_BACKOFF
        .saturating_mul(1 << doublings)
        .min(LONGEST_BACKOFF)
}

/// Anything from nothing to all of it.
pub fn full_jitter(longest: Duration) -> Duration {
    longest.mul_f64(rand::rng().random::<f64>())
}

/// Keeps retries from making an outage worse: each one costs, each success gives a little back.
#[derive(Debug)]
pub struct Budget {
    left: Mutex<u32>,
}

impl Budget {
    const FULL: u32 = 400;
    const RETRY: u32 = 5;
    const RETRY_AFTER_TIMEOUT: u32 = 10;

    pub fn full() -> Self {
        Self {
            left: Mutex::new(Self::FULL),
        }
    }

    /// Takes the price of one retry; `false` when the purse is empty.
    pub fn spend(&self, error: &ApiError) -> bool {
        let price = match error.kind {
            ApiErrorKind::TimedOut => Self::RETRY_AFTER_TIMEOUT,
            _ => Self::RETRY,
        };
        let mut left = lock(&self.left);
        match left.checked_sub(price) {
            Some(rest) => {
                *left = rest;
                true
            }
            None => false,
        }
    }

    pub fn succeeded(&self) {
        let mut left = lock(&self.left);
        *left = (*left + 1).min(Self::FULL);
    }
}

fn lock(left: &Mutex<u32>) -> std::sync::MutexGuard<'_, u32> {
    left.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
