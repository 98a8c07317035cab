//! The two ways a report writes a moment (facts §F.1, §F.4).

use chrono::{DateTime, Utc};

/// `2025-11-12T09:00:03.400000`: microseconds, no zone.
pub(crate) fn naive(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6f").to_string()
}

/// `2025-11-12T09:00:03.400000Z`.
pub(crate) fn zoned(at: DateTime<Utc>) -> String {
    format!("{}Z", naive(at))
}
