//! The vault: captured pieces, one sealed file each, in a folder of the desk.
//!
//! A piece goes to the disk in the order of [`crate::saving`], so that it is absent or whole whatever happens; the
//! row that names it is its owner's to write afterwards. On the disk nothing is plain but a mark, a version and a
//! salt. Every byte is authenticated: a file that was changed, cut, put together otherwise or exchanged for another
//! never reads as whole.

mod error;
mod format;
mod header;
mod reading;
mod storing;
mod sweeping;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;
use zeroize::Zeroizing;

pub use error::VaultError;
pub use header::{DocumentRef, PieceHeader};
pub use storing::{NamedPiece, PendingPiece, StoredPiece};
pub use sweeping::{Stray, Sweep};

use crate::saving::{Destination, Filesystem, SaveError};

const ENDING: &str = ".piece";
/// Folders that the pieces are spread over, by the last byte of their ids: that of their dossier's, the random end of
/// a v7.
const FOLDERS: usize = 256;

/// An open vault; clones are of the same one.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    root: PathBuf,
    filesystem: Arc<dyn Filesystem>,
    key: Zeroizing<[u8; 32]>,
    /// The folders were there for good once.
    made: Mutex<bool>,
}

impl Vault {
    /// Opens the vault in `root`, and makes that folder where it is missing; its own parent must exist.
    ///
    /// # Errors
    /// [`SaveError::DiskFull`], [`SaveError::ReadOnly`], [`SaveError::Missing`], [`SaveError::Io`].
    pub fn open(
        root: &Path,
        filesystem: Arc<dyn Filesystem>,
        key: &[u8; 32],
    ) -> Result<Self, SaveError> {
        filesystem.create_folder(root)?;
        Ok(Self(Arc::new(Inner {
            root: root.to_owned(),
            filesystem,
            key: Zeroizing::new(*key),
            made: Mutex::new(false),
        })))
    }

    /// A new id for a piece of that dossier. The pieces of a dossier lie in one folder: one sync makes their names last.
    pub fn new_id(dossier: Uuid) -> Uuid {
        let mut bytes = Uuid::now_v7().into_bytes();
        bytes[15] = place(dossier);
        Uuid::from_bytes(bytes)
    }

    /// The piece will not be read any more.
    ///
    /// # Errors
    /// [`SaveError::Missing`] when there is no such file; else what the disk says.
    pub fn remove(&self, id: Uuid) -> Result<(), SaveError> {
        let folder = self.folder(id)?;
        folder.folder().remove(&file_name(id))?;
        Ok(folder.folder().sync()?)
    }

    fn folder(&self, id: Uuid) -> Result<Destination, SaveError> {
        Destination::open_in(self.0.filesystem.as_ref(), &self.path(place(id)))
    }

    fn folder_to_write(&self, id: Uuid) -> Result<Destination, SaveError> {
        // All of them at once, so that one sync makes them last; meanwhile others wait.
        let mut made = self.0.made.lock().unwrap_or_else(PoisonError::into_inner);
        if *made && let Ok(folder) = self.folder(id) {
            return Ok(folder);
        }
        let names: Vec<_> = (0..=u8::MAX).map(name_of).collect();
        self.0.filesystem.create_folders(&self.0.root, &names)?;
        *made = true;
        drop(made);
        self.folder(id)
    }

    fn path(&self, place: u8) -> PathBuf {
        self.0.root.join(name_of(place))
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

fn name_of(place: u8) -> String {
    format!("{place:02x}")
}

fn place(id: Uuid) -> u8 {
    id.as_bytes()[15]
}

fn file_name(id: Uuid) -> String {
    format!("{id}{ENDING}")
}

fn id_of(name: &str) -> Option<Uuid> {
    let id = Uuid::try_parse(name.strip_suffix(ENDING)?).ok()?;
    (file_name(id) == name).then_some(id)
}
