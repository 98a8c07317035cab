//! Checks that went well: what a person need not look at again.

use id360_api::{Check, Report};
use serde::Serialize;

/// A check with its rule or its description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassedCheck {
    /// `IDENTITY_DOCUMENT.mrz`; `None` before rules had names.
    pub rule: Option<String>,
    pub description: Option<String>,
    pub json_path: String,
}

/// The validations, comparisons and custom rules that passed.
pub fn passed_checks(report: &Report) -> Vec<PassedCheck> {
    [&report.validations, &report.comparisons, &report.customs]
        .into_iter()
        .flatten()
        .filter(|check| check.passed == Some(true))
        .map(passed)
        .collect()
}

fn passed(check: &Check) -> PassedCheck {
    PassedCheck {
        rule: check.reference.clone(),
        description: check.description.clone(),
        json_path: check.json_path.clone(),
    }
}
