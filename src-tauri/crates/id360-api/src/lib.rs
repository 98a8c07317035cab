//! Client of Docaposte's ID360 API.
//!
//! One [`Client`] per environment and account. It owns the session token (never more than one login in flight),
//! re-sends per endpoint and never per verb, caps every answer, follows no redirect, and rebuilds every URL from ids.
//! Nothing here stores anything, and nothing here knows Tauri.
//!
//! Marks such as "facts §B.3" name the sections of the project's fact sheet on ID360.

mod account;
mod client;
mod clock;
mod endpoints;
mod environment;
mod error;
mod model;
mod secrets;

pub use account::{Account, AccountKind};
pub use client::transport::{
    Answer, AnswerBody, Failure, FailureCause, OutgoingRequest, Transport,
};
pub use client::{Caps, Client, ClientOptions, Places, SessionState, Timeouts};
pub use clock::{Clock, SystemClock, TokioClock};
pub use endpoints::{
    DiscontinueError, DownloadError, EnrollmentInfo, PushError, Received, Receiver, ReportAnswer,
    ReportRequest,
};
pub use environment::{Environment, EnvironmentError, OptionalPaths};
pub use error::{ApiError, ApiErrorKind, CreateError, Endpoint, ReadError};
pub use model::enrollment::{
    CallbackEndpoint, CallbackHeader, CreateEnrollment, Enrollment, EnrollmentId,
};
pub use model::report::path as json_path;
pub use model::report::{
    Check, CheckField, CheckKind, ExternalMethod, LocatedCode, Report, ReportDocument, ReportPage,
    ReportStep,
};
pub use model::status::Status;
pub use model::time::parse_time;
