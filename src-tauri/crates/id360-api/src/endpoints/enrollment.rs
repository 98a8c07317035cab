//! Creating a dossier (facts §C.3, quality 1.3).

use bytes::Bytes;
use http::Method;
use uuid::Uuid;

use super::address;
use crate::client::Client;
use crate::client::call::{Call, Credential, Proof};
use crate::client::intake::{Kept, Shape};
use crate::error::{CreateError, Endpoint};
use crate::model::enrollment::CreateEnrollment;

impl Client {
    /// Creates a dossier and returns the raw answer, to be stored before anything reads it
    /// ([`crate::Enrollment::read`]). Sent once; a second time only if ID360 refused the token, and then once.
    pub async fn create_enrollment(
        &self,
        process_uuid: &Uuid,
        body: &CreateEnrollment,
    ) -> Result<Bytes, CreateError> {
        let call = Call {
            endpoint: Endpoint::CreateEnrollment,
            method: Method::POST,
            url: address::create(self.environment(), process_uuid),
            credential: Credential::Session,
            accept: "application/json",
            content: Some(("application/json", Bytes::from(body.to_json()))),
            secrets: body.secrets().cloned().collect(),
            cap: self.caps().create,
        };
        let mut kept = Kept::new(Shape::Anything);
        match self.calls().run(call, &mut kept).await {
            Ok(_) => Ok(Bytes::from(kept.bytes)),
            Err(failure) => Err(match failure.proof {
                Proof::NotProcessed => CreateError::NotProcessed(failure.error),
                Proof::Refused => CreateError::Refused(failure.error),
                Proof::Nothing => CreateError::OutcomeUnknown {
                    error: failure.error,
                    received: match kept.bytes.is_empty() {
                        true => failure.received,
                        false => Bytes::from(kept.bytes),
                    },
                },
            }),
        }
    }
}
