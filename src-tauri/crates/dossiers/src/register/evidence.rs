//! What was captured of dossiers, what is still to be, and whether it is what it was.
//!
//! The files themselves are the caller's: each is on the disk under its last name before its row is
//! recorded here.

use chrono::{DateTime, Utc};

use crate::capture::{CaptureEnd, CaptureFilter, CapturePage, CapturePolicies, CaptureTask};
use crate::dossier::DossierId;
use crate::error::Result;
use crate::key::VaultKey;
use crate::pieces::{Integrity, MissingPiece, NewPiece, Piece, PieceId, Shelved};
use crate::progress::Progress;
use crate::query::Selection;
use crate::register::Changed;
use crate::stamp::Stamp;
use crate::verification::{VerificationEnd, VerificationMark};

/// Capturing dossiers and looking after what was captured.
pub trait Evidence {
    /// What files of the vault are encrypted under.
    fn vault_key(&self) -> Result<VaultKey>;

    /// The rules that count.
    fn capture_policies(&self) -> Result<CapturePolicies>;

    /// The rules that count from now on, and every line told by them. Returns how many changed.
    ///
    /// Taken at once and followed in batches, as [`crate::register::Deadlines::set_policies`]. More
    /// that is wanted of a captured dossier makes it wait again; less takes nothing away.
    fn set_capture_policies(
        &self,
        table: &CapturePolicies,
        true_now: DateTime<Utc>,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<u64>;

    /// Finished dossiers that wait for their capture, the closest deadline first. Those whose last
    /// try failed stand behind the others once their time has come, the one that was to be tried
    /// first in front, and get a fourth of the places where both kinds wait.
    fn due_for_capture(
        &self,
        environment: &str,
        true_now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<CaptureTask>>;

    /// When the next of those whose last try failed is to be tried again; `None`: none waits.
    fn next_retry(&self, environment: &str) -> Result<Option<DateTime<Utc>>>;

    /// A person wants them captured, even where something was given up or seems lost, and without
    /// waiting for the next try. Changes nothing for those that are complete with every page as the
    /// report states it, wait without trouble, are not finished, or of which their rule wants nothing.
    fn ask_for_capture(
        &self,
        selection: &Selection,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<Changed>;

    /// The piece is in the vault. A whole one of the same kind and page is not replaced, unless it
    /// is not what the report states and this one is; recording the same piece again changes nothing.
    fn record_piece(&self, id: DossierId, piece: NewPiece, stamp: &Stamp) -> Result<Shelved>;

    /// How a try ended; deadlines follow what is recorded by then.
    /// [`crate::RegisterError::NotFinished`] before ID360 told an end.
    fn end_capture(&self, id: DossierId, end: CaptureEnd, stamp: &Stamp) -> Result<()>;

    /// Pieces that are in the vault and, where the try ended, how: as [`Self::record_piece`] of each
    /// and [`Self::end_capture`], all of it or nothing. What became of each piece, in their order.
    fn record_capture(
        &self,
        id: DossierId,
        pieces: &[NewPiece],
        end: Option<CaptureEnd>,
        stamp: &Stamp,
    ) -> Result<Vec<Shelved>>;

    /// What is captured of a dossier, reports and containers first, then pages in their order.
    fn pieces(&self, id: DossierId) -> Result<Vec<Piece>>;

    /// What of a dossier cannot be had any more, as its capture ended.
    fn missing(&self, id: DossierId) -> Result<Vec<MissingPiece>>;

    /// Captures of one environment or of all, from the `offset`th on.
    fn captures(
        &self,
        environment: Option<&str>,
        which: CaptureFilter,
        offset: u64,
        limit: u64,
        progress: &Progress,
    ) -> Result<CapturePage>;

    /// Pieces in the order of their ids, behind `after`.
    fn vault_files(&self, after: Option<PieceId>, limit: u32) -> Result<Vec<Piece>>;

    /// What a look at one file found, outside a verification of all. A dossier of which a file is not
    /// whole waits for its capture again.
    fn record_integrity(&self, id: PieceId, integrity: Integrity, stamp: &Stamp) -> Result<()>;

    /// What a run found since it last told, in the order of ids; the next run goes on behind them.
    /// Otherwise as [`Self::record_integrity`]; pieces that are gone by now are passed over.
    fn record_verified(&self, checked: &[(PieceId, Integrity)], stamp: &Stamp) -> Result<()>;

    /// Where an unfinished run stands, and the last one that ended.
    fn verification(&self) -> Result<VerificationMark>;

    /// Forgets an unfinished run: the next one begins with the first piece.
    fn restart_verification(&self) -> Result<()>;

    /// The run has looked at every piece.
    fn finish_verification(&self, stamp: &Stamp) -> Result<VerificationEnd>;
}
