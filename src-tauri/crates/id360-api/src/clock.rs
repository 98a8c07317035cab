//! Time comes in through a trait, so that tests can move it.

use std::fmt::Debug;
use std::time::Duration;

use chrono::{DateTime, Utc};

/// The two clocks the client needs.
pub trait Clock: Send + Sync + Debug {
    /// Time since some fixed point. Never goes back, and counts the time the machine slept.
    fn monotonic(&self) -> Duration;
    /// Wall-clock time, which may jump; never used for the age of a token.
    fn utc(&self) -> DateTime<Utc>;
}

/// The clocks of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[cfg(target_os = "linux")]
    fn monotonic(&self) -> Duration {
        // `std::time::Instant` stands still during suspend on Linux; a token does not.
        let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        Duration::new(
            u64::try_from(now.tv_sec).unwrap_or_default(),
            u32::try_from(now.tv_nsec).unwrap_or_default(),
        )
    }

    #[cfg(not(target_os = "linux"))]
    fn monotonic(&self) -> Duration {
        use std::sync::OnceLock;
        use std::time::Instant;
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    fn utc(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Follows tokio's clock, which a test can pause and advance.
#[derive(Clone, Copy, Debug)]
pub struct TokioClock {
    start: tokio::time::Instant,
    utc_at_start: DateTime<Utc>,
}

impl TokioClock {
    pub fn starting_at(utc: DateTime<Utc>) -> Self {
        Self {
            start: tokio::time::Instant::now(),
            utc_at_start: utc,
        }
    }
}

impl Default for TokioClock {
    fn default() -> Self {
        Self::starting_at(Utc::now())
    }
}

impl Clock for TokioClock {
    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }

    fn utc(&self) -> DateTime<Utc> {
        self.utc_at_start + self.start.elapsed()
    }
}
