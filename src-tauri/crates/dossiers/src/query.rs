//! What a list shows, and in which order.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::decision::Choice;
use crate::dossier::{Dossier, DossierId};
use crate::keeping::EvidenceState;

/// A column a list is sorted by. What a dossier has nothing of stands last, in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The word of [`Dossier::shown_status`].
    Status,
    /// The agent's reference.
    Reference,
    /// Family name, then given names, without accents and case.
    Name,
    /// Name of the process.
    Process,
    /// When the line was written here.
    PreparedAt,
    /// When the dossier ended.
    FinishedTime,
    /// The next thing that ID360 deletes and that is not kept.
    Deadline,
    /// The word of [`EvidenceState`].
    Evidence,
    /// ID360's number.
    EnrollmentId,
    /// Username of the account.
    Operator,
    /// Id of the environment.
    Environment,
    /// Identification level.
    Level,
    /// The first tag by its letters.
    Tags,
    /// When the line last changed.
    ChangedAt,
    /// E-mail address.
    Email,
    /// Phone number.
    PhoneNumber,
    /// The word of the latest [`Choice`].
    Decision,
}

impl Column {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Status,
        Self::Reference,
        Self::Name,
        Self::Process,
        Self::PreparedAt,
        Self::FinishedTime,
        Self::Deadline,
        Self::Evidence,
        Self::EnrollmentId,
        Self::Operator,
        Self::Environment,
        Self::Level,
        Self::Tags,
        Self::ChangedAt,
        Self::Email,
        Self::PhoneNumber,
        Self::Decision,
    ];
}

/// What a dossier has in one [`Column`], as it is shown there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Missing,
    /// Words. Of a person, family name and then given names; of tags, all of them, a comma between.
    Text(&'a str),
    /// A number.
    Number(i64),
    /// An instant.
    Time(DateTime<Utc>),
    /// What is kept.
    Evidence(EvidenceState),
    /// One's own latest decision.
    Decision(Choice),
}

/// One key of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SortKey {
    /// By what.
    pub column: Column,
    /// Largest, or latest, first.
    pub descending: bool,
}

/// A stretch of time: `from` ≤ x < `to`. With neither end it means that there is no such date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first instant inside.
    pub from: Option<DateTime<Utc>>,
    /// The first instant behind it.
    pub to: Option<DateTime<Utc>>,
}

/// One condition. `not` turns it round; several values are alternatives, and none of them is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum Filter {
    /// Words of [`Dossier::shown_status`].
    Status {
        /// Turned round.
        not: bool,
        /// The words.
        words: Vec<String>,
    },
    /// Ids of processes in the settings.
    Process {
        /// Turned round.
        not: bool,
        /// The ids.
        ids: Vec<String>,
    },
    /// Ids of environments in the settings.
    Environment {
        /// Turned round.
        not: bool,
        /// The ids.
        ids: Vec<String>,
    },
    /// When the line was written here.
    Created {
        /// Turned round.
        not: bool,
        /// When.
        span: Span,
    },
    /// When the dossier ended, said by ID360.
    Finished {
        /// Turned round.
        not: bool,
        /// When.
        span: Span,
    },
    /// The next deadline.
    Deadline {
        /// Turned round.
        not: bool,
        /// When.
        span: Span,
    },
    /// What is kept.
    Evidence {
        /// Turned round.
        not: bool,
        /// The states.
        states: Vec<EvidenceState>,
    },
    /// One's own latest decision.
    Decision {
        /// Turned round.
        not: bool,
        /// What was decided; `None`: nothing yet.
        choices: Vec<Option<Choice>>,
    },
    /// Has one of the tags; accents and case do not matter.
    Tag {
        /// Turned round.
        not: bool,
        /// The tags.
        tags: Vec<String>,
    },
    /// Created or imported by one of the accounts.
    Operator {
        /// Turned round.
        not: bool,
        /// Their usernames.
        usernames: Vec<String>,
    },
    /// Exists at ID360 and has no verdict yet.
    InProgress {
        /// Turned round.
        not: bool,
    },
    /// A person marked it as treated.
    Treated {
        /// Turned round.
        not: bool,
    },
    /// Ended `KO`, whatever ID360 says of it since, and no person marked it as treated.
    ToTreat {
        /// Turned round.
        not: bool,
    },
    /// The last automatic reading failed.
    Troubled {
        /// Turned round.
        not: bool,
    },
    /// A window closed after that instant and nothing was kept, as [`crate::Radar::lost`] counts.
    Lost {
        /// Turned round.
        not: bool,
        /// By the true clock.
        after: DateTime<Utc>,
    },
}

/// Which dossiers, in which order.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What was typed in the search box; empty, or nothing but spaces, finds everything. Every word
    /// must begin a word of the dossier, in any order; a text without a letter or digit finds
    /// nothing.
    pub search: String,
    /// All of them must hold.
    pub filters: Vec<Filter>,
    /// The first two count; equal ones stand newest first. Empty: newest first.
    pub sort: Vec<SortKey>,
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is typed in a search box is a person's name more often than not.
        f.debug_struct("Query")
            .field("searching", &!self.search.is_empty())
            .field("filters", &self.filters)
            .field("sort", &self.sort)
            .finish()
    }
}

/// The rows of a page, and how many there are.
#[derive(Clone, Debug)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Dossier>,
    /// Dossiers that match; at least so many when not `exact`.
    pub total: u64,
    /// Whether `total` was counted to the end; [`crate::register::Listing::count`] does.
    pub exact: bool,
    /// Dossiers in the register.
    pub all: u64,
}

/// What a bulk act is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// These, in the order given; one that is not in the register is an error.
    Some(Vec<DossierId>),
    /// All that match at that instant, on every page.
    Matching {
        /// What they match.
        query: Query,
        /// But not these.
        except: Vec<DossierId>,
    },
}
