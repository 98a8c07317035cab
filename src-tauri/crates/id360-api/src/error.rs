//! What can go wrong, in kinds the caller reacts to. No URL, header or secret is ever part of an error.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

/// One endpoint of ID360, as the retry table and the logs name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    Login,
    Whoami,
    CreateEnrollment,
    PushExpected,
    EnrollmentInfo,
    EnrollmentStatus,
    Report,
    ArchivedReport,
    ReportPdf,
    DocumentPage,
    Idclaim,
    Discontinue,
}

impl Endpoint {
    /// The path as logs name it: no id, no key.
    pub fn path_template(self) -> &'static str {
        match self {
            Self::Login => "user/login/",
            Self::Whoami => "user/whoami",
            Self::CreateEnrollment => "process/{uuid}/enrollment",
            Self::PushExpected => "enrollment/{id}/control/data/{name}/",
            Self::EnrollmentInfo => "enrollment/flow/enrollment_info",
            Self::EnrollmentStatus => "enrollment status by token",
            Self::Report => "enrollment/{id}/report",
            Self::ArchivedReport => "enrollment archived report",
            Self::ReportPdf => "enrollment report as PDF",
            Self::DocumentPage => "document/{id}/file_contents/",
            Self::Idclaim => "enrollment/{id}/idclaim",
            Self::Discontinue => "enrollment/{id}/control/discontinue",
        }
    }
}

/// What happened, as far as a caller can act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiErrorKind {
    /// No connection: name not found, refused, no network.
    Unreachable,
    /// The certificate of the server is not trusted by this machine.
    CertificateRefused,
    TimedOut,
    /// The connection broke after the request was sent, before the headers of the answer.
    ConnectionLost,
    /// ID360 refused the user name or the password. Nothing is tried again until a person signs in.
    CredentialsRefused,
    /// ID360 refused, or asks for, the one-time code of a user account.
    CodeRefused,
    /// Login answered 403 or 429.
    AccountBlocked,
    /// The session had ended and the call was not processed. A user account needs a new code.
    SessionExpired,
    /// A token fresh from a login was refused.
    RefusedAfterSignIn,
    /// Nobody signed in, or somebody signed out.
    NotSignedIn,
    /// The client itself holds the next login back, for the time in `retry_after`.
    LoginHeldBack,
    Forbidden,
    /// 404 or 410: unknown, expired or deleted at ID360.
    NotFound,
    /// 400, 422 or another 4xx.
    Refused,
    Conflict,
    RateLimited,
    /// 5xx.
    ProviderIncident,
    /// An answer of the 3xx family; it is never followed.
    Redirected,
    /// A success whose body is not what the endpoint serves (HTML in place of JSON, for instance), or no login where
    /// ID360 has its own.
    Unreadable,
    /// The body is larger than the cap of the endpoint.
    TooLarge,
    /// The body ended before its announced end.
    Truncated {
        received: u64,
        announced: Option<u64>,
    },
    /// The environment has no path for this call (facts §J.27).
    NotConfigured,
    /// A value that cannot be sent, or a fault of this program.
    Internal,
}

/// An error of one call.
#[derive(Clone)]
pub struct ApiError {
    pub kind: ApiErrorKind,
    pub endpoint: Endpoint,
    /// HTTP status of the answer, when there was one.
    pub status: Option<u16>,
    /// The provider's own words (`detail`, `message` or `error`), secrets stripped. Our own words for
    /// [`ApiErrorKind::Internal`].
    pub detail: Option<String>,
    /// The body of the answer for support, at most 64 KiB, secrets stripped. May hold personal data.
    pub body: Option<Bytes>,
    /// How long ID360, or the client's own restraint, asks to wait.
    pub retry_after: Option<Duration>,
}

impl ApiError {
    pub fn new(kind: ApiErrorKind, endpoint: Endpoint) -> Self {
        Self {
            kind,
            endpoint,
            status: None,
            detail: None,
            body: None,
            retry_after: None,
        }
    }

    pub(crate) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ApiError")
            .field("kind", &self.kind)
            .field("endpoint", &self.endpoint)
            .field("status", &self.status)
            .field("retry_after", &self.retry_after)
            .field("body_bytes", &self.body.as_ref().map(Bytes::len))
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {:?}", self.endpoint, self.kind)?;
        if let Some(status) = self.status {
            write!(formatter, " (status {status})")?;
        }
        Ok(())
    }
}

impl std::error::Error for ApiError {}

/// What became of a create call. Only one of the three allows sending it again.
#[derive(thiserror::Error)]
pub enum CreateError {
    /// ID360 did not process the request; a person may send it again.
    #[error("not processed: {0}")]
    NotProcessed(ApiError),
    /// ID360 refused; there is no dossier.
    #[error("refused: {0}")]
    Refused(ApiError),
    /// A dossier may exist. Never sent again by the program.
    #[error("outcome unknown: {error}")]
    OutcomeUnknown {
        error: ApiError,
        /// Raw bytes of the answer that arrived before the cut; may hold the `api_key`.
        received: Bytes,
    },
}

impl fmt::Debug for CreateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotProcessed(error) => {
                formatter.debug_tuple("NotProcessed").field(error).finish()
            }
            Self::Refused(error) => formatter.debug_tuple("Refused").field(error).finish(),
            Self::OutcomeUnknown { error, received } => formatter
                .debug_struct("OutcomeUnknown")
                .field("error", error)
                .field("received_bytes", &received.len())
                .finish(),
        }
    }
}

/// The bytes are not what they should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unreadable at {path}: {reason}")]
pub struct ReadError {
    /// Where, as a JSONPath (`$` for the whole document).
    pub path: String,
    /// Why; never holds a value of the document.
    pub reason: String,
}

impl ReadError {
    pub(crate) fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            reason: reason.into(),
        }
    }
}
