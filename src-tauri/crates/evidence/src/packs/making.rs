//! What making a pack comes to.

use std::io;

use super::contents::MissingReason;
use super::page::PdfError;
use super::signing::SignerError;

/// Why no pack was made.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error("the pack could not be written: {}", .0.kind())]
    Io(#[from] io::Error),
    /// An original gave other bytes the second time it was read.
    #[error("an original changed while it was packed")]
    Changed,
    #[error("the pack was not wanted any more")]
    Cancelled,
    #[error(transparent)]
    Signer(#[from] SignerError),
    #[error(transparent)]
    Page(#[from] PageError),
    /// What the caller's own source of dossiers says.
    #[error("a dossier could not be had")]
    Source(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A readable page could not be drawn; a fault of this program.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct PageError(pub(super) PdfError);

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackSummary {
    pub dossiers: u64,
    /// Originals in it.
    pub pieces: u64,
    /// Originals that are not in it.
    pub missing: u64,
    /// Bytes of the archive.
    pub size: u64,
    /// Of the key that signed ([`super::fingerprint`]).
    pub fingerprint: String,
    /// The first of what is missing.
    pub lacking: Vec<Lacking>,
}

/// A piece that is not in the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The desk's own id of the dossier.
    pub dossier: String,
    /// What a person calls it.
    pub label: String,
    pub name: String,
    pub reason: MissingReason,
}

/// What the caller is told between two files, and may stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackProgress {
    /// Whole ones.
    pub dossiers: u64,
    /// Bytes of the archive so far.
    pub written: u64,
}
