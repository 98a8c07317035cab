//! Signs of failure that no cause speaks of: a report may say them in parts that nobody has documented yet
//! (product.md §8.6, facts §F.9: walk every path, even those absent today).

use std::collections::{HashMap, HashSet};

use id360_api::{Report, json_path as path};
use serde::Serialize;
use serde_json::Value;

use super::findings::{Finding, is_failed};

/// A sign, and how often the same one stands at places that differ only by their number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnexplainedSign {
    /// The first place (RFC 9535).
    pub json_path: String,
    /// `false`, or the status word.
    pub value: String,
    pub count: usize,
}

/// Every `is_…` that is false and every status that says KO, FAILED or INVALID, which no cause of `findings` covers.
///
/// Not signs: the verdict itself, what `previous_reports` says, and what models answered (facts §F.4).
pub fn unexplained(report: &Report, findings: &[Finding]) -> Vec<UnexplainedSign> {
    let mut sweep = Sweep {
        explained: explained(report, findings),
        place: Vec::new(),
        found: Vec::new(),
        known: HashMap::new(),
    };
    sweep.walk(report.value());
    sweep.found
}

/// The verdict is what the causes explain; it explains nothing.
const VERDICTS: [&str; 3] = [
    "$.status",
    "$.identity_status",
    "$.finalizer_reports.validator_report.is_valid",
];

/// False where nothing had to be corrected.
const NO_SIGNS: [&str; 1] = ["is_corrected"];

fn explained(report: &Report, findings: &[Finding]) -> HashSet<String> {
    let mut explained = HashSet::new();
    for finding in findings {
        explained.insert(finding.json_path.clone());
        explained.extend(finding.also_at.iter().cloned());
    }
    // A check that was decided: it is a cause, it passed by its own rule, or its twin of the last name did.
    let checks = [&report.validations, &report.comparisons, &report.customs];
    let decided = checks
        .into_iter()
        .flatten()
        .filter(|check| check.passed.is_some());
    explained.extend(decided.map(|check| check.json_path.clone()));
    // The codes of a failed step speak for its status.
    let failed = |status: &Option<String>| status.as_deref().is_some_and(is_failed);
    let steps = report.steps.iter().filter(|step| failed(&step.status));
    explained.extend(steps.map(|step| path::member(&step.json_path, "status")));
    let methods = report
        .external_methods
        .iter()
        .filter(|method| failed(&method.status));
    explained.extend(methods.map(|method| path::member(&method.json_path, "status")));
    explained.extend(twins(report));
    explained
}

/// A document that stands in two families (facts §J.11) is one document, and one cause.
fn twins(report: &Report) -> Vec<String> {
    let families = report.value().get("documents").and_then(Value::as_object);
    let mut paths = Vec::new();
    for (family, entries) in families.into_iter().flatten() {
        let base = path::member("$.documents", family);
        for (index, entry) in entries.as_array().into_iter().flatten().enumerate() {
            let is_read = |name: &str| report.documents.iter().any(|one| one.name == name);
            if entry
                .get("name")
                .and_then(Value::as_str)
                .is_some_and(is_read)
            {
                paths.push(path::index(&base, index));
            }
        }
    }
    paths
}

enum Segment<'a> {
    Key(&'a str),
    Index(usize),
}

struct Sweep<'a> {
    explained: HashSet<String>,
    place: Vec<Segment<'a>>,
    found: Vec<UnexplainedSign>,
    /// The pattern of a place, its numbers left out, to where it stands in `found`.
    known: HashMap<String, usize>,
}

impl<'a> Sweep<'a> {
    /// serde_json refuses more than 128 levels.
    fn walk(&mut self, value: &'a Value) {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    self.place.push(Segment::Key(key));
                    if !self.is_apart() {
                        if let Some(sign) = sign(key, value) {
                            self.note(sign);
                        }
                        self.walk(value);
                    }
                    self.place.pop();
                }
            }
            Value::Array(entries) => {
                for (index, value) in entries.iter().enumerate() {
                    self.place.push(Segment::Index(index));
                    self.walk(value);
                    self.place.pop();
                }
            }
            _ => {}
        }
    }

    /// What must not be judged: an earlier evaluation, and the answer of a model inside its job.
    fn is_apart(&self) -> bool {
        match self.place.as_slice() {
            [Segment::Key("previous_reports")] => true,
            [
                Segment::Key("steps"),
                Segment::Key(_),
                Segment::Key("results"),
                Segment::Key(_),
                rest @ ..,
            ] => match rest {
                [] => false,
                // Of the job around the answer only the status says how the job itself went.
                [Segment::Index(_), Segment::Key(key)] | [Segment::Key(key)] => *key != "status",
                _ => true,
            },
            _ => false,
        }
    }

    fn note(&mut self, value: String) {
        let mut json_path = "$".to_owned();
        let mut pattern = String::new();
        for segment in &self.place {
            json_path = match segment {
                Segment::Key(key) => path::member(&json_path, key),
                Segment::Index(index) => path::index(&json_path, *index),
            };
            pattern.push('\u{0}');
            if let Segment::Key(key) = segment {
                pattern.push_str(key);
            }
            if self.explained.contains(&json_path) {
                return;
            }
        }
        if VERDICTS.contains(&json_path.as_str()) {
            return;
        }
        pattern.push('\u{0}');
        pattern.push_str(&value);
        match self.known.get(&pattern) {
            Some(&known) => self.found[known].count += 1,
            None => {
                self.known.insert(pattern, self.found.len());
                self.found.push(UnexplainedSign {
                    json_path,
                    value,
                    count: 1,
                });
            }
        }
    }
}

fn sign(key: &str, value: &Value) -> Option<String> {
    if key.starts_with("is_") && !NO_SIGNS.contains(&key) {
        return match value {
            Value::Bool(false) => Some("false".to_owned()),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(text.clone()),
            _ => None,
        };
    }
    let status = value.as_str()?;
    ((key == "status" || key.ends_with("_status")) && is_failed(status)).then(|| status.to_owned())
}
