//! The account's own calls (facts §C.1); login belongs to the session.

use http::Method;

use super::address;
use crate::client::Client;
use crate::client::call::{Call, Credential};
use crate::client::intake::{Kept, Shape};
use crate::error::{ApiError, Endpoint};

impl Client {
    /// Asks ID360 whether the session counts, and makes it count for another 15 minutes.
    pub async fn whoami(&self) -> Result<(), ApiError> {
        let call = Call {
            endpoint: Endpoint::Whoami,
            method: Method::GET,
            url: address::whoami(self.environment()),
            credential: Credential::Session,
            accept: "application/json",
            content: None,
            secrets: Vec::new(),
            cap: self.caps().create,
        };
        // Only the status means something (facts §J.28).
        let outcome = self
            .calls()
            .run(call, &mut Kept::new(Shape::Anything))
            .await;
        outcome.map(|_| ()).map_err(|failure| failure.error)
    }
}
