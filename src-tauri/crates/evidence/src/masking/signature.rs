//! The block with which ID360 signs a report of version 1 (facts §F.1): what a verifier needs is public, however much it
//! looks like a token or an address.

use super::keys::Sensitivity;
use super::masked_entry;
use super::tree::Node;

/// At the top of a report, and nowhere else.
pub(super) const KEY: &str = "signature";

pub(super) fn masked(block: Vec<(String, Node)>) -> Node {
    Node::Object(
        block
            .into_iter()
            .map(|(key, value)| {
                if is_public(&key, &value) {
                    (key, value)
                } else {
                    masked_entry(key, value, Sensitivity::Open, 0)
                }
            })
            .collect(),
    )
}

fn is_public(key: &str, value: &Node) -> bool {
    let Node::Text(text) = value else {
        return false;
    };
    match key {
        // Ed25519: 64 bytes.
        "signature" => text.len() == 128 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "public_key_url" => is_bare_address(text),
        _ => false,
    }
}

/// Nothing but a place: no account, no query and no fragment, and no token among its parts.
fn is_bare_address(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(|rest| {
        rest.split('/').all(|part| part.len() <= 40)
            && rest.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'/' | b':')
            })
    })
}
