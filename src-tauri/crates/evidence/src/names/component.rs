//! One path component out of any text.

/// Most bytes of a name: leaves room for a temporary name around it, even where 143 is the limit (eCryptfs).
pub const MAX_BYTES: usize = 120;

/// What is left of a text that has nothing usable in it.
const NAMELESS: &str = "fichier";

/// Turns any text into one safe path component of at most [`MAX_BYTES`] bytes that means the same on Linux,
/// Windows and macOS. Letters of any script and spaces stay; applying it twice changes nothing.
pub fn component(text: &str) -> String {
    let mut name = String::with_capacity(text.len().min(4 * MAX_BYTES));
    // Far beyond what can survive: a hostile megabyte is not worth a walk.
    for character in text.chars().take(4096) {
        match safe(character) {
            Some('.') => {
                name.truncate(name.trim_end_matches(is_edge).len());
                name.push('.');
            }
            Some(' ') if name.ends_with(' ') => {}
            Some(character) => name.push(character),
            None => {}
        }
    }
    let name = name.trim_matches(is_edge);
    let (stem, extension) = split(name);
    let stem = stem.trim_end_matches(is_edge);
    let mut stem = stem.to_owned();
    if stem.is_empty() {
        stem.push_str(NAMELESS);
    }
    // A leading dash is an option to every command-line tool; a device name opens the device on Windows.
    if stem.starts_with('-') || is_reserved(&stem) {
        stem.insert(0, '_');
    }
    let stem = cut(&stem, MAX_BYTES - extension.len());
    format!("{stem}{extension}")
}

/// The part before the last dot, and that dot with what follows when it looks like an extension.
pub(super) fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot)
            if (2..=11).contains(&(name.len() - dot))
                && name[dot + 1..]
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            name.split_at(dot)
        }
        _ => (name, ""),
    }
}

/// At most `bytes` bytes, whole characters only, with no dot or space at the end.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_end_matches(is_edge)
}

fn is_edge(character: char) -> bool {
    character == '.' || character == ' '
}

/// What a character becomes; `None` drops it.
fn safe(character: char) -> Option<char> {
    match character {
        // Separators, and what some system gives a meaning to.
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '$' | '%' | '`' => Some('_'),
        // Look-alikes that Windows turns into the real ones when a program asks in its old encoding.
        '\u{2044}' | '\u{2215}' | '\u{2216}' | '\u{29F5}' | '\u{29F8}' | '\u{29F9}'
        | '\u{A789}' | '\u{FE55}' | '\u{FE68}' | '\u{2236}' => Some('_'),
        '\u{FF01}'..='\u{FF5E}' => {
            // Full-width forms: their ASCII selves, then judged as such.
            char::from_u32(u32::from(character) - 0xFEE0).and_then(safe)
        }
        '\u{2024}'..='\u{2026}' | '\u{FE52}' | '\u{3002}' | '\u{FF61}' => Some('.'),
        // Digits that count as such in COM1 to LPT9.
        '\u{00B9}' => Some('1'),
        '\u{00B2}' => Some('2'),
        '\u{00B3}' => Some('3'),
        character if character.is_control() || is_invisible(character) => None,
        character if character.is_whitespace() => Some(' '),
        character => Some(character),
    }
}

/// Direction marks, joiners, tags, fillers: they change how a name reads without being seen.
fn is_invisible(character: char) -> bool {
    matches!(
        u32::from(character),
        0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
            | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFF | 0xE000..=0xF8FF | 0xE0000..=0x10FFFF
            | 0x2800 | 0x1D173..=0x1D17A
    ) || u32::from(character) & 0xFFFE == 0xFFFE
}

/// Windows opens the device whatever the extension; spaces before the dot do not save it.
fn is_reserved(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default();
    let first = first.trim_end().to_ascii_uppercase();
    match first.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN_" | "CONOUT_" | "CLOCK_" => true,
        other => {
            other.len() == 4
                && (other.starts_with("COM") || other.starts_with("LPT"))
                && other.ends_with(|last: char| last.is_ascii_digit())
        }
    }
}
