//! The data that ID360 is to compare with what it reads (facts §C.4).

use dossiers::DossierId;
use id360_api::PushError;

use super::{
    form::expected_data,
    judging::{further_data_problems, refuse},
};
use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    sessions::Session,
    views::{dossier::DossierView, error::ErrorCode, launch::ExpectedDatumForm},
};

impl Desk {
    /// Further data of a dossier that exists, or the same ones once more, on a person's word. What ID360 has locked is
    /// refused here already.
    pub async fn push_data(
        &self,
        intent_id: &str,
        id: &str,
        data: Vec<ExpectedDatumForm>,
    ) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let desk = self.clone();
        self.intents()
            .once(intent_id, async move {
                let dossier = desk.dossier(id).await?;
                refuse(&further_data_problems(&dossier, &data))?;
                let data = expected_data(&data);
                let session = desk.session_for(&dossier)?;
                if dossier.is_final() || dossier.enrollment_id.is_none() {
                    return Err(DeskError::new(ErrorCode::StateChanged));
                }
                let names: Vec<String> = data.iter().map(|datum| datum.name.clone()).collect();
                desk.on_register_for(&session, move |register, stamp| {
                    data.into_iter()
                        .try_for_each(|datum| register.add_expected(id, datum, stamp))
                })
                .await?;
                desk.push_expected(&session, id, Some(&names)).await?;
                let view = desk.view(id).await?;
                desk.tell_dossier(&view);
                Ok(view)
            })
            .await
    }

    /// Each datum once; what became of it is kept beside it, and none is sent again by itself.
    pub(super) async fn push_expected(
        &self,
        session: &Session,
        id: DossierId,
        only: Option<&[String]>,
    ) -> Result<(), DeskError> {
        let dossier = self.dossier(id).await?;
        let Some(enrollment_id) = dossier.enrollment_id else {
            return Ok(());
        };
        for dossiers::ExpectedState { datum, .. } in dossier.expected {
            if only.is_some_and(|only| !only.contains(&datum.name)) {
                continue;
            }
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
            self.on_register_for(session, move |register, stamp| {
                register.record_expected(id, &name, outcome, stamp)
            })
            .await?;
        }
        Ok(())
    }
}
