//! Calls, one file per group of facts §C.

mod account;
pub mod address;
mod discontinue;
mod document;
mod download;
mod enrollment;
mod expected_data;
mod flow;
mod idclaim;
mod report;
mod status;

pub use discontinue::DiscontinueError;
pub use download::{DownloadError, Received, Receiver};
pub use expected_data::PushError;
pub use flow::EnrollmentInfo;
pub use report::{ReportAnswer, ReportRequest};
