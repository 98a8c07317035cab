//! Statuses of a dossier (facts §D.1).

use std::fmt;

/// Status of a dossier; the list has grown before, so it stays open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    New,
    Started,
    Ok,
    Ko,
    Failed,
    Canceled,
    Discontinued,
    Deleted,
    /// Kept as ID360 wrote it.
    Other(String),
}

impl Status {
    /// The word of the API.
    pub fn as_str(&self) -> &str {
        match self {
            Self::New => "NEW",
            Self::Started => "STARTED",
            Self::Ok => "OK",
            Self::Ko => "KO",
            Self::Failed => "FAILED",
            Self::Canceled => "CANCELED",
            Self::Discontinued => "DISCONTINUED",
            Self::Deleted => "DELETED",
            Self::Other(word) => word,
        }
    }

    /// Whether the dossier can no longer change its verdict.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::New | Self::Started | Self::Other(_))
    }
}

impl From<&str> for Status {
    fn from(word: &str) -> Self {
        match word {
            "NEW" => Self::New,
            "STARTED" => Self::Started,
            "OK" => Self::Ok,
            "KO" => Self::Ko,
            "FAILED" => Self::Failed,
            "CANCELED" => Self::Canceled,
            "DISCONTINUED" => Self::Discontinued,
            "DELETED" => Self::Deleted,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
