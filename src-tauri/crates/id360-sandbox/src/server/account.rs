//! Login and whoami (facts §B).

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Json, Response};
use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Value, json};

use super::observe::{Caller, caller};
use crate::refusal::Refusal;
use crate::shared::Shared;

pub(super) async fn login(
    State(shared): State<Arc<Shared>>,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let done = attempt(&shared, &body);
    let mut journal = shared.journal();
    match &done {
        Ok((_, another_was_valid)) => {
            journal.counters.logins_ok += 1;
            journal.counters.logins_while_valid += u64::from(*another_was_valid);
        }
        Err(_) => journal.counters.logins_refused += 1,
    }
    drop(journal);
    shared.settle();
    done.map(|(token, _)| Json(json!({ "token": token })))
}

fn attempt(shared: &Shared, body: &[u8]) -> Result<(String, bool), Refusal> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|error| Refusal::bad_request(format!("JSON parse error - {error}")))?;
    let field = |name: &str| body.get(name).and_then(Value::as_str);
    let username = field("username")
        .ok_or_else(|| Refusal::bad_request("username: This field is required."))?;
    let password = field("password")
        .ok_or_else(|| Refusal::bad_request("password: This field is required."))?;
    let now = shared.now();
    let done = shared
        .world()
        .login(username, password, field("token"), now)?;
    Ok((done.token, done.another_was_valid))
}

pub(super) async fn whoami(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Caller { account, .. } = caller(&shared, &headers)?;
    shared.journal().counters.whoami += 1;
    let body = json!({ "username": account.creator(), "type": account.as_str() });
    Ok(Json(body).into_response())
}
