//! Calls, one file per group of facts §C.

use std::fmt;
use std::io;

use bytes::Bytes;

use crate::error::ApiError;

/// Which report to ask for (facts §C.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportRequest {
    /// Not ready until the dossier is final.
    Final,
    /// A temporary report. It may slow down or block the end user: never polled, never by default.
    Draft,
}

/// Answer of the report call.
#[derive(Clone, PartialEq, Eq)]
pub enum ReportAnswer {
    /// 202: the dossier is not finished. Neither an error nor a reason to ask again soon.
    NotReady,
    /// The report, byte for byte.
    Report(Bytes),
}

impl fmt::Debug for ReportAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReady => formatter.write_str("NotReady"),
            Self::Report(bytes) => write!(formatter, "Report({} bytes)", bytes.len()),
        }
    }
}

/// What a dossier expects from its end user (facts §C.6).
#[derive(Clone)]
pub struct EnrollmentInfo {
    pub raw: Bytes,
    /// Names of the expected data, as far as they can be told from the answer, whose shape is not public.
    pub names: Vec<String>,
}

impl fmt::Debug for EnrollmentInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EnrollmentInfo")
            .field("names", &self.names)
            .finish_non_exhaustive()
    }
}

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
