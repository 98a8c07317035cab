//! The register's key under a passphrase, where there is no keychain.

use std::io;
use std::path::Path;

use secrecy::SecretString;

use crate::key::RegisterKey;

/// Why a passphrase file gave no key; the file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// Not the passphrase.
    #[error("the passphrase is not this register's")]
    Refused,
    /// The file is not what was written.
    #[error("the passphrase file is damaged")]
    Damaged,
    /// The disk or the operating system refused.
    #[error("the passphrase file cannot be read or written")]
    Io(#[from] io::Error),
}

/// There is a passphrase file.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Makes a new register key and writes it under the passphrase. Never over an existing file.
pub fn create(path: &Path, passphrase: &SecretString) -> Result<RegisterKey, PassphraseError> {
    let _ = (path, passphrase);
    unimplemented!()
}

/// The key in the file.
pub fn open(path: &Path, passphrase: &SecretString) -> Result<RegisterKey, PassphraseError> {
    let _ = (path, passphrase);
    unimplemented!()
}
