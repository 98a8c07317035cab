//! Why a piece could not be read.

use std::io;

/// What is wrong with a piece in the vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("the file is missing")]
    Missing,
    /// It is not, or not wholly, what was sealed under this id with this key.
    #[error("the file is not what was stored")]
    Altered,
    #[error("the piece is longer than {most} bytes")]
    TooLarge { most: u64 },
    /// The disk does not give it out.
    #[error("the file cannot be read: {}", .0.kind())]
    Unreadable(#[source] io::Error),
    /// Whoever the bytes are for refused them.
    #[error("the bytes were not taken: {}", .0.kind())]
    NotTaken(#[source] io::Error),
}

impl VaultError {
    pub(super) fn of_the_disk(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            // Something else stands under the file's name.
            io::ErrorKind::InvalidInput => Self::Altered,
            _ => Self::Unreadable(error),
        }
    }
}
