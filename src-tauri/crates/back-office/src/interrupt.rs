//! Interrupting a dossier: a GET that changes state (facts §C.5), so once, and never blindly again.

use id360_api::DiscontinueError;

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    reading::{Looked, enrollment_of},
    views::{dossier::DossierView, error::ErrorCode},
};

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
                match session.client.discontinue(enrollment_of(&dossier)?).await {
                    Ok(()) => {
                        desk.on_register(move |register, stamp| {
                            register.record_status(id, "DISCONTINUED", true, stamp)
                        })
                        .await?;
                        // Its report would wait for the next look into the register.
                        desk.wake_following();
                    }
                    Err(DiscontinueError::NotProcessed(error)) => return Err(error.into()),
                    Err(DiscontinueError::Refused(error)) => {
                        // Most likely finished meanwhile: the report knows.
                        let read = desk.read_plain_report(id).await;
                        if matches!(read, Ok(Looked::Report { .. })) {
                            let view = desk.view(id).await?;
                            let word = view
                                .row
                                .status
                                .map(|status| status.word)
                                .unwrap_or_default();
                            desk.announce(id).await;
                            return Err(
                                DeskError::new(ErrorCode::AlreadyFinished).with("status", word)
                            );
                        }
                        return Err(error.into());
                    }
                    Err(DiscontinueError::Unconfirmed(error)) => {
                        tracing::warn!(%error, "an interruption is not confirmed");
                        let read = desk.read_plain_report(id).await;
                        let stopped = desk.dossier(id).await?;
                        if stopped.status.as_deref() != Some("DISCONTINUED") {
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
}
