//! The snapshot behind the token of a browser's return (facts §C.5, §E.5).

use bytes::Bytes;
use http::Method;
use secrecy::{ExposeSecret, SecretString};

use crate::client::Client;
use crate::client::call::{Call, Credential};
use crate::client::intake::{Kept, Shape};
use crate::error::{ApiError, Endpoint};

impl Client {
    /// The snapshot this token opens. ID360 honours a token once, so this is sent once. The token is the whole
    /// credential: the session's stays at home.
    pub async fn enrollment_status(&self, token: &SecretString) -> Result<Bytes, ApiError> {
        let endpoint = Endpoint::EnrollmentStatus;
        let template = self.environment().paths().enrollment_status.as_deref();
        let url = self.optional_address(endpoint, template, "{token}", token.expose_secret())?;
        let call = Call {
            endpoint,
            method: Method::GET,
            url,
            credential: Credential::Address,
            accept: "application/json",
            content: None,
            secrets: vec![token.clone()],
            cap: self.caps().report,
        };
        let mut kept = Kept::new(Shape::NotHtml);
        self.calls()
            .run(call, &mut kept)
            .await
            .map_err(|failure| failure.error)?;
        Ok(Bytes::from(kept.bytes))
    }
}
