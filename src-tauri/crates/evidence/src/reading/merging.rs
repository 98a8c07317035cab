//! A report says one cause in several places; a person wants to read it once, with every place listed.

use std::collections::HashSet;

use super::category::{Category, of_rule};
use super::findings::{Finding, FindingSource};
use super::{methods, places, rules};
use crate::explaining::statement;

/// Every cause is held against those before it; a report with more distinct ones is no report, and is listed as it is.
const COMPARED_AT_MOST: usize = 500;

/// Each cause once, in the order of the first place that names it. `checked` are the rules that the report has checks
/// of.
pub(super) fn merged(found: Vec<Finding>, checked: &HashSet<&str>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::with_capacity(found.len());
    let methods = found
        .iter()
        .filter(|one| one.source == FindingSource::ExternalMethod)
        .filter_map(|one| one.where_.as_deref())
        .collect::<HashSet<_>>()
        .len();
    let (said, ended): (Vec<Finding>, Vec<Finding>) = found
        .into_iter()
        .partition(|one| one.source == FindingSource::StatusCode || is_rule(one));
    // Rules first: they explain the statuses.
    for part in [said, ended] {
        for finding in part {
            match same_statement(&kept, &finding, methods) {
                Some(at) => absorb(&mut kept[at], finding),
                None => kept.push(finding),
            }
        }
        unfold_rules_not_met(&mut kept, checked);
    }
    kept
}

/// «1 validations failed: IDENTITY_DOCUMENT.expired» says nothing that the rules it names, each a cause of its own, do
/// not say better. A rule that no check speaks of becomes a cause here; one that a check says was met does not.
fn unfold_rules_not_met(kept: &mut Vec<Finding>, checked: &HashSet<&str>) {
    let mut at = 0;
    while at < kept.len().min(COMPARED_AT_MOST) {
        let Some((causes, unchecked)) = causes_named_by(&kept[at], kept, checked) else {
            at += 1;
            continue;
        };
        let told = kept.remove(at);
        for cause in causes {
            let cause = if cause > at { cause - 1 } else { cause };
            kept[cause].also_at.push(told.json_path.clone());
            kept[cause].also_at.extend(told.also_at.iter().cloned());
        }
        let next = at + unchecked.len();
        kept.splice(at..at, unchecked);
        at = next;
    }
}

/// The places of the causes that a sentence about rules names, and those of its rules that are no cause yet; `None`
/// where it names none, or one that a check says was met.
fn causes_named_by(
    finding: &Finding,
    kept: &[Finding],
    checked: &HashSet<&str>,
) -> Option<(Vec<usize>, Vec<Finding>)> {
    if finding.code != RULES_NOT_MET || finding.rule.is_some() {
        return None;
    }
    let named = rules::each_named_in(finding.message.as_deref()?);
    if named.is_empty() || named.len() > rules::MOST_OF_A_SENTENCE {
        return None;
    }
    let compared = &kept[..kept.len().min(COMPARED_AT_MOST)];
    let mut causes = Vec::new();
    let mut unchecked = Vec::new();
    for rule in named {
        let same = compared
            .iter()
            .position(|other| other.code == rule || other.rule.as_deref() == Some(rule));
        match same {
            Some(at) if causes.contains(&at) => {}
            Some(at) => causes.push(at),
            None if checked.contains(rule) => return None,
            None => unchecked.push(of_named_rule(finding, rule)),
        }
    }
    Some((causes, unchecked))
}

/// The cause that a rule is, where only a sentence names it.
pub(super) fn of_named_rule(told: &Finding, rule: &str) -> Finding {
    Finding {
        code: rule.to_owned(),
        category: of_rule(rule),
        ..told.clone()
    }
}

const RULES_NOT_MET: &str = "VLD_VALIDATION_KO";

/// Within one category: what names a cause, then what only says that something failed.
pub(super) fn vagueness(finding: &Finding) -> u8 {
    match finding.code.as_str() {
        _ if finding.is_status_word() => 1,
        RULES_NOT_MET | "COV_FAILED" => 2,
        _ => 0,
    }
}

fn same_statement(kept: &[Finding], finding: &Finding, methods: usize) -> Option<usize> {
    let kept = &kept[..kept.len().min(COMPARED_AT_MOST)];
    kept.iter()
        .position(|other| repeats(other, finding))
        .or_else(|| match finding.source {
            _ if is_rule(finding) => kept
                .iter()
                .position(|other| is_code_of_rule(other, finding)),
            FindingSource::Step | FindingSource::Document | FindingSource::ExternalMethod
                if finding.is_status_word() =>
            {
                kept.iter()
                    .position(|other| explains(other, finding, methods))
            }
            _ => None,
        })
}

/// The same code with the same words about the same place.
fn repeats(other: &Finding, finding: &Finding) -> bool {
    let same_place = match (&other.where_, &finding.where_) {
        (Some(one), Some(two)) => {
            same_name(one, two) || is_whole_dossier(one) || is_whole_dossier(two)
        }
        _ => true,
    };
    let is_rule = is_rule(finding);
    // The two checks of the last name (facts §F.9) look at two values and say one thing.
    let same_values =
        !is_rule || other.values == finding.values || finding.code == "IDENTITY.NAME.name";
    other.code == finding.code
        && same_place
        && same_values
        && (other.message == finding.message || finding.code == "IDENTITY.NAME.name")
}

/// `VLD_ID_INVALID` and the rule behind it carry the same sentence, or are told in the same one.
fn is_code_of_rule(other: &Finding, rule: &Finding) -> bool {
    if other.source != FindingSource::StatusCode || other.rule.is_some() || vagueness(other) > 0 {
        return false;
    }
    let is_said_alike = other.message.is_some() && other.message == rule.message;
    is_said_alike || (document_of(other).is_none() && is_told_alike(other, rule))
}

fn is_told_alike(other: &Finding, rule: &Finding) -> bool {
    let told = statement(other);
    // One sentence stands for all that no catalogue knows.
    !told.needs_description() && told == statement(rule)
}

/// The document that a cause speaks of, where its place names one.
fn document_of(finding: &Finding) -> Option<&str> {
    places::document(finding.where_.as_deref()?)
}

/// Does `other` already say why the step, document or method of `status` failed? `methods` is how many failed.
fn explains(other: &Finding, status: &Finding, methods: usize) -> bool {
    let place = status.where_.as_deref().unwrap_or_default();
    if other.is_status_word() || vagueness(other) > 0 {
        return false;
    }
    if other
        .where_
        .as_deref()
        .is_some_and(|there| same_name(there, place))
    {
        return true;
    }
    match status.source {
        FindingSource::ExternalMethod => {
            let is_said_of_methods =
                other.source == FindingSource::StatusCode && other.code.starts_with("EIM_");
            let there = other.where_.as_deref().unwrap_or_default();
            // A place that names no known method can only mean the one that failed.
            is_said_of_methods && methods::are_one(there, place).unwrap_or(methods == 1)
        }
        FindingSource::Document => {
            let is_identity_document = status.category == Category::DocumentValidity
                && other.category == Category::DocumentValidity
                && may_speak_of(other, place);
            let is_named = other
                .message
                .as_deref()
                .is_some_and(|message| !place.is_empty() && message.contains(place));
            is_identity_document || is_named
        }
        _ => false,
    }
}

/// What is wrong with the document of one person says nothing of another one's.
fn may_speak_of(other: &Finding, place: &str) -> bool {
    document_of(other).is_none_or(|there| places::document(place) == Some(there))
}

fn is_rule(finding: &Finding) -> bool {
    matches!(
        finding.source,
        FindingSource::Validation | FindingSource::Comparison | FindingSource::Custom
    )
}

/// `liveness` names the same step as `liveness$1` (facts §J.17), but `liveness$0` does not.
fn same_name(one: &str, two: &str) -> bool {
    let (family, number) = places::parted(one);
    let (other_family, other_number) = places::parted(two);
    let is_one_step = family == other_family
        && (number == other_number || number.is_none() || other_number.is_none());
    is_one_step || methods::are_one(one, two) == Some(true)
}

fn is_whole_dossier(place: &str) -> bool {
    place == "ID360"
}

fn absorb(kept: &mut Finding, other: Finding) {
    // A bare status knows its place and not what went wrong there: it helps only a code that says neither.
    if !other.is_status_word() || is_rule(&other) || kept.category == Category::Unknown {
        kept.category = kept.category.min(other.category);
    }
    let is_named_rule = is_rule(&other) && !other.is_status_word();
    if is_named_rule && kept.code != other.code && kept.rule.is_none() {
        kept.rule = Some(other.code);
    }
    kept.description = kept.description.take().or(other.description);
    for value in other.values {
        if !kept.values.contains(&value) {
            kept.values.push(value);
        }
    }
    if kept.where_.as_deref().is_none_or(is_whole_dossier) && other.where_.is_some() {
        kept.where_ = other.where_;
    }
    kept.also_at.push(other.json_path);
    kept.also_at.extend(other.also_at);
}
