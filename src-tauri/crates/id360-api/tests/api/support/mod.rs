//! Scripts of ID360 that share no code with the client or the sandbox.

pub mod audit;
pub mod clock;
pub mod raw;
pub mod script;

use std::sync::Arc;
use std::time::Duration;

use id360_api::*;
use secrecy::SecretString;

pub const PASSWORD: &str = "mot-de-passe-canari-7f3a";

pub fn application() -> Account {
    Account {
        kind: AccountKind::Application,
        username: "application-exemple".into(),
        password: SecretString::from(PASSWORD),
    }
}

pub fn person() -> Account {
    Account {
        kind: AccountKind::User,
        username: "ondine.valmontel@exemple.test".into(),
        password: SecretString::from(PASSWORD),
    }
}

/// Time limits short enough for a test on a real socket.
pub fn short_timeouts() -> Timeouts {
    Timeouts {
        connect: Duration::from_secs(1),
        headers: Duration::from_millis(400),
        idle: Duration::from_millis(300),
        grace: Duration::from_millis(500),
        slowest: 1 << 20,
    }
}

pub fn options(clock: Arc<dyn Clock>) -> ClientOptions {
    ClientOptions {
        clock,
        ..ClientOptions::default()
    }
}

/// A numbered process, so that every create of a test is a call of its own.
pub fn process(number: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(number)
}
