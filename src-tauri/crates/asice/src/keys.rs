//! A public key and what it verifies. The method must fit the kind of key.

use p256::ecdsa::signature::hazmat::PrehashVerifier;
use ring::signature::{self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Serialize;
use x509_parser::oid_registry::asn1_rs::oid;
use x509_parser::public_key::PublicKey as Parsed;
use x509_parser::x509::SubjectPublicKeyInfo;

use crate::algorithms::{DigestAlgorithm, SMALLEST_RSA, SignatureAlgorithm, SignatureScheme};
use crate::asn1::{Elements, INTEGER, SEQUENCE};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum KeyKind {
    Rsa { bits: usize },
    P256,
    P384,
    P521,
    Ed25519,
    Other,
}

#[derive(Debug, Clone)]
pub(crate) struct PublicKey {
    pub(crate) kind: KeyKind,
    /// The content of the BIT STRING.
    bits: Vec<u8>,
}

/// How the two numbers of an ECDSA value are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EcdsaForm {
    /// `r || s`, each as long as the field: XML.
    Raw,
    /// A SEQUENCE: CMS and X.509.
    Der,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Valid,
    Invalid,
    /// The method cannot be used with this key.
    WrongKey,
    /// A key or method that is not evaluated.
    NotSupported,
}

impl PublicKey {
    pub(crate) fn from_spki(spki: &SubjectPublicKeyInfo<'_>) -> Self {
        let algorithm = &spki.algorithm.algorithm;
        let curve = || {
            let parameters = spki.algorithm.parameters.as_ref()?;
            let curve = parameters.as_oid().ok()?;
            if curve == oid!(1.2.840.10045.3.1.7) {
                Some(KeyKind::P256)
            } else if curve == oid!(1.3.132.0.34) {
                Some(KeyKind::P384)
            } else if curve == oid!(1.3.132.0.35) {
                Some(KeyKind::P521)
            } else {
                None
            }
        };
        let kind = if *algorithm == oid!(1.2.840.10045.2.1) {
            curve().unwrap_or(KeyKind::Other)
        } else if *algorithm == oid!(1.3.101.112) {
            KeyKind::Ed25519
        } else {
            match spki.parsed() {
                Ok(Parsed::RSA(key)) => KeyKind::Rsa {
                    bits: bit_length(key.modulus),
                },
                _ => KeyKind::Other,
            }
        };
        Self {
            kind,
            bits: spki.subject_public_key.data.to_vec(),
        }
    }

    pub(crate) fn bits(&self) -> &[u8] {
        &self.bits
    }

    /// The length of a key that is too short, in bits.
    pub(crate) fn too_small(&self) -> Option<usize> {
        match self.kind {
            KeyKind::Rsa { bits } if bits < SMALLEST_RSA => Some(bits),
            _ => None,
        }
    }

    pub(crate) fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        form: EcdsaForm,
        message: &[u8],
        value: &[u8],
    ) -> Outcome {
        use SignatureScheme::{Ecdsa, Ed25519, RsaPkcs1, RsaPss};
        match (algorithm.scheme, self.kind) {
            (RsaPkcs1 | RsaPss, KeyKind::Rsa { .. }) => {
                match (rsa(algorithm), self.rsa_components()) {
                    (Some(method), Some(key)) => outcome(key.verify(method, message, value)),
                    _ => Outcome::NotSupported,
                }
            }
            (Ed25519, KeyKind::Ed25519) => {
                let key = UnparsedPublicKey::new(&signature::ED25519, &self.bits);
                outcome(key.verify(message, value))
            }
            (Ecdsa, KeyKind::P256 | KeyKind::P384 | KeyKind::P521) => {
                let digest = algorithm.digest.of(message);
                match ecdsa(self.kind, &self.bits, form, digest.as_ref(), value) {
                    Some(()) => Outcome::Valid,
                    None => Outcome::Invalid,
                }
            }
            (_, KeyKind::Other) => Outcome::NotSupported,
            _ => Outcome::WrongKey,
        }
    }

    /// By its numbers, read as positive whatever their first bit: some cards leave out the zero before them.
    fn rsa_components(&self) -> Option<RsaPublicKeyComponents<&[u8]>> {
        let mut numbers = Elements(&self.bits).only(SEQUENCE)?.inside();
        let n = without_zeros(numbers.expect(INTEGER)?.content);
        let e = without_zeros(numbers.only(INTEGER)?.content);
        Some(RsaPublicKeyComponents { n, e })
    }
}

fn outcome(verified: Result<(), ring::error::Unspecified>) -> Outcome {
    match verified {
        Ok(()) => Outcome::Valid,
        Err(_) => Outcome::Invalid,
    }
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let start = number.iter().position(|&byte| byte != 0);
    start.and_then(|start| number.get(start..)).unwrap_or(&[])
}

fn bit_length(number: &[u8]) -> usize {
    let number = without_zeros(number);
    let leading = number.first().map_or(0, |first| first.leading_zeros());
    (number.len() * 8).saturating_sub(leading as usize)
}

/// Small keys and SHA-1 are verified too, so that a refused algorithm and a wrong value stay two findings.
fn rsa(algorithm: SignatureAlgorithm) -> Option<&'static RsaParameters> {
    use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
    use SignatureScheme::{RsaPkcs1, RsaPss};
    Some(match (algorithm.scheme, algorithm.digest) {
        (RsaPkcs1, Sha1) => &signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        (RsaPkcs1, Sha256) => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        (RsaPkcs1, Sha384) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (RsaPkcs1, Sha512) => &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        (RsaPss, Sha256) => &signature::RSA_PSS_2048_8192_SHA256,
        (RsaPss, Sha384) => &signature::RSA_PSS_2048_8192_SHA384,
        (RsaPss, Sha512) => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

/// None: not a signature of that digest by that key, or not in that form.
pub(crate) fn ecdsa(
    kind: KeyKind,
    key: &[u8],
    form: EcdsaForm,
    digest: &[u8],
    value: &[u8],
) -> Option<()> {
    macro_rules! on_curve {
        ($curve:ident, $digest:expr) => {{
            let key = $curve::ecdsa::VerifyingKey::from_sec1_bytes(key).ok()?;
            let value = match form {
                EcdsaForm::Raw => $curve::ecdsa::Signature::from_slice(value),
                EcdsaForm::Der => $curve::ecdsa::Signature::from_der(value),
            };
            key.verify_prehash($digest, &value.ok()?).ok()
        }};
    }
    match kind {
        KeyKind::P256 => on_curve!(p256, digest),
        KeyKind::P384 => on_curve!(p384, digest),
        // The curve's crate wants digests of at least half the field; zeros in front change no number.
        KeyKind::P521 => {
            let mut padded = [0; 66];
            let start = padded.len().checked_sub(digest.len())?;
            padded.get_mut(start..)?.copy_from_slice(digest);
            on_curve!(p521, &padded)
        }
        _ => None,
    }
}
