//! Which function answers which path. Paths arrive here in canonical form: no trailing slash, no
//! `/private`.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post, put};

use super::{account, control, document, enrollment, flow, pages};
use crate::refusal::Refusal;
use crate::shared::Shared;

/// Above the largest upload, so that our own refusal speaks and not the framework's.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .nest("/api/1.0.0", api())
        .nest("/sandbox", control_routes())
        .merge(pages::routes())
        .fallback(async || Refusal::not_found())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(shared)
}

fn api() -> Router<Arc<Shared>> {
    Router::new()
        .route("/user/login", post(account::login))
        .route("/user/whoami", get(account::whoami))
        .route(
            "/process/{process_uuid}/enrollment",
            post(enrollment::create),
        )
        .route("/enrollment/{id}", get(enrollment::detail))
        .route("/enrollment/{id}/report", get(enrollment::report))
        .route("/enrollment/{id}/report/archive", get(enrollment::archive))
        .route("/enrollment/{id}/proof_slip", get(document::proof_slip))
        .route("/enrollment/{id}/idclaim", get(document::idclaim))
        .route(
            "/enrollment/{id}/control/discontinue",
            get(enrollment::discontinue),
        )
        .route(
            "/enrollment/{id}/control/data/{name}",
            post(enrollment::push),
        )
        .route("/enrollment/status/{token}", get(enrollment::status))
        .route("/document/{id}/file_contents", get(document::file_contents))
        .route("/keys/report_signature", get(document::signature_key))
        .route(
            "/enrollment/flow/enrollment_info",
            get(flow::enrollment_info),
        )
        .route("/enrollment/flow/consent", post(flow::consent))
        .route("/enrollment/flow/document/{name}", post(flow::upload))
        .route("/enrollment/flow/finalise", post(flow::finalise))
        .route("/enrollment/flow/leave", post(flow::leave))
        .fallback(async || Refusal::not_found())
        .method_not_allowed_fallback(async || Refusal::new(405, "Method not allowed."))
}

/// Kept beside the API so that one look shows everything that is served.
fn control_routes() -> Router<Arc<Shared>> {
    Router::new()
        .route(
            "/requests",
            get(control::requests).delete(control::clear_requests),
        )
        .route("/counters", get(control::counters))
        .route("/callbacks", get(control::callbacks))
        .route("/secrets", get(control::secrets))
        .route("/credentials", get(control::credentials))
        .route("/clock", get(control::clock).post(control::advance))
        .route(
            "/faults",
            get(control::faults)
                .post(control::plan_fault)
                .delete(control::clear_faults),
        )
        .route("/enrollments", get(control::enrollments))
        .route("/enrollments/{id}/finish", post(control::finish))
        .route(
            "/enrollments/{id}/documents/{name}/{page}",
            put(control::upload),
        )
        .route("/options", get(control::options).put(control::set_options))
        .route("/expire_tokens", post(control::expire_tokens))
}
