//! Secrets inside texts: addresses, tokens, `name=value` pairs.

use super::{MASK, keys};

/// Replaces what must not be shown in one text. Applied to its own result, it changes nothing.
pub(crate) fn masked_text(text: &str) -> String {
    let text = without_addresses(text);
    let text = without_pairs(&text);
    without_tokens(&text)
}

/// Ends an address or a value in running text.
fn ends_value(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '"' | '\'' | '<' | '>' | ')' | '}' | ']' | ',' | ';' | '`'
        )
}

fn without_addresses(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = next_address(rest) {
        let scheme = rest[..at]
            .rfind(|character: char| {
                !character.is_ascii_alphanumeric() && !matches!(character, '+' | '.' | '-')
            })
            .map_or(0, |before| {
                before + rest[before..].chars().next().map_or(1, char::len_utf8)
            });
        masked.push_str(&rest[..scheme]);
        // A comma or a bracket may be part of an address, so only what certainly ends one does.
        let end = rest[at..]
            .find(|character: char| {
                character.is_whitespace() || matches!(character, '"' | '<' | '>')
            })
            .map_or(rest.len(), |length| at + length);
        masked.push_str(&readable_address(&rest[scheme..end]));
        rest = &rest[end..];
    }
    masked.push_str(rest);
    masked
}

/// Where the scheme of the next address ends, in plain or percent-encoded.
fn next_address(text: &str) -> Option<usize> {
    const ENCODED: &[u8] = b"%3a%2f%2f";
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&at| {
        let rest = &bytes[at..];
        let encoded = rest.get(..ENCODED.len());
        rest.starts_with(b"://") || encoded.is_some_and(|one| one.eq_ignore_ascii_case(ENCODED))
    })
}

/// Facts §F.5: `…/document/{int}/file_contents/?page_number={n}`; facts §C.3: `…/enrollment/{int}`.
fn readable_address(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut segments = path.split('/').filter(|segment| !segment.is_empty()).rev();
    let (last, before, before_it) = (segments.next(), segments.next(), segments.next());
    let number = |text: &str| text.parse::<u32>().ok();
    match (before_it, before, last) {
        (Some("document"), Some(id), Some("file_contents")) => {
            let page = query.strip_prefix("page_number=").unwrap_or("0");
            match (number(id), number(page)) {
                (Some(id), Some(page)) => format!("document {id} page {page}"),
                _ => MASK.to_owned(),
            }
        }
        (_, Some("enrollment"), Some(id)) if query.is_empty() => {
            number(id).map_or_else(|| MASK.to_owned(), |id| format!("enrollment {id}"))
        }
        _ => MASK.to_owned(),
    }
}

/// `api-key: …`, `token=…`, `token%3D…`, `"password" : "…"`, `Authorization: Token …`, `Bearer …`.
fn without_pairs(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, end)) = next_pair_value(rest) {
        masked.push_str(&rest[..start]);
        masked.push_str(MASK);
        rest = &rest[end..];
    }
    masked.push_str(rest);
    masked
}

/// Where the next secret value of a pair begins and ends.
fn next_pair_value(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    let mut announced = None;
    while let Some((start, end)) = next_word(text, from) {
        from = end;
        let word = &text[start..end];
        let paired = keys::is_secret_word(word)
            .then(|| after_separator(text, end))
            .flatten();
        let follows = is_scheme(word) && text[end..].starts_with(' ');
        let Some(value) = paired.or(follows.then_some(end + 1)) else {
            continue;
        };
        // «Authorization: Token abc»: the scheme is not the secret; the loop comes to it next.
        if next_word(text, value).is_some_and(|(a, b)| a == value && is_scheme(&text[a..b])) {
            announced = Some(value);
            continue;
        }
        let length = length_of_value(word, text, value);
        let secret = &text[value..value + length];
        let is_certain = paired.is_some() || announced == Some(start);
        if secret.is_empty() || secret == MASK || (!is_certain && is_prose(secret)) {
            continue;
        }
        return Some((value, value + length));
    }
    None
}

/// Of the value at `value`, which `word` announces.
fn length_of_value(word: &str, text: &str, value: usize) -> usize {
    let rest = &text[value..];
    // Commas and spaces are part of what stands in quotes.
    let quote = text[..value].chars().next_back();
    let quoted = quote
        .filter(|one| matches!(one, '"' | '\''))
        .and_then(|one| rest.find(one));
    let closes = |length: &usize| !rest[length + 1..].starts_with(char::is_alphanumeric);
    if let Some(length) = quoted.filter(closes) {
        return length;
    }
    let lower = word.to_ascii_lowercase();
    if lower.contains("cookie") {
        // Several pairs, each with its secret.
        let ends = |one: char| one.is_control() || matches!(one, '"' | '\'' | '<' | '>');
        return rest.find(ends).unwrap_or(rest.len());
    }
    let first = rest.find(ends_value).unwrap_or(rest.len());
    let (scheme, after) = rest.split_at(first);
    // «Authorization: ApiKey abc»: of a scheme that nobody knows, the word after it is the secret.
    if lower.contains("authorization")
        && scheme != MASK
        && let Some(more) = after.strip_prefix(' ')
    {
        return first + 1 + more.find(ends_value).unwrap_or(more.len());
    }
    first
}

fn is_scheme(word: &str) -> bool {
    ["token", "bearer", "basic"]
        .iter()
        .any(|scheme| word.eq_ignore_ascii_case(scheme))
}

/// «the token is refused»: what follows is a word, not a secret.
fn is_prose(text: &str) -> bool {
    text.len() < 12 && text.chars().all(char::is_alphabetic)
}

fn next_word(text: &str, from: usize) -> Option<(usize, usize)> {
    let is_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    let start = from + text[from..].find(is_word)?;
    let end = text[start..]
        .find(|character| !is_word(character))
        .map_or(text.len(), |length| start + length);
    Some((start, end))
}

/// The place after `:` or `=`, with the quotes and spaces around it.
fn after_separator(text: &str, from: usize) -> Option<usize> {
    let is_around = |character: char| matches!(character, ' ' | '"' | '\'' | '\\' | '`');
    let rest = text[from..].trim_start_matches(is_around);
    let encoded = rest
        .get(..3)
        .filter(|three| ["%3a", "%3d"].contains(&three.to_ascii_lowercase().as_str()));
    let rest = match encoded {
        Some(_) => &rest[3..],
        None => rest.strip_prefix([':', '='])?,
    };
    Some(text.len() - rest.trim_start_matches(is_around).len())
}

/// Long hexadecimal runs, web tokens, cloud resource names.
fn without_tokens(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run_start = 0;
    let is_run = |character: char| {
        character.is_ascii_alphanumeric()
            || matches!(character, '_' | '-' | '.' | ':' | '/' | '+' | '=')
    };
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        if at < text.len() && is_run(character) {
            continue;
        }
        masked.push_str(&masked_run(&text[run_start..at]));
        if at < text.len() {
            masked.push(character);
        }
        run_start = at + character.len_utf8();
    }
    masked
}

fn masked_run(run: &str) -> String {
    let is_resource_name = run.len() > 4 && run.as_bytes()[..4].eq_ignore_ascii_case(b"arn:");
    let is_web_token = run.contains("eyJ") && run.matches('.').count() >= 2;
    if is_resource_name || is_web_token {
        return MASK.to_owned();
    }
    let mut masked = String::with_capacity(run.len());
    let mut rest = run;
    while let Some(start) = rest.find(|character: char| character.is_ascii_hexdigit()) {
        let end = rest[start..]
            .find(|character: char| !character.is_ascii_hexdigit())
            .map_or(rest.len(), |length| start + length);
        masked.push_str(&rest[..start]);
        masked.push_str(if is_token_length(end - start) {
            MASK
        } else {
            &rest[start..end]
        });
        rest = &rest[end..];
    }
    masked.push_str(rest);
    masked
}

/// Hashes of 32, 40 and 64 digits are what a report is checked with; other long runs are keys (50, 128) or unknown.
fn is_token_length(digits: usize) -> bool {
    digits > 40 && digits != 64
}
