//! Why a file was not saved.

use std::io;

/// No variant leaves a visible file behind.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The disk or the quota is full.
    #[error("the disk is full")]
    DiskFull,
    #[error("the folder cannot be written to")]
    ReadOnly,
    /// The folder is not there, or not any more (an unplugged disk).
    #[error("the folder is missing")]
    Missing,
    /// Something already has that name; it was left alone.
    #[error("a file of that name already exists")]
    Exists,
    /// Fewer (or more) bytes than expected, or none at all.
    #[error("the file is incomplete: {received} bytes received")]
    Truncated {
        received: u64,
        expected: Option<u64>,
    },
    #[error("the file could not be saved: {}", .0.kind())]
    Io(#[source] io::Error),
}

impl From<io::Error> for SaveError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => SaveError::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                SaveError::ReadOnly
            }
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::StaleNetworkFileHandle => SaveError::Missing,
            io::ErrorKind::AlreadyExists => SaveError::Exists,
            _ if is_device_gone(&error) => SaveError::Missing,
            _ => SaveError::Io(error),
        }
    }
}

#[cfg(unix)]
fn is_device_gone(error: &io::Error) -> bool {
    use rustix::io::Errno;
    error
        .raw_os_error()
        .is_some_and(|code| [Errno::NODEV, Errno::NXIO].contains(&Errno::from_raw_os_error(code)))
}

#[cfg(not(unix))]
fn is_device_gone(_error: &io::Error) -> bool {
    false
}
