//! Where things stand in a zone.

use super::{MrzCheckSubject, MrzFormat, MrzKey};

/// From `start` (counted from 0) to before `end`, on one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    line: usize,
    start: usize,
    end: usize,
}

impl Place {
    /// Lines are plain ASCII here, and of the layout's length.
    pub(super) fn of(self, lines: &[String]) -> &str {
        lines
            .get(self.line)
            .and_then(|line| line.get(self.start..self.end))
            .unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    /// Name, two fillers, first names.
    Names,
    FirstNames,
    Birth,
    Expiry,
    /// Year and month.
    Month,
    Plain(MrzKey),
}

#[derive(Debug)]
pub(super) struct Check {
    pub subject: MrzCheckSubject,
    pub over: &'static [Place],
    pub digit: Place,
}

#[derive(Debug)]
pub(super) struct Layout {
    pub format: MrzFormat,
    pub fields: &'static [(Meaning, Place)],
    pub checks: &'static [Check],
    /// Where a document number that is longer than its place goes on.
    pub number: Option<NumberPlaces>,
}

/// The place of a document number, and those of what may carry on with it.
#[derive(Debug)]
pub(super) struct NumberPlaces {
    pub start: Place,
    pub digit: Place,
    pub optional: Place,
}

const fn at(line: usize, start: usize, end: usize) -> Place {
    Place { line, start, end }
}

const fn check(subject: MrzCheckSubject, over: &'static [Place], digit: Place) -> Check {
    Check {
        subject,
        over,
        digit,
    }
}

use MrzCheckSubject as Of;
use MrzKey as Key;

const TYPE: (Meaning, Place) = (Meaning::Plain(Key::DocumentType), at(0, 0, 2));
const COUNTRY: (Meaning, Place) = (Meaning::Plain(Key::IssuingCountry), at(0, 2, 5));

/// Doc 9303-5, 4.2.
const TD1: Layout = Layout {
    format: MrzFormat::Td1,
    fields: &[
        TYPE,
        COUNTRY,
        (Meaning::Names, at(2, 0, 30)),
        (Meaning::Plain(Key::DocumentNumber), at(0, 5, 14)),
        (Meaning::Plain(Key::Nationality), at(1, 15, 18)),
        (Meaning::Birth, at(1, 0, 6)),
        (Meaning::Plain(Key::Sex), at(1, 7, 8)),
        (Meaning::Expiry, at(1, 8, 14)),
        (Meaning::Plain(Key::Optional), at(0, 15, 30)),
    ],
    checks: &[
        check(Of::DocumentNumber, &[at(0, 5, 14)], at(0, 14, 15)),
        check(Of::BirthDate, &[at(1, 0, 6)], at(1, 6, 7)),
        check(Of::ExpirationDate, &[at(1, 8, 14)], at(1, 14, 15)),
        check(
            Of::Composite,
            &[at(0, 5, 30), at(1, 0, 7), at(1, 8, 15), at(1, 18, 29)],
            at(1, 29, 30),
        ),
    ],
    number: Some(NumberPlaces {
        start: at(0, 5, 14),
        digit: at(0, 14, 15),
        optional: at(0, 15, 30),
    }),
};

/// Doc 9303-6, 4.2.
const TD2: Layout = Layout {
    format: MrzFormat::Td2,
    fields: &[
        TYPE,
        COUNTRY,
        (Meaning::Names, at(0, 5, 36)),
        (Meaning::Plain(Key::DocumentNumber), at(1, 0, 9)),
        (Meaning::Plain(Key::Nationality), at(1, 10, 13)),
        (Meaning::Birth, at(1, 13, 19)),
        (Meaning::Plain(Key::Sex), at(1, 20, 21)),
        (Meaning::Expiry, at(1, 21, 27)),
        (Meaning::Plain(Key::Optional), at(1, 28, 35)),
    ],
    checks: &[
        check(Of::DocumentNumber, &[at(1, 0, 9)], at(1, 9, 10)),
        check(Of::BirthDate, &[at(1, 13, 19)], at(1, 19, 20)),
        check(Of::ExpirationDate, &[at(1, 21, 27)], at(1, 27, 28)),
        check(
            Of::Composite,
            &[at(1, 0, 10), at(1, 13, 20), at(1, 21, 35)],
            at(1, 35, 36),
        ),
    ],
    number: Some(NumberPlaces {
        start: at(1, 0, 9),
        digit: at(1, 9, 10),
        optional: at(1, 28, 35),
    }),
};

/// Doc 9303-4, 4.2.
const TD3: Layout = Layout {
    format: MrzFormat::Td3,
    fields: &[
        TYPE,
        COUNTRY,
        (Meaning::Names, at(0, 5, 44)),
        (Meaning::Plain(Key::DocumentNumber), at(1, 0, 9)),
        (Meaning::Plain(Key::Nationality), at(1, 10, 13)),
        (Meaning::Birth, at(1, 13, 19)),
        (Meaning::Plain(Key::Sex), at(1, 20, 21)),
        (Meaning::Expiry, at(1, 21, 27)),
        (Meaning::Plain(Key::Optional), at(1, 28, 42)),
    ],
    checks: &[
        check(Of::DocumentNumber, &[at(1, 0, 9)], at(1, 9, 10)),
        check(Of::BirthDate, &[at(1, 13, 19)], at(1, 19, 20)),
        check(Of::ExpirationDate, &[at(1, 21, 27)], at(1, 27, 28)),
        check(Of::Optional, &[at(1, 28, 42)], at(1, 42, 43)),
        check(
            Of::Composite,
            &[at(1, 0, 10), at(1, 13, 20), at(1, 21, 43)],
            at(1, 43, 44),
        ),
    ],
    number: None,
};

/// The card issued from 1988 to 2021: name alone above; month of issue, office and number as one below.
const FRENCH_CARD: Layout = Layout {
    format: MrzFormat::FrenchCard,
    fields: &[
        TYPE,
        COUNTRY,
        (Meaning::Plain(Key::Name), at(0, 5, 30)),
        (Meaning::FirstNames, at(1, 13, 27)),
        (Meaning::Plain(Key::DocumentNumber), at(1, 0, 12)),
        (Meaning::Birth, at(1, 27, 33)),
        (Meaning::Plain(Key::Sex), at(1, 34, 35)),
        (Meaning::Month, at(1, 0, 4)),
    ],
    checks: &[
        check(Of::DocumentNumber, &[at(1, 0, 12)], at(1, 12, 13)),
        check(Of::BirthDate, &[at(1, 27, 33)], at(1, 33, 34)),
        check(Of::Composite, &[at(0, 0, 36), at(1, 0, 35)], at(1, 35, 36)),
    ],
    number: None,
};

/// By the number and the length of the lines; `None` for anything else.
pub(super) fn of(lines: &[String]) -> Option<&'static Layout> {
    let is_plain = |line: &String| {
        line.bytes()
            .all(|byte| byte == b'<' || byte.is_ascii_digit() || byte.is_ascii_uppercase())
    };
    if !lines.iter().all(is_plain) {
        return None;
    }
    let lengths: Vec<usize> = lines.iter().map(String::len).collect();
    match lengths.as_slice() {
        [30, 30, 30] => Some(&TD1),
        // Of a visa, whose last check digits of a card or a passport are none (Doc 9303-7).
        [36, 36] | [44, 44] if lines[0].starts_with('V') => None,
        [36, 36] if lines[0].starts_with("IDFRA") => Some(&FRENCH_CARD),
        [36, 36] => Some(&TD2),
        [44, 44] => Some(&TD3),
        _ => None,
    }
}
