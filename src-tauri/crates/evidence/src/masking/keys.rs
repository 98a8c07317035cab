//! Which keys hold secrets.

use super::tree::Node;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sensitivity {
    /// Shown, after its texts are looked at.
    Open,
    /// Headers: everything is masked but the bookkeeping around a `value`.
    Headers,
    /// Masked, however deep.
    Secret,
}

const SECRET_WORDS: [&str; 10] = [
    "apikey",
    "token",
    "authorization",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "credential",
    "privatekey",
    "cookie",
];

/// Also the word of a secret inside a text, see [`super::text`].
pub(super) fn is_secret_word(word: &str) -> bool {
    let plain: String = word
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    SECRET_WORDS.iter().any(|secret| plain.contains(secret))
}

/// A header as a pair, `{name, value}`, wherever it stands: the name is that of a secret.
pub(super) fn names_a_secret(entries: &[(String, Node)]) -> bool {
    entries.iter().any(|(key, value)| {
        let is_name = ["name", "key", "header"]
            .iter()
            .any(|name| key.eq_ignore_ascii_case(name));
        matches!(value, Node::Text(text) if is_name && is_secret_word(text))
    })
}

/// What a pair says under its name.
pub(super) fn is_of_a_pair(key: &str) -> bool {
    ["value", "values"]
        .iter()
        .any(|value| key.eq_ignore_ascii_case(value))
}

/// How the value under `key` is treated, in an object that is itself treated as `outer`.
pub(super) fn within(outer: Sensitivity, key: &str, value: &Node) -> Sensitivity {
    let is_container = matches!(value, Node::Object(_) | Node::Array(_));
    match outer {
        Sensitivity::Secret => Sensitivity::Secret,
        // `{id, enrollment, name, value}` (report version 1): the first three tell which header it is.
        Sensitivity::Headers if !is_container && matches!(key, "id" | "enrollment" | "name") => {
            Sensitivity::Open
        }
        Sensitivity::Headers => Sensitivity::Headers,
        Sensitivity::Open => of_key(key, is_container),
    }
}

fn of_key(key: &str, is_container: bool) -> Sensitivity {
    let lower = key.to_lowercase();
    if lower.ends_with("headers") || lower.ends_with("header") {
        return Sensitivity::Headers;
    }
    if lower.contains("callback_url") || lower.starts_with("worker_") {
        return Sensitivity::Secret;
    }
    // The claims of an electronic identity stand under this key, decoded (facts §F.6); as a text it is a token.
    if lower == "id_num_out_token" && is_container {
        return Sensitivity::Open;
    }
    if is_secret_word(key) {
        return Sensitivity::Secret;
    }
    Sensitivity::Open
}
