//! The report, as JSON and as PDF, fresh and archived (facts §C.5, §D.3).

use std::fmt;

use bytes::Bytes;
use http::{Method, StatusCode};

use super::address;
use super::download::{DownloadError, Received, Receiver};
use crate::client::Client;
use crate::client::call::{Call, Credential};
use crate::client::intake::{Kept, Shape};
use crate::error::{ApiError, ApiErrorKind, Endpoint};
use crate::model::enrollment::EnrollmentId;

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

impl Client {
    /// The report of a finished dossier, or a draft where one is asked for by name.
    pub async fn report(
        &self,
        id: EnrollmentId,
        request: ReportRequest,
    ) -> Result<ReportAnswer, ApiError> {
        let url = address::report(self.environment(), id, request == ReportRequest::Draft);
        let call = Call {
            endpoint: Endpoint::Report,
            method: Method::GET,
            url,
            credential: Credential::Session,
            accept: "application/json",
            content: None,
            secrets: Vec::new(),
            cap: self.caps().report,
        };
        let mut kept = Kept::new(Shape::JsonObject);
        let done = self
            .calls()
            .run(call, &mut kept)
            .await
            .map_err(|failure| failure.error)?;
        Ok(match done.status {
            StatusCode::ACCEPTED => ReportAnswer::NotReady,
            _ => ReportAnswer::Report(Bytes::from(kept.bytes)),
        })
    }

    /// The report of a dossier that left the active base; user accounts only. Its format is not public, so only a
    /// page in its place is refused.
    pub async fn archived_report(&self, id: EnrollmentId) -> Result<Bytes, ApiError> {
        let endpoint = Endpoint::ArchivedReport;
        let template = self.environment().paths().archived_report.as_deref();
        let call = Call {
            endpoint,
            method: Method::GET,
            url: self.optional_address(endpoint, template, "{id}", &id.to_string())?,
            credential: Credential::Session,
            accept: "application/json",
            content: None,
            secrets: Vec::new(),
            cap: self.caps().report,
        };
        let mut kept = Kept::new(Shape::NotHtml);
        self.calls()
            .run(call, &mut kept)
            .await
            .map_err(|failure| failure.error)?;
        Ok(Bytes::from(kept.bytes))
    }

    /// The report as PDF.
    pub async fn report_pdf(
        &self,
        id: EnrollmentId,
        into: &mut dyn Receiver,
    ) -> Result<Received, DownloadError> {
        let endpoint = Endpoint::ReportPdf;
        let template = self.environment().paths().report_pdf.as_deref();
        let url = self.optional_address(endpoint, template, "{id}", &id.to_string())?;
        self.download(endpoint, url, self.caps().report_pdf, into)
            .await
    }

    /// A path of the settings, filled.
    pub(super) fn optional_address(
        &self,
        endpoint: Endpoint,
        template: Option<&str>,
        place: &str,
        value: &str,
    ) -> Result<url::Url, ApiError> {
        template
            .and_then(|template| address::optional(self.environment(), template, place, value))
            .ok_or_else(|| ApiError::new(ApiErrorKind::NotConfigured, endpoint))
    }
}
