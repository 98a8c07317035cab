//! Why a dossier is KO: every place where the report says so (facts §F.9), and no raw model output, which is not a
//! verdict (facts §F.4).

use std::collections::HashSet;

use id360_api::{
    Check, CheckField, CheckKind, ExternalMethod, Report, ReportStep, json_path as path,
};
use serde::Serialize;
use serde_json::Value;

pub use super::category::Category;
use super::category::{of_code, of_description, of_ended_step, of_place, of_rule, of_rule_in};
use super::{merging, rules};
use crate::masking::masked_text;

/// The list of the report that a finding comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingSource {
    StatusCode,
    Validation,
    Comparison,
    Custom,
    Step,
    Document,
    ExternalMethod,
    /// The dossier's own `reason`, where nothing else tells.
    Reason,
}

/// One cause.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A published code (`VLD_ID_INVALID`), a rule (`IDENTITY_DOCUMENT.expired`), or a status word (`KO`, `INVALID`).
    pub code: String,
    pub source: FindingSource,
    pub category: Category,
    /// ID360's own words, for internal use; secrets masked.
    pub message: Option<String>,
    /// What a check looks at, in ID360's own words, or else what it says of its failure; secrets masked.
    pub description: Option<String>,
    /// `ID360`, `validation`, a step, a document, an electronic method.
    pub where_: Option<String>,
    /// The rule that says the same, where `code` is not that rule.
    pub rule: Option<String>,
    /// What the rule looked at, as `name: value`; personal data.
    pub values: Vec<String>,
    /// Where the report says so (RFC 9535).
    pub json_path: String,
    /// Where else it says the same.
    pub also_at: Vec<String>,
}

impl std::fmt::Debug for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Messages and values may quote the person.
        f.debug_struct("Finding")
            .field("code", &self.code)
            .field("where_", &self.where_)
            .field("json_path", &self.json_path)
            .finish_non_exhaustive()
    }
}

impl Finding {
    /// The code is only the word of a status: it says that something failed and not what.
    pub fn is_status_word(&self) -> bool {
        is_failed(&self.code)
    }

    /// The code is the name of a rule.
    pub fn is_rule(&self) -> bool {
        rules::is_rule(&self.code)
    }
}

/// The causes, most decisive first. Empty for a report that names none, which a KO may be.
pub fn findings(report: &Report) -> Vec<Finding> {
    let mut found: Vec<Finding> = report
        .status_codes
        .iter()
        .map(|code| Finding {
            source: FindingSource::StatusCode,
            category: of_code(&code.code, code.where_.as_deref(), code.message.as_deref()),
            code: code.code.clone(),
            message: told(&code.message),
            description: None,
            where_: code.where_.clone(),
            rule: None,
            values: Vec::new(),
            json_path: code.json_path.clone(),
            also_at: Vec::new(),
        })
        .collect();
    found.extend(failed_checks(&[
        &report.validations,
        &report.comparisons,
        &report.customs,
    ]));
    found.extend(report.steps.iter().flat_map(of_step));
    found.extend(report.external_methods.iter().flat_map(of_method));
    found.extend(invalid_documents(report));
    found.extend(invalid_files(report.value()));
    let mut found = merging::merged(found, &checked_rules(report));
    add_reason(&mut found, report);
    found.sort_by_key(|finding| (finding.category, merging::vagueness(finding)));
    found
}

/// What an earlier evaluation of the same dossier found wrong (`previous_reports`): never a cause of the verdict.
pub fn previous_findings(report: &Report) -> Vec<Finding> {
    let mut found = merging::merged(
        failed_checks(&[&report.previous_checks]).collect(),
        &HashSet::new(),
    );
    found.sort_by_key(|finding| finding.category);
    found
}

/// The rules that a check of the report speaks of, whatever it says.
fn checked_rules(report: &Report) -> HashSet<&str> {
    [&report.validations, &report.comparisons, &report.customs]
        .into_iter()
        .flatten()
        .filter_map(|check| check.reference.as_deref())
        .collect()
}

/// `reason` says again what a code says; where nothing else tells, it is all there is.
fn add_reason(found: &mut Vec<Finding>, report: &Report) {
    const PATH: &str = "$.reason";
    let Some(reason) = told(&report.reason) else {
        return;
    };
    for same in found
        .iter_mut()
        .filter(|finding| finding.message.as_deref() == Some(&reason))
    {
        same.also_at.push(PATH.to_owned());
    }
    if !found.is_empty() || !is_failed(report.status.as_str()) {
        return;
    }
    let bare = Finding {
        code: "reason".to_owned(),
        source: FindingSource::Reason,
        category: of_rule_in(&reason),
        message: Some(reason.clone()),
        description: None,
        where_: None,
        rule: None,
        values: Vec::new(),
        json_path: PATH.to_owned(),
        also_at: Vec::new(),
    };
    let named = rules::each_named_in(&reason);
    if named.is_empty() {
        found.push(bare);
    } else {
        found.extend(
            named
                .into_iter()
                .map(|rule| merging::of_named_rule(&bare, rule)),
        );
    }
}

/// The last name is checked twice, against the used name and the birth name: one success is enough, for this rule
/// only (facts §F.9).
const NAME_RULE: &str = "IDENTITY.NAME.name";

fn failed_checks<'a>(lists: &[&'a Vec<Check>]) -> impl Iterator<Item = Finding> + use<'a> {
    let checks: Vec<&'a Check> = lists.iter().flat_map(|list| list.iter()).collect();
    let is_name = |check: &Check| check.reference.as_deref() == Some(NAME_RULE);
    let name_agrees = checks
        .iter()
        .any(|check| is_name(check) && check.passed == Some(true));
    checks
        .into_iter()
        .filter(move |check| check.passed == Some(false) && !(name_agrees && is_name(check)))
        .map(of_check)
}

fn of_check(check: &Check) -> Finding {
    let source = match check.kind {
        CheckKind::Validation => FindingSource::Validation,
        CheckKind::Comparison => FindingSource::Comparison,
        CheckKind::Custom => FindingSource::Custom,
    };
    let category = match (&check.reference, check.kind) {
        (Some(reference), _) => of_rule(reference),
        // Before 2025 rules had no reference: what they looked at and their description tell.
        (None, _) => check
            .fields
            .iter()
            .filter_map(|field| field.document_type.as_deref())
            .map(|kind| match kind {
                "identity" => Category::IdentityMismatch,
                kind => of_place(kind),
            })
            .chain(check.description.as_deref().map(of_description))
            .min()
            .unwrap_or(Category::Unknown),
    };
    let category = match (category, check.kind) {
        // Two values that should be the same and are not.
        (Category::Unknown, CheckKind::Comparison) => Category::IdentityMismatch,
        (category, _) => category,
    };
    Finding {
        code: check
            .reference
            .clone()
            .unwrap_or_else(|| FAILED_STATUS.to_owned()),
        source,
        category,
        message: told(&check.message).or_else(|| told(&check.description)),
        description: told(&check.description).or_else(|| told(&check.message)),
        where_: Some("validation".to_owned()),
        rule: None,
        values: check.fields.iter().filter_map(value_of).collect(),
        json_path: check.json_path.clone(),
        also_at: Vec::new(),
    }
}

fn value_of(field: &CheckField) -> Option<String> {
    let name = field.name.as_deref().or(field.document_type.as_deref())?;
    let value = match field.value.as_ref()? {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Some(masked_text(&format!("{name}: {value}")))
}

const FAILED_STATUS: &str = "KO";

pub(super) fn is_failed(status: &str) -> bool {
    ["KO", "FAILED", "INVALID"]
        .iter()
        .any(|failed| status.eq_ignore_ascii_case(failed))
}

/// A step that went well may carry codes of an earlier attempt; only a failed one explains anything.
fn of_step(step: &ReportStep) -> Vec<Finding> {
    let Some(status) = step.status.as_deref().filter(|status| is_failed(status)) else {
        return Vec::new();
    };
    let bare = Finding {
        code: status.to_owned(),
        source: FindingSource::Step,
        category: of_ended_step(&step.family, status),
        message: None,
        description: None,
        where_: Some(step.name.clone()),
        rule: None,
        values: Vec::new(),
        json_path: format!("{}.status", step.json_path),
        also_at: Vec::new(),
    };
    let codes: Vec<Finding> = step
        .codes
        .iter()
        .map(|code| Finding {
            category: of_code(&code.code, Some(&step.family), code.message.as_deref()),
            code: code.code.clone(),
            message: told(&code.message),
            json_path: code.json_path.clone(),
            ..bare.clone()
        })
        .collect();
    if codes.is_empty() { vec![bare] } else { codes }
}

/// A method that was not gone through to its end says nothing yet.
fn of_method(method: &ExternalMethod) -> Vec<Finding> {
    let Some(status) = method.status.as_deref().filter(|status| {
        !["OK", "NEW", "STARTED", "PENDING"]
            .iter()
            .any(|other| status.eq_ignore_ascii_case(other))
    }) else {
        return Vec::new();
    };
    let bare = Finding {
        code: status.to_owned(),
        source: FindingSource::ExternalMethod,
        category: Category::IdentityMismatch,
        message: None,
        description: None,
        where_: Some(method.name.clone()),
        rule: None,
        values: Vec::new(),
        json_path: format!("{}.status", method.json_path),
        also_at: Vec::new(),
    };
    let codes: Vec<Finding> = method
        .codes
        .iter()
        .map(|code| Finding {
            category: of_code(&code.code, None, code.message.as_deref()),
            code: code.code.clone(),
            message: told(&code.message),
            json_path: code.json_path.clone(),
            ..bare.clone()
        })
        .collect();
    if codes.is_empty() { vec![bare] } else { codes }
}

fn invalid_documents(report: &Report) -> impl Iterator<Item = Finding> {
    report
        .documents
        .iter()
        // Of version 1 the statuses stand apart from the files: see below.
        .filter(|document| document.json_path.starts_with("$.documents"))
        .filter(|document| document.status.as_deref().is_some_and(is_failed))
        .map(|document| Finding {
            code: document.status.clone().unwrap_or_default(),
            source: FindingSource::Document,
            category: of_place(&document.family).min(of_place(&document.name)),
            message: None,
            description: None,
            where_: Some(document.name.clone()),
            rule: None,
            values: Vec::new(),
            json_path: format!("{}.status", document.json_path),
            also_at: Vec::new(),
        })
}

/// Statuses of files apart from `documents`: of the whole dossier (version 1) and of a step (facts §F.1, §F.4).
fn invalid_files(report: &Value) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut of_part = |base: &str, parent: &Value, part: &str| {
        let files = parent.get(part).and_then(Value::as_object);
        for (name, file) in files.into_iter().flatten() {
            let status = file.get("status").unwrap_or(file).as_str();
            let Some(status) = status.filter(|status| is_failed(status)) else {
                continue;
            };
            let at = path::member(&path::member(base, part), name);
            found.push(Finding {
                code: status.to_owned(),
                source: FindingSource::Document,
                category: of_place(name),
                message: None,
                description: None,
                where_: Some(name.clone()),
                rule: None,
                values: Vec::new(),
                json_path: if file.is_object() { at + ".status" } else { at },
                also_at: Vec::new(),
            });
        }
    };
    of_part("$", report, "all_input_files_statuses");
    let steps = report.get("steps").and_then(Value::as_object);
    for (name, step) in steps.into_iter().flatten() {
        of_part(&path::member("$.steps", name), step, "input_files_statuses");
    }
    found
}

fn told(message: &Option<String>) -> Option<String> {
    let message = message.as_deref().map(str::trim).unwrap_or_default();
    (!message.is_empty()).then(|| masked_text(message))
}
