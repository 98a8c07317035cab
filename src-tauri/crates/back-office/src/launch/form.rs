//! The form of a launch: what is kept of it, what it may hold, and what of it is sent.

use dossiers::{Dossier, ExpectedDatum, NewDossier};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    errors::DeskError,
    sessions::Session,
    views::{
        launch::{ExpectedDatumForm, LaunchForm, LaunchMode},
        settings::ProcessSettings,
    },
};

/// What is kept of a launch to send it again the same: the form, as the person filled it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sent {
    pub form: LaunchForm,
}

/// The language that the agent chose for the customer's pages.
pub(crate) fn chosen_language(dossier: &Dossier) -> Option<String> {
    language_code(&typed_form(dossier)?.lang).map(str::to_owned)
}

/// How the agent chose to launch it.
pub(crate) fn chosen_mode(dossier: &Dossier) -> Option<LaunchMode> {
    Some(typed_form(dossier)?.mode)
}

/// What the person typed at launch; `None` where the form is not known.
pub(crate) fn typed_form(dossier: &Dossier) -> Option<LaunchForm> {
    let sent: Sent = serde_json::from_str(dossier.form.as_deref()?).ok()?;
    Some(sent.form)
}

/// Last and first name as they were typed; a report's take their place in the dossier.
pub(crate) fn typed_names(dossier: &Dossier) -> (Option<String>, Option<String>) {
    let Some(form) = typed_form(dossier) else {
        return (None, None);
    };
    let given = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    (given(form.last_name), given(form.first_name))
}

pub(super) fn new_dossier(
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
        expected: expected_data(&form.expected),
        body_sha256: None,
    })
}

/// Those that were typed.
pub(super) fn expected_data(typed: &[ExpectedDatumForm]) -> Vec<ExpectedDatum> {
    typed
        .iter()
        .filter(|datum| !datum.name.trim().is_empty() && !datum.value.is_empty())
        .map(|datum| ExpectedDatum {
            name: datum.name.trim().to_owned(),
            value: datum.value.clone(),
            locked: datum.locked,
            auto: datum.auto,
        })
        .collect()
}

pub(super) fn uuid_of(process: &ProcessSettings) -> Result<Uuid, DeskError> {
    process
        .process_uuid
        .parse()
        .map_err(|_| DeskError::invalid_field("process_id", "uuid"))
}

pub(super) fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Only letters and a dash: the code ends up in an address.
pub(crate) fn language_code(lang: &str) -> Option<&str> {
    let plain = (2..=8).contains(&lang.len())
        && lang
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain.then_some(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_cannot_smuggle_an_address() {
        assert_eq!(language_code("fr"), Some("fr"));
        for lang in ["", "f", "fr&token=x", "fr#", "../../etc", "français"] {
            assert_eq!(language_code(lang), None);
        }
    }
}
