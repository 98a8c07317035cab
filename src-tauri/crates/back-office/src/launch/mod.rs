//! Creating a dossier and launching its link: the protocol of quality.md 1.3.
//!
//! Written down, then marked as sent, then posted once. Whatever stops on the way leaves either nothing
//! sent, or «issue inconnue», or a created dossier with its api_key.

mod creating;
mod draft;
mod form;
mod judging;
mod pushing;
mod reference;

use dossiers::{CreationState, Dossier, DossierId};
use id360_api::Enrollment;
use uuid::Uuid;

pub(crate) use self::creating::understood;
use self::form::{Sent, new_dossier};
pub(crate) use self::form::{chosen_language, chosen_mode, language_code, typed_form, typed_names};
pub(crate) use self::judging::looks_like_email;
pub(crate) use self::reference::{check_template, is_data_name, tidy_template};
use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    sessions::Session,
    views::{
        dossier::DossierView,
        error::ErrorCode,
        launch::{LaunchForm, LaunchMode, LaunchOutcome, Settlement},
        settings::ProcessSettings,
    },
};

impl Desk {
    /// One dossier at ID360, its expected data, then its link as the form says (facts §C.3, §C.4). A lost answer is no
    /// error: the dossier is `CreationState::OutcomeUnknown`. `InvalidField` and `CallbackValueMissing` leave none; a
    /// create that was refused (`UnknownProcess`, `ReturnAddressRefused`) or not sent names it in `params.dossier_id`.
    /// `OutcomeUnknown` names it too: ID360 may have it, and the register could not keep what came.
    pub async fn launch_dossier(
        &self,
        intent_id: &str,
        form: LaunchForm,
    ) -> Result<LaunchOutcome, DeskError> {
        let desk = self.clone();
        self.intents()
            .once(intent_id, async move {
                let session = desk.session()?;
                let process = desk.process_of(&session, &form.process_id)?;
                judging::refuse(&judging::problems_of(&form))?;
                let new = new_dossier(&session, &process, &form)?;
                let told = desk.callback_endpoints(&process).await?;
                let leaving = desk.creating().await;
                let id = desk
                    .on_register_for(&session, move |register, stamp| {
                        register.prepare_sent(new, stamp)
                    })
                    .await?;
                let created = desk.create(&session, &process, told, id, &form).await;
                drop(leaving);
                desk.go_on_with(created, &session, &process, id, &form)
                    .await
            })
            .await
    }

    /// Posts a dossier that ID360 surely never got, with its form as it was kept; else as [`Desk::launch_dossier`].
    /// `StateChanged` unless it is `Ready`: what may have arrived is never sent twice.
    pub async fn send_again(&self, intent_id: &str, id: &str) -> Result<LaunchOutcome, DeskError> {
        let id = dossier_id(id)?;
        let desk = self.clone();
        self.intents()
            .once(intent_id, async move {
                let dossier = desk.dossier(id).await?;
                if dossier.state != CreationState::Ready {
                    return Err(DeskError::new(ErrorCode::StateChanged));
                }
                let session = desk.session_for(&dossier)?;
                let process = desk
                    .process_now(&dossier)
                    .ok_or_else(|| DeskError::invalid_field("process_id", "required"))?;
                let sent: Sent = serde_json::from_str(dossier.form.as_deref().unwrap_or_default())
                    .map_err(DeskError::internal)?;
                let told = desk.callback_endpoints(&process).await?;
                let leaving = desk.creating().await;
                desk.on_register_for(&session, move |register, stamp| {
                    register.mark_sent(id, stamp)
                })
                .await?;
                let created = desk.create(&session, &process, told, id, &sent.form).await;
                drop(leaving);
                desk.go_on_with(created, &session, &process, id, &sent.form)
                    .await
            })
            .await
    }

    /// What a person found in ID360's console: its number, in digits, or that there is no such dossier. Nothing is
    /// sent. `StateChanged` unless the outcome is unknown; `NumberTaken` where another dossier of the environment
    /// has that number.
    pub async fn settle_unknown(
        &self,
        intent_id: &str,
        id: &str,
        settlement: Settlement,
    ) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let desk = self.clone();
        self.intents()
            .once(intent_id, async move {
                match settlement {
                    Settlement::Attach { enrollment_id } => {
                        let digits = enrollment_id.trim();
                        let enrollment_id: i64 = digits
                            .parse()
                            .ok()
                            .filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
                            .ok_or_else(|| DeskError::invalid_field("enrollment_id", "digits"))?;
                        desk.on_register(move |register, stamp| {
                            // Of an answer that was cut, the key may be there and the number not.
                            let received = register.answer(id)?;
                            let api_key =
                                received.and_then(|raw| Enrollment::recover_api_key(&raw));
                            register.attach(id, enrollment_id, api_key, stamp)
                        })
                        .await?;
                    }
                    Settlement::DoesNotExist => {
                        desk.on_register(move |register, stamp| register.close_unknown(id, stamp))
                            .await?;
                    }
                }
                if let Some(session) = desk.session_or_none() {
                    session.wake.notify_one();
                }
                desk.view(id).await
            })
            .await
    }

    fn process_of(
        &self,
        session: &Session,
        process_id: &str,
    ) -> Result<ProcessSettings, DeskError> {
        self.preferences()
            .process(process_id)
            .filter(|process| process.environment_id == session.environment_id())
            .cloned()
            .ok_or_else(|| DeskError::invalid_field("process_id", "required"))
    }

    /// The process of a dossier, or the one of the same UUID that took its place: an organisation's own does.
    pub(crate) fn process_now(&self, dossier: &Dossier) -> Option<ProcessSettings> {
        let of_dossier = |known: &&ProcessSettings| {
            known.environment_id == dossier.environment_id
                && known.process_uuid.parse::<Uuid>() == Ok(dossier.process_uuid)
        };
        let known = self.preferences();
        known
            .process(&dossier.process_id)
            .filter(|process| process.environment_id == dossier.environment_id)
            .or_else(|| known.processes.iter().find(of_dossier))
            .cloned()
    }

    /// Behind a create, whatever ID360 said: the expected data, then the browser.
    async fn go_on_with(
        &self,
        created: Result<bool, DeskError>,
        session: &Session,
        process: &ProcessSettings,
        id: DossierId,
        form: &LaunchForm,
    ) -> Result<LaunchOutcome, DeskError> {
        self.announce(id).await;
        if !created? {
            return Ok(LaunchOutcome {
                dossier: self.view(id).await?,
                link_opened: None,
            });
        }
        self.await_verdict(id);
        // It exists from here on: an error would have the person make it a second time.
        let link_opened = self
            .begin_with(session, process, id, form)
            .await
            .unwrap_or_else(|error| {
                tracing::warn!(%error, "a dossier was made, and its link not used");
                (form.mode == LaunchMode::ThisPc && form.open_link).then_some(false)
            });
        session.wake.notify_one();
        let dossier = self.view(id).await?;
        self.tell_dossier(&dossier);
        Ok(LaunchOutcome {
            dossier,
            link_opened,
        })
    }

    /// Sends the data to compare and uses the link, as the form says; `None` where no browser was to open.
    async fn begin_with(
        &self,
        session: &Session,
        process: &ProcessSettings,
        id: DossierId,
        form: &LaunchForm,
    ) -> Result<Option<bool>, DeskError> {
        self.push_expected(session, id, None).await?;
        match form.mode {
            LaunchMode::ThisPc if form.open_link => {
                let pages = self.enrollment_pages(&process.id);
                let opened = self.open_link_of(session, id, &form.lang, pages).await?;
                Ok(Some(opened))
            }
            LaunchMode::Phone if form.open_link => {
                self.show_link_of(session, id, &form.lang).await?;
                Ok(None)
            }
            _ => Ok(None),
        }
    }
}
