//! The register's key.

use std::fmt;

use hkdf::Hkdf;
use rand::Rng;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The 32 random bytes that open a register.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct RegisterKey([u8; 32]);

/// A text that is not a register key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a register key")]
pub struct KeyError;

impl RegisterKey {
    /// A new key from the operating system's randomness.
    pub fn generate() -> Self {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// 64 lower-case hexadecimal characters, for the keychain.
    pub fn to_secret(&self) -> SecretString {
        SecretString::from(hex::encode(self.0))
    }

    /// The key of that text.
    pub fn from_secret(secret: &SecretString) -> Result<Self, KeyError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(secret.expose_secret().trim(), &mut bytes).map_err(|_| KeyError)?;
        Ok(Self(bytes))
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key for another use that says nothing about this one.
    pub(crate) fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut derived = Zeroizing::new([0; 32]);
        // Only a length beyond 255 hashes can fail; 32 bytes is one.
        let expanded = Hkdf::<Sha256>::new(None, &self.0).expand(purpose.as_bytes(), &mut *derived);
        debug_assert!(expanded.is_ok());
        derived
    }
}

impl fmt::Debug for RegisterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegisterKey(…)")
    }
}

/// The 32 random bytes that files of the vault are encrypted under, the same for the register's whole
/// life: a new key of the register, a restored backup and a lost database leave it as it is.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct VaultKey([u8; 32]);

impl VaultKey {
    pub(crate) fn generate() -> Self {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// `None` for another length.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes themselves, to derive keys of files from.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VaultKey(…)")
    }
}
