//! Where folders cannot be opened as such.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::super::filesystem::{Folder, OpenFile};
#[cfg(windows)]
use super::super::origin::zone_identifier;
use super::StdFile;

#[derive(Debug)]
pub(super) struct StdFolder(PathBuf);

impl StdFolder {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        // Resolved once, so that a link planted later on the way is not followed.
        let path = fs::canonicalize(path)?;
        if !path.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Self(path))
    }
}

impl Folder for StdFolder {
    /// The folder's own rights decide who may read it.
    fn create_new(&self, name: &str) -> io::Result<Box<dyn OpenFile>> {
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(self.0.join(name))?;
        Ok(Box::new(StdFile::claim(file)?))
    }

    fn open_existing(&self, name: &str) -> io::Result<Box<dyn Read + Send>> {
        let path = self.0.join(name);
        if !fs::symlink_metadata(&path)?.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok(Box::new(fs::File::open(path)?))
    }

    fn rename_no_replace(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (self.0.join(from), self.0.join(to));
        match fs::hard_link(&from, &to) {
            Ok(()) => {
                // The file has its name now; a temporary name that stays is swept with the leftovers.
                let _ = fs::remove_file(&from);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // A disk without links. A file that appears between the look and the rename would be replaced.
            Err(_) if fs::symlink_metadata(&to).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(&from, &to),
        }
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    /// There is no such call; the file system journals its own folders.
    fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    #[cfg(windows)]
    fn mark(&self, name: &str) -> io::Result<()> {
        let mut stream = self.0.join(name).into_os_string();
        stream.push(":Zone.Identifier");
        fs::write(stream, zone_identifier())
    }

    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            if let Ok(name) = entry?.file_name().into_string() {
                names.push(name);
            }
        }
        Ok(names)
    }

    fn remove_if_abandoned(&self, name: &str) -> io::Result<bool> {
        let path = self.0.join(name);
        if !fs::symlink_metadata(&path)?.is_file() {
            return Ok(false);
        }
        let file = OpenOptions::new().write(true).open(&path)?;
        if file.try_lock().is_err() {
            return Ok(false);
        }
        drop(file);
        fs::remove_file(&path)?;
        Ok(true)
    }
}
