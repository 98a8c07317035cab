//! The last checks: what was judged is what is shown and saved afterwards, whatever happens to the file meanwhile.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use asice::Report;
use bytes::Bytes;
use dossiers::DossierId;
use evidence::packs::PackVerdict;
use uuid::Uuid;

use crate::{
    desk::{Desk, locked},
    errors::DeskError,
    views::{checking::FileCheck, error::ErrorCode},
};

/// One on the screen for a file, one in a dossier, and one to come back to.
const KEPT: usize = 3;

#[derive(Debug)]
pub(super) struct Held {
    pub(super) id: Uuid,
    pub(super) check: FileCheck,
    pub(super) what: HeldWhat,
    /// The dossier that the container was received for.
    pub(super) dossier: Option<DossierId>,
}

pub(super) enum HeldWhat {
    Container { bytes: Bytes, report: Arc<Report> },
    Pack(PackVerdict),
    Other,
}

impl std::fmt::Debug for HeldWhat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Container { .. } => "Container",
            Self::Pack(_) => "Pack",
            Self::Other => "Other",
        })
    }
}

#[derive(Debug, Default)]
pub(crate) struct HeldChecks(Mutex<VecDeque<Arc<Held>>>);

impl HeldChecks {
    pub(super) fn keep(&self, held: Held) {
        let mut kept = locked(&self.0);
        kept.push_back(Arc::new(held));
        if kept.len() > KEPT {
            kept.pop_front();
        }
    }

    /// Those of dossiers go with the session; a file that somebody brought stays on the screen.
    pub(crate) fn clear_claims(&self) {
        locked(&self.0).retain(|held| held.dossier.is_none());
    }

    pub(crate) fn clear(&self) {
        locked(&self.0).clear();
    }
}

impl Desk {
    /// `NotFound` when it was long ago.
    pub(super) fn held_check(&self, check_id: &str) -> Result<Arc<Held>, DeskError> {
        let gone = || DeskError::new(ErrorCode::NotFound);
        let id: Uuid = check_id.parse().map_err(|_| gone())?;
        let kept = locked(&self.held_checks().0);
        kept.iter()
            .find(|held| held.id == id)
            .cloned()
            .ok_or_else(gone)
    }
}
