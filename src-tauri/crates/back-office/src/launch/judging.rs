//! What is to be mended of a form before anything of it is kept or sent.

use chrono::NaiveDate;
use dossiers::{Dossier, ExpectedOutcome};

use super::is_data_name;
use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    views::launch::{ExpectedDatumForm, FieldProblem, FieldRule, FormCheck, LaunchForm},
};

/// Longest value of a field, in characters; ID360 publishes no limit.
const LONGEST_FIELD: u32 = 255;
/// The datum that ID360 may send an SMS to (facts §C.4).
const PHONE_NUMBER: &str = "phone_number";

impl Desk {
    /// What a launch of this form would be refused for, and what a person is to be asked about first.
    pub fn check_form(&self, form: &LaunchForm) -> Result<FormCheck, DeskError> {
        let session = self.session()?;
        let mut problems = problems_of(form);
        if self.process_of(&session, &form.process_id).is_err() {
            problems.insert(
                0,
                FieldProblem::new("process_id", FieldRule::ProcessMissing),
            );
        }
        Ok(checked(problems, &form.expected))
    }

    /// The same of further data of a dossier that exists.
    pub async fn check_data(
        &self,
        id: &str,
        data: &[ExpectedDatumForm],
    ) -> Result<FormCheck, DeskError> {
        let dossier = self.dossier(dossier_id(id)?).await?;
        Ok(checked(further_data_problems(&dossier, data), data))
    }
}

fn checked(problems: Vec<FieldProblem>, data: &[ExpectedDatumForm]) -> FormCheck {
    // Left to ID360, or asked for at once: either way the customer's phone may ring before the link is open.
    let sms = data
        .iter()
        .find(|datum| datum.name.trim() == PHONE_NUMBER && datum.auto != Some(true))
        .map(|datum| datum.value.clone())
        .filter(|number| problems.is_empty() && !number.trim().is_empty());
    FormCheck {
        problems,
        sms_to: sms,
    }
}

/// Nothing is begun with a form that has a problem.
pub(super) fn refuse(problems: &[FieldProblem]) -> Result<(), DeskError> {
    match problems.first() {
        Some(problem) => Err(DeskError::invalid_field(
            &problem.field,
            problem.rule.name(),
        )),
        None => Ok(()),
    }
}

/// In the order of the screen.
pub(super) fn problems_of(form: &LaunchForm) -> Vec<FieldProblem> {
    let fields: [(&str, &str, Rule); 13] = [
        ("last_name", &form.last_name, any),
        ("first_name", &form.first_name, any),
        ("reference", &form.reference, any),
        ("email", &form.email, email),
        ("phone_number", &form.phone_number, phone),
        ("address_line_1", &form.address_line_1, any),
        ("address_line_2", &form.address_line_2, any),
        ("address_line_3", &form.address_line_3, any),
        ("zip_code", &form.zip_code, any),
        ("city", &form.city, any),
        ("country", &form.country, any),
        ("group", &form.group, any),
        (
            "authenticator_phone_number",
            &form.authenticator_phone_number,
            international,
        ),
    ];
    let mut problems: Vec<_> = fields
        .into_iter()
        .filter_map(|(field, text, rule)| problem_of(field, text, rule))
        .collect();
    problems.extend(data_problems(&form.expected));
    problems
}

/// A datum's field is `expected.{its place in the form}.name` or `.value`.
pub(super) fn data_problems(data: &[ExpectedDatumForm]) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut above: Vec<&str> = Vec::new();
    for (at, datum) in data.iter().enumerate() {
        let (name, value) = (datum.name.trim(), datum.value.as_str());
        // A row that nobody has begun.
        if name.is_empty() && value.trim().is_empty() {
            continue;
        }
        let name_rule = if name.is_empty() {
            Some(FieldRule::DataName)
        } else if !is_data_name(name) {
            Some(FieldRule::DataNameSpelling)
        } else if above.contains(&name) {
            Some(FieldRule::DataTwice)
        } else {
            None
        };
        problems.extend(name_rule.map(|rule| FieldProblem::new(&name_of(at), rule)));
        let field = format!("expected.{at}.value");
        if value.trim().is_empty() {
            problems.push(FieldProblem::new(&field, FieldRule::DataValue));
        } else if name == "birth_date" && !is_day(value) {
            problems.push(FieldProblem::new(&field, FieldRule::BirthDate));
        } else {
            problems.extend(problem_of(&field, value, any));
        }
        above.push(name);
    }
    problems
}

/// Of data for a dossier that exists: what ID360 has locked, it takes no more.
pub(super) fn further_data_problems(
    dossier: &Dossier,
    data: &[ExpectedDatumForm],
) -> Vec<FieldProblem> {
    let is_locked = |name: &str| {
        dossier.expected.iter().any(|known| {
            known.datum.name == name
                && known.datum.locked
                && known.outcome == Some(ExpectedOutcome::Accepted)
        })
    };
    let mut problems = data_problems(data);
    for (at, datum) in data.iter().enumerate() {
        let field = name_of(at);
        let told = problems.iter().any(|problem| problem.field == field);
        if !told && is_locked(datum.name.trim()) {
            problems.push(FieldProblem::new(&field, FieldRule::DataLocked));
        }
    }
    problems
}

fn name_of(at: usize) -> String {
    format!("expected.{at}.name")
}

/// What a field must be beside short and free of control characters; it is not empty.
type Rule = fn(&str) -> Option<FieldRule>;

fn problem_of(field: &str, text: &str, rule: Rule) -> Option<FieldProblem> {
    if text.chars().count() > LONGEST_FIELD as usize {
        return Some(FieldProblem {
            most: Some(LONGEST_FIELD),
            ..FieldProblem::new(field, FieldRule::TooLong)
        });
    }
    if text.chars().any(char::is_control) {
        return Some(FieldProblem::new(field, FieldRule::ControlCharacters));
    }
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    rule(text).map(|rule| FieldProblem::new(field, rule))
}

fn any(_: &str) -> Option<FieldRule> {
    None
}

fn email(text: &str) -> Option<FieldRule> {
    (!looks_like_email(text)).then_some(FieldRule::Email)
}

fn phone(text: &str) -> Option<FieldRule> {
    let bare = without_separators(text);
    let digits = bare.strip_prefix('+').unwrap_or(&bare);
    let sound = (6..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (!sound).then_some(FieldRule::Phone)
}

fn international(text: &str) -> Option<FieldRule> {
    e164(text)
        .is_none()
        .then_some(FieldRule::PhoneInternational)
}

/// `1978-02-14`, and a day that there was. It is sent as it is typed, so nothing stands around it.
fn is_day(text: &str) -> bool {
    text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

pub(crate) fn looks_like_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && domain.contains('.')
            && !domain.contains('@')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !text.chars().any(char::is_whitespace)
    })
}

/// `+`, then 7 to 15 digits, the first not zero.
pub(super) fn e164(text: &str) -> Option<String> {
    let bare = without_separators(text);
    let digits = bare.strip_prefix('+')?;
    let sound = (7..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then_some(bare)
}

/// A number without the spaces, dots, dashes and brackets that people write.
fn without_separators(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')' | '\u{2011}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(problems: &[FieldProblem]) -> Vec<(&str, FieldRule)> {
        problems
            .iter()
            .map(|problem| (problem.field.as_str(), problem.rule))
            .collect()
    }

    fn datum(name: &str, value: &str) -> ExpectedDatumForm {
        ExpectedDatumForm {
            name: name.to_owned(),
            value: value.to_owned(),
            ..ExpectedDatumForm::default()
        }
    }

    #[test]
    fn an_authenticator_phone_must_be_international() {
        let form = |phone: &str| LaunchForm {
            authenticator_phone_number: phone.to_owned(),
            ..LaunchForm::default()
        };
        assert_eq!(problems_of(&form("+33612345678")), []);
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
            assert_eq!(
                said(&problems_of(&form(phone))),
                [("authenticator_phone_number", FieldRule::PhoneInternational)]
            );
        }
    }

    #[test]
    fn a_customers_phone_may_be_written_as_people_write_it() {
        let form = |phone: &str| LaunchForm {
            phone_number: phone.to_owned(),
            ..LaunchForm::default()
        };
        for phone in ["", "06 12 34 56 78", "+33 (0)6.12.34.56.78", "061234"] {
            assert_eq!(problems_of(&form(phone)), [], "{phone}");
        }
        for phone in ["06 12", "06 12 34 56 78 poste 2", "+", "061234567890123456"] {
            assert_eq!(
                said(&problems_of(&form(phone))),
                [("phone_number", FieldRule::Phone)],
                "{phone}"
            );
        }
    }

    #[test]
    fn an_address_has_one_at_sign_and_a_domain() {
        for sound in ["ondine@exemple.fr", "a+b@c.d"] {
            assert!(looks_like_email(sound), "{sound}");
        }
        for wrong in [
            "ondine",
            "ondine@",
            "@exemple.fr",
            "a@b",
            "a@b@c.d",
            "a@.d",
            "a b@c.d",
        ] {
            assert!(!looks_like_email(wrong), "{wrong}");
        }
    }

    #[test]
    fn names_with_accents_and_apostrophes_pass_and_control_characters_do_not() {
        let form = |name: &str| LaunchForm {
            last_name: name.to_owned(),
            ..LaunchForm::default()
        };
        assert_eq!(problems_of(&form("D’Éon-Ñuñez ßæ")), []);
        assert_eq!(
            said(&problems_of(&form("a\u{0}b"))),
            [("last_name", FieldRule::ControlCharacters)]
        );
        let long = problems_of(&form(&"é".repeat(256)));
        assert_eq!(said(&long), [("last_name", FieldRule::TooLong)]);
        assert_eq!(long[0].most, Some(255));
    }

    #[test]
    fn every_problem_is_told_in_the_order_of_the_screen() {
        let form = LaunchForm {
            email: "sans-domaine@".to_owned(),
            authenticator_phone_number: "06".to_owned(),
            phone_number: "zéro six".to_owned(),
            expected: vec![datum("", ""), datum("birth_date", "14/02/1978")],
            ..LaunchForm::default()
        };
        assert_eq!(
            said(&problems_of(&form)),
            [
                ("email", FieldRule::Email),
                ("phone_number", FieldRule::Phone),
                ("authenticator_phone_number", FieldRule::PhoneInternational),
                ("expected.1.value", FieldRule::BirthDate),
            ]
        );
    }

    #[test]
    fn a_datum_has_a_plain_name_of_its_own_and_a_value() {
        let data = [
            datum("name", "VALMONTEL"),
            datum("  ", ""),
            datum("", "43"),
            datum("Ma donnée", "x"),
            datum(" name ", ""),
            datum("birth_date", "1978-02-30"),
            datum("first_name", " "),
        ];
        assert_eq!(
            said(&data_problems(&data)),
            [
                ("expected.2.name", FieldRule::DataName),
                ("expected.3.name", FieldRule::DataNameSpelling),
                ("expected.4.name", FieldRule::DataTwice),
                ("expected.4.value", FieldRule::DataValue),
                ("expected.5.value", FieldRule::BirthDate),
                ("expected.6.value", FieldRule::DataValue),
            ]
        );
    }

    #[test]
    fn a_day_is_sent_as_typed_so_it_is_typed_whole_and_alone() {
        for (text, sound) in [
            ("1978-02-14", true),
            ("1978-2-14", false),
            (" 1978-02-14", false),
            ("14/02/1978", false),
        ] {
            assert_eq!(is_day(text), sound, "{text}");
        }
    }

    #[test]
    fn a_person_is_asked_about_an_sms_unless_it_waits_for_the_customer() {
        let asked = |auto, value: &str| {
            let data = [ExpectedDatumForm {
                auto,
                ..datum("phone_number", value)
            }];
            checked(data_problems(&data), &data).sms_to
        };
        assert_eq!(asked(None, "+33612345678").as_deref(), Some("+33612345678"));
        assert_eq!(
            asked(Some(false), "+33612345678").as_deref(),
            Some("+33612345678")
        );
        assert_eq!(asked(Some(true), "+33612345678"), None);
        assert_eq!(asked(None, ""), None, "a problem comes first");
    }
}
