//! The idClaim: an ASiC-E container with a XAdES baseline-B signature (facts §I; ETSI EN 319 162-1
//! and EN 319 132-1). What ID360 puts inside is not published; the claim's own layout is invented.

mod signer;
mod xades;

use std::io::{Cursor, Write};

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde_json::{Value, json};
pub(crate) use signer::ClaimSigner;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::entropy::Entropy;
use crate::report::times;
use crate::world::{Dossier, Person};

const MEDIA_TYPE: &str = "application/vnd.etsi.asic-e+zip";
const CLAIM_NAME: &str = "identity-claim.json";
const CLAIM_TYPE: &str = "application/json";

#[derive(Debug, thiserror::Error)]
pub(crate) enum ClaimError {
    #[error("the claim could not be written")]
    Json(#[from] serde_json::Error),
    #[error("the container could not be written")]
    Zip(#[from] zip::result::ZipError),
    #[error("the container could not be written")]
    Io(#[from] std::io::Error),
    #[error("the signature could not be made")]
    Signature,
}

/// The container for a dossier that has just become OK.
pub(crate) fn container(
    signer: &ClaimSigner,
    entropy: &Entropy,
    dossier: &Dossier,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, ClaimError> {
    let claim = serde_json::to_vec_pretty(&claim(entropy, dossier, at))?;
    let signature = xades::signatures(signer, CLAIM_NAME, CLAIM_TYPE, &claim, at)?;

    let moment = zip::DateTime::from_date_and_time(
        u16::try_from(at.year()).unwrap_or(1980),
        at.month() as u8,
        at.day() as u8,
        at.hour() as u8,
        at.minute() as u8,
        at.second() as u8,
    )
    .unwrap_or_default();
    let options = SimpleFileOptions::default().last_modified_time(moment);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // First, stored and without extra field, so that the type stands at offset 38.
    zip.start_file(
        "mimetype",
        options.compression_method(CompressionMethod::Stored),
    )?;
    zip.write_all(MEDIA_TYPE.as_bytes())?;
    let options = options.compression_method(CompressionMethod::Deflated);
    zip.start_file(CLAIM_NAME, options)?;
    zip.write_all(&claim)?;
    zip.start_file("META-INF/manifest.xml", options)?;
    zip.write_all(manifest().as_bytes())?;
    zip.start_file("META-INF/signatures0.xml", options)?;
    zip.write_all(signature.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

fn manifest() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" \
         manifest:version=\"1.2\">\n\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{MEDIA_TYPE}\"/>\n\
         <manifest:file-entry manifest:full-path=\"{CLAIM_NAME}\" \
         manifest:media-type=\"{CLAIM_TYPE}\"/>\n\
         </manifest:manifest>\n"
    )
}

fn claim(entropy: &Entropy, dossier: &Dossier, at: DateTime<Utc>) -> Value {
    let person = Person::of(entropy, dossier);
    let documents: Vec<Value> = dossier
        .documents
        .iter()
        .flat_map(|document| {
            document.pages.iter().map(|page| {
                json!({
                    "name": document.name,
                    "document_id": document.id,
                    "page_number": page.page_number,
                    "sha256": page.sha256,
                })
            })
        })
        .collect();
    json!({
        "type": "identity-claim",
        "issuer": "ID360 sandbox",
        "enrollment": dossier.id,
        "process_uuid": dossier.process_uuid,
        "client_reference": dossier.client_reference,
        "issued_at": times::zoned(at),
        "level": "LOW",
        "identity": {
            "name": person.last_name,
            "first_names": [person.first_name, person.second_name],
            "birth_date": person.birth_date,
            "gender": person.gender,
        },
        "phone_number": dossier.phone_number(),
        "documents": documents,
    })
}
