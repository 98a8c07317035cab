//! The customer's calls (facts §C.6), authenticated by `x-api-key`. `finalise` and `leave` are
//! guesses, and the outcome in `finalise` is the simulator's own.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Path, RawQuery, Request, State};
use axum::response::Json;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::request::{api_key, parameter, truth};
use crate::causes::CAUSES;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::world::{Dossier, EXPECTED_DATA, MAX_FILE_BYTES, Outcome, Status};

fn key(headers: &HeaderMap) -> Result<String, Refusal> {
    api_key(headers).ok_or_else(|| Refusal::new(401, "Api key required."))
}

/// What the dossier expects. A dossier with a verdict still says so; the link of an interrupted or
/// expired one is dead (facts §D.2).
pub(super) async fn enrollment_info(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let key = key(&headers)?;
    let (info, sms) = {
        let mut world = shared.world();
        let dossier = world
            .dossier_of_key(&key)
            .ok_or_else(|| Refusal::new(401, "Invalid api key."))?;
        if matches!(
            dossier.status,
            Status::Canceled | Status::Discontinued | Status::Deleted
        ) {
            return Err(Refusal::new(404, "This link is no longer valid."));
        }
        // A dossier that is closed to the customer has no SMS left to send.
        let _ = world.page_opened(&key);
        let dossier = world.dossier_of_key(&key).ok_or_else(Refusal::not_found)?;
        let process = world.process(dossier.process_uuid);
        let data: Vec<Value> = EXPECTED_DATA
            .iter()
            .map(|name| datum(dossier, name))
            .collect();
        let documents: Vec<Value> = dossier
            .documents
            .iter()
            .map(|document| json!({ "name": document.name, "pages": document.pages.len() }))
            .collect();
        let info = json!({
            "id": dossier.id,
            "status": dossier.status.as_str(),
            "processing": dossier.pending.is_some(),
            "process_name": process.map(|process| process.name),
            "accepted_system_cgu": dossier.consent.is_some(),
            "datas": data,
            "documents": documents,
            "max_file_bytes": MAX_FILE_BYTES,
            "causes": CAUSES.iter().map(|cause| cause.code).collect::<Vec<_>>(),
        });
        (info, world.sms_sent)
    };
    shared.journal().counters.sms_sent = sms;
    shared.settle();
    Ok(Json(info))
}

fn datum(dossier: &Dossier, name: &str) -> Value {
    let pushed = dossier.expected.get(name);
    json!({
        "name": name,
        "required": false,
        "provided": pushed.is_some(),
        "locked": pushed.is_some_and(|datum| datum.locked),
    })
}

pub(super) async fn consent(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<StatusCode, Refusal> {
    let query = query.unwrap_or_default();
    // Facts §J.20: the parameter was renamed in 2026.
    let cgu = truth(&query, "accepted_system_cgu").or_else(|| truth(&query, "accepted_cgu"));
    let biometry = truth(&query, "accepted_biometry").unwrap_or(false);
    let now = shared.now();
    shared
        .world()
        .consent(&key(&headers)?, cgu.unwrap_or(false), biometry, now)?;
    shared.settle();
    Ok(StatusCode::NO_CONTENT)
}

/// A page of a document: multipart with a file in any field, parameters in the query or as fields.
pub(super) async fn upload(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let key = key(request.headers())?;
    let query = query.unwrap_or_default();
    let mut uploaded_page = parameter(&query, "uploaded_page");
    let mut total_pages = parameter(&query, "total_pages");
    let mut file: Option<Bytes> = None;
    let multipart = request
        .headers()
        .get(http::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("multipart/form-data"));
    if !multipart {
        return Err(Refusal::new(
            415,
            "Unsupported media type: multipart/form-data is wanted.",
        ));
    }
    let unreadable = || Refusal::bad_request("The multipart body could not be read.");
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| unreadable())?;
    while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
        let field = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(|_| unreadable())?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match field.as_str() {
            "uploaded_page" if !is_file => uploaded_page = Some(text()),
            "total_pages" if !is_file => total_pages = Some(text()),
            _ if is_file || field == "file" => file = Some(bytes),
            _ => {}
        }
    }
    let file = file.ok_or_else(|| Refusal::bad_request("file: No file was submitted."))?;
    let page = count(uploaded_page, "uploaded_page", 0)?;
    if page >= count(total_pages, "total_pages", page + 1)? {
        return Err(Refusal::bad_request("uploaded_page: beyond total_pages."));
    }
    let now = shared.now();
    shared
        .world()
        .upload_with_key(&key, &name, page, file, now)?;
    shared.settle();
    Ok(StatusCode::NO_CONTENT)
}

fn count(text: Option<String>, name: &str, otherwise: u32) -> Result<u32, Refusal> {
    match text {
        None => Ok(otherwise),
        Some(text) => text
            .trim()
            .parse()
            .map_err(|_| Refusal::bad_request(format!("{name}: A valid integer is required."))),
    }
}

#[derive(Deserialize)]
pub(super) struct Ending {
    outcome: Outcome,
    #[serde(default)]
    causes: Vec<String>,
}

/// Ends the input phase; the answer says where the browser goes next.
pub(super) async fn finalise(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let key = key(&headers)?;
    let ending: Ending = serde_json::from_slice(&body)
        .map_err(|error| Refusal::bad_request(format!("JSON parse error - {error}")))?;
    let now = shared.now();
    let redirect = {
        let mut world = shared.world();
        let id = world.page_opened(&key)?;
        world.finish(id, ending.outcome, ending.causes, now)?;
        redirect(world.dossier(id)?)
    };
    shared.settle();
    Ok(Json(json!({ "redirect_url": redirect })))
}

/// The customer goes away: nothing changes until a delay has passed.
pub(super) async fn leave(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<StatusCode, Refusal> {
    shared.world().page_opened(&key(&headers)?)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `browser_callback_url` with the token appended (facts §E.5, §J: `?` or `&`).
fn redirect(dossier: &Dossier) -> Option<String> {
    let token = dossier.browser_token.as_deref()?;
    let mut url = Url::parse(&dossier.browser_callback_url).ok()?;
    url.query_pairs_mut().append_pair("token", token);
    Some(url.into())
}
