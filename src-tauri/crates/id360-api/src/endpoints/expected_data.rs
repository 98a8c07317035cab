//! Data ID360 compares with what it reads (facts §C.4).

use bytes::Bytes;
use http::Method;
use secrecy::SecretString;

use super::address;
use crate::client::Client;
use crate::client::call::{Call, Credential, Proof};
use crate::client::intake::{Kept, Shape};
use crate::error::{ApiError, ApiErrorKind, Endpoint};
use crate::model::enrollment::EnrollmentId;

/// What became of pushed data. Only `NotProcessed` may be sent again: the value may be locked by now.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    #[error("not processed: {0}")]
    NotProcessed(ApiError),
    #[error("refused: {0}")]
    Refused(ApiError),
    #[error("outcome unknown: {0}")]
    OutcomeUnknown(ApiError),
}

impl Client {
    /// Pushes one expected value, as it is, in UTF-8. `locked` freezes it. For `phone_number`, `auto` decides when
    /// an SMS leaves (facts §J.21): `None` leaves the choice to ID360. Never sent twice by itself.
    pub async fn push_expected(
        &self,
        id: EnrollmentId,
        name: &str,
        value: &str,
        locked: bool,
        auto: Option<bool>,
    ) -> Result<(), PushError> {
        let endpoint = Endpoint::PushExpected;
        let Some(url) = address::push(self.environment(), id, name, locked, auto) else {
            let error = ApiError::new(ApiErrorKind::Internal, endpoint)
                .with_detail("this name cannot stand in a path");
            return Err(PushError::NotProcessed(error));
        };
        let call = Call {
            endpoint,
            method: Method::POST,
            url,
            credential: Credential::Session,
            accept: "application/json",
            content: Some(("text/plain; charset=utf-8", Bytes::from(value.to_owned()))),
            // Personal data, and an answer that refuses it may quote it.
            secrets: vec![SecretString::from(value.to_owned())],
            cap: self.caps().create,
        };
        match self
            .calls()
            .run(call, &mut Kept::new(Shape::Anything))
            .await
        {
            Ok(_) => Ok(()),
            Err(failure) => Err(match failure.proof {
                Proof::NotProcessed => PushError::NotProcessed(failure.error),
                Proof::Refused => PushError::Refused(failure.error),
                Proof::Nothing => PushError::OutcomeUnknown(failure.error),
            }),
        }
    }
}
