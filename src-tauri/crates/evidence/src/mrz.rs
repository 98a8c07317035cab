//! The machine-readable zone, decoded from the report with its check digits (ICAO Doc 9303 parts 4 to 6, and the
//! French identity card before 2021). A right check digit says that the zone was read well; it proves no document.

mod check_digits;
mod layouts;
mod lines;
mod long_number;

use chrono::{Datelike, NaiveDate};
use id360_api::Report;
use serde::Serialize;

use check_digits::is_right;
use layouts::{Layout, Meaning};

/// How the zone is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MrzFormat {
    /// Three lines of 30: cards.
    Td1,
    /// Two lines of 36: older cards.
    Td2,
    /// Two lines of 44: passports.
    Td3,
    /// Two lines of 36 of the French card, laid out its own way.
    FrenchCard,
}

/// What a part of the zone says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MrzKey {
    DocumentType,
    IssuingCountry,
    Name,
    FirstNames,
    DocumentNumber,
    Nationality,
    BirthDate,
    Sex,
    ExpirationDate,
    /// Year and month of issue, on the French card.
    IssuedIn,
    Optional,
}

/// One decoded part; personal data.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct MrzField {
    pub key: MrzKey,
    /// A date as `YYYY-MM-DD` where it is one, else as it stands, fillers out.
    pub value: String,
    /// A date that no calendar has, or a month when no such card was issued.
    pub doubtful: bool,
}

/// What a check digit is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MrzCheckSubject {
    DocumentNumber,
    BirthDate,
    ExpirationDate,
    Optional,
    Composite,
}

/// One check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MrzCheck {
    pub subject: MrzCheckSubject,
    pub is_right: bool,
}

/// One zone of one document.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Mrz {
    /// Fillers as `<`, whatever the report writes for them.
    pub lines: Vec<String>,
    /// `None`: the lines are shown as they are, and nothing is said of them.
    pub format: Option<MrzFormat>,
    pub fields: Vec<MrzField>,
    pub checks: Vec<MrzCheck>,
    /// Where the first line stands.
    pub json_path: String,
}

impl std::fmt::Debug for MrzField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.key)
    }
}

impl std::fmt::Debug for Mrz {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mrz")
            .field("format", &self.format)
            .field("checks", &self.checks)
            .finish_non_exhaustive()
    }
}

/// The zones of a report, each once. `today` decides the century of a birth.
pub fn zones(report: &Report, today: NaiveDate) -> Vec<Mrz> {
    lines::of(report)
        .into_iter()
        .map(|(lines, json_path)| decode(lines, json_path, today))
        .collect()
}

fn decode(lines: Vec<String>, json_path: String, today: NaiveDate) -> Mrz {
    let Some(layout) = layouts::of(&lines) else {
        return Mrz {
            lines,
            format: None,
            fields: Vec::new(),
            checks: Vec::new(),
            json_path,
        };
    };
    Mrz {
        fields: fields(layout, &lines, today),
        checks: checks(layout, &lines),
        format: Some(layout.format),
        lines,
        json_path,
    }
}

fn fields(layout: &Layout, lines: &[String], today: NaiveDate) -> Vec<MrzField> {
    let long = long_number::of(layout, lines);
    let mut found = Vec::new();
    let mut push = |key, value: String, doubtful| {
        if !value.is_empty() {
            found.push(MrzField {
                key,
                value,
                doubtful,
            });
        }
    };
    for (meaning, place) in layout.fields {
        let raw = place.of(lines);
        match meaning {
            Meaning::Names => {
                let (name, first_names) = raw.split_once("<<").unwrap_or((raw, ""));
                push(MrzKey::Name, words(name), false);
                push(MrzKey::FirstNames, words(first_names), false);
            }
            Meaning::FirstNames => {
                let listed: Vec<String> = raw.split("<<").map(words).collect();
                push(
                    MrzKey::FirstNames,
                    listed.join(" ").trim().to_owned(),
                    false,
                );
            }
            Meaning::Birth | Meaning::Expiry => {
                let key = match meaning {
                    Meaning::Birth => MrzKey::BirthDate,
                    _ => MrzKey::ExpirationDate,
                };
                let is_birth = key == MrzKey::BirthDate;
                match day(raw, is_birth, today) {
                    Some(day) => push(key, day.to_string(), false),
                    None => push(key, words(raw), !(is_birth && is_partly_unknown(raw))),
                }
            }
            Meaning::Month => {
                let (month, doubtful) = issued_in(raw, today);
                push(MrzKey::IssuedIn, month, doubtful);
            }
            Meaning::Plain(key) => {
                let value = match (key, &long) {
                    (MrzKey::DocumentNumber, Some(long)) => words(&long.whole()),
                    (MrzKey::Optional, Some(long)) => words(long.optional),
                    _ => words(raw),
                };
                push(*key, value, false);
            }
        }
    }
    found
}

fn words(raw: &str) -> String {
    raw.split('<')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn checks(layout: &Layout, lines: &[String]) -> Vec<MrzCheck> {
    let long = long_number::of(layout, lines);
    layout
        .checks
        .iter()
        .filter_map(|check| {
            if let (MrzCheckSubject::DocumentNumber, Some(long)) = (check.subject, &long) {
                return Some(MrzCheck {
                    subject: check.subject,
                    is_right: is_right(&long.whole(), long.digit),
                });
            }
            let over: String = check.over.iter().map(|place| place.of(lines)).collect();
            let digit = check.digit.of(lines).chars().next()?;
            // Nothing to check, and a filler for a digit: allowed (Doc 9303-4, 4.2.2).
            if digit == '<' && over.chars().all(|one| one == '<') {
                return None;
            }
            Some(MrzCheck {
                subject: check.subject,
                is_right: is_right(&over, digit),
            })
        })
        .collect()
}

/// Two digits of a year: a birth is in the past; an expiry is within fifty years of today, one way or the other.
fn day(raw: &str, is_birth: bool, today: NaiveDate) -> Option<NaiveDate> {
    let digits: Option<Vec<u32>> = raw.chars().map(|one| one.to_digit(10)).collect();
    let [y1, y2, m1, m2, d1, d2] = digits?.try_into().ok()?;
    let short = i32::try_from(y1 * 10 + y2).ok()?;
    let century = today.year().div_euclid(100) * 100;
    let latest = if is_birth {
        today.year()
    } else {
        today.year() + 50
    };
    let year = [100, 0, -100]
        .into_iter()
        .map(|shift| century + shift + short)
        .find(|year| *year <= latest)?;
    let day = NaiveDate::from_ymd_opt(year, m1 * 10 + m2, d1 * 10 + d2)?;
    if is_birth && day > today {
        return NaiveDate::from_ymd_opt(year - 100, m1 * 10 + m2, d1 * 10 + d2);
    }
    Some(day)
}

/// Fillers stand for what is not known of a birth: the day, the month, the year (Doc 9303-3).
fn is_partly_unknown(raw: &str) -> bool {
    let may_be = |start: usize, least: u32, most: u32| {
        let two = raw.get(start..start + 2).unwrap_or_default();
        let number = two.parse::<u32>();
        two == "<<" || number.is_ok_and(|number| (least..=most).contains(&number))
    };
    raw.contains("<<") && may_be(0, 0, 99) && may_be(2, 1, 12) && may_be(4, 1, 31)
}

/// Of the French card.
const FIRST_YEAR: i32 = 1988;

/// `0803` → `2008-03`, and whether no such card can have been issued then.
fn issued_in(raw: &str, today: NaiveDate) -> (String, bool) {
    match month(raw) {
        Some(month) => (
            month.format("%Y-%m").to_string(),
            month > today || month.year() < FIRST_YEAR,
        ),
        None => (words(raw), true),
    }
}

/// Its first day. No card is so old that `27` could be 1927.
fn month(raw: &str) -> Option<NaiveDate> {
    let digits: Option<Vec<u32>> = raw.chars().map(|one| one.to_digit(10)).collect();
    let [y1, y2, m1, m2] = digits?.try_into().ok()?;
    let short = i32::try_from(y1 * 10 + y2).ok()?;
    let century = if short < 50 { 2000 } else { 1900 };
    NaiveDate::from_ymd_opt(century + short, m1 * 10 + m2, 1)
}
