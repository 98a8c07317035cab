//! The folder that files are saved into.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::arriving::Arriving;
use super::error::SaveError;
use super::filesystem::{Filesystem, Folder};
use super::leftovers;
use super::pending::{PendingFile, SavedFile};
use super::std_filesystem::StdFilesystem;
use crate::names;

/// Temporary names hold 64 random bits; a second collision is not chance.
const ATTEMPTS: u32 = 4;

/// An open folder; cheap to clone.
#[derive(Debug, Clone)]
pub struct Destination {
    folder: Arc<dyn Folder>,
}

impl Destination {
    /// Opens an existing folder of the real disk.
    ///
    /// # Errors
    /// [`SaveError::Missing`] when there is no such folder.
    pub fn open(path: &Path) -> Result<Self, SaveError> {
        Self::open_in(&StdFilesystem, path)
    }

    /// # Errors
    /// As [`Destination::open`].
    pub fn open_in(filesystem: &dyn Filesystem, path: &Path) -> Result<Self, SaveError> {
        let folder = filesystem.open_folder(path)?;
        Ok(Self {
            folder: Arc::from(folder),
        })
    }

    /// Begins a file that will be called `name` (cleaned by [`names::component`]) once it is whole.
    ///
    /// # Errors
    /// [`SaveError::DiskFull`], [`SaveError::ReadOnly`], [`SaveError::Missing`], [`SaveError::Io`].
    pub fn begin(&self, name: &str) -> Result<PendingFile, SaveError> {
        let name = names::component(name);
        Ok(PendingFile::new(self.arrive(&name)?, name))
    }

    /// A file that will be published under `name`, a clean one.
    pub(crate) fn arrive(&self, name: &str) -> Result<Arriving, SaveError> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let temporary = leftovers::temporary_name(name, rand::random());
            match self.folder.create_new(&temporary) {
                Ok(file) => return Ok(Arriving::new(Arc::clone(&self.folder), file, temporary)),
                Err(error)
                    if attempt < ATTEMPTS
                        && matches!(
                            error.kind(),
                            io::ErrorKind::AlreadyExists | io::ErrorKind::Interrupted
                        ) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    pub(crate) fn folder(&self) -> &dyn Folder {
        self.folder.as_ref()
    }

    /// Saves bytes that are already here, under `name`.
    ///
    /// # Errors
    /// Any [`SaveError`].
    pub fn save(&self, name: &str, bytes: &[u8]) -> Result<SavedFile, SaveError> {
        let mut file = self.begin(name)?;
        file.write(bytes)?;
        file.finish(Some(bytes.len() as u64))
    }

    /// See [`super::remove_leftovers`].
    ///
    /// # Errors
    /// [`SaveError::Missing`], [`SaveError::Io`] when the folder cannot be listed.
    pub fn remove_leftovers(&self) -> Result<usize, SaveError> {
        leftovers::remove_from(self.folder.as_ref())
    }
}
