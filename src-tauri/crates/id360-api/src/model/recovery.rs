//! Finding a dossier in an answer that is cut or malformed (quality 1.3, R-03).

/// What a damaged create answer still says.
#[derive(Default)]
pub struct Found {
    pub id: Option<i64>,
    pub api_key: Option<String>,
}

/// Drops every `;` that stands outside a string.
pub fn without_stray_semicolons(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut in_string = false;
    let mut escaped = false;
    for &byte in bytes {
        if !in_string && byte == b';' {
            continue;
        }
        if in_string && !escaped && byte == b'\\' {
            escaped = true;
        } else {
            if byte == b'"' && !escaped {
                in_string = !in_string;
            }
            escaped = false;
        }
        kept.push(byte);
    }
    kept
}

/// Walks the members of the outermost object, as far as the bytes go.
pub fn scan(bytes: &[u8]) -> Found {
    let mut found = Found::default();
    let mut depth = 0_usize;
    let mut key: Option<String> = None;
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b'{' | b'[' => {
                depth += 1;
                key = None;
                position += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                key = None;
                position += 1;
            }
            b'"' => {
                let Some((text, next)) = string_at(bytes, position) else {
                    break;
                };
                position = next;
                if depth == 1 {
                    match key.take() {
                        Some(name) => found.take_text(&name, text),
                        None if next_is_colon(bytes, next) => key = text,
                        None => {}
                    }
                }
            }
            b',' => {
                key = None;
                position += 1;
            }
            b'0'..=b'9' | b'-' => {
                let length = bytes[position..]
                    .iter()
                    .take_while(|b| {
                        b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E')
                    })
                    .count();
                let end = position + length;
                // A number that touches the cut may lack digits.
                if depth == 1 && end < bytes.len() && key.take().as_deref() == Some("id") {
                    let digits = String::from_utf8_lossy(&bytes[position..end]);
                    found.id = digits.parse().ok().or(found.id);
                }
                position = end;
            }
            _ => position += 1,
        }
    }
    found
}

impl Found {
    fn take_text(&mut self, name: &str, text: Option<String>) {
        let Some(text) = text else { return };
        match name {
            "id" => self.id = text.trim().parse().ok().or(self.id),
            "api_key" if !text.trim().is_empty() => self.api_key = Some(text),
            _ => {}
        }
    }
}

/// The string that starts with the quote at `start`, unescaped (`None` if it is malformed), and where it ends.
fn string_at(bytes: &[u8], start: usize) -> Option<(Option<String>, usize)> {
    let mut escaped = false;
    for (offset, &byte) in bytes[start + 1..].iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => {
                let end = start + offset + 2;
                let quoted = String::from_utf8_lossy(&bytes[start..end]);
                return Some((serde_json::from_str(&quoted).ok(), end));
            }
            _ => {}
        }
    }
    None
}

fn next_is_colon(bytes: &[u8], from: usize) -> bool {
    bytes[from..]
        .iter()
        .find(|byte| !byte.is_ascii_whitespace())
        == Some(&b':')
}
