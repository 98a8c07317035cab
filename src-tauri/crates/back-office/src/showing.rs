//! A kept report as the window shows it: read anew from the bytes as they came, beside what was declared.

use chrono::NaiveDate;
use dossiers::{Dossier, StoredReport};
use evidence::{Declared, DocumentEntry, Reading};
use id360_api::Report;
use serde_json::Value;

use crate::{
    explained::explanation,
    launch,
    present::{status, time},
    views::{
        dossier::KnownStatus,
        report::{
            DocumentView, ExtractedView, IdentityField, PageSide, PageView, ReportKind, ReportView,
            StepView,
        },
    },
};

/// `None` for bytes that are no report, which cannot be kept (they are refused by name when they come).
pub(crate) fn report_view(
    dossier: &Dossier,
    stored: &StoredReport,
    today: NaiveDate,
) -> Option<ReportView> {
    let report = match Report::read(&stored.raw) {
        Ok(report) => report,
        Err(error) => {
            tracing::warn!(%error, dossier = %dossier.id, "a kept report could not be read");
            return None;
        }
    };
    let reading = Reading::of(&report, &declared(dossier), today);
    let verdict = status(&reading.status);
    let explanation = explanation(verdict.known, &reading, today);
    let identity_contradicts = contradicts(verdict.known, reading.identity_status.as_deref());
    Some(ReportView {
        kind: match stored.kind {
            dossiers::ReportKind::Final => ReportKind::Final,
            dossiers::ReportKind::Draft => ReportKind::Draft,
            dossiers::ReportKind::Archived => ReportKind::Archived,
        },
        read_at: time(stored.read_at),
        version: reading.version,
        status: verdict,
        identity_status: reading.identity_status,
        identity_contradicts,
        reason: reading.reason,
        level: reading.level,
        id_verification_service: reading.id_verification_service,
        started_at: reading.starting_time.map(time),
        finished_at: reading.finished_time.map(time),
        identity: reading.identity.into_iter().map(field).collect(),
        steps: reading.steps.into_iter().map(step).collect(),
        extracted: reading
            .extracted
            .into_iter()
            .map(|entry| ExtractedView {
                family: entry.family,
                is_electronic: entry.is_electronic,
                fields: entry.fields.into_iter().map(field).collect(),
                json_path: entry.json_path,
            })
            .collect(),
        comparisons: reading.comparisons.into_iter().map(Into::into).collect(),
        mrz: reading.mrz.into_iter().map(Into::into).collect(),
        explanation,
        documents: reading.documents.into_iter().map(document).collect(),
        has_signature: has_signature(&report),
        masked_json: evidence::masked_json(&stored.raw),
    })
}

/// ID360 lets a dossier pass whose identity it did not. A refused dossier may well have a sound identity.
fn contradicts(verdict: KnownStatus, identity: Option<&str>) -> bool {
    verdict == KnownStatus::Ok
        && identity.is_some_and(|identity| status(identity).known != KnownStatus::Ok)
}

/// How it is verified is published nowhere (facts §J.31): that there is one is all that can be said.
fn has_signature(report: &Report) -> bool {
    report
        .value()
        .get("signature")
        .and_then(Value::as_object)
        .is_some_and(|signature| !signature.is_empty())
}

/// What was typed at launch, under the report's own keys, then what was sent to be compared with.
fn declared(dossier: &Dossier) -> Vec<Declared> {
    let typed = launch::typed_form(dossier).map(|form| {
        let address = [
            form.address_line_1,
            form.address_line_2,
            form.address_line_3,
        ];
        [
            ("name", form.last_name),
            ("first_name", form.first_name),
            ("email", form.email),
            ("phone_number", form.phone_number),
            ("address", address.join(" ")),
            ("zip_code", form.zip_code),
            ("city", form.city),
            ("country", form.country),
        ]
        .map(|(key, value)| Declared {
            key: key.to_owned(),
            value,
            is_expected: false,
        })
    });
    let expected = dossier.expected.iter().map(|expected| Declared {
        key: expected.datum.name.clone(),
        value: expected.datum.value.clone(),
        is_expected: true,
    });
    typed.into_iter().flatten().chain(expected).collect()
}

fn field(field: evidence::IdentityField) -> IdentityField {
    IdentityField {
        key: field.key,
        value: field.value,
        doubtful: field.doubtful,
    }
}

fn step(step: evidence::Step) -> StepView {
    StepView {
        status: status(step.status.as_deref().unwrap_or_default()),
        name: step.name,
        family: step.family,
        started_at: step.starting_time.map(time),
        finished_at: step.finished_time.map(time),
        codes: step.codes,
    }
}

fn document(document: DocumentEntry) -> DocumentView {
    DocumentView {
        name: document.name,
        family: document.family,
        status: document.status,
        pages: document
            .pages
            .into_iter()
            .map(|page| PageView {
                document_id: page.document_id,
                page_number: page.page_number,
                side: match page.side {
                    evidence::PageSide::Recto => PageSide::Recto,
                    evidence::PageSide::Verso => PageSide::Verso,
                    evidence::PageSide::Other => PageSide::Other,
                },
                hash_stated: page.hash.is_some(),
            })
            .collect(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "test code")]
mod tests {
    use super::*;

    #[test]
    fn only_a_dossier_that_passes_without_its_identity_contradicts_itself() {
        for (verdict, identity, expected) in [
            (KnownStatus::Ok, Some("KO"), true),
            (KnownStatus::Ok, Some("OK"), false),
            (KnownStatus::Ok, None, false),
            (KnownStatus::Ko, Some("OK"), false),
            (KnownStatus::Ko, Some("KO"), false),
        ] {
            assert_eq!(
                contradicts(verdict, identity),
                expected,
                "{verdict:?} {identity:?}"
            );
        }
    }

    #[test]
    fn a_signature_is_there_only_where_the_report_has_its_block() {
        for (part, expected) in [
            (r#""signature": {"algorithm": "EdDSA"}"#, true),
            (r#""signature": {}"#, false),
            (r#""signature": null"#, false),
            (r#""version": 2"#, false),
        ] {
            let report = format!(r#"{{"id": 1, "status": "OK", {part}}}"#);
            let report = Report::read(report.as_bytes()).unwrap();
            assert_eq!(has_signature(&report), expected, "{part}");
        }
    }
}
