//! Creating a dossier and launching its link: the protocol of quality.md 1.3.
//!
//! Written down, then marked as sent, then posted once. Whatever stops on the way leaves either nothing
//! sent, or «issue inconnue», or a created dossier with its api_key.

use chrono::NaiveDate;
use dossiers::{Confirmed, CreationState, Dossier, DossierId, ExpectedDatum, NewDossier};
use id360_api::{CallbackEndpoint, CreateEnrollment, CreateError, Enrollment, PushError};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    sessions::{Session, api_environment},
    views::{
        dossier::DossierView,
        error::ErrorCode,
        launch::{LaunchForm, LaunchOutcome, Settlement},
        settings::ProcessSettings,
    },
};

/// Longest value of a field, in characters; ID360 publishes no limit.
const LONGEST_FIELD: usize = 255;

/// What is kept of a launch to send it again the same: the form, as the person filled it.
#[derive(Debug, Serialize, Deserialize)]
struct Sent {
    form: LaunchForm,
}

impl Desk {
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
                check(&form)?;
                let new = new_dossier(&session, &process, &form)?;
                let id = desk
                    .on_register(move |register, stamp| register.prepare_sent(new, stamp))
                    .await?;
                desk.create_and_open(&session, &process, id, &form).await
            })
            .await
    }

    pub async fn send_again(&self, intent_id: &str, id: &str) -> Result<LaunchOutcome, DeskError> {
        let id = dossier_id(id)?;
        let desk = self.clone();
        self.intents()
            .once(intent_id, async move {
                let dossier = desk.dossier(id).await?;
                if dossier.state != CreationState::Ready {
                    return Err(DeskError::new(ErrorCode::Conflict));
                }
                let session = desk.session_for(&dossier)?;
                let process = desk.process_of(&session, &dossier.process_id)?;
                let sent: Sent = serde_json::from_str(dossier.form.as_deref().unwrap_or_default())
                    .map_err(DeskError::internal)?;
                desk.on_register(move |register, stamp| register.mark_sent(id, stamp))
                    .await?;
                desk.create_and_open(&session, &process, id, &sent.form)
                    .await
            })
            .await
    }

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
                        let enrollment_id: i64 = enrollment_id
                            .trim()
                            .parse()
                            .map_err(|_| DeskError::invalid_field("enrollment_id", "digits"))?;
                        desk.on_register(move |register, stamp| {
                            register.attach(id, enrollment_id, stamp)
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

    pub async fn open_link(&self, id: &str, lang: &str) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let dossier = self.dossier(id).await?;
        let session = self.session_for(&dossier)?;
        if !self.open_link_of(&session, id, lang).await? {
            return Err(DeskError::new(ErrorCode::BrowserDidNotOpen).retryable());
        }
        self.view(id).await
    }

    /// What the dossier's process expects (facts §C.6).
    pub async fn expected_names(&self, id: &str) -> Result<Vec<String>, DeskError> {
        let id = dossier_id(id)?;
        let dossier = self.dossier(id).await?;
        let session = self.session_for(&dossier)?;
        let api_key = self.api_key(id).await?;
        Ok(session.client.enrollment_info(&api_key).await?.names)
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

    async fn api_key(&self, id: DossierId) -> Result<SecretString, DeskError> {
        self.on_register(move |register, _| register.api_key(id))
            .await?
            .ok_or_else(|| DeskError::new(ErrorCode::NoLink))
    }

    /// From `Sent` to whatever ID360 says, then the expected data, then the browser.
    async fn create_and_open(
        &self,
        session: &Session,
        process: &ProcessSettings,
        id: DossierId,
        form: &LaunchForm,
    ) -> Result<LaunchOutcome, DeskError> {
        let created = self.create(session, process, id, form).await;
        self.announce(id).await;
        if !created? {
            return Ok(LaunchOutcome {
                dossier: self.view(id).await?,
                link_opened: None,
            });
        }
        self.push_expected(session, id).await?;
        let link_opened = if form.open_link {
            Some(self.open_link_of(session, id, &form.lang).await?)
        } else {
            None
        };
        session.wake.notify_one();
        let dossier = self.view(id).await?;
        self.ports().announcer.dossier_changed(&dossier);
        Ok(LaunchOutcome {
            dossier,
            link_opened,
        })
    }

    /// Posts a dossier that is written down as sent. True when created, false when the outcome is
    /// unknown; refused and unsent are errors that name the dossier, which stays in the register.
    async fn create(
        &self,
        session: &Session,
        process: &ProcessSettings,
        id: DossierId,
        form: &LaunchForm,
    ) -> Result<bool, DeskError> {
        let dossier = self.dossier(id).await?;
        let process_uuid = uuid_of(process)?;
        let body = self.enrollment_body(session, process, &dossier, form);
        match session.client.create_enrollment(&process_uuid, &body).await {
            Ok(raw) => self.keep_answer(id, raw.to_vec()).await,
            Err(CreateError::NotProcessed(error)) => {
                self.on_register(move |register, stamp| register.back_to_ready(id, stamp))
                    .await?;
                Err(DeskError::from(error).with("dossier_id", id))
            }
            Err(CreateError::Refused(error)) => {
                let detail = error.detail.clone().unwrap_or_default();
                self.on_register(move |register, stamp| register.mark_refused(id, &detail, stamp))
                    .await?;
                let mut refused = DeskError::from(error).with("dossier_id", id);
                if refused.code == ErrorCode::UnknownDossier {
                    refused.code = ErrorCode::UnknownProcess;
                }
                Err(refused.with("environment", session.environment_id()))
            }
            Err(CreateError::OutcomeUnknown { error, received }) => {
                tracing::warn!(%error, "the answer to a create was lost");
                if Enrollment::recover(&received).is_some_and(|(_, key)| key.is_some()) {
                    return self.keep_answer(id, received.to_vec()).await;
                }
                self.on_register(move |register, stamp| {
                    register.mark_unknown(id, &received, stamp)
                })
                .await?;
                Ok(false)
            }
        }
    }

    /// Durable before anything is read from it; an answer that cannot be read is kept and flagged.
    async fn keep_answer(&self, id: DossierId, raw: Vec<u8>) -> Result<bool, DeskError> {
        let kept = raw.clone();
        self.on_register(move |register, stamp| register.record_answer(id, &kept, stamp))
            .await?;
        match understood(&raw) {
            Some(found) => {
                self.on_register(move |register, stamp| register.confirm(id, found, stamp))
                    .await?;
                Ok(true)
            }
            None => {
                self.on_register(move |register, stamp| register.mark_unknown(id, &raw, stamp))
                    .await?;
                Ok(false)
            }
        }
    }

    fn enrollment_body(
        &self,
        session: &Session,
        process: &ProcessSettings,
        dossier: &Dossier,
        form: &LaunchForm,
    ) -> CreateEnrollment {
        let browser_callback_url = session
            .environment()
            .return_page
            .clone()
            .or_else(|| self.return_page().address_for(dossier.id, &form.lang))
            // Mandatory (facts §C.3): with no port to come back to, the customer ends on ID360's own site.
            .unwrap_or_else(|| session.environment().ui_base_url.clone());
        CreateEnrollment {
            browser_callback_url,
            callback_endpoints: process
                .callback_endpoints
                .iter()
                .map(|endpoint| CallbackEndpoint {
                    url: endpoint.url.clone(),
                    on: endpoint.on.clone(),
                    headers: Vec::new(),
                })
                .collect(),
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

    /// Each datum once; what became of it is kept beside it, and none is sent again by itself.
    async fn push_expected(&self, session: &Session, id: DossierId) -> Result<(), DeskError> {
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

    /// Builds the link from the key, admits it, hands it to the browser. The link never leaves Rust.
    async fn open_link_of(
        &self,
        session: &Session,
        id: DossierId,
        lang: &str,
    ) -> Result<bool, DeskError> {
        let api_key = self.api_key(id).await?;
        let environment = api_environment(session.environment())?;
        let link = environment.enrollment_link(&api_key, language_code(lang));
        if !environment.admits_link(link.expose_secret()) {
            return Err(DeskError::new(ErrorCode::LinkRefused));
        }
        let opened = self.ports().opener.open(&link).await;
        if opened {
            self.on_register(move |register, stamp| register.record_opened(id, stamp))
                .await?;
        }
        Ok(opened)
    }
}

/// What an answer to a create says, even one that is cut or malformed behind the id.
pub(crate) fn understood(raw: &[u8]) -> Option<Confirmed> {
    if let Ok(enrollment) = Enrollment::read(raw) {
        return Some(Confirmed {
            enrollment_id: enrollment.id.0,
            api_key: enrollment.api_key,
            status: enrollment.status.as_str().to_owned(),
            creation_time: enrollment.creation_time,
        });
    }
    let (enrollment_id, api_key) = Enrollment::recover(raw)?;
    Some(Confirmed {
        enrollment_id: enrollment_id.0,
        api_key,
        status: "NEW".to_owned(),
        creation_time: None,
    })
}

/// The language that the agent chose for the customer's pages.
pub(crate) fn chosen_language(dossier: &Dossier) -> Option<String> {
    language_code(&typed_form(dossier)?.lang).map(str::to_owned)
}

/// What the person typed at launch; `None` where the form is not known.
pub(crate) fn typed_form(dossier: &Dossier) -> Option<LaunchForm> {
    let sent: Sent = serde_json::from_str(dossier.form.as_deref()?).ok()?;
    Some(sent.form)
}

fn new_dossier(
    session: &Session,
    process: &ProcessSettings,
    form: &LaunchForm,
) -> Result<NewDossier, DeskError> {
    let sent = Sent { form: form.clone() };
    Ok(NewDossier {
        environment_id: session.environment_id().to_owned(),
        process_id: process.id.clone(),
        process_uuid: uuid_of(process)?,
        process_name: process.name.clone(),
        operator: session.username.clone(),
        form: serde_json::to_string(&sent).map_err(DeskError::internal)?,
        reference: given(&form.reference),
        last_name: given(&form.last_name),
        first_name: given(&form.first_name),
        email: given(&form.email),
        phone_number: given(&form.phone_number),
        idclaim_expected: process.idclaim,
        expected: form
            .expected
            .iter()
            .filter(|datum| !datum.name.trim().is_empty() && !datum.value.is_empty())
            .map(|datum| ExpectedDatum {
                name: datum.name.trim().to_owned(),
                value: datum.value.clone(),
                locked: datum.locked,
                auto: datum.auto,
            })
            .collect(),
        body_sha256: None,
    })
}

fn uuid_of(process: &ProcessSettings) -> Result<Uuid, DeskError> {
    process
        .process_uuid
        .parse()
        .map_err(|_| DeskError::invalid_field("process_id", "uuid"))
}

fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Only letters and a dash: the code ends up in an address.
fn language_code(lang: &str) -> Option<&str> {
    let plain = (2..=8).contains(&lang.len())
        && lang
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain.then_some(lang)
}

fn check(form: &LaunchForm) -> Result<(), DeskError> {
    let fields = [
        ("reference", &form.reference),
        ("last_name", &form.last_name),
        ("first_name", &form.first_name),
        ("email", &form.email),
        ("phone_number", &form.phone_number),
        ("address_line_1", &form.address_line_1),
        ("address_line_2", &form.address_line_2),
        ("address_line_3", &form.address_line_3),
        ("zip_code", &form.zip_code),
        ("city", &form.city),
        ("country", &form.country),
        ("group", &form.group),
    ];
    for (name, value) in fields {
        if value.chars().count() > LONGEST_FIELD {
            return Err(DeskError::invalid_field(name, "too_long").with("most", LONGEST_FIELD));
        }
        if value.chars().any(char::is_control) {
            return Err(DeskError::invalid_field(name, "control_characters"));
        }
    }
    let email = form.email.trim();
    if !email.is_empty() && !looks_like_email(email) {
        return Err(DeskError::invalid_field("email", "email"));
    }
    let phone = form.authenticator_phone_number.trim();
    if !phone.is_empty() && e164(phone).is_none() {
        return Err(DeskError::invalid_field(
            "authenticator_phone_number",
            "e164",
        ));
    }
    for datum in &form.expected {
        let name = datum.name.trim();
        if datum.value.is_empty() && name.is_empty() {
            continue;
        }
        if !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            || name.is_empty()
        {
            return Err(DeskError::invalid_field("expected", "name"));
        }
        if name == "birth_date" && NaiveDate::parse_from_str(&datum.value, "%Y-%m-%d").is_err() {
            return Err(DeskError::invalid_field("expected.birth_date", "date"));
        }
    }
    Ok(())
}

fn looks_like_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !text.chars().any(char::is_whitespace)
    })
}

/// `+`, then 7 to 15 digits, the first not zero; spaces, dots and dashes that people write are left out.
fn e164(text: &str) -> Option<String> {
    let bare: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')' | '\u{2011}'))
        .collect();
    let digits = bare.strip_prefix('+')?;
    let sound = (7..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(form: LaunchForm) -> (String, String) {
        let error = check(&form).unwrap_err();
        (error.params["field"].clone(), error.params["rule"].clone())
    }

    #[test]
    fn an_authenticator_phone_must_be_international() {
        let form = |phone: &str| LaunchForm {
            authenticator_phone_number: phone.to_owned(),
            ..LaunchForm::default()
        };
        assert!(check(&form("+33612345678")).is_ok());
        assert_eq!(
            e164("+33 6 12\u{202f}34.56-78").as_deref(),
            Some("+33612345678")
        );
        for phone in [
            "0612345678",
            "+0612345678",
            "+33 6 12",
            "+336123456789012345",
        ] {
            assert_eq!(refused(form(phone)).0, "authenticator_phone_number");
        }
    }

    #[test]
    fn names_with_accents_and_apostrophes_pass_and_control_characters_do_not() {
        let form = |name: &str| LaunchForm {
            last_name: name.to_owned(),
            ..LaunchForm::default()
        };
        assert!(check(&form("D’Éon-Ñuñez ßæ")).is_ok());
        assert_eq!(
            refused(form("a\u{0}b")),
            ("last_name".into(), "control_characters".into())
        );
    }

    #[test]
    fn a_language_cannot_smuggle_an_address() {
        assert_eq!(language_code("fr"), Some("fr"));
        for lang in ["", "f", "fr&token=x", "fr#", "../../etc", "français"] {
            assert_eq!(language_code(lang), None);
        }
    }
}
