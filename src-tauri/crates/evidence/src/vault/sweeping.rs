//! What a killed program left in the vault.

use uuid::Uuid;

use super::{FOLDERS, PieceHeader, Vault, VaultError, id_of, place};
use crate::saving::{Destination, SaveError};

/// A file of the vault that nobody knows.
#[derive(Debug)]
pub struct Stray {
    pub id: Uuid,
    /// Whose it is, where its head can be read.
    pub header: Result<PieceHeader, VaultError>,
}

/// What a sweep found.
#[derive(Debug, Default)]
pub struct Sweep {
    /// Files that were never finished; removed.
    pub leftovers: usize,
    /// Finished files without a row; left as they are, and there for good.
    pub strays: Vec<Stray>,
}

impl Vault {
    /// Removes what was never finished, and finds the files that `is_known` does not know. What is being written at
    /// this moment stays; what is finished while this runs may be told as a stray.
    ///
    /// # Errors
    /// [`SaveError::Io`] when a folder cannot be listed.
    pub fn sweep(&self, is_known: &dyn Fn(Uuid) -> bool) -> Result<Sweep, SaveError> {
        let mut sweep = Sweep::default();
        for number in 0..FOLDERS {
            let Ok(number) = u8::try_from(number) else {
                continue;
            };
            let folder = match Destination::open_in(self.0.filesystem.as_ref(), &self.path(number))
            {
                Err(SaveError::Missing) => continue,
                opened => opened?,
            };
            sweep.leftovers += folder.remove_leftovers()?;
            let ids = folder.folder().names()?;
            let unknown: Vec<_> = ids
                .iter()
                .filter_map(|name| id_of(name))
                .filter(|id| place(*id) == number && !is_known(*id))
                .collect();
            if !unknown.is_empty() {
                // Whoever named them may have been stopped before this: no row may tell of what a power cut takes.
                folder.folder().sync()?;
            }
            sweep.strays.extend(unknown.into_iter().map(|id| Stray {
                id,
                header: self.header(id),
            }));
        }
        Ok(sweep)
    }
}
