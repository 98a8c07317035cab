//! When something was done, and by whom.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

/// What every change of the register carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// By our clock.
    pub at: DateTime<Utc>,
    /// Username of the account; `None`: the desk by itself.
    pub by: Option<Arc<str>>,
    /// ID360's clock minus ours, as far as it is known.
    pub server_offset: TimeDelta,
}

impl Stamp {
    /// Done by a person who is signed in.
    pub fn new(at: DateTime<Utc>, by: impl Into<Arc<str>>) -> Self {
        Self {
            at,
            by: Some(by.into()),
            server_offset: TimeDelta::zero(),
        }
    }

    /// Done by the desk, nobody asking.
    pub fn desk(at: DateTime<Utc>) -> Self {
        Self {
            at,
            by: None,
            server_offset: TimeDelta::zero(),
        }
    }

    /// The same, where ID360's clock is that far ahead of ours.
    pub fn with_server_offset(self, server_offset: TimeDelta) -> Self {
        Self {
            server_offset,
            ..self
        }
    }

    /// By ID360's clock.
    pub(crate) fn true_at(&self) -> DateTime<Utc> {
        self.at
            .checked_add_signed(self.server_offset)
            .unwrap_or(self.at)
    }
}
