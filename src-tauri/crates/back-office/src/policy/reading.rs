//! From the bytes of a file to a policy: every value is looked at, and named where it cannot be taken.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::Policy;
use crate::{
    errors::DeskError,
    preferences::{PRE_PRODUCTION, PRODUCTION, SANDBOX, built_in_environments},
    settings::{
        JOURNAL_MONTHS, LOCK_MINUTES, check_deadlines, checked_environment, checked_process,
    },
    views::{
        evidence::CaptureRule,
        policy::PolicyTrouble,
        session::EnvironmentKind,
        settings::{DeadlinePolicy, EnvironmentSettings, ProcessSettings},
    },
};

const MOST_ENVIRONMENTS: usize = 50;
const MOST_PROCESSES: usize = 500;
/// Longest id of an environment.
const LONGEST_ID: usize = 40;
/// Keys that are told; a file of thousands of them is no policy, and is not repeated whole.
const MOST_KEYS: usize = 50;

/// What a file fixes.
#[derive(Debug)]
pub(super) struct Read {
    pub policy: Policy,
    pub unknown_keys: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub trouble: PolicyTrouble,
    pub bad_keys: Vec<String>,
}

/// # Errors
/// One bad value refuses the whole file: half a policy is nobody's intention.
pub(super) fn read(bytes: &[u8]) -> Result<Read, Refused> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(file) = serde_json::from_slice::<Map<String, Value>>(text) else {
        return Err(Refused {
            trouble: PolicyTrouble::NotJson,
            bad_keys: Vec::new(),
        });
    };
    let mut found = Found::default();
    let policy = policy(file, &mut found);
    if found.bad.is_empty() {
        Ok(Read {
            policy,
            unknown_keys: told(found.unknown),
        })
    } else {
        Err(Refused {
            trouble: PolicyTrouble::BadValue,
            bad_keys: told(found.bad),
        })
    }
}

/// In words that fit a line, however long a key of the file is.
fn told(keys: Vec<String>) -> Vec<String> {
    let shortened = |key: String| key.chars().take(120).collect();
    keys.into_iter().take(MOST_KEYS).map(shortened).collect()
}

#[derive(Default)]
struct Found {
    bad: Vec<String>,
    unknown: Vec<String>,
}

impl Found {
    fn bad(&mut self, key: impl Into<String>) {
        self.bad.push(key.into());
    }

    fn value<T: DeserializeOwned>(
        &mut self,
        key: &str,
        value: Value,
        sound: impl Fn(&T) -> bool,
    ) -> Option<T> {
        let read = serde_json::from_value(value).ok().filter(sound);
        if read.is_none() {
            self.bad(key);
        }
        read
    }

    /// An object whose absent fields are those of `usual`; `None` where one cannot be taken.
    fn object<T: Serialize + DeserializeOwned>(
        &mut self,
        at: &str,
        given: Value,
        usual: &T,
        hidden: &[&str],
    ) -> Option<T> {
        let (Value::Object(given), Ok(Value::Object(usual))) = (given, serde_json::to_value(usual))
        else {
            self.bad(at);
            return None;
        };
        let mut whole = usual.clone();
        let before = self.bad.len();
        for (key, value) in given {
            if !usual.contains_key(&key) || hidden.contains(&key.as_str()) {
                self.unknown.push(format!("{at}.{key}"));
                continue;
            }
            let mut alone = usual.clone();
            alone.insert(key.clone(), value.clone());
            if serde_json::from_value::<T>(Value::Object(alone)).is_ok() {
                whole.insert(key, value);
            } else {
                self.bad(format!("{at}.{key}"));
            }
        }
        if self.bad.len() > before {
            return None;
        }
        let read = serde_json::from_value(Value::Object(whole)).ok();
        if read.is_none() {
            self.bad(at);
        }
        read
    }

    fn list(&mut self, key: &str, value: Value, most: usize) -> Vec<Value> {
        match value {
            Value::Array(items) if items.len() <= most => items,
            _ => {
                self.bad(key);
                Vec::new()
            }
        }
    }

    /// What a check of the settings says of one entry.
    fn checked<T>(&mut self, at: &str, checked: Result<T, DeskError>) -> Option<T> {
        match checked {
            Ok(sound) => Some(sound),
            Err(refused) => {
                match refused.params.get("field") {
                    Some(field) => self.bad(format!("{at}.{field}")),
                    None => self.bad(at),
                }
                None
            }
        }
    }
}

fn policy(mut file: Map<String, Value>, found: &mut Found) -> Policy {
    let mut policy = Policy::default();
    let mut take = |key: &str| file.remove(key);
    if let Some(value) = take("lock_minutes") {
        policy.lock_minutes = found.value("lock_minutes", value, |minutes| {
            LOCK_MINUTES.contains(minutes)
        });
    }
    if let Some(value) = take("mask_names") {
        policy.mask_names = found.value("mask_names", value, |_| true);
    }
    if let Some(value) = take("play_videos") {
        policy.play_videos = found.value("play_videos", value, |_| true);
    }
    if let Some(value) = take("journal_months") {
        policy.journal_months = found.value("journal_months", value, |months| {
            JOURNAL_MONTHS.contains(months)
        });
    }
    if let Some(value) = take("notifications") {
        policy.notifications = found.value("notifications", value, |_| true);
    }
    if let Some(value) = take("language") {
        policy.language = found.value("language", value, |_| true);
    }
    if let Some(value) = take("allow_other_environments") {
        policy.other_environments = found
            .value("allow_other_environments", value, |_| true)
            .unwrap_or_default();
    }
    if let Some(value) = take("allow_other_processes") {
        policy.other_processes = found
            .value("allow_other_processes", value, |_| true)
            .unwrap_or_default();
    }
    if let Some(value) = take("deadlines") {
        policy.deadlines = found
            .object("deadlines", value, &DeadlinePolicy::default(), &[])
            .and_then(|windows| {
                let sound = check_deadlines(&windows).map(|()| windows);
                found.checked("deadlines", sound)
            });
    }
    if let Some(value) = take("capture") {
        policy.capture = found.object("capture", value, &CaptureRule::default(), &[]);
    }
    if let Some(value) = take("environments") {
        let items = found.list("environments", value, MOST_ENVIRONMENTS);
        for (place, item) in items.into_iter().enumerate() {
            let at = format!("environments[{place}]");
            if let Some(read) = environment(&at, item, &policy, found) {
                policy.environments.push(read);
            }
        }
    }
    if let Some(value) = take("processes") {
        let items = found.list("processes", value, MOST_PROCESSES);
        for (place, item) in items.into_iter().enumerate() {
            let at = format!("processes[{place}]");
            if let Some(read) = process(&at, item, &policy, found) {
                policy.processes.push(read);
            }
        }
    }
    found.unknown.extend(file.into_iter().map(|(key, _)| key));
    policy
}

/// One of the three that are built in with other paths and windows, or one of the organisation's own.
fn environment(
    at: &str,
    item: Value,
    policy: &Policy,
    found: &mut Found,
) -> Option<EnvironmentSettings> {
    let id = item
        .get("id")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let built_in = built_in_environments()
        .into_iter()
        .find(|known| known.id == id);
    let plain = !id.is_empty()
        && id.len() <= LONGEST_ID
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
        // Those that a person adds are named so.
        && !id.starts_with("custom-");
    if !plain || id == SANDBOX || policy.environments.iter().any(|known| known.id == id) {
        found.bad(format!("{at}.id"));
        return None;
    }
    let mut usual = built_in
        .clone()
        .or_else(|| built_in_environments().into_iter().next())?;
    usual.deadlines = policy.deadlines.unwrap_or(usual.deadlines);
    usual.capture = policy.capture.unwrap_or(usual.capture);
    let hidden: &[&str] = if built_in.is_some() {
        &["built_in", "kind", "name", "base_url", "ui_base_url"]
    } else {
        usual.built_in = false;
        usual.kind = EnvironmentKind::Production;
        usual.name = None;
        usual.base_url = String::new();
        usual.ui_base_url = String::new();
        &["built_in"]
    };
    let read = found.object(at, item, &usual, hidden)?;
    found.checked(at, checked_environment(read, built_in.as_ref()))
}

/// Ids follow from environment and UUID, so that dossiers find their process again.
fn process(at: &str, item: Value, policy: &Policy, found: &mut Found) -> Option<ProcessSettings> {
    let read = found.object(at, item, &ProcessSettings::default(), &["id"])?;
    let kind = match read.environment_id.as_str() {
        PRODUCTION => Some(EnvironmentKind::Production),
        PRE_PRODUCTION => Some(EnvironmentKind::PreProduction),
        own => policy
            .environments
            .iter()
            .find(|known| known.id == own)
            .map(|known| known.kind),
    };
    let Some(kind) = kind else {
        found.bad(format!("{at}.environment_id"));
        return None;
    };
    // Their values would have to come with the file, and no secret belongs there.
    if read
        .callback_endpoints
        .iter()
        .any(|endpoint| !endpoint.headers.is_empty())
    {
        found.bad(format!("{at}.callback_endpoints"));
        return None;
    }
    let mut read = found.checked(at, checked_process(read, kind))?;
    let of = format!("{}/{}", read.environment_id, read.process_uuid);
    read.id = format!(
        "organisation-{}",
        Uuid::new_v5(&Uuid::NAMESPACE_OID, of.as_bytes())
    );
    if policy.processes.iter().any(|known| known.id == read.id) {
        found.bad(format!("{at}.process_uuid"));
        return None;
    }
    Some(read)
}

#[cfg(test)]
mod tests;
