//! What a person asks of capture.

use dossiers::{CaptureTask, Dossier, Progress, ReportKind};
use id360_api::Report;

use super::taking::{Ended, Taking};
use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    list::shown_count,
    long_acts::while_wanted,
    reading::Looked,
    views::{
        error::ErrorCode,
        evidence::{CaptureActivity, EvidenceView},
        list::{BulkOutcome, Selection},
    },
};

impl Desk {
    /// Puts them into the queue, also what was given up or seems lost.
    pub async fn capture_dossiers(
        &self,
        intent_id: &str,
        selection: Selection,
    ) -> Result<BulkOutcome, DeskError> {
        self.long(intent_id, move |desk, progress| async move {
            let selection = desk.asking().selection(&selection)?;
            let changed = desk
                .on_register(move |register, stamp| {
                    register.ask_for_capture(&selection, &progress, stamp)
                })
                .await?;
            desk.register_changed();
            Ok(BulkOutcome {
                changed: shown_count(changed.changed),
                unchanged: shown_count(changed.unchanged),
            })
        })
        .await
    }

    /// One dossier, before every other and while the person looks; also while capture is paused. A person who ends it
    /// keeps what arrived by then.
    pub async fn capture_now(&self, intent_id: &str, id: &str) -> Result<EvidenceView, DeskError> {
        let id = dossier_id(id)?;
        self.long(intent_id, move |desk, progress| async move {
            let before = desk.dossier(id).await?;
            let session = desk.session_for(&before)?;
            if !before.is_final() {
                return Err(DeskError::new(ErrorCode::NoVerdictYet));
            }
            let is_here = matches!(
                before.report_kind,
                Some(ReportKind::Final | ReportKind::Archived)
            );
            if !is_here {
                let looked = while_wanted(&progress, desk.read_plain_report(id)).await?;
                let tells_the_end = matches!(looked, Looked::Report { is_final: true, .. });
                if !tells_the_end && !desk.draft_tells_the_end(&before).await? {
                    return Err(DeskError::new(ErrorCode::NoVerdictYet));
                }
            }
            let turn = async { Ok(desk.captures().begin_in_turn(id).await) };
            let place = while_wanted(&progress, turn).await?;
            let selection = dossiers::Selection::Some(vec![id]);
            let rule = desk
                .on_register(move |register, stamp| {
                    register.ask_for_capture(&selection, &Progress::unwatched(), stamp)?;
                    let rules = register.capture_policies()?;
                    Ok(rules.of(&before.environment_id, &before.process_id))
                })
                .await?;
            let task = CaptureTask {
                dossier: id,
                rule,
                report_is_here: true,
                deadline: None,
                tries: 0,
                trouble: None,
                retry_at: None,
            };
            let taking = Taking {
                client: session.client.clone(),
                stamp: desk.stamp(),
                session,
                progress,
                asked: true,
            };
            let ended = desk.capture_dossier(&task, &taking).await;
            drop(place);
            desk.announce(id).await;
            desk.register_changed();
            match ended {
                Ended::Done => {
                    desk.captures().disk_takes_again();
                    desk.evidence_of(id).await
                }
                // Everything that could be had is here, flagged where it is to be.
                Ended::Troubled(error) if error.code == ErrorCode::DocumentDiffers => {
                    desk.evidence_of(id).await
                }
                Ended::Troubled(error) | Ended::NotNow(error) | Ended::DiskRefused(error) => {
                    Err(error)
                }
            }
        })
        .await
    }

    /// Of a dossier that was cancelled, ID360 may give nothing else (facts §D.3), and it names the pages all the same.
    async fn draft_tells_the_end(&self, dossier: &Dossier) -> Result<bool, DeskError> {
        let id = dossier.id;
        let stored = self
            .on_register(move |register, _| register.report(id))
            .await?;
        let report = stored.and_then(|stored| Report::read(&stored.raw).ok());
        let told = report.map(|report| report.status.as_str().to_owned());
        Ok(told.is_some() && told == dossier.verdict)
    }

    /// Until it is resumed or the desk ends: a pause that nobody remembers would lose evidence.
    pub fn pause_captures(&self) -> CaptureActivity {
        self.captures().pause(true);
        self.tell_register_changed();
        self.capture_activity()
    }

    /// Ends the pause, and tries a disk that took nothing again at once.
    pub fn resume_captures(&self) -> CaptureActivity {
        self.captures().pause(false);
        self.captures().disk_takes_again();
        self.register_changed();
        self.capture_activity()
    }
}
