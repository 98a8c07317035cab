//! Putting received bytes into a folder so that a file is either absent or whole, whatever happens (quality.md E-01
//! to E-05): a temporary name in the same folder, write and hash, size check, fsync, close, rename that replaces
//! nothing, fsync of the folder. Windows and macOS are told then that what others made came from elsewhere.

mod arriving;
mod destination;
mod error;
mod filesystem;
mod leftovers;
#[cfg(any(windows, target_os = "macos", test))]
mod origin;
mod pending;
mod std_filesystem;

pub(crate) use arriving::{Arriving, Named};
pub use destination::Destination;
pub use error::SaveError;
pub use filesystem::{Filesystem, Folder, OpenFile};
pub use leftovers::remove_leftovers;
pub use pending::{PendingFile, SavedFile};
pub use std_filesystem::StdFilesystem;
