//! Calling back whoever launched a dossier and went on to something else.

use std::{collections::HashSet, sync::Mutex};

use dossiers::DossierId;

use crate::{
    desk::{Desk, dossier_id, locked},
    errors::DeskError,
};

/// Whose verdict somebody at this desk waits for.
#[derive(Debug, Default)]
pub(crate) struct Awaited(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Launched in this run of the program: who starts it in the morning is not called for each one of the night.
    launched: HashSet<DossierId>,
    /// Looked at right now, in a window that has the focus.
    watched: Option<DossierId>,
}

impl Desk {
    /// The window says that a dossier is looked at, or no longer.
    pub fn watch_dossier(&self, id: &str, watching: bool) -> Result<(), DeskError> {
        let id = dossier_id(id)?;
        let mut state = locked(&self.awaited().0);
        if watching {
            state.watched = Some(id);
        } else {
            // Words of two screens may cross on their way.
            state.watched.take_if(|watched| *watched == id);
        }
        Ok(())
    }

    pub(crate) fn await_verdict(&self, id: DossierId) {
        locked(&self.awaited().0).launched.insert(id);
    }

    /// One notification without a name when it ended and nobody sees it.
    pub(super) fn call_back(&self, id: DossierId) {
        let mut state = locked(&self.awaited().0);
        let seen = state.watched == Some(id) && !self.is_locked();
        let preferences = self.preferences();
        if state.launched.remove(&id) && !seen && preferences.notifications {
            let desk = self.clone();
            tokio::spawn(async move { desk.ports().notifier.ended(preferences.language).await });
        }
    }
}
