//! Reports made for the purpose, each with what must be read of it written by hand beside it (`tests/corpus`).
//!
//! One line says one thing:
//! `category | statement | code @ where | path +other places` for a cause, most decisive first; `say` for what the
//! customer may hear; `next` for what to do; `passed` with their number; `previous` like a cause; `sign` for a sign of
//! failure that no cause covers; `unknown` for a part that nothing describes; `compare key agreement`; `mrz format`
//! with its check digits, `!` before a wrong one.

use std::{fs, path::PathBuf};

use chrono::NaiveDate;
use evidence::{Agreement, Cause, Declared, Mrz, Reading};
use id360_api::Report;
use serde::Serialize;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// Name, bytes, and what is written beside.
pub fn corpus() -> Vec<(String, Vec<u8>, String)> {
    let mut all: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|one| one == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let expected = fs::read_to_string(path.with_extension("causes"))
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, fs::read(&path).unwrap(), expected)
        })
        .collect();
    all.sort();
    all
}

/// The person of the corpus, as she was declared.
pub fn declared() -> Vec<Declared> {
    [
        ("name", "VALMONTEL"),
        ("first_name", "Ondine"),
        ("birth_date", "1978-02-14"),
    ]
    .map(|(key, value)| Declared {
        key: key.to_owned(),
        value: value.to_owned(),
        is_expected: true,
    })
    .into()
}

pub fn read(raw: &[u8]) -> Reading {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    Reading::of(&Report::read(raw).unwrap(), &declared(), today)
}

/// Facts §F.7.
pub const PUBLISHED: [&str; 20] = [
    "ACCOUNT_MISSING_EMAIL",
    "MDL_RESPONSE_INVALID",
    "MDL_CHALLENGE_NOT_MET",
    "MDL_INPUT_INVALID",
    "VLD_DOCUMENT_INVALID",
    "VLD_VALIDATION_KO",
    "VLD_ID_INVALID",
    "VLD_SYNTAX_ERROR",
    "VLD_SCRIPT_ERROR",
    "EIM_WRONG_CREDENTIAL",
    "EIM_WRONG_REQUEST",
    "EIM_SECURITY_FAILED",
    "EIM_RESPONSE_KO",
    "EIM_TIMEOUT",
    "ERL_TIMEOUT",
    "ERL_DELETE",
    "SEC_DATA_INJECTION",
    "SVC_RESPONSE_INVALID",
    "COV_FAILED",
    "UNKNOWN_ERROR",
];

fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value).unwrap() {
        serde_json::Value::String(word) => word,
        other => other.to_string(),
    }
}

fn cause(cause: &Cause) -> String {
    let finding = &cause.finding;
    let more = match finding.also_at.len() {
        0 => String::new(),
        count => format!(" +{count}"),
    };
    format!(
        "{} | {} | {} @ {} | {}{more}",
        word(finding.category),
        word(cause.statement),
        finding.code,
        finding.where_.as_deref().unwrap_or("-"),
        finding.json_path
    )
}

fn mrz(mrz: &Mrz) -> String {
    let checks = mrz.checks.iter().map(|check| {
        let mark = if check.is_right { "" } else { "!" };
        format!(" {mark}{}", word(check.subject))
    });
    let format = mrz.format.map_or_else(|| "-".to_owned(), word);
    format!("mrz {format}{}", checks.collect::<String>())
}

fn told(reading: &Reading) -> Vec<String> {
    let mut lines: Vec<String> = reading.causes.iter().map(cause).collect();
    lines.extend(
        reading
            .sayings
            .iter()
            .map(|say| format!("say {}", word(say))),
    );
    lines.extend(
        reading
            .next_steps
            .iter()
            .map(|next| format!("next {}", word(next))),
    );
    if !reading.passed.is_empty() {
        lines.push(format!("passed {}", reading.passed.len()));
    }
    lines.extend(
        reading
            .previous
            .iter()
            .map(|one| format!("previous {}", cause(one))),
    );
    lines.extend(reading.unexplained.iter().map(|sign| {
        let often = if sign.count == 1 {
            String::new()
        } else {
            format!(" x{}", sign.count)
        };
        format!("sign {} {}{often}", sign.value, sign.json_path)
    }));
    lines.extend(
        reading
            .unknown
            .iter()
            .map(|one| format!("unknown {}", one.json_path)),
    );
    let compared = reading.comparisons.iter();
    lines.extend(
        compared
            .filter(|one| one.agreement != Agreement::NotRead)
            .map(|one| {
                let kinds: Vec<String> = one.writing.iter().map(word).collect();
                format!(
                    "compare {} {} {}",
                    one.key,
                    word(one.agreement),
                    kinds.join(",")
                )
                .trim()
                .to_owned()
            }),
    );
    lines.extend(reading.mrz.iter().map(mrz));
    lines
}

#[test]
fn every_report_of_the_corpus_is_explained_as_it_was_written_down() {
    let corpus = corpus();
    assert!(corpus.len() >= 60, "{}", corpus.len());
    let mut wrong = String::new();
    for (name, raw, expected) in corpus {
        let found = told(&read(&raw)).join("\n");
        if found.trim() != expected.trim() {
            wrong.push_str(&format!(
                "== {name}\n-- written:\n{expected}\n-- found:\n{found}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_a_report_says_does_not_depend_on_when_it_is_asked() {
    for (name, raw, _) in corpus() {
        assert_eq!(read(&raw), read(&raw), "{name}");
    }
}

#[test]
fn every_published_code_has_a_report_of_its_own() {
    let corpus = corpus();
    for code in PUBLISHED {
        let of_its_own = |(name, _, expected): &(String, Vec<u8>, String)| {
            name.starts_with("code_") && expected.contains(&format!("| {code} @"))
        };
        assert!(corpus.iter().any(of_its_own), "{code}");
    }
}

#[test]
fn no_secret_of_the_corpus_is_in_anything_that_is_shown_or_exported() {
    let mut held = 0;
    for (name, raw, _) in corpus() {
        held += usize::from(String::from_utf8_lossy(&raw).contains("CANARI"));
        let shown = serde_json::to_string(&read(&raw)).unwrap();
        assert!(!shown.contains("CANARI"), "{name}: {shown}");
        assert!(!evidence::masked_json(&raw).contains("CANARI"), "{name}");
    }
    assert!(held >= 2);
}
