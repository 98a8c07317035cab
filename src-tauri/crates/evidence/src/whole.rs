//! A report as it is shown: every part of it read once, and no secret left in any text.

use chrono::{DateTime, NaiveDate, Utc};
use id360_api::{Report, ReportStep};
use serde::Serialize;

use crate::{
    comparing::{Comparison, Declared, comparisons},
    documents::{DocumentEntry, documents},
    explaining::{NextStep, Saying, Statement, next_step, next_steps, saying, sayings, statement},
    masking::masked_text,
    mrz::{Mrz, zones},
    reading::{
        checked::{PassedCheck, passed_checks},
        extracted::{ExtractedEntry, extracted},
        findings::{Finding, findings, previous_findings},
        identity::{IdentityField, identity_fields},
        unexplained::{UnexplainedSign, unexplained},
        unknown::{UnknownBranch, unknown_branches},
    },
};

/// A cause with its three readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    pub finding: Finding,
    pub statement: Statement,
    pub saying: Option<Saying>,
    pub next: Option<NextStep>,
}

/// A control step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub name: String,
    /// Without the `$n`, aliases folded.
    pub family: String,
    pub status: Option<String>,
    pub starting_time: Option<DateTime<Utc>>,
    pub finished_time: Option<DateTime<Utc>>,
    pub codes: Vec<String>,
}

/// Everything a person reads of a report. Texts may hold personal data; none holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    pub version: Option<u32>,
    pub status: String,
    pub identity_status: Option<String>,
    pub level: Option<String>,
    pub id_verification_service: Option<String>,
    pub reason: Option<String>,
    pub starting_time: Option<DateTime<Utc>>,
    pub finished_time: Option<DateTime<Utc>>,
    pub identity: Vec<IdentityField>,
    pub extracted: Vec<ExtractedEntry>,
    pub comparisons: Vec<Comparison>,
    pub mrz: Vec<Mrz>,
    /// In the order they began.
    pub steps: Vec<Step>,
    pub documents: Vec<DocumentEntry>,
    /// Most decisive first.
    pub causes: Vec<Cause>,
    pub sayings: Vec<Saying>,
    pub next_steps: Vec<NextStep>,
    pub passed: Vec<PassedCheck>,
    /// What an earlier evaluation found; no cause of this verdict.
    pub previous: Vec<Cause>,
    pub unexplained: Vec<UnexplainedSign>,
    pub unknown: Vec<UnknownBranch>,
}

impl Reading {
    /// `declared` is what it is compared with; `today` is what dates are held against.
    pub fn of(report: &Report, declared: &[Declared], today: NaiveDate) -> Self {
        let causes = findings(report);
        Self {
            version: report.version,
            status: masked_text(report.status.as_str()),
            identity_status: masked(&report.identity_status),
            level: masked(&report.level),
            id_verification_service: masked(&report.id_verification_service),
            reason: masked(&report.reason),
            starting_time: report.starting_time,
            finished_time: report.finished_time,
            identity: identity_fields(report, today),
            extracted: extracted(report, today)
                .into_iter()
                .map(|entry| ExtractedEntry {
                    family: masked_text(&entry.family),
                    json_path: masked_text(&entry.json_path),
                    ..entry
                })
                .collect(),
            comparisons: comparisons(report, declared)
                .into_iter()
                .map(|comparison| Comparison {
                    json_path: masked(&comparison.json_path),
                    ..comparison
                })
                .collect(),
            mrz: zones(report, today)
                .into_iter()
                .map(|mrz| Mrz {
                    json_path: masked_text(&mrz.json_path),
                    ..mrz
                })
                .collect(),
            steps: steps(report),
            documents: documents(report).into_iter().map(masked_document).collect(),
            sayings: sayings(&causes),
            next_steps: next_steps(&causes),
            passed: passed_checks(report)
                .into_iter()
                .map(|check| PassedCheck {
                    rule: masked(&check.rule),
                    description: masked(&check.description),
                    json_path: masked_text(&check.json_path),
                })
                .collect(),
            unexplained: unexplained(report, &causes)
                .into_iter()
                .map(|sign| UnexplainedSign {
                    json_path: masked_text(&sign.json_path),
                    ..sign
                })
                .collect(),
            unknown: unknown_branches(report)
                .into_iter()
                .map(|branch| UnknownBranch {
                    json_path: masked_text(&branch.json_path),
                    ..branch
                })
                .collect(),
            previous: previous_findings(report).into_iter().map(cause).collect(),
            causes: causes.into_iter().map(cause).collect(),
        }
    }
}

fn masked(text: &Option<String>) -> Option<String> {
    text.as_deref().map(masked_text)
}

fn cause(finding: Finding) -> Cause {
    Cause {
        statement: statement(&finding),
        saying: saying(&finding),
        next: next_step(&finding),
        // Messages and values are masked where they are read: causes are merged by them.
        finding: Finding {
            code: masked_text(&finding.code),
            where_: masked(&finding.where_),
            rule: masked(&finding.rule),
            json_path: masked_text(&finding.json_path),
            also_at: finding.also_at.iter().map(|at| masked_text(at)).collect(),
            ..finding
        },
    }
}

fn masked_document(document: DocumentEntry) -> DocumentEntry {
    DocumentEntry {
        family: masked_text(&document.family),
        name: masked_text(&document.name),
        status: masked(&document.status),
        json_path: masked_text(&document.json_path),
        ..document
    }
}

fn steps(report: &Report) -> Vec<Step> {
    let mut steps: Vec<&ReportStep> = report.steps.iter().collect();
    // A step that has not begun stands last.
    steps.sort_by_key(|step| (step.starting_time.is_none(), step.starting_time));
    steps
        .into_iter()
        .map(|step| Step {
            name: masked_text(&step.name),
            family: masked_text(&step.family),
            status: masked(&step.status),
            starting_time: step.starting_time,
            finished_time: step.finished_time,
            codes: step
                .codes
                .iter()
                .map(|code| masked_text(&code.code))
                .collect(),
        })
        .collect()
}
