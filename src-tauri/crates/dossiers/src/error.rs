//! What can go wrong, as kinds a caller reacts to.

use std::io;

use rusqlite::ErrorCode;

use crate::dossier::DossierId;
use crate::life_cycle::IllegalTransition;
use crate::register::Backup;

/// Result of the register's functions.
pub type Result<T, E = RegisterError> = std::result::Result<T, E>;

/// Why a register could not be opened. No variant changes a byte of the register's files.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The key is not this register's key.
    #[error("the key does not open this register")]
    KeyRefused,
    /// A later version of the program wrote the register.
    #[error("the register was written by a later version")]
    Newer,
    /// The file is damaged, and kept as it is, or lost while there is a copy.
    /// [`crate::EmbeddedRegister::restore`] brings back `backup`, the last copy of which every page is whole;
    /// [`crate::EmbeddedRegister::rebuild`] goes on without either.
    #[error("the register is damaged")]
    Damaged { backup: Option<Backup> },
    /// Another process has the register open.
    #[error("the register is open in another process")]
    InUse,
    /// Nobody waited for it any more; what was begun is gone again.
    #[error("cancelled")]
    Cancelled,
    /// The disk or the operating system refused.
    #[error("the register cannot be read or written")]
    Io(#[from] io::Error),
}

/// Why a function of an open register failed; the transaction was rolled back.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// No dossier has that id.
    #[error("no such dossier")]
    NotFound,
    /// The life cycle does not allow it.
    #[error(transparent)]
    IllegalTransition(#[from] IllegalTransition),
    /// ID360's number belongs to another dossier of the same environment.
    #[error("the enrollment belongs to another dossier")]
    AlreadyAttached,
    /// The register knows another `api_key` for that dossier; `place`: of the line among those given.
    #[error("line {place} of the import brings another api_key for a dossier")]
    OtherApiKey { dossier: DossierId, place: usize },
    /// Nobody waited for it any more; nothing was changed.
    #[error("cancelled")]
    Cancelled,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or file cannot be written.
    #[error("the register is read-only")]
    ReadOnly,
    /// A page or a value of the file cannot be trusted.
    #[error("the register is damaged")]
    Damaged,
    /// ID360 has no such dossier as far as we know, so it told nothing of it.
    #[error("the dossier was not created")]
    NotCreated,
    /// ID360 told no end of it yet, so there is no capture.
    #[error("the dossier is not finished")]
    NotFinished,
    /// No expected datum of the dossier has that name.
    #[error("no such expected datum")]
    NoSuchDatum,
    /// A tag is empty, longer than [`crate::register::LONGEST_TAG`] letters or holds control signs.
    #[error("not a tag")]
    InvalidTag,
    /// The operating system refused a file operation.
    #[error("the register's files cannot be read or written")]
    Io(#[source] io::Error),
    /// Any other refusal of the database.
    #[error("the register's database refused")]
    Database(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for RegisterError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange};
        use rusqlite::Error::{InvalidColumnType, Utf8Error};
        if matches!(
            error,
            FromSqlConversionFailure(..)
                | IntegralValueOutOfRange(..)
                | InvalidColumnType(..)
                | Utf8Error(..)
        ) {
            return Self::Damaged;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted) => Self::Cancelled,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
                Self::Io(io::Error::other(error))
            }
            _ => Self::Database(error),
        }
    }
}

impl From<RegisterError> for OpenError {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::Io(error) => Self::Io(error),
            RegisterError::DiskFull => Self::Io(io::ErrorKind::StorageFull.into()),
            RegisterError::ReadOnly => Self::Io(io::ErrorKind::ReadOnlyFilesystem.into()),
            RegisterError::Damaged => Self::Damaged { backup: None },
            RegisterError::Cancelled => Self::Cancelled,
            other => Self::Io(io::Error::other(other)),
        }
    }
}
