//! The desk's signature on what it hands over.

use crate::error::Result;

/// Ed25519 (RFC 8032), with a key that comes from the register's own: nothing more to lose, and a register's key that
/// is renewed because others may know it renews this one too. What was signed before carries its public key with it.
pub trait Signing {
    /// The 32 bytes of the public key.
    fn public_key(&self) -> Result<[u8; 32]>;

    /// The 64 bytes of the signature of `message`.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64]>;
}
