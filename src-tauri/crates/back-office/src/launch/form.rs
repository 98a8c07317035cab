//! The form of a launch: what is kept of it, what it may hold, and what of it is sent.

use chrono::NaiveDate;
use dossiers::{Dossier, ExpectedDatum, NewDossier};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::is_data_name;
use crate::{
    errors::DeskError,
    sessions::Session,
    views::{
        launch::{ExpectedDatumForm, LaunchForm, LaunchMode},
        settings::ProcessSettings,
    },
};

/// Longest value of a field, in characters; ID360 publishes no limit.
const LONGEST_FIELD: usize = 255;

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

pub(super) fn check(form: &LaunchForm) -> Result<(), DeskError> {
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
    check_expected(&form.expected)
}

pub(super) fn check_expected(expected: &[ExpectedDatumForm]) -> Result<(), DeskError> {
    for datum in expected {
        let name = datum.name.trim();
        if datum.value.is_empty() && name.is_empty() {
            continue;
        }
        if !is_data_name(name) {
            return Err(DeskError::invalid_field("expected", "name"));
        }
        if name == "birth_date" && NaiveDate::parse_from_str(&datum.value, "%Y-%m-%d").is_err() {
            return Err(DeskError::invalid_field("expected.birth_date", "date"));
        }
    }
    Ok(())
}

pub(crate) fn looks_like_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !text.chars().any(char::is_whitespace)
    })
}

/// `+`, then 7 to 15 digits, the first not zero; spaces, dots and dashes that people write are left out.
pub(super) fn e164(text: &str) -> Option<String> {
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
