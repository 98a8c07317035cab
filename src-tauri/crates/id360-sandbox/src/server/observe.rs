//! Who calls, and the note of each call.

use http::HeaderMap;

use super::request::session_token;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::world::Account;

/// A caller with a good token.
pub(super) struct Caller {
    pub account: Account,
}

/// Checks the token and lets it slide.
pub(super) fn caller(shared: &Shared, headers: &HeaderMap) -> Result<Caller, Refusal> {
    let token = session_token(headers);
    let now = shared.now();
    let account = shared.world().authenticate(token.as_deref(), now)?;
    Ok(Caller { account })
}

/// `none`, `token`, `api_key` or `both`.
pub(super) fn credentials_shown(headers: &HeaderMap) -> &'static str {
    let token = headers.contains_key(http::header::AUTHORIZATION);
    let key = headers.contains_key("x-api-key");
    match (token, key) {
        (true, true) => "both",
        (true, false) => "token",
        (false, true) => "api_key",
        (false, false) => "none",
    }
}
