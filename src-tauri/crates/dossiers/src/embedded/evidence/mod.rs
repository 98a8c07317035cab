//! What was captured, what is still to be, and whether it is what it was.

mod captures;
mod ending;
mod pieces;
mod policies;
mod queue;
mod verification;

use chrono::{DateTime, Utc};

use super::EmbeddedRegister;
use crate::act::Act;
use crate::capture::{CaptureEnd, CaptureFilter, CapturePage, CapturePolicies, CaptureTask};
use crate::dossier::DossierId;
use crate::error::Result;
use crate::key::VaultKey;
use crate::pieces::{Integrity, MissingPiece, NewPiece, Piece, PieceId, Shelved};
use crate::progress::Progress;
use crate::query::Selection;
use crate::register::{Changed, Deadlines, Evidence};
use crate::stamp::Stamp;
use crate::store::{capture_policies, lines, vault};
use crate::verification::{VerificationEnd, VerificationMark};

impl Evidence for EmbeddedRegister {
    fn vault_key(&self) -> Result<VaultKey> {
        self.look(vault::key)
    }

    fn capture_policies(&self) -> Result<CapturePolicies> {
        self.glance(|db| Ok(capture_policies::read(db)?))
    }

    fn set_capture_policies(
        &self,
        table: &CapturePolicies,
        true_now: DateTime<Utc>,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<u64> {
        self.take_capture_policies(table, true_now, stamp)?;
        let changed = self.tell_anew(None, progress)?;
        Ok(changed + self.roll(true_now)?)
    }

    fn due_for_capture(
        &self,
        environment: &str,
        true_now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<CaptureTask>> {
        self.roll(true_now)?;
        self.read(&Progress::unwatched(), |db| {
            queue::due(db, environment, true_now.timestamp(), limit as usize)
        })
    }

    fn next_retry(&self, environment: &str) -> Result<Option<DateTime<Utc>>> {
        self.glance(|db| queue::next_retry(db, environment))
    }

    fn ask_for_capture(
        &self,
        selection: &Selection,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<Changed> {
        self.mark(selection, Act::CaptureAsked, progress, stamp, queue::ask)
    }

    fn record_piece(&self, id: DossierId, piece: NewPiece, stamp: &Stamp) -> Result<Shelved> {
        self.change_in_company(|transaction| pieces::record(transaction, id, &piece, stamp))
    }

    fn end_capture(&self, id: DossierId, end: CaptureEnd, stamp: &Stamp) -> Result<()> {
        self.change_in_company(|transaction| ending::end(transaction, id, end, stamp))
    }

    fn record_capture(
        &self,
        id: DossierId,
        captured: &[NewPiece],
        end: Option<CaptureEnd>,
        stamp: &Stamp,
    ) -> Result<Vec<Shelved>> {
        self.change_in_company(|transaction| {
            let shelved = pieces::record_all(transaction, id, captured, stamp)?;
            if let Some(end) = end {
                ending::end(transaction, id, end, stamp)?;
            }
            Ok(shelved)
        })
    }

    fn pieces(&self, id: DossierId) -> Result<Vec<Piece>> {
        self.glance(|db| pieces::of_line(db, lines::require(db, id)?.line))
    }

    fn missing(&self, id: DossierId) -> Result<Vec<MissingPiece>> {
        self.glance(|db| ending::missing(db, lines::require(db, id)?.line))
    }

    fn captures(
        &self,
        environment: Option<&str>,
        which: CaptureFilter,
        offset: u64,
        limit: u64,
        progress: &Progress,
    ) -> Result<CapturePage> {
        self.read(progress, |db| {
            captures::page(db, environment, which, offset, limit)
        })
    }

    fn vault_files(&self, after: Option<PieceId>, limit: u32) -> Result<Vec<Piece>> {
        self.glance(|db| pieces::behind(db, after, limit))
    }

    fn record_integrity(&self, id: PieceId, integrity: Integrity, stamp: &Stamp) -> Result<()> {
        self.change(|transaction| verification::note(transaction, id, integrity, stamp).map(drop))
    }

    fn record_verified(&self, checked: &[(PieceId, Integrity)], stamp: &Stamp) -> Result<()> {
        self.change(|transaction| verification::go_on(transaction, checked, stamp))
    }

    fn verification(&self) -> Result<VerificationMark> {
        self.look(verification::mark)
    }

    fn restart_verification(&self) -> Result<()> {
        self.change(verification::forget_run)
    }

    fn finish_verification(&self, stamp: &Stamp) -> Result<VerificationEnd> {
        self.change(|transaction| verification::finish(transaction, stamp))
    }
}
