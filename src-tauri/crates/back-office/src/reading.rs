//! Reading reports and keeping them.

use std::sync::Arc;

use dossiers::{Act, Dossier, DossierId, ReportFacts, ReportKind, Stamp, StoredReport};
use id360_api::{EnrollmentId, Report, ReportAnswer, ReportRequest, Status};

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    sessions::Session,
    views::{dossier::DossierView, error::ErrorCode, session::AccountKind},
};

/// What one read of the plain report brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looked {
    /// 202: no report yet.
    NotReady,
    Report {
        is_final: bool,
        /// The status differs from before.
        changed: bool,
    },
}

/// Who wants a read, and how soon.
#[derive(Debug, Clone, Copy)]
enum Asked {
    AndWaits,
    ForMany,
    ByNobody,
}

impl Desk {
    /// The person's own refresh: one read of the plain report.
    pub async fn refresh_dossier(&self, id: &str) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let looked = self.read_plain_report(id).await?;
        if let (Looked::Report { is_final: true, .. }, Some(session)) =
            (looked, self.session_or_none())
        {
            session.capture_wake.notify_one();
        }
        let view = self.view(id).await?;
        self.tell_dossier(&view);
        Ok(view)
    }

    /// Only on a person's explicit word, never while the customer is at work (facts §D.3).
    pub async fn read_draft_report(&self, id: &str) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let dossier = self.dossier(id).await?;
        if dossier.status.as_deref() == Some("STARTED") {
            return Err(DeskError::new(ErrorCode::CustomerAtWork));
        }
        let session = self.session_for(&dossier)?;
        let enrollment = enrollment_of(&dossier)?;
        self.note_report_asked(&session, id, "draft").await?;
        match session
            .client
            .report(enrollment, ReportRequest::Draft)
            .await?
        {
            ReportAnswer::NotReady => return Err(DeskError::new(ErrorCode::NoVerdictYet)),
            ReportAnswer::Report(raw) => {
                let stamp = self.stamp_of(&session.username);
                let looked = self
                    .keep_report(&dossier, ReportKind::Draft, raw.to_vec(), stamp)
                    .await?;
                if matches!(looked, Looked::Report { is_final: true, .. }) {
                    session.capture_wake.notify_one();
                }
            }
        }
        self.view(id).await
    }

    /// The report of a dossier that left ID360's active base. User accounts only (facts §C.5, §D.3): one that is open
    /// beside an application account is asked in its place. `NotConfigured` where the environment has no path for it,
    /// `UnknownDossier` where ID360 has none, `UnreadableAnswer` for what is no report.
    pub async fn read_archived_report(&self, id: &str) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let dossier = self.dossier(id).await?;
        let working = self.session_for(&dossier)?;
        // Users only (facts §C.5); without one, ID360 says so itself.
        let session = self
            .user_session(&dossier.environment_id)
            .unwrap_or(working);
        let enrollment = enrollment_of(&dossier)?;
        self.note_report_asked(&session, id, "archived").await?;
        let raw = session.client.archived_report(enrollment).await?;
        let stamp = self.stamp_of(&session.username);
        self.keep_report(&dossier, ReportKind::Archived, raw.to_vec(), stamp)
            .await?;
        self.view(id).await
    }

    /// Before it leaves: a draft may block the customer, and an archive is opened for a reason.
    async fn note_report_asked(
        &self,
        session: &Session,
        id: DossierId,
        which: &'static str,
    ) -> Result<(), DeskError> {
        self.on_register_for(session, move |register, stamp| {
            register.record_act(Act::ReportAsked, Some(id), which, stamp)
        })
        .await
    }

    /// Because a person asked.
    pub(crate) async fn read_plain_report(&self, id: DossierId) -> Result<Looked, DeskError> {
        let dossier = self.dossier(id).await?;
        let session = self.session_for(&dossier)?;
        self.read_with(&dossier, &session, Asked::AndWaits).await
    }

    /// A person asked for many at once: every call that somebody waits for goes first.
    pub(crate) async fn read_among_many(
        &self,
        dossier: &Dossier,
        session: &Arc<Session>,
    ) -> Result<Looked, DeskError> {
        self.read_with(dossier, session, Asked::ForMany).await
    }

    /// Nobody asked: every call that somebody waits for goes first.
    pub(crate) async fn look_in_background(
        &self,
        id: DossierId,
        session: &Arc<Session>,
    ) -> Result<Looked, DeskError> {
        let dossier = self.dossier(id).await?;
        self.read_with(&dossier, session, Asked::ByNobody).await
    }

    async fn read_with(
        &self,
        dossier: &Dossier,
        session: &Arc<Session>,
        asked: Asked,
    ) -> Result<Looked, DeskError> {
        let session = self.reaching(dossier, session);
        let client = match asked {
            Asked::AndWaits => &session.client,
            Asked::ForMany | Asked::ByNobody => &session.background,
        };
        let stamp = match asked {
            Asked::AndWaits | Asked::ForMany => self.stamp_of(&session.username),
            Asked::ByNobody => self.desk_stamp(),
        };
        let answer = client
            .report(enrollment_of(dossier)?, ReportRequest::Final)
            .await;
        match answer {
            Ok(ReportAnswer::NotReady) => Ok(Looked::NotReady),
            Ok(ReportAnswer::Report(raw)) => {
                self.keep_report(dossier, ReportKind::Final, raw.to_vec(), stamp)
                    .await
            }
            Err(error) => {
                let mut refused = DeskError::from(error);
                if matches!(
                    refused.code,
                    ErrorCode::UnknownDossier | ErrorCode::Forbidden
                ) && session.account == AccountKind::Application
                    && self.is_past_application(dossier)
                {
                    refused.code = ErrorCode::ReportNeedsUser;
                }
                Err(refused.with("environment", session.environment_id()))
            }
        }
    }

    /// Kept byte for byte before it is understood; what cannot be understood is refused by name.
    async fn keep_report(
        &self,
        dossier: &Dossier,
        kind: ReportKind,
        raw: Vec<u8>,
        stamp: Stamp,
    ) -> Result<Looked, DeskError> {
        let id = dossier.id;
        let report = Report::read(&raw)
            .map_err(|error| DeskError::new(ErrorCode::UnreadableAnswer).because(error))?;
        // Whatever stands between may hand out what it kept of another question. What the archive calls an id is not
        // published.
        let told = report.id.filter(|_| kind != ReportKind::Archived);
        if let Some(number) = told.filter(|told| Some(*told) != dossier.enrollment_id) {
            return Err(DeskError::new(ErrorCode::ReportOfAnother).with("number", number));
        }
        let name = |key: &str| {
            report
                .identity
                .as_ref()?
                .get(key)?
                .as_str()
                .map(str::to_owned)
        };
        let is_final = report.status.is_final();
        // What tells no end, or no more than that a dossier with a verdict is deleted, is none to keep as the final one:
        // it would stand in the place of that one, and nobody would ask for it any more.
        let known = dossier.verdict.as_deref().map(Status::from);
        let tells_less = report.status == Status::Deleted
            && known.is_some_and(|verdict| verdict != Status::Deleted);
        let kind = match kind {
            ReportKind::Final if !is_final || tells_less => ReportKind::Draft,
            kind => kind,
        };
        let facts = ReportFacts {
            status: report.status.as_str().to_owned(),
            is_final,
            creation_time: report.creation_time,
            starting_time: report.starting_time,
            finished_time: report.finished_time,
            last_name: name("name"),
            first_name: name("first_name"),
            level: report.level.clone(),
            pages: u32::try_from(
                report
                    .documents
                    .iter()
                    .map(|document| document.pages.len())
                    .sum::<usize>(),
            )
            .ok(),
        };
        self.on_register_as(stamp, move |register, stamp| {
            register.record_report(
                id,
                StoredReport {
                    kind,
                    raw,
                    read_at: stamp.at,
                },
                facts,
                stamp,
            )
        })
        .await
        .map(|recorded| Looked::Report {
            is_final,
            changed: recorded.status_changed,
        })
    }
}

pub(crate) fn enrollment_of(dossier: &Dossier) -> Result<EnrollmentId, DeskError> {
    dossier
        .enrollment_id
        .map(EnrollmentId)
        .ok_or_else(|| DeskError::new(ErrorCode::StateChanged))
}
