use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    decision::DecisionChoice,
    dossier::{DossierRow, EvidenceState},
};

/// A column of the list: what is shown, sorted by and exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ListColumn.ts")]
pub enum ListColumn {
    Status,
    Reference,
    /// Family name, then given names.
    Name,
    Process,
    /// When the line was written here.
    CreatedAt,
    FinishedAt,
    /// The next thing that ID360 deletes and the desk has not kept.
    Deadline,
    Evidence,
    /// ID360's number.
    EnrollmentId,
    /// Username of the account that created or imported the dossier.
    Operator,
    Environment,
    /// Identification level that the report states.
    Level,
    Tags,
    ChangedAt,
    Email,
    Phone,
    /// One's own latest decision.
    Decision,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "SortKey.ts")]
pub struct SortKey {
    pub column: ListColumn,
    pub descending: bool,
}

/// A stretch of time. Days are the person's own calendar days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "Stretch.ts")]
pub enum Stretch {
    Today,
    Yesterday,
    /// Today and the days before it, `days` in all.
    LastDays {
        days: u16,
    },
    /// From now on; for deadlines, and by ID360's clock.
    NextHours {
        hours: u16,
    },
    /// As `NextHours`, and what passed and was not given up yet.
    WithinHours {
        hours: u16,
    },
    /// Before now; for deadlines, and by ID360's clock.
    Past,
    /// `YYYY-MM-DD`, both included; one of them may be missing.
    Between {
        from: Option<String>,
        to: Option<String>,
    },
    /// There is no such date.
    Never,
}

/// One chip. `not` is «n'est pas»; several values of one chip are alternatives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "field", rename_all = "snake_case")]
#[ts(export, export_to = "ListFilter.ts")]
pub enum ListFilter {
    /// Words of `KnownStatus` in capitals, ID360's own unknown words, or `READY`, `SENT`, `CREATED`,
    /// `REFUSED`, `OUTCOME_UNKNOWN`, `CLOSED`.
    Status {
        not: bool,
        words: Vec<String>,
    },
    /// Ids of the settings.
    Process {
        not: bool,
        ids: Vec<String>,
    },
    Environment {
        not: bool,
        ids: Vec<String>,
    },
    Created {
        not: bool,
        stretch: Stretch,
    },
    Finished {
        not: bool,
        stretch: Stretch,
    },
    Deadline {
        not: bool,
        stretch: Stretch,
    },
    Evidence {
        not: bool,
        states: Vec<EvidenceState>,
    },
    /// One's own latest decision; `null`: none yet.
    Decision {
        not: bool,
        choices: Vec<Option<DecisionChoice>>,
    },
    /// `any_of`, as shown.
    Tag {
        not: bool,
        tags: Vec<String>,
    },
    /// Dossiers of the account that is signed in.
    Mine {
        not: bool,
    },
    /// Exists at ID360 and has no verdict yet.
    InProgress {
        not: bool,
    },
    /// Marked as treated by a person.
    Treated {
        not: bool,
    },
    /// Ended `KO` and not marked as treated, whatever ID360 says of it since.
    ToTreat {
        not: bool,
    },
    /// The last automatic reading or capture failed.
    Troubled {
        not: bool,
    },
    /// A window closed in the last thirty days and nothing was kept.
    Lost {
        not: bool,
    },
}

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ListQuery.ts")]
pub struct ListQuery {
    /// One search box: reference, id, name, e-mail, end of phone. Accents, case, hyphens and
    /// apostrophes ignored; every word must begin a word of the dossier.
    pub search: String,
    /// All of them must hold.
    pub filters: Vec<ListFilter>,
    /// At most two keys; then the order of writing, newest first. Empty: newest first.
    pub sort: Vec<SortKey>,
}

impl std::fmt::Debug for ListQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What is typed in a search box is a person's name more often than not.
        f.debug_struct("ListQuery")
            .field("searching", &!self.search.is_empty())
            .field("filters", &self.filters)
            .field("sort", &self.sort)
            .finish()
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ListPage.ts")]
pub struct ListPage {
    pub rows: Vec<DossierRow>,
    /// Rows that match. A lower bound while `exact` is false: `count_dossiers` tells the rest.
    pub total: u32,
    pub exact: bool,
    /// Rows in the register, whatever the query.
    pub all: u32,
}

/// What a bulk act is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "Selection.ts")]
pub enum Selection {
    Some {
        ids: Vec<String>,
    },
    /// All that match, on every page, but `except`.
    Matching {
        query: ListQuery,
        except: Vec<String>,
    },
}

/// A view of the list: built-in ones are `all`, `to_treat`, `in_progress`, `deadlines`, `mine` and
/// `unknown`; a person may reorder their columns, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ListView.ts")]
pub struct ListView {
    /// Empty when new.
    pub id: String,
    pub built_in: bool,
    /// `None` for built-in ones.
    pub name: Option<String>,
    pub query: ListQuery,
    /// Shown columns, in order; never empty.
    pub columns: Vec<ListColumn>,
}

/// How a bulk act over the register ended. Nothing is half done: a cancelled one changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "BulkOutcome.ts")]
pub struct BulkOutcome {
    pub changed: u32,
    /// Already so.
    pub unchanged: u32,
}

/// How a bulk reading of reports ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "RefreshOutcome.ts")]
pub struct RefreshOutcome {
    /// Read, whatever the answer said.
    pub read: u32,
    /// Of them, those whose status changed.
    pub changed: u32,
    /// Not asked: another environment, nothing at ID360, or cancelled before.
    pub left_out: u32,
    pub failed: u32,
    /// The first hundred.
    pub failures: Vec<FailedRefresh>,
    pub cancelled: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "FailedRefresh.ts")]
pub struct FailedRefresh {
    pub id: String,
    /// Reference, else ID360's number.
    pub label: String,
    pub code: super::error::ErrorCode,
}
