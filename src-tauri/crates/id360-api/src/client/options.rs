//! What a client can be told, with the defaults of the product.

use std::sync::Arc;
use std::time::Duration;

use super::limiter::Limiter;
use crate::clock::{Clock, SystemClock};

/// Time limits of one attempt (quality N-04).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Name, connection and TLS.
    pub connect: Duration,
    /// From the start of the attempt to the headers of the answer.
    pub headers: Duration,
    /// Between two pieces of a body.
    pub idle: Duration,
    /// A body may be slower than [`Timeouts::slowest`] for this long.
    pub grace: Duration,
    /// Bytes per second a body must reach on average after the grace. Ends a server that drips.
    pub slowest: u64,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            headers: Duration::from_secs(30),
            idle: Duration::from_secs(30),
            grace: Duration::from_secs(30),
            slowest: 4096,
        }
    }
}

/// Largest bodies that are read, in bytes (quality E-07).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caps {
    pub login: u64,
    pub create: u64,
    /// Report, archived report, expected data, status.
    pub report: u64,
    /// A document page; a process with liveness videos may want 512 MiB.
    pub document: u64,
    pub idclaim: u64,
    pub report_pdf: u64,
}

impl Default for Caps {
    fn default() -> Self {
        const KIB: u64 = 1 << 10;
        const MIB: u64 = 1 << 20;
        Self {
            login: 64 * KIB,
            create: 256 * KIB,
            report: 16 * MIB,
            document: 64 * MIB,
            idclaim: 64 * MIB,
            report_pdf: 64 * MIB,
        }
    }
}

/// How many calls may be under way at once, logins and keep-alive aside. Clones are the same places.
#[derive(Clone, Debug)]
pub struct Places(pub(super) Arc<Limiter>);

impl Places {
    pub fn new(calls: usize) -> Self {
        Self(Arc::new(Limiter::new(calls)))
    }
}

impl Default for Places {
    fn default() -> Self {
        Self::new(4)
    }
}

/// Options of a client.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    pub clock: Arc<dyn Clock>,
    pub timeouts: Timeouts,
    pub caps: Caps,
    /// Given to every client of an environment, they hold for all of them together.
    pub places: Places,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            timeouts: Timeouts::default(),
            caps: Caps::default(),
            places: Places::default(),
        }
    }
}
