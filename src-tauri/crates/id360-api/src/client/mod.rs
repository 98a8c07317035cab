//! The client: options, session, and how requests leave.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use secrecy::SecretString;
use tokio::sync::watch;
use uuid::Uuid;

use crate::account::{Account, AccountKind};
use crate::clock::{Clock, SystemClock};
use crate::endpoints::*;
use crate::environment::Environment;
use crate::error::{ApiError, ApiErrorKind, CreateError, Endpoint};
use crate::model::enrollment::{CreateEnrollment, EnrollmentId};

#[derive(Clone, Debug)]
pub struct Timeouts {
    pub connect: Duration,
    pub headers: Duration,
    pub idle: Duration,
    pub grace: Duration,
    pub slowest_bytes_per_second: u64,
}
impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            headers: Duration::from_secs(30),
            idle: Duration::from_secs(30),
            grace: Duration::from_secs(30),
            slowest_bytes_per_second: 1024,
        }
    }
}
#[derive(Clone, Debug)]
pub struct Caps {
    pub login: u64,
    pub create: u64,
    pub report: u64,
    pub document: u64,
    pub idclaim: u64,
    pub report_pdf: u64,
}
impl Default for Caps {
    fn default() -> Self {
        Self {
            login: 65536,
            create: 262_144,
            report: 16 << 20,
            document: 64 << 20,
            idclaim: 64 << 20,
            report_pdf: 64 << 20,
        }
    }
}
#[derive(Clone, Debug)]
pub struct ClientOptions {
    pub clock: Arc<dyn Clock>,
    pub timeouts: Timeouts,
    pub caps: Caps,
    pub max_concurrent: usize,
}
impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            timeouts: Timeouts::default(),
            caps: Caps::default(),
            max_concurrent: 4,
        }
    }
}
/// Where the session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    SignedOut,
    Open,
    /// A user account needs a new one-time code.
    CodeWanted,
    /// The client holds logins back after repeated refusals.
    HeldBack {
        remaining: Duration,
    },
}
#[derive(Clone, Debug)]
pub struct Client {
    environment: Arc<Environment>,
    kind: AccountKind,
    state: watch::Sender<SessionState>,
}
impl Client {
    pub fn new(
        environment: Environment,
        account: Account,
        _options: ClientOptions,
    ) -> Result<Self, ApiError> {
        Ok(Self {
            environment: Arc::new(environment),
            kind: account.kind,
            state: watch::Sender::new(SessionState::SignedOut),
        })
    }
    fn absent<T>(&self, endpoint: Endpoint) -> Result<T, ApiError> {
        Err(ApiError::new(ApiErrorKind::Internal, endpoint))
    }
    pub async fn sign_in(&self, _code: Option<SecretString>) -> Result<(), ApiError> {
        self.absent(Endpoint::Login)
    }
    pub fn sign_out(&self) {}
    pub fn environment(&self) -> &Environment {
        &self.environment
    }
    pub fn account_kind(&self) -> AccountKind {
        self.kind
    }
    pub fn session(&self) -> SessionState {
        *self.state.borrow()
    }
    pub fn watch_session(&self) -> watch::Receiver<SessionState> {
        self.state.subscribe()
    }
    pub async fn keep_alive(&self) {
        std::future::pending::<()>().await
    }
    pub fn server_clock_offset(&self) -> Option<TimeDelta> {
        None
    }
    pub async fn whoami(&self) -> Result<(), ApiError> {
        self.absent(Endpoint::Whoami)
    }
    pub async fn create_enrollment(
        &self,
        _process_uuid: &Uuid,
        _body: &CreateEnrollment,
    ) -> Result<Bytes, CreateError> {
        self.absent(Endpoint::CreateEnrollment)
            .map_err(CreateError::NotProcessed)
    }
    pub async fn report(
        &self,
        _id: EnrollmentId,
        _request: ReportRequest,
    ) -> Result<ReportAnswer, ApiError> {
        self.absent(Endpoint::Report)
    }
    pub async fn archived_report(&self, _id: EnrollmentId) -> Result<Bytes, ApiError> {
        self.absent(Endpoint::ArchivedReport)
    }
    pub async fn push_expected(
        &self,
        _id: EnrollmentId,
        _name: &str,
        _value: &str,
        _locked: bool,
        _auto: Option<bool>,
    ) -> Result<(), PushError> {
        self.absent(Endpoint::PushExpected)
            .map_err(PushError::NotProcessed)
    }
    pub async fn enrollment_info(
        &self,
        _api_key: &SecretString,
    ) -> Result<EnrollmentInfo, ApiError> {
        self.absent(Endpoint::EnrollmentInfo)
    }
    pub async fn enrollment_status(&self, _token: &SecretString) -> Result<Bytes, ApiError> {
        self.absent(Endpoint::EnrollmentStatus)
    }
    pub async fn discontinue(&self, _id: EnrollmentId) -> Result<(), DiscontinueError> {
        self.absent(Endpoint::Discontinue)
            .map_err(DiscontinueError::NotProcessed)
    }
    pub async fn document_page(
        &self,
        _document_id: &str,
        _page: u32,
        _into: &mut dyn Receiver,
    ) -> Result<Received, DownloadError> {
        Ok(self.absent(Endpoint::DocumentPage)?)
    }
    pub async fn idclaim(
        &self,
        _id: EnrollmentId,
        _into: &mut dyn Receiver,
    ) -> Result<Received, DownloadError> {
        Ok(self.absent(Endpoint::Idclaim)?)
    }
    pub async fn report_pdf(
        &self,
        _id: EnrollmentId,
        _into: &mut dyn Receiver,
    ) -> Result<Received, DownloadError> {
        Ok(self.absent(Endpoint::ReportPdf)?)
    }
}
