//! Opening the register: where its key is, and what to do when it is not there.
//!
//! Never a new key over an existing register, never a register without encryption, never a change to
//! a file that could not be opened (quality.md D-02).

use std::{path::PathBuf, sync::Arc};

use dossiers::{CreationState, EmbeddedRegister, OpenError, Register, RegisterKey, passphrase};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    desk::Desk,
    errors::DeskError,
    launch::understood,
    ports::SecretStoreError,
    views::{
        error::ErrorCode,
        session::{KeychainState, RegisterState, SessionView},
    },
};

/// Name of the register's key in the keychain.
const REGISTER_KEY: &str = "register-key";
/// Holds the key wrapped by a passphrase, beside the register.
const PASSPHRASE_FILE: &str = "register.key";
/// Shortest passphrase accepted, in characters.
const SHORTEST_PASSPHRASE: usize = 12;

/// The register, or why it is closed.
#[derive(Debug, Clone)]
pub struct RegisterGate {
    register: Option<Arc<dyn Register>>,
    pub state: RegisterState,
    pub keychain: KeychainState,
}

impl Default for RegisterGate {
    fn default() -> Self {
        Self {
            register: None,
            state: RegisterState::KeyUnreachable,
            keychain: KeychainState::Missing,
        }
    }
}

impl RegisterGate {
    pub fn register(&self) -> Option<Arc<dyn Register>> {
        self.register.clone()
    }
}

impl Desk {
    /// Looks at the keychain and opens the register if it can be. Safe to call again.
    pub(crate) async fn open_register(&self) {
        let _turn = self.turn().await;
        if self.gate().register().is_some() {
            return;
        }
        let keychain = match self.ports().secrets.probe().await {
            Ok(()) => KeychainState::Available,
            Err(SecretStoreError::Missing) => KeychainState::Missing,
            Err(SecretStoreError::Locked) => KeychainState::Locked,
        };
        let folder = self.ports().register_folder.clone();
        let (state, register) = if passphrase::exists(&self.passphrase_file()) {
            (RegisterState::PassphraseWanted, None)
        } else if keychain != KeychainState::Available {
            let state = if EmbeddedRegister::exists(&folder) {
                RegisterState::KeyUnreachable
            } else {
                RegisterState::PassphraseToChoose
            };
            (state, None)
        } else {
            match self
                .key_of_keychain(EmbeddedRegister::exists(&folder))
                .await
            {
                Ok(Some(key)) => self.open_with(key).await,
                Ok(None) => (RegisterState::KeyUnreachable, None),
                Err(error) => {
                    tracing::warn!(%error, "the register's key could not be had");
                    (RegisterState::KeyUnreachable, None)
                }
            }
        };
        self.set_gate(RegisterGate {
            register,
            state,
            keychain,
        });
        if state == RegisterState::Open {
            self.confirm_answers_left_behind().await;
            self.register_changed();
        }
    }

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
        let file = self.passphrase_file();
        let to_choose = gate.state == RegisterState::PassphraseToChoose;
        if to_choose && passphrase.expose_secret().chars().count() < SHORTEST_PASSPHRASE {
            return Err(DeskError::invalid_field("passphrase", "too_short")
                .with("least", SHORTEST_PASSPHRASE));
        }
        let key = tokio::task::spawn_blocking(move || {
            if passphrase::exists(&file) {
                passphrase::open(&file, &passphrase)
            } else if to_choose {
                passphrase::create(&file, &passphrase)
            } else {
                Err(passphrase::PassphraseError::Refused)
            }
        })
        .await
        .map_err(DeskError::internal)?
        .map_err(|error| {
            let code = match error {
                passphrase::PassphraseError::Refused => ErrorCode::PassphraseRefused,
                passphrase::PassphraseError::Damaged => ErrorCode::RegisterDamaged,
                _ => ErrorCode::WriteFailed,
            };
            DeskError::new(code).because(error)
        })?;
        let (state, register) = self.open_with(key).await;
        self.set_gate(RegisterGate {
            register,
            state,
            keychain: gate.keychain,
        });
        drop(turn);
        if state == RegisterState::Open {
            self.confirm_answers_left_behind().await;
            self.register_changed();
        }
        Ok(self.session_view())
    }

    fn passphrase_file(&self) -> PathBuf {
        self.ports().register_folder.join(PASSPHRASE_FILE)
    }

    /// The kept key; a new one, proved to be kept, only where no register exists.
    async fn key_of_keychain(
        &self,
        register_exists: bool,
    ) -> Result<Option<RegisterKey>, DeskError> {
        let secrets = &self.ports().secrets;
        if let Some(kept) = secrets.get(REGISTER_KEY).await? {
            return RegisterKey::from_secret(&kept)
                .map(Some)
                .map_err(DeskError::internal);
        }
        if register_exists {
            return Ok(None);
        }
        let secret = RegisterKey::generate().to_secret();
        secrets.set(REGISTER_KEY, &secret).await?;
        let kept = secrets.get(REGISTER_KEY).await?;
        match kept {
            Some(kept) if kept.expose_secret() == secret.expose_secret() => {
                RegisterKey::from_secret(&kept)
                    .map(Some)
                    .map_err(DeskError::internal)
            }
            _ => Err(SecretStoreError::Locked.into()),
        }
    }

    async fn open_with(&self, key: RegisterKey) -> (RegisterState, Option<Arc<dyn Register>>) {
        let folder = self.ports().register_folder.clone();
        let now = self.now();
        let opened =
            tokio::task::spawn_blocking(move || EmbeddedRegister::open(&folder, &key, now)).await;
        match opened {
            Ok(Ok(register)) => (RegisterState::Open, Some(Arc::new(register))),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the register stays closed");
                let state = match error {
                    OpenError::KeyRefused => RegisterState::KeyRefused,
                    OpenError::Newer => RegisterState::Newer,
                    OpenError::Damaged { .. } => RegisterState::Damaged,
                    OpenError::InUse => RegisterState::InUse,
                    OpenError::Io(_) => RegisterState::Unreadable,
                };
                (state, None)
            }
            Err(error) => {
                tracing::error!(%error, "opening the register did not end");
                (RegisterState::KeyUnreachable, None)
            }
        }
    }

    /// A stop between ID360's answer and its reading leaves the answer in the register: read it now.
    async fn confirm_answers_left_behind(&self) {
        let left = self
            .on_register(|register, _| register.unconfirmed_answers())
            .await;
        for (id, raw) in left.unwrap_or_default() {
            let settled = match understood(&raw) {
                Some(found) => {
                    self.on_register(move |register, stamp| register.confirm(id, found, stamp))
                        .await
                }
                None => {
                    self.on_register(move |register, stamp| match register.get(id)? {
                        Some(dossier) if dossier.state == CreationState::Sent => {
                            register.mark_unknown(id, &raw, stamp)
                        }
                        _ => Ok(()),
                    })
                    .await
                }
            };
            if let Err(error) = settled {
                tracing::error!(%error, "an answer left behind could not be settled");
            }
        }
    }
}
