//! From the register's dossier to a row, many at a time.

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::{CreationState, Dossier, Lane, masking};

use crate::{
    deadlines::here,
    decision::choice_view,
    desk::Desk,
    preferences::Preferences,
    present::{status, time},
    views::{
        dossier::{
            CreationState as CreationView, DeadlineSubject, DeadlineView, DossierRow, EvidenceState,
        },
        error::ErrorCode,
        session::NamesShown,
    },
};

/// What rows are shown by: taken once for all of them.
#[derive(Debug)]
pub struct Rows {
    preferences: Preferences,
    /// ID360's time.
    true_now: DateTime<Utc>,
    /// ID360's clock minus ours.
    offset: TimeDelta,
    are_names_masked: bool,
}

impl Rows {
    pub fn of(desk: &Desk) -> Self {
        Self {
            preferences: desk.preferences(),
            true_now: desk.true_now(),
            offset: desk.clock_offset(),
            are_names_masked: desk.names_shown() == NamesShown::Masked,
        }
    }

    pub fn row(&self, dossier: Dossier) -> DossierRow {
        let deadline = self.deadline(&dossier);
        DossierRow {
            id: dossier.id.to_string(),
            enrollment_id: dossier.enrollment_id.map(|id| id.to_string()),
            environment_kind: self.preferences.kind_of(&dossier.environment_id),
            creation: match dossier.state {
                CreationState::Ready => CreationView::Ready,
                CreationState::Sent => CreationView::Sent,
                CreationState::Created => CreationView::Created,
                CreationState::Refused => CreationView::Refused,
                CreationState::OutcomeUnknown => CreationView::OutcomeUnknown,
                CreationState::Closed => CreationView::Closed,
            },
            status: dossier.status.as_deref().map(status),
            created_at: time(dossier.prepared_at),
            finished_at: dossier.finished_time.map(time),
            deadline,
            evidence: match dossier.evidence {
                dossiers::EvidenceState::None => EvidenceState::None,
                dossiers::EvidenceState::Due => EvidenceState::Due,
                dossiers::EvidenceState::Kept => EvidenceState::Kept,
                dossiers::EvidenceState::Partial => EvidenceState::Partial,
                dossiers::EvidenceState::Lost => EvidenceState::Lost,
            },
            changed_at: time(dossier.changed_at),
            treated: dossier.treated_at.is_some(),
            decision: dossier.decision.map(choice_view),
            trouble: dossier.trouble.as_deref().map(ErrorCode::from_word),
            reference: dossier.reference,
            last_name: self.shown(dossier.last_name, masking::family_name),
            first_name: self.shown(dossier.first_name, masking::given_name),
            process_name: dossier.process_name,
            environment_id: dossier.environment_id,
            operator: dossier.operator,
            level: dossier.level,
            tags: dossier.tags,
            email: self.shown(dossier.email, masking::email),
            phone_number: self.shown(dossier.phone_number, masking::phone),
        }
    }

    fn shown(&self, datum: Option<String>, mask: fn(&str) -> String) -> Option<String> {
        if self.are_names_masked {
            datum
                .filter(|datum| !datum.trim().is_empty())
                .map(|datum| mask(&datum))
        } else {
            datum
        }
    }

    /// The next thing that is about to be lost; of what is lost already, the last.
    fn deadline(&self, dossier: &Dossier) -> Option<DeadlineView> {
        use dossiers::EvidenceState::{Lost, Partial};
        let report = [
            (
                DeadlineSubject::ReportApplication,
                dossier.report_application_until,
            ),
            (DeadlineSubject::ReportUser, dossier.report_user_until),
        ];
        let (subject, at) = match dossier.deadline {
            Some((Lane::Documents, at)) => (DeadlineSubject::Documents, at),
            Some((Lane::Report | Lane::NoArchive, at)) => {
                let subject = report
                    .into_iter()
                    .find(|(_, until)| *until == Some(at))
                    .map_or(DeadlineSubject::ReportUser, |(subject, _)| subject);
                (subject, at)
            }
            None if matches!(dossier.evidence, Lost | Partial) => report
                .into_iter()
                .chain([(DeadlineSubject::Documents, dossier.documents_until)])
                .filter_map(|(subject, until)| Some((subject, until?)))
                .filter(|(_, until)| *until <= self.true_now)
                .max_by_key(|(_, until)| *until)?,
            None => return None,
        };
        let policy = self
            .preferences
            .deadlines(&dossier.environment_id, &dossier.process_id);
        let days = match subject {
            DeadlineSubject::Documents => policy.documents_days,
            DeadlineSubject::ReportApplication => policy.report_application_days,
            DeadlineSubject::ReportUser => policy.report_user_days,
        };
        let left = at - self.true_now;
        let percent = left.num_seconds() * 100 / TimeDelta::days(days.max(1).into()).num_seconds();
        Some(DeadlineView {
            subject,
            at: time(at),
            here: time(here(at, self.offset)),
            passed: left <= TimeDelta::zero(),
            left_percent: u8::try_from(percent.clamp(0, 100)).unwrap_or_default(),
        })
    }
}
