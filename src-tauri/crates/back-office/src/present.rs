//! From the register's dossier to what the window shows.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use dossiers::{CreationState, Decision, Dossier, Integrity, Piece, PieceKind, StoredReport};
use id360_api::Status;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    deadlines::here,
    decision::decision_view,
    desk::Desk,
    errors::DeskError,
    launch,
    link::LinkUses,
    list::Rows,
    showing::report_view,
    views::{
        dossier::{
            DeadlineSubject, DeadlineView, DossierActs, DossierView, ExpectedDatumView,
            ExpectedOutcome, KnownStatus, StatusView,
        },
        explanation::NextStep,
        report::ReportView,
    },
};

impl Desk {
    /// What the register knows of one dossier; no call outside. `NotFound` also for what is no id.
    pub async fn get_dossier(&self, id: &str) -> Result<DossierView, DeskError> {
        self.view(crate::desk::dossier_id(id)?).await
    }
}

fn deadlines(desk: &Desk, dossier: &Dossier) -> Vec<DeadlineView> {
    let offset = desk.clock_offset();
    dossiers::deadlines(dossier, desk.windows_of(dossier), desk.now(), Some(offset))
        .into_iter()
        .map(|deadline| DeadlineView {
            subject: match deadline.subject {
                dossiers::DeadlineSubject::Documents => DeadlineSubject::Documents,
                dossiers::DeadlineSubject::ReportApplication => DeadlineSubject::ReportApplication,
                dossiers::DeadlineSubject::ReportUser => DeadlineSubject::ReportUser,
            },
            at: time(deadline.at),
            here: time(here(deadline.at, offset)),
            passed: deadline.passed,
            left_percent: deadline.left_percent,
        })
        .collect()
}

/// What the register knows of one dossier.
pub(crate) struct Known {
    pub dossier: Dossier,
    pub report: Option<StoredReport>,
    pub api_key: Option<SecretString>,
    pub pieces: Vec<Piece>,
    pub decisions: Vec<Decision>,
    pub link_uses: LinkUses,
}

pub(crate) fn dossier_view(desk: &Desk, known: Known) -> DossierView {
    let Known {
        dossier,
        report: stored,
        api_key,
        pieces,
        decisions,
        link_uses,
    } = known;
    let session = desk
        .session_or_none()
        .filter(|session| session.environment_id() == dossier.environment_id);
    let report = stored.and_then(|stored| report_view(&dossier, &stored, desk.now().date_naive()));
    let acts = acts(
        &dossier,
        session.as_deref(),
        desk.user_session(&dossier.environment_id).is_some(),
        report.as_ref(),
        api_key.is_some(),
        &pieces,
    );
    let (typed_last_name, typed_first_name) = launch::typed_names(&dossier);
    DossierView {
        row: Rows::of(desk).row(dossier.clone()),
        last_name: dossier.last_name.clone(),
        first_name: dossier.first_name.clone(),
        typed_last_name,
        typed_first_name,
        client_reference: dossier.client_reference.clone(),
        process_uuid: dossier.process_uuid.to_string(),
        reachable: session.is_some(),
        email: dossier.email.clone(),
        phone_number: dossier.phone_number.clone(),
        expected: dossier
            .expected
            .iter()
            .map(|datum| ExpectedDatumView {
                name: datum.datum.name.clone(),
                value: datum.datum.value.clone(),
                locked: datum.datum.locked,
                outcome: match datum.outcome {
                    None | Some(dossiers::ExpectedOutcome::NotProcessed) => {
                        ExpectedOutcome::Pending
                    }
                    Some(dossiers::ExpectedOutcome::Accepted) => ExpectedOutcome::Accepted,
                    Some(dossiers::ExpectedOutcome::Refused) => ExpectedOutcome::Refused,
                    Some(dossiers::ExpectedOutcome::OutcomeUnknown) => ExpectedOutcome::Unknown,
                },
            })
            .collect(),
        link_hint: api_key.as_ref().map(link_hint),
        lang: launch::chosen_language(&dossier),
        opened_at: dossier.opened_at.map(time),
        mode: launch::chosen_mode(&dossier),
        link_uses: link_uses.view(),
        link_until: link_until(desk, &dossier).map(time),
        returned_at: link_uses.returned().map(time),
        next_reading: session
            .as_ref()
            .and_then(|session| session.readings.next(dossier.id, desk.both_clocks())),
        shown_link: desk.shown_links().view(dossier.id),
        return_heard: desk.return_page().hears(dossier.id),
        enrollment_pages: desk.enrollment_pages(&dossier.process_id),
        enrollment_window: desk.enrollment_window().view(dossier.id),
        read_at: dossier.report_read_at.map(time),
        report,
        deadlines: deadlines(desk, &dossier),
        acts,
        idclaim_expected: dossier.idclaim_expected,
        never_archived: dossier.never_archived().map(status),
        decisions: decisions.into_iter().map(decision_view).collect(),
    }
}

/// By ID360's own clock where it said when it made the dossier.
fn link_until(desk: &Desk, dossier: &Dossier) -> Option<DateTime<Utc>> {
    if dossier.state != CreationState::Created || dossier.is_final() {
        return None;
    }
    let preferences = desk.preferences();
    let minutes = preferences.process(&dossier.process_id)?.link_minutes?;
    let from = dossier.creation_time.unwrap_or(dossier.prepared_at);
    from.checked_add_signed(TimeDelta::minutes(minutes.into()))
}

/// `••••` and the last four characters: enough to compare two links, useless to open one.
fn link_hint(api_key: &SecretString) -> String {
    let key = api_key.expose_secret();
    let skipped = key.chars().count().saturating_sub(4);
    // A short key would be told almost whole.
    if skipped < 16 {
        return "••••".to_owned();
    }
    format!("••••{}", key.chars().skip(skipped).collect::<String>())
}

fn acts(
    dossier: &Dossier,
    session: Option<&crate::sessions::Session>,
    as_user: bool,
    report: Option<&ReportView>,
    has_key: bool,
    pieces: &[Piece],
) -> DossierActs {
    let captured = |kind| {
        let mut of_kind = pieces.iter().filter(|piece| piece.recorded.kind == kind);
        of_kind.any(|piece| piece.integrity == Integrity::Whole)
    };
    let created = dossier.state == CreationState::Created;
    let online = created && session.is_some() && dossier.enrollment_id.is_some();
    let status = dossier.status.as_deref().map(Status::from);
    let started = status == Some(Status::Started);
    let environment = session.map(|session| session.environment());
    let has_documents = report.is_some_and(|report| {
        report
            .documents
            .iter()
            .any(|document| !document.pages.is_empty())
    });
    DossierActs {
        open_link: online && has_key && !dossier.is_final(),
        refresh: online,
        interrupt: online && !dossier.is_final(),
        push_data: online && !dossier.is_final(),
        save_documents: has_documents && (online || captured(PieceKind::Document)),
        save_idclaim: online && dossier.is_final() || captured(PieceKind::IdClaim),
        save_report: report.is_some(),
        save_pdf: captured(PieceKind::ReportPdf)
            || online
                && dossier.is_final()
                && environment.is_some_and(|known| known.report_pdf_path.is_some()),
        read_archived_report: online
            && as_user
            && matches!(status, Some(Status::Ok | Status::Ko | Status::Deleted))
            && environment.is_some_and(|known| known.archived_report_path.is_some()),
        read_draft_report: online
            && !started
            && matches!(status, Some(Status::New | Status::Canceled)),
        settle_unknown: dossier.state == CreationState::OutcomeUnknown,
        // What was typed for it may be gone with a damaged register.
        send_again: session.is_some()
            && dossier.state == CreationState::Ready
            && dossier.form.is_some(),
        again: session.is_some() && may_begin_again(dossier, report),
        make_pack: created && (dossier.is_final() || report.is_some()),
        decide: created,
    }
}

/// What ID360 let pass is not done again; what may be a fraud only once compliance has looked.
fn may_begin_again(dossier: &Dossier, report: Option<&ReportView>) -> bool {
    let ended = match dossier.state {
        CreationState::Closed => true,
        CreationState::Created => {
            dossier.is_final() && dossier.status.as_deref().map(Status::from) != Some(Status::Ok)
        }
        _ => false,
    };
    let compliance_first = report.is_some_and(|report| {
        let steps = &report.explanation.next_steps;
        steps.contains(&NextStep::AlertCompliance)
    });
    ended && !compliance_first
}

pub(crate) fn status(word: &str) -> StatusView {
    let status = Status::from(word);
    StatusView {
        word: word.to_owned(),
        is_final: status.is_final(),
        known: match status {
            Status::New => KnownStatus::New,
            Status::Started => KnownStatus::Started,
            Status::Ok => KnownStatus::Ok,
            Status::Ko => KnownStatus::Ko,
            Status::Failed => KnownStatus::Failed,
            Status::Canceled => KnownStatus::Canceled,
            Status::Discontinued => KnownStatus::Discontinued,
            Status::Deleted => KnownStatus::Deleted,
            _ => KnownStatus::Other,
        },
    }
}

/// RFC 3339 in UTC, to the millisecond.
pub(crate) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
