//! When something was done, and by whom.

use std::sync::Arc;

use chrono::{DateTime, Utc};

/// What every change of the register carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// By our clock.
    pub at: DateTime<Utc>,
    /// Username of the account; `None`: the desk by itself.
    pub by: Option<Arc<str>>,
}

impl Stamp {
    /// Done by a person who is signed in.
    pub fn new(at: DateTime<Utc>, by: impl Into<Arc<str>>) -> Self {
        Self {
            at,
            by: Some(by.into()),
        }
    }

    /// Done by the desk, nobody asking.
    pub fn desk(at: DateTime<Utc>) -> Self {
        Self { at, by: None }
    }
}
