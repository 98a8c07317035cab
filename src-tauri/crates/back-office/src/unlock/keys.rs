//! Where the register's key is kept, and where the next one waits until it is proved.

use std::path::PathBuf;

use dossiers::{RegisterKey, passphrase};
use secrecy::{ExposeSecret, SecretString};

use crate::{desk::Desk, errors::DeskError, ports::SecretStoreError};

/// Name of the register's key in the keychain.
const REGISTER_KEY: &str = "register-key";
/// Name of the key that the register is being written anew with.
const NEXT_KEY: &str = "register-key-next";
/// Holds the key wrapped by a passphrase, beside the register.
pub(crate) const PASSPHRASE_FILE: &str = "register.key";

/// What keeps the register's key.
#[derive(Debug, Clone, Default)]
pub(crate) enum Protection {
    #[default]
    Keychain,
    /// Kept as long as the register is open, like the key that it protects.
    Passphrase(SecretString),
}

/// What the keychain holds.
#[derive(Debug)]
pub(super) struct KeptKeys {
    pub key: Option<RegisterKey>,
    /// Left by a renewal that did not end.
    pub next: Option<RegisterKey>,
    /// There is something under the key's name that is no key.
    pub spoilt: bool,
}

impl Desk {
    pub(super) fn passphrase_file(&self) -> PathBuf {
        self.ports().register_folder.join(PASSPHRASE_FILE)
    }

    pub(super) async fn kept_keys(&self) -> Result<KeptKeys, SecretStoreError> {
        let secrets = &self.ports().secrets;
        let kept = secrets.get(REGISTER_KEY).await?;
        let next = secrets.get(NEXT_KEY).await?;
        let read = |secret: &SecretString| RegisterKey::from_secret(secret).ok();
        let key = kept.as_ref().and_then(read);
        Ok(KeptKeys {
            spoilt: kept.is_some() && key.is_none(),
            key,
            next: next.as_ref().and_then(read),
        })
    }

    /// A new key for a register that does not exist yet, proved to be kept.
    pub(super) async fn keep_first_key(&self) -> Result<RegisterKey, SecretStoreError> {
        let key = RegisterKey::generate();
        self.keep_in_keychain(REGISTER_KEY, &key).await?;
        Ok(key)
    }

    /// Keeps the next key beside the one that counts, and proves it by reading it back. A file under a
    /// passphrase needs none of it: it changes in the same instant as the register.
    pub(crate) async fn keep_pending(
        &self,
        protection: &Protection,
        key: &RegisterKey,
    ) -> Result<(), SecretStoreError> {
        match protection {
            Protection::Keychain => self.keep_in_keychain(NEXT_KEY, key).await,
            Protection::Passphrase(_) => Ok(()),
        }
    }

    /// The next key becomes the one that counts. Best effort: the next start tries both.
    pub(crate) async fn promote(&self, protection: &Protection, key: &RegisterKey) {
        if matches!(protection, Protection::Keychain)
            && let Err(error) = self.promote_in_keychain(key).await
        {
            tracing::warn!(%error, "the register's new key still waits beside the old one");
        }
    }

    /// The register was not written with the next key.
    pub(crate) async fn forget_pending(&self, protection: &Protection) {
        if matches!(protection, Protection::Keychain)
            && let Err(error) = self.ports().secrets.remove(NEXT_KEY).await
        {
            tracing::warn!(%error, "a key without a register could not be removed");
        }
    }

    async fn promote_in_keychain(&self, key: &RegisterKey) -> Result<(), SecretStoreError> {
        self.keep_in_keychain(REGISTER_KEY, key).await?;
        self.ports().secrets.remove(NEXT_KEY).await
    }

    /// The keychain's word is not enough: some say yes and keep nothing.
    async fn keep_in_keychain(
        &self,
        name: &str,
        key: &RegisterKey,
    ) -> Result<(), SecretStoreError> {
        let secrets = &self.ports().secrets;
        let secret = key.to_secret();
        secrets.set(name, &secret).await?;
        match secrets.get(name).await? {
            Some(kept) if kept.expose_secret() == secret.expose_secret() => Ok(()),
            _ => Err(SecretStoreError::Refusing),
        }
    }
}

pub(super) async fn off_thread<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, passphrase::PassphraseError> + Send + 'static,
) -> Result<T, DeskError> {
    tokio::task::spawn_blocking(act)
        .await
        .map_err(DeskError::internal)?
        .map_err(DeskError::from)
}
