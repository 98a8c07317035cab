//! The ASiC-E container of an advanced signature (facts §I).

use super::address;
use super::download::{DownloadError, Received, Receiver};
use crate::client::Client;
use crate::error::Endpoint;
use crate::model::enrollment::EnrollmentId;

impl Client {
    /// The idClaim of a dossier, byte for byte. 404 where its process makes none.
    pub async fn idclaim(
        &self,
        id: EnrollmentId,
        into: &mut dyn Receiver,
    ) -> Result<Received, DownloadError> {
        let url = address::idclaim(self.environment(), id);
        self.download(Endpoint::Idclaim, url, self.caps().idclaim, into)
            .await
    }
}
