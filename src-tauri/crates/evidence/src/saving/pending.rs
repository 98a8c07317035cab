//! One file on its way to the disk.

use std::sync::Arc;
use std::{fmt, io};

use id360_api::Receiver;
use md5::Md5;
use sha2::{Digest, Sha256};

use super::error::SaveError;
use super::filesystem::{Folder, OpenFile};
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
    folder: Arc<dyn Folder>,
    /// `None` once closed.
    file: Option<Box<dyn OpenFile>>,
    temporary: String,
    name: String,
    size: u64,
    sha256: Sha256,
    md5: Md5,
    /// A write failed: the length on the disk is no longer known until the next restart.
    broken: Option<io::ErrorKind>,
    /// The temporary name is gone: there is nothing left to remove.
    settled: bool,
}

/// A folder with so many files of one name is not what the person meant.
const MAX_COPIES: u32 = 999;

impl PendingFile {
    pub(super) fn new(
        folder: Arc<dyn Folder>,
        file: Box<dyn OpenFile>,
        temporary: String,
        name: String,
    ) -> Self {
        Self {
            folder,
            file: Some(file),
            temporary,
            name,
            size: 0,
            sha256: Sha256::new(),
            md5: Md5::new(),
            broken: None,
            settled: false,
        }
    }

    /// Bytes received since the beginning or the last restart.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends to the file and to the hashes.
    ///
    /// # Errors
    /// As the system reports them; the file takes nothing more until it is restarted.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(kind) = self.broken {
            return Err(kind.into());
        }
        let file = open(&mut self.file)?;
        if let Err(error) = write_all(file.as_mut(), bytes) {
            self.broken = Some(error.kind());
            return Err(error);
        }
        self.sha256.update(bytes);
        self.md5.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// Gives the file its name. `expected` is the length that was announced, where it was.
    ///
    /// # Errors
    /// [`SaveError::Truncated`] when the length is not `expected` or nothing was received; [`SaveError::Exists`]
    /// when the name is taken; else what the disk says. Nothing is visible then, and nothing is left.
    pub fn finish(mut self, expected: Option<u64>) -> Result<SavedFile, SaveError> {
        self.settle_content(expected)?;
        let name = self.name.clone();
        self.publish(&name)?;
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
        self.settle_content(expected)?;
        let mut name = self.name.clone();
        for copy in 2..=MAX_COPIES {
            match self.publish(&name) {
                Err(SaveError::Exists) => name = names::alternative(&self.name, copy),
                Err(error) => return Err(error),
                Ok(()) => return Ok(self.saved(name)),
            }
        }
        Err(SaveError::Exists)
    }

    /// Removes what was received. Dropping does the same.
    pub fn abort(self) {}

    fn settle_content(&mut self, expected: Option<u64>) -> Result<(), SaveError> {
        if let Some(kind) = self.broken {
            return Err(io::Error::from(kind).into());
        }
        let mut file = self.file.take().ok_or_else(closed)?;
        let on_disk = file.size()?;
        if on_disk != self.size || self.size == 0 || expected.is_some_and(|n| n != self.size) {
            return Err(SaveError::Truncated {
                received: on_disk.min(self.size),
                expected,
            });
        }
        file.sync()?;
        file.close();
        Ok(())
    }

    fn publish(&mut self, name: &str) -> Result<(), SaveError> {
        self.folder.rename_no_replace(&self.temporary, name)?;
        self.settled = true;
        if let Err(error) = self.folder.sync() {
            // Reported as not saved, so it must not look saved, nor stand in the way of the next attempt.
            let _ = self.folder.remove(name);
            return Err(error.into());
        }
        Ok(())
    }

    fn saved(&mut self, name: String) -> SavedFile {
        SavedFile {
            name,
            size: self.size,
            sha256: hex::encode(self.sha256.finalize_reset()),
            md5: hex::encode(self.md5.finalize_reset()),
        }
    }
}

impl fmt::Debug for PendingFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingFile")
            .field("size", &self.size)
            .field("broken", &self.broken)
            .finish_non_exhaustive()
    }
}

impl Receiver for PendingFile {
    fn restart(&mut self, _announced: Option<u64>) -> io::Result<()> {
        open(&mut self.file)?.truncate()?;
        self.sha256.reset();
        self.md5.reset();
        self.size = 0;
        self.broken = None;
        Ok(())
    }

    fn receive(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.write(chunk)
    }
}

impl Drop for PendingFile {
    fn drop(&mut self) {
        if self.settled {
            return;
        }
        // Closed first: Windows does not remove an open file.
        drop(self.file.take());
        if let Err(error) = self.folder.remove(&self.temporary) {
            tracing::debug!(kind = ?error.kind(), "a temporary file could not be removed");
        }
    }
}

fn open(file: &mut Option<Box<dyn OpenFile>>) -> io::Result<&mut Box<dyn OpenFile>> {
    file.as_mut().ok_or_else(closed)
}

fn closed() -> io::Error {
    io::Error::other("the file is closed")
}

fn write_all(file: &mut dyn OpenFile, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(taken) => bytes = bytes.get(taken..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
