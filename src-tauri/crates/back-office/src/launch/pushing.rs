//! The data that ID360 is to compare with what it reads (facts §C.4).

use dossiers::DossierId;
use id360_api::PushError;

use crate::{desk::Desk, errors::DeskError, sessions::Session};

impl Desk {
    /// Each datum once; what became of it is kept beside it, and none is sent again by itself.
    pub(super) async fn push_expected(
        &self,
        session: &Session,
        id: DossierId,
    ) -> Result<(), DeskError> {
        let dossier = self.dossier(id).await?;
        let Some(enrollment_id) = dossier.enrollment_id else {
            return Ok(());
        };
        for dossiers::ExpectedState { datum, .. } in dossier.expected {
            let pushed = session
                .client
                .push_expected(
                    id360_api::EnrollmentId(enrollment_id),
                    &datum.name,
                    &datum.value,
                    datum.locked,
                    datum.auto,
                )
                .await;
            let outcome = match pushed {
                Ok(()) => dossiers::ExpectedOutcome::Accepted,
                Err(PushError::Refused(_)) => dossiers::ExpectedOutcome::Refused,
                Err(PushError::NotProcessed(_)) => dossiers::ExpectedOutcome::NotProcessed,
                Err(PushError::OutcomeUnknown(_)) => dossiers::ExpectedOutcome::OutcomeUnknown,
            };
            let name = datum.name;
            self.on_register(move |register, stamp| {
                register.record_expected(id, &name, outcome, stamp)
            })
            .await?;
        }
        Ok(())
    }
}
