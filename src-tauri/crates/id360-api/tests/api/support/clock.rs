//! Tokio's paused clock, with a suspend and a wall clock that can be moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use id360_api::{Clock, TokioClock};

#[derive(Debug)]
pub struct MovableClock {
    tokio: TokioClock,
    slept: AtomicU64,
    wall: AtomicI64,
}

impl MovableClock {
    pub fn new() -> Arc<Self> {
        let start = "2026-03-28T10:00:00Z".parse().unwrap();
        Arc::new(Self {
            tokio: TokioClock::starting_at(start),
            slept: AtomicU64::new(0),
            wall: AtomicI64::new(0),
        })
    }

    /// The machine sleeps: timers stand still, time does not.
    pub fn sleep_machine(&self, time: Duration) {
        self.slept
            .fetch_add(time.as_millis() as u64, Ordering::SeqCst);
    }

    pub fn move_wall(&self, by: TimeDelta) {
        self.wall.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn monotonic(&self) -> Duration {
        self.tokio.monotonic() + Duration::from_millis(self.slept.load(Ordering::SeqCst))
    }

    fn utc(&self) -> DateTime<Utc> {
        self.tokio.utc()
            + Duration::from_millis(self.slept.load(Ordering::SeqCst))
            + TimeDelta::milliseconds(self.wall.load(Ordering::SeqCst))
    }
}
