//! The handle on a running sandbox.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::faults::{Fault, PlannedFault, Target};
use crate::journal::{Counters, RequestEntry};
use crate::options::{SandboxOptions, Switches};
use crate::refusal::Refusal;
use crate::server::{self, Server};
use crate::shared::Shared;
use crate::world::{CallbackEntry, Credentials, EnrollmentView, Outcome, PlantedSecret};

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the loopback port could not be opened")]
    Listen(#[source] std::io::Error),
    #[error("the data folder could not be used")]
    Data(#[source] std::io::Error),
    #[error("the system gave no random bytes")]
    Entropy(#[source] std::io::Error),
    #[error("the signing key could not be made: {0}")]
    Key(String),
    #[error("the certificate of the TLS port could not be made: {0}")]
    Certificate(String),
}

/// A running sandbox. It ends when this value is dropped.
#[derive(Debug)]
pub struct Sandbox {
    shared: Arc<Shared>,
    server: Server,
    authority: Option<String>,
}

impl Sandbox {
    /// Listens on 127.0.0.1 and answers from then on. Must be called inside a Tokio runtime.
    pub async fn start(options: SandboxOptions) -> Result<Self, StartError> {
        let port = options.port;
        let encrypted = options.tls;
        let shared = Arc::new(Shared::new(options)?);
        let identity = encrypted
            .then(|| server::identity(shared.now()))
            .transpose()
            .map_err(StartError::Certificate)?;
        let authority = identity.as_ref().map(|made| made.authority.clone());
        let server = Server::listen(Arc::clone(&shared), port, identity)
            .await
            .map_err(StartError::Listen)?;
        Ok(Self {
            shared,
            server,
            authority,
        })
    }

    /// `http://127.0.0.1:PORT`, without a trailing slash. The API is under `/api/1.0.0/`.
    pub fn base_url(&self) -> String {
        self.shared.base_url()
    }

    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// `https://127.0.0.1:PORT`, where [`SandboxOptions::tls`] asked for it: the same as behind [`Self::base_url`].
    pub fn encrypted_url(&self) -> Option<String> {
        let address = self.server.encrypted()?;
        Some(format!("https://{address}"))
    }

    /// The authority that the TLS port's certificate is to be checked against, PEM. Made at every start.
    pub fn authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// The accounts; the one-time code is the one wanted now.
    pub fn credentials(&self) -> Credentials {
        self.shared.world().credentials()
    }

    /// The process with an idClaim.
    pub fn process_uuid(&self) -> Uuid {
        self.credentials().process_uuid
    }

    /// The process without an idClaim.
    pub fn plain_process_uuid(&self) -> Uuid {
        self.credentials().plain_process_uuid
    }

    /// The line that the binary prints, without a line end.
    pub fn greeting(&self) -> String {
        crate::shared::greeting(
            &self.base_url(),
            self.encrypted_url().as_deref(),
            &self.credentials(),
        )
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.shared.now()
    }

    /// Pushes the clock forward; jobs that fall due on the way have run when this returns.
    pub fn advance(&self, by: Duration) -> DateTime<Utc> {
        self.shared
            .advance(u32::try_from(by.as_secs()).unwrap_or(u32::MAX))
    }

    pub fn requests(&self) -> Vec<RequestEntry> {
        self.shared.journal().entries()
    }

    pub fn clear_requests(&self) {
        self.shared.journal().clear();
    }

    pub fn counters(&self) -> Counters {
        self.shared.journal().counters.clone()
    }

    /// Plans a fault for the next `times` calls.
    pub fn fault(&self, endpoint: Target, times: u32, fault: Fault) {
        self.plan(PlannedFault {
            endpoint,
            times,
            skip: 0,
            fault,
        });
    }

    pub fn plan(&self, fault: PlannedFault) {
        self.shared.faults().add(fault);
    }

    pub fn clear_faults(&self) {
        self.shared.faults().clear();
    }

    pub fn switches(&self) -> Switches {
        self.shared.world().switches.clone()
    }

    /// Lays a JSON object of switches over the current ones.
    pub fn set_options(&self, changes: &Value) -> Result<(), String> {
        let mut world = self.shared.world();
        world.switches = world.switches.with(changes)?;
        Ok(())
    }

    pub fn enrollments(&self) -> Vec<EnrollmentView> {
        self.shared.enrollments()
    }

    pub fn enrollment(&self, id: i64) -> Option<EnrollmentView> {
        self.enrollments().into_iter().find(|view| view.id == id)
    }

    /// Ends a dossier as if the customer had, without a browser.
    pub fn finish(&self, id: i64, outcome: Outcome, causes: &[&str]) -> Result<(), Refusal> {
        let causes = causes.iter().map(|cause| (*cause).to_owned()).collect();
        self.shared.finish(id, outcome, causes)
    }

    /// Puts a file into a dossier as if the customer had uploaded it, byte for byte.
    pub fn upload(
        &self,
        id: i64,
        document_name: &str,
        page_number: u32,
        bytes: impl Into<bytes::Bytes>,
    ) -> Result<(), Refusal> {
        self.shared
            .upload(id, document_name, page_number, bytes.into())
    }

    /// From now on each of the two is answered with the other's idClaim.
    pub fn mix_up_claims(&self, one: i64, other: i64) {
        self.shared.world().mix_up_claims(one, other);
    }

    /// Ends every session at once: the next call with an old token gets 401.
    pub fn expire_tokens(&self) {
        self.shared.world().expire_sessions();
    }

    /// Every secret the sandbox has given out or planted so far.
    pub fn secrets(&self) -> Vec<PlantedSecret> {
        self.shared.world().secrets()
    }

    pub fn callbacks(&self) -> Vec<CallbackEntry> {
        self.shared.callbacks()
    }

    /// Closes the port and every open connection, and writes what is left to write.
    pub async fn stop(self) {
        let Self { shared, server, .. } = self;
        server.stop().await;
        shared.save();
    }
}
