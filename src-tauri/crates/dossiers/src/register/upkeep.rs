//! Whether what is kept can be trusted, and copies of it for the day it cannot.

use chrono::{DateTime, Utc};

use crate::error::Result;
use crate::progress::Progress;
use crate::stamp::Stamp;

/// A copy of the whole register, under the register's own key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// What it is restored by.
    pub name: String,
    /// When it was made, by our clock.
    pub made_at: DateTime<Utc>,
    /// Made because the next version of the program was about to change the register.
    pub before_migration: bool,
    /// Dossiers in it; 0 where it cannot be read.
    pub dossiers: u64,
    /// Bytes on the disk.
    pub size: u64,
    /// Every page was whole when it was made, and it opens.
    pub sound: bool,
}

/// Looking after the register itself.
pub trait Upkeep {
    /// Reads everything and says whether all of it can be trusted. Takes as long as reading the files;
    /// told in bytes.
    fn verify(&self, progress: &Progress) -> Result<()>;

    /// Reads the journal of creations whole and says whether it can be trusted. One that cannot is told anew
    /// from the database at the next opening: nothing is lost while the database is whole.
    fn verify_creations(&self, progress: &Progress) -> Result<bool>;

    /// Copies the register beside ongoing changes, reads the copy back, and keeps the last one of each
    /// of seven days, in the order of [`Self::backups`]. Told in pages. Cancelled or failed, it leaves
    /// nothing behind.
    fn back_up(&self, progress: &Progress, stamp: &Stamp) -> Result<Backup>;

    /// The copies there are, newest first; those dated after `now`, by a clock that was ahead, last.
    fn backups(&self, now: DateTime<Utc>) -> Result<Vec<Backup>>;

    /// Bytes on the disk, without copies.
    fn size(&self) -> Result<u64>;
}
