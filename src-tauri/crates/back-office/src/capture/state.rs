//! Whether capture may go on, and which dossiers are being captured.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use dossiers::DossierId;
use tokio::sync::Notify;

use crate::{desk::locked, views::error::ErrorCode};

/// Between two looks at a disk that took nothing.
const UNTIL_NEXT_PROBE: Duration = Duration::from_secs(30);

/// Shared by everything that captures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Captures {
    state: Arc<Mutex<State>>,
    /// Whenever a dossier's capture ends.
    given_back: Arc<Notify>,
}

#[derive(Debug, Default)]
struct State {
    /// Kept in memory only: a pause that outlives the desk would lose evidence.
    paused: bool,
    /// Why the disk takes nothing, and when it is tried again.
    refused: Option<(ErrorCode, Duration)>,
    running: HashSet<DossierId>,
}

/// What the queue may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Open,
    /// One dossier, to see whether the disk takes it.
    Probe,
    Blocked {
        until: Duration,
    },
    Paused,
}

impl Turn {
    /// Dossiers that may be under way.
    pub(super) fn most(self, open: usize) -> usize {
        match self {
            Self::Open => open,
            Self::Probe => 1,
            Self::Blocked { .. } | Self::Paused => 0,
        }
    }
}

/// One dossier's capture; given back when dropped, however it ends.
#[derive(Debug)]
pub(crate) struct Place {
    captures: Captures,
    dossier: DossierId,
}

impl Drop for Place {
    fn drop(&mut self) {
        locked(&self.captures.state).running.remove(&self.dossier);
        self.captures.given_back.notify_waiters();
    }
}

impl Captures {
    /// `None`: it is being captured already.
    pub(crate) fn begin(&self, dossier: DossierId) -> Option<Place> {
        let free = locked(&self.state).running.insert(dossier);
        free.then(|| Place {
            captures: self.clone(),
            dossier,
        })
    }

    /// After whoever captures it now.
    pub(super) async fn begin_in_turn(&self, dossier: DossierId) -> Place {
        loop {
            let mut given_back = std::pin::pin!(self.given_back.notified());
            // Before the look: a place that is given back in between is heard.
            given_back.as_mut().enable();
            if let Some(place) = self.begin(dossier) {
                return place;
            }
            given_back.await;
        }
    }

    pub(crate) fn is_running(&self, dossier: DossierId) -> bool {
        locked(&self.state).running.contains(&dossier)
    }

    /// Something is being captured.
    pub(crate) fn is_busy(&self) -> bool {
        !locked(&self.state).running.is_empty()
    }

    pub(super) fn running(&self) -> usize {
        locked(&self.state).running.len()
    }

    pub(super) fn pause(&self, paused: bool) {
        locked(&self.state).paused = paused;
    }

    pub(super) fn is_paused(&self) -> bool {
        locked(&self.state).paused
    }

    pub(super) fn refusal(&self) -> Option<ErrorCode> {
        locked(&self.state).refused.map(|(code, _)| code)
    }

    pub(super) fn disk_refused(&self, code: ErrorCode, now: Duration) {
        locked(&self.state).refused = Some((code, now + UNTIL_NEXT_PROBE));
    }

    pub(super) fn disk_takes_again(&self) {
        locked(&self.state).refused = None;
    }

    pub(super) fn turn(&self, now: Duration) -> Turn {
        let state = locked(&self.state);
        match state.refused {
            _ if state.paused => Turn::Paused,
            None => Turn::Open,
            Some((_, until)) if until > now => Turn::Blocked { until },
            Some(_) => Turn::Probe,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_dossier_is_captured_once_at_a_time() {
        let captures = Captures::default();
        let id = DossierId(Uuid::from_u128(1));
        let place = captures.begin(id);
        assert!(place.is_some() && captures.begin(id).is_none());
        drop(place);
        assert!(captures.begin(id).is_some());
    }

    #[tokio::test]
    async fn a_person_who_captures_what_is_being_captured_gets_their_turn_when_it_ends() {
        let captures = Captures::default();
        let id = DossierId(Uuid::from_u128(1));
        let place = captures.begin(id);
        let waiting = captures.clone();
        let waits = tokio::spawn(async move { waiting.begin_in_turn(id).await });
        tokio::task::yield_now().await;
        assert!(!waits.is_finished());
        drop(place);
        let place = waits.await.unwrap();
        assert!(captures.is_running(id));
        drop(place);
        assert!(!captures.is_running(id));
    }

    #[test]
    fn a_full_disk_is_tried_again_with_one_dossier_and_a_pause_goes_before_it() {
        let captures = Captures::default();
        let second = Duration::from_secs;
        captures.disk_refused(ErrorCode::DiskFull, second(0));
        assert_eq!(captures.turn(second(29)).most(4), 0);
        assert_eq!(captures.turn(second(30)).most(4), 1);
        captures.pause(true);
        assert_eq!(captures.turn(second(30)), Turn::Paused);
        captures.pause(false);
        captures.disk_takes_again();
        assert_eq!(captures.turn(second(31)).most(4), 4);
    }
}
