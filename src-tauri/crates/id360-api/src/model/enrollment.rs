//! Creating a dossier: what is sent, and what comes back (facts §C.3).

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

use super::{json as lenient, recovery, status::Status, time::parse_time};
use crate::error::ReadError;

/// Number of a dossier at ID360.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnrollmentId(pub i64);

impl fmt::Display for EnrollmentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for EnrollmentId {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim().parse().map(Self)
    }
}

/// A header ID360 sends with its notifications.
#[derive(Clone, Debug)]
pub struct CallbackHeader {
    pub name: String,
    pub value: SecretString,
}

/// Where ID360 notifies, and for which letters (facts §E.1; their meaning is not public).
#[derive(Clone, Debug, Default)]
pub struct CallbackEndpoint {
    pub url: String,
    /// `E`, `F`, `C`; empty = presumably everything.
    pub on: Vec<String>,
    pub headers: Vec<CallbackHeader>,
}

/// Body of the create call (facts §C.3). An absent value is not sent.
#[derive(Clone, Default)]
pub struct CreateEnrollment {
    /// Where the end user's browser goes at the end.
    pub browser_callback_url: String,
    pub callback_endpoints: Vec<CallbackEndpoint>,
    pub client_reference: Option<String>,
    pub last_name: Option<String>,
    pub first_name: Option<String>,
    pub email: Option<String>,
    pub address_line_1: Option<String>,
    pub address_line_2: Option<String>,
    pub address_line_3: Option<String>,
    pub zip_code: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    pub phone_number: Option<String>,
    /// Label of the consumption export.
    pub group: Option<String>,
    /// E.164; sent as `custom_data.authenticators.phone_number`, for processes that produce an idClaim.
    pub authenticator_phone_number: Option<String>,
}

impl fmt::Debug for CreateEnrollment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CreateEnrollment")
            .field("callback_endpoints", &self.callback_endpoints.len())
            .finish_non_exhaustive()
    }
}

impl CreateEnrollment {
    /// The JSON that is sent, callback header values in clear.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        let mut body = Map::new();
        body.insert(
            "browser_callback_url".into(),
            json!(self.browser_callback_url),
        );
        let endpoints = self.callback_endpoints.iter().map(|endpoint| {
            let headers = endpoint.headers.iter().map(
                |header| json!({ "name": header.name, "value": header.value.expose_secret() }),
            );
            json!({
                "url": endpoint.url,
                "on": endpoint.on,
                "headers": headers.collect::<Vec<_>>(),
            })
        });
        body.insert(
            "callback_endpoints".into(),
            Value::Array(endpoints.collect()),
        );
        let texts = [
            ("client_reference", &self.client_reference),
            ("last_name", &self.last_name),
            ("first_name", &self.first_name),
            ("email", &self.email),
            ("address_line_1", &self.address_line_1),
            ("address_line_2", &self.address_line_2),
            ("address_line_3", &self.address_line_3),
            ("zip_code", &self.zip_code),
            ("city", &self.city),
            ("country", &self.country),
            ("phone_number", &self.phone_number),
            ("group", &self.group),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                body.insert(name.into(), json!(value));
            }
        }
        if let Some(number) = &self.authenticator_phone_number {
            body.insert(
                "custom_data".into(),
                json!({ "authenticators": { "phone_number": number } }),
            );
        }
        Value::Object(body).to_string().into_bytes()
    }

    pub(crate) fn secrets(&self) -> impl Iterator<Item = &SecretString> {
        self.callback_endpoints
            .iter()
            .flat_map(|e| &e.headers)
            .map(|header| &header.value)
    }
}

/// A dossier as the create call answers it (facts §C.3).
#[derive(Clone, Debug)]
pub struct Enrollment {
    pub id: EnrollmentId,
    /// Opens the end user's pages; absent from a dossier that was not made here.
    pub api_key: Option<SecretString>,
    pub status: Status,
    /// Number of the process, not its UUID.
    pub process: Option<i64>,
    pub client_reference: Option<String>,
    pub reason: Option<String>,
    pub creation_time: Option<DateTime<Utc>>,
    pub starting_time: Option<DateTime<Utc>>,
    pub finished_time: Option<DateTime<Utc>>,
}

impl Enrollment {
    /// Reads an answer of the create call. Puts up with a byte-order mark, an id in quotes, the stray `;` of the
    /// guide, missing and mistyped fields; only the id must be there.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        let object = match lenient::object(bytes) {
            Ok(object) => object,
            Err(error) => lenient::object(&recovery::without_stray_semicolons(bytes))
                .map_err(|_| ReadError::from(error))?,
        };
        let text = |name: &str| object.get(name).and_then(lenient::text);
        let time = |name: &str| text(name).as_deref().and_then(parse_time);
        let id = object
            .get("id")
            .and_then(lenient::integer)
            .ok_or_else(|| ReadError::new("$.id", "no number of a dossier"))?;
        Ok(Self {
            id: EnrollmentId(id),
            api_key: text("api_key")
                .filter(|key| !key.trim().is_empty())
                .map(trimmed),
            status: text("status").as_deref().map_or(Status::New, Status::from),
            process: object.get("process").and_then(lenient::integer),
            client_reference: text("client_reference"),
            reason: text("reason"),
            creation_time: time("creation_time"),
            starting_time: time("starting_time"),
            finished_time: time("finished_time"),
        })
    }

    /// Finds the id, and the `api_key` when all of it arrived, in bytes that are cut or not JSON.
    pub fn recover(bytes: &[u8]) -> Option<(EnrollmentId, Option<SecretString>)> {
        let found = recovery::scan(bytes);
        Some((EnrollmentId(found.id?), found.api_key.map(trimmed)))
    }

    /// The `api_key` alone, when all of it arrived, even where the id did not.
    pub fn recover_api_key(bytes: &[u8]) -> Option<SecretString> {
        recovery::scan(bytes).api_key.map(trimmed)
    }
}

fn trimmed(key: String) -> SecretString {
    SecretString::from(key.trim().to_owned())
}
