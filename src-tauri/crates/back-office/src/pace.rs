//! How fast everything that nobody waits for may go together, and when none of it may.

use std::time::Duration;

use id360_api::SessionState;

use crate::{errors::DeskError, sessions::Session, views::error::ErrorCode};

/// Why nothing starts now.
#[derive(Debug)]
pub(crate) struct Pace {
    /// Between two starts.
    between: Duration,
    next: Duration,
    /// In a row, for a reason all share.
    failures: u32,
    /// In a row, each of which may have been one dossier's own.
    doubtful: u32,
    /// A person has to sign in first.
    halted: bool,
}

/// Whose a failure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Everything would fail now; the pace knows.
    Everybodys,
    /// The dossier's, or everybody's.
    Either,
    Own,
}

impl Pace {
    pub(crate) fn new(between: Duration) -> Self {
        Self {
            between,
            next: Duration::ZERO,
            failures: 0,
            doubtful: 0,
            halted: false,
        }
    }

    /// From when on something may start; `None` while a person has to sign in.
    pub(crate) fn next(&self) -> Option<Duration> {
        (!self.halted).then_some(self.next)
    }

    /// Nothing starts, for a reason all share.
    pub(crate) fn is_held(&self) -> bool {
        self.halted || self.failures > 0
    }

    pub(crate) fn started(&mut self, now: Duration) {
        self.next = self.next.max(now + self.between);
    }

    /// One failed, and it may be the dossier's own fault. How many in a row.
    pub(crate) fn failed_maybe_for_all(&mut self) -> u32 {
        self.doubtful += 1;
        self.doubtful
    }

    pub(crate) fn succeeded(&mut self) {
        self.failures = 0;
        self.doubtful = 0;
    }

    /// ID360 cannot be reached, or refuses everything.
    pub(crate) fn failed_for_all(&mut self, now: Duration, asked_to_wait: Option<Duration>) {
        self.failures += 1;
        let pause = asked_to_wait
            .unwrap_or_default()
            .max(pause_of_all(self.failures));
        self.next = self.next.max(now + pause);
    }

    pub(crate) fn halt(&mut self) {
        self.halted = true;
    }

    /// Somebody signed in, or the network may be back: worth one look.
    pub(crate) fn go_on(&mut self, now: Duration) {
        if std::mem::take(&mut self.halted) {
            self.failures = 0;
            self.next = now;
        }
    }

    /// Slows or stops everything where the failure is no dossier's own.
    pub(crate) fn blame(&mut self, error: &DeskError, session: &Session, now: Duration) -> Fault {
        use ErrorCode as E;
        match error.code {
            E::LoginHeldBack | E::RateLimited | E::Unreachable | E::CertificateRefused => {
                self.failed_for_all(now, asked_to_wait(error));
                Fault::Everybodys
            }
            E::SessionExpired
            | E::NotSignedIn
            | E::CredentialsRefused
            | E::CodeRefused
            | E::AccountBlocked
            | E::RefusedAfterSignIn => {
                match session.client.session() {
                    SessionState::HeldBack { remaining } => {
                        self.failed_for_all(now, Some(remaining));
                    }
                    SessionState::Open => self.failed_for_all(now, asked_to_wait(error)),
                    SessionState::CodeWanted | SessionState::SignedOut => self.halt(),
                }
                Fault::Everybodys
            }
            E::RegisterClosed => {
                self.failed_for_all(now, None);
                Fault::Everybodys
            }
            E::ProviderIncident | E::TimedOut => Fault::Either,
            _ => Fault::Own,
        }
    }
}

/// What ID360 asked for with the failure.
pub(crate) fn asked_to_wait(error: &DeskError) -> Option<Duration> {
    let seconds = error.params.get("seconds")?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// After the `failures`-th failure in a row for a reason all share.
fn pause_of_all(failures: u32) -> Duration {
    Duration::from_secs(match failures {
        0 | 1 => 5,
        2 => 15,
        3 => 60,
        _ => 5 * 60,
    })
}
