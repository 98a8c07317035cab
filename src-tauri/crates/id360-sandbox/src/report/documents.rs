//! `documents`, `all_input_files` and the hashes (facts §F.5).

use serde_json::{Map, Value, json};

use super::Context;
use crate::causes::Place;
use crate::options::IdentityFamily;
use crate::world::Document;

/// Families that are present even when empty.
const FAMILIES: [&str; 13] = [
    "bank_details",
    "income_tax",
    "kbis",
    "mandate",
    "liveness",
    "pay_slip",
    "proof_of_address",
    "property_tax",
    "selfie",
    "voice",
    "health_insurance_card",
    "social_security_card",
    "car_registration",
];

fn family(name: &str, identity: IdentityFamily) -> &'static str {
    match name {
        "id_document_image" => match identity {
            IdentityFamily::Identity => "identity",
            IdentityFamily::IdentityDocument => "identity_document",
        },
        "selfie_image" | "selfie_image_upload" => "selfie",
        "liveness_video$0" | "liveness_video$1" => "liveness",
        "bank_details_image" => "bank_details",
        "income_tax_notice_image" => "income_tax",
        "property_tax_notice_image" => "property_tax",
        "kbis_image" => "kbis",
        "pay_slip_image" => "pay_slip",
        "proof_of_address_image" => "proof_of_address",
        "health_insurance_card_image" => "health_insurance_card",
        "social_security_card_image" => "social_security_card",
        "car_registration_image" => "car_registration",
        _ => "other",
    }
}

impl Context<'_> {
    pub(super) fn documents(&self) -> Value {
        let mut families: Map<String, Value> = FAMILIES
            .iter()
            .map(|name| ((*name).to_owned(), json!([])))
            .collect();
        families.insert(
            family("id_document_image", self.switches.identity_family).to_owned(),
            json!([]),
        );
        families.insert("other".to_owned(), json!([]));
        for document in &self.dossier.documents {
            let family = family(&document.name, self.switches.identity_family);
            let files: Vec<Value> = document
                .pages
                .iter()
                .map(|page| {
                    json!({
                        "hash": page.md5,
                        "hash_algorithm": "MD5",
                        "url": self.links.page(document.id, page.page_number),
                    })
                })
                .collect();
            let entry = json!({
                "name": document.name,
                "status": self.document_status(document),
                "files": files,
            });
            if let Some(Value::Array(entries)) = families.get_mut(family) {
                entries.push(entry);
            }
        }
        Value::Object(families)
    }

    /// A document that nobody judges is only collected.
    fn document_status(&self, document: &Document) -> &'static str {
        if !self.status.is_verdict() {
            return "COLLECTED";
        }
        let failed = |code: &str| self.causes.iter().any(|cause| cause.code == code);
        match document.name.as_str() {
            "id_document_image" => {
                let refused = self.causes.iter().any(|cause| {
                    matches!(cause.place, Place::Step("id_document"))
                        || cause.code == "VLD_ID_INVALID"
                });
                if refused { "INVALID" } else { "VALID" }
            }
            "proof_of_address_image" if failed("VLD_DOCUMENT_INVALID") => "INVALID",
            name if name.starts_with("selfie") || name.starts_with("liveness") => "COLLECTED",
            _ => "VALID",
        }
    }

    pub(super) fn page_urls(&self, document: &Document) -> Vec<String> {
        let pages = document.pages.iter();
        pages
            .map(|page| self.links.page(document.id, page.page_number))
            .collect()
    }

    pub(super) fn all_input_files(&self) -> Value {
        self.dossier
            .documents
            .iter()
            // The upload is what the customer gave; the steps read the processed selfie.
            .filter(|document| {
                document.name != "selfie_image_upload"
                    || self.dossier.document("selfie_image").is_none()
            })
            .map(|document| (document.name.clone(), json!(self.page_urls(document))))
            .collect::<Map<_, _>>()
            .into()
    }

    pub(super) fn classification_report(&self) -> Value {
        let Some(document) = self.dossier.document("id_document_image") else {
            return json!({});
        };
        let pages: Vec<Value> = document
            .pages
            .iter()
            .map(|page| {
                json!({
                    "category": "JUSTIFICATIF_IDENTITE_CNI",
                    "score": 0.86,
                    "accuracy": 0.9974,
                    "k_scores": [0.86, 0.11],
                    "k_categories": ["JUSTIFICATIF_IDENTITE_CNI", "AUTRE"],
                    "k_accuracies": [0.9974, 0.93],
                    "grad_cam_key": format!("gradcam_{}", page.page_number),
                })
            })
            .collect();
        json!({ "id_document_image": pages })
    }
}
