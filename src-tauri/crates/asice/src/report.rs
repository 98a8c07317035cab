//! What a verification says. Serialised, it is the machine-readable report.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::algorithms::SignatureAlgorithm;
use crate::certificate::CertificateReport;
use crate::policy::Revocation;
use crate::signature::{Format, Level};
use crate::time_stamp::TimeStampReport;
use crate::verdict::{Indication, Line, SubIndication};

/// One container, judged. TOTAL-PASSED only when every signature passed and every file is signed by one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    pub indication: Indication,
    /// Of the signature that is worst, or of the container.
    pub sub_indication: Option<SubIndication>,
    pub coverage: Coverage,
    pub container: Line,
    pub integrity: Line,
    pub signature: Line,
    pub trust: Line,
    pub signatures: Vec<SignatureReport>,
    /// Data files in the order of the container, then those that are signed and absent.
    pub files: Vec<FileReport>,
    /// Of the container.
    pub size: u64,
    /// Of the container, hexadecimal.
    pub sha256: String,
    pub validation_time: DateTime<Utc>,
    pub revocation: Revocation,
}

/// How many of the files there are signatures speak for, whether these are trusted or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    None,
    Partial,
    Full,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    pub name: String,
    pub state: FileState,
    /// Inflated; absent for a file that is not there.
    pub size: Option<u64>,
    /// Hexadecimal; absent for a file that is not there or cannot be inflated.
    pub sha256: Option<String>,
    /// As signed, not as the unsigned manifest says.
    pub media_type: Option<String>,
    /// Positions in `signatures` of those whose value is right and whose digest of this file is right.
    pub signed_by: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    Signed,
    NotSigned,
    /// Some signature says other content.
    Altered,
    /// Some signature names it, and it is not there.
    Missing,
    /// It cannot be inflated.
    Damaged,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignatureReport {
    pub indication: Indication,
    pub sub_indication: Option<SubIndication>,
    pub integrity: Line,
    pub signature: Line,
    pub trust: Line,
    /// The entry of the container that holds it.
    pub file: String,
    pub id: Option<String>,
    pub format: Format,
    pub level: Level,
    pub algorithm: Option<SignatureAlgorithm>,
    /// The certificate it names, whether trusted or not.
    pub signer: Option<CertificateReport>,
    /// From the signer upwards; whole only when `is_anchored`.
    pub chain: Vec<CertificateReport>,
    pub is_anchored: bool,
    /// Its value was made with the key of `signer`, and over what it signs of itself. Without it `signer`, `chain` and
    /// `is_anchored` speak of the certificate that is named, and of nobody who signed.
    pub is_authentic: bool,
    /// What the signer says. No fact.
    pub claimed_time: Option<DateTime<Utc>>,
    /// The earliest time a trusted time-stamp proves.
    pub proven_time: Option<DateTime<Utc>>,
    pub time_stamps: Vec<TimeStampReport>,
    pub references: Vec<ReferenceReport>,
    pub roles: Vec<String>,
    pub place: Vec<String>,
    /// Of the signature value, hexadecimal.
    pub value_sha256: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReferenceReport {
    pub name: String,
    pub state: ReferenceState,
    pub media_type: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceState {
    Intact,
    Altered,
    Missing,
}
