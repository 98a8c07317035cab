//! The bytes of a source into lines, whatever the bytes are: every line that says something gets one
//! verdict.
//!
//! With a heading, columns are found by their names and others are left alone. Without one the first
//! field is the number; then come the api_key and the reference, and a second field that is the last
//! and too short for a key is the reference.

use encoding_rs::{Encoding, WINDOWS_1252};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::splitting::{Delimiter, fields};
use crate::{errors::DeskError, views::transfer::ImportRule};

/// Longest line, in bytes.
const LONGEST_LINE: usize = 64 << 10;
const MOST_LINES: usize = 100_000;
/// Longest api_key and reference, in characters.
const LONGEST_KEY: usize = 4_096;
const LONGEST_REFERENCE: usize = 255;
/// ID360's keys have 31 signs and more (facts §J.2).
const SHORTEST_KEY: usize = 24;
/// Lines that tell the delimiter.
const TELLING: usize = 20;

/// The surest first: a column of the caller's own numbers may be called «Dossier» beside ID360's.
const IDS: [&str; 8] = [
    "enrollment_id",
    "enrolment_id",
    "id",
    "identifiant",
    "enrollment",
    "numero",
    "number",
    "dossier",
];
const KEYS: [&str; 6] = ["api_key", "apikey", "cle", "cle_api", "key", "token"];
const REFERENCES: [&str; 4] = ["reference", "ref", "client_reference", "votre_reference"];

/// One line of the source.
#[derive(Debug)]
pub struct SourceLine {
    /// From 1, empty lines and the heading included.
    pub number: u32,
    pub found: Result<Found, ImportRule>,
}

/// What a line says.
pub struct Found {
    pub enrollment_id: i64,
    pub api_key: Option<SecretString>,
    pub reference: Option<String>,
}

impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Found")
            .field("enrollment_id", &self.enrollment_id)
            .finish_non_exhaustive()
    }
}

/// Which field is what.
#[derive(Debug, Clone, Copy)]
struct Places {
    id: usize,
    api_key: Option<usize>,
    reference: Option<usize>,
    /// There is no heading.
    by_order: bool,
}

/// Every line that says something.
pub fn lines(bytes: &[u8]) -> Result<Vec<SourceLine>, DeskError> {
    let text = decoded(bytes);
    let numbered: Vec<(u32, &str)> = (1_u32..)
        .zip(text.split('\n').flat_map(|line| {
            // Old spreadsheets end lines with a lone carriage return.
            line.strip_suffix('\r').unwrap_or(line).split('\r')
        }))
        .filter(|(_, line)| !line.trim().is_empty())
        .collect();
    let telling: Vec<&str> = numbered
        .iter()
        .map(|(_, line)| *line)
        .filter(|line| line.len() <= LONGEST_LINE)
        .take(TELLING)
        .collect();
    let delimiter = Delimiter::of(&telling);
    let heading = numbered
        .first()
        .and_then(|(_, line)| fields(line, delimiter))
        .and_then(|names| heading(&names));
    let skipped = usize::from(heading.is_some());
    let places = heading.unwrap_or(Places {
        id: 0,
        api_key: Some(1),
        reference: Some(2),
        by_order: true,
    });
    if numbered.len() - skipped > MOST_LINES {
        return Err(DeskError::invalid_field("source", "too_many_lines").with("most", MOST_LINES));
    }
    if numbered.len() == skipped {
        return Err(DeskError::invalid_field("source", "empty"));
    }
    Ok(numbered
        .into_iter()
        .skip(skipped)
        .map(|(number, line)| SourceLine {
            number,
            found: found(line, delimiter, places),
        })
        .collect())
}

/// By its byte order mark, else as UTF-8, else as spreadsheets of Windows write.
fn decoded(bytes: &[u8]) -> Zeroizing<String> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            encoding
                .decode_without_bom_handling(bytes.get(mark..).unwrap_or_default())
                .0
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    };
    Zeroizing::new(text.into_owned())
}

/// The places that a heading names; `None` where the line is none.
fn heading(names: &[Zeroizing<String>]) -> Option<Places> {
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let place = |known: &[&str]| {
        let place_of = |word: &&str| names.iter().position(|name| name == word);
        known.iter().find_map(place_of)
    };
    Some(Places {
        id: place(&IDS)?,
        api_key: place(&KEYS),
        reference: place(&REFERENCES),
        by_order: false,
    })
}

/// Without accents, case and the difference between spaces, dashes and underscores.
fn plain(name: &str) -> String {
    name.trim()
        .to_lowercase()
        .chars()
        .map(|letter| match letter {
            'é' | 'è' | 'ê' => 'e',
            ' ' | '-' | '\u{a0}' => '_',
            letter => letter,
        })
        .collect()
}

fn found(line: &str, delimiter: Delimiter, places: Places) -> Result<Found, ImportRule> {
    if line.len() > LONGEST_LINE {
        return Err(ImportRule::Unreadable);
    }
    let fields = fields(line, delimiter).ok_or(ImportRule::Unreadable)?;
    let field = |place: Option<usize>| {
        place
            .and_then(|place| fields.get(place))
            .map(|field| field.as_str())
            .filter(|field| !field.is_empty())
    };
    let enrollment_id = number(field(Some(places.id)).ok_or(ImportRule::NoId)?)?;
    let (mut api_key, mut reference) = (field(places.api_key), field(places.reference));
    if places.by_order && api_key.is_some_and(|text| !looks_like_key(text)) {
        // Two columns behind the number, and no heading to tell what they are.
        if reference.is_some() {
            return Err(ImportRule::ApiKey);
        }
        (api_key, reference) = (None, api_key);
    }
    if api_key.is_some_and(|key| !is_key(key)) {
        return Err(ImportRule::ApiKey);
    }
    if reference.is_some_and(|text| text.chars().count() > LONGEST_REFERENCE) {
        return Err(ImportRule::ReferenceTooLong);
    }
    Ok(Found {
        enrollment_id,
        api_key: api_key.map(SecretString::from),
        reference: reference.map(str::to_owned),
    })
}

fn number(text: &str) -> Result<i64, ImportRule> {
    // `parse` takes a sign.
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ImportRule::IdNotANumber);
    }
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(ImportRule::IdNotANumber),
    }
}

/// Whoever writes a reference for people to read parts it by signs; a key that is taken for one is only not kept, but
/// a reference that is taken for a key stands in the link.
fn looks_like_key(text: &str) -> bool {
    text.len() >= SHORTEST_KEY && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_key(text: &str) -> bool {
    text.len() <= LONGEST_KEY && is_visible(text)
}

fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::ExposeSecret as _;

    use super::*;

    const KEY: &str = "k3y0123456789abcdef0123456789ab";

    type Shown = (
        u32,
        Result<(i64, Option<String>, Option<String>), ImportRule>,
    );

    fn read(bytes: &[u8]) -> Vec<Shown> {
        lines(bytes)
            .unwrap()
            .into_iter()
            .map(|line| {
                let found = line.found.map(|found| {
                    let key = found.api_key.map(|key| key.expose_secret().to_owned());
                    (found.enrollment_id, key, found.reference)
                });
                (line.number, found)
            })
            .collect()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_heading_is_read_in_french_and_in_english_in_any_order() {
        for heading in [
            "Référence;Identifiant;Clé",
            "reference;ID;API_KEY",
            "Ref;enrollment id;api-key",
        ] {
            let text = format!("\u{feff}{heading}\r\nDÉP-1;880001;{KEY}\r\n");
            let expected = [(2, Ok((880_001, some(KEY), some("DÉP-1"))))];
            assert_eq!(read(text.as_bytes()), expected, "{heading}");
        }
    }

    #[test]
    fn of_two_columns_that_may_hold_the_number_the_surer_name_counts() {
        for heading in [
            "Dossier;Identifiant;Référence",
            "Numéro;ID;Ref",
            "id;enrollment_id;reference",
        ] {
            let text = format!("{heading}\n1042;880001;DÉP-1\n");
            let expected = [(2, Ok((880_001, None, some("DÉP-1"))))];
            assert_eq!(read(text.as_bytes()), expected, "{heading}");
        }
    }

    #[test]
    fn ids_alone_are_read_whatever_parts_them() {
        for text in [
            "12\n\n13",
            "12\r13",
            "id\n12\n13\n",
            "12,\n13,\n",
            " 12 \r\n  13 ",
        ] {
            let ids: Vec<i64> = read(text.as_bytes())
                .into_iter()
                .map(|(_, found)| found.unwrap().0)
                .collect();
            assert_eq!(ids, [12, 13], "{text:?}");
        }
    }

    #[test]
    fn windows_1252_and_utf_16_are_read_as_spreadsheets_write_them() {
        let expected = [(2, Ok((12, None, some("Prêt n° 1"))))];
        assert_eq!(read(b"id;r\xe9f\xe9rence\n12;Pr\xeat n\xb0 1\n"), expected);
        let mut wide = vec![0xff, 0xfe];
        wide.extend(
            "id\tréférence\r\n12\tPrêt n° 1\r\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        );
        assert_eq!(read(&wide), expected);
    }

    #[test]
    fn without_a_heading_a_short_second_field_is_a_reference() {
        for reference in [
            "REF-1",
            "CLIENT-2026-00042",
            "DOSSIER/AGENCE-12/2026/000042",
        ] {
            let line = format!("12;{reference}");
            assert_eq!(
                read(line.as_bytes()),
                [(1, Ok((12, None, some(reference))))]
            );
        }
        let with_key = format!("12;{KEY}");
        assert_eq!(read(with_key.as_bytes()), [(1, Ok((12, some(KEY), None)))]);
    }

    #[test]
    fn without_a_heading_a_reference_that_stands_before_another_column_is_taken_for_no_api_key() {
        for line in ["12;CLIENT-2026-00042;OK", "12\tREF-1\tDupont"] {
            assert_eq!(read(line.as_bytes()), [(1, Err(ImportRule::ApiKey))]);
        }
        let whole = format!("12;{KEY};REF-1");
        assert_eq!(
            read(whole.as_bytes()),
            [(1, Ok((12, some(KEY), some("REF-1"))))]
        );
    }

    #[test]
    fn what_cannot_be_taken_in_is_told_by_its_rule() {
        let long = "r".repeat(256);
        let huge = "9".repeat(65 << 10);
        for (line, rule) in [
            (format!(";{KEY};r"), ImportRule::NoId),
            (format!("abc;{KEY};r"), ImportRule::IdNotANumber),
            (format!("-12;{KEY};r"), ImportRule::IdNotANumber),
            (format!("0;{KEY};r"), ImportRule::IdNotANumber),
            (
                format!("99999999999999999999;{KEY};r"),
                ImportRule::IdNotANumber,
            ),
            ("12;clé é;r".to_owned(), ImportRule::ApiKey),
            (format!("12;{};r", "k".repeat(4_097)), ImportRule::ApiKey),
            (format!("12;{KEY};{long}"), ImportRule::ReferenceTooLong),
            (format!("12;\"{KEY};r"), ImportRule::Unreadable),
            (format!("12;{huge};r"), ImportRule::Unreadable),
        ] {
            let text = format!("id;api_key;reference\n{line}\n");
            let shown = read(text.as_bytes());
            assert_eq!(shown, [(2, Err(rule))], "{}", &line[..line.len().min(60)]);
        }
    }

    #[test]
    fn a_source_of_too_many_lines_or_of_none_is_refused_whole() {
        let many = "12\n".repeat(MOST_LINES + 1);
        for (text, rule) in [
            (&*many, "too_many_lines"),
            ("", "empty"),
            ("id;api_key\n\n", "empty"),
        ] {
            let refused = lines(text.as_bytes()).unwrap_err();
            assert_eq!(refused.params["rule"], rule);
        }
    }

    #[test]
    fn no_text_of_a_line_or_of_an_error_tells_an_api_key() {
        let text = format!("12;{KEY};r\n");
        let shown = format!("{:?}", lines(text.as_bytes()).unwrap());
        assert!(!shown.contains(KEY) && shown.contains("12"), "{shown}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic_and_every_line_has_one_verdict(
            bytes in proptest::collection::vec(any::<u8>(), 0..2_000)
        ) {
            if let Ok(lines) = lines(&bytes) {
                let mut numbers: Vec<u32> = lines.iter().map(|line| line.number).collect();
                let count = numbers.len();
                numbers.dedup();
                prop_assert_eq!(numbers.len(), count);
                prop_assert!(count > 0);
            }
        }

        #[test]
        fn texts_that_look_like_sources_give_one_verdict_for_each_line_that_says_something(
            body in "([0-9a-z\";,\t ]{0,12}\n){1,30}"
        ) {
            let said = body.lines().filter(|line| !line.trim().is_empty()).count();
            match lines(body.as_bytes()) {
                Ok(lines) => prop_assert!(lines.len() == said || lines.len() + 1 == said),
                Err(_) => prop_assert!(said <= 1),
            }
        }
    }
}
