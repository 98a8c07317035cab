//! The desk's signature on what it hands over: Ed25519, in the forms that openssl reads.

use base64::Engine as _;
use ring::signature::{ED25519, UnparsedPublicKey};
use sha2::{Digest, Sha256};

/// Bytes of an Ed25519 public key.
pub const PUBLIC_KEY: usize = 32;
/// Bytes of an Ed25519 signature.
pub const SIGNATURE: usize = 64;

/// DER before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410 §4).
const SPKI: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

const PEM_BEGIN: &str = "-----BEGIN PUBLIC KEY-----\n";
const PEM_END: &str = "\n-----END PUBLIC KEY-----\n";

/// Holds the desk's key.
pub trait PackSigner {
    fn public_key(&self) -> [u8; PUBLIC_KEY];

    /// # Errors
    /// When the key cannot be reached.
    fn sign(&self, message: &[u8]) -> Result<[u8; SIGNATURE], SignerError>;
}

/// The key of the desk could not sign.
#[derive(Debug, thiserror::Error)]
#[error("the key of the desk could not sign")]
pub struct SignerError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// SubjectPublicKeyInfo in PEM, as `openssl pkey -pubin` reads it.
pub fn pem(public_key: &[u8; PUBLIC_KEY]) -> String {
    format!(
        "{PEM_BEGIN}{}{PEM_END}",
        base64::engine::general_purpose::STANDARD.encode(spki(public_key))
    )
}

/// The key inside [`pem`]; `None` for anything that is not exactly in that form.
pub(super) fn public_key(pem: &[u8]) -> Option<[u8; PUBLIC_KEY]> {
    let body = std::str::from_utf8(pem)
        .ok()?
        .strip_prefix(PEM_BEGIN)?
        .strip_suffix(PEM_END)?;
    let der = base64::engine::general_purpose::STANDARD
        .decode(body)
        .ok()?;
    der.strip_prefix(SPKI.as_slice())?.try_into().ok()
}

/// SHA-256 of the key's SubjectPublicKeyInfo, lower-case hexadecimal: what openssl gives for the DER of [`pem`].
pub fn fingerprint(public_key: &[u8; PUBLIC_KEY]) -> String {
    hex::encode(Sha256::digest(spki(public_key)))
}

/// A fingerprint as people compare it: groups of four.
pub fn grouped(fingerprint: &str) -> String {
    let characters: Vec<char> = fingerprint.chars().collect();
    let groups: Vec<String> = characters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

pub(super) fn is_signed(public_key: &[u8; PUBLIC_KEY], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public_key)
        .verify(message, signature)
        .is_ok()
}

fn spki(public_key: &[u8; PUBLIC_KEY]) -> Vec<u8> {
    [&SPKI[..], public_key].concat()
}
