//! The one table of what is allowed, what is warned about, and since when.

use chrono::{DateTime, Utc};
use ring::digest;
use serde::Serialize;
use x509_parser::der_parser::Oid;
use x509_parser::oid_registry::asn1_rs::oid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// Computed to tell a changed file from an old signature; never enough to pass.
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SignatureScheme {
    RsaPkcs1,
    RsaPss,
    Ecdsa,
    Ed25519,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SignatureAlgorithm {
    pub scheme: SignatureScheme,
    pub digest: DigestAlgorithm,
}

use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
use SignatureScheme::{Ecdsa, Ed25519, RsaPkcs1, RsaPss};

const DIGEST_URIS: [(&str, DigestAlgorithm); 4] = [
    ("http://www.w3.org/2000/09/xmldsig#sha1", Sha1),
    ("http://www.w3.org/2001/04/xmlenc#sha256", Sha256),
    ("http://www.w3.org/2001/04/xmldsig-more#sha384", Sha384),
    ("http://www.w3.org/2001/04/xmlenc#sha512", Sha512),
];

const SIGNATURE_URIS: [(&str, SignatureScheme, DigestAlgorithm); 13] = [
    ("http://www.w3.org/2000/09/xmldsig#rsa-sha1", RsaPkcs1, Sha1),
    (
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        RsaPkcs1,
        Sha256,
    ),
    (
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
        RsaPkcs1,
        Sha384,
    ),
    (
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
        RsaPkcs1,
        Sha512,
    ),
    (
        "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1",
        RsaPss,
        Sha1,
    ),
    (
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
        RsaPss,
        Sha256,
    ),
    (
        "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1",
        RsaPss,
        Sha384,
    ),
    (
        "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1",
        RsaPss,
        Sha512,
    ),
    (
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
        Ecdsa,
        Sha1,
    ),
    (
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        Ecdsa,
        Sha256,
    ),
    (
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
        Ecdsa,
        Sha384,
    ),
    (
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
        Ecdsa,
        Sha512,
    ),
    (
        "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519",
        Ed25519,
        Sha512,
    ),
];

/// Bits below which a key is refused.
pub(crate) const SMALLEST_RSA: usize = 2_048;
/// Bits below which a key is warned about, for signatures since [`warns_since`].
pub(crate) const ADVISED_RSA: usize = 3_000;

/// SOG-IS agreed mechanisms: RSA below 3,000 bits is legacy after 2025.
pub(crate) fn warns_since() -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_225_600, 0).unwrap_or_default()
}

impl DigestAlgorithm {
    pub(crate) fn from_uri(uri: &str) -> Option<Self> {
        let found = DIGEST_URIS.iter().find(|(known, _)| *known == uri);
        found.map(|&(_, algorithm)| algorithm)
    }

    pub(crate) fn from_oid(content: &[u8]) -> Option<Self> {
        let known: [(Oid<'_>, Self); 4] = [
            (oid!(1.3.14.3.2.26), Sha1),
            (oid!(2.16.840.1.101.3.4.2.1), Sha256),
            (oid!(2.16.840.1.101.3.4.2.2), Sha384),
            (oid!(2.16.840.1.101.3.4.2.3), Sha512),
        ];
        let found = known.iter().find(|(oid, _)| oid.as_bytes() == content);
        found.map(|&(_, algorithm)| algorithm)
    }

    pub(crate) fn is_refused(self) -> bool {
        self == Sha1
    }

    fn ring(self) -> &'static digest::Algorithm {
        match self {
            Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Sha256 => &digest::SHA256,
            Sha384 => &digest::SHA384,
            Sha512 => &digest::SHA512,
        }
    }

    pub(crate) fn start(self) -> digest::Context {
        digest::Context::new(self.ring())
    }

    pub(crate) fn of(self, bytes: &[u8]) -> digest::Digest {
        digest::digest(self.ring(), bytes)
    }
}

impl SignatureAlgorithm {
    pub(crate) fn from_uri(uri: &str) -> Option<Self> {
        let found = SIGNATURE_URIS.iter().find(|(known, _, _)| *known == uri);
        found.map(|&(_, scheme, digest)| Self { scheme, digest })
    }
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256.of(bytes))
}
