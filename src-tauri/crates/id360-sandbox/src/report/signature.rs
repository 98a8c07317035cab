//! The version 1 report: fewer keys, zoned times, and a signature block (facts §F.1).
//!
//! How the real signed bytes are made is not known. Here they are the report without `signature`
//! and `unsigned`, keys sorted, no spaces.

use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Context, times};
use crate::entropy::Entropy;

const ONLY_IN_SECOND_VERSION: [&str; 14] = [
    "environment",
    "id_verification_service",
    "process_uuid",
    "process_version",
    "accepted_personal_data_processing_time",
    "keep_face_capture",
    "shared",
    "extracted_data",
    "documents",
    "external_methods",
    "status_codes",
    "all_status_codes",
    "all_status_code",
    "previous_reports",
];

fn key(entropy: &Entropy) -> Option<Ed25519KeyPair> {
    Ed25519KeyPair::from_seed_unchecked(&entropy.block("report signature", 0)).ok()
}

/// The 32 bytes that verify version 1 reports.
pub(crate) fn public_key(entropy: &Entropy) -> Vec<u8> {
    key(entropy)
        .map(|key| key.public_key().as_ref().to_vec())
        .unwrap_or_default()
}

pub(super) fn first_version(context: &Context<'_>, report: Value, entropy: &Entropy) -> Value {
    let Value::Object(mut report) = report else {
        return report;
    };
    // Real version 1 reports are OK ones; without its codes a KO would say nothing.
    let codes = report
        .get("all_status_codes")
        .or_else(|| report.get("all_status_code"))
        .cloned();
    for key in ONLY_IN_SECOND_VERSION {
        report.remove(key);
    }
    if let Some(codes) = codes.filter(|codes| codes.as_array().is_some_and(|list| !list.is_empty()))
    {
        report.insert("all_status_codes".to_owned(), codes);
    }
    let archive = report.remove("archive_reference");
    let dossier = context.dossier;
    report.insert("version".to_owned(), json!(1));
    report.insert(
        "creation_time".to_owned(),
        json!(times::zoned(dossier.created)),
    );
    report.insert(
        "starting_time".to_owned(),
        json!(dossier.started.map(times::zoned)),
    );
    report.insert(
        "finished_time".to_owned(),
        json!(dossier.finished.map(times::zoned)),
    );
    let statuses: Map<String, Value> = dossier
        .documents
        .iter()
        .map(|document| (document.name.clone(), json!({ "status": "VALID" })))
        .collect();
    report.insert("all_input_files_statuses".to_owned(), json!(statuses));
    let signed = serde_json::to_vec(&report).unwrap_or_default();
    let signature = key(entropy).map(|key| hex::encode(key.sign(&signed).as_ref()));
    report.insert(
        "signature".to_owned(),
        json!({
            "sha256_hash": hex::encode(Sha256::digest(&signed)),
            "algorithm": "EdDSA",
            "curve": "Ed25519",
            "public_key_url": context.links.api("keys/report_signature"),
            "signature": signature,
        }),
    );
    report.insert(
        "unsigned".to_owned(),
        json!({ "archive_reference": archive }),
    );
    Value::Object(report)
}
