//! How far a pack is: of a selection in dossiers, of one dossier in what is asked for of ID360 and then written.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use dossiers::Progress;

/// Shared by those who gather and who writes.
#[derive(Debug, Clone)]
pub(super) struct Gauge {
    progress: Progress,
    dossiers: u64,
    /// Pieces of the one dossier that are asked for.
    pieces: Arc<AtomicU64>,
}

impl Gauge {
    pub(super) fn new(progress: Progress, dossiers: u64) -> Self {
        Self {
            progress,
            dossiers,
            pieces: Arc::default(),
        }
    }

    pub(super) fn progress(&self) -> &Progress {
        &self.progress
    }

    pub(super) fn dossiers(&self) -> u64 {
        self.dossiers
    }

    /// So many of the pieces that are asked for of a dossier came to something.
    pub(super) fn had(&self, done: u64, pieces: u64) {
        if self.dossiers == 1 {
            self.pieces.store(pieces, Ordering::Relaxed);
            // Whoever asks for the next one sees that it is not wanted any more.
            let _ = self.progress.at(done, pieces + 1);
        }
    }

    /// So many dossiers are written; whether the pack is still wanted.
    pub(super) fn written(&self, dossiers: u64) -> ControlFlow<()> {
        if self.dossiers > 1 {
            return flow(self.progress.at(dossiers, self.dossiers).is_ok());
        }
        let all = self.pieces.load(Ordering::Relaxed) + 1;
        let is_wanted = if dossiers < self.dossiers {
            !self.progress.is_cancelled()
        } else {
            self.progress.at(all, all).is_ok()
        };
        flow(is_wanted)
    }
}

fn flow(goes_on: bool) -> ControlFlow<()> {
    if goes_on {
        ControlFlow::Continue(())
    } else {
        ControlFlow::Break(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    type Told = Arc<Mutex<Vec<(u64, u64)>>>;

    fn gauge(dossiers: u64) -> (Gauge, Told) {
        let told: Arc<Mutex<Vec<_>>> = Arc::default();
        let heard = told.clone();
        let progress = Progress::told_to(move |done, total| {
            heard.lock().unwrap().push((done, total));
        });
        (Gauge::new(progress, dossiers), told)
    }

    #[test]
    fn one_dossier_is_told_in_its_pieces_and_is_whole_once_it_is_written() {
        let (gauge, told) = gauge(1);
        for done in 0..=2 {
            gauge.had(done, 2);
        }
        assert!(gauge.written(0).is_continue() && gauge.written(1).is_continue());
        assert_eq!(*told.lock().unwrap(), [(0, 3), (1, 3), (2, 3), (3, 3)]);
    }

    #[test]
    fn a_selection_is_told_in_dossiers() {
        let (gauge, told) = gauge(2);
        gauge.had(1, 5);
        assert!(gauge.written(1).is_continue());
        assert_eq!(*told.lock().unwrap(), [(1, 2)]);
    }

    #[test]
    fn who_writes_stops_with_the_act() {
        for dossiers in [1, 2] {
            let (gauge, _) = gauge(dossiers);
            gauge.progress().cancel();
            assert!(gauge.written(0).is_break() && gauge.written(1).is_break());
        }
    }
}
