//! A damaged register: going on from a copy, or from what the journal of creations knows.
//!
//! Nobody is signed in yet, and nothing can be: this is the unlock screen. The damaged files are kept.

use std::{path::Path, sync::Arc};

use chrono::{DateTime, Utc};
use dossiers::{EmbeddedRegister, OpenError, RegisterKey};

use crate::{
    desk::Desk,
    errors::DeskError,
    views::{
        error::ErrorCode,
        session::{RegisterState, SessionView},
    },
};

impl Desk {
    /// Goes on from the copy of that `BackupView::name`. What was created since comes back from the journal of
    /// creations with its api_keys, what else was done since does not. `RegisterNotDamaged`; `BackupDamaged` for a copy
    /// that is not whole.
    pub async fn restore_backup(
        &self,
        intent_id: &str,
        name: String,
    ) -> Result<SessionView, DeskError> {
        self.long(intent_id, |desk, _| async move {
            desk.mend(true, move |folder, key, now| {
                EmbeddedRegister::restore(folder, key, &name, now).map_err(|error| match error {
                    OpenError::Damaged { .. } => {
                        DeskError::new(ErrorCode::BackupDamaged).because(&error)
                    }
                    error => error.into(),
                })
            })
            .await
        })
        .await
    }

    /// Goes on from the journal of creations alone: the dossiers that it knows, with their api_keys, and nothing else.
    /// `RegisterNotDamaged`; `RegisterDamaged` where that journal is gone too.
    pub async fn rebuild_register(&self, intent_id: &str) -> Result<SessionView, DeskError> {
        self.long(intent_id, |desk, _| async move {
            desk.mend(false, |folder, key, now| {
                Ok(EmbeddedRegister::rebuild(folder, key, now)?)
            })
            .await
        })
        .await
    }

    async fn mend<F>(&self, from_copy: bool, act: F) -> Result<SessionView, DeskError>
    where
        F: FnOnce(&Path, &RegisterKey, DateTime<Utc>) -> Result<EmbeddedRegister, DeskError>
            + Send
            + 'static,
    {
        let turn = self.turn().await;
        let gate = self.gate();
        let key = match (gate.state, gate.key.clone()) {
            (RegisterState::Damaged, Some(key)) => key,
            _ => return Err(DeskError::new(ErrorCode::RegisterNotDamaged)),
        };
        let folder = self.ports().register_folder.clone();
        let now = self.now();
        let opened_with = key.clone();
        let register = tokio::task::spawn_blocking(move || act(&folder, &opened_with, now))
            .await
            .map_err(DeskError::internal)??;
        self.at_opening().note(register.opening(), from_copy);
        self.set_gate(gate.opened(self, Arc::new(register), key));
        drop(turn);
        self.after_opening().await;
        Ok(self.session_view())
    }
}
