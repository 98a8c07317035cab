//! Binary answers: pages of documents, the idClaim, the report as PDF (facts §C.5).

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Json, Response};
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::{Value, json};

use super::enrollment::{guessed, number};
use super::observe::caller;
use super::request::parameter;
use crate::options::DocumentType;
use crate::pdf;
use crate::refusal::Refusal;
use crate::report::{self, Form};
use crate::shared::Shared;
use crate::world::{Person, ReportAccess};

pub(super) async fn file_contents(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    caller(&shared, &headers)?;
    let page_number = match parameter(query.as_deref().unwrap_or_default(), "page_number") {
        None => 0,
        Some(text) => text
            .parse()
            .map_err(|_| Refusal::bad_request("page_number: A valid integer is required."))?,
    };
    let now = shared.now();
    let world = shared.world();
    let (page, bytes) = world.document_page(number(&id)?, page_number, now)?;
    let mut response = bytes.into_response();
    let kind = match world.switches.document_type {
        DocumentType::OctetStream => Some("application/octet-stream"),
        DocumentType::Sniffed => Some(page.media_type.as_str()),
        DocumentType::None => None,
    };
    response.headers_mut().remove(CONTENT_TYPE);
    if let Some(kind) = kind.and_then(|kind| kind.parse().ok()) {
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
    Ok(response)
}

pub(super) async fn idclaim(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    caller(&shared, &headers)?;
    let claim = shared.world().idclaim(number(&id)?)?;
    Ok(([(CONTENT_TYPE, "application/vnd.etsi.asic-e+zip")], claim).into_response())
}

/// Who may read the final report may read it as a PDF.
pub(super) async fn proof_slip(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let caller = caller(&shared, &headers)?;
    let now = shared.now();
    let base_url = shared.base_url();
    let world = shared.world();
    guessed(&world)?;
    let ReportAccess::Full(dossier) =
        world.report_access(caller.account, number(&id)?, false, now)?
    else {
        return Err(Refusal::not_found());
    };
    let report = report::write(&world, &base_url, dossier, Form::Final);
    let person = Person::of(world.entropy(), dossier);
    let bytes = pdf::proof_slip(&report, &person);
    let name = format!("attachment; filename=\"proof_slip_{}.pdf\"", dossier.id);
    Ok((
        [
            (CONTENT_TYPE, "application/pdf".to_owned()),
            (CONTENT_DISPOSITION, name),
        ],
        bytes,
    )
        .into_response())
}

/// The Ed25519 key that `signature.public_key_url` of a version 1 report names (facts §C.5).
pub(super) async fn signature_key(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let key = report::signature_public_key(shared.world().entropy());
    Json(json!({ "algorithm": "EdDSA", "curve": "Ed25519", "public_key": hex::encode(key) }))
}
