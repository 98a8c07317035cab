//! Create, read, push, discontinue, status (facts §C.3 to §C.5).

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Json, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::observe::caller;
use super::request::{draft_asked, truth};
use crate::options::CanceledReport;
use crate::refusal::Refusal;
use crate::report::{self, Form, times};
use crate::shared::Shared;
use crate::world::{CreateRequest, Dossier, ReportAccess, Status, World};

/// A path part that is no number is a dossier that does not exist.
pub(super) fn number(text: &str) -> Result<i64, Refusal> {
    text.parse().map_err(|_| Refusal::not_found())
}

/// The dossier resource: the create answer, less its secret (facts §C.5, inferred).
fn resource(world: &World, base_url: &str, dossier: &Dossier) -> Value {
    let endpoints: Vec<Value> = dossier
        .callback_endpoints
        .iter()
        .map(|endpoint| {
            let names: Vec<Value> = endpoint
                .headers
                .iter()
                .map(|header| json!({ "name": header.name }))
                .collect();
            json!({ "url": endpoint.url, "on": endpoint.on, "headers": names })
        })
        .collect();
    let links = report::Links {
        form: world.switches.links,
        base_url,
    };
    let mut value = json!({
        "url": links.api(&format!("enrollment/{}", dossier.id)),
        "id": dossier.id,
        "process": world.process(dossier.process_uuid).map(|process| process.id),
        "browser_callback_url": dossier.browser_callback_url,
        "client_reference": dossier.client_reference,
        "status": dossier.status.as_str(),
        "reason": dossier.reason,
        "creation_time": times::naive(dossier.created),
        "starting_time": dossier.started.map(times::naive),
        "finished_time": dossier.finished.map(times::naive),
        "callback_endpoints": endpoints,
    });
    if world.switches.id_as_text {
        value["id"] = json!(dossier.id.to_string());
    }
    if let Some(url) = &dossier.callback_url {
        value["callback_url"] = json!(url);
    }
    value
}

pub(super) async fn create(
    State(shared): State<Arc<Shared>>,
    Path(process): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let caller = caller(&shared, &headers)?;
    let process: Uuid = process.parse().map_err(|_| Refusal::not_found())?;
    if shared.world().process(process).is_none() {
        return Err(Refusal::not_found());
    }
    let request = CreateRequest::read(&body)?;
    let now = shared.now();
    let (text, stray) = {
        let mut world = shared.world();
        let id = world.create(caller.account, process, request, now)?;
        let dossier = world.dossier(id)?;
        let mut value = resource(&world, &shared.base_url(), dossier);
        value["api_key"] = json!(dossier.api_key);
        (value.to_string(), world.switches.stray_semicolon)
    };
    shared.journal().counters.creates += 1;
    shared.settle();
    let text = if stray {
        with_stray_semicolon(&text)
    } else {
        text
    };
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}

/// The guide's example: `"finished_time": null;`.
fn with_stray_semicolon(text: &str) -> String {
    text.replacen("\"finished_time\":null", "\"finished_time\":null;", 1)
}

pub(super) async fn detail(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    caller(&shared, &headers)?;
    let world = shared.world();
    let dossier = world.dossier(number(&id)?)?;
    if dossier.status == Status::Deleted {
        return Err(Refusal::not_found());
    }
    Ok(Json(resource(&world, &shared.base_url(), dossier)))
}

pub(super) async fn report(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let caller = caller(&shared, &headers)?;
    let draft = draft_asked(query.as_deref().unwrap_or_default());
    let now = shared.now();
    let base_url = shared.base_url();
    let world = shared.world();
    let answer = match world.report_access(caller.account, number(&id)?, draft, now)? {
        ReportAccess::NotReady(dossier) => {
            let canceled = dossier.status == Status::Canceled
                && world.switches.canceled_report == CanceledReport::NotReady;
            let status = if canceled {
                Status::Started
            } else {
                dossier.status
            };
            let body = json!({ "detail": "Report not ready.", "status": status.as_str() });
            (StatusCode::ACCEPTED, Json(body)).into_response()
        }
        ReportAccess::Full(dossier) => {
            Json(report::write(&world, &base_url, dossier, Form::Final)).into_response()
        }
        ReportAccess::Draft(dossier) => {
            Json(report::write(&world, &base_url, dossier, Form::Draft)).into_response()
        }
    };
    Ok(answer)
}

pub(super) async fn archive(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let caller = caller(&shared, &headers)?;
    let now = shared.now();
    let base_url = shared.base_url();
    let world = shared.world();
    guessed(&world)?;
    let dossier = world.archive_access(caller.account, number(&id)?, now)?;
    Ok(Json(report::write(
        &world,
        &base_url,
        dossier,
        Form::Archived,
    )))
}

/// Facts §J.27: the paths nobody published can be taken away.
pub(super) fn guessed(world: &World) -> Result<(), Refusal> {
    if world.switches.guessed_paths {
        Ok(())
    } else {
        Err(Refusal::not_found())
    }
}

pub(super) async fn push(
    State(shared): State<Arc<Shared>>,
    Path((id, name)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    caller(&shared, &headers)?;
    let query = query.unwrap_or_default();
    let text = String::from_utf8(body.to_vec())
        .map_err(|_| Refusal::bad_request("The value is not UTF-8."))?;
    // Facts §J.22: a JSON string literal stands for the text it spells.
    let value = match serde_json::from_str::<Value>(&text) {
        Ok(Value::String(spelled)) => spelled,
        _ => text,
    };
    let locked = truth(&query, "locked").unwrap_or(false);
    let auto = truth(&query, "auto");
    let sms = {
        let mut world = shared.world();
        world.push_expected(number(&id)?, &name, value, locked, auto)?;
        world.sms_sent
    };
    shared.journal().counters.sms_sent = sms;
    shared.settle();
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn discontinue(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Refusal> {
    caller(&shared, &headers)?;
    let now = shared.now();
    shared.world().discontinue(number(&id)?, now)?;
    shared.journal().counters.discontinues += 1;
    shared.settle();
    Ok(StatusCode::NO_CONTENT)
}

/// A snapshot of the enrollment, once per browser token (facts §E.5).
pub(super) async fn status(
    State(shared): State<Arc<Shared>>,
    Path(token): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let base_url = shared.base_url();
    let snapshot = {
        let mut world = shared.world();
        guessed(&world)?;
        let id = world.spend_browser_token(&token)?;
        let dossier = world.dossier(id)?;
        resource(&world, &base_url, dossier)
    };
    shared.settle();
    Ok(Json(snapshot))
}
