//! The sandbox's own time: the machine's, plus whatever a test added.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};

/// Time that only goes forward and can be pushed forward.
///
/// It is read from a monotonic source so that a correction of the machine's clock during a test
/// does not end sessions.
#[derive(Debug)]
pub(crate) struct MovableClock {
    origin: DateTime<Utc>,
    started: Instant,
    offset_seconds: AtomicI64,
}

impl MovableClock {
    /// A clock that starts `offset_seconds` ahead of the machine.
    pub(crate) fn ahead_by(offset_seconds: i64) -> Self {
        Self {
            origin: Utc::now(),
            started: Instant::now(),
            offset_seconds: AtomicI64::new(offset_seconds),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        let elapsed = TimeDelta::from_std(self.started.elapsed()).unwrap_or(TimeDelta::zero());
        self.origin + elapsed + TimeDelta::seconds(self.offset_seconds())
    }

    pub(crate) fn offset_seconds(&self) -> i64 {
        self.offset_seconds.load(Ordering::SeqCst)
    }

    pub(crate) fn advance(&self, seconds: u32) -> DateTime<Utc> {
        self.offset_seconds
            .fetch_add(i64::from(seconds), Ordering::SeqCst);
        self.now()
    }
}
