//! How fast all looks together may go, and when none may.

use std::time::Duration;

use super::rhythm;

/// Between the starts of two looks: ten thousand imported dossiers do not flood ID360.
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// Why no look starts now.
#[derive(Debug, Default)]
pub(super) struct Pace {
    next: Duration,
    /// Looks in a row that failed for a reason all share.
    failures: u32,
    /// A person has to sign in first.
    halted: bool,
}

impl Pace {
    /// From when on a look may start; `None` while a person has to sign in.
    pub(super) fn next(&self) -> Option<Duration> {
        (!self.halted).then_some(self.next)
    }

    pub(super) fn started(&mut self, now: Duration) {
        self.next = self.next.max(now + BETWEEN_LOOKS);
    }

    pub(super) fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// ID360 cannot be reached, or refuses everything.
    pub(super) fn failed_for_all(&mut self, now: Duration, asked_to_wait: Option<Duration>) {
        self.failures += 1;
        let pause = asked_to_wait
            .unwrap_or_default()
            .max(rhythm::pause_of_all(self.failures));
        self.next = self.next.max(now + pause);
    }

    pub(super) fn halt(&mut self) {
        self.halted = true;
    }

    /// Somebody signed in, or the network may be back: worth one look.
    pub(super) fn go_on(&mut self, now: Duration) {
        if std::mem::take(&mut self.halted) {
            self.failures = 0;
            self.next = now;
        }
    }
}
