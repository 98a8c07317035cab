//! The client: its options, its session, and how calls leave.

pub mod call;
pub mod intake;
mod limiter;
mod network;
mod options;
mod retry;
mod session;
pub mod transport;
mod wire;

use std::fmt;
use std::sync::Arc;

use chrono::TimeDelta;
use secrecy::SecretString;
use tokio::sync::watch;

use self::call::Calls;
use self::limiter::Haste;
use self::network::NetworkTransport;
use self::retry::Budget;
use self::session::Session;
use self::transport::Transport;
use self::wire::Wire;
use crate::account::{Account, AccountKind};
use crate::endpoints::address;
use crate::environment::Environment;
use crate::error::ApiError;

pub use options::{Caps, ClientOptions, Places, Timeouts};
pub use session::SessionState;

/// A client of one environment for one account. Clones share the session.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    environment: Environment,
    caps: Caps,
    calls: Calls,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("host", &self.inner.environment.host())
            .field("account", &self.account_kind())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client on the real network. Sends nothing yet.
    pub fn new(
        environment: Environment,
        account: Account,
        options: ClientOptions,
    ) -> Result<Self, ApiError> {
        let transport = NetworkTransport::new(&environment, &options.timeouts)?;
        Ok(Self::with_transport(
            environment,
            account,
            options,
            Arc::new(transport),
        ))
    }

    /// A client on another carrier of requests, such as a script in a test.
    pub fn with_transport(
        environment: Environment,
        account: Account,
        options: ClientOptions,
        transport: Arc<dyn Transport>,
    ) -> Self {
        let ClientOptions {
            clock,
            timeouts,
            caps,
            places: Places(limiter),
        } = options;
        let wire = Arc::new(Wire::new(transport, timeouts, Arc::clone(&clock)));
        let session = Session::new(
            account,
            address::login(&environment),
            address::whoami(&environment),
            caps.login,
            Arc::clone(&wire),
            Arc::clone(&clock),
        );
        let calls = Calls {
            wire,
            session,
            clock,
            limiter,
            budget: Arc::new(Budget::full()),
            haste: Haste::Awaited,
        };
        Self {
            inner: Arc::new(Inner {
                environment,
                caps,
                calls,
            }),
        }
    }

    /// The same client for calls that no person waits for: they share the session and the limits, never take the
    /// last free place, and let every other call go first.
    pub fn in_background(&self) -> Self {
        let calls = Calls {
            haste: Haste::Background,
            ..self.inner.calls.clone()
        };
        Self {
            inner: Arc::new(Inner {
                environment: self.inner.environment.clone(),
                caps: self.inner.caps.clone(),
                calls,
            }),
        }
    }

    /// A person signs in: exactly one attempt, whatever happened before. A session that still counts is kept. The
    /// code of a user account is used once and not stored.
    pub async fn sign_in(&self, code: Option<SecretString>) -> Result<(), ApiError> {
        self.session_owner().sign_in(code).await
    }

    /// Forgets the token. Nothing signs in again before [`Client::sign_in`].
    pub fn sign_out(&self) {
        self.session_owner().sign_out();
    }

    pub fn environment(&self) -> &Environment {
        &self.inner.environment
    }

    pub fn account_kind(&self) -> AccountKind {
        self.session_owner().account().kind
    }

    pub fn session(&self) -> SessionState {
        self.session_owner().state()
    }

    /// Changes of the session's state; the time in `HeldBack` is that of the change.
    pub fn watch_session(&self) -> watch::Receiver<SessionState> {
        self.session_owner().watch()
    }

    /// Keeps an open session alive: whoami 13 minutes after the last call that ID360 accepted, and first thing after
    /// the machine slept (facts §B.2). Never ends: spawn it while there is work or an open session of a person, and
    /// abort it afterwards.
    pub async fn keep_alive(&self) {
        self.session_owner().keep_alive().await;
    }

    /// How far ID360's clock is ahead of ours, from the last answer that carried a date.
    pub fn server_clock_offset(&self) -> Option<TimeDelta> {
        self.inner.calls.wire.server_clock_offset()
    }

    pub(crate) fn calls(&self) -> &Calls {
        &self.inner.calls
    }

    pub(crate) fn caps(&self) -> &Caps {
        &self.inner.caps
    }

    fn session_owner(&self) -> &Arc<Session> {
        &self.inner.calls.session
    }
}
