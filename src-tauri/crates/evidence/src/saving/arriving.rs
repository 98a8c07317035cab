//! The file itself on its way to the disk, whatever its bytes mean.

use std::io;
use std::sync::Arc;

use super::error::SaveError;
use super::filesystem::{Folder, OpenFile};

/// A file under its temporary name. Dropping it before it is published removes it.
#[derive(Debug)]
pub(crate) struct Arriving {
    folder: Arc<dyn Folder>,
    /// `None` once closed.
    file: Option<Box<dyn OpenFile>>,
    temporary: String,
    size: u64,
    /// A write failed: the length on the disk is no longer known until the next restart.
    broken: Option<io::ErrorKind>,
    /// Every byte is on the disk.
    is_whole: bool,
    /// The temporary name is gone: there is nothing left to remove.
    settled: bool,
}

impl Arriving {
    pub(super) fn new(folder: Arc<dyn Folder>, file: Box<dyn OpenFile>, temporary: String) -> Self {
        Self {
            folder,
            file: Some(file),
            temporary,
            size: 0,
            broken: None,
            is_whole: false,
            settled: false,
        }
    }

    /// Bytes written since the beginning or the last restart.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn broken(&self) -> Option<io::ErrorKind> {
        self.broken
    }

    /// # Errors
    /// As the system reports them; the file takes nothing more until it is restarted.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(kind) = self.broken {
            return Err(kind.into());
        }
        let file = open(&mut self.file)?;
        if let Err(error) = write_all(file.as_mut(), bytes) {
            self.broken = Some(error.kind());
            return Err(error);
        }
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// Back to an empty file.
    ///
    /// # Errors
    /// As the system reports them.
    pub(crate) fn restart(&mut self) -> io::Result<()> {
        open(&mut self.file)?.truncate()?;
        self.size = 0;
        self.broken = None;
        Ok(())
    }

    /// The content is complete: size check, fsync, close. `expected` is the length that was announced. Once that is done,
    /// doing it again changes nothing.
    ///
    /// # Errors
    /// [`SaveError::Truncated`] when the length is not `expected` or there is none; else what the disk says.
    pub(crate) fn settle(&mut self, expected: Option<u64>) -> Result<(), SaveError> {
        if let Some(kind) = self.broken {
            return Err(io::Error::from(kind).into());
        }
        if self.is_whole {
            return Ok(());
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
        self.is_whole = true;
        Ok(())
    }

    /// Gives the settled file its name, where nothing has it yet, and makes that last.
    ///
    /// # Errors
    /// [`SaveError::Exists`] when the name is taken; else what the disk says. Nothing is visible then.
    pub(crate) fn publish(&mut self, name: &str) -> Result<(), SaveError> {
        self.name(name)?.make_last()
    }

    /// Gives the settled file its name, where nothing has it yet.
    ///
    /// # Errors
    /// [`SaveError::Exists`] when the name is taken; else what the disk says. Nothing is visible then.
    pub(crate) fn name(&mut self, name: &str) -> Result<Named, SaveError> {
        self.folder.rename_no_replace(&self.temporary, name)?;
        self.settled = true;
        Ok(Named {
            folder: Arc::clone(&self.folder),
            names: vec![name.to_owned()],
        })
    }

    /// # Errors
    /// As [`Folder::mark`].
    pub(super) fn mark(&self, name: &str) -> io::Result<()> {
        self.folder.mark(name)
    }
}

/// Files of one folder whose names a power cut may still take.
#[derive(Debug)]
pub(crate) struct Named {
    folder: Arc<dyn Folder>,
    names: Vec<String>,
}

impl Named {
    /// Joins others of the same folder.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.names.append(&mut other.names);
    }

    /// Makes the names last.
    ///
    /// # Errors
    /// As the disk says. None of the files is visible then.
    pub(crate) fn make_last(self) -> Result<(), SaveError> {
        if let Err(error) = self.folder.sync() {
            // Reported as not saved, so they must not look saved, nor stand in the way of the next attempt.
            for name in &self.names {
                let _ = self.folder.remove(name);
            }
            return Err(error.into());
        }
        Ok(())
    }
}

impl Drop for Arriving {
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
