//! What came of checking a pack.

use serde::Serialize;

use super::contents::{EnvironmentKind, Language};
use super::manifest::Manifest;

/// In one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PackState {
    /// Byte for byte what was made, with everything that was expected.
    Whole,
    /// Byte for byte what was made, and marked incomplete when it was made.
    Incomplete,
    /// Every file and both signatures are good, but another program made the archive around them.
    Repacked,
    /// Something is not what was signed.
    Altered,
    /// Not a pack, or too damaged to be read as one.
    Unreadable,
}

/// The archive itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContainerState {
    Sealed,
    NotSealed,
    Unreadable,
}

/// The signatures on the manifest and on the list of hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureState {
    /// By the key in the pack. Whose key that is, the fingerprint tells.
    Good,
    Bad,
    Missing,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "code", content = "path")]
pub enum Trouble {
    /// Not a ZIP archive, or cut short.
    NotAnArchive,
    /// The disk could not read it.
    ReadFailed,
    /// More entries, or larger ones, than a pack may have.
    OverLimits,
    DuplicateNames,
    /// Two entries share bytes of the archive.
    OverlappingEntries,
    /// The archive says one thing of its entries at their place and another in its directory.
    InconsistentHeaders,
    NoManifest,
    ManifestUnreadable,
    /// Made by a later version of the program.
    NewerVersion,
    /// The manifest contradicts itself or its key.
    ManifestContradicts,
    KeyUnreadable,
    ManifestSignature,
    SumsSignature,
    /// `SHA256SUMS` is not there, or does not say what the manifest says.
    SumsDiffer,
    /// The manifest names a file that no pack would hold.
    UnsafeName(String),
    FileMissing(String),
    FileAltered(String),
    /// In the archive and not in the manifest.
    FileUnlisted(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    Whole,
    Altered,
    Missing,
    Unlisted,
}

/// A file of the pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileVerdict {
    pub path: String,
    /// Bytes, as the manifest states.
    pub size: Option<u64>,
    /// As the manifest states, hexadecimal.
    pub sha256: Option<String>,
    pub state: FileState,
}

/// A dossier of the pack, as the manifest states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DossierVerdict {
    pub folder: String,
    pub reference: Option<String>,
    pub enrollment_id: Option<i64>,
    /// The desk's own id of it.
    pub id: String,
    pub environment: EnvironmentKind,
    pub status: Option<String>,
    /// Names of what was missing when the pack was made.
    pub missing: Vec<String>,
}

/// What the manifest says of the pack. To be believed where the signature is good and its key known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackAbout {
    /// RFC 3339.
    pub made_at: String,
    pub made_by: String,
    pub program: String,
    pub language: Language,
    pub complete: bool,
    pub dossiers: Vec<DossierVerdict>,
}

impl From<Manifest> for PackAbout {
    fn from(manifest: Manifest) -> Self {
        Self {
            made_at: manifest.made_at,
            made_by: manifest.made_by,
            program: manifest.program,
            language: manifest.language,
            complete: manifest.complete,
            dossiers: manifest
                .dossiers
                .into_iter()
                .map(|dossier| DossierVerdict {
                    folder: dossier.folder,
                    reference: dossier.reference,
                    enrollment_id: dossier.enrollment_id,
                    id: dossier.id,
                    environment: dossier.environment,
                    status: dossier.status,
                    missing: dossier
                        .missing
                        .into_iter()
                        .map(|piece| piece.name)
                        .collect(),
                })
                .collect(),
        }
    }
}

/// All there is to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackVerdict {
    pub state: PackState,
    pub container: ContainerState,
    pub signature: SignatureState,
    /// Of the key in the pack, hexadecimal ([`super::fingerprint`]).
    pub fingerprint: Option<String>,
    pub about: Option<PackAbout>,
    pub files: Vec<FileVerdict>,
    pub troubles: Vec<Trouble>,
}

impl PackVerdict {
    pub(super) fn unreadable(trouble: Trouble) -> Self {
        Self {
            state: PackState::Unreadable,
            container: ContainerState::Unreadable,
            signature: SignatureState::Missing,
            fingerprint: None,
            about: None,
            files: Vec::new(),
            troubles: vec![trouble],
        }
    }
}
