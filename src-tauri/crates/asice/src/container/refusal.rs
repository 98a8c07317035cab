use serde::Serialize;

/// Why a container is not looked into at all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No zip signature at the start, or no end of central directory.
    #[error("not a zip file")]
    NotAZip,
    /// The central directory is cut, or does not end where the file says.
    #[error("the central directory is damaged")]
    DirectoryDamaged,
    /// Several volumes, or zip64, which nothing under the limits needs.
    #[error("several volumes or zip64")]
    LayoutNotSupported,
    #[error("{bytes} bytes are more than {limit}")]
    ContainerTooLarge { bytes: u64, limit: u64 },
    #[error("{entries} entries are more than {limit}")]
    TooManyEntries { entries: u64, limit: u64 },
    #[error("{name}: larger than {limit} bytes")]
    EntryTooLarge { name: String, limit: u64 },
    #[error("the entries together are larger than {limit} bytes")]
    TotalTooLarge { limit: u64 },
    #[error("{name}: inflates more than {limit} times")]
    RatioTooHigh { name: String, limit: u64 },
    /// `..`, an absolute path, a backslash, a drive, a control character or an empty part.
    #[error("{name}: not a name that may leave the container")]
    UnsafeName { name: String },
    #[error("two entries are named {name}")]
    DuplicateEntry { name: String },
    #[error("{name}: encrypted")]
    EncryptedEntry { name: String },
    #[error("{name}: compressed by method {method}")]
    CompressionNotSupported { name: String, method: u16 },
    /// What stands before the data differs from the central directory.
    #[error("{name}: its two headers differ")]
    HeadersDiffer { name: String },
    #[error("{name}: lies over another entry")]
    OverlappingEntry { name: String },
    #[error("{name}: a symbolic link")]
    SymbolicLink { name: String },
}
