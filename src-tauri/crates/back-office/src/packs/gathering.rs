//! What the register knows of a dossier, as a pack tells it.

use std::collections::HashSet;

use dossiers::{Dossier, DossierId, ReportKind};
use evidence::packs::{
    Choice, Deadline, DeadlineSubject, Decision, EnvironmentKind, JournalLine, PackDossier,
};
use id360_api::Report;
use tokio::sync::mpsc::Sender;

use super::{gauge::Gauge, writing::Handed};
use crate::{
    desk::Desk,
    errors::DeskError,
    views::{error::ErrorCode, session::EnvironmentKind as KindView},
};

impl Desk {
    /// Hands over one dossier after the other; the first failure, and a person's word, end it.
    pub(super) async fn gather_all(&self, ids: &[DossierId], hand: Sender<Handed>, gauge: &Gauge) {
        let mut silent = HashSet::new();
        for id in ids {
            let gathered = if gauge.progress().is_cancelled() {
                Err(DeskError::new(ErrorCode::Cancelled))
            } else {
                self.gather(*id, &mut silent, gauge).await
            };
            let is_end = gathered.is_err();
            // Whoever writes gave up; it says why.
            if hand.send(gathered).await.is_err() || is_end {
                return;
            }
        }
    }

    /// `silent`: environments that did not answer, and are not asked again for every piece.
    async fn gather(
        &self,
        id: DossierId,
        silent: &mut HashSet<String>,
        gauge: &Gauge,
    ) -> Result<PackDossier, DeskError> {
        let dossier = self.dossier(id).await?;
        let (stored, acts, decisions) = self
            .on_register(move |register, _| {
                Ok((
                    register.report(id)?,
                    register.acts(id)?,
                    register.decisions(id)?,
                ))
            })
            .await?;
        let report = stored
            .as_ref()
            .and_then(|stored| Report::read(&stored.raw).ok());
        let (pieces, missing) = self
            .pack_pieces(&dossier, stored.as_ref(), report.as_ref(), silent, gauge)
            .await?;
        let (pieces, verifications) = self.judge_pieces(pieces, gauge.progress()).await?;
        let preferences = self.preferences();
        let environment = preferences.environment(&dossier.environment_id);
        let today = self.now().date_naive();
        Ok(PackDossier {
            id: id.to_string(),
            enrollment_id: dossier.enrollment_id,
            reference: dossier.reference.clone(),
            environment: kind(preferences.kind_of(&dossier.environment_id)),
            environment_name: environment
                .and_then(|known| known.name.clone())
                .unwrap_or_default(),
            process: dossier.process_name.clone(),
            status: dossier.verdict.clone().or_else(|| dossier.status.clone()),
            level: report.as_ref().and_then(|report| report.level.clone()),
            method: report
                .as_ref()
                .and_then(|report| report.id_verification_service.clone()),
            created_at: dossier.creation_time.unwrap_or(dossier.prepared_at),
            started_at: dossier.starting_time,
            finished_at: dossier.finished_time,
            causes: report.as_ref().map(evidence::findings).unwrap_or_default(),
            identity: report
                .as_ref()
                .map(|report| evidence::identity_fields(report, today))
                .unwrap_or_default(),
            decisions: decisions.into_iter().map(decision).collect(),
            deadlines: self.pack_deadlines(&dossier),
            journal: acts
                .into_iter()
                .map(|act| JournalLine {
                    position: act.position,
                    at: act.at,
                    actor: act.actor,
                    act: act.act,
                    detail: act.detail,
                })
                .collect(),
            pieces,
            missing,
            verifications,
        })
    }

    fn pack_deadlines(&self, dossier: &Dossier) -> Vec<Deadline> {
        let windows = self.windows_of(dossier);
        dossiers::deadlines(dossier, windows, self.now(), Some(self.clock_offset()))
            .into_iter()
            .map(|deadline| Deadline {
                subject: match deadline.subject {
                    dossiers::DeadlineSubject::Documents => DeadlineSubject::Documents,
                    dossiers::DeadlineSubject::ReportApplication => DeadlineSubject::Report,
                    dossiers::DeadlineSubject::ReportUser => DeadlineSubject::ReportForUsers,
                },
                at: deadline.at,
            })
            .collect()
    }
}

fn decision(decision: dossiers::Decision) -> Decision {
    Decision {
        choice: match decision.choice {
            dossiers::Choice::Accepted => Choice::Accepted,
            dossiers::Choice::Refused => Choice::Refused,
            dossiers::Choice::MoreWanted => Choice::MoreWanted,
        },
        note: decision.note,
        at: decision.at,
        by: decision.by.as_deref().map(str::to_owned),
    }
}

/// The report's own call (facts §C).
pub(super) fn report_call(dossier: &Dossier, kind: ReportKind) -> String {
    let id = dossier.enrollment_id.unwrap_or_default();
    match kind {
        ReportKind::Final => format!("GET /enrollment/{id}/report"),
        ReportKind::Draft => format!("GET /enrollment/{id}/report?allow_draft=true"),
        ReportKind::Archived => format!("GET /enrollment/{id}/report/archive"),
    }
}

/// As the pages of proofs call it.
pub(crate) fn kind(kind: KindView) -> EnvironmentKind {
    match kind {
        KindView::Production => EnvironmentKind::Production,
        KindView::PreProduction => EnvironmentKind::PreProduction,
        KindView::Sandbox => EnvironmentKind::Sandbox,
    }
}
