//! One dossier: what was asked, what the customer gave, where it stands.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Statuses of facts §D.1, spelled as ID360 spells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    New,
    Started,
    Ok,
    Ko,
    Failed,
    Canceled,
    Discontinued,
    Deleted,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "NEW",
            Self::Started => "STARTED",
            Self::Ok => "OK",
            Self::Ko => "KO",
            Self::Failed => "FAILED",
            Self::Canceled => "CANCELED",
            Self::Discontinued => "DISCONTINUED",
            Self::Deleted => "DELETED",
        }
    }

    /// Whether nothing but deletion can follow.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::New | Self::Started)
    }

    pub fn is_verdict(self) -> bool {
        matches!(self, Self::Ok | Self::Ko)
    }
}

/// How a dossier ends, as chosen on the customer's page or through the control API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Outcome {
    Ok,
    Ko,
    Failed,
    Canceled,
}

impl Outcome {
    pub(crate) fn status(self) -> Status {
        match self {
            Self::Ok => Status::Ok,
            Self::Ko => Status::Ko,
            Self::Failed => Status::Failed,
            Self::Canceled => Status::Canceled,
        }
    }
}

/// A datum pushed through `control/data/{name}` (facts §C.4).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Expected {
    pub value: String,
    pub locked: bool,
}

/// One received file. The bytes live beside, under (document id, page number).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Page {
    pub page_number: u32,
    pub size: u64,
    pub md5: String,
    pub sha256: String,
    pub media_type: String,
}

/// A document of the report: `id_document_image`, `selfie_image`…
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Document {
    pub id: i64,
    pub name: String,
    pub pages: Vec<Page>,
}

/// The verdict is decided but the processing still runs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub outcome: Outcome,
    pub since: DateTime<Utc>,
    pub due: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CallbackHeader {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CallbackEndpoint {
    pub url: String,
    pub on: Vec<String>,
    pub headers: Vec<CallbackHeader>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Dossier {
    pub id: i64,
    pub api_key: String,
    pub process_uuid: Uuid,
    pub creator: String,
    pub status: Status,
    pub reason: Option<String>,
    /// OK or KO, kept when the dossier becomes DELETED: it decides whether an archive exists.
    pub verdict: Option<Status>,
    pub causes: Vec<String>,
    pub created: DateTime<Utc>,
    pub started: Option<DateTime<Utc>>,
    pub finished: Option<DateTime<Utc>>,
    pub browser_callback_url: String,
    pub callback_endpoints: Vec<CallbackEndpoint>,
    pub callback_url: Option<String>,
    pub callback_headers: Vec<CallbackHeader>,
    pub client_reference: Option<String>,
    /// The informative fields of the create call, as they came (facts §C.3).
    pub given: BTreeMap<String, String>,
    pub custom_data: Map<String, Value>,
    pub expected: BTreeMap<String, Expected>,
    /// An SMS that waits for the page to be opened (facts §J.21).
    pub sms_waiting: bool,
    pub consent: Option<DateTime<Utc>>,
    pub accepted_biometry: bool,
    pub documents: Vec<Document>,
    pub pending: Option<Pending>,
    pub browser_token: Option<String>,
    pub browser_token_spent: bool,
}

impl std::fmt::Debug for Dossier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dossier")
            .field("id", &self.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Dossier {
    /// When the windows of facts §D.3 begin to run.
    pub(crate) fn window_start(&self) -> DateTime<Utc> {
        self.finished.unwrap_or(self.created)
    }

    pub(crate) fn document(&self, name: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.name == name)
    }

    pub(crate) fn given(&self, field: &str) -> Option<&str> {
        self.given
            .get(field)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    }

    /// `custom_data.authenticators.phone_number`, or else the informative phone number.
    pub(crate) fn phone_number(&self) -> Option<&str> {
        self.custom_data
            .get("authenticators")
            .and_then(|group| group.get("phone_number"))
            .and_then(Value::as_str)
            .or_else(|| self.given("phone_number"))
    }
}
