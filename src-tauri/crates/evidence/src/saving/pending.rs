//! A download on its way to a file a person chose.

use std::{fmt, io};

use id360_api::Receiver;
use md5::Md5;
use sha2::{Digest, Sha256};

use super::arriving::Arriving;
use super::error::SaveError;
use crate::names;

/// A file that was saved whole, and will still be there after a power cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFile {
    /// The name it has in its folder.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Of what was received, lower-case hexadecimal.
    pub sha256: String,
    /// Of what was received, lower-case hexadecimal; only to compare with the report (facts §F.5).
    pub md5: String,
}

/// A file under its temporary name. Dropping it before [`PendingFile::finish`] removes it.
pub struct PendingFile {
    file: Arriving,
    name: String,
    sha256: Sha256,
    md5: Md5,
    is_from_elsewhere: bool,
}

/// A folder with so many files of one name is not what the person meant.
const MAX_COPIES: u32 = 999;

impl PendingFile {
    pub(super) fn new(file: Arriving, name: String) -> Self {
        Self {
            file,
            name,
            sha256: Sha256::new(),
            md5: Md5::new(),
            is_from_elsewhere: false,
        }
    }

    /// Its bytes were made by others: the system is told so once the file has its name, where it has a mark for that.
    #[must_use]
    pub fn from_elsewhere(mut self) -> Self {
        self.is_from_elsewhere = true;
        self
    }

    /// Bytes received since the beginning or the last restart.
    pub fn size(&self) -> u64 {
        self.file.size()
    }

    /// Appends to the file and to the hashes.
    ///
    /// # Errors
    /// As the system reports them; the file takes nothing more until it is restarted.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write(bytes)?;
        self.sha256.update(bytes);
        self.md5.update(bytes);
        Ok(())
    }

    /// Makes sure of every byte while the file has no name yet; what finishes it then has only the name to give. It takes
    /// no more bytes. `expected` is the length that was announced, where it was.
    ///
    /// # Errors
    /// [`SaveError::Truncated`] when the length is not `expected` or nothing was received; else what the disk says.
    pub fn settle(&mut self, expected: Option<u64>) -> Result<(), SaveError> {
        self.file.settle(expected)
    }

    /// Gives the file its name. `expected` is the length that was announced, where it was.
    ///
    /// # Errors
    /// [`SaveError::Truncated`] when the length is not `expected` or nothing was received; [`SaveError::Exists`]
    /// when the name is taken; else what the disk says. Nothing is visible then, and nothing is left.
    pub fn finish(mut self, expected: Option<u64>) -> Result<SavedFile, SaveError> {
        self.file.settle(expected)?;
        let name = self.name.clone();
        self.file.publish(&name)?;
        Ok(self.saved(name))
    }

    /// As [`PendingFile::finish`], but a taken name gives way to `… (2)`, `… (3)`; what is there stays.
    ///
    /// # Errors
    /// As [`PendingFile::finish`]; [`SaveError::Exists`] only after 999 copies.
    pub fn finish_under_a_free_name(
        mut self,
        expected: Option<u64>,
    ) -> Result<SavedFile, SaveError> {
        self.file.settle(expected)?;
        let mut name = self.name.clone();
        for copy in 2..=MAX_COPIES {
            match self.file.publish(&name) {
                Err(SaveError::Exists) => name = names::alternative(&self.name, copy),
                Err(error) => return Err(error),
                Ok(()) => return Ok(self.saved(name)),
            }
        }
        Err(SaveError::Exists)
    }

    /// Removes what was received. Dropping does the same.
    pub fn abort(self) {}

    fn saved(self, name: String) -> SavedFile {
        if self.is_from_elsewhere
            && let Err(error) = self.file.mark(&name)
        {
            // A disk without marks, as FAT: the file is saved all the same.
            tracing::debug!(kind = ?error.kind(), "a saved file could not be marked");
        }
        SavedFile {
            name,
            size: self.file.size(),
            sha256: hex::encode(self.sha256.finalize()),
            md5: hex::encode(self.md5.finalize()),
        }
    }
}

impl fmt::Debug for PendingFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingFile")
            .field("size", &self.file.size())
            .field("broken", &self.file.broken())
            .finish_non_exhaustive()
    }
}

impl Receiver for PendingFile {
    fn restart(&mut self, _announced: Option<u64>) -> io::Result<()> {
        self.file.restart()?;
        self.sha256.reset();
        self.md5.reset();
        Ok(())
    }

    fn receive(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.write(chunk)
    }
}
