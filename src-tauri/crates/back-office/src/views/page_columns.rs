//! A page of the list as it crosses to the window: by columns, so that each name is said once, and what many rows share
//! is said once too. Bytes count: the window takes answers in small pieces.

mod moments;
mod repeated;

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

pub use moments::{Moments, Step};
pub use repeated::Repeated;

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
    #[ts(as = "Vec<Option<Step>>")]
    pub created_at: Moments,
    #[ts(as = "Vec<Option<Step>>")]
    pub finished_at: Moments,
    pub deadline: DeadlineColumns,
    pub evidence: Repeated<EvidenceState>,
    pub operator: Repeated<String>,
    #[ts(as = "Vec<Option<Step>>")]
    pub changed_at: Moments,
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
    #[ts(as = "Vec<Option<Step>>")]
    pub at: Moments,
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
        self.created_at.push(Some(created_at));
        self.finished_at.push(finished_at);
        self.deadline.push(deadline);
        self.evidence.push(evidence);
        self.operator.push(operator);
        self.changed_at.push(Some(changed_at));
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
