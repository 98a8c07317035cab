use chrono::DateTime;
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::*;
use crate::{present::time, views::dossier::KnownStatus};

/// A page, and what it is by columns. The window's own test reads the same file: neither end can change alone.
const EXAMPLE: &str = include_str!("example.json");

/// As the window makes rows again.
fn rows(columns: &PageColumns) -> Vec<DossierRow> {
    fn said<T: Clone>(column: &Repeated<T>, row: usize) -> T {
        let place = column.places.get(row).map_or(0, |place| *place as usize);
        column.values[place].clone()
    }
    fn moments(column: &Moments) -> Vec<Option<String>> {
        let mut at = 0;
        let steps = column.steps.iter().cloned();
        let mut moment = |step| match step {
            Step::Text(text) => text,
            Step::After(step) => {
                at += step;
                time(DateTime::from_timestamp_millis(at).unwrap())
            }
        };
        steps.map(|step| step.map(&mut moment)).collect()
    }
    let created_at = moments(&columns.created_at);
    let finished_at = moments(&columns.finished_at);
    let changed_at = moments(&columns.changed_at);
    let until = moments(&columns.deadline.at);
    let deadline = |row: usize| {
        let deadlines = &columns.deadline;
        let at = until[row].clone()?;
        Some(DeadlineView {
            subject: said(&deadlines.subject, row)?,
            here: said(&deadlines.here, row).unwrap_or_else(|| at.clone()),
            passed: said(&deadlines.passed, row),
            left_percent: deadlines.left_percent[row],
            at,
        })
    };
    (0..columns.id.len())
        .map(|row| DossierRow {
            id: columns.id[row].clone(),
            enrollment_id: columns.enrollment_id[row].clone(),
            reference: columns.reference[row].clone(),
            last_name: columns.last_name[row].clone(),
            first_name: columns.first_name[row].clone(),
            process_name: said(&columns.process_name, row),
            environment_id: said(&columns.environment_id, row),
            environment_kind: said(&columns.environment_kind, row),
            creation: said(&columns.creation, row),
            status: said(&columns.status, row),
            created_at: created_at[row].clone().unwrap(),
            finished_at: finished_at[row].clone(),
            deadline: deadline(row),
            evidence: said(&columns.evidence, row),
            operator: said(&columns.operator, row),
            changed_at: changed_at[row].clone().unwrap(),
            level: said(&columns.level, row),
            tags: said(&columns.tags, row),
            email: columns.email[row].clone(),
            phone_number: columns.phone_number[row].clone(),
            treated: said(&columns.treated, row),
            decision: said(&columns.decision, row),
            trouble: said(&columns.trouble, row),
        })
        .collect()
}

fn page(rows: Vec<DossierRow>) -> ListPage {
    ListPage {
        rows,
        total: 100_000,
        exact: false,
        all: 1_000_000,
    }
}

#[test]
fn the_example_is_what_crosses_for_its_page() {
    let example: Value = serde_json::from_str(EXAMPLE).unwrap();
    let page: ListPage = serde_json::from_value(example["page"].clone()).unwrap();
    assert_eq!(serde_json::to_value(&page).unwrap(), example["page"]);
    let columns = serde_json::to_value(PageColumns::from(page)).unwrap();
    assert_eq!(
        columns,
        example["columns"],
        "{}",
        serde_json::to_string(&columns).unwrap()
    );
}

#[test]
fn a_page_without_rows_keeps_its_counts() {
    let columns = PageColumns::from(page(Vec::new()));
    assert_eq!(rows(&columns), []);
    assert_eq!(
        (columns.total, columns.exact, columns.all),
        (100_000, false, 1_000_000)
    );
}

/// As a desk of several agencies has them, a year after the import.
fn typical(number: usize) -> DossierRow {
    let minute = number % 60;
    let one_of = |words: &[&str]| words[number % words.len()].to_owned();
    let status = one_of(&["OK", "OK", "OK", "KO", "CANCELED", "FAILED"]);
    let at = format!("2026-11-{:02}T09:{minute:02}:12.345Z", number % 28 + 1);
    let row = json!({
        "id": format!("0198a1b2-c3d4-7e5f-8a6b-{number:012}"),
        "enrollment_id": (1_000_000 + number).to_string(),
        "reference": format!("AG-2026-{number:06}"),
        "last_name": "Lefebvre",
        "first_name": "Françoise",
        "process_name": one_of(&["Ouverture de compte", "Crédit", "PVID"]),
        "environment_id": "production",
        "environment_kind": "production",
        "creation": "created",
        "status": { "word": status, "known": status, "is_final": true },
        "created_at": format!("2026-11-{:02}T08:{minute:02}:12.345Z", number % 28 + 1),
        "finished_at": format!("2026-11-{:02}T08:{minute:02}:59.345Z", number % 28 + 1),
        "deadline": {
            "subject": "report_user",
            "at": at,
            "here": at,
            "passed": number.is_multiple_of(4),
            "left_percent": number % 100,
        },
        "evidence": one_of(&["kept", "due", "lost"]),
        "operator": format!("agence-{:02}", number % 12),
        "changed_at": at,
        "level": number.is_multiple_of(3).then_some("substantial"),
        "tags": if number.is_multiple_of(5) { vec!["à rappeler"] } else { Vec::new() },
        "email": format!("francoise.lefebvre.{number}@courriel.example"),
        "phone_number": number.is_multiple_of(2).then_some("+33601020304"),
        "treated": number.is_multiple_of(7),
        "decision": number.is_multiple_of(9).then_some("accepted"),
        "trouble": null,
    });
    serde_json::from_value(row).unwrap()
}

#[test]
fn a_page_of_a_hundred_rows_takes_less_than_a_third_of_its_rows_one_by_one() {
    let page = page((0..100).map(typical).collect());
    let one_by_one = serde_json::to_vec(&page).unwrap().len();
    let by_columns = serde_json::to_vec(&PageColumns::from(page)).unwrap().len();
    assert!(
        by_columns * 3 < one_by_one,
        "{by_columns} bytes, {one_by_one} one by one"
    );
}

/// Each of these words, as the type that has them.
fn word<T: DeserializeOwned + Clone + std::fmt::Debug + 'static>(
    words: &[&str],
) -> impl Strategy<Value = T> + use<T> {
    let values: Vec<T> = words
        .iter()
        .map(|word| serde_json::from_value(Value::from(*word)).unwrap())
        .collect();
    select(values)
}

/// Few enough to come again in other rows.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "",
            "null",
            "Crédit",
            "2026-11-30T09:00:00.000Z",
            "1969-12-31T23:59:59.999Z",
            "2026-06-30T23:59:60.000Z",
            "2026-11-30T09:00:00Z",
            "2026-11-31T09:00:00.000Z",
            "0001-01-01T00:00:00.000Z",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
    ]
}

fn status() -> impl Strategy<Value = StatusView> {
    let known: BoxedStrategy<KnownStatus> = word(&["NEW", "OK", "KO", "OTHER"]).boxed();
    (text(), known, any::<bool>()).prop_map(|(word, known, is_final)| StatusView {
        word,
        known,
        is_final,
    })
}

fn deadline() -> impl Strategy<Value = DeadlineView> {
    let subject = word(&["documents", "report_application", "report_user"]);
    let elsewhere = option::of(text());
    (subject, text(), elsewhere, any::<bool>(), any::<u8>()).prop_map(
        |(subject, at, elsewhere, passed, left_percent)| DeadlineView {
            subject,
            here: elsewhere.unwrap_or_else(|| at.clone()),
            at,
            passed,
            left_percent,
        },
    )
}

fn row() -> impl Strategy<Value = DossierRow> {
    let person = (
        text(),
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
    );
    let place = (
        text(),
        text(),
        word(&["production", "pre_production", "sandbox"]),
        word(&["ready", "sent", "refused", "outcome_unknown", "closed"]),
        option::of(status()),
        text(),
    );
    let course = (
        text(),
        option::of(text()),
        option::of(deadline()),
        word(&["none", "due", "kept", "partial", "lost"]),
        text(),
    );
    let marks = (
        option::of(text()),
        vec(text(), 0..4),
        any::<bool>(),
        option::of(word(&["accepted", "refused", "more_wanted"])),
        option::of(word(&["unreachable", "internal"])),
    );
    (person, place, course, marks).prop_map(
        |(
            (id, enrollment_id, reference, last_name, first_name, email, phone_number),
            (process_name, environment_id, environment_kind, creation, status, operator),
            (created_at, finished_at, deadline, evidence, changed_at),
            (level, tags, treated, decision, trouble),
        )| DossierRow {
            id,
            enrollment_id,
            reference,
            last_name,
            first_name,
            process_name,
            environment_id,
            environment_kind,
            creation,
            status,
            created_at,
            finished_at,
            deadline,
            evidence,
            operator,
            changed_at,
            level,
            tags,
            email,
            phone_number,
            treated,
            decision,
            trouble,
        },
    )
}

proptest! {
    #[test]
    fn nothing_of_a_row_is_lost_on_the_way(said in vec(row(), 0..12)) {
        let crossed = serde_json::to_string(&PageColumns::from(page(said.clone()))).unwrap();
        prop_assert_eq!(rows(&serde_json::from_str(&crossed).unwrap()), said);
    }
}
