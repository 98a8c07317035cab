//! Specimens of ICAO Doc 9303 and the invented French card of facts §K.

use chrono::NaiveDate;
use evidence::mrz::zones;
use evidence::{Mrz, MrzCheckSubject, MrzField, MrzFormat, MrzKey};
use id360_api::Report;
use proptest::prelude::*;
use serde_json::{Value, json};

fn zones_of(report: &Value) -> Vec<Mrz> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    zones(&Report::read(report.to_string().as_bytes()).unwrap(), today)
}

fn zone(lines: &[&str]) -> Mrz {
    let extra: serde_json::Map<String, Value> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| (format!("mrz_line_{}", at + 1), json!(line)))
        .collect();
    zones_of(&json!({"extracted_data": {"identity": [{"extra": extra}]}})).remove(0)
}

fn value(mrz: &Mrz, key: MrzKey) -> &str {
    mrz.fields
        .iter()
        .find(|field| field.key == key)
        .map_or("", |field| &field.value)
}

fn check(mrz: &Mrz, subject: MrzCheckSubject) -> Option<bool> {
    mrz.checks
        .iter()
        .find(|check| check.subject == subject)
        .map(|check| check.is_right)
}

#[test]
fn a_passport_says_who_when_and_until_when() {
    let mrz = zone(&[
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ]);
    assert_eq!(mrz.format, Some(MrzFormat::Td3));
    for (key, expected) in [
        (MrzKey::DocumentType, "P"),
        (MrzKey::IssuingCountry, "UTO"),
        (MrzKey::Name, "ERIKSSON"),
        (MrzKey::FirstNames, "ANNA MARIA"),
        (MrzKey::DocumentNumber, "L898902C3"),
        (MrzKey::BirthDate, "1974-08-12"),
        (MrzKey::Sex, "F"),
        (MrzKey::ExpirationDate, "2012-04-15"),
        (MrzKey::Optional, "ZE184226B"),
    ] {
        assert_eq!(value(&mrz, key), expected);
    }
    assert_eq!(mrz.checks.len(), 5);
    assert!(mrz.checks.iter().all(|check| check.is_right));
}

#[test]
fn the_french_card_is_read_its_own_way_with_its_fillers_written_as_hashes() {
    let mrz = zone(&[
        "IDFRAVALMONTEL################999001",
        "0803999004172ONDINE##MAUD##7802144F1",
    ]);
    assert_eq!(mrz.format, Some(MrzFormat::FrenchCard));
    assert_eq!(mrz.lines[0], "IDFRAVALMONTEL<<<<<<<<<<<<<<<<999001");
    for (key, expected) in [
        (MrzKey::Name, "VALMONTEL"),
        (MrzKey::FirstNames, "ONDINE MAUD"),
        (MrzKey::DocumentNumber, "080399900417"),
        (MrzKey::BirthDate, "1978-02-14"),
        (MrzKey::IssuedIn, "2008-03"),
    ] {
        assert_eq!(value(&mrz, key), expected);
    }
    assert!(mrz.checks.iter().all(|check| check.is_right));
}

#[test]
fn a_zone_among_the_flat_values_of_a_step_is_found_and_the_same_one_twice_is_one() {
    let (one, two) = (
        "IDFRAVALMONTEL################999001",
        "0803999004172ONDINE##MAUD##7802144F1",
    );
    let report = json!({
        "extracted_data": {"identity": [{"extra": {"mrz_line_1": one, "mrz_line_2": two}}]},
        "steps": {"id_document": {"status": "OK", "results": {"id_document_result": [{"IDMRZLIGNE1": one, "IDMRZLIGNE2": two}]}}},
    });
    let found = zones_of(&report);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].json_path,
        "$.extracted_data.identity[0].extra.mrz_line_1"
    );
    let older = zones_of(&json!({"steps": report["steps"]}));
    assert_eq!(
        older[0].json_path,
        "$.steps.id_document.results.id_document_result[0].IDMRZLIGNE1"
    );
}

#[test]
fn a_day_that_no_calendar_has_is_doubtful_and_an_unknown_one_is_not() {
    let birth = |date: &str| {
        let line = format!("L898902C36UTO{date}2F1204159ZE184226B<<<<<10");
        let mrz = zone(&["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", &line]);
        mrz.fields
            .into_iter()
            .find(|field| field.key == MrzKey::BirthDate)
            .map(|field| (field.value, field.doubtful))
    };
    assert_eq!(birth("740230"), Some(("740230".into(), true)));
    assert_eq!(birth("<<<<<<"), None);
    for (date, value, doubtful) in [
        ("78<<<<", "78", false),
        ("7802<<", "7802", false),
        ("<<0214", "0214", false),
        ("7813<<", "7813", true),
        ("780<<<", "780", true),
    ] {
        assert_eq!(birth(date), Some((value.into(), doubtful)), "{date}");
    }
    assert_eq!(birth("270101"), Some(("1927-01-01".into(), false)));
    assert_eq!(birth("260101"), Some(("2026-01-01".into(), false)));
    assert_eq!(birth("261224"), Some(("1926-12-24".into(), false)));
}

#[test]
fn an_expiry_of_which_a_part_is_missing_is_doubtful() {
    let mrz = zone(&[
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F12<<<<9ZE184226B<<<<<10",
    ]);
    let expiry = |field: &&MrzField| field.key == MrzKey::ExpirationDate;
    let found = mrz.fields.iter().find(expiry).unwrap();
    assert_eq!((found.value.as_str(), found.doubtful), ("12", true));
}

#[test]
fn a_month_when_no_french_card_was_issued_is_doubtful_and_stays_in_its_century() {
    let issued_in = |month: &str| {
        let line = format!("{month}999004172ONDINE##MAUD##7802144F1");
        let mrz = zone(&["IDFRAVALMONTEL################999001", &line]);
        mrz.fields
            .into_iter()
            .find(|field| field.key == MrzKey::IssuedIn)
            .map(|field| (field.value, field.doubtful))
    };
    for (month, value, doubtful) in [
        ("0803", "2008-03", false),
        ("9912", "1999-12", false),
        ("8801", "1988-01", false),
        ("8712", "1987-12", true),
        ("2611", "2026-11", false),
        ("2612", "2026-12", true),
        ("2712", "2027-12", true),
        ("0800", "0800", true),
        ("0813", "0813", true),
        ("08##", "08", true),
    ] {
        assert_eq!(issued_in(month), Some((value.into(), doubtful)), "{month}");
    }
    assert_eq!(issued_in("####"), None);
}

#[test]
fn any_letter_changed_under_a_check_digit_is_seen() {
    let line = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
    for at in [0, 5, 9, 13, 18, 21, 28, 36] {
        let mut changed: Vec<char> = line.chars().collect();
        changed[at] = match changed[at] {
            '9' => '0',
            '<' => '1',
            'Z' => 'A',
            other => char::from(other as u8 + 1),
        };
        let changed: String = changed.into_iter().collect();
        let mrz = zone(&["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", &changed]);
        assert!(mrz.checks.iter().any(|check| !check.is_right), "{at}");
    }
}

/// The specimens of Doc 9303-7.
#[test]
fn of_a_visa_nothing_is_said_and_no_check_digit_is_called_wrong() {
    for lines in [
        [
            "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
        ],
        [
            "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
            "L8988901C4XXX4009078F9612109<<<<<<<<",
        ],
    ] {
        let mrz = zone(&lines);
        assert_eq!(mrz.format, None);
        assert!(mrz.fields.is_empty() && mrz.checks.is_empty());
        assert_eq!(mrz.lines, lines);
    }
}

/// The specimen of Doc 9303-5, 4.2.2.
#[test]
fn a_document_number_longer_than_its_place_is_read_to_its_end() {
    for lines in [
        vec![
            "I<UTOD23145890<7349<<<<<<<<<<<",
            "7408122F1204159UTO<<<<<<<<<<<6",
            "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        ],
        vec![
            "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
            "D23145890<UTO7408122F12041597349<<<2",
        ],
    ] {
        let mrz = zone(&lines);
        assert_eq!(value(&mrz, MrzKey::DocumentNumber), "D23145890734");
        assert_eq!(value(&mrz, MrzKey::Optional), "");
        assert_eq!(check(&mrz, MrzCheckSubject::DocumentNumber), Some(true));
        assert!(mrz.checks.iter().all(|check| check.is_right), "{mrz:?}");
    }
}

#[test]
fn what_follows_a_long_number_stays_optional() {
    let mrz = zone(&[
        "I<UTOD23145890<7349<ZE184226B<",
        "7408122F1204159UTO<<<<<<<<<<<4",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ]);
    assert_eq!(value(&mrz, MrzKey::DocumentNumber), "D23145890734");
    assert_eq!(value(&mrz, MrzKey::Optional), "ZE184226B");
}

#[test]
fn a_full_number_without_any_check_digit_is_wrong() {
    let mrz = zone(&[
        "I<UTOD23145890<<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<4",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ]);
    assert_eq!(value(&mrz, MrzKey::DocumentNumber), "D23145890");
    assert_eq!(check(&mrz, MrzCheckSubject::DocumentNumber), Some(false));
}

/// Weights 7, 3, 1, written again and otherwise.
fn digit_of(number: &str) -> u32 {
    let value = |at: usize, one: char| one.to_digit(36).unwrap() * [7, 3, 1][at % 3];
    number
        .chars()
        .enumerate()
        .map(|(at, one)| value(at, one))
        .sum::<u32>()
        % 10
}

proptest! {
    #[test]
    fn a_number_of_any_length_is_read_whole_with_its_check_digit(
        number in "[A-Z0-9]{1,22}", off in 0_u32..10, is_card in any::<bool>()
    ) {
        // A card has room for 22 characters and the old card for 14, with a filler after them.
        let number = if is_card { &number } else { &number[..number.len().min(14)] };
        let digit = (digit_of(number) + off) % 10;
        let place = if number.len() > 9 {
            format!("{}<{}{digit}", &number[..9], &number[9..])
        } else {
            format!("{number:<<9}{digit}")
        };
        let mrz = if is_card {
            zone(&[&format!("I<UTO{place:<<25}"), "7408122F1204159UTO<<<<<<<<<<<4", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"])
        } else {
            let (start, rest) = place.split_at(10);
            zone(&["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", &format!("{start}UTO7408122F1204159{rest:<<7}4")])
        };
        prop_assert_eq!(value(&mrz, MrzKey::DocumentNumber), number);
        prop_assert_eq!(check(&mrz, MrzCheckSubject::DocumentNumber), Some(off == 0));
    }

    #[test]
    fn any_lines_are_decoded_or_left_as_they_are(one in "\\PC{0,50}", two in "[A-Z0-9<#]{30,44}", three in "[A-Z0-9<]{30}") {
        zone(&["x", &one]);
        zone(&[&two, &two]);
        zone(&[&three, &three, &three]);
    }
}
