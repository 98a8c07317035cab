//! The customer's pages: one document, one sheet, one script, embedded.

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};

/// Nothing from elsewhere; thumbnails are `blob:`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      img-src 'self' blob:; connect-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let html = async || {
        file(
            "text/html; charset=utf-8",
            include_str!("../../ui/index.html"),
        )
    };
    let style = async || {
        file(
            "text/css; charset=utf-8",
            include_str!("../../ui/style.css"),
        )
    };
    let script = async || {
        file(
            "text/javascript; charset=utf-8",
            include_str!("../../ui/app.js"),
        )
    };
    let words = async || {
        file(
            "text/javascript; charset=utf-8",
            include_str!("../../ui/words.js"),
        )
    };
    let icon = async || file("image/svg+xml", include_str!("../../ui/icon.svg"));
    Router::new()
        .route("/static/process_ui/index.html", get(html))
        .route("/static/process_ui/style.css", get(style))
        .route("/static/process_ui/app.js", get(script))
        .route("/static/process_ui/words.js", get(words))
        .route("/static/process_ui/icon.svg", get(icon))
}

fn file(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        // Facts §E.5: the Referer of the return is the ID360 host.
        (REFERRER_POLICY, "origin"),
    ];
    (headers, text).into_response()
}
