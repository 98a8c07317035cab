use chrono::NaiveDate;
use evidence::identity_fields;
use id360_api::Report;
use serde_json::{Value, json};

use super::{KO_VERSION_2, read};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn fields(report: &Report) -> Vec<(String, String)> {
    identity_fields(report, today())
        .into_iter()
        .map(|field| (field.key, field.value))
        .collect()
}

#[test]
fn an_identity_reads_in_the_order_of_a_person_without_its_empty_fields() {
    let report = Report::read(KO_VERSION_2.as_bytes()).unwrap();
    let expected = [
        ("name", "VALMONTEL"),
        ("first_name", "Ondine"),
        ("first_names", "Ondine, Maud"),
        ("gender", "F"),
        ("birth_date", "1978-02-14"),
        ("birth_place", "VILLE-EXEMPLE"),
        ("address", "12 RUE DES ESSAIS"),
        ("zip_code", "99001"),
        ("city", "VILLE-EXEMPLE"),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(fields(&report), expected);
    assert!(
        identity_fields(&report, today())
            .iter()
            .all(|field| !field.doubtful)
    );
}

#[test]
fn a_list_of_identities_and_a_field_of_tomorrow_are_read() {
    let report =
        read(&json!({"identity": [{"nationality": "FRA", "name": "VALMONTEL", "age": 48}]}));
    let keys: Vec<String> = fields(&report).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["name", "age", "nationality"]);
}

#[test]
fn an_impossible_date_of_birth_is_doubtful_and_a_possible_one_is_not() {
    let doubtful = |date: Value| {
        identity_fields(
            &read(&json!({"identity": {"birth_date": date, "name": "VALMONTEL"}})),
            today(),
        )
        .into_iter()
        .filter(|field| field.doubtful)
        .map(|field| field.key)
        .collect::<Vec<_>>()
    };
    for date in [
        "2063-02-14",
        "2026-11-23",
        "1899-12-31",
        "1978-02-30",
        "1978-00-00",
        "30/02/1978",
        "14/02/2063",
        "14.02.1878",
        "23112026",
        "20261123",
    ] {
        assert_eq!(doubtful(json!(date)), ["birth_date"], "{date}");
    }
    for date in [
        "1978-02-14",
        "2026-11-22",
        "1900-01-01",
        "2000-02-29",
        "1978-02-14T00:00:00Z",
        "14/02/1978",
        "14.02.1978",
        "14-02-1978",
        "14021978",
        "19780214",
        "20120312",
        // Written in a way that nobody knows.
        "780214",
        "14/02/78",
        "02/1978",
        "né en 1978",
    ] {
        assert_eq!(doubtful(json!(date)), [""; 0], "{date}");
    }
    assert_eq!(doubtful(Value::Null), [""; 0]);
}

#[test]
fn the_identity_that_is_shown_hides_no_other() {
    let branches = |report: Value| {
        let found = evidence::reading::unknown::unknown_branches(&read(&report)).into_iter();
        found
            .map(|branch| format!("{} {}", branch.json_path, branch.value))
            .collect::<Vec<_>>()
    };
    let person = json!({"name": "VALMONTEL", "city": null});
    let listed = json!({"identity": [{}, person, null, {"name": "DURAND"}]});
    assert_eq!(branches(listed), [r#"$.identity[3] {"name":"DURAND"}"#]);

    let validator =
        |name: &str| json!({"validator_report": {"identity": {"name": name, "birth_name": null}}});
    let otherwise = json!({"identity": person, "finalizer_reports": validator("VALMONTEI")});
    assert_eq!(
        branches(otherwise),
        [r#"$.finalizer_reports.validator_report.identity.name "VALMONTEI""#]
    );
    let alike = json!({"identity": person, "finalizer_reports": validator("VALMONTEL")});
    assert_eq!(branches(alike), [""; 0]);
    assert_eq!(
        branches(json!({"finalizer_reports": validator("VALMONTEL")})),
        [""; 0]
    );
}

#[test]
fn a_report_without_identity_has_no_fields() {
    assert_eq!(fields(&read(&json!({"status": "KO"}))), []);
}

#[test]
fn the_person_does_not_reach_a_debug_print() {
    let fields = identity_fields(&Report::read(KO_VERSION_2.as_bytes()).unwrap(), today());
    assert!(!format!("{fields:?}").contains("VALMONTEL"));
}
