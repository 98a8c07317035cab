//! From a certificate to one that is trusted.

use chrono::{DateTime, Utc};
use rustls_pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, SignatureVerificationAlgorithm,
    UnixTime, alg_id,
};
use webpki::{
    EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, anchor_from_trusted_cert,
    ring as with_ring,
};

use crate::algorithms::DigestAlgorithm;
use crate::certificate::{Certificate, KeyUse};
use crate::findings::{ChainFault, Finding};
use crate::keys::{EcdsaForm, KeyKind, ecdsa};

/// Certificates of a container that are considered at all.
const MOST: usize = 64;

/// Leaf first; the last one is trusted when nothing was found against the chain.
#[derive(Debug)]
pub(crate) struct Chain {
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) is_anchored: bool,
    pub(crate) findings: Vec<Finding>,
}

/// The shortest way from `leaf` over `pool` to one of `anchors`, judged at one moment.
pub(crate) fn build(
    leaf: &Certificate,
    pool: &[Certificate],
    anchors: &[Certificate],
    at: DateTime<Utc>,
) -> Chain {
    let mut findings = Vec::new();
    if leaf.not_after < at {
        findings.push(Finding::CertificateExpired {
            not_after: leaf.not_after,
        });
    } else if at < leaf.not_before {
        findings.push(Finding::CertificateNotYetValid {
            not_before: leaf.not_before,
        });
    }
    // What is out of bounds still has a chain, judged when it last could be.
    let within = at.min(leaf.not_after).max(leaf.not_before);
    let (above, is_anchored) = if anchors.contains(leaf) {
        (Vec::new(), true)
    } else if anchors.is_empty() {
        findings.push(Finding::TrustStoreEmpty);
        (Vec::new(), false)
    } else {
        match path(leaf, pool, anchors, within) {
            Ok(above) => (above, true),
            Err(finding) => {
                findings.push(finding);
                (Vec::new(), false)
            }
        }
    };
    let certificates = std::iter::once(leaf.clone()).chain(above).collect();
    Chain {
        certificates,
        is_anchored,
        findings,
    }
}

fn path(
    leaf: &Certificate,
    pool: &[Certificate],
    anchors: &[Certificate],
    at: DateTime<Utc>,
) -> Result<Vec<Certificate>, Finding> {
    let malformed = Finding::ChainInvalid {
        detail: ChainFault::Malformed,
    };
    let time = u64::try_from(at.timestamp()).map_err(|_| malformed.clone())?;
    let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(time));
    let authorities: Vec<(&Certificate, CertificateDer<'_>)> = anchors
        .iter()
        .filter(|anchor| anchor.is_authority)
        .map(|anchor| (anchor, CertificateDer::from(anchor.der.as_slice())))
        .collect();
    let roots: Vec<_> = authorities
        .iter()
        .filter_map(|(_, der)| anchor_from_trusted_cert(der).ok())
        .collect();
    let between: Vec<CertificateDer<'_>> = pool
        .iter()
        .filter(|certificate| certificate.is_authority)
        .take(MOST)
        .map(|certificate| CertificateDer::from(certificate.der.as_slice()))
        .collect();
    let der = CertificateDer::from(leaf.der.as_slice());
    let end = EndEntityCert::try_from(&der).map_err(|_| malformed)?;
    let algorithms = algorithms();
    let verified = end
        .verify_for_usage(&algorithms, &roots, &between, time, AnyPurpose, None, None)
        .map_err(|error| fault(&error, leaf))?;

    let mut above: Vec<Certificate> = verified
        .intermediate_certificates()
        .filter_map(|certificate| {
            pool.iter()
                .find(|known| known.der == certificate.der().as_ref())
                .cloned()
        })
        .collect();
    let root = verified.anchor();
    above.extend(
        authorities
            .iter()
            .filter(|(_, der)| anchor_from_trusted_cert(der).is_ok_and(|known| known == *root))
            .map(|(anchor, _)| (*anchor).clone())
            .take(1),
    );
    let may_issue = |authority: &Certificate| {
        let uses = authority.key_usage.as_ref();
        uses.is_none_or(|uses| uses.contains(&KeyUse::KeyCertSign))
    };
    if above.iter().all(may_issue) {
        Ok(above)
    } else {
        Err(Finding::ChainInvalid {
            detail: ChainFault::Authority,
        })
    }
}

fn fault(error: &Error, leaf: &Certificate) -> Finding {
    let invalid = |detail| Finding::ChainInvalid { detail };
    match error {
        // A trusted name with another key is nobody's certificate.
        Error::UnknownIssuer | Error::InvalidSignatureForPublicKey => Finding::NoChainToTrusted {
            issuer: leaf.report().issuer,
        },
        Error::CertExpired { .. } | Error::CertNotValidYet { .. } => Finding::AuthorityOutOfBounds,
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_)
        | Error::SignatureAlgorithmMismatch => invalid(ChainFault::Algorithm),
        Error::EndEntityUsedAsCa
        | Error::CaUsedAsEndEntity
        | Error::PathLenConstraintViolated
        | Error::MaximumPathDepthExceeded
        | Error::MaximumPathBuildCallsExceeded
        | Error::MaximumSignatureChecksExceeded => invalid(ChainFault::Authority),
        Error::NameConstraintViolation
        | Error::MalformedNameConstraint
        | Error::MaximumNameConstraintComparisonsExceeded => invalid(ChainFault::NameConstraints),
        Error::UnsupportedCriticalExtension => invalid(ChainFault::CriticalExtension),
        _ => invalid(ChainFault::Malformed),
    }
}

/// Purposes are judged by whoever knows what the certificate is used for.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        Ok(())
    }
}

/// ECDSA in the combinations that ring does not have.
#[derive(Debug)]
struct Ecdsa {
    curve: KeyKind,
    digest: DigestAlgorithm,
}

impl SignatureVerificationAlgorithm for Ecdsa {
    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        match self.curve {
            KeyKind::P256 => alg_id::ECDSA_P256,
            KeyKind::P384 => alg_id::ECDSA_P384,
            _ => alg_id::ECDSA_P521,
        }
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        match self.digest {
            DigestAlgorithm::Sha384 => alg_id::ECDSA_SHA384,
            DigestAlgorithm::Sha512 => alg_id::ECDSA_SHA512,
            _ => alg_id::ECDSA_SHA256,
        }
    }

    fn verify_signature(
        &self,
        key: &[u8],
        message: &[u8],
        value: &[u8],
    ) -> Result<(), InvalidSignature> {
        let digest = self.digest.of(message);
        ecdsa(self.curve, key, EcdsaForm::Der, digest.as_ref(), value).ok_or(InvalidSignature)
    }
}

const fn on(curve: KeyKind, digest: DigestAlgorithm) -> Ecdsa {
    Ecdsa { curve, digest }
}

static P256_SHA512: Ecdsa = on(KeyKind::P256, DigestAlgorithm::Sha512);
static P384_SHA512: Ecdsa = on(KeyKind::P384, DigestAlgorithm::Sha512);
static P521_SHA256: Ecdsa = on(KeyKind::P521, DigestAlgorithm::Sha256);
static P521_SHA384: Ecdsa = on(KeyKind::P521, DigestAlgorithm::Sha384);
static P521_SHA512: Ecdsa = on(KeyKind::P521, DigestAlgorithm::Sha512);

fn algorithms() -> [&'static dyn SignatureVerificationAlgorithm; 19] {
    [
        with_ring::ECDSA_P256_SHA256,
        with_ring::ECDSA_P256_SHA384,
        with_ring::ECDSA_P384_SHA256,
        with_ring::ECDSA_P384_SHA384,
        with_ring::ED25519,
        with_ring::RSA_PKCS1_2048_8192_SHA256,
        with_ring::RSA_PKCS1_2048_8192_SHA256_ABSENT_PARAMS,
        with_ring::RSA_PKCS1_2048_8192_SHA384,
        with_ring::RSA_PKCS1_2048_8192_SHA384_ABSENT_PARAMS,
        with_ring::RSA_PKCS1_2048_8192_SHA512,
        with_ring::RSA_PKCS1_2048_8192_SHA512_ABSENT_PARAMS,
        with_ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
        with_ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
        with_ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
        &P256_SHA512,
        &P384_SHA512,
        &P521_SHA256,
        &P521_SHA384,
        &P521_SHA512,
    ]
}
