//! Interrupting a dossier: a GET that changes state (facts §C.5, §J.23).

use http::Method;

use super::address;
use crate::client::Client;
use crate::client::call::{Call, Credential, Proof};
use crate::client::intake::{Kept, Shape};
use crate::error::{ApiError, Endpoint};
use crate::model::enrollment::EnrollmentId;

/// What became of an interruption.
#[derive(Debug, thiserror::Error)]
pub enum DiscontinueError {
    #[error("not processed: {0}")]
    NotProcessed(ApiError),
    #[error("refused: {0}")]
    Refused(ApiError),
    /// Read the state of the dossier before anything else (facts §J.23).
    #[error("unconfirmed: {0}")]
    Unconfirmed(ApiError),
}

impl Client {
    /// Interrupts a dossier for good. Sent once, whatever happens.
    pub async fn discontinue(&self, id: EnrollmentId) -> Result<(), DiscontinueError> {
        let call = Call {
            endpoint: Endpoint::Discontinue,
            method: Method::GET,
            url: address::discontinue(self.environment(), id),
            credential: Credential::Session,
            accept: "*/*",
            content: None,
            secrets: Vec::new(),
            cap: self.caps().create,
        };
        match self
            .calls()
            .run(call, &mut Kept::new(Shape::Anything))
            .await
        {
            Ok(_) => Ok(()),
            Err(failure) => Err(match failure.proof {
                Proof::NotProcessed => DiscontinueError::NotProcessed(failure.error),
                Proof::Refused => DiscontinueError::Refused(failure.error),
                Proof::Nothing => DiscontinueError::Unconfirmed(failure.error),
            }),
        }
    }
}
