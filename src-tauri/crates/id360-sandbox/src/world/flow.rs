//! What the customer does (facts §C.6), and the data the company pushes (facts §C.4).

use bytes::Bytes;
use chrono::{DateTime, Utc};
use md5::{Digest, Md5};
use sha2::Sha256;

use super::World;
use super::dossier::{Document, Expected, Page, Status};
use super::process::EXPECTED_DATA;
use crate::media;
use crate::refusal::Refusal;

/// 9.5 MB, the published limit per document (facts §H), read as binary megabytes.
pub(crate) const MAX_FILE_BYTES: usize = 9_961_472;

/// Pages one document may have.
const MAX_PAGES: u32 = 20;

/// The documents of supporting families (facts §F.5).
const SUPPORTING: [&str; 9] = [
    "bank_details_image",
    "income_tax_notice_image",
    "property_tax_notice_image",
    "kbis_image",
    "pay_slip_image",
    "proof_of_address_image",
    "health_insurance_card_image",
    "social_security_card_image",
    "car_registration_image",
];

/// Under which name, and as which page, an upload is kept. `recto`, `verso` and `scan` are the
/// names of the SDK guide.
fn placed(name: &str, page_number: u32) -> Option<(&'static str, u32)> {
    match name {
        "recto" | "scan" => Some(("id_document_image", 0)),
        "verso" => Some(("id_document_image", 1)),
        "id_document_image" => Some(("id_document_image", page_number)),
        "selfie" | "selfie_image" | "selfie_image_upload" => Some(("selfie_image_upload", 0)),
        "liveness_video$0" => Some(("liveness_video$0", 0)),
        "liveness_video$1" => Some(("liveness_video$1", 0)),
        "supporting" => Some(("proof_of_address_image", page_number)),
        _ => {
            let known = SUPPORTING.into_iter().find(|known| *known == name)?;
            Some((known, page_number))
        }
    }
}

impl World {
    /// The company pushes a datum to be compared.
    pub(crate) fn push_expected(
        &mut self,
        id: i64,
        name: &str,
        value: String,
        locked: bool,
        auto: Option<bool>,
    ) -> Result<(), Refusal> {
        let delays = self.switches.auto_true_delays_sms;
        let dossier = self.dossier_mut(id)?;
        if !EXPECTED_DATA.contains(&name) {
            return Err(Refusal::not_found());
        }
        if dossier.status.is_final() {
            return Err(Refusal::conflict("The enrollment is finished."));
        }
        if dossier.expected.get(name).is_some_and(|datum| datum.locked) {
            return Err(Refusal::conflict("This data is locked."));
        }
        if value.trim().is_empty() {
            return Err(Refusal::bad_request("This field may not be blank."));
        }
        dossier
            .expected
            .insert(name.to_owned(), Expected { value, locked });
        if name == "phone_number" {
            let waits = auto.unwrap_or(!delays) == delays;
            dossier.sms_waiting = waits;
            self.sms_sent += u64::from(!waits);
        }
        Ok(())
    }

    /// The dossier a customer may still work on.
    fn open_to_customer(&mut self, api_key: &str) -> Result<i64, Refusal> {
        let dossier = self
            .dossier_of_key(api_key)
            .ok_or_else(|| Refusal::new(401, "Invalid api key."))?;
        if dossier.status.is_final() || dossier.pending.is_some() {
            return Err(Refusal::conflict("The enrollment is finished."));
        }
        Ok(dossier.id)
    }

    /// The page was opened: an SMS that waited for it leaves.
    pub(crate) fn page_opened(&mut self, api_key: &str) -> Result<i64, Refusal> {
        let id = self.open_to_customer(api_key)?;
        let dossier = self.dossier_mut(id)?;
        if std::mem::take(&mut dossier.sms_waiting) {
            self.sms_sent += 1;
        }
        Ok(id)
    }

    pub(crate) fn consent(
        &mut self,
        api_key: &str,
        accepted_cgu: bool,
        accepted_biometry: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let id = self.open_to_customer(api_key)?;
        if !accepted_cgu {
            return Err(Refusal::bad_request("accepted_system_cgu: must be true."));
        }
        let dossier = self.dossier_mut(id)?;
        dossier.consent = Some(now);
        dossier.accepted_biometry = accepted_biometry;
        begin(dossier, now);
        Ok(())
    }

    pub(crate) fn upload_with_key(
        &mut self,
        api_key: &str,
        name: &str,
        page_number: u32,
        bytes: Bytes,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let id = self.open_to_customer(api_key)?;
        if self.dossier(id)?.consent.is_none() {
            return Err(Refusal::new(403, "The terms have not been accepted."));
        }
        self.upload(id, name, page_number, bytes, now)
    }

    /// Keeps a file, byte for byte. The same document and page again replaces the former file.
    pub(crate) fn upload(
        &mut self,
        id: i64,
        name: &str,
        page_number: u32,
        bytes: Bytes,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let (name, page_number) = placed(name, page_number).ok_or_else(Refusal::not_found)?;
        if page_number >= MAX_PAGES {
            return Err(Refusal::bad_request("uploaded_page: too many pages."));
        }
        if bytes.len() > MAX_FILE_BYTES {
            return Err(Refusal::new(413, "The file is larger than 9.5 MB."));
        }
        let kind = media::kind(&bytes)
            .filter(|kind| kind.is_video() == name.starts_with("liveness_video"))
            .ok_or_else(|| {
                Refusal::bad_request("The file is not one of: jpg, jpeg, png, pdf, heic.")
            })?;
        if self.dossier(id)?.status.is_final() {
            return Err(Refusal::conflict("The enrollment is finished."));
        }
        let page = Page {
            page_number,
            size: bytes.len() as u64,
            md5: hex::encode(Md5::digest(&bytes)),
            sha256: hex::encode(Sha256::digest(&bytes)),
            media_type: kind.media_type().to_owned(),
        };
        self.keep(id, name, page.clone(), bytes.clone())?;
        if name == "selfie_image_upload" && self.switches.processed_selfie {
            self.keep(id, "selfie_image", page, bytes)?;
        }
        begin(self.dossier_mut(id)?, now);
        Ok(())
    }

    fn keep(&mut self, id: i64, name: &str, page: Page, bytes: Bytes) -> Result<(), Refusal> {
        let known = self.dossier(id)?.document(name).map(|document| document.id);
        let document_id = known.unwrap_or(self.next_document);
        if let Some(store) = &self.store {
            store
                .put_document(document_id, page.page_number, &bytes)
                .map_err(|error| {
                    tracing::error!(%error, "a document could not be kept");
                    Refusal::new(500, "The file could not be stored.")
                })?;
        }
        self.files.insert((document_id, page.page_number), bytes);
        if known.is_none() {
            self.next_document += 1;
        }
        let dossier = self.dossier_mut(id)?;
        match dossier
            .documents
            .iter_mut()
            .find(|document| document.name == name)
        {
            Some(document) => {
                document
                    .pages
                    .retain(|kept| kept.page_number != page.page_number);
                document.pages.push(page);
                document.pages.sort_by_key(|page| page.page_number);
            }
            None => dossier.documents.push(Document {
                id: document_id,
                name: name.to_owned(),
                pages: vec![page],
            }),
        }
        Ok(())
    }
}

fn begin(dossier: &mut super::Dossier, now: DateTime<Utc>) {
    if dossier.status == Status::New {
        dossier.status = Status::Started;
        dossier.started = Some(now);
    }
}
