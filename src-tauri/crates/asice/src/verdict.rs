//! The words of ETSI EN 319 102-1, and which finding leads to which.

use std::cmp::Reverse;
use std::collections::HashSet;

use serde::Serialize;

use crate::findings::{ChainFault, Finding};

/// The better, the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
pub enum Indication {
    TotalPassed,
    Indeterminate,
    TotalFailed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum SubIndication {
    FormatFailure,
    HashFailure,
    SigCryptoFailure,
    NotYetValid,
    SigConstraintsFailure,
    ChainConstraintsFailure,
    CertificateChainGeneralFailure,
    CryptoConstraintsFailureNoPoe,
    SignaturePolicyNotAvailable,
    NoSigningCertificateFound,
    NoCertificateChainFound,
    RevokedNoPoe,
    RevokedCaNoPoe,
    OutOfBoundsNoPoe,
    TryLater,
    SignedDataNotFound,
}

/// One line of the verdict, by its worst finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Good,
    Warning,
    Unknown,
    Bad,
    /// There is nothing this line could speak of.
    Absent,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub state: State,
    pub findings: Vec<Finding>,
}

/// What one finding makes of the line it stands on.
#[must_use]
pub fn severity(finding: &Finding) -> State {
    judge(finding).1.state()
}

/// The order in which a headline is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Format,
    SigningCertificate,
    SignedData,
    Hash,
    Value,
    Constraints,
    Policy,
    Chain,
    Revoked,
    RevokedAuthority,
    Bounds,
    ChainConstraints,
    Algorithm,
    Revocation,
    RevocationStale,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Note,
    Warning,
    Verdict(Rank, Indication, SubIndication),
}

impl Effect {
    fn state(self) -> State {
        match self {
            Self::Note => State::Good,
            Self::Warning => State::Warning,
            Self::Verdict(_, Indication::TotalFailed, _) => State::Bad,
            Self::Verdict(..) => State::Unknown,
        }
    }
}

/// The lines a finding can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Container,
    Integrity,
    Signature,
    Trust,
}

fn judge(finding: &Finding) -> (Topic, Effect) {
    use Effect::{Note, Verdict, Warning};
    use Finding as F;
    use Indication::{Indeterminate, TotalFailed};
    use SubIndication as S;
    use Topic::{Container, Integrity, Signature, Trust};
    let failed = |rank, sub| Verdict(rank, TotalFailed, sub);
    let open = |rank, sub| Verdict(rank, Indeterminate, sub);
    match finding {
        F::MimetypeMissing
        | F::MimetypeWrong { .. }
        | F::MimetypeNotFirst
        | F::ManifestMissing
        | F::ManifestUnreadable
        | F::ManifestMediaTypeWrong
        | F::ManifestNamesAbsentFile { .. }
        | F::FileNotInManifest { .. }
        | F::NoDataFile
        | F::TwinNames { .. }
        | F::FileInMetaInf { .. }
        | F::UnaccountedBytes { .. }
        | F::ChecksumWrong { .. }
        | F::EntryDamaged { .. } => (Container, Warning),
        F::LongTermEvidenceNotEvaluated { .. } => (Container, Note),
        F::Refused(_) => (Container, failed(Rank::Format, S::FormatFailure)),

        F::FileAltered { .. } | F::SignedPropertiesAltered | F::ManifestAltered => {
            (Integrity, failed(Rank::Hash, S::HashFailure))
        }
        F::FileMissing { .. } => (Integrity, open(Rank::SignedData, S::SignedDataNotFound)),
        F::FileNotSigned { .. } => (Integrity, Warning),

        F::NotSigned => (Signature, Note),
        F::SignatureFileUnreadable
        | F::DuplicateId
        | F::SignatureFileWithoutSignature
        | F::TooManySignatures
        | F::TooManyReferences
        | F::SignatureIncomplete
        | F::QualifyingPropertiesMissing
        | F::SeveralSignedProperties
        | F::TargetDiffers
        | F::SignedPropertiesNotReferenced
        | F::CoversNoFile => (Signature, failed(Rank::Format, S::FormatFailure)),
        F::SigningCertificateMissing | F::SigningCertificateNotFound => (
            Signature,
            open(Rank::SigningCertificate, S::NoSigningCertificateFound),
        ),
        F::ReferenceNotSupported { .. }
        | F::TransformNotAllowed { .. }
        | F::SigningTimeMissing
        | F::IssuerSerialDiffers
        | F::SignatureFileTooLarge
        | F::SignatureManifestTooLarge { .. }
        | F::FormatNotSupported => (Signature, open(Rank::Constraints, S::SigConstraintsFailure)),
        F::ValueWrong | F::KeyDoesNotFitMethod => {
            (Signature, failed(Rank::Value, S::SigCryptoFailure))
        }
        F::AlgorithmNotSupported { .. } | F::AlgorithmRefused { .. } | F::KeyTooSmall { .. } => (
            Signature,
            open(Rank::Algorithm, S::CryptoConstraintsFailureNoPoe),
        ),
        F::SignaturePolicyNotAvailable { .. } => (
            Signature,
            open(Rank::Policy, S::SignaturePolicyNotAvailable),
        ),
        F::KeySmall { .. }
        | F::RootMissing
        | F::MediaTypeNotSigned { .. }
        | F::ClaimedTimeAheadOfProven
        | F::ClaimedTimeInFuture
        | F::TimeStampUnreadable
        | F::TimeStampOfOtherData
        | F::TimeStampValueWrong
        | F::TimeStampPurposeMissing
        | F::TimeNotProven => (Signature, Warning),
        F::CounterSignaturesNotEvaluated { .. }
        | F::ArchiveTimeStampNotEvaluated { .. }
        | F::ContentTimeStampNotEvaluated { .. } => (Signature, Note),
        F::LongTermDataNotEvaluated => (
            Signature,
            open(Rank::Revocation, S::CertificateChainGeneralFailure),
        ),

        F::TrustStoreEmpty | F::NoChainToTrusted { .. } => {
            (Trust, open(Rank::Chain, S::NoCertificateChainFound))
        }
        F::ChainInvalid {
            detail: ChainFault::Algorithm,
        } => (
            Trust,
            open(Rank::Algorithm, S::CryptoConstraintsFailureNoPoe),
        ),
        F::ChainInvalid { .. } | F::KeyUsageMissing => (
            Trust,
            open(Rank::ChainConstraints, S::ChainConstraintsFailure),
        ),
        F::CertificateExpired { .. } | F::AuthorityOutOfBounds => {
            (Trust, open(Rank::Bounds, S::OutOfBoundsNoPoe))
        }
        F::CertificateNotYetValid { .. } => (Trust, failed(Rank::Bounds, S::NotYetValid)),
        F::Revoked {
            is_authority: true, ..
        } => (Trust, open(Rank::RevokedAuthority, S::RevokedCaNoPoe)),
        F::Revoked { .. } => (Trust, open(Rank::Revoked, S::RevokedNoPoe)),
        F::RevocationUnknown { .. }
        | F::RevocationMissing { .. }
        | F::TrustNotJudged
        | F::SignerNotProven => (
            Trust,
            open(Rank::Revocation, S::CertificateChainGeneralFailure),
        ),
        F::RevocationStale { .. } => (Trust, open(Rank::RevocationStale, S::TryLater)),
        F::RevokedLater { .. } | F::RevocationNotChecked => (Trust, Note),
        F::RevocationBeforeTimeStamp | F::RevocationNotEmbedded { .. } => (Trust, Warning),
    }
}

/// What findings come to in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Headline {
    pub(crate) indication: Indication,
    pub(crate) sub_indication: Option<SubIndication>,
    rank: Option<Rank>,
}

impl Headline {
    /// Of several signatures the worst, and of equals the one that the order of headlines puts first: never by position.
    pub(crate) fn worst(of: impl IntoIterator<Item = Self>) -> Option<Self> {
        of.into_iter()
            .min_by_key(|one| (Reverse(one.indication), one.rank))
    }
}

/// The headline of findings: nothing against it is TOTAL-PASSED.
pub(crate) fn headline(findings: &[Finding]) -> Headline {
    findings
        .iter()
        .filter_map(|finding| match judge(finding).1 {
            Effect::Verdict(rank, indication, sub) => Some((rank, indication, sub)),
            Effect::Note | Effect::Warning => None,
        })
        .min_by_key(|&(rank, indication, _)| (rank, Reverse(indication)))
        .map_or(
            Headline {
                indication: Indication::TotalPassed,
                sub_indication: None,
                rank: None,
            },
            |(rank, indication, sub)| Headline {
                indication,
                sub_indication: Some(sub),
                rank: Some(rank),
            },
        )
}

/// The findings that belong to one line, each once.
pub(crate) fn line<'a>(topic: Topic, findings: impl IntoIterator<Item = &'a Finding>) -> Line {
    let mut state = State::Good;
    let mut known = HashSet::new();
    let mut kept = Vec::new();
    for finding in findings {
        let (own, effect) = judge(finding);
        if own != topic || !known.insert(finding) {
            continue;
        }
        state = state.max(effect.state());
        kept.push(finding.clone());
    }
    Line {
        state,
        findings: kept,
    }
}
