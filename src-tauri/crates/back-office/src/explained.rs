//! What is said and done about a verdict, since when a document is past its date, and which two values differ: what no
//! cause tells by itself.

use chrono::NaiveDate;
use evidence::{
    Agreement, Cause, Comparison, ExtractedEntry, NextStep, Reading, Saying, Statement,
    reading::places::is_of_the_mandate,
};

use crate::views::{
    dossier::KnownStatus,
    explanation::{ExplanationView, FindingView},
};

const EXPIRATION: &str = "expiration_date";
/// The documents that an entry was read on, parted by commas.
const FROM_FILES: &str = "from_files";

/// Everything that «Pourquoi» shows of a report with that verdict.
pub(crate) fn explanation(
    verdict: KnownStatus,
    reading: &Reading,
    today: NaiveDate,
) -> ExplanationView {
    let (sayings, next_steps) = guidance(verdict, reading);
    let finding = |cause: &Cause| {
        let mut view = FindingView::from(cause.clone());
        if cause.statement == Statement::DocumentExpired {
            let entry = one_document(cause, &reading.extracted);
            view.expired_on = expired_on(cause, entry, today).map(|day| day.to_string());
            view.document_type = entry.and_then(|entry| value(entry, "type").map(str::to_owned));
        }
        view.compared = compared(cause, &reading.comparisons)
            .cloned()
            .map(Into::into);
        if verdict == KnownStatus::Ok {
            (view.saying, view.next) = (None, None);
        }
        view
    };
    ExplanationView {
        findings: reading.causes.iter().map(finding).collect(),
        sayings: sayings.into_iter().map(Into::into).collect(),
        next_steps: next_steps.into_iter().map(Into::into).collect(),
        passed: reading.passed.iter().cloned().map(Into::into).collect(),
        previous: reading.previous.iter().cloned().map(Into::into).collect(),
        unexplained: reading
            .unexplained
            .iter()
            .cloned()
            .map(Into::into)
            .collect(),
        unknown: reading.unknown.iter().cloned().map(Into::into).collect(),
    }
}

/// What ID360 let pass asks nothing of anybody. A KO without a cause still has a sentence that says nothing wrong, and
/// somebody to ask.
fn guidance(verdict: KnownStatus, reading: &Reading) -> (Vec<Saying>, Vec<NextStep>) {
    match verdict {
        KnownStatus::Ok => (Vec::new(), Vec::new()),
        KnownStatus::Ko if reading.causes.is_empty() => {
            (vec![Saying::OtherWay], vec![NextStep::CopyForSupport])
        }
        _ => (reading.sayings.clone(), reading.next_steps.clone()),
    }
}

/// The two values that the cause is about: those of ID360's own comparison, else what was declared of the datum beside
/// what was read of it. Nothing where they agree, for then it is about something else.
fn compared<'a>(cause: &Cause, comparisons: &'a [Comparison]) -> Option<&'a Comparison> {
    let finding = &cause.finding;
    let is_of_the_cause = |at: &String| *at == finding.json_path || finding.also_at.contains(at);
    let own = comparisons
        .iter()
        .find(|one| one.json_path.as_ref().is_some_and(is_of_the_cause));
    own.or_else(|| {
        let datum = datum(finding.rule.as_deref().unwrap_or(&finding.code))?;
        let of_the_datum = || {
            comparisons
                .iter()
                .filter(move |one| one.key == datum && one.documents.is_none())
        };
        // ID360 knows only what was sent to it.
        let is_sent = of_the_datum().any(|one| one.is_expected);
        of_the_datum().find(|one| {
            let is_unlike = matches!(one.agreement, Agreement::Writing | Agreement::Differs);
            one.is_expected == is_sent && is_unlike
        })
    })
}

/// What a rule about the person looks at: `first_name` of `IDENTITY.FIRST_NAME.first_name`.
fn datum(rule: &str) -> Option<&str> {
    rule.strip_prefix("IDENTITY.")?.rsplit('.').next()
}

/// As the rule saw it, else as it was read on the document; nothing where the day has not come yet.
fn expired_on(
    cause: &Cause,
    entry: Option<&ExtractedEntry>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let ruled = cause.finding.values.iter().find_map(|value| {
        let (name, value) = value.split_once(": ")?;
        (name == EXPIRATION).then_some(value)
    });
    let written = ruled.or_else(|| value(entry?, EXPIRATION))?;
    let day = written.get(..10).unwrap_or(written);
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    (day <= today).then_some(day)
}

/// The customer's identity document, where only one was read: of two, nobody says which is meant.
fn one_document<'a>(cause: &Cause, extracted: &'a [ExtractedEntry]) -> Option<&'a ExtractedEntry> {
    let place = cause.finding.where_.as_deref();
    if place.is_some_and(is_of_the_mandate) {
        return None;
    }
    let mut documents = extracted.iter().filter(|entry| {
        !entry.is_electronic
            && matches!(entry.family.as_str(), "identity" | "identity_document")
            && !is_read_on_the_mandate(entry)
    });
    let only = documents.next()?;
    documents.next().is_none().then_some(only)
}

/// Read on the document of whoever acts for the customer (facts §F.3).
fn is_read_on_the_mandate(entry: &ExtractedEntry) -> bool {
    let files = value(entry, FROM_FILES).unwrap_or_default();
    files.split(", ").any(is_of_the_mandate)
}

fn value<'a>(entry: &'a ExtractedEntry, key: &str) -> Option<&'a str> {
    let field = entry.fields.iter().find(|field| field.key == key)?;
    Some(&field.value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "test code")]
mod tests {
    use evidence::Declared;
    use id360_api::Report;
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        present::status,
        views::{comparison, explanation as wire},
    };

    fn explained(report: &Value) -> ExplanationView {
        explained_with(report, &[])
    }

    fn explained_with(report: &Value, declared: &[Declared]) -> ExplanationView {
        let today = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
        let report = Report::read(report.to_string().as_bytes()).unwrap();
        let reading = Reading::of(&report, declared, today);
        explanation(status(&reading.status).known, &reading, today)
    }

    fn typed(value: &str) -> Declared {
        Declared {
            key: "first_name".to_owned(),
            value: value.to_owned(),
            is_expected: false,
        }
    }

    fn sent(value: &str) -> Declared {
        Declared {
            is_expected: true,
            ..typed(value)
        }
    }

    /// The two values of the one cause.
    fn compared(report: &Value, declared: &[Declared]) -> Option<(String, String)> {
        let found = explained_with(report, declared).findings.remove(0);
        found.compared.map(|values| (values.declared, values.read))
    }

    /// A report of that verdict with one check that failed.
    fn failed(verdict: &str, check: &Value) -> Value {
        json!({
            "version": 2,
            "id": 1,
            "status": verdict,
            "finalizer_reports": { "validator_report": { "validations": [check] } },
        })
    }

    fn first_name() -> Value {
        json!({ "ref": "IDENTITY.FIRST_NAME.first_name", "is_valid": false, "fields": [] })
    }

    fn expired(date: &str) -> Value {
        json!({
            "ref": "IDENTITY_DOCUMENT.expired",
            "is_valid": false,
            "fields": [{ "document_type": "identity", "name": "expiration_date", "value": date }],
        })
    }

    #[test]
    fn what_id360_let_pass_asks_nothing_of_the_customer_or_of_the_desk() {
        let passed = explained(&failed("OK", &first_name()));
        assert_eq!(passed.findings.len(), 1);
        assert_eq!(passed.findings[0].next, None);
        assert!(passed.sayings.is_empty() && passed.next_steps.is_empty());

        let refused = explained(&failed("KO", &first_name()));
        assert_eq!(refused.sayings, [wire::Saying::FirstName]);
        assert_eq!(refused.next_steps, [wire::NextStep::CompareAndCorrect]);
    }

    #[test]
    fn a_ko_without_a_cause_has_a_neutral_sentence_and_somebody_to_ask() {
        let bare = explained(&json!({ "version": 2, "id": 1, "status": "KO" }));
        assert!(bare.findings.is_empty());
        assert_eq!(bare.sayings, [wire::Saying::OtherWay]);
        assert_eq!(bare.next_steps, [wire::NextStep::CopyForSupport]);

        let failed = explained(&json!({ "version": 2, "id": 1, "status": "FAILED" }));
        assert!(failed.sayings.is_empty() && failed.next_steps.is_empty());
    }

    #[test]
    fn a_name_that_differs_stands_over_what_was_read_and_says_when_only_the_writing_does() {
        let mut report = failed("KO", &first_name());
        report["identity"] = json!({ "first_name": "JEAN MARC" });
        let found = explained_with(&report, &[sent("JEAN-MARC")]).findings;
        let values = found[0].compared.as_ref().unwrap();
        assert_eq!(
            (values.declared.as_str(), values.read.as_str()),
            ("JEAN-MARC", "JEAN MARC")
        );
        assert_eq!(values.agreement, comparison::Agreement::Writing);
        assert_eq!(values.writing, [comparison::WritingDifference::Hyphens]);
    }

    #[test]
    fn what_was_sent_stands_for_what_was_typed_and_nothing_stands_where_they_agree() {
        let mut report = failed("KO", &first_name());
        report["identity"] = json!({ "first_name": "Ondine" });
        let pair = |above: &str| Some((above.to_owned(), "Ondine".to_owned()));
        assert_eq!(compared(&report, &[typed("Ondina")]), pair("Ondina"));
        assert_eq!(
            compared(&report, &[typed("Ondina"), sent("Odile")]),
            pair("Odile")
        );
        assert_eq!(
            compared(&report, &[typed("Ondina"), sent("Ondine")]),
            None,
            "ID360 never saw what was typed"
        );
        assert_eq!(compared(&report, &[]), None);
        assert_eq!(
            compared(&failed("KO", &first_name()), &[sent("Odile")]),
            None,
            "nothing was read"
        );
    }

    #[test]
    fn two_values_that_id360_compared_itself_stand_with_their_cause() {
        let of = |document: &str, value: &str| json!({ "document_type": document, "name": "siren", "value": value });
        let report = json!({
            "version": 2,
            "id": 1,
            "status": "KO",
            "finalizer_reports": { "validator_report": { "comparisons": [{
                "ref": "KBIS.SIREN.siren",
                "is_equivalent": false,
                "field1": of("kbis", "111111111"),
                "field2": of("data", "222222222"),
            }] } },
        });
        assert_eq!(
            compared(&report, &[]),
            Some(("222222222".to_owned(), "111111111".to_owned()))
        );
    }

    #[test]
    fn an_expired_document_has_its_day_and_its_kind() {
        let mut report = failed("KO", &expired("2023-03-10"));
        report["extracted_data"] = json!({ "identity": [{ "type": "ID", "name": "VALMONTEL" }] });
        let found = &explained(&report).findings[0];
        assert_eq!(found.expired_on.as_deref(), Some("2023-03-10"));
        assert_eq!(found.document_type.as_deref(), Some("ID"));
    }

    #[test]
    fn the_day_is_read_on_the_document_where_the_rule_does_not_tell_it() {
        let mut report = failed(
            "KO",
            &json!({ "ref": "IDENTITY_DOCUMENT.expired", "is_valid": false, "fields": [] }),
        );
        let document = json!({ "extra": { "expiration_date": "2023-03-10" } });
        report["extracted_data"] = json!({ "identity": [document] });
        let one = &explained(&report).findings[0];
        assert_eq!(one.expired_on.as_deref(), Some("2023-03-10"));

        report["extracted_data"] = json!({ "identity": [document, document] });
        assert_eq!(
            explained(&report).findings[0].expired_on,
            None,
            "which one?"
        );
    }

    #[test]
    fn the_document_of_a_mandate_holder_is_not_dated_by_the_customers() {
        let told = |place: &str| {
            let mut report = json!({
                "version": 2,
                "id": 1,
                "status": "KO",
                "all_status_codes": [{
                    "status_code": { "code": "VLD_ID_INVALID", "message": "it is expired" },
                    "where": place,
                }],
            });
            let document = json!({ "type": "ID", "extra": { "expiration_date": "2023-03-10" } });
            report["extracted_data"] = json!({ "identity": [document] });
            let found = explained(&report);
            let cause = found.findings[0].clone();
            (cause.expired_on, cause.document_type, found.sayings)
        };
        let (expired_on, document_type, sayings) = told("id_document");
        assert_eq!(expired_on.as_deref(), Some("2023-03-10"));
        assert_eq!(document_type.as_deref(), Some("ID"));
        assert_eq!(sayings, [wire::Saying::Expired]);
        for place in ["id_document_mandate", "id_document_mandat_image"] {
            let said = vec![wire::Saying::MandateDocument];
            assert_eq!(told(place), (None, None, said), "{place}");
        }
    }

    #[test]
    fn the_customers_document_is_not_dated_by_a_mandate_holders() {
        let read_on = |files: &[&str], day: &str| {
            let extra = json!({ "from_files": files, "expiration_date": day });
            json!({ "extra": extra })
        };
        let of_another = read_on(&["id_document_mandate_image"], "2023-03-10");
        let told = |documents: &Value| {
            let mut report = failed(
                "KO",
                &json!({ "ref": "IDENTITY_DOCUMENT.expired", "is_valid": false, "fields": [] }),
            );
            report["extracted_data"] = json!({ "identity": documents });
            explained(&report).findings[0].expired_on.clone()
        };
        assert_eq!(told(&json!([of_another])), None);
        let both_sides = ["id_document_mandat_image"; 2];
        assert_eq!(told(&json!([read_on(&both_sides, "2023-03-10")])), None);
        let own = read_on(&["id_document_image"], "2024-05-20");
        let day = told(&json!([of_another, own]));
        assert_eq!(day.as_deref(), Some("2024-05-20"));
    }

    #[test]
    fn a_day_that_has_not_come_or_is_none_is_not_told() {
        for date in ["2063-03-10", "10/03/2023", ""] {
            let found = &explained(&failed("KO", &expired(date))).findings[0];
            assert_eq!(found.expired_on, None, "{date}");
        }
    }
}
