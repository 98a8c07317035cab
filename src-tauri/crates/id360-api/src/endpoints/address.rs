//! Addresses, built from ids on the configured base. Nothing from an answer ever becomes an address.

use url::Url;
use uuid::Uuid;

use crate::environment::Environment;
use crate::model::enrollment::EnrollmentId;

pub fn login(environment: &Environment) -> Url {
    fixed(environment, "user/login/")
}

pub fn whoami(environment: &Environment) -> Url {
    fixed(environment, "user/whoami")
}

pub fn create(environment: &Environment, process_uuid: &Uuid) -> Url {
    fixed(environment, &format!("process/{process_uuid}/enrollment"))
}

pub fn enrollment_info(environment: &Environment) -> Url {
    fixed(environment, "enrollment/flow/enrollment_info")
}

pub fn report(environment: &Environment, id: EnrollmentId, draft: bool) -> Url {
    let mut url = fixed(environment, &format!("enrollment/{id}/report"));
    // The plain report carries no parameter: one more thing that cannot ask for a draft by mistake (quality S9).
    if draft {
        url.set_query(Some("allow_draft=true"));
    }
    url
}

pub fn idclaim(environment: &Environment, id: EnrollmentId) -> Url {
    fixed(environment, &format!("enrollment/{id}/idclaim"))
}

pub fn discontinue(environment: &Environment, id: EnrollmentId) -> Url {
    fixed(environment, &format!("enrollment/{id}/control/discontinue"))
}

/// `None` if the name cannot stand in a path.
pub fn push(
    environment: &Environment,
    id: EnrollmentId,
    name: &str,
    locked: bool,
    auto: Option<bool>,
) -> Option<Url> {
    let plain = (1..=100).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$'));
    if !plain {
        return None;
    }
    let name = segment(name);
    let mut url = fixed(
        environment,
        &format!("enrollment/{id}/control/data/{name}/"),
    );
    let mut query = format!("locked={locked}");
    if let Some(auto) = auto {
        query.push_str(&format!("&auto={auto}"));
    }
    url.set_query(Some(&query));
    Some(url)
}

/// `None` if the id is not a number.
pub fn document_page(environment: &Environment, document_id: &str, page: u32) -> Option<Url> {
    let digits = (1..=19).contains(&document_id.len())
        && document_id.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        return None;
    }
    let mut url = fixed(
        environment,
        &format!("document/{document_id}/file_contents/"),
    );
    url.set_query(Some(&format!("page_number={page}")));
    Some(url)
}

/// A path of the settings with its place filled. `None` if the result leaves the API.
pub fn optional(
    environment: &Environment,
    template: &str,
    place: &str,
    value: &str,
) -> Option<Url> {
    let value = value.trim();
    if value.is_empty() || value.chars().all(|character| character == '.') {
        return None;
    }
    let base = environment.api();
    let path = template
        .trim_start_matches('/')
        .replace(place, &segment(value));
    let url = base.join(&path).ok()?;
    let inside = url.origin() == base.origin()
        && url.username().is_empty()
        && url.path().starts_with(base.path())
        && url.fragment().is_none();
    inside.then_some(url)
}

/// A path of this file on the base; none of them can leave it.
fn fixed(environment: &Environment, path: &str) -> Url {
    let mut url = environment.api().clone();
    let full = format!("{}{path}", url.path());
    url.set_path(&full);
    url
}

/// One path component or query value: everything but unreserved characters escaped.
fn segment(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~' | b'.') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}
