//! Values as a page shows them.

use chrono::{DateTime, Utc};

use crate::packs::contents::Language;

/// A report may hold a megabyte where a name belongs.
const LONGEST: usize = 2000;

/// One line of visible characters: what would reorder, hide or break the text is spelt out.
pub fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(LONGEST));
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST {
            shown.push('…');
            break;
        }
        match character {
            _ if character.is_control() || character == '\u{2028}' || character == '\u{2029}' => {
                shown.push(' ');
            }
            // U+FFFE and U+FFFF of every plane are no characters.
            _ if is_invisible(character) || u32::from(character) & 0xFFFE == 0xFFFE => {
                shown.push_str(&spelt(character));
            }
            _ => shown.push(character),
        }
    }
    shown.trim().to_owned()
}

/// `[U+202E]`
pub(super) fn spelt(character: char) -> String {
    format!("[U+{:04X}]", u32::from(character))
}

/// Direction marks, joiners, tags, private characters.
fn is_invisible(character: char) -> bool {
    matches!(
        u32::from(character),
        0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E
            | 0x2060..=0x206F | 0x3164 | 0xE000..=0xF8FF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
            | 0xFFF0..=0xFFFB | 0xE0000..=0xE0FFF | 0xF0000..=0x10FFFF
    )
}

/// `23/11/2026 03:31:18` or `23 Nov 2026 03:31:18`, UTC.
pub fn time(at: DateTime<Utc>, language: Language) -> String {
    let format = match language {
        Language::French => "%d/%m/%Y %H:%M:%S",
        Language::English => "%-d %b %Y %H:%M:%S",
    };
    at.format(format).to_string()
}

/// `1 234 567` or `1,234,567`.
pub fn number(number: u64, language: Language) -> String {
    let separator = match language {
        Language::French => '\u{202F}',
        Language::English => ',',
    };
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}
