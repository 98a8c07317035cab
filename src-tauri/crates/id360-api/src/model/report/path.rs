//! JSONPath (RFC 9535) of a place in a report, for whoever checks a finding against the raw document.

use std::fmt::Write as _;

/// `base.name`, or `base['na$me']` where the name needs quotes.
pub fn member(base: &str, name: &str) -> String {
    let plain = !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_');
    if plain {
        return format!("{base}.{name}");
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
    format!("{base}[{index}]")
}
