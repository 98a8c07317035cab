//! The report («dossier de preuve»), written from a dossier's facts each time it is asked for
//! (facts §F and §K). The same dossier gives the same report.

mod documents;
mod links;
mod planted;
mod signature;
mod steps;
pub(crate) mod times;
mod validator;

use chrono::{DateTime, Datelike, Utc};
use serde_json::{Value, json};

pub(crate) use links::Links;
pub(crate) use planted::Planted;
pub(crate) use signature::public_key as signature_public_key;
pub(crate) use steps::StepKind;

use crate::causes::{self, Cause, Place};
use crate::options::{IdentityShape, Switches};
use crate::world::{Dossier, Person, Process, Status, World};

/// Which reading of the dossier is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Final,
    /// The temporary report of an unfinished dossier: nothing concluded yet.
    Draft,
    /// As it was when the verdict fell, though the dossier is DELETED now.
    Archived,
}

/// Everything the parts of a report are written from.
pub(crate) struct Context<'a> {
    pub dossier: &'a Dossier,
    pub process: Option<&'a Process>,
    pub person: Person,
    pub planted: Planted,
    pub links: Links<'a>,
    pub switches: &'a Switches,
    pub status: Status,
    pub causes: Vec<&'static Cause>,
}

/// The codes that made a dossier KO or FAILED.
pub(crate) fn causes_of(dossier: &Dossier) -> Vec<&'static Cause> {
    dossier
        .causes
        .iter()
        .filter_map(|code| causes::find(code))
        .collect()
}

/// The human text of a KO or FAILED dossier: internal wording, as ID360 gives it.
pub(crate) fn reason(dossier: &Dossier) -> Option<String> {
    match dossier.status {
        Status::Ko => {
            let causes = causes_of(dossier);
            validator::summary(&causes)
                .or_else(|| causes.first().map(|cause| cause.message.to_owned()))
        }
        Status::Failed => causes_of(dossier)
            .first()
            .map(|cause| cause.message.to_owned()),
        _ => None,
    }
}

pub(crate) fn write(world: &World, base_url: &str, dossier: &Dossier, form: Form) -> Value {
    let status = match form {
        Form::Archived => dossier.verdict.unwrap_or(dossier.status),
        Form::Final | Form::Draft => dossier.status,
    };
    let context = Context {
        dossier,
        process: world.process(dossier.process_uuid),
        person: Person::of(world.entropy(), dossier),
        planted: Planted::of(world.entropy(), dossier.id),
        links: Links {
            form: world.switches.links,
            base_url,
        },
        switches: &world.switches,
        status,
        causes: causes_of(dossier),
    };
    let mut report = context.second_version(form);
    if world.switches.report_version == 1 {
        report = signature::first_version(&context, report, world.entropy());
    }
    report
}

impl Context<'_> {
    pub(crate) fn ends_well(&self) -> bool {
        self.status == Status::Ok
    }

    pub(crate) fn when(&self) -> DateTime<Utc> {
        self.dossier
            .finished
            .or(self.dossier.started)
            .unwrap_or(self.dossier.created)
    }

    fn names(&self, code: &str) -> bool {
        self.causes.iter().any(|cause| cause.code == code)
    }

    /// Nothing could be read from the identity document.
    pub(crate) fn unreadable(&self) -> bool {
        self.names("MDL_INPUT_INVALID") || self.names("UNKNOWN_ERROR")
    }

    fn second_version(&self, form: Form) -> Value {
        let dossier = self.dossier;
        let verdict = self.status.is_verdict() && form != Form::Draft;
        let mut report = json!({
            "version": 2,
            "id": dossier.id,
            "oid": "1.2.250.1.566.1.1.1.1.1",
            "status": self.status.as_str(),
            "level": "LOW",
            "id_verification_service": "SVID_ID360",
            "uses_biometry": dossier.accepted_biometry,
            "creation_time": times::naive(dossier.created),
            "starting_time": dossier.started.map(times::naive),
            "finished_time": dossier.finished.map(times::naive),
            "client_id": 990,
            "client_name": "Entreprise Exemple",
            "creator_id": 991,
            "creator_name": dossier.creator,
            "process_id": self.process.map(|process| process.id),
            "process_uuid": dossier.process_uuid,
            "process_name": self.process.map(|process| process.name),
            "process_version": self.process.map(|process| process.version),
            "client_reference": dossier.client_reference,
            "accepted_cgu": dossier.consent.is_some(),
            "accepted_personal_data_processing": dossier.consent.is_some(),
            "accepted_personal_data_processing_time": dossier.consent.map(times::naive),
            "keep_face_capture": false,
            "shared": false,
            "enrollment": self.enrollment(),
            "documents": self.documents(),
            "all_input_files": self.all_input_files(),
            "steps": if form == Form::Draft && dossier.pending.is_none() {
                json!({})
            } else {
                self.steps()
            },
            "external_methods": self.external_methods(),
            "status_codes": self.dossier_codes(),
            "previous_reports": {
                "validator_report": { "is_valid": false, "validations": [], "documents": {} },
            },
        });
        let codes = if self.switches.singular_status_code_key {
            "all_status_code"
        } else {
            "all_status_codes"
        };
        report[codes] = self.all_codes();
        if !self.switches.environment.is_empty() {
            report["environment"] = json!(self.switches.environment);
        }
        if let Some(reason) = &dossier.reason {
            report["reason"] = json!(reason);
        }
        if verdict {
            report["identity_status"] = json!(self.status.as_str());
            report["archive_reference"] = json!(self.planted.archive_reference);
            report["finalizer_reports"] = json!({
                "validator_report": self.validator_report(),
                "classification_report": self.classification_report(),
            });
            if !self.unreadable() {
                report["extracted_data"] = self.extracted_data();
                match self.switches.identity_shape {
                    IdentityShape::Object => report["identity"] = self.identity(),
                    IdentityShape::Array => report["identity"] = json!([self.identity()]),
                    IdentityShape::Absent => {}
                }
            }
        }
        report
    }

    fn enrollment(&self) -> Value {
        let dossier = self.dossier;
        let endpoint = dossier.callback_endpoints.first();
        let headers = endpoint.map_or(&dossier.callback_headers, |endpoint| &endpoint.headers);
        // A dossier without headers shows one too: nobody may leak what the report plants.
        let mut shown: Vec<Value> = vec![json!({
            "id": 1, "enrollment": dossier.id,
            "name": "x-api-key", "value": self.planted.api_key,
        })];
        for (index, header) in headers.iter().enumerate() {
            shown.push(json!({
                "id": index + 2, "enrollment": dossier.id,
                "name": header.name, "value": header.value,
            }));
        }
        let url = dossier
            .callback_url
            .as_deref()
            .or(endpoint.map(|one| one.url.as_str()));
        json!({
            "callback_url": url,
            "browser_callback_url": dossier.browser_callback_url,
            "client_reference": dossier.client_reference,
            "callback_headers": shown,
        })
    }

    /// Facts §F.2: every key is there, null when unknown.
    pub(crate) fn identity(&self) -> Value {
        let person = &self.person;
        json!({
            "name": person.last_name,
            "first_name": person.first_name,
            "first_names": [person.first_name, person.second_name],
            "birth_name": null,
            "email": null,
            "address": "12 RUE DES ESSAIS",
            "zip_code": "99001",
            "city": "VILLE-EXEMPLE",
            "country": null,
            "phone_number": self.dossier.phone_number(),
            "birth_date": person.birth_date,
            "gender": person.gender,
            "birth_place": "VILLE-EXEMPLE",
            "birth_country": null,
        })
    }

    fn extracted_data(&self) -> Value {
        if self.dossier.document("id_document_image").is_none() {
            return json!({});
        }
        let person = &self.person;
        let (issued, expires) = self.validity();
        let [first, second] = person.mrz();
        json!({ "identity": [{
            "type": "ID",
            "name": person.last_name,
            "first_name": person.first_name,
            "first_names": [person.first_name, person.second_name],
            "birth_date": person.birth_date,
            "gender": person.gender,
            "birth_place": "VILLE-EXEMPLE",
            "extra": {
                "from_files": ["id_document_image"],
                "id_number": person.id_number,
                "issuing_date": issued,
                "expiration_date": expires,
                "mrz_line_1": first,
                "mrz_line_2": second,
            },
        }] })
    }

    /// Issue and expiry of the identity document: past when that is the cause, ahead otherwise.
    pub(crate) fn validity(&self) -> (String, String) {
        let year = self.dossier.created.year();
        let issued = if self.names("VLD_ID_INVALID") {
            year - 16
        } else {
            year - 4
        };
        (
            format!("{issued:04}-03-11"),
            format!("{:04}-03-10", issued + 15),
        )
    }

    fn external_methods(&self) -> Value {
        let failed = self
            .causes
            .iter()
            .any(|cause| cause.place == Place::Electronic)
            && !self.ends_well();
        if !failed {
            return json!({});
        }
        json!({ "id_num": { "status": "KO", "results": { "id_num_out_token": [] } } })
    }

    /// `status_codes`: what concerns the dossier as a whole.
    fn dossier_codes(&self) -> Value {
        let codes = self.located_codes();
        let own = codes.into_iter().filter(|(_, _, place)| place == "ID360");
        own.map(|(code, message, _)| json!({ "code": code, "message": message }))
            .collect()
    }

    fn all_codes(&self) -> Value {
        self.located_codes()
            .into_iter()
            .map(|(code, message, place)| {
                json!({ "status_code": { "code": code, "message": message }, "where": place })
            })
            .collect()
    }

    /// Every code once, most general first. Rules that fail also make the dossier say so (§K).
    fn located_codes(&self) -> Vec<(String, String, String)> {
        if !matches!(self.status, Status::Ko | Status::Failed) {
            return Vec::new();
        }
        let mut codes = Vec::new();
        if let Some(summary) = validator::summary(&self.causes) {
            codes.push(("VLD_VALIDATION_KO".to_owned(), summary, "ID360".to_owned()));
        }
        for cause in &self.causes {
            if cause.code == "VLD_VALIDATION_KO" {
                continue;
            }
            let place = match cause.place {
                Place::Dossier => "ID360".to_owned(),
                Place::Step(name) => StepKind::nearest(self.dossier, name)
                    .map_or_else(|| "ID360".to_owned(), |step| step.name().to_owned()),
                Place::Validation(_) => "validation".to_owned(),
                Place::Electronic => "digital identity".to_owned(),
            };
            codes.push((cause.code.to_owned(), cause.message.to_owned(), place));
        }
        codes
    }
}
