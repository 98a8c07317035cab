//! What was declared beside what was read, letter under letter (product.md §5 C).

mod alignment;
mod letters;

use chrono::NaiveDate;
use id360_api::{Check, CheckField, Report, json_path as path};
use serde::Serialize;
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

pub use alignment::{Column, ColumnKind, WritingDifference};

use crate::{
    masking::masked_text,
    reading::{identity, places},
};

/// What a person typed, or sent to be compared with.
#[derive(Clone, PartialEq, Eq)]
pub struct Declared {
    /// `name`, `first_name`, `birth_date`, …
    pub key: String,
    /// Personal data.
    pub value: String,
    /// Sent to ID360 to be compared with, not only typed.
    pub is_expected: bool,
}

/// How two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    Same,
    /// The same letters, written another way.
    Writing,
    Differs,
    /// Nothing was read to compare with.
    NotRead,
}

/// Two values, one above the other.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The datum, or the rule of a comparison that ID360 made.
    pub key: String,
    pub declared: String,
    /// Empty where nothing was read.
    pub read: String,
    /// Where the report says what was read.
    pub json_path: Option<String>,
    pub is_expected: bool,
    /// Two documents were compared: the types of the one above and of the one below, empty where the report does not
    /// say. `None` where something was declared.
    pub documents: Option<[String; 2]>,
    pub agreement: Agreement,
    /// What kinds of writing differ; empty unless [`Agreement::Writing`].
    pub writing: Vec<WritingDifference>,
    /// Empty for equal values and for those that are too long.
    pub columns: Vec<Column>,
    /// The result that ID360 gives to a comparison of its own.
    pub passed: Option<bool>,
}

macro_rules! no_person_in_debug {
    ($($kind:ident: $key:ident),*) => {$(
        impl std::fmt::Debug for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($kind))
                    .field(stringify!($key), &self.$key)
                    .finish_non_exhaustive()
            }
        }
    )*};
}
no_person_in_debug!(Declared: key, Comparison: key);

/// Each declared value beside the closest one that was read, then the comparisons that ID360 made itself.
pub fn comparisons(report: &Report, declared: &[Declared]) -> Vec<Comparison> {
    let mut all: Vec<Comparison> = Vec::new();
    for datum in declared {
        let value = datum.value.trim();
        let twin = all
            .iter_mut()
            .find(|other| other.key == datum.key && other.declared == masked_text(value));
        match twin {
            Some(twin) => twin.is_expected |= datum.is_expected,
            None if value.is_empty() => {}
            None => all.push(with_what_was_read(datum, value, report)),
        }
    }
    all.extend(report.comparisons.iter().filter_map(made_by_id360));
    all
}

/// `None` without two values.
fn made_by_id360(check: &Check) -> Option<Comparison> {
    let [one, two] = check.fields.as_slice() else {
        return None;
    };
    // «data» is what was pushed (facts §K): it goes above.
    let is_data = |field: &CheckField| field.document_type.as_deref() == Some("data");
    let (above, below) = if is_data(two) { (two, one) } else { (one, two) };
    let is_expected = is_data(above);
    let pair = Pair::of(
        &field_text(above)?,
        &field_text(below)?,
        Compared::of_check(check),
        identity::any_day,
    );
    let key = check.reference.clone().or_else(|| below.name.clone());
    Some(Comparison {
        documents: (!is_expected).then(|| [above, below].map(document_of)),
        ..pair.into_comparison(
            key.unwrap_or_default(),
            Some(check.json_path.clone()),
            is_expected,
            check.passed,
        )
    })
}

fn document_of(field: &CheckField) -> String {
    masked_text(field.document_type.as_deref().unwrap_or_default())
}

fn field_text(field: &CheckField) -> Option<String> {
    text_of(field.value.as_ref()?)
}

fn with_what_was_read(datum: &Declared, value: &str, report: &Report) -> Comparison {
    let compared = Compared::of(&datum.key);
    let mut closest: Option<(Pair, String)> = None;
    for (read, json_path) in candidates(&datum.key, report) {
        // What a person typed is a day only as the form writes one: eight digits may be any number.
        let pair = Pair::of(value, &read, compared, identity::day);
        let is_closer = closest
            .as_ref()
            .is_none_or(|(best, _)| pair.distance() < best.distance());
        if is_closer {
            closest = Some((pair, json_path));
        }
    }
    match closest {
        Some((pair, at)) => {
            pair.into_comparison(datum.key.clone(), Some(at), datum.is_expected, None)
        }
        None => Comparison {
            key: masked_text(&datum.key),
            declared: masked_text(value),
            read: String::new(),
            json_path: None,
            is_expected: datum.is_expected,
            documents: None,
            agreement: Agreement::NotRead,
            writing: Vec::new(),
            columns: Vec::new(),
            passed: None,
        },
    }
}

/// What is compared: it decides what is only another way to write the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compared {
    Phone,
    /// Every sign counts, and case does not.
    Email,
    Gender,
    Other,
}

impl Compared {
    /// By the name of a datum or of a field.
    fn of(name: &str) -> Self {
        match name {
            "phone_number" => Self::Phone,
            "email" => Self::Email,
            "gender" => Self::Gender,
            _ => Self::Other,
        }
    }

    /// By the names of the fields, else by the last word of the rule.
    fn of_check(check: &Check) -> Self {
        let names = check.fields.iter().filter_map(|one| one.name.as_deref());
        let rule = check.reference.as_deref();
        names
            .chain(rule.and_then(|rule| rule.rsplit('.').next()))
            .map(Self::of)
            .find(|one| *one != Self::Other)
            .unwrap_or(Self::Other)
    }

    /// Whether two texts that are written in their own ways say one thing.
    fn is_one(self, above: &str, below: &str) -> bool {
        match self {
            Self::Phone => {
                let one = number(above);
                !one.is_empty() && one == number(below)
            }
            Self::Gender => gender(above).is_some_and(|one| gender(below) == Some(one)),
            Self::Email | Self::Other => false,
        }
    }
}

struct Pair {
    declared: String,
    read: String,
    agreement: Agreement,
    writing: Vec<WritingDifference>,
    columns: Vec<Column>,
    cost: usize,
}

impl Pair {
    /// `day` reads the value above; that below is read in every way.
    fn of(
        declared: &str,
        read: &str,
        compared: Compared,
        day: fn(&str) -> Option<NaiveDate>,
    ) -> Self {
        // An accent that stands apart and one that does not are the same to every eye.
        let whole = |text: &str| text.trim().nfc().collect::<String>();
        let (above, below) = (whole(declared), whole(read));
        let is_one_day = || day(&above).is_some_and(|day| identity::any_day(&below) == Some(day));
        let is_one = above == below || is_one_day() || compared.is_one(&above, &below);
        let (declared, read) = (masked_text(&above), masked_text(&below));
        // Two secrets are not one because neither is shown.
        if is_one || declared == read {
            return Self {
                agreement: if is_one {
                    Agreement::Same
                } else {
                    Agreement::Differs
                },
                writing: Vec::new(),
                columns: Vec::new(),
                cost: if is_one { 0 } else { usize::MAX },
                declared,
                read,
            };
        }
        let aligned = alignment::align(&declared, &read, compared);
        Self {
            agreement: if aligned.differs {
                Agreement::Differs
            } else {
                Agreement::Writing
            },
            writing: if aligned.differs {
                Vec::new()
            } else {
                aligned.writing
            },
            columns: aligned.columns,
            cost: aligned.cost,
            declared,
            read,
        }
    }

    fn distance(&self) -> (u8, usize) {
        match self.agreement {
            Agreement::Same => (0, 0),
            Agreement::Writing => (1, self.cost),
            Agreement::Differs | Agreement::NotRead => (2, self.cost),
        }
    }

    fn into_comparison(
        self,
        key: String,
        json_path: Option<String>,
        is_expected: bool,
        passed: Option<bool>,
    ) -> Comparison {
        Comparison {
            key: masked_text(&key),
            declared: self.declared,
            read: self.read,
            json_path,
            is_expected,
            documents: None,
            agreement: self.agreement,
            writing: self.writing,
            columns: self.columns,
            passed,
        }
    }
}

/// The national number: `+33 6 12…`, `0033612…` and `06 12…` are one. That of another country keeps a `+`, which no
/// national number has.
fn number(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let international = if text.trim_start().starts_with('+') {
        Some(digits.as_str())
    } else {
        digits.strip_prefix("00")
    };
    match international.map(|whole| (whole, whole.strip_prefix("33"))) {
        Some((_, Some(national))) => national.trim_start_matches('0').to_owned(),
        Some((whole, None)) => format!("+{whole}"),
        None => digits.strip_prefix('0').unwrap_or(&digits).to_owned(),
    }
}

/// Facts §J.14: `M`, `male` and «Homme» are one.
fn gender(text: &str) -> Option<char> {
    match text.to_lowercase().as_str() {
        "m" | "male" | "man" | "h" | "homme" | "masculin" => Some('M'),
        "f" | "female" | "woman" | "femme" | "féminin" | "feminin" => Some('F'),
        _ => None,
    }
}

/// The keys that a declared datum is held against: the report's own, then those of an electronic identity.
fn keys(key: &str) -> Vec<&str> {
    match key {
        // The last name agrees by the used name or by the birth name (facts §F.9).
        "name" => vec!["name", "birth_name", "family_name"],
        "first_name" => vec!["first_name", "first_names", "given_name"],
        "birth_date" => vec!["birth_date", "birthdate"],
        other => vec![other],
    }
}

/// Every value that was read of a datum, with its place. Extracted data and claims may be those of another person, such
/// as a mandate holder: they stand in only for what the identity of the dossier leaves open.
fn candidates(key: &str, report: &Report) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if let Some(read) = &report.identity {
        take(key, read, &identity::identity_path(report), &mut found);
    }
    if !found.is_empty() {
        return found;
    }
    let entries = report
        .value()
        .get("extracted_data")
        .and_then(|part| part.get("identity"))
        .and_then(Value::as_array);
    for (index, entry) in entries.into_iter().flatten().enumerate() {
        if let Some(object) = entry.as_object().filter(|entry| !is_of_the_mandate(entry)) {
            let base = path::index("$.extracted_data.identity", index);
            take(key, object, &base, &mut found);
        }
    }
    for method in &report.external_methods {
        if let (Some(claims), Some(base)) = (&method.claims, &method.claims_path) {
            take(key, claims, base, &mut found);
        }
    }
    found
}

/// The values of a datum in one object.
fn take(key: &str, object: &Map<String, Value>, base: &str, found: &mut Vec<(String, String)>) {
    for key in keys(key) {
        let Some(value) = object.get(key) else {
            continue;
        };
        let at = path::member(base, key);
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            found.extend(text_of(item).map(|text| (text, path::index(&at, index))));
        }
        found.extend(text_of(value).map(|text| (text, at)));
    }
}

/// Read on the document of somebody else (facts §F.3).
fn is_of_the_mandate(entry: &Map<String, Value>) -> bool {
    let files = entry
        .get("extra")
        .and_then(|extra| extra.get("from_files"))
        .and_then(Value::as_array);
    files
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .any(places::is_of_the_mandate)
}

fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" "),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
