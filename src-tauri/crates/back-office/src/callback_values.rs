//! Values of the headers by which ID360 proves itself to the organisation's server (facts §E.1).
//!
//! They are in the keychain, each bound to its process, its address and its name: a value never goes to another
//! address than the one it was typed for.

use id360_api::{CallbackEndpoint, CallbackHeader};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::{
    desk::Desk,
    errors::DeskError,
    views::{
        error::ErrorCode,
        settings::{CallbackEndpointSettings, CallbackValue, ProcessSettings},
    },
};

/// Longest value, in bytes: a keychain of Windows holds 2,560 in all.
const LONGEST: usize = 1_024;

/// RFC 9110 §5.6.2.
fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 100
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Visible characters and spaces between them: nothing that could begin another header.
fn is_header_value(value: &str) -> bool {
    !value.is_empty()
        && value.len() <= LONGEST
        && value.trim() == value
        && value.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

/// Name of the value in the keychain. Tells neither address nor header.
fn kept_name(process_id: &str, url: &str, header: &str) -> String {
    let header = header.to_ascii_lowercase();
    let digest = Sha256::digest(format!("{process_id}\n{url}\n{header}"));
    format!("callback-{}", hex::encode(&digest[..16]))
}

/// Names in the keychain of all values of a process.
fn kept_names(process: &ProcessSettings) -> Vec<String> {
    let names = |endpoint: &CallbackEndpointSettings| {
        let name = |header: &String| kept_name(&process.id, &endpoint.url, header);
        endpoint.headers.iter().map(name).collect::<Vec<_>>()
    };
    process.callback_endpoints.iter().flat_map(names).collect()
}

pub(crate) fn check_headers(process: &ProcessSettings) -> Result<(), DeskError> {
    for endpoint in &process.callback_endpoints {
        let mut names: Vec<_> = endpoint
            .headers
            .iter()
            .map(|name| name.to_ascii_lowercase())
            .collect();
        names.sort();
        names.dedup();
        if names.len() < endpoint.headers.len()
            || !endpoint.headers.iter().all(|name| is_header_name(name))
        {
            return Err(DeskError::invalid_field("callback_headers", "name"));
        }
    }
    Ok(())
}

impl Desk {
    /// Which values the keychain has, by address and header, in the order of the process.
    pub async fn kept_callback_values(
        &self,
        process_id: &str,
    ) -> Result<Vec<Vec<bool>>, DeskError> {
        let process = self
            .preferences()
            .process(process_id)
            .cloned()
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let mut kept = Vec::new();
        for endpoint in &process.callback_endpoints {
            let mut of_endpoint = Vec::new();
            for header in &endpoint.headers {
                let name = kept_name(&process.id, &endpoint.url, header);
                of_endpoint.push(self.ports().secrets.get(&name).await?.is_some());
            }
            kept.push(of_endpoint);
        }
        Ok(kept)
    }

    /// What the keychain is to be given for a process, by its name there; every header has a value then, typed
    /// now or before.
    pub(crate) async fn callback_values_to_keep(
        &self,
        process: &ProcessSettings,
        typed: Vec<CallbackValue>,
    ) -> Result<Vec<(String, SecretString)>, DeskError> {
        if typed.iter().any(|value| !is_header_value(&value.value)) {
            return Err(DeskError::invalid_field("callback_headers", "value"));
        }
        let mut to_keep = Vec::new();
        for endpoint in &process.callback_endpoints {
            for header in &endpoint.headers {
                let name = kept_name(&process.id, &endpoint.url, header);
                let value = typed.iter().find(|value| {
                    value.url.trim() == endpoint.url && value.header.eq_ignore_ascii_case(header)
                });
                match value {
                    Some(value) => to_keep.push((name, SecretString::from(value.value.as_str()))),
                    None if self.ports().secrets.get(&name).await?.is_none() => {
                        return Err(DeskError::invalid_field("callback_headers", "required"));
                    }
                    None => {}
                }
            }
        }
        Ok(to_keep)
    }

    pub(crate) async fn keep_callback_values(
        &self,
        to_keep: Vec<(String, SecretString)>,
    ) -> Result<(), DeskError> {
        for (name, value) in to_keep {
            self.ports().secrets.set(&name, &value).await?;
        }
        Ok(())
    }

    /// Forgets the values that a process had and has no more. Best effort: nothing uses them.
    pub(crate) async fn forget_callback_values(
        &self,
        before: &ProcessSettings,
        after: Option<&ProcessSettings>,
    ) {
        let still = after.map(kept_names).unwrap_or_default();
        for name in kept_names(before) {
            if !still.contains(&name)
                && let Err(error) = self.ports().secrets.remove(&name).await
            {
                tracing::warn!(%error, "a value that nothing uses any more stays in the keychain");
            }
        }
    }

    /// Where ID360 notifies, with the values. Fails before anything is sent when one of them is not there.
    pub(crate) async fn callback_endpoints(
        &self,
        process: &ProcessSettings,
    ) -> Result<Vec<CallbackEndpoint>, DeskError> {
        let mut endpoints = Vec::new();
        for endpoint in &process.callback_endpoints {
            let mut headers = Vec::new();
            for header in &endpoint.headers {
                let name = kept_name(&process.id, &endpoint.url, header);
                let value: Option<SecretString> = self.ports().secrets.get(&name).await?;
                let value = value.ok_or_else(|| {
                    DeskError::new(ErrorCode::CallbackValueMissing)
                        .with("header", header)
                        .with("process", &process.name)
                })?;
                headers.push(CallbackHeader {
                    name: header.clone(),
                    value,
                });
            }
            endpoints.push(CallbackEndpoint {
                url: endpoint.url.clone(),
                on: endpoint.on.clone(),
                headers,
            });
        }
        Ok(endpoints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_cannot_carry_another_one() {
        for value in ["", " x", "x ", "a\r\nHost: evil", "a\nb", "é", "a\u{0}"] {
            assert!(!is_header_value(value), "{value:?}");
        }
        assert!(is_header_value("Bearer abc.def=="));
        for name in ["", "a b", "a:b", "a\n", "é"] {
            assert!(!is_header_name(name), "{name:?}");
        }
        assert!(is_header_name("X-Api-Key"));
    }

    #[test]
    fn a_value_is_bound_to_its_address() {
        let name = |url: &str| kept_name("p", url, "X-Key");
        assert_ne!(name("https://one.example"), name("https://two.example"));
        assert_eq!(kept_name("p", "u", "X-KEY"), kept_name("p", "u", "x-key"));
    }
}
