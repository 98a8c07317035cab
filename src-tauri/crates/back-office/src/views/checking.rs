//! What came of checking a file. The sentences of findings are made in Rust, once, since the printable sheet says
//! them too; every other word is the window's.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{packs::PackVerdictView, session::EnvironmentKind};

/// What a chosen file is, and what came of checking it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "FileCheck.ts")]
pub struct FileCheck {
    /// For what is done with it afterwards; a few of the last ones are known.
    pub check_id: String,
    pub file_name: String,
    /// Bytes.
    pub size: String,
    /// RFC 3339.
    pub checked_at: String,
    pub found: FileFound,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "FileFound.ts")]
pub enum FileFound {
    Pack {
        verdict: PackVerdictView,
    },
    Container {
        verdict: Box<ContainerVerdictView>,
    },
    /// Neither a pack nor a signed container.
    Other,
}

/// An ASiC-E container, judged (ETSI EN 319 162-1, results of ETSI EN 319 102-1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ContainerVerdictView.ts")]
pub struct ContainerVerdictView {
    pub headline: CheckHeadline,
    /// The standard's own words, such as `INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND`.
    pub etsi: String,
    /// In people's words; `None` when everything passed.
    pub reason: Option<Sentence>,
    pub container: CheckLine,
    pub integrity: CheckLine,
    pub signature: CheckLine,
    pub trust: CheckLine,
    pub coverage: CheckCoverage,
    pub files: Vec<ContainedFile>,
    pub signatures: Vec<SignatureView>,
    /// Of the container, hexadecimal.
    pub sha256: String,
    pub revocation: RevocationRule,
    pub trust_store: TrustStoreView,
    /// Of the dossier that the container was received for.
    pub tie: Option<ClaimTie>,
}

/// The verdict in one word; its sentence is the window's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "CheckHeadline.ts")]
pub enum CheckHeadline {
    /// Every file is covered by a signature that passed.
    Passed,
    /// What is signed passed, and some file is covered by no signature.
    PartlySigned,
    /// Whole, and every signature made by the certificate it names; whether to trust that one is open.
    SoundUntrusted,
    /// Whole, and every signature made by the certificate it names; something else keeps it from passing.
    SoundOpen,
    /// Some signed content or the signature is not what was signed.
    Altered,
    /// Whole, and a signature does not hold for another reason: TOTAL-FAILED.
    Failed,
    /// Refused for its form.
    Malformed,
    /// Something that is signed is not there, or cannot be verified.
    NotVerified,
    NotSigned,
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "Sentence.ts")]
pub struct Sentence {
    pub fr: String,
    pub en: String,
}

/// One of the four lines, by its worst finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CheckLine.ts")]
pub struct CheckLine {
    pub state: CheckState,
    pub findings: Vec<CheckFinding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "CheckState.ts")]
pub enum CheckState {
    Good,
    Warning,
    Unknown,
    Bad,
    /// There is nothing it could speak of.
    Absent,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CheckFinding.ts")]
pub struct CheckFinding {
    /// Stable; the JSON report has the same.
    pub code: String,
    pub state: CheckState,
    pub sentence: Sentence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "CheckCoverage.ts")]
pub enum CheckCoverage {
    None,
    Partial,
    Full,
}

/// A file of the container, or one that is signed and not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ContainedFile.ts")]
pub struct ContainedFile {
    pub name: String,
    /// Bytes.
    pub size: Option<String>,
    pub sha256: Option<String>,
    /// As signed.
    pub media_type: Option<String>,
    pub state: ContainedState,
    /// Positions of the signatures that cover it.
    pub signed_by: Vec<u32>,
    pub preview: Preview,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ContainedState.ts")]
pub enum ContainedState {
    Signed,
    NotSigned,
    Altered,
    Missing,
    Damaged,
}

/// How a file of the container can be shown; everything else is only saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "Preview.ts")]
pub enum Preview {
    Picture,
    Text,
    None,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "SignatureView.ts")]
pub struct SignatureView {
    pub etsi: String,
    pub state: CheckState,
    /// Where in the container.
    pub file: String,
    /// Such as `XAdES baseline T`.
    pub form: String,
    /// Such as `ECDSA, SHA-256`.
    pub algorithm: Option<String>,
    pub signer: Option<CertificateView>,
    /// From the signer upwards.
    pub chain: Vec<CertificateView>,
    /// The trusted certificate the chain ends in.
    pub anchor: Option<AnchorView>,
    /// What the signer says. No fact.
    pub claimed_at: Option<String>,
    /// What a trusted time-stamp proves.
    pub proven_at: Option<String>,
    pub time_stamps: Vec<TimeStampView>,
    pub findings: Vec<CheckFinding>,
    pub roles: Vec<String>,
    pub place: Vec<String>,
    /// Of the signature value.
    pub value_sha256: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "TimeStampView.ts")]
pub struct TimeStampView {
    /// What the token says.
    pub at: Option<String>,
    pub is_proven: bool,
    pub authority: Option<CertificateView>,
    pub findings: Vec<CheckFinding>,
}

/// As the certificate gives it: text to show, not to trust.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CertificateView.ts")]
pub struct CertificateView {
    /// Common name, else the whole name.
    pub name: String,
    pub organisation: Option<String>,
    /// Distinguished name.
    pub subject: String,
    pub issuer: String,
    pub issuer_name: String,
    pub serial: String,
    pub not_before: String,
    pub not_after: String,
    /// Such as `RSA 3072`.
    pub key: String,
    pub is_authority: bool,
    /// What it states of itself, checked against no trusted list.
    pub states_qualified: bool,
    pub states_secure_device: bool,
    /// Of the DER, hexadecimal.
    pub sha256: String,
}

/// Why a chain is trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "AnchorView.ts")]
pub struct AnchorView {
    pub name: String,
    /// The file it was added from.
    pub source: String,
    pub added_at: String,
    pub added_by: Option<String>,
}

/// What a judgement stood on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "TrustStoreView.ts")]
pub struct TrustStoreView {
    /// False: the register was closed, and nobody was trusted.
    pub is_open: bool,
    pub signers: u32,
    pub time_stamp_authorities: u32,
    /// Of the newest certificate.
    pub changed_at: Option<String>,
}

/// The claim against the dossier it was received for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ClaimTie.ts")]
pub struct ClaimTie {
    pub dossier_id: String,
    pub environment_kind: EnvironmentKind,
    pub named: ClaimNames,
    /// The file that names it.
    pub file: Option<String>,
    pub signer: ClaimSigner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ClaimNames.ts")]
pub enum ClaimNames {
    /// A signed file holds ID360's number of the dossier.
    Number,
    /// A signed file holds the reference: any equal text does, such as a name. No tie by itself.
    Reference,
    /// Only a file that no sound signature covers names it.
    Unsigned,
    Nowhere,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ClaimSigner.ts")]
pub enum ClaimSigner {
    /// The signer's own certificate is in the trust store.
    Expected,
    /// It was issued under an authority of the trust store.
    UnderExpectedAuthority,
    Unknown,
    /// One of these is named by a signature that is forged, altered, revoked or cannot be verified: it shows nobody.
    Unproven,
}

/// A text file of a container, as much as is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CheckedText.ts")]
pub struct CheckedText {
    pub text: String,
    pub is_cut: bool,
}

/// How the result of a check is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "CheckReportForm.ts")]
pub enum CheckReportForm {
    Json,
    Html,
    Pdf,
}

/// Whom the desk trusts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "TrustView.ts")]
pub struct TrustView {
    pub certificates: Vec<TrustedView>,
    pub revocation: RevocationRule,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "TrustedView.ts")]
pub struct TrustedView {
    pub role: TrustedFor,
    pub certificate: CertificateView,
    pub is_expired: bool,
    /// The file it was added from.
    pub source: String,
    pub added_at: String,
    pub added_by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "TrustedFor.ts")]
pub enum TrustedFor {
    Signatures,
    TimeStamps,
}

/// What is asked about the revocation of the signers' certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "RevocationRule.ts")]
pub enum RevocationRule {
    /// The file must prove that none was revoked.
    Required,
    /// What the file holds is judged.
    Embedded,
    NotChecked,
}
