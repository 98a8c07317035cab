//! Checking a pack that came from anywhere.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::manifest::{
    FORMAT, FileEntry, KEY, MANIFEST, MANIFEST_SIGNATURE, Manifest, OUTSIDE, SUMS, SUMS_SIGNATURE,
    VERSION, sums,
};
use super::sealing::{SealReadError, is_sealed};
use super::signing::{self, PUBLIC_KEY, SIGNATURE};
use super::verdict::{
    ContainerState, FileState, FileVerdict, PackAbout, PackState, PackVerdict, SignatureState,
    Trouble,
};
use crate::names;

/// What a pack may ask of this machine.
#[derive(Debug, Clone, Copy)]
pub struct PackLimits {
    pub entries: usize,
    /// Bytes of the manifest, and of the list of hashes.
    pub text: u64,
    /// Bytes that all files together may have for each byte of the archive, beside [`PackLimits::allowance`].
    pub expansion: u64,
    /// Bytes that all files together may have anyhow.
    pub allowance: u64,
}

impl Default for PackLimits {
    fn default() -> Self {
        Self {
            entries: 200_000,
            text: 128 * 1024 * 1024,
            expansion: 200,
            allowance: 64 * 1024 * 1024,
        }
    }
}

/// The check was not wanted any more.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the check was stopped")]
pub struct Stopped;

/// Checks every file, both signatures and the archive itself, with a memory that does not depend on the files.
/// `progress` is told how many bytes were read, and of how many: of the files, then of the archive around them.
///
/// # Errors
/// [`Stopped`] when `progress` says so. Whatever is wrong with the pack is in the verdict.
pub fn verify_pack(
    mut pack: impl Read + Seek,
    limits: &PackLimits,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<PackVerdict, Stopped> {
    let length = match pack.seek(SeekFrom::End(0)).and_then(|length| {
        pack.rewind()?;
        Ok(length)
    }) {
        Ok(length) => length,
        Err(_) => return Ok(PackVerdict::unreadable(Trouble::ReadFailed)),
    };
    let archive = match ZipArchive::new(pack) {
        Ok(archive) => archive,
        Err(_) => return Ok(PackVerdict::unreadable(Trouble::NotAnArchive)),
    };
    let checking = Checking {
        archive,
        length,
        limits,
        troubles: Vec::new(),
        files: Vec::new(),
    };
    checking.run(progress)
}

/// How far a check is, in bytes.
struct Reading<'a> {
    read: u64,
    total: u64,
    tell: &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>,
}

impl Reading<'_> {
    fn went_on(&mut self, bytes: u64) -> Result<(), Stopped> {
        self.read = self.read.saturating_add(bytes);
        match (self.tell)(self.read, self.total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stopped),
        }
    }
}

struct Checking<'a, R> {
    archive: ZipArchive<R>,
    length: u64,
    limits: &'a PackLimits,
    troubles: Vec<Trouble>,
    files: Vec<FileVerdict>,
}

impl<R: Read + Seek> Checking<'_, R> {
    fn run(
        mut self,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<PackVerdict, Stopped> {
        if self.archive.len() > self.limits.entries {
            return Ok(PackVerdict::unreadable(Trouble::OverLimits));
        }
        self.check_archive();
        let (text, manifest) = match self.manifest() {
            Ok(read) => read,
            Err(trouble) => return Ok(PackVerdict::unreadable(trouble)),
        };
        let key = self
            .small(KEY, KEY_BYTES)
            .and_then(|pem| signing::public_key(&pem));
        let signature = self.check_signatures(&text, &manifest, key.as_ref());
        self.check_sense(&manifest, key.as_ref());
        let mut reading = Reading {
            read: 0,
            // Nothing but a key tells whether the archive is sealed.
            total: key.map_or(0, |_| self.length),
            tell: progress,
        };
        self.check_files(&manifest, &mut reading)?;
        let Self {
            archive,
            length,
            mut troubles,
            files,
            ..
        } = self;
        let container = match seal_of(archive.into_inner(), length, key.as_ref(), &mut reading) {
            Ok(container) => container,
            Err(SealReadError::Stopped(stopped)) => return Err(stopped),
            Err(SealReadError::Io(_)) => {
                troubles.push(Trouble::ReadFailed);
                ContainerState::Unreadable
            }
        };
        let state = if !troubles.is_empty() {
            PackState::Altered
        } else if container != ContainerState::Sealed {
            PackState::Repacked
        } else if manifest.complete {
            PackState::Whole
        } else {
            PackState::Incomplete
        };
        Ok(PackVerdict {
            state,
            container,
            signature,
            fingerprint: key.as_ref().map(signing::fingerprint),
            about: Some(PackAbout::from(manifest)),
            files,
            troubles,
        })
    }

    fn check_archive(&mut self) {
        if self.archive.has_duplicate_names() {
            self.troubles.push(Trouble::DuplicateNames);
        }
        match self.archive.has_overlapping_entries() {
            Ok(false) => {}
            Ok(true) => self.troubles.push(Trouble::OverlappingEntries),
            Err(_) => self.troubles.push(Trouble::InconsistentHeaders),
        }
        if self.archive.validate_header_consistency().is_err() {
            self.troubles.push(Trouble::InconsistentHeaders);
        }
    }

    fn manifest(&mut self) -> Result<(Vec<u8>, Manifest), Trouble> {
        let text = self
            .small(MANIFEST, self.limits.text)
            .ok_or(Trouble::NoManifest)?;
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|_| Trouble::ManifestUnreadable)?;
        if manifest.format != FORMAT {
            return Err(Trouble::NoManifest);
        }
        if manifest.version > VERSION {
            return Err(Trouble::NewerVersion);
        }
        Ok((text, manifest))
    }

    fn check_signatures(
        &mut self,
        text: &[u8],
        manifest: &Manifest,
        key: Option<&[u8; PUBLIC_KEY]>,
    ) -> SignatureState {
        let said = self.small(SUMS, self.limits.text);
        let digest = hex::encode(Sha256::digest(text));
        if said.as_deref() != Some(sums(manifest.files(), &digest).as_bytes()) {
            self.troubles.push(Trouble::SumsDiffer);
        }
        let signatures = [
            (MANIFEST_SIGNATURE, Some(text), Trouble::ManifestSignature),
            (SUMS_SIGNATURE, said.as_deref(), Trouble::SumsSignature),
        ];
        let Some(key) = key else {
            self.troubles.push(Trouble::KeyUnreadable);
            return SignatureState::Missing;
        };
        let mut state = SignatureState::Good;
        for (name, message, trouble) in signatures {
            let signature = self.small(name, SIGNATURE as u64);
            let is_good = match (message, &signature) {
                (Some(message), Some(signature)) => signing::is_signed(key, message, signature),
                _ => false,
            };
            if !is_good {
                self.troubles.push(trouble);
                state = match (state, signature) {
                    (SignatureState::Bad, _) | (_, Some(_)) => SignatureState::Bad,
                    (_, None) => SignatureState::Missing,
                };
            }
        }
        state
    }

    /// What the manifest says must hold together, even where it is signed: anyone can sign with a key of their own.
    fn check_sense(&mut self, manifest: &Manifest, key: Option<&[u8; PUBLIC_KEY]>) {
        let is_complete = manifest
            .dossiers
            .iter()
            .all(|dossier| dossier.complete && dossier.missing.is_empty());
        let is_its_key =
            key.is_none_or(|key| signing::fingerprint(key) == manifest.key.fingerprint_sha256);
        let mut seen = HashSet::new();
        let mut names_key = false;
        for file in manifest.files() {
            if !is_safe(&file.path) || OUTSIDE.contains(&file.path.as_str()) {
                self.troubles.push(Trouble::UnsafeName(file.path.clone()));
            }
            if !seen.insert(file.path.to_lowercase()) {
                self.troubles.push(Trouble::DuplicateNames);
            }
            names_key |= file.path == KEY;
        }
        if manifest.complete != is_complete || !is_its_key || !names_key {
            self.troubles.push(Trouble::ManifestContradicts);
        }
    }

    fn check_files(
        &mut self,
        manifest: &Manifest,
        reading: &mut Reading<'_>,
    ) -> Result<(), Stopped> {
        let total = manifest
            .files()
            .fold(0_u64, |total, file| total.saturating_add(file.size));
        let allowed = self
            .length
            .saturating_mul(self.limits.expansion)
            .saturating_add(self.limits.allowance);
        if total > allowed {
            self.troubles.push(Trouble::OverLimits);
            return Ok(());
        }
        let mut places: HashMap<String, usize> = HashMap::new();
        for (index, name) in self.archive.file_names_raw().enumerate() {
            places.insert(String::from_utf8_lossy(name).into_owned(), index);
        }
        reading.total = reading.total.saturating_add(total);
        for file in manifest.files() {
            let state = match places.remove(&file.path) {
                None => FileState::Missing,
                Some(index) => self.check_file(index, file, reading)?,
            };
            match state {
                FileState::Missing => self.troubles.push(Trouble::FileMissing(file.path.clone())),
                FileState::Altered => self.troubles.push(Trouble::FileAltered(file.path.clone())),
                FileState::Whole | FileState::Unlisted => {}
            }
            self.files.push(FileVerdict {
                path: file.path.clone(),
                size: Some(file.size),
                sha256: Some(file.sha256.clone()),
                state,
            });
        }
        // Those that are missing or too long, too.
        reading.read = total;
        let mut unlisted: Vec<String> = places
            .into_keys()
            .filter(|path| !OUTSIDE.contains(&path.as_str()) && !self.is_folder(path))
            .collect();
        unlisted.sort();
        for path in unlisted {
            self.troubles.push(Trouble::FileUnlisted(path.clone()));
            self.files.push(FileVerdict {
                path,
                size: None,
                sha256: None,
                state: FileState::Unlisted,
            });
        }
        Ok(())
    }

    /// Reads no more than the manifest says that there is.
    fn check_file(
        &mut self,
        index: usize,
        file: &FileEntry,
        reading: &mut Reading<'_>,
    ) -> Result<FileState, Stopped> {
        let Ok(entry) = self.archive.by_index(index) else {
            return Ok(FileState::Altered);
        };
        let mut entry = entry.take(file.size.saturating_add(1));
        let mut hash = Sha256::new();
        let mut size = 0_u64;
        let mut chunk = vec![0; 64 * 1024];
        loop {
            match entry.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => {
                    hash.update(chunk.get(..count).unwrap_or(&chunk));
                    size += count as u64;
                    reading.went_on(count as u64)?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Ok(FileState::Altered),
            }
        }
        let is_whole = size == file.size && hex::encode(hash.finalize()) == file.sha256;
        Ok(if is_whole {
            FileState::Whole
        } else {
            FileState::Altered
        })
    }

    /// Archivers add entries for folders; nothing is in them.
    fn is_folder(&mut self, path: &str) -> bool {
        path.ends_with('/')
            && self
                .archive
                .by_name(path)
                .is_ok_and(|entry| entry.size() == 0 && entry.compressed_size() <= 2)
    }

    /// An entry of at most `most` bytes; `None` when it is larger, damaged or not there.
    fn small(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let entry = self.archive.by_name(name).ok()?;
        let mut bytes = Vec::new();
        entry
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)
            .ok()?;
        (bytes.len() as u64 <= most).then_some(bytes)
    }
}

/// The archive is read through, past what its directory speaks of.
fn seal_of(
    mut pack: impl Read + Seek,
    length: u64,
    key: Option<&[u8; PUBLIC_KEY]>,
    reading: &mut Reading<'_>,
) -> Result<ContainerState, SealReadError> {
    let Some(key) = key else {
        return Ok(ContainerState::NotSealed);
    };
    pack.rewind()?;
    let sealed = is_sealed(&mut pack, length, key, &mut |bytes| reading.went_on(bytes))?;
    Ok(if sealed {
        ContainerState::Sealed
    } else {
        ContainerState::NotSealed
    })
}

/// Room for the PEM of an Ed25519 key.
const KEY_BYTES: u64 = 1024;

/// A relative path of at most three names, each one that we would have given.
fn is_safe(path: &str) -> bool {
    path.split('/').count() <= 3 && path.split('/').all(|name| names::component(name) == name)
}
