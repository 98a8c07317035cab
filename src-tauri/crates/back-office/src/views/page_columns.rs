//! A page of the list as it crosses to the window: by columns, so that each name is said once, and what many rows share
//! is said once too. Bytes count: the window takes answers in small pieces.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    decision::DecisionChoice,
    dossier::{
        CreationState, DeadlineSubject, DeadlineView, DossierRow, EvidenceState, StatusView,
    },
    error::ErrorCode,
    list::ListPage,
    session::EnvironmentKind,
};

/// A column whose values come again and again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "Repeated.ts")]
pub struct Repeated<T> {
    /// Each once, in the order of the rows that have it first.
    pub values: Vec<T>,
    /// Of each row: where its value is in `values`.
    pub places: Vec<u32>,
}

impl<T> Default for Repeated<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            places: Vec::new(),
        }
    }
}

impl<T: PartialEq> Repeated<T> {
    fn push(&mut self, value: T) {
        let known = self.values.iter().position(|one| *one == value);
        let place = known.unwrap_or(self.values.len());
        if known.is_none() {
            self.values.push(value);
        }
        self.places.push(u32::try_from(place).unwrap_or(u32::MAX));
    }
}

/// A `ListPage`: as many values in each column as there are rows, each as the `DossierRow` has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "PageColumns.ts")]
pub struct PageColumns {
    pub id: Vec<String>,
    pub enrollment_id: Vec<Option<String>>,
    pub reference: Vec<Option<String>>,
    pub last_name: Vec<Option<String>>,
    pub first_name: Vec<Option<String>>,
    pub process_name: Repeated<String>,
    pub environment_id: Repeated<String>,
    pub environment_kind: Repeated<EnvironmentKind>,
    pub creation: Repeated<CreationState>,
    pub status: Repeated<Option<StatusView>>,
    pub created_at: Vec<String>,
    pub finished_at: Vec<Option<String>>,
    pub deadline: DeadlineColumns,
    pub evidence: Repeated<EvidenceState>,
    pub operator: Repeated<String>,
    /// An import and a bulk act change many rows at one moment.
    pub changed_at: Repeated<String>,
    pub level: Repeated<Option<String>>,
    pub tags: Repeated<Vec<String>>,
    pub email: Vec<Option<String>>,
    pub phone_number: Vec<Option<String>>,
    pub treated: Repeated<bool>,
    pub decision: Repeated<Option<DecisionChoice>>,
    pub trouble: Repeated<Option<ErrorCode>>,
    /// These three as in `ListPage`.
    pub total: u32,
    pub exact: bool,
    pub all: u32,
}

/// The `DeadlineView` of each row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DeadlineColumns.ts")]
pub struct DeadlineColumns {
    pub subject: Repeated<Option<DeadlineSubject>>,
    /// `None`: the row has no deadline, and the other columns say nothing of it.
    pub at: Vec<Option<String>>,
    /// `None`: the same as `at`, as wherever this computer's clock is right.
    pub here: Repeated<Option<String>>,
    pub passed: Repeated<bool>,
    pub left_percent: Vec<u8>,
}

impl From<ListPage> for PageColumns {
    fn from(page: ListPage) -> Self {
        let mut columns = Self {
            total: page.total,
            exact: page.exact,
            all: page.all,
            ..Self::default()
        };
        for row in page.rows {
            columns.push(row);
        }
        columns
    }
}

impl PageColumns {
    fn push(&mut self, row: DossierRow) {
        // Taken apart, so that a new field cannot be forgotten here.
        let DossierRow {
            id,
            enrollment_id,
            reference,
            last_name,
            first_name,
            process_name,
            environment_id,
            environment_kind,
            creation,
            status,
            created_at,
            finished_at,
            deadline,
            evidence,
            operator,
            changed_at,
            level,
            tags,
            email,
            phone_number,
            treated,
            decision,
            trouble,
        } = row;
        self.id.push(id);
        self.enrollment_id.push(enrollment_id);
        self.reference.push(reference);
        self.last_name.push(last_name);
        self.first_name.push(first_name);
        self.process_name.push(process_name);
        self.environment_id.push(environment_id);
        self.environment_kind.push(environment_kind);
        self.creation.push(creation);
        self.status.push(status);
        self.created_at.push(created_at);
        self.finished_at.push(finished_at);
        self.deadline.push(deadline);
        self.evidence.push(evidence);
        self.operator.push(operator);
        self.changed_at.push(changed_at);
        self.level.push(level);
        self.tags.push(tags);
        self.email.push(email);
        self.phone_number.push(phone_number);
        self.treated.push(treated);
        self.decision.push(decision);
        self.trouble.push(trouble);
    }
}

impl DeadlineColumns {
    fn push(&mut self, deadline: Option<DeadlineView>) {
        let Some(deadline) = deadline else {
            self.subject.push(None);
            self.at.push(None);
            self.here.push(None);
            self.passed.push(false);
            self.left_percent.push(0);
            return;
        };
        let DeadlineView {
            subject,
            at,
            here,
            passed,
            left_percent,
        } = deadline;
        self.subject.push(Some(subject));
        self.here.push((here != at).then_some(here));
        self.at.push(Some(at));
        self.passed.push(passed);
        self.left_percent.push(left_percent);
    }
}

#[cfg(test)]
mod tests;
