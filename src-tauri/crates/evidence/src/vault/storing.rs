//! A piece on its way into the vault.

use std::collections::{BTreeMap, btree_map::Entry};
use std::{fmt, io};

use id360_api::Receiver;
use md5::Md5;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::format::{Cipher, FRAME, PREFIX, Part, TAG, prefix};
use super::{PieceHeader, Vault, file_name};
use crate::media::sniff;
use crate::saving::{Arriving, Named, SaveError};

/// A piece that is in the vault, and will still be there after a power cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPiece {
    pub header: PieceHeader,
    /// Plain bytes.
    pub size: u64,
    /// Of the plain bytes.
    pub sha256: [u8; 32],
    /// Of the plain bytes; only to compare with the report (facts §F.5).
    pub md5: [u8; 16],
}

/// A whole piece under its name, which a power cut may still take: no row may tell of it yet.
#[derive(Debug)]
pub struct NamedPiece {
    piece: StoredPiece,
    place: Named,
}

/// A piece under a temporary name. Dropping it before [`PendingPiece::finish`] removes it.
pub struct PendingPiece {
    file: Arriving,
    vault_key: Zeroizing<[u8; 32]>,
    header: PieceHeader,
    told_media_type: Option<String>,
    /// `None` until the first bytes leave.
    cipher: Option<Cipher>,
    /// The frame that is being filled; it is sealed where it stands.
    frame: Vec<u8>,
    size: u64,
    sha256: Sha256,
    md5: Md5,
}

impl Vault {
    /// Begins the piece of that header. Nothing is visible before it is finished.
    ///
    /// # Errors
    /// [`SaveError::DiskFull`], [`SaveError::ReadOnly`], [`SaveError::Missing`], [`SaveError::Io`].
    pub fn begin(&self, header: PieceHeader) -> Result<PendingPiece, SaveError> {
        let folder = self.folder_to_write(header.piece)?;
        Ok(PendingPiece {
            file: folder.arrive(&file_name(header.piece))?,
            vault_key: self.0.key.clone(),
            told_media_type: header.media_type.clone(),
            header,
            cipher: None,
            frame: Vec::new(),
            size: 0,
            sha256: Sha256::new(),
            md5: Md5::new(),
        })
    }

    /// Makes pieces last, with one sync of each folder they lie in.
    ///
    /// # Errors
    /// As the disk says. What did not last is not left; a piece that did is taken in by the next sweep.
    pub fn make_last(&self, named: Vec<NamedPiece>) -> Result<Vec<StoredPiece>, SaveError> {
        let mut pieces = Vec::with_capacity(named.len());
        let mut folders = BTreeMap::<u8, Named>::new();
        for NamedPiece { piece, place } in named {
            match folders.entry(super::place(piece.header.piece)) {
                Entry::Occupied(mut known) => known.get_mut().append(place),
                Entry::Vacant(new) => drop(new.insert(place)),
            }
            pieces.push(piece);
        }
        // Each of them, whatever became of another one.
        let synced: Vec<_> = folders.into_values().map(Named::make_last).collect();
        synced.into_iter().collect::<Result<(), _>>()?;
        Ok(pieces)
    }

    /// Stores bytes that are already here.
    ///
    /// # Errors
    /// Any [`SaveError`].
    pub fn store(&self, header: PieceHeader, bytes: &[u8]) -> Result<StoredPiece, SaveError> {
        let mut piece = self.begin(header)?;
        piece.write(bytes)?;
        piece.finish(Some(bytes.len() as u64))
    }
}

impl NamedPiece {
    /// Plain bytes.
    pub fn size(&self) -> u64 {
        self.piece.size
    }
}

impl PendingPiece {
    /// Plain bytes received since the beginning or the last restart.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// MD5 of the plain bytes received so far, lower-case hexadecimal.
    pub fn md5(&self) -> String {
        hex::encode(self.md5.clone().finalize())
    }

    /// Seals and appends.
    ///
    /// # Errors
    /// As the system reports them; the piece takes nothing more until it is restarted.
    pub fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.sha256.update(bytes);
        self.md5.update(bytes);
        self.size += bytes.len() as u64;
        while !bytes.is_empty() {
            // A full frame leaves only when more comes: the last one is sealed as the last.
            if self.frame.len() == FRAME {
                self.send(Part::Frame)?;
            }
            self.frame
                .reserve_exact((FRAME + TAG).saturating_sub(self.frame.len()));
            let taken = bytes.len().min(FRAME - self.frame.len());
            let (now, later) = bytes.split_at(taken);
            self.frame.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Puts the piece into the vault. `expected` is the plain length that was announced, where it was.
    ///
    /// # Errors
    /// [`SaveError::Truncated`] when the length is not `expected` or nothing was received; else what the disk says.
    /// Nothing is visible then, and nothing is left.
    pub fn finish(self, expected: Option<u64>) -> Result<StoredPiece, SaveError> {
        let named = self.name(expected)?;
        named.place.make_last()?;
        Ok(named.piece)
    }

    /// As [`PendingPiece::finish`], but for [`Vault::make_last`] to end with others.
    ///
    /// # Errors
    /// As [`PendingPiece::finish`].
    pub fn name(mut self, expected: Option<u64>) -> Result<NamedPiece, SaveError> {
        if let Some(kind) = self.file.broken() {
            return Err(io::Error::from(kind).into());
        }
        if self.size == 0 || expected.is_some_and(|length| length != self.size) {
            return Err(SaveError::Truncated {
                received: self.size,
                expected,
            });
        }
        self.send(Part::LastFrame)?;
        self.file.settle(None)?;
        let place = self.file.name(&file_name(self.header.piece))?;
        let piece = StoredPiece {
            header: self.header,
            size: self.size,
            sha256: self.sha256.finalize().into(),
            md5: self.md5.finalize().into(),
        };
        Ok(NamedPiece { piece, place })
    }

    /// Seals the frame and writes it, the file's head before the first one.
    fn send(&mut self, part: Part) -> io::Result<()> {
        let mut cipher = match self.cipher.take() {
            Some(cipher) => cipher,
            None => self.head()?,
        };
        cipher.seal(part, &[], &mut self.frame, 0)?;
        self.cipher = Some(cipher);
        let written = self.file.write(&self.frame);
        self.frame.clear();
        written
    }

    /// A salt of its own for every beginning: bytes of an attempt that was given up may linger on the disk.
    fn head(&mut self) -> io::Result<Cipher> {
        self.header.media_type = Some(match &self.told_media_type {
            Some(told) => told.clone(),
            None => sniff(&self.frame).mime().to_owned(),
        });
        let salt = rand::random();
        let mut cipher = Cipher::new(&self.vault_key, &salt)?;
        let plain = serde_json::to_vec(&self.header)?;
        let prefix = prefix(&salt, plain.len() + TAG)?;
        let mut head = prefix.to_vec();
        head.extend_from_slice(&plain);
        cipher.seal(Part::Header, &prefix, &mut head, PREFIX)?;
        self.file.write(&head)?;
        Ok(cipher)
    }
}

impl Receiver for PendingPiece {
    fn restart(&mut self, _announced: Option<u64>) -> io::Result<()> {
        self.file.restart()?;
        self.cipher = None;
        self.frame.clear();
        self.size = 0;
        self.sha256.reset();
        self.md5.reset();
        Ok(())
    }

    fn receive(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.write(chunk)
    }
}

impl fmt::Debug for PendingPiece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingPiece")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}
