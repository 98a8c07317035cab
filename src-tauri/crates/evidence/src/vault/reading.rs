//! A piece on its way out of the vault.

use std::io::{self, Read};

use md5::Md5;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::format::{Cipher, FRAME, LONGEST_HEADER, NotSealedHere, PREFIX, Part, TAG, read_prefix};
use super::{PieceHeader, StoredPiece, Vault, VaultError, file_name};
use crate::saving::SaveError;

impl Vault {
    /// The whole piece, of at most `most` bytes.
    ///
    /// # Errors
    /// Any [`VaultError`] but [`VaultError::NotTaken`].
    pub fn read(&self, id: Uuid, most: u64) -> Result<(PieceHeader, Vec<u8>), VaultError> {
        let mut bytes = Vec::new();
        let too_large = VaultError::TooLarge { most };
        let read = self.copy(id, &mut |part| {
            bytes.extend_from_slice(part);
            if bytes.len() as u64 > most {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            Ok(())
        });
        match read {
            Ok(header) => Ok((header, bytes)),
            Err(VaultError::NotTaken(_)) => Err(too_large),
            Err(error) => Err(error),
        }
    }

    /// Hands over the piece part by part. Parts are authentic as they come; only when this succeeds were they all
    /// there: until then whatever is made of them is to be thrown away.
    ///
    /// # Errors
    /// Any [`VaultError`] but [`VaultError::TooLarge`].
    pub fn copy(
        &self,
        id: Uuid,
        out: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<PieceHeader, VaultError> {
        let (header, mut frames) = self.open_piece(id)?;
        while let Some(plain) = frames.next()? {
            out(plain).map_err(VaultError::NotTaken)?;
        }
        Ok(header)
    }

    /// What the file says of itself, without reading on.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::Altered`], [`VaultError::Unreadable`].
    pub fn header(&self, id: Uuid) -> Result<PieceHeader, VaultError> {
        Ok(self.open_piece(id)?.0)
    }

    /// Reads the whole file again: plain length and SHA-256, to compare with the row.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::Altered`], [`VaultError::Unreadable`].
    pub fn check(&self, id: Uuid) -> Result<(u64, [u8; 32]), VaultError> {
        let (mut size, mut sha256) = (0, Sha256::new());
        self.copy(id, &mut |part| {
            size += part.len() as u64;
            sha256.update(part);
            Ok(())
        })?;
        Ok((size, sha256.finalize().into()))
    }

    /// Everything that a lost row held.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::Altered`], [`VaultError::Unreadable`].
    pub fn describe(&self, id: Uuid) -> Result<StoredPiece, VaultError> {
        let (mut size, mut sha256, mut md5) = (0, Sha256::new(), Md5::new());
        let header = self.copy(id, &mut |part| {
            size += part.len() as u64;
            sha256.update(part);
            md5.update(part);
            Ok(())
        })?;
        Ok(StoredPiece {
            header,
            size,
            sha256: sha256.finalize().into(),
            md5: md5.finalize().into(),
        })
    }

    fn open_piece(&self, id: Uuid) -> Result<(PieceHeader, Frames), VaultError> {
        let folder = self.folder(id).map_err(|error| match error {
            SaveError::Missing => VaultError::Missing,
            SaveError::Io(error) => VaultError::Unreadable(error),
            other => VaultError::Unreadable(io::Error::other(other)),
        })?;
        let mut file = folder
            .folder()
            .open_existing(&file_name(id))
            .map_err(VaultError::of_the_disk)?;
        let mut prefix = [0; PREFIX];
        fill_all(&mut file, &mut prefix)?;
        let (salt, length) = read_prefix(&prefix).ok_or(VaultError::Altered)?;
        let mut sealed = vec![0; length.min(LONGEST_HEADER)];
        fill_all(&mut file, &mut sealed)?;
        let mut cipher = Cipher::new(&self.0.key, &salt).map_err(VaultError::Unreadable)?;
        let plain = cipher.open(Part::Header, &prefix, &mut sealed)?;
        let header: PieceHeader = serde_json::from_slice(plain).map_err(|_| VaultError::Altered)?;
        // Sealed with our key, and put under another piece's name.
        if header.piece != id {
            return Err(VaultError::Altered);
        }
        let frames = Frames {
            file,
            cipher,
            current: Vec::new(),
            ahead: Vec::new(),
            begun: false,
        };
        Ok((header, frames))
    }
}

impl From<NotSealedHere> for VaultError {
    fn from(_: NotSealedHere) -> Self {
        Self::Altered
    }
}

/// The frames of one file, one read ahead: only the end of the file tells the last one.
struct Frames {
    file: Box<dyn Read + Send>,
    cipher: Cipher,
    current: Vec<u8>,
    ahead: Vec<u8>,
    begun: bool,
}

impl Frames {
    fn next(&mut self) -> Result<Option<&[u8]>, VaultError> {
        if !self.begun {
            self.begun = true;
            fill(&mut self.file, &mut self.ahead)?;
            // A piece without a frame was cut off.
            if self.ahead.is_empty() {
                return Err(VaultError::Altered);
            }
        } else if self.ahead.is_empty() {
            return Ok(None);
        }
        std::mem::swap(&mut self.current, &mut self.ahead);
        fill(&mut self.file, &mut self.ahead)?;
        let part = match self.ahead.is_empty() {
            true => Part::LastFrame,
            false => Part::Frame,
        };
        let plain = self.cipher.open(part, &[], &mut self.current)?;
        if plain.is_empty() {
            return Err(VaultError::Altered);
        }
        Ok(Some(plain))
    }
}

/// Reads one sealed frame, or what is left of the file.
fn fill(file: &mut dyn Read, into: &mut Vec<u8>) -> Result<(), VaultError> {
    into.resize(FRAME + TAG, 0);
    let mut read = 0;
    while read < into.len() {
        match file.read(&mut into[read..]) {
            Ok(0) => break,
            Ok(taken) => read += taken,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(VaultError::of_the_disk(error)),
        }
    }
    into.truncate(read);
    Ok(())
}

fn fill_all(file: &mut dyn Read, into: &mut [u8]) -> Result<(), VaultError> {
    file.read_exact(into).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => VaultError::Altered,
        _ => VaultError::of_the_disk(error),
    })
}
