//! `finalizer_reports.validator_report` (facts §F.8), with the double name check of facts §F.9.

use serde_json::{Map, Value, json};

use super::Context;
use crate::causes::{Cause, Place};
use crate::world::Status;

/// The message pattern of a dossier whose rules failed (facts §F.7).
pub(super) fn summary(causes: &[&'static Cause]) -> Option<String> {
    let rules: Vec<&str> = failed_rules(causes).collect();
    (!rules.is_empty()).then(|| {
        format!(
            "{} validations failed: {}. max allowed: 0",
            rules.len(),
            rules.join(", ")
        )
    })
}

fn failed_rules<'a>(causes: &'a [&'static Cause]) -> impl Iterator<Item = &'static str> + 'a {
    causes.iter().filter_map(|cause| match cause.place {
        Place::Validation(rule) => Some(rule),
        _ => None,
    })
}

impl Context<'_> {
    pub(super) fn validator_report(&self) -> Value {
        let rules: Vec<&str> = failed_rules(&self.causes).collect();
        json!({
            "identity": if self.unreadable() { Value::Null } else { self.identity() },
            "is_valid": self.status != Status::Ko,
            "corrections": [],
            "validations": self.validations(&rules),
            "comparisons": self.comparisons(),
            "customs": self.customs(),
            "documents": self.result_families(),
        })
    }

    fn validations(&self, failed: &[&str]) -> Vec<Value> {
        let person = &self.person;
        let expected = |name: &str| self.dossier.expected.get(name).map(|datum| &datum.value);
        let mut list = Vec::new();
        if self.dossier.document("id_document_image").is_some() && !self.unreadable() {
            let [first, second] = person.mrz();
            list.push(json!({
                "ref": "IDENTITY_DOCUMENT.mrz",
                "description": "Checks MRZ validity",
                "fields": [field("identity_document", "IDMRZLIGNE1", &first),
                           field("identity_document", "IDMRZLIGNE2", &second)],
                "is_valid": true,
            }));
        }
        let expired = failed.contains(&"IDENTITY_DOCUMENT.expired");
        let mut expiry = json!({
            "ref": "IDENTITY_DOCUMENT.expired",
            "description": "Checks that the Id card has not expired (15 years for adult, 10 for child)",
            "fields": [field("identity", "expiration_date", &self.validity().1)],
            "is_valid": !expired,
        });
        if expired {
            expiry["message"] = json!("the ID document id_document_result of type CIF is expired");
        }
        list.push(expiry);
        // The last name is looked for twice; one of the two being found is a success.
        let name_found = expected("name")
            .is_none_or(|name| name.to_uppercase() == person.last_name)
            || self.ends_well();
        list.push(json!({
            "ref": "IDENTITY.NAME.name",
            "description": "Checks the expected last name (used name)",
            "fields": [field("identity", "name", &person.last_name)],
            "is_valid": name_found,
        }));
        list.push(json!({
            "ref": "IDENTITY.NAME.name",
            "description": "Checks the expected last name (birth name)",
            "fields": [{ "document_type": "identity", "name": "birth_name", "value": null }],
            "is_valid": false,
        }));
        let first_name_failed = failed.contains(&"IDENTITY.FIRST_NAME.first_name");
        let mut first_name = json!({
            "ref": "IDENTITY.FIRST_NAME.first_name",
            "description": "Checks the expected first name",
            "fields": [field("identity", "first_name", &person.first_name)],
            "is_valid": !first_name_failed,
        });
        if first_name_failed {
            first_name["message"] = json!("the first name is not the expected one");
        }
        list.push(first_name);
        if failed.contains(&"PROOF_OF_ADDRESS.age") {
            list.push(json!({
                "ref": "PROOF_OF_ADDRESS.age",
                "description": "Checks that the proof of address is less than 3 months old",
                "message": "the proof of address is older than 3 months",
                "fields": [field("proof_of_address", "issuing_date", "2020-01-31")],
                "is_valid": false,
            }));
        }
        numbered(list, 2)
    }

    fn comparisons(&self) -> Vec<Value> {
        if self.dossier.document("kbis_image").is_none() {
            return Vec::new();
        }
        vec![json!({
            "id": 70,
            "ref": "KBIS.SIREN.siren",
            "is_equivalent": true,
            "field1": field("kbis", "siren", "000000000"),
            "field2": field("data", "siren", "000000000"),
        })]
    }

    /// Rules of the company; a broken one fails without a value.
    fn customs(&self) -> Vec<Value> {
        let broken = self.causes.iter().filter_map(|cause| match cause.place {
            Place::Validation(rule) if rule.starts_with("CUSTOM.") => Some((rule, cause)),
            _ => None,
        });
        let list = broken.map(|(rule, cause)| {
            json!({
                "ref": rule,
                "description": "Rule of the process",
                "message": cause.message,
                "fields": [],
                "is_valid": false,
            })
        });
        numbered(list.collect(), 90)
    }

    fn result_families(&self) -> Value {
        super::StepKind::of(self.dossier)
            .iter()
            .map(|step| {
                let family = match step.result_key() {
                    "id_document_result" => "identity_document",
                    _ => "other",
                };
                (step.result_key().to_owned(), json!(family))
            })
            .collect::<Map<_, _>>()
            .into()
    }
}

fn numbered(list: Vec<Value>, first: usize) -> Vec<Value> {
    let number = |(index, mut entry): (usize, Value)| {
        entry["id"] = json!(first + index);
        entry
    };
    list.into_iter().enumerate().map(number).collect()
}

fn field(document_type: &str, name: &str, value: &str) -> Value {
    json!({ "document_type": document_type, "name": name, "value": value })
}
