//! Relative to an open folder, never by path again.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{self, AtFlags, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::super::filesystem::{Folder, OpenFile};
#[cfg(target_os = "macos")]
use super::super::origin::quarantine;
use super::StdFile;

#[derive(Debug)]
pub(super) struct StdFolder(OwnedFd);

impl StdFolder {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(fs::open(path, flags, Mode::empty())?))
    }

    /// For disks whose driver knows no rename without replacement: a second name, then the first one away.
    fn link_then_unlink(&self, from: &str, to: &str) -> rustix::io::Result<()> {
        fs::linkat(&self.0, from, &self.0, to, AtFlags::empty())?;
        // The file has its name now; a temporary name that stays is swept with the leftovers.
        let _ = fs::unlinkat(&self.0, from, AtFlags::empty());
        Ok(())
    }

    /// For disks that know no links either. A file that appears between the look and the rename would be replaced;
    /// nothing better exists there.
    fn look_then_rename(&self, from: &str, to: &str) -> rustix::io::Result<()> {
        match fs::statat(&self.0, to, AtFlags::SYMLINK_NOFOLLOW) {
            Err(Errno::NOENT) => fs::renameat(&self.0, from, &self.0, to),
            Ok(_) => Err(Errno::EXIST),
            Err(error) => Err(error),
        }
    }
}

fn is_unknown_here(error: Errno) -> bool {
    [Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP, Errno::NOTSUP].contains(&error)
}

impl Folder for StdFolder {
    fn create_new(&self, name: &str) -> io::Result<Box<dyn OpenFile>> {
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = fs::openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR)?;
        Ok(Box::new(StdFile::claim(File::from(file))?))
    }

    fn open_existing(&self, name: &str) -> io::Result<Box<dyn Read + Send>> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match fs::openat(&self.0, name, flags, Mode::empty()) {
            Err(Errno::LOOP | Errno::NXIO) => return Err(io::ErrorKind::InvalidInput.into()),
            opened => opened?,
        };
        match FileType::from_raw_mode(fs::fstat(&file)?.st_mode) {
            FileType::RegularFile => Ok(Box::new(File::from(file))),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    fn rename_no_replace(&self, from: &str, to: &str) -> io::Result<()> {
        use rustix::fs::RenameFlags;
        match fs::renameat_with(&self.0, from, &self.0, to, RenameFlags::NOREPLACE) {
            Err(error) if is_unknown_here(error) => {}
            done => return Ok(done?),
        }
        match self.link_then_unlink(from, to) {
            Err(error) if is_unknown_here(error) || error == Errno::PERM => {
                Ok(self.look_then_rename(from, to)?)
            }
            done => Ok(done?),
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    fn rename_no_replace(&self, from: &str, to: &str) -> io::Result<()> {
        match self.link_then_unlink(from, to) {
            Err(error) if is_unknown_here(error) || error == Errno::PERM => {
                Ok(self.look_then_rename(from, to)?)
            }
            done => Ok(done?),
        }
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        Ok(fs::unlinkat(&self.0, name, AtFlags::empty())?)
    }

    fn sync(&self) -> io::Result<()> {
        match fs::fsync(&self.0) {
            // Some network disks have no such call for folders; the server decides there.
            Err(error) if is_unknown_here(error) => Ok(()),
            done => Ok(done?),
        }
    }

    #[cfg(target_os = "macos")]
    fn mark(&self, name: &str) -> io::Result<()> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = fs::openat(&self.0, name, flags, Mode::empty())?;
        let value = quarantine(fs::fstat(&file)?.st_mtime);
        let flags = fs::XattrFlags::empty();
        let done = fs::fsetxattr(&file, "com.apple.quarantine", value.as_bytes(), flags);
        Ok(done?)
    }

    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::Dir::read_from(&self.0)? {
            if let Ok(name) = entry?.file_name().to_str() {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }

    fn remove_if_abandoned(&self, name: &str) -> io::Result<bool> {
        // NONBLOCK: opening a named pipe would wait for its other end.
        let flags = OFlags::WRONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match fs::openat(&self.0, name, flags, Mode::empty()) {
            Ok(file) => file,
            Err(Errno::LOOP | Errno::NXIO | Errno::ISDIR | Errno::NOENT) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        if FileType::from_raw_mode(fs::fstat(&file)?.st_mode) != FileType::RegularFile {
            return Ok(false);
        }
        let file = File::from(file);
        if file.try_lock().is_err() {
            return Ok(false);
        }
        self.remove(name)?;
        Ok(true)
    }
}

/// The ways of disks that tests cannot have.
#[cfg(test)]
mod tests {
    use super::*;

    type Way = fn(&StdFolder, &str, &str) -> rustix::io::Result<()>;
    const WAYS: [Way; 2] = [StdFolder::link_then_unlink, StdFolder::look_then_rename];

    #[test]
    fn a_disk_without_our_rename_still_gives_the_file_its_name() {
        for way in WAYS {
            let path = tempfile::tempdir().unwrap();
            std::fs::write(path.path().join("temporary"), b"evidence").unwrap();
            way(&StdFolder::open(path.path()).unwrap(), "temporary", "a.bin").unwrap();
            assert_eq!(
                std::fs::read(path.path().join("a.bin")).unwrap(),
                b"evidence"
            );
            assert!(!path.path().join("temporary").exists());
        }
    }

    #[test]
    fn a_disk_without_our_rename_replaces_nothing_either() {
        for way in WAYS {
            let path = tempfile::tempdir().unwrap();
            std::fs::write(path.path().join("temporary"), b"newer").unwrap();
            std::fs::write(path.path().join("older.bin"), b"older").unwrap();
            std::os::unix::fs::symlink("nowhere", path.path().join("dangling.bin")).unwrap();
            let folder = StdFolder::open(path.path()).unwrap();
            for name in ["older.bin", "dangling.bin"] {
                assert_eq!(way(&folder, "temporary", name), Err(Errno::EXIST));
            }
            assert_eq!(
                std::fs::read(path.path().join("older.bin")).unwrap(),
                b"older"
            );
            assert!(!path.path().join("nowhere").exists());
        }
    }
}
