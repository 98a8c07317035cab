//! One create, posted once: whatever its answer, it is on the disk before it is read.

use dossiers::{Confirmed, Dossier, DossierId};
use id360_api::{CallbackEndpoint, CreateEnrollment, CreateError, Enrollment};

use super::{form::given, judging::e164};
use crate::{
    desk::Desk,
    errors::DeskError,
    sessions::Session,
    views::{
        error::ErrorCode,
        launch::{LaunchForm, LaunchMode},
        settings::ProcessSettings,
    },
};

impl Desk {
    /// Posts a dossier that is written down as sent. True when created, false when the outcome is
    /// unknown; refused and unsent are errors that name the dossier, which stays in the register.
    pub(super) async fn create(
        &self,
        session: &Session,
        process: &ProcessSettings,
        told: Vec<CallbackEndpoint>,
        id: DossierId,
        form: &LaunchForm,
    ) -> Result<bool, DeskError> {
        let dossier = self.dossier(id).await?;
        let body = CreateEnrollment {
            callback_endpoints: told,
            ..self.enrollment_body(session, process, &dossier, form)
        };
        match session
            .client
            .create_enrollment(&dossier.process_uuid, &body)
            .await
        {
            Ok(raw) => self.settled(session, &dossier, raw.to_vec()).await,
            Err(CreateError::NotProcessed(error)) => {
                self.on_register_for(session, move |register, stamp| {
                    register.back_to_ready(id, stamp)
                })
                .await?;
                Err(DeskError::from(error).with("dossier_id", id))
            }
            Err(CreateError::Refused(error)) => {
                let detail = error.detail.clone().unwrap_or_default();
                let return_address = blames_return_address(&detail);
                self.on_register_for(session, move |register, stamp| {
                    register.mark_refused(id, &detail, stamp)
                })
                .await?;
                let mut refused = DeskError::from(error).with("dossier_id", id);
                if refused.code == ErrorCode::Refused && return_address {
                    refused.code = ErrorCode::ReturnAddressRefused;
                }
                if refused.code == ErrorCode::UnknownDossier {
                    refused.code = ErrorCode::UnknownProcess;
                }
                Err(refused.with("environment", session.environment_id()))
            }
            Err(CreateError::OutcomeUnknown { error, received }) => {
                tracing::warn!(%error, "the answer to a create was lost");
                if Enrollment::recover(&received).is_some_and(|(_, key)| key.is_some()) {
                    return self.settled(session, &dossier, received.to_vec()).await;
                }
                self.on_register_for(session, move |register, stamp| {
                    register.mark_unknown(id, &received, stamp)
                })
                .await
                .map_err(|error| unknown(&dossier, &error))?;
                Ok(false)
            }
        }
    }

    /// ID360 has taken it: where the register cannot say so, nobody may take it for unsent.
    async fn settled(
        &self,
        session: &Session,
        dossier: &Dossier,
        raw: Vec<u8>,
    ) -> Result<bool, DeskError> {
        self.keep_answer(session, dossier.id, raw)
            .await
            .map_err(|error| unknown(dossier, &error))
    }

    /// Durable before anything is read from it; an answer that cannot be read is kept and flagged.
    async fn keep_answer(
        &self,
        session: &Session,
        id: DossierId,
        raw: Vec<u8>,
    ) -> Result<bool, DeskError> {
        let kept = raw.clone();
        self.on_register_for(session, move |register, stamp| {
            register.record_answer(id, &kept, stamp)
        })
        .await?;
        match understood(&raw) {
            Some(found) => {
                self.on_register_for(session, move |register, stamp| {
                    register.confirm(id, found, stamp)
                })
                .await?;
                Ok(true)
            }
            None => {
                self.on_register_for(session, move |register, stamp| {
                    register.mark_unknown(id, &raw, stamp)
                })
                .await?;
                Ok(false)
            }
        }
    }

    /// Where the customer's browser goes at the end. Mandatory, and fixed with the creation (facts §C.3, §E.5).
    fn browser_return(
        &self,
        session: &Session,
        process: &ProcessSettings,
        dossier: &Dossier,
        form: &LaunchForm,
    ) -> String {
        let environment = session.environment();
        let of_process = process.return_page.clone();
        let of_environment = environment.return_page.clone();
        let ours = match form.mode {
            LaunchMode::ThisPc => of_environment
                .or_else(|| self.return_page().address_for(dossier.id, &form.lang))
                .or(of_process),
            // On another device 127.0.0.1 is that device.
            LaunchMode::Phone | LaunchMode::Sent => of_process.or(of_environment),
        };
        // With no page of one's own, the customer ends on ID360's site.
        ours.unwrap_or_else(|| environment.ui_base_url.clone())
    }

    fn enrollment_body(
        &self,
        session: &Session,
        process: &ProcessSettings,
        dossier: &Dossier,
        form: &LaunchForm,
    ) -> CreateEnrollment {
        let browser_callback_url = self.browser_return(session, process, dossier, form);
        CreateEnrollment {
            browser_callback_url,
            callback_endpoints: Vec::new(),
            client_reference: Some(dossier.client_reference.clone()),
            last_name: given(&form.last_name),
            first_name: given(&form.first_name),
            email: given(&form.email),
            address_line_1: given(&form.address_line_1),
            address_line_2: given(&form.address_line_2),
            address_line_3: given(&form.address_line_3),
            zip_code: given(&form.zip_code),
            city: given(&form.city),
            country: given(&form.country),
            phone_number: given(&form.phone_number),
            group: given(&form.group),
            authenticator_phone_number: e164(&form.authenticator_phone_number),
        }
    }
}

/// The next start settles it, by the answer if that was kept.
fn unknown(dossier: &Dossier, cause: &DeskError) -> DeskError {
    DeskError::new(ErrorCode::OutcomeUnknown)
        .with("dossier_id", dossier.id)
        .with("reference", &dossier.client_reference)
        .because(cause)
}

/// ID360's words for a refusal are not public: the field's own name in them is (facts §C.3, §J.24).
fn blames_return_address(detail: &str) -> bool {
    detail.contains("browser_callback_url")
}

/// What a whole answer to a create says, even one that is malformed. In what is no readable answer, a number counts
/// beside a key alone: the script of an error page has numbers too.
pub(crate) fn understood(raw: &[u8]) -> Option<Confirmed> {
    if let Ok(enrollment) = Enrollment::read(raw) {
        return Some(Confirmed {
            enrollment_id: enrollment.id.0,
            api_key: enrollment.api_key,
            status: enrollment.status.as_str().to_owned(),
            creation_time: enrollment.creation_time,
        });
    }
    let (enrollment_id, Some(api_key)) = Enrollment::recover(raw)? else {
        return None;
    };
    Some(Confirmed {
        enrollment_id: enrollment_id.0,
        api_key: Some(api_key),
        status: "NEW".to_owned(),
        creation_time: None,
    })
}
