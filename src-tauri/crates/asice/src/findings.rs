//! Everything that can be found, as codes. What each code means for the verdict stands in `verdict.rs`.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::container::Refusal;

/// One thing found. `code` is stable; the words are the reader's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Finding {
    // The container.
    MimetypeMissing,
    MimetypeWrong {
        found: String,
    },
    /// Not first, compressed, or with an extra field.
    MimetypeNotFirst,
    ManifestMissing,
    ManifestUnreadable,
    ManifestMediaTypeWrong,
    ManifestNamesAbsentFile {
        name: String,
    },
    FileNotInManifest {
        name: String,
    },
    NoDataFile,
    /// Names that some file systems take for one.
    TwinNames {
        name: String,
    },
    UnaccountedBytes {
        bytes: u64,
    },
    /// The zip checksum is wrong; digests decide about the content.
    ChecksumWrong {
        name: String,
    },
    /// The content cannot be inflated.
    EntryDamaged {
        name: String,
    },
    /// A time-stamp, its manifest, archive manifest or evidence record beside the signatures.
    LongTermEvidenceNotEvaluated {
        name: String,
    },
    /// In META-INF, by its name neither of a signature nor an inventory: it counts as no data file.
    FileInMetaInf {
        name: String,
    },

    // Integrity: what was signed against what is there.
    FileAltered {
        name: String,
    },
    FileMissing {
        name: String,
    },
    FileNotSigned {
        name: String,
    },
    SignedPropertiesAltered,
    ManifestAltered,

    // The signature itself.
    NotSigned,
    SignatureFileUnreadable,
    /// More than is read: nothing is known of it.
    SignatureFileTooLarge,
    /// The list of files that a CAdES signature is over (ETSI EN 319 162-1 clause 4.4.4): more than is read.
    SignatureManifestTooLarge {
        name: String,
    },
    /// Two elements with one Id in one file.
    DuplicateId,
    /// The file's root is not one that ASiC knows, or holds no signature.
    SignatureFileWithoutSignature,
    /// The signature stands in its file without the root that ASiC wants.
    RootMissing,
    TooManySignatures,
    /// All signatures of the container together.
    TooManyReferences,
    SignatureIncomplete,
    /// A plain XML signature.
    QualifyingPropertiesMissing,
    SeveralSignedProperties,
    TargetDiffers,
    SignedPropertiesNotReferenced,
    CoversNoFile,
    /// A reference to something else than a file or this signature's own properties.
    ReferenceNotSupported {
        uri: String,
    },
    TransformNotAllowed {
        uri: String,
    },
    SigningTimeMissing,
    SigningCertificateMissing,
    /// Of the certificates in the signature none is the one it names.
    SigningCertificateNotFound,
    IssuerSerialDiffers,
    /// Not made by the named certificate's key over what is there.
    ValueWrong,
    KeyDoesNotFitMethod,
    AlgorithmNotSupported {
        algorithm: String,
    },
    AlgorithmRefused {
        algorithm: String,
    },
    KeyTooSmall {
        bits: usize,
    },
    /// Good today, advised against since 2026.
    KeySmall {
        bits: usize,
    },
    SignaturePolicyNotAvailable {
        identifier: String,
    },
    MediaTypeNotSigned {
        name: String,
    },
    ClaimedTimeAheadOfProven,
    ClaimedTimeInFuture,
    FormatNotSupported,
    CounterSignaturesNotEvaluated {
        count: usize,
    },
    ArchiveTimeStampNotEvaluated {
        count: usize,
    },
    ContentTimeStampNotEvaluated {
        count: usize,
    },
    LongTermDataNotEvaluated,

    // Time-stamps.
    TimeStampUnreadable,
    /// Made over something else.
    TimeStampOfOtherData,
    TimeStampValueWrong,
    /// Not by a certificate that may time-stamp.
    TimeStampPurposeMissing,
    /// The signature has a time-stamp, and it proves nothing.
    TimeNotProven,

    // Trust.
    TrustStoreEmpty,
    NoChainToTrusted {
        issuer: String,
    },
    ChainInvalid {
        detail: ChainFault,
    },
    KeyUsageMissing,
    CertificateExpired {
        not_after: DateTime<Utc>,
    },
    CertificateNotYetValid {
        not_before: DateTime<Utc>,
    },
    AuthorityOutOfBounds,
    Revoked {
        subject: String,
        at: DateTime<Utc>,
        is_authority: bool,
    },
    /// Revoked after the proven time: what was signed before stays signed.
    RevokedLater {
        subject: String,
        at: DateTime<Utc>,
    },
    RevocationUnknown {
        subject: String,
    },
    RevocationMissing {
        subject: String,
    },
    /// Older than what it is to prove.
    RevocationStale {
        subject: String,
        as_of: DateTime<Utc>,
    },
    /// Missing, and not asked for.
    RevocationNotEmbedded {
        subject: String,
    },
    RevocationNotChecked,
    RevocationBeforeTimeStamp,
    TrustNotJudged,
    /// The chain is of the certificate that is named, and nothing shows that its key made the signature.
    SignerNotProven,

    #[serde(untagged)]
    Refused(Refusal),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainFault {
    /// An authority's signature algorithm is refused.
    Algorithm,
    /// A certificate signs that may not, or a path that is too long.
    Authority,
    NameConstraints,
    CriticalExtension,
    Malformed,
}
