//! What certificates, revocation lists and OCSP answers share: a body, an algorithm, a signature.

use x509_parser::oid_registry::asn1_rs::oid;

use crate::algorithms::{DigestAlgorithm, SignatureAlgorithm, SignatureScheme};
use crate::asn1::{self, BIT_STRING, Element, Elements, SEQUENCE, context};
use crate::certificate::Certificate;
use crate::keys::{EcdsaForm, Outcome};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Signed<'a> {
    body: &'a [u8],
    algorithm: Option<SignatureAlgorithm>,
    value: &'a [u8],
}

impl<'a> Signed<'a> {
    /// Body, algorithm and value of `SEQUENCE { body, AlgorithmIdentifier, BIT STRING, … }`,
    /// the body taken apart no further, and what follows.
    pub(crate) fn read(der: &'a [u8]) -> Option<(Self, Element<'a>, Elements<'a>)> {
        let mut fields = Elements(der).only(SEQUENCE)?.inside();
        let body = fields.expect(SEQUENCE)?;
        let algorithm = algorithm(fields.expect(SEQUENCE)?, None);
        let (unused, value) = fields.expect(BIT_STRING)?.content.split_first()?;
        if *unused != 0 {
            return None;
        }
        let signed = Self {
            body: body.whole,
            algorithm,
            value,
        };
        Some((signed, body, fields))
    }

    /// Whether this certificate's key made the signature, neither key nor method being refused.
    pub(crate) fn is_by(&self, signer: &Certificate) -> bool {
        self.algorithm.is_some_and(|algorithm| {
            !algorithm.digest.is_refused()
                && signer.key.too_small().is_none()
                && signer
                    .key
                    .verify(algorithm, EcdsaForm::Der, self.body, self.value)
                    == Outcome::Valid
        })
    }
}

/// The signature algorithm of X.509 or CMS; CMS may leave the digest to another field.
pub(crate) fn algorithm(
    identifier: Element<'_>,
    told: Option<DigestAlgorithm>,
) -> Option<SignatureAlgorithm> {
    use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
    use SignatureScheme::{Ecdsa, Ed25519, RsaPkcs1, RsaPss};
    let (oid, parameters) = asn1::algorithm(identifier)?;
    let known = [
        (oid!(1.2.840.113549.1.1.5), RsaPkcs1, Sha1),
        (oid!(1.2.840.113549.1.1.11), RsaPkcs1, Sha256),
        (oid!(1.2.840.113549.1.1.12), RsaPkcs1, Sha384),
        (oid!(1.2.840.113549.1.1.13), RsaPkcs1, Sha512),
        (oid!(1.2.840.10045.4.1), Ecdsa, Sha1),
        (oid!(1.2.840.10045.4.3.2), Ecdsa, Sha256),
        (oid!(1.2.840.10045.4.3.3), Ecdsa, Sha384),
        (oid!(1.2.840.10045.4.3.4), Ecdsa, Sha512),
        (oid!(1.3.101.112), Ed25519, Sha512),
    ];
    if let Some((_, scheme, digest)) = known
        .into_iter()
        .find(|(known, _, _)| known.as_bytes() == oid)
    {
        return Some(SignatureAlgorithm { scheme, digest });
    }
    if oid == oid!(1.2.840.113549.1.1.10).as_bytes() {
        let digest = match parameters?.inside().optional(context(0)) {
            Some(named) => {
                let (oid, _) = asn1::algorithm(named.inside().only(SEQUENCE)?)?;
                DigestAlgorithm::from_oid(oid)?
            }
            None => Sha1,
        };
        return Some(SignatureAlgorithm {
            scheme: RsaPss,
            digest,
        });
    }
    let scheme = if oid == oid!(1.2.840.113549.1.1.1).as_bytes() {
        RsaPkcs1
    } else if oid == oid!(1.2.840.10045.2.1).as_bytes() {
        Ecdsa
    } else {
        return None;
    };
    Some(SignatureAlgorithm {
        scheme,
        digest: told?,
    })
}
