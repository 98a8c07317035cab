//! How far the verification of the vault is, and how the last one ended.

use chrono::{DateTime, Utc};

use crate::pieces::PieceId;

/// A run under way and the last one that ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerificationMark {
    /// The run that did not end yet, or was stopped.
    pub run: Option<VerificationRun>,
    /// The last run that ended.
    pub last: Option<VerificationEnd>,
}

/// A run that goes on behind a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerificationRun {
    /// The last piece looked at.
    pub after: PieceId,
    /// Pieces looked at.
    pub checked: u64,
    /// Those of them that are not whole.
    pub damaged: u64,
    /// When it began, by our clock.
    pub began_at: DateTime<Utc>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerificationEnd {
    /// When, by our clock.
    pub ended_at: DateTime<Utc>,
    /// Pieces looked at.
    pub checked: u64,
    /// Those of them that are not whole.
    pub damaged: u64,
}
