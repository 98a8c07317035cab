//! JSONPath (RFC 9535) of a place in a report, for whoever checks a finding against the raw document.

use std::fmt::Write as _;

/// `base.name`, or `base['na$me']` where the name needs quotes.
pub fn member(base: &str, name: &str) -> String {
    let plain = !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain {
        let mut path = String::with_capacity(base.len() + 1 + name.len());
        path.push_str(base);
        path.push('.');
        path.push_str(name);
        return path;
    }
    let mut path = format!("{base}['");
    for character in name.chars() {
        match character {
            '\'' | '\\' => path.extend(['\\', character]),
            control if control < ' ' => {
                let _ = write!(path, "\\u{:04x}", u32::from(control));
            }
            other => path.push(other),
        }
    }
    path.push_str("']");
    path
}

/// `base[index]`.
pub fn index(base: &str, index: usize) -> String {
    let mut path = String::with_capacity(base.len() + 4);
    path.push_str(base);
    path.push('[');
    let _ = write!(path, "{index}");
    path.push(']');
    path
}
