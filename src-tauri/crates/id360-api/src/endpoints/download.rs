//! Files that are handed on as they arrive.

use std::io;

use http::Method;
use url::Url;

use crate::client::Client;
use crate::client::call::{Call, Credential};
use crate::client::intake::Handed;
use crate::error::{ApiError, Endpoint};

/// Takes a download as it arrives.
pub trait Receiver: Send {
    /// A new attempt starts: forget what came before. `announced` is the length the server promises, in bytes.
    fn restart(&mut self, announced: Option<u64>) -> io::Result<()>;
    fn receive(&mut self, chunk: &[u8]) -> io::Result<()>;
}

impl Receiver for Vec<u8> {
    fn restart(&mut self, _announced: Option<u64>) -> io::Result<()> {
        self.clear();
        Ok(())
    }

    fn receive(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.extend_from_slice(chunk);
        Ok(())
    }
}

/// A download that arrived whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// What the server says it is; sniff the bytes instead of believing it.
    pub content_type: Option<String>,
    pub length: u64,
}

/// Why a download did not arrive.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The receiver failed; nothing was asked again.
    #[error("receiver: {0}")]
    Receiver(#[source] io::Error),
}

impl Client {
    pub(super) async fn download(
        &self,
        endpoint: Endpoint,
        url: Url,
        cap: u64,
        into: &mut dyn Receiver,
    ) -> Result<Received, DownloadError> {
        let call = Call {
            endpoint,
            method: Method::GET,
            url,
            credential: Credential::Session,
            // Facts §J.25: the documented value is misspelt and does not matter.
            accept: "*/*",
            content: None,
            secrets: Vec::new(),
            cap,
        };
        match self.calls().run(call, &mut Handed(into)).await {
            Ok(done) => Ok(Received {
                content_type: done.content_type,
                length: done.length,
            }),
            Err(failure) => Err(match failure.receiver {
                Some(error) => DownloadError::Receiver(error),
                None => DownloadError::Api(failure.error),
            }),
        }
    }
}
