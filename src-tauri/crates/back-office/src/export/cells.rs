//! What stands in a cell, and why no spreadsheet takes it for a formula.

use std::{collections::HashMap, fmt::Write as _};

use chrono::{DateTime, Datelike as _, Local, Offset as _, Timelike as _, Utc};
use dossiers::Cell;

use super::words;
use crate::{
    desk::Desk,
    views::{
        list::ListColumn,
        settings::{EnvironmentSettings, Language},
        transfer::ExportColumn,
    },
};

/// The columns of an export and the words they are written with.
#[derive(Debug)]
pub struct Cells {
    pub columns: Vec<ExportColumn>,
    pub language: Language,
    /// What the known environments are called.
    environments: HashMap<String, String>,
}

impl Cells {
    pub fn of(desk: &Desk, columns: Vec<ExportColumn>) -> Self {
        let preferences = desk.preferences();
        let language = preferences.language;
        let named = |known: EnvironmentSettings| {
            let built_in = || words::environment(language, known.kind).to_owned();
            (known.id, known.name.unwrap_or_else(built_in))
        };
        Self {
            columns,
            language,
            environments: preferences.environments.into_iter().map(named).collect(),
        }
    }

    /// Writes the cell behind what `into` holds.
    pub fn write(&self, cell: Cell<'_>, column: ListColumn, into: &mut String) {
        match cell {
            Cell::Missing => {}
            Cell::Text(text) => into.push_str(match column {
                ListColumn::Status => words::status(self.language, text),
                ListColumn::Level => words::level(self.language, text),
                ListColumn::Environment => self.environments.get(text).map_or(text, String::as_str),
                _ => text,
            }),
            // A String takes everything.
            Cell::Number(number) => drop(write!(into, "{number}")),
            Cell::Time(at) => write_time(into, at),
            Cell::Evidence(state) => into.push_str(words::evidence(self.language, state)),
            Cell::Decision(choice) => into.push_str(words::decision(self.language, choice)),
        }
    }
}

/// ISO 8601 by the person's own clock, with its zone.
fn write_time(into: &mut String, at: DateTime<Utc>) {
    let at = at.with_timezone(&Local);
    let offset = at.offset().fix().local_minus_utc() / 60;
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs();
    // Digit by digit: the formatter costs more than the reading of the row. A String takes everything.
    let _ = write!(into, "{:04}", at.year());
    for (before, number) in [
        ('-', at.month()),
        ('-', at.day()),
        ('T', at.hour()),
        (':', at.minute()),
        (':', at.second()),
        (sign, minutes / 60),
        (':', minutes % 60),
    ] {
        into.push(before);
        for digit in [number / 10, number % 10] {
            into.push(char::from_digit(digit, 10).unwrap_or('?'));
        }
    }
}

/// Makes a text of every formula: also of one behind what parts cells or lines where the file is opened with the
/// separator of another country, since quotes inside such a line keep nothing together.
pub fn disarm(cell: &mut String) {
    let behind = |(at, byte): (usize, u8)| {
        matches!(byte, b',' | b';' | b'\t' | b'\r' | b'\n').then_some(at + 1)
    };
    let mut places: Vec<usize> = cell
        .bytes()
        .enumerate()
        .filter_map(behind)
        .filter(|at| cell.get(*at..).is_some_and(begins_formula))
        .collect();
    if is_formula(cell) {
        places.insert(0, 0);
    }
    for at in places.into_iter().rev() {
        cell.insert(at, '\'');
    }
}

/// A spreadsheet would take the text for a formula.
fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n']) || begins_formula(text)
}

/// What it begins with, behind everything that a spreadsheet leaves out at the beginning, is a sign that begins one.
fn begins_formula(text: &str) -> bool {
    text.chars()
        .find(|letter| !left_out(*letter))
        .is_some_and(|first| {
            matches!(
                first,
                '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−' | '﹢' | '﹣' | '﹦' | '﹫'
            )
        })
}

/// Spaces, quotes and what has no width.
fn left_out(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '"' | '\'' | '`' | '«' | '»' | '‘' | '’' | '“' | '”' | '\u{ad}' | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_begin_a_formula_is_recognised() {
        let signs = ["=", "+", "-", "@", "＝", "＋", "－", "＠"];
        let behind = [
            "", " ", "  ", "\"", "'", "\" ", " \"", "\u{a0}", "\u{feff}", "\u{200b}", "\t", "\r",
            "\n",
        ];
        let formulas = ["cmd|' /C calc'!A0", "HYPERLINK(\"http://x\")"];
        let mut cases = 0;
        for sign in signs {
            for before in behind {
                for formula in formulas {
                    let cell = format!("{before}{sign}{formula}");
                    assert!(is_formula(&cell), "{cell:?}");
                    cases += 1;
                }
            }
        }
        for cell in ["\tSUM(A1)", "\rSUM(A1)", "\nSUM(A1)"] {
            assert!(is_formula(cell), "{cell:?}");
            cases += 1;
        }
        assert!(cases >= 200);
    }

    #[test]
    fn a_formula_behind_the_separator_of_another_country_is_made_a_text_too() {
        for (cell, expected) in [
            ("REF;=1+1", "REF;'=1+1"),
            ("REF, @SUM(A1)", "REF,' @SUM(A1)"),
            ("REF\t\"-1", "REF\t'\"-1"),
            ("REF\r\n=1", "REF\r'\n'=1"),
            ("=1;=2", "'=1;'=2"),
            ("é;,＝1", "é;,'＝1"),
        ] {
            let mut cell = cell.to_owned();
            disarm(&mut cell);
            assert_eq!(cell, expected);
        }
        for text in ["Valmontel, Ondine", "A;\r\nB", "12,5", "REF-1042;", ";;"] {
            let mut cell = text.to_owned();
            disarm(&mut cell);
            assert_eq!(cell, text);
        }
    }

    #[test]
    fn what_is_no_formula_stays_as_it_is() {
        for cell in [
            "",
            "REF-1042",
            "Valmontel Ondine",
            "a=b",
            "12",
            "O'Neil",
            "2026-11-23",
        ] {
            assert!(!is_formula(cell), "{cell:?}");
        }
    }
}
