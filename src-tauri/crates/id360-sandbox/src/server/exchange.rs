//! One request from arrival to answer: fault before, the call itself, note, fault after.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, DATE, HeaderValue, LOCATION};
use http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use tower_service::Service;

use super::request::{
    api_key, canonical_path, classify, draft_asked, loggable_path, loggable_query, session_token,
};
use super::{Dropped, observe, wire};
use crate::faults::{Endpoint, Fault};
use crate::journal::RequestEntry;
use crate::refusal::Refusal;
use crate::shared::Shared;

/// Bytes of a request body that are read at all.
const READ_AT_MOST: usize = 64 * 1024 * 1024;

pub(super) async fn answer(
    shared: Arc<Shared>,
    router: Router,
    request: Request<Incoming>,
) -> Result<Response, Dropped> {
    let path = canonical_path(request.uri().path());
    let called = classify(request.method(), &path);
    // The control API only looks at the world; what is due is run by the calls that show it.
    shared.tick();
    let mut answered = match called {
        Some((endpoint, id)) => api_call(&shared, router, request, path, endpoint, id).await?,
        None => {
            let request = with_path(request, &path);
            pass(router, request).await?
        }
    };
    let date = shared.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(value) = HeaderValue::from_str(&date) {
        answered.headers_mut().insert(DATE, value);
    }
    Ok(answered)
}

async fn api_call(
    shared: &Shared,
    router: Router,
    request: Request<Incoming>,
    path: String,
    endpoint: Endpoint,
    id: Option<i64>,
) -> Result<Response, Dropped> {
    let delay = shared.world().switches.answer_delay_milliseconds;
    if delay > 0 {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    let fault = shared.faults().take(endpoint);
    let mut note = note_of(shared, &request, endpoint, id);
    note.fault = fault.as_ref().map(|fault| fault.kind().to_owned());

    if let Some(fault) = &fault
        && let Some(instead) = instead_of_processing(fault)
    {
        // A server that answers without reading would reset the connection under the sender.
        note.request_bytes = drain(request).await;
        if let Ok(answer) = &instead {
            note.status = Some(answer.status().as_u16());
        }
        shared.journal().add(note);
        return instead;
    }
    let written = request.uri().path().to_owned();
    let request = match buffered(request, &path).await {
        Ok(request) => request,
        Err(refusal) => {
            note.status = Some(refusal.status);
            shared.journal().add(note);
            return Ok(refusal.into_response());
        }
    };
    note.request_bytes = request.1;
    let processed = if shared.world().switches.append_slash && !written.ends_with('/') {
        moved(&written, request.0.uri().query())
    } else {
        pass(router, request.0).await?
    };
    let (mut head, body) = processed.into_parts();
    let body = body
        .collect()
        .await
        .map(|whole| whole.to_bytes())
        .unwrap_or_default();
    note.status = Some(head.status.as_u16());
    note.body_bytes = body.len() as u64;
    let dropped = fault == Some(Fault::DropAfter);
    if dropped {
        note.status = None;
    }
    shared.journal().add(note);
    if dropped {
        return Err(Dropped);
    }
    let body = match fault {
        Some(Fault::Delay { milliseconds }) => {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            Body::from(body)
        }
        Some(fault) => wire::spoilt(&fault, &mut head.headers, body),
        None => {
            // 204 must not announce a length.
            if head.status != StatusCode::NO_CONTENT {
                head.headers
                    .insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
            }
            Body::from(body)
        }
    };
    Ok(Response::from_parts(head, body))
}

/// The answer of faults that keep the call from being processed.
fn instead_of_processing(fault: &Fault) -> Option<Result<Response, Dropped>> {
    let status = |code: u16| StatusCode::from_u16(code).unwrap_or(StatusCode::OK);
    Some(match fault {
        Fault::DropBefore => Err(Dropped),
        Fault::Status {
            status: code,
            body,
            retry_after,
        } => {
            let mut answer = match body {
                Some(body) => (status(*code), body.clone()).into_response(),
                None => Refusal::new(*code, "On demand.").into_response(),
            };
            if body
                .as_deref()
                .is_some_and(|body| body.trim_start().starts_with(['{', '[']))
            {
                let json = HeaderValue::from_static("application/json");
                answer
                    .headers_mut()
                    .insert(http::header::CONTENT_TYPE, json);
            }
            if let Some(seconds) = retry_after {
                answer
                    .headers_mut()
                    .insert(http::header::RETRY_AFTER, (*seconds).into());
            }
            Ok(answer)
        }
        Fault::Html { status: code } => Ok((
            status(code.unwrap_or(200)),
            axum::response::Html(
                "<!DOCTYPE html><html><head><title>Connexion au réseau</title></head>\
                 <body><h1>Portail d'accès</h1></body></html>",
            ),
        )
            .into_response()),
        Fault::Redirect {
            location,
            status: code,
        } => Ok((status(code.unwrap_or(302)), [(LOCATION, location.clone())]).into_response()),
        _ => return None,
    })
}

fn moved(path: &str, query: Option<&str>) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    (
        StatusCode::MOVED_PERMANENTLY,
        [(LOCATION, format!("{path}/{query}"))],
    )
        .into_response()
}

fn note_of(
    shared: &Shared,
    request: &Request<Incoming>,
    endpoint: Endpoint,
    id: Option<i64>,
) -> RequestEntry {
    let query = request.uri().query().unwrap_or_default();
    let headers = request.headers();
    let now = shared.now();
    let (account, keyed) = {
        let world = shared.world();
        let account = session_token(headers).and_then(|token| world.account_of(&token, now));
        let keyed = api_key(headers).and_then(|key| Some(world.dossier_of_key(&key)?.id));
        (account, keyed)
    };
    RequestEntry {
        seq: shared.journal().next_seq(),
        at: now,
        method: request.method().to_string(),
        path: loggable_path(request.uri().path()),
        query: loggable_query(query),
        endpoint,
        enrollment: id.or(keyed),
        draft: draft_asked(query),
        auth: observe::credentials_shown(headers).to_owned(),
        account: account.map(|account| account.as_str().to_owned()),
        user_agent: headers
            .get(http::header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        request_bytes: 0,
        status: None,
        body_bytes: 0,
        fault: None,
    }
}

async fn drain(request: Request<Incoming>) -> u64 {
    Limited::new(request.into_body(), READ_AT_MOST)
        .collect()
        .await
        .map_or(0, |body| body.to_bytes().len() as u64)
}

/// The request under its canonical path, with its body read.
async fn buffered(request: Request<Incoming>, path: &str) -> Result<(Request<Body>, u64), Refusal> {
    let request = with_path(request, path);
    let (head, body) = request.into_parts();
    let body = Limited::new(body, READ_AT_MOST)
        .collect()
        .await
        .map_err(|_| Refusal::new(413, "The request could not be read or is too large."))?
        .to_bytes();
    let length = body.len() as u64;
    Ok((Request::from_parts(head, Body::from(body)), length))
}

fn with_path<B>(mut request: Request<B>, path: &str) -> Request<B> {
    let target = match request.uri().query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    if let Ok(uri) = target.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}

async fn pass<B>(mut router: Router, request: Request<B>) -> Result<Response, Dropped>
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    Ok(router.call(request.map(Body::new)).await?)
}
