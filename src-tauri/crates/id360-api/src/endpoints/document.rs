//! Pages of documents (facts §C.5).

use super::address;
use super::download::{DownloadError, Received, Receiver};
use crate::client::Client;
use crate::error::{ApiError, ApiErrorKind, Endpoint};

impl Client {
    /// One page of a document: 0 is the front, 1 the back. `document_id` is digits; anything else is refused here.
    pub async fn document_page(
        &self,
        document_id: &str,
        page: u32,
        into: &mut dyn Receiver,
    ) -> Result<Received, DownloadError> {
        let endpoint = Endpoint::DocumentPage;
        let url = address::document_page(self.environment(), document_id, page);
        let url = url.ok_or_else(|| {
            ApiError::new(ApiErrorKind::Internal, endpoint).with_detail("not a document id")
        })?;
        self.download(endpoint, url, self.caps().document, into)
            .await
    }
}
