//! The report as a person may see or export it: every secret replaced, everything else as it came (quality.md L-06,
//! facts §F.4 and §J.32).

mod keys;
mod signature;
mod text;
mod tree;

use keys::Sensitivity;
pub(crate) use text::masked_text;
use tree::Node;

/// What stands where a secret was.
pub const MASK: &str = "••••••••";

/// Pretty-printed JSON of `raw`, keys in their order, with what must not be shown replaced by [`MASK`]:
///
/// - values under keys that speak of a key, token, authorization, secret or password, whatever their spelling;
/// - values of callback headers (both forms), callback addresses, worker names, and the `value` beside a `name` that
///   speaks of a secret;
/// - long hexadecimal runs (the 50- and 128-character tokens of facts §B.5; hashes of 32, 40 and 64 stay), JSON web
///   tokens, cloud resource names, and `token=…` inside any text;
/// - addresses: a link to a document page reads «document 900101 page 0», one to a dossier «enrollment 900042», any
///   other is masked whole.
///
/// The `signature` of the report itself (version 1) is public and stays.
///
/// What is not JSON, or nests deeper than 128, becomes a JSON string that says so; it is never returned as it is.
pub fn masked_json(raw: &[u8]) -> String {
    let raw = raw.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(raw);
    // One byte that is not UTF-8 in a report must not hide the rest of it.
    let text = String::from_utf8_lossy(raw);
    let masked = match Node::read(&text) {
        Ok(node) => masked_report(node),
        Err(error) => Node::Text(format!(
            "invalid JSON (line {}, column {}, {} bytes)",
            error.line(),
            error.column(),
            raw.len()
        )),
    };
    masked.to_pretty()
}

fn masked_report(report: Node) -> Node {
    match report {
        Node::Object(entries) => Node::Object(
            entries
                .into_iter()
                .map(|(key, value)| match value {
                    Node::Object(block) if key == signature::KEY => (key, signature::masked(block)),
                    value => masked_entry(key, value, Sensitivity::Open, 0),
                })
                .collect(),
        ),
        other => masked_node(other, Sensitivity::Open, 0),
    }
}

/// Compact JSON of one value, masked as it is under its key in a whole report.
pub(crate) fn masked_member(key: &str, value: &serde_json::Value) -> String {
    match Node::read(&value.to_string()) {
        Ok(node) => {
            let sensitivity = keys::within(Sensitivity::Open, key, &node);
            masked_node(node, sensitivity, 0).to_compact()
        }
        // Deeper than what is read again.
        Err(_) => MASK.to_owned(),
    }
}

/// Whether what stands under `key` must not be shown.
pub(crate) fn is_secret_key(key: &str) -> bool {
    keys::within(Sensitivity::Open, key, &Node::Null) != Sensitivity::Open
}

/// A text that is itself JSON is read again, so many times at most; beyond, it is masked whole.
const MAX_NESTED_TEXTS: u8 = 3;

fn masked_node(node: Node, sensitivity: Sensitivity, nested: u8) -> Node {
    match node {
        Node::Null => Node::Null,
        Node::Object(entries) => {
            let is_secret_pair = keys::names_a_secret(&entries);
            let masked = |(key, value): (String, Node)| {
                let outer = match is_secret_pair && keys::is_of_a_pair(&key) {
                    true => Sensitivity::Secret,
                    false => sensitivity,
                };
                masked_entry(key, value, outer, nested)
            };
            Node::Object(entries.into_iter().map(masked).collect())
        }
        Node::Array(items) => Node::Array(
            items
                .into_iter()
                .map(|item| masked_node(item, sensitivity, nested))
                .collect(),
        ),
        _ if sensitivity != Sensitivity::Open => Node::Text(MASK.to_owned()),
        Node::Text(text) => Node::Text(masked_string(&text, nested)),
        scalar => scalar,
    }
}

fn masked_entry(key: String, value: Node, outer: Sensitivity, nested: u8) -> (String, Node) {
    let inner = keys::within(outer, &key, &value);
    (masked_text(&key), masked_node(value, inner, nested))
}

fn masked_string(text: &str, nested: u8) -> String {
    if text.trim_start().starts_with(['{', '[', '"']) {
        match Node::read(text) {
            Ok(_) if nested >= MAX_NESTED_TEXTS => return MASK.to_owned(),
            Ok(node) => return masked_node(node, Sensitivity::Open, nested + 1).to_compact(),
            Err(_) => {}
        }
    }
    masked_text(text)
}
