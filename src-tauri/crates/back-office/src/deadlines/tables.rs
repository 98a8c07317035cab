//! The windows and capture rules of the settings, as the register takes them.
//!
//! Dossiers outlive their process in the settings: for one that is no longer there, what was last said of it goes on
//! counting, and never allows more than its environment does.

use std::collections::{BTreeMap, HashSet};

use dossiers::{ByProcess, CapturePolicies, PolicyTable};

use crate::{
    capture::rule_view,
    preferences::Preferences,
    views::{
        evidence::{CapturePolicy, CaptureRule},
        settings::{DeadlinePolicy, EnvironmentSettings, ProcessSettings},
    },
};

/// `before`: what the register has.
pub(super) fn windows(preferences: &Preferences, before: &PolicyTable) -> PolicyTable {
    let mut table = PolicyTable {
        environments: of_environments(preferences, |known| policy(known.deadlines)),
        processes: of_processes(preferences, |known| known.deadlines.map(policy)),
        ..PolicyTable::default()
    };
    go_on(&mut table, before, preferences, shorter);
    table
}

/// `before`: what the register has.
pub(super) fn windows_of(
    preferences: &Preferences,
    before: &PolicyTable,
    environment: &str,
    process: &str,
) -> dossiers::DeadlinePolicy {
    let own = policy(preferences.deadlines(environment, process));
    if preferences.process(process).is_some() {
        return own;
    }
    let place = (environment.to_owned(), process.to_owned());
    match before.processes.get(&place) {
        Some(had) => shorter(*had, own),
        None => own,
    }
}

/// `before`: what the register has.
pub(super) fn captures(preferences: &Preferences, before: &CapturePolicies) -> CapturePolicies {
    let mut table = CapturePolicies {
        environments: of_environments(preferences, |known| rule(known.capture)),
        processes: of_processes(preferences, |known| known.capture.map(rule)),
        ..CapturePolicies::default()
    };
    go_on(&mut table, before, preferences, lesser);
    table
}

/// What the register has of the environments that are set up.
pub(super) fn put_back(
    preferences: &mut Preferences,
    windows: &PolicyTable,
    captures: &CapturePolicies,
) {
    for known in &mut preferences.environments {
        if let Some(days) = windows.environments.get(&known.id) {
            known.deadlines = days_of(*days);
        }
        if let Some(rule) = captures.environments.get(&known.id) {
            known.capture = rule_view(*rule);
        }
    }
}

fn of_environments<P>(
    preferences: &Preferences,
    value: impl Fn(&EnvironmentSettings) -> P,
) -> BTreeMap<String, P> {
    let environments = preferences.environments.iter();
    environments
        .map(|known| (known.id.clone(), value(known)))
        .collect()
}

fn of_processes<P>(
    preferences: &Preferences,
    value: impl Fn(&ProcessSettings) -> Option<P>,
) -> BTreeMap<(String, String), P> {
    let processes = preferences.processes.iter();
    processes
        .filter_map(|known| {
            let place = (known.environment_id.clone(), known.id.clone());
            Some((place, value(known)?))
        })
        .collect()
}

/// `least`: what allows no more than either.
fn go_on<P: Copy>(
    table: &mut ByProcess<P>,
    before: &ByProcess<P>,
    preferences: &Preferences,
    least: fn(P, P) -> P,
) {
    for (environment, value) in &before.environments {
        table
            .environments
            .entry(environment.clone())
            .or_insert(*value);
    }
    let known: HashSet<(&str, &str)> = preferences
        .processes
        .iter()
        .map(|known| (known.environment_id.as_str(), known.id.as_str()))
        .collect();
    for ((environment, process), value) in &before.processes {
        if !known.contains(&(environment.as_str(), process.as_str())) {
            let value = least(*value, table.of(environment, ""));
            let place = (environment.clone(), process.clone());
            table.processes.insert(place, value);
        }
    }
}

fn shorter(
    one: dossiers::DeadlinePolicy,
    other: dossiers::DeadlinePolicy,
) -> dossiers::DeadlinePolicy {
    dossiers::DeadlinePolicy {
        documents_days: one.documents_days.min(other.documents_days),
        report_application_days: one
            .report_application_days
            .min(other.report_application_days),
        report_user_days: one.report_user_days.min(other.report_user_days),
    }
}

fn lesser(one: dossiers::CaptureRule, other: dossiers::CaptureRule) -> dossiers::CaptureRule {
    dossiers::CaptureRule {
        policy: one.policy.min(other.policy),
        video: one.video && other.video,
    }
}

fn rule(rule: CaptureRule) -> dossiers::CaptureRule {
    dossiers::CaptureRule {
        policy: match rule.policy {
            CapturePolicy::Full => dossiers::CapturePolicy::Full,
            CapturePolicy::ReportOnly => dossiers::CapturePolicy::ReportOnly,
            CapturePolicy::ReferencesOnly => dossiers::CapturePolicy::ReferencesOnly,
        },
        video: rule.video,
    }
}

fn policy(days: DeadlinePolicy) -> dossiers::DeadlinePolicy {
    dossiers::DeadlinePolicy {
        documents_days: days.documents_days.into(),
        report_application_days: days.report_application_days.into(),
        report_user_days: days.report_user_days.into(),
    }
}

fn days_of(days: dossiers::DeadlinePolicy) -> DeadlinePolicy {
    let of = |days: u32| u16::try_from(days).unwrap_or(u16::MAX);
    DeadlinePolicy {
        documents_days: of(days.documents_days),
        report_application_days: of(days.report_application_days),
        report_user_days: of(days.report_user_days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preferences::{PRODUCTION, SANDBOX};

    fn place(process: &str) -> (String, String) {
        (PRODUCTION.to_owned(), process.to_owned())
    }

    #[test]
    fn a_process_that_left_the_settings_keeps_its_rule_and_its_windows() {
        let preferences = Preferences::default();
        let mut before = captures(&preferences, &CapturePolicies::default());
        let pictures_forbidden = dossiers::CapturePolicy::ReportOnly.into();
        before.processes.insert(place("gone"), pictures_forbidden);
        let now = captures(&preferences, &before);
        assert_eq!(now.of(PRODUCTION, "gone"), pictures_forbidden);
        let mut before = windows(&preferences, &PolicyTable::default());
        let three_days = dossiers::DeadlinePolicy {
            documents_days: 3,
            ..dossiers::DeadlinePolicy::default()
        };
        before.processes.insert(place("gone"), three_days);
        assert_eq!(
            windows(&preferences, &before).of(PRODUCTION, "gone"),
            three_days
        );
        let shown = windows_of(&preferences, &before, PRODUCTION, "gone");
        assert_eq!(shown, three_days);
    }

    #[test]
    fn a_process_that_left_the_settings_is_never_allowed_more_than_its_environment() {
        let mut preferences = Preferences::default();
        for known in &mut preferences.environments {
            known.capture.policy = CapturePolicy::ReportOnly;
        }
        let mut before = CapturePolicies::default();
        let all = dossiers::CaptureRule {
            policy: dossiers::CapturePolicy::Full,
            video: true,
        };
        before.processes.insert(place("gone"), all);
        let now = captures(&preferences, &before);
        assert_eq!(
            now.of(PRODUCTION, "gone").policy,
            dossiers::CapturePolicy::ReportOnly
        );
    }

    #[test]
    fn lost_preferences_take_the_windows_and_rules_of_environments_from_the_register() {
        let mut own = Preferences::default();
        for known in &mut own.environments {
            known.deadlines.documents_days = 3;
            known.capture.policy = CapturePolicy::ReferencesOnly;
        }
        let told = (
            windows(&own, &PolicyTable::default()),
            captures(&own, &CapturePolicies::default()),
        );
        let mut lost = Preferences::default();
        put_back(&mut lost, &told.0, &told.1);
        let sandbox = lost.environment(SANDBOX).unwrap();
        assert_eq!(sandbox.deadlines.documents_days, 3);
        assert_eq!(sandbox.capture.policy, CapturePolicy::ReferencesOnly);
    }
}
