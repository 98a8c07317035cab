//! What saving needs of a disk, so that tests can record it, break it and cut its power.

use std::fmt::Debug;
use std::io::{self, Read};
use std::path::Path;

/// A disk.
pub trait Filesystem: Debug + Send + Sync {
    /// Opens an existing folder. What follows happens inside that very folder, even when its path is given to
    /// another one meanwhile.
    ///
    /// # Errors
    /// As the system reports them.
    fn open_folder(&self, path: &Path) -> io::Result<Box<dyn Folder>>;

    /// Makes sure of a folder in an existing one, and that it lasts through a power cut. A new one may be entered by
    /// its owner only.
    ///
    /// # Errors
    /// As the system reports them.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// The same of several folders in one existing folder.
    ///
    /// # Errors
    /// As the system reports them; some of them may be there then.
    fn create_folders(&self, parent: &Path, names: &[String]) -> io::Result<()> {
        let mut names = names.iter();
        names.try_for_each(|name| self.create_folder(&parent.join(name)))
    }
}

/// An open folder. Names are single path components.
pub trait Folder: Debug + Send + Sync {
    /// Creates a file that only its owner may read (0600); never opens or follows what is already there.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] when the name is taken, be it by a dangling symbolic link.
    fn create_new(&self, name: &str) -> io::Result<Box<dyn OpenFile>>;

    /// Opens a regular file to read it; never follows a link.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] when there is none, [`io::ErrorKind::InvalidInput`] when it is no regular file.
    fn open_existing(&self, name: &str) -> io::Result<Box<dyn Read + Send>>;

    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] when `to` is taken; nothing is replaced then.
    fn rename_no_replace(&self, from: &str, to: &str) -> io::Result<()>;

    /// # Errors
    /// As the system reports them.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// Makes creations, renames and removals last through a power cut.
    ///
    /// # Errors
    /// As the system reports them; after one, nothing is known of what is on the disk.
    fn sync(&self) -> io::Result<()>;

    /// Marks a file as one that came from elsewhere, where the system has a mark for that; Linux has none.
    ///
    /// # Errors
    /// As the system reports them; a disk may know no marks.
    fn mark(&self, _name: &str) -> io::Result<()> {
        Ok(())
    }

    /// The names of what is inside, in no order; names that are not UTF-8 are left out.
    ///
    /// # Errors
    /// As the system reports them.
    fn names(&self) -> io::Result<Vec<String>>;

    /// Removes a regular file that nobody is writing. `false` when it is something else or still being written.
    ///
    /// # Errors
    /// As the system reports them.
    fn remove_if_abandoned(&self, name: &str) -> io::Result<bool>;
}

/// A file being written; dropping it closes it.
pub trait OpenFile: Debug + Send {
    /// May take fewer bytes than given.
    ///
    /// # Errors
    /// As the system reports them.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Empties the file and goes back to its beginning.
    ///
    /// # Errors
    /// As the system reports them.
    fn truncate(&mut self) -> io::Result<()>;

    /// What the disk says of the length, bytes.
    ///
    /// # Errors
    /// As the system reports them.
    fn size(&self) -> io::Result<u64>;

    /// Makes the content last through a power cut.
    ///
    /// # Errors
    /// As the system reports them. After one, the system may have thrown the unwritten pages away and call a second
    /// attempt a success: there must be none.
    fn sync(&mut self) -> io::Result<()>;

    /// After a successful [`OpenFile::sync`] there is nothing left for closing to report.
    fn close(self: Box<Self>);
}
