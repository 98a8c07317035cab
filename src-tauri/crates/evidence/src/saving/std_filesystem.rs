//! The real disk.

use std::fs::{DirBuilder, File};
use std::io::{self, Seek, Write};
use std::path::Path;

use super::filesystem::{Filesystem, Folder, OpenFile};

#[cfg(not(unix))]
mod by_path;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use by_path::StdFolder;
#[cfg(unix)]
use unix::StdFolder;

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct StdFilesystem;

impl Filesystem for StdFilesystem {
    fn open_folder(&self, path: &Path) -> io::Result<Box<dyn Folder>> {
        Ok(Box::new(StdFolder::open(path)?))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        make_sure_of(path)?;
        // Also of one that is there: whoever made it may have been stopped before this.
        match path.parent() {
            Some(parent) => StdFolder::open(parent)?.sync(),
            None => Ok(()),
        }
    }

    fn create_folders(&self, parent: &Path, names: &[String]) -> io::Result<()> {
        let mut folders = names.iter().map(|name| parent.join(name));
        folders.try_for_each(|folder| make_sure_of(&folder))?;
        StdFolder::open(parent)?.sync()
    }
}

fn make_sure_of(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

#[derive(Debug)]
struct StdFile(File);

impl StdFile {
    /// Takes the lock that tells a file being written from a leftover; the system gives it back when the program
    /// ends, however it ends. A disk without locks keeps its leftovers.
    fn claim(file: File) -> io::Result<Self> {
        match file.try_lock() {
            // Someone swept the folder between the creation and the lock.
            Err(std::fs::TryLockError::WouldBlock) => Err(io::ErrorKind::AlreadyExists.into()),
            _ => Ok(Self(file)),
        }
    }
}

impl OpenFile for StdFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn truncate(&mut self) -> io::Result<()> {
        self.0.set_len(0)?;
        self.0.rewind()
    }

    fn size(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn close(self: Box<Self>) {}
}
