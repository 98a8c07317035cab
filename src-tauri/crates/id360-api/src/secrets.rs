//! Taking secrets out of what the provider says, before it becomes part of an error (quality L-06).

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// Body bytes an error keeps for support.
const KEPT_BODY: usize = 64 << 10;
/// Body bytes of an error that are read: a secret across the end of what is kept is whole in them.
pub const READ_OF_ERROR: u64 = 2 * KEPT_BODY as u64;
const KEPT_DETAIL: usize = 500;
const MASK: &str = "•••";

/// Shorter ones would turn every text into masks and hide nothing.
const SHORTEST: usize = 4;

/// Tokens and keys of ID360 are hexadecimal, 25 characters and more (facts §B.5); an MD5 has 32.
const HEXADECIMAL_RUN: usize = 40;

/// The secrets of one call, in every spelling an answer may echo them.
#[derive(Default)]
pub struct Secrets {
    spellings: Vec<String>,
}

impl Secrets {
    pub fn add(&mut self, secret: &SecretString) {
        let secret = secret.expose_secret();
        if secret.len() < SHORTEST {
            return;
        }
        let json = Value::String(secret.to_owned()).to_string();
        let json = json.trim_matches('"');
        let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        for spelling in [secret, json, percent.as_str(), &percent.replace('+', "%20")] {
            if spelling.len() >= SHORTEST && !self.spellings.iter().any(|known| known == spelling) {
                self.spellings.push(spelling.to_owned());
            }
        }
        // A secret that contains another one must go first, or its rest would stay.
        self.spellings
            .sort_by_key(|spelling| std::cmp::Reverse(spelling.len()));
    }

    pub fn strip(&self, text: &str) -> String {
        let mut stripped = text.to_owned();
        for spelling in &self.spellings {
            if stripped.contains(spelling.as_str()) {
                stripped = stripped.replace(spelling.as_str(), MASK);
            }
        }
        without_long_hexadecimal(&stripped)
    }

    /// A body for support: secrets out, at most 64 KiB.
    pub fn strip_body(&self, body: &[u8]) -> Option<Bytes> {
        if body.is_empty() {
            return None;
        }
        // Strip first: a secret across the cut would otherwise stay in part.
        let text = String::from_utf8_lossy(body);
        let text = match serde_json::from_str::<Value>(&text) {
            Ok(mut value) => {
                mask_members(&mut value);
                self.strip(&value.to_string())
            }
            Err(_) => self.strip(&text),
        };
        Some(Bytes::from(cut(&text, KEPT_BODY).to_owned()))
    }

    /// The provider's own words, from `detail`, `message` or `error` (facts §J.24).
    pub fn detail_of(&self, body: &[u8]) -> Option<String> {
        let value: Value = serde_json::from_slice(body).ok()?;
        let words = match &value {
            Value::String(text) => Some(text.clone()),
            Value::Object(object) => ["detail", "message", "error"]
                .iter()
                .find_map(|name| words(object.get(*name)?)),
            _ => None,
        }?;
        let stripped = self.strip(words.trim());
        let kept = cut(&stripped, KEPT_DETAIL);
        (!kept.is_empty()).then(|| kept.to_owned())
    }
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(entries) => entries.iter().find_map(words),
        Value::Object(object) => object
            .get("message")
            .or_else(|| object.get("detail"))
            .and_then(words),
        _ => None,
    }
}

/// Masks members whose name says that they hold a secret, known to us or not.
fn mask_members(value: &mut Value) {
    match value {
        Value::Array(entries) => entries.iter_mut().for_each(mask_members),
        Value::Object(object) => {
            for (name, member) in object.iter_mut() {
                let name = name.to_ascii_lowercase();
                let secret = [
                    "token",
                    "api_key",
                    "apikey",
                    "x-api-key",
                    "password",
                    "authorization",
                ]
                .contains(&name.as_str());
                let headers = name == "callback_headers" || name == "headers";
                match member {
                    Value::String(text) if secret => MASK.clone_into(text),
                    Value::Array(_) | Value::Object(_) if headers => mask_texts(member),
                    other => mask_members(other),
                }
            }
        }
        _ => {}
    }
}

fn mask_texts(value: &mut Value) {
    match value {
        Value::String(text) => MASK.clone_into(text),
        Value::Array(entries) => entries.iter_mut().for_each(mask_texts),
        Value::Object(object) => object
            .iter_mut()
            .filter(|(name, _)| *name != "name")
            .for_each(|(_, member)| mask_texts(member)),
        _ => {}
    }
}

fn without_long_hexadecimal(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let (hexadecimal, after) = rest.split_at(run);
        kept.push_str(if run >= HEXADECIMAL_RUN {
            MASK
        } else {
            hexadecimal
        });
        let plain = after
            .find(|next: char| next.is_ascii_hexdigit())
            .unwrap_or(after.len());
        kept.push_str(&after[..plain]);
        rest = &after[plain..];
    }
    kept
}

fn cut(text: &str, longest: usize) -> &str {
    let mut end = longest.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
