//! Creating a dossier (facts §C.3).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use url::Url;
use uuid::Uuid;

use super::dossier::{CallbackEndpoint, CallbackHeader, Dossier, Status};
use super::{Account, World};
use crate::refusal::Refusal;

/// The informative fields: never checked, echoed in the report.
const INFORMATIVE: [&str; 11] = [
    "last_name",
    "first_name",
    "email",
    "address_line_1",
    "address_line_2",
    "address_line_3",
    "zip_code",
    "city",
    "country",
    "phone_number",
    "group",
];

/// A create body that could be read.
#[derive(Debug)]
pub(crate) struct CreateRequest {
    browser_callback_url: String,
    callback_endpoints: Option<Vec<CallbackEndpoint>>,
    callback_url: Option<String>,
    callback_headers: Vec<CallbackHeader>,
    client_reference: Option<String>,
    given: BTreeMap<String, String>,
    custom_data: Map<String, Value>,
}

impl CreateRequest {
    pub(crate) fn read(body: &[u8]) -> Result<Self, Refusal> {
        let value: Value = serde_json::from_slice(body)
            .map_err(|error| Refusal::bad_request(format!("JSON parse error - {error}")))?;
        let Value::Object(body) = value else {
            return Err(Refusal::bad_request("Invalid data. Expected a dictionary."));
        };
        let browser_callback_url = text(&body, "browser_callback_url")?
            .ok_or_else(|| Refusal::bad_request("browser_callback_url: This field is required."))?;
        url("browser_callback_url", &browser_callback_url)?;
        let callback_url = text(&body, "callback_url")?;
        if let Some(address) = &callback_url {
            url("callback_url", address)?;
        }
        let mut given = BTreeMap::new();
        for field in INFORMATIVE {
            if let Some(value) = text(&body, field)? {
                given.insert(field.to_owned(), value);
            }
        }
        let custom_data = match body.get("custom_data") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(data)) => data.clone(),
            Some(_) => return Err(Refusal::bad_request("custom_data: Expected a dictionary.")),
        };
        Ok(Self {
            browser_callback_url,
            callback_endpoints: endpoints(body.get("callback_endpoints"))?,
            callback_url,
            callback_headers: legacy_headers(body.get("callback_headers"))?,
            client_reference: text(&body, "client_reference")?,
            given,
            custom_data,
        })
    }
}

fn text(body: &Map<String, Value>, field: &str) -> Result<Option<String>, Refusal> {
    match body.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Refusal::bad_request(format!(
            "{field}: Not a valid string."
        ))),
    }
}

fn url(field: &str, address: &str) -> Result<(), Refusal> {
    match Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(()),
        _ => Err(Refusal::bad_request(format!("{field}: Enter a valid URL."))),
    }
}

fn endpoints(value: Option<&Value>) -> Result<Option<Vec<CallbackEndpoint>>, Refusal> {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let wrong =
        || Refusal::bad_request("callback_endpoints: Expected a list of {url, on, headers}.");
    let mut endpoints = Vec::new();
    for item in value.as_array().ok_or_else(wrong)? {
        let address = item.get("url").and_then(Value::as_str).ok_or_else(wrong)?;
        url("callback_endpoints", address)?;
        let on = match item.get("on") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(letters)) => letters
                .iter()
                .map(|letter| letter.as_str().map(str::to_owned).ok_or_else(wrong))
                .collect::<Result<_, _>>()?,
            Some(_) => return Err(wrong()),
        };
        if let Some(letter) = on
            .iter()
            .find(|letter| !["E", "F", "C"].contains(&letter.as_str()))
        {
            return Err(Refusal::bad_request(format!(
                "\"{letter}\" is not a valid choice."
            )));
        }
        let mut headers = Vec::new();
        for header in item
            .get("headers")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let part = |name| header.get(name).and_then(Value::as_str).map(str::to_owned);
            match (part("name"), part("value")) {
                (Some(name), Some(value)) => headers.push(CallbackHeader { name, value }),
                _ => return Err(wrong()),
            }
        }
        endpoints.push(CallbackEndpoint {
            url: address.to_owned(),
            on,
            headers,
        });
    }
    Ok(Some(endpoints))
}

fn legacy_headers(value: Option<&Value>) -> Result<Vec<CallbackHeader>, Refusal> {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return Ok(Vec::new());
    };
    let wrong = || Refusal::bad_request("callback_headers: Expected a dictionary of strings.");
    value
        .as_object()
        .ok_or_else(wrong)?
        .iter()
        .map(|(name, value)| {
            let value = value.as_str().ok_or_else(wrong)?.to_owned();
            Ok(CallbackHeader {
                name: name.clone(),
                value,
            })
        })
        .collect()
}

impl World {
    /// Makes the dossier and gives its id.
    pub(crate) fn create(
        &mut self,
        account: Account,
        process_uuid: Uuid,
        request: CreateRequest,
        now: DateTime<Utc>,
    ) -> Result<i64, Refusal> {
        if self.process(process_uuid).is_none() {
            return Err(Refusal::not_found());
        }
        let addressed = request.callback_endpoints.is_some() || request.callback_url.is_some();
        if self.switches.strict_callbacks && !addressed {
            return Err(Refusal::bad_request(
                "callback_endpoints: This field is required.",
            ));
        }
        let id = self.next_enrollment;
        self.next_enrollment += 1;
        let number = id.unsigned_abs();
        let dossier = Dossier {
            id,
            api_key: self
                .entropy
                .hex("api_key", number, self.switches.api_key_length),
            process_uuid,
            creator: account.creator().to_owned(),
            status: Status::New,
            reason: None,
            verdict: None,
            causes: Vec::new(),
            created: now,
            started: None,
            finished: None,
            browser_callback_url: request.browser_callback_url,
            callback_endpoints: request.callback_endpoints.unwrap_or_default(),
            callback_url: request.callback_url,
            callback_headers: request.callback_headers,
            client_reference: request.client_reference,
            given: request.given,
            custom_data: request.custom_data,
            expected: BTreeMap::new(),
            sms_waiting: false,
            consent: None,
            accepted_biometry: false,
            documents: Vec::new(),
            pending: None,
            browser_token: None,
            browser_token_spent: false,
        };
        self.index(&dossier);
        self.dossiers.insert(id, dossier);
        Ok(id)
    }
}
