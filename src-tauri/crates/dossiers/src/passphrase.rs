//! The register's key under a passphrase, where there is no keychain.
//!
//! The file holds the Argon2id parameters, the salt, and the key wrapped by ChaCha20-Poly1305. A
//! checksum over it tells a damaged file from a wrong passphrase; it says nothing of either secret.

use std::io;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use rand::Rng;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::durable;
use crate::embedded::rekeying;
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
    current(path).exists()
}

/// Makes a new register key and writes it under the passphrase. Never over an existing file.
pub fn create(path: &Path, passphrase: &SecretString) -> Result<RegisterKey, PassphraseError> {
    if exists(path) {
        return Err(io::Error::from(io::ErrorKind::AlreadyExists).into());
    }
    let key = RegisterKey::generate();
    durable::write_private(path, &wrap(&key, passphrase)?)?;
    Ok(key)
}

/// The bytes of a file that holds the key under the passphrase.
pub fn wrap(key: &RegisterKey, passphrase: &SecretString) -> Result<Vec<u8>, PassphraseError> {
    let wrapped = WrappedKey::wrap(key, passphrase, Cost::OF_NEW_FILES)?;
    Ok(serde_json::to_vec_pretty(&wrapped).map_err(io::Error::other)?)
}

/// Another passphrase for the same key. The file holds the old one or the new one, at every moment.
pub fn change(path: &Path, old: &SecretString, new: &SecretString) -> Result<(), PassphraseError> {
    let key = open(path, old)?;
    let bytes = wrap(&key, new)?;
    // Nothing but this opens the register: it is proved before the old one goes.
    if read(&bytes)?.unwrap_key(new)?.bytes() != key.bytes() {
        return Err(PassphraseError::Damaged);
    }
    Ok(durable::write_private(&current(path), &bytes)?)
}

/// The key in the file.
pub fn open(path: &Path, passphrase: &SecretString) -> Result<RegisterKey, PassphraseError> {
    read(&std::fs::read(current(path))?)?.unwrap_key(passphrase)
}

fn read(bytes: &[u8]) -> Result<WrappedKey, PassphraseError> {
    serde_json::from_slice(bytes).map_err(|_| PassphraseError::Damaged)
}

/// The file, or the one that takes its place when a re-keying that was decided is ended.
fn current(path: &Path) -> PathBuf {
    let ready = path
        .with_file_name(rekeying::READY)
        .join(path.file_name().unwrap_or_default());
    if ready.exists() {
        ready
    } else {
        path.to_owned()
    }
}

/// What Argon2id spends: memory in KiB, passes, lanes.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// RFC 9106's second recommendation with one lane, as nothing here runs lanes in parallel.
    const OF_NEW_FILES: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };

    /// A file may ask for more than new files do, but not for all of the machine.
    fn is_bearable(self) -> bool {
        self.memory_kib <= 1024 * 1024 && self.passes <= 20 && self.lanes <= 16
    }
}

#[derive(Serialize, Deserialize)]
struct WrappedKey {
    format: u32,
    kdf: String,
    cost: Cost,
    salt: String,
    nonce: String,
    wrapped: String,
    checksum: String,
}

impl WrappedKey {
    fn wrap(
        key: &RegisterKey,
        passphrase: &SecretString,
        cost: Cost,
    ) -> Result<Self, PassphraseError> {
        let mut salt = [0; 16];
        let mut nonce = [0; 12];
        rand::rng().fill_bytes(&mut salt);
        rand::rng().fill_bytes(&mut nonce);
        let mut file = Self {
            format: 1,
            kdf: "argon2id".to_owned(),
            cost,
            salt: hex::encode(salt),
            nonce: hex::encode(nonce),
            wrapped: String::new(),
            checksum: String::new(),
        };
        let bound = file.bound();
        let payload = Payload {
            msg: key.bytes(),
            aad: bound.as_bytes(),
        };
        let wrapped = cipher(passphrase, &salt, cost)?
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| io::Error::other("encryption failed"))?;
        file.wrapped = hex::encode(wrapped);
        file.checksum = file.expected_checksum();
        Ok(file)
    }

    fn unwrap_key(&self, passphrase: &SecretString) -> Result<RegisterKey, PassphraseError> {
        let known = self.format == 1 && self.kdf == "argon2id" && self.cost.is_bearable();
        if !known || self.checksum != self.expected_checksum() {
            return Err(PassphraseError::Damaged);
        }
        let salt = hex::decode(&self.salt).map_err(|_| PassphraseError::Damaged)?;
        let mut nonce = [0; 12];
        hex::decode_to_slice(&self.nonce, &mut nonce).map_err(|_| PassphraseError::Damaged)?;
        let wrapped = hex::decode(&self.wrapped).map_err(|_| PassphraseError::Damaged)?;
        let bound = self.bound();
        let payload = Payload {
            msg: &wrapped,
            aad: bound.as_bytes(),
        };
        let bytes = Zeroizing::new(
            cipher(passphrase, &salt, self.cost)?
                .decrypt(&Nonce::from(nonce), payload)
                .map_err(|_| PassphraseError::Refused)?,
        );
        let bytes: [u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| PassphraseError::Damaged)?;
        Ok(RegisterKey::from_bytes(bytes))
    }

    /// What the wrapped key vouches for.
    fn bound(&self) -> String {
        let Cost {
            memory_kib,
            passes,
            lanes,
        } = self.cost;
        format!(
            "{} {} {memory_kib} {passes} {lanes} {}",
            self.format, self.kdf, self.salt
        )
    }

    fn expected_checksum(&self) -> String {
        let text = format!("{} {} {}", self.bound(), self.nonce, self.wrapped);
        hex::encode(Sha256::digest(text.as_bytes()))
    }
}

fn cipher(
    passphrase: &SecretString,
    salt: &[u8],
    cost: Cost,
) -> Result<ChaCha20Poly1305, PassphraseError> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
        .map_err(|_| PassphraseError::Damaged)?;
    let mut stretched = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose_secret().as_bytes(), salt, &mut *stretched)
        .map_err(|_| PassphraseError::Damaged)?;
    Ok(ChaCha20Poly1305::new((&*stretched).into()))
}
