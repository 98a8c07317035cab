//! What a request is about: its path in one form, the endpoint, the dossier, the credentials.

use http::{HeaderMap, Method};

use crate::faults::Endpoint;

/// The path without `/private` and without a trailing slash: one form for every spelling of
/// facts §A and §C.
pub(crate) fn canonical_path(path: &str) -> String {
    let path = match path.strip_prefix("/private") {
        Some(rest) if rest.starts_with("/api/") => rest,
        _ => path,
    };
    let path = path.trim_end_matches('/');
    if path.is_empty() {
        "/".to_owned()
    } else {
        path.to_owned()
    }
}

/// Which call of ID360 this is, and the dossier its path names. None outside `/api/`.
pub(crate) fn classify(method: &Method, path: &str) -> Option<(Endpoint, Option<i64>)> {
    let rest = path.strip_prefix("/api/")?;
    let Some(rest) = rest.strip_prefix("1.0.0/") else {
        return Some((Endpoint::Unknown, None));
    };
    let parts: Vec<&str> = rest.split('/').collect();
    let get = method == Method::GET || method == Method::HEAD;
    let post = method == Method::POST;
    let id = |text: &str| text.parse::<i64>().ok();
    let found = match parts.as_slice() {
        ["user", "login"] if post => (Endpoint::Login, None),
        ["user", "whoami"] if get => (Endpoint::Whoami, None),
        ["process", _, "enrollment"] if post => (Endpoint::Create, None),
        ["enrollment", "flow", "enrollment_info"] if get => (Endpoint::EnrollmentInfo, None),
        ["enrollment", "flow", "consent"] if post => (Endpoint::Consent, None),
        ["enrollment", "flow", "document", _] if post => (Endpoint::Upload, None),
        ["enrollment", "flow", "finalise" | "leave"] if post => (Endpoint::Finalise, None),
        ["enrollment", "status", _] if get => (Endpoint::Status, None),
        ["enrollment", n] if get => (Endpoint::Detail, id(n)),
        ["enrollment", n, "report"] if get => (Endpoint::Report, id(n)),
        ["enrollment", n, "report", "archive"] if get => (Endpoint::Archive, id(n)),
        ["enrollment", n, "proof_slip"] if get => (Endpoint::ProofSlip, id(n)),
        ["enrollment", n, "idclaim"] if get => (Endpoint::Idclaim, id(n)),
        ["enrollment", n, "control", "discontinue"] if get => (Endpoint::Discontinue, id(n)),
        ["enrollment", n, "control", "data", _] if post => (Endpoint::Push, id(n)),
        ["document", _, "file_contents"] if get => (Endpoint::Document, None),
        ["keys", "report_signature"] if get => (Endpoint::SignatureKey, None),
        _ => (Endpoint::Unknown, None),
    };
    Some(found)
}

/// The session token of `Authorization: Token …`: the literal word, one space, the value.
pub(crate) fn session_token(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Token ").map(str::to_owned)
}

pub(crate) fn api_key(headers: &HeaderMap) -> Option<String> {
    headers.get("x-api-key")?.to_str().ok().map(str::to_owned)
}

fn flag(query: &str, name: &str) -> Option<bool> {
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| matches!(value.to_ascii_lowercase().as_str(), "true" | "1" | ""))
}

/// `?name=true`, `1` or bare.
pub(crate) fn truth(query: &str, name: &str) -> Option<bool> {
    flag(query, name)
}

/// Both spellings of facts §J.6.
pub(crate) fn draft_asked(query: &str) -> bool {
    flag(query, "allow_draft").unwrap_or(false) || flag(query, "draft").unwrap_or(false)
}

pub(crate) fn parameter(query: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// The path as the log keeps it: a browser token is worth a call, so it is left out.
pub(crate) fn loggable_path(path: &str) -> String {
    match path.split_once("/enrollment/status/") {
        Some((before, _)) => format!("{before}/enrollment/status/***"),
        None => path.to_owned(),
    }
}

pub(crate) fn loggable_query(query: &str) -> String {
    let parts: Vec<String> = query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once('=') {
            Some((name @ ("token" | "api_key" | "password"), _)) => format!("{name}=***"),
            _ => part.to_owned(),
        })
        .collect();
    parts.join("&")
}
