//! Calls with the key of one dossier (facts §C.6).

use std::fmt;

use bytes::Bytes;
use http::Method;
use secrecy::SecretString;
use serde_json::Value;

use super::address;
use crate::client::Client;
use crate::client::call::{Call, Credential};
use crate::client::intake::{Kept, Shape};
use crate::error::{ApiError, Endpoint};
use crate::model::json;

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

impl Client {
    /// What this dossier expects from its end user.
    pub async fn enrollment_info(
        &self,
        api_key: &SecretString,
    ) -> Result<EnrollmentInfo, ApiError> {
        let call = Call {
            endpoint: Endpoint::EnrollmentInfo,
            method: Method::GET,
            url: address::enrollment_info(self.environment()),
            credential: Credential::ApiKey(api_key.clone()),
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
        let names = names_in(&kept.bytes);
        Ok(EnrollmentInfo {
            raw: Bytes::from(kept.bytes),
            names,
        })
    }
}

/// Names of data in an answer of unknown shape: texts and `name` members of lists, and names of members that say
/// what they expect, under any member whose name speaks of data.
fn names_in(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    if let Ok(value) = serde_json::from_slice::<Value>(json::without_mark(bytes)) {
        match &value {
            Value::Array(_) => collect(&value, &mut names),
            Value::Object(object) => object
                .iter()
                .filter(|(name, _)| {
                    let name = name.to_ascii_lowercase();
                    ["data", "control", "expected", "field"]
                        .iter()
                        .any(|word| name.contains(word))
                })
                .for_each(|(_, part)| collect(part, &mut names)),
            _ => {}
        }
    }
    names
}

fn collect(part: &Value, names: &mut Vec<String>) {
    let mut add = |name: &str| {
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    match part {
        Value::Array(entries) => {
            for entry in entries {
                let name = entry.as_str().or_else(|| {
                    ["name", "data_name", "key"]
                        .iter()
                        .find_map(|key| entry.get(*key)?.as_str())
                });
                name.into_iter().for_each(&mut add);
            }
        }
        Value::Object(object) => object.keys().for_each(|name| add(name)),
        _ => {}
    }
}
