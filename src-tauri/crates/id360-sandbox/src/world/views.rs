//! What the control API shows of the world.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::dossier::{Dossier, Status};

/// The two accounts of the sandbox and the process that has an idClaim: the line that the binary
/// prints, less `base_url`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    pub application: ApplicationCredentials,
    pub user: UserCredentials,
    /// The process with the idClaim (advanced signature).
    pub process_uuid: Uuid,
    /// The process without one.
    pub plain_process_uuid: Uuid,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationCredentials {
    pub username: String,
    pub password: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserCredentials {
    pub username: String,
    pub password: String,
    /// The six digits the user account wants now.
    pub otp: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("process_uuid", &self.process_uuid)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ApplicationCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApplicationCredentials(..)")
    }
}

impl std::fmt::Debug for UserCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UserCredentials(..)")
    }
}

/// One dossier as `GET /sandbox/enrollments` shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrollmentView {
    pub id: i64,
    pub status: Status,
    pub reason: Option<String>,
    pub causes: Vec<String>,
    pub api_key: String,
    pub client_reference: Option<String>,
    /// Where the browser goes at the end.
    pub browser_callback_url: String,
    pub last_name: Option<String>,
    pub first_name: Option<String>,
    pub process_uuid: Uuid,
    pub creation_time: DateTime<Utc>,
    pub starting_time: Option<DateTime<Utc>>,
    pub finished_time: Option<DateTime<Utc>>,
    /// One entry per received file.
    pub documents: Vec<DocumentView>,
    /// Names of the data pushed, with their values.
    pub expected: Vec<ExpectedView>,
}

impl std::fmt::Debug for EnrollmentView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnrollmentView")
            .field("id", &self.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentView {
    pub document_id: i64,
    pub name: String,
    pub page_number: u32,
    pub size: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Lower-case hexadecimal.
    pub md5: String,
    pub media_type: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedView {
    pub name: String,
    pub value: String,
    pub locked: bool,
}

/// A value that must not leave the program under test: `GET /sandbox/secrets`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlantedSecret {
    /// Where it comes from: `password`, `otp`, `token`, `api_key`, `callback_header`,
    /// `internal_api_key`, `internal_callback_url`, `worker_arn`, `browser_token`.
    pub kind: String,
    pub enrollment: Option<i64>,
    pub value: String,
}

impl std::fmt::Debug for PlantedSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PlantedSecret({})", self.kind)
    }
}

/// One delivery of a callback, or the reason why there was none: `GET /sandbox/callbacks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallbackEntry {
    pub at: DateTime<Utc>,
    pub enrollment: i64,
    pub url: String,
    /// The `status` of the payload.
    pub status: Status,
    /// The step it tells of; none for the final one.
    pub step: Option<String>,
    /// 1 for the first try; 0 when nothing was sent.
    pub attempt: u32,
    /// The HTTP status answered, a connection error, or «not sent: not loopback».
    pub result: String,
    pub delivered: bool,
}

impl EnrollmentView {
    pub(crate) fn of(dossier: &Dossier) -> Self {
        let pages = dossier.documents.iter().flat_map(|document| {
            document.pages.iter().map(|page| DocumentView {
                document_id: document.id,
                name: document.name.clone(),
                page_number: page.page_number,
                size: page.size,
                sha256: page.sha256.clone(),
                md5: page.md5.clone(),
                media_type: page.media_type.clone(),
            })
        });
        Self {
            id: dossier.id,
            status: dossier.status,
            reason: dossier.reason.clone(),
            causes: dossier.causes.clone(),
            api_key: dossier.api_key.clone(),
            client_reference: dossier.client_reference.clone(),
            browser_callback_url: dossier.browser_callback_url.clone(),
            last_name: dossier.given("last_name").map(str::to_owned),
            first_name: dossier.given("first_name").map(str::to_owned),
            process_uuid: dossier.process_uuid,
            creation_time: dossier.created,
            starting_time: dossier.started,
            finished_time: dossier.finished,
            documents: pages.collect(),
            expected: dossier
                .expected
                .iter()
                .map(|(name, datum)| ExpectedView {
                    name: name.clone(),
                    value: datum.value.clone(),
                    locked: datum.locked,
                })
                .collect(),
        }
    }
}
