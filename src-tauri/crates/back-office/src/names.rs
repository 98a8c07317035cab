//! Names of many customers at once: masked where the desk's policy says so, whole again on a person's word, once that
//! word is in the journal. The page of one dossier is whole: it is opened on purpose.

use std::sync::{Arc, Mutex, Weak};

use dossiers::Act;

use crate::{
    desk::{Desk, locked},
    errors::DeskError,
    sessions::Session,
    views::{
        error::ErrorCode,
        policy::ManagedSetting,
        session::{NamesShown, SessionView},
        settings::SettingsView,
    },
};

/// For whom names were made whole. Ends with their session, whatever ends it.
#[derive(Debug, Default)]
pub(crate) struct Reveal {
    state: Mutex<State>,
    /// Two presses are one act.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    to: Weak<Session>,
    /// Counts the ends: what was asked before one reveals nothing after it.
    ends: u64,
}

impl Reveal {
    pub(crate) fn end(&self) {
        let mut state = locked(&self.state);
        state.to = Weak::new();
        state.ends += 1;
    }

    fn ends(&self) -> u64 {
        locked(&self.state).ends
    }

    fn begin(&self, to: &Arc<Session>, ends: u64) {
        let mut state = locked(&self.state);
        if state.ends == ends {
            state.to = Arc::downgrade(to);
        }
    }

    fn to(&self) -> Option<Arc<Session>> {
        locked(&self.state).to.upgrade()
    }
}

impl Desk {
    /// How names read where several dossiers are shown.
    pub(crate) fn names_shown(&self) -> NamesShown {
        let is_open = |session: Arc<Session>| {
            let accounts = self.accounts();
            accounts.all().any(|open| Arc::ptr_eq(open, &session))
        };
        if !self.preferences().mask_names {
            NamesShown::Whole
        } else if self.reveal().to().is_some_and(is_open) {
            NamesShown::Revealed
        } else {
            NamesShown::Masked
        }
    }

    /// Until the desk locks, the session ends or they are masked again.
    ///
    /// # Errors
    /// `NotSignedIn`, `Locked`, or why the journal does not take the act: then names stay masked.
    pub async fn reveal_names(&self, wanted: bool) -> Result<SessionView, DeskError> {
        if wanted {
            self.begin_reveal().await?;
        } else {
            self.reveal().end();
        }
        self.announce_session();
        Ok(self.session_view())
    }

    async fn begin_reveal(&self) -> Result<(), DeskError> {
        let _one = self.reveal().asking.lock().await;
        if self.names_shown() != NamesShown::Masked {
            return Ok(());
        }
        let session = self.session()?;
        let ends = self.reveal().ends();
        if self.is_locked() {
            return Err(DeskError::new(ErrorCode::Locked));
        }
        self.note(Act::Revealed, "list".to_owned()).await?;
        self.reveal().begin(&session, ends);
        Ok(())
    }

    /// Whether lists mask names, e-mail addresses and phone numbers.
    pub async fn set_mask_names(&self, wanted: bool) -> Result<SettingsView, DeskError> {
        self.may_change(ManagedSetting::MaskNames)?;
        let before = self.preferences().mask_names;
        if before != wanted {
            let detail = format!("mask_names {before} to {wanted}");
            self.note(Act::SettingsChanged, detail).await?;
            self.reveal().end();
        }
        self.change_preferences(|known| known.mask_names = wanted);
        self.announce_session();
        Ok(self.settings())
    }
}
