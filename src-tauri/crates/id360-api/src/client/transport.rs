//! The seam between the client's rules and the network: one request out, one answer back, nothing decided.

use std::fmt;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::error::{ApiErrorKind, Endpoint};

/// A request as it leaves.
#[derive(Clone)]
pub struct OutgoingRequest {
    pub endpoint: Endpoint,
    pub method: Method,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Option<Bytes>,
}

impl fmt::Debug for OutgoingRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The rest holds credentials and personal data.
        formatter
            .debug_struct("OutgoingRequest")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// The head of an answer, with its body still to come.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Box<dyn AnswerBody>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A body, piece by piece, as it was sent: nothing decompressed, nothing joined.
#[async_trait]
pub trait AnswerBody: Send {
    /// `None` at the announced end; an end before that is a [`Failure`].
    async fn chunk(&mut self) -> Result<Option<Bytes>, Failure>;
}

/// What kept an exchange from completing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureCause {
    Unreachable,
    CertificateRefused,
    TimedOut,
    ConnectionLost,
}

/// An exchange that did not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    pub cause: FailureCause,
    /// Whether a byte of the request may have left. `false` proves that the server did not process it.
    pub sent: bool,
}

impl FailureCause {
    pub(crate) fn kind(self) -> ApiErrorKind {
        match self {
            Self::Unreachable => ApiErrorKind::Unreachable,
            Self::CertificateRefused => ApiErrorKind::CertificateRefused,
            Self::TimedOut => ApiErrorKind::TimedOut,
            Self::ConnectionLost => ApiErrorKind::ConnectionLost,
        }
    }
}

/// Carries requests. The client sets time limits, caps and retries around it.
#[async_trait]
pub trait Transport: Send + Sync + fmt::Debug {
    async fn send(&self, request: OutgoingRequest) -> Result<Answer, Failure>;
}
