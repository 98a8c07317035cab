//! The certificates that the desk's people trust, and what is asked about revocation.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// What a certificate is trusted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrustedFor {
    /// Signing, or issuing the certificates of signers.
    Signatures,
    /// Time-stamping, or issuing the certificates of time-stamp authorities.
    TimeStamps,
}

impl TrustedFor {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Signatures, Self::TimeStamps];

    /// The word the register stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Signatures => "signatures",
            Self::TimeStamps => "time_stamps",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// A certificate that a person trusts. The register keeps its bytes and reads nothing in them.
#[derive(Clone, PartialEq, Eq)]
pub struct TrustedCertificate {
    /// What for.
    pub role: TrustedFor,
    /// X.509, DER.
    pub der: Vec<u8>,
    /// Name of the file it came from.
    pub source: String,
    /// When, by our clock.
    pub added_at: DateTime<Utc>,
    /// Username; `None`: nobody was signed in.
    pub added_by: Option<Arc<str>>,
}

impl TrustedCertificate {
    /// Of the DER.
    pub fn sha256(&self) -> [u8; 32] {
        sha256(&self.der)
    }
}

impl fmt::Debug for TrustedCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrustedCertificate")
            .field("role", &self.role)
            .field("sha256", &hex::encode(self.sha256()))
            .finish_non_exhaustive()
    }
}

pub(crate) fn sha256(der: &[u8]) -> [u8; 32] {
    Sha256::digest(der).into()
}

/// What is asked about the revocation of the certificates of a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RevocationRule {
    /// The file must prove that none was revoked.
    #[default]
    Required,
    /// What the file holds is judged.
    Embedded,
    /// Not looked at.
    NotChecked,
}

impl RevocationRule {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Required, Self::Embedded, Self::NotChecked];

    /// The word the journal names it by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Embedded => "embedded",
            Self::NotChecked => "not_checked",
        }
    }
}
