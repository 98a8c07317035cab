//! What the desk does by itself while the register is open, nobody asking.

use std::{sync::Arc, time::Duration};

use dossiers::Progress;
use tokio::{sync::Notify, task::AbortHandle};

use crate::desk::Desk;

/// Between two rounds: deadlines are told in hours.
const ROUND: Duration = Duration::from_secs(60 * 60);
/// The first copy waits until the start is over.
const AFTER_START: Duration = Duration::from_secs(30);

/// The rounds of one open register; they end when it is dropped.
#[derive(Debug)]
pub(crate) struct Housekeeping {
    rounds: AbortHandle,
    progress: Progress,
    asked: Arc<Notify>,
}

impl Housekeeping {
    /// Something that deadlines or the journal's age are reckoned by changed.
    pub(crate) fn look_again(&self) {
        self.asked.notify_one();
    }
}

impl Drop for Housekeeping {
    fn drop(&mut self) {
        // What runs on the register right now holds it open until it looks up.
        self.progress.cancel();
        self.rounds.abort();
    }
}

impl Desk {
    pub(crate) fn begin_housekeeping(&self) -> Housekeeping {
        let progress = Progress::unwatched();
        let asked = Arc::new(Notify::new());
        let rounds = self.clone().keep_house(progress.clone(), asked.clone());
        Housekeeping {
            rounds: tokio::spawn(rounds).abort_handle(),
            progress,
            asked,
        }
    }

    async fn keep_house(self, progress: Progress, asked: Arc<Notify>) {
        self.recover_policies().await;
        self.look_at_deadlines(&progress).await;
        let mut next = tokio::time::Instant::now() + AFTER_START;
        loop {
            tokio::select! {
                () = asked.notified() => {
                    self.look_at_deadlines(&progress).await;
                    self.look_after_journal(progress.clone()).await;
                }
                () = tokio::time::sleep_until(next) => {
                    self.look_at_deadlines(&progress).await;
                    self.back_up_daily(progress.clone()).await;
                    self.look_after_journal(progress.clone()).await;
                    self.verify_by_itself().await;
                    next = tokio::time::Instant::now() + ROUND;
                }
            }
        }
    }

    async fn look_at_deadlines(&self, progress: &Progress) {
        if let Err(error) = self.take_policies(progress.clone()).await {
            tracing::warn!(%error, "the windows of the settings were not taken");
        }
        if let Some(session) = self.session_or_none() {
            self.remember_clock_offset(&session);
        }
        if let Err(error) = self.roll().await {
            tracing::warn!(%error, "deadlines were not moved");
        }
        if let Err(error) = self.warn().await {
            tracing::warn!(%error, "nobody was warned");
        }
    }
}
