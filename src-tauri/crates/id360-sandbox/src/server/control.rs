//! The control API: what tests look at and turn. Described in the crate's `README.md`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Json;
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::enrollment::number;
use crate::faults::PlannedFault;
use crate::journal::{Counters, RequestEntry};
use crate::options::Switches;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::world::{CallbackEntry, EnrollmentView, Outcome, PlantedSecret};

/// Control bodies are read whatever their media type, and a mistake in one is named.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| Refusal::bad_request(error.to_string()))
}

pub(super) async fn requests(State(shared): State<Arc<Shared>>) -> Json<Vec<RequestEntry>> {
    Json(shared.journal().entries())
}

pub(super) async fn clear_requests(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.journal().clear();
    StatusCode::NO_CONTENT
}

pub(super) async fn counters(State(shared): State<Arc<Shared>>) -> Json<Counters> {
    Json(shared.journal().counters.clone())
}

pub(super) async fn callbacks(State(shared): State<Arc<Shared>>) -> Json<Vec<CallbackEntry>> {
    Json(shared.callbacks())
}

pub(super) async fn secrets(State(shared): State<Arc<Shared>>) -> Json<Vec<PlantedSecret>> {
    Json(shared.world().secrets())
}

pub(super) async fn credentials(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let known = shared.world().credentials();
    Json(json!({
        "base_url": shared.base_url(),
        "application": known.application,
        "user": known.user,
        "process_uuid": known.process_uuid,
        "plain_process_uuid": known.plain_process_uuid,
    }))
}

pub(super) async fn clock(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({ "now": shared.now() }))
}

#[derive(Deserialize)]
struct Advance {
    advance_seconds: u32,
}

pub(super) async fn advance(
    State(shared): State<Arc<Shared>>,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let asked: Advance = read(&body)?;
    Ok(Json(
        json!({ "now": shared.advance(asked.advance_seconds) }),
    ))
}

pub(super) async fn faults(State(shared): State<Arc<Shared>>) -> Json<Vec<PlannedFault>> {
    Json(shared.faults().pending().to_vec())
}

pub(super) async fn plan_fault(
    State(shared): State<Arc<Shared>>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let fault: PlannedFault = read(&body)?;
    shared.faults().add(fault);
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn clear_faults(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.faults().clear();
    StatusCode::NO_CONTENT
}

pub(super) async fn enrollments(State(shared): State<Arc<Shared>>) -> Json<Vec<EnrollmentView>> {
    Json(shared.enrollments())
}

#[derive(Deserialize)]
struct Finish {
    outcome: Outcome,
    #[serde(default)]
    causes: Vec<String>,
}

pub(super) async fn finish(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let asked: Finish = read(&body)?;
    shared.finish(number(&id)?, asked.outcome, asked.causes)?;
    Ok(StatusCode::NO_CONTENT)
}

/// A file put in without the customer's page: the body is the file.
pub(super) async fn upload(
    State(shared): State<Arc<Shared>>,
    Path((id, name, page)): Path<(String, String, u32)>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    shared.upload(number(&id)?, &name, page, body)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn options(State(shared): State<Arc<Shared>>) -> Json<Switches> {
    Json(shared.world().switches.clone())
}

pub(super) async fn set_options(
    State(shared): State<Arc<Shared>>,
    body: Bytes,
) -> Result<Json<Switches>, Refusal> {
    let changes: Value = read(&body)?;
    let mut world = shared.world();
    world.switches = world
        .switches
        .with(&changes)
        .map_err(Refusal::bad_request)?;
    Ok(Json(world.switches.clone()))
}

pub(super) async fn expire_tokens(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.world().expire_sessions();
    StatusCode::NO_CONTENT
}
