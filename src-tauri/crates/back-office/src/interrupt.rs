//! Interrupting a dossier: a GET that changes state (facts §C.5), so once, and never blindly again.

use dossiers::{Act, DossierId};
use id360_api::DiscontinueError;

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    reading::{Looked, enrollment_of},
    views::{dossier::DossierView, error::ErrorCode},
};

/// ID360's word for a dossier that was interrupted.
const INTERRUPTED: &str = "DISCONTINUED";

impl Desk {
    /// The person has confirmed in a dialog that names the dossier.
    pub async fn interrupt_dossier(
        &self,
        intent_id: &str,
        id: &str,
    ) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let desk = self.clone();
        self.intents()
            .once(intent_id, async move {
                let dossier = desk.dossier(id).await?;
                if dossier.is_final() {
                    return Err(DeskError::new(ErrorCode::AlreadyFinished)
                        .with("status", dossier.status.unwrap_or_default()));
                }
                let session = desk.session_for(&dossier)?;
                let enrollment = enrollment_of(&dossier)?;
                // Before it leaves: where its answer is lost, nothing else tells whose act it was.
                desk.on_register_for(&session, move |register, stamp| {
                    register.record_act(Act::Interrupted, Some(id), "", stamp)
                })
                .await?;
                match session.client.discontinue(enrollment).await {
                    Ok(()) => {
                        // ID360 may say yes to a dossier that its customer ended just before (facts §J.23): the
                        // report knows, and what it says would never be taken back.
                        if desk.read_plain_report(id).await.is_ok()
                            && let Some(ended) = desk.ended_otherwise(id).await?
                        {
                            return Err(ended);
                        }
                        desk.on_register_for(&session, move |register, stamp| {
                            register.record_status(id, INTERRUPTED, true, stamp)
                        })
                        .await?;
                        // Its report would wait for the next look into the register.
                        desk.wake_following();
                    }
                    Err(DiscontinueError::NotProcessed(error)) => return Err(error.into()),
                    Err(DiscontinueError::Refused(error)) => {
                        // Most likely finished meanwhile: the report knows.
                        if let Ok(Looked::Report { .. }) = desk.read_plain_report(id).await
                            && let Some(ended) = desk.ended_otherwise(id).await?
                        {
                            return Err(ended);
                        }
                        return Err(error.into());
                    }
                    Err(DiscontinueError::Unconfirmed(error)) => {
                        tracing::warn!(%error, "an interruption is not confirmed");
                        let read = desk.read_plain_report(id).await;
                        if let Some(ended) = desk.ended_otherwise(id).await? {
                            return Err(ended);
                        }
                        let stopped = desk.dossier(id).await?;
                        if stopped.status.as_deref() != Some(INTERRUPTED) {
                            tracing::info!(read = ?read.is_ok(), "the state was read again");
                            return Err(DeskError::new(ErrorCode::InterruptUnconfirmed));
                        }
                    }
                }
                let view = desk.view(id).await?;
                desk.tell_dossier(&view);
                Ok(view)
            })
            .await
    }

    /// That it had come to another end when it was to be interrupted.
    async fn ended_otherwise(&self, id: DossierId) -> Result<Option<DeskError>, DeskError> {
        let dossier = self.dossier(id).await?;
        let other = dossier
            .verdict
            .filter(|verdict| verdict != INTERRUPTED)
            .and(dossier.status);
        let Some(word) = other else { return Ok(None) };
        self.announce(id).await;
        Ok(Some(
            DeskError::new(ErrorCode::AlreadyFinished).with("status", word),
        ))
    }
}
