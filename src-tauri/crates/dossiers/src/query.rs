//! What a list shows.

use serde::{Deserialize, Serialize};

use crate::dossier::Dossier;

/// The column a list is sorted by; the order they were written in is always the second key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// When the line was written here.
    #[default]
    PreparedAt,
    /// When the line last changed.
    ChangedAt,
    /// When the dossier ended.
    FinishedTime,
    /// The word shown.
    Status,
    /// The agent's reference.
    Reference,
    /// Family name, then given names, folded.
    Name,
    /// ID360's number.
    EnrollmentId,
    /// Name of the process.
    Process,
    /// Username of the account.
    Operator,
}

/// A page of the list.
#[derive(Clone)]
pub struct Query {
    /// What was typed in the search box; empty matches everything.
    pub search: String,
    /// Words to keep (statuses of ID360 and of [`crate::CreationState`]); empty keeps everything.
    pub statuses: Vec<String>,
    /// Only this environment.
    pub environment_id: Option<String>,
    /// Sort column.
    pub sort: Sort,
    /// Largest first.
    pub descending: bool,
    /// Rows to leave out at the start.
    pub offset: u64,
    /// Rows at most.
    pub limit: u64,
}

impl Default for Query {
    /// The first hundred of all dossiers, oldest first.
    fn default() -> Self {
        Self {
            search: String::new(),
            statuses: Vec::new(),
            environment_id: None,
            sort: Sort::default(),
            descending: false,
            offset: 0,
            limit: 100,
        }
    }
}

impl std::fmt::Debug for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What is typed in a search box is a person's name more often than not.
        f.debug_struct("Query")
            .field("searching", &!self.search.is_empty())
            .field("statuses", &self.statuses)
            .field("environment_id", &self.environment_id)
            .field("sort", &self.sort)
            .field("descending", &self.descending)
            .field("offset", &self.offset)
            .field("limit", &self.limit)
            .finish()
    }
}

/// The rows of a page, and how many there are.
#[derive(Clone, Debug)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Dossier>,
    /// Dossiers that match.
    pub total: u64,
    /// Dossiers in the register.
    pub all: u64,
}
