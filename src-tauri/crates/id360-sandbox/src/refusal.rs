//! Refusals, in the shape a Django REST backend gives them (facts §A, §J.24).

use http::StatusCode;
use serde_json::json;

/// A call that is answered with something else than success.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{status}: {detail}")]
pub struct Refusal {
    pub status: u16,
    pub detail: String,
    pub retry_after: Option<u64>,
}

impl Refusal {
    pub(crate) fn new(status: u16, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            retry_after: None,
        }
    }

    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(400, detail)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, "Not found.")
    }

    pub(crate) fn conflict(detail: impl Into<String>) -> Self {
        Self::new(409, detail)
    }
}

impl axum::response::IntoResponse for Refusal {
    fn into_response(self) -> axum::response::Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = (status, axum::Json(json!({ "detail": self.detail }))).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(http::header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
