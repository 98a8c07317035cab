//! Opening the register: where its key is, and what to do when it is not there.
//!
//! Never a new key over an existing register, never a register without encryption, never a change to
//! a file that could not be opened (quality.md D-02).

mod keys;
mod locking;
mod opening;

use std::sync::Arc;

use dossiers::{
    CreationState, EmbeddedRegister, OpenError, Opening, Register, RegisterKey, passphrase,
};
use secrecy::{ExposeSecret, SecretString};

use self::keys::{KeptKeys, off_thread};
pub(crate) use self::{
    keys::{PASSPHRASE_FILE, Protection},
    locking::Lock,
    opening::FoundAtOpening,
};
use crate::{
    desk::Desk,
    errors::DeskError,
    launch::understood,
    ports::SecretStoreError,
    store::Housekeeping,
    views::session::{KeychainState, RegisterState, SessionView},
};

/// Shortest passphrase accepted, in characters.
const SHORTEST_PASSPHRASE: usize = 12;

/// The register, or why it is closed.
#[derive(Debug, Clone)]
pub struct RegisterGate {
    register: Option<Arc<dyn Register>>,
    pub state: RegisterState,
    pub keychain: KeychainState,
    /// The register's own, once it is known, whether or not it opens.
    pub(crate) key: Option<RegisterKey>,
    pub(crate) protection: Protection,
    /// Ends with the last copy of an open gate.
    housekeeping: Option<Arc<Housekeeping>>,
}

impl Default for RegisterGate {
    fn default() -> Self {
        Self::closed(RegisterState::KeyUnreachable, KeychainState::Missing)
    }
}

impl RegisterGate {
    pub(crate) fn closed(state: RegisterState, keychain: KeychainState) -> Self {
        Self {
            register: None,
            state,
            keychain,
            key: None,
            protection: Protection::default(),
            housekeeping: None,
        }
    }

    pub(crate) fn opened(self, desk: &Desk, register: Arc<dyn Register>, key: RegisterKey) -> Self {
        Self {
            register: Some(register),
            state: RegisterState::Open,
            key: Some(key),
            housekeeping: Some(Arc::new(desk.begin_housekeeping())),
            ..self
        }
    }

    /// Without its register, but as it stood: it comes back in a moment.
    pub(crate) fn shut(self) -> Self {
        Self {
            register: None,
            housekeeping: None,
            ..self
        }
    }

    /// Open until a look at it met damage.
    pub(crate) fn found_damaged(self) -> Self {
        Self {
            state: RegisterState::Damaged,
            ..self.shut()
        }
    }

    /// Deadlines and the journal are looked at again: the windows of the settings, or what is known of ID360's
    /// clock, changed.
    pub(crate) fn look_again(&self) {
        if let Some(housekeeping) = &self.housekeeping {
            housekeeping.look_again();
        }
    }

    pub fn register(&self) -> Option<Arc<dyn Register>> {
        self.register.clone()
    }
}

/// An open register and what opening it found, or why it stays closed.
type Opened = (RegisterState, Option<(Arc<dyn Register>, Opening)>);

impl Desk {
    /// Looks at the keychain and opens the register if it can be. Safe to call again.
    pub(crate) async fn open_register(&self) {
        let turn = self.turn().await;
        if self.gate().register().is_some() {
            return;
        }
        let keychain = match self.ports().secrets.probe().await {
            Ok(()) => KeychainState::Available,
            Err(SecretStoreError::Missing) => KeychainState::Missing,
            Err(SecretStoreError::Locked) => KeychainState::Locked,
            Err(SecretStoreError::Refusing) => KeychainState::Refusing,
        };
        let exists = EmbeddedRegister::exists(&self.ports().register_folder);
        let gate = if passphrase::exists(&self.passphrase_file()) {
            RegisterGate::closed(RegisterState::PassphraseWanted, keychain)
        } else if keychain == KeychainState::Available
            // One that takes nothing new may still give what it has.
            || (keychain == KeychainState::Refusing && exists)
        {
            self.open_by_keychain(exists, keychain).await
        } else {
            RegisterGate::closed(without_keychain(exists), keychain)
        };
        let state = gate.state;
        self.set_gate(gate);
        drop(turn);
        if state == RegisterState::Open {
            self.after_opening().await;
        }
    }

    /// Looks at the keychain once more, and opens the register if it can be: `SessionView::register` tells. No refusal
    /// is an error.
    pub async fn retry_register(&self) -> Result<SessionView, DeskError> {
        self.open_register().await;
        Ok(self.session_view())
    }

    /// Opens a register protected by a passphrase, or makes one where there is none yet.
    pub async fn open_register_with_passphrase(
        &self,
        passphrase: SecretString,
    ) -> Result<SessionView, DeskError> {
        let turn = self.turn().await;
        let gate = self.gate();
        if gate.register().is_some() {
            return Ok(self.session_view());
        }
        let to_choose = gate.state == RegisterState::PassphraseToChoose;
        if to_choose && passphrase.expose_secret().chars().count() < SHORTEST_PASSPHRASE {
            return Err(DeskError::invalid_field("passphrase", "too_short")
                .with("least", SHORTEST_PASSPHRASE));
        }
        let file = self.passphrase_file();
        let typed = passphrase.clone();
        let key = off_thread(move || {
            if passphrase::exists(&file) {
                passphrase::open(&file, &typed)
            } else if to_choose {
                passphrase::create(&file, &typed)
            } else {
                Err(passphrase::PassphraseError::Refused)
            }
        })
        .await?;
        let closed = RegisterGate {
            protection: Protection::Passphrase(passphrase),
            ..RegisterGate::closed(gate.state, gate.keychain)
        };
        let gate = self.open_with_either(closed, key, None).await;
        let state = gate.state;
        self.set_gate(gate);
        drop(turn);
        if state == RegisterState::Open {
            self.after_opening().await;
        }
        Ok(self.session_view())
    }

    /// With the kept key; with a new one, proved to be kept, only where no register exists.
    async fn open_by_keychain(&self, exists: bool, keychain: KeychainState) -> RegisterGate {
        let closed = |state| RegisterGate::closed(state, keychain);
        match self.kept_keys().await {
            Ok(KeptKeys {
                key: Some(key),
                next,
                ..
            }) => {
                self.open_with_either(closed(RegisterState::KeyUnreachable), key, next)
                    .await
            }
            Ok(KeptKeys { spoilt: true, .. }) => closed(RegisterState::KeyRefused),
            Ok(_) if exists => closed(RegisterState::KeyUnreachable),
            Ok(_) => match self.keep_first_key().await {
                Ok(key) => {
                    self.open_with_either(closed(RegisterState::KeyUnreachable), key, None)
                        .await
                }
                Err(error) => {
                    tracing::warn!(%error, "the keychain keeps no new key");
                    closed(RegisterState::PassphraseToChoose)
                }
            },
            Err(error) => {
                tracing::warn!(%error, "the register's key could not be had");
                closed(without_keychain(exists))
            }
        }
    }

    /// A renewal that did not end left two keys, and the register opens with exactly one of them.
    async fn open_with_either(
        &self,
        closed: RegisterGate,
        key: RegisterKey,
        next: Option<RegisterKey>,
    ) -> RegisterGate {
        let (mut state, mut opened) = self.open_with(&key).await;
        if let (RegisterState::KeyRefused, Some(next)) = (state, &next) {
            match self.open_with(next).await {
                (_, Some((register, found))) => {
                    self.promote(&closed.protection, next).await;
                    self.at_opening().note(found, false);
                    return closed.opened(self, register, next.clone());
                }
                // Its register it is, then.
                (RegisterState::Damaged, None) => {
                    return RegisterGate {
                        state: RegisterState::Damaged,
                        key: Some(next.clone()),
                        ..closed
                    };
                }
                // A register of its own that was damaged is set aside, and the old one stands again.
                (_, None) => (state, opened) = self.open_with(&key).await,
            }
        }
        match opened {
            Some((register, found)) => {
                if next.is_some() {
                    self.forget_pending(&closed.protection).await;
                }
                self.at_opening().note(found, false);
                closed.opened(self, register, key)
            }
            None => RegisterGate {
                state,
                key: Some(key),
                ..closed
            },
        }
    }

    pub(crate) async fn open_with(&self, key: &RegisterKey) -> Opened {
        let folder = self.ports().register_folder.clone();
        let (key, now) = (key.clone(), self.now());
        let opened =
            tokio::task::spawn_blocking(move || EmbeddedRegister::open(&folder, &key, now)).await;
        match opened {
            Ok(Ok(register)) => {
                let found = register.opening();
                let register: Arc<dyn Register> = Arc::new(register);
                (RegisterState::Open, Some((register, found)))
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "the register stays closed");
                let state = match error {
                    OpenError::KeyRefused => RegisterState::KeyRefused,
                    OpenError::Newer => RegisterState::Newer,
                    OpenError::Damaged { .. } => RegisterState::Damaged,
                    OpenError::InUse => RegisterState::InUse,
                    OpenError::Cancelled | OpenError::Io(_) => RegisterState::Unreadable,
                };
                (state, None)
            }
            Err(error) => {
                tracing::error!(%error, "opening the register did not end");
                (RegisterState::KeyUnreachable, None)
            }
        }
    }

    /// What waited for the register.
    pub(crate) async fn after_opening(&self) {
        self.begin_journal().await;
        self.note_policy().await;
        self.begin_vault();
        self.confirm_answers_left_behind().await;
        self.register_changed();
    }

    /// A stop between ID360's answer and its reading leaves the answer in the register: read it now.
    async fn confirm_answers_left_behind(&self) {
        let left = self
            .on_register(|register, _| register.unconfirmed_answers())
            .await;
        let mut confirmed = 0;
        for (id, raw) in left.unwrap_or_default() {
            let settled = self
                .on_register(move |register, stamp| {
                    let Some(dossier) = register.get(id)? else {
                        return Ok(false);
                    };
                    // What came before a cut or with an incident tells by its key alone, now as when it came.
                    let found = understood(&raw)
                        .filter(|found| dossier.answer_pending || found.api_key.is_some());
                    match found {
                        Some(found) => {
                            register.confirm(id, found, stamp)?;
                            return Ok(true);
                        }
                        None if dossier.state == CreationState::Sent => {
                            register.mark_unknown(id, &raw, stamp)?;
                        }
                        None => {}
                    }
                    Ok(false)
                })
                .await;
            match settled {
                Ok(true) => confirmed += 1,
                Ok(false) => {}
                Err(error) => {
                    tracing::error!(%error, "an answer left behind could not be settled");
                }
            }
        }
        self.at_opening().settled(confirmed);
    }
}

fn without_keychain(register_exists: bool) -> RegisterState {
    if register_exists {
        RegisterState::KeyUnreachable
    } else {
        RegisterState::PassphraseToChoose
    }
}
