//! The system's keychain, off the async threads and with a time limit.
//!
//! A locked keyring with a display makes every call wait for a person (feasibility trap 10): past the
//! limit it counts as locked, and the person may try again.

use std::time::Duration;

use async_trait::async_trait;
use back_office::ports::{SecretStore, SecretStoreError};
use keyring::{Entry, Error};
use secrecy::{ExposeSecret as _, SecretString};

/// Longest wait for the keychain.
const LIMIT: Duration = Duration::from_secs(5);
/// Written, read back and removed to see whether the keychain works.
const PROBE: &str = "probe";

#[derive(Debug)]
pub struct Keychain {
    namespace: String,
}

impl Keychain {
    pub fn new(namespace: String) -> Self {
        Self { namespace }
    }

    /// The namespace is in the entry's name too: Windows ignores the service (exemplars §4.2).
    async fn on_entry<T: Send + 'static>(
        &self,
        name: &str,
        act: impl FnOnce(&Entry) -> Result<T, SecretStoreError> + Send + 'static,
    ) -> Result<T, SecretStoreError> {
        let namespace = self.namespace.clone();
        let user = format!("{namespace}/{name}");
        let call = tokio::task::spawn_blocking(move || {
            act(&Entry::new(&namespace, &user).map_err(|error| kind_of(&error))?)
        });
        match tokio::time::timeout(LIMIT, call).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Err(SecretStoreError::Locked),
        }
    }
}

fn write(entry: &Entry, secret: &str) -> Result<(), SecretStoreError> {
    entry.set_password(secret).map_err(|error| {
        let kind = kind_of(&error);
        match entry.get_password() {
            // It answers, so it is open.
            Ok(_) | Err(Error::NoEntry) if kind == SecretStoreError::Locked => {
                SecretStoreError::Refusing
            }
            _ => kind,
        }
    })
}

fn remove(entry: &Entry) -> Result<(), SecretStoreError> {
    match entry.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(kind_of(&error)),
    }
}

fn kind_of(error: &Error) -> SecretStoreError {
    match error {
        Error::NoDefaultStore | Error::NotSupportedByStore(_) => SecretStoreError::Missing,
        Error::TooLong(..) => SecretStoreError::Refusing,
        other => {
            // Names of the error's kind only: platform words may hold entry names.
            tracing::warn!(kind = ?std::mem::discriminant(other), "the keychain refused");
            SecretStoreError::Locked
        }
    }
}

#[async_trait]
impl SecretStore for Keychain {
    async fn probe(&self) -> Result<(), SecretStoreError> {
        let value = uuid::Uuid::new_v4().to_string();
        self.on_entry(PROBE, move |entry| {
            write(entry, &value)?;
            let read = entry.get_password().map_err(|error| kind_of(&error))?;
            remove(entry)?;
            if read == value {
                Ok(())
            } else {
                Err(SecretStoreError::Refusing)
            }
        })
        .await
    }

    async fn get(&self, name: &str) -> Result<Option<SecretString>, SecretStoreError> {
        self.on_entry(name, |entry| match entry.get_password() {
            Ok(secret) => Ok(Some(SecretString::from(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(kind_of(&error)),
        })
        .await
    }

    async fn set(&self, name: &str, secret: &SecretString) -> Result<(), SecretStoreError> {
        let secret = secret.clone();
        self.on_entry(name, move |entry| write(entry, secret.expose_secret()))
            .await
    }

    async fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
        self.on_entry(name, remove).await
    }
}
