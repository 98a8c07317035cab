//! What ID360 deletes next, by which clock and by whose policy.

mod radar;
mod warnings;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::{CapturePolicies, PolicyTable, Progress, Stamp};

use crate::{
    desk::Desk,
    errors::DeskError,
    preferences::Preferences,
    sessions::Session,
    views::{
        evidence::{CapturePolicy, CaptureRule},
        settings::DeadlinePolicy,
    },
};

/// Offsets that differ less are the same: answers take their time.
const SAME_OFFSET: TimeDelta = TimeDelta::seconds(30);

/// That moment of ID360's clock as this computer's own will show it.
pub(crate) fn here(at: DateTime<Utc>, offset: TimeDelta) -> DateTime<Utc> {
    if offset.abs() < SAME_OFFSET {
        at
    } else {
        at - TimeDelta::seconds(offset.num_seconds())
    }
}

impl Desk {
    /// ID360's time: our clock, corrected by what ID360 says.
    pub(crate) fn true_now(&self) -> DateTime<Utc> {
        let now = self.now();
        now.checked_add_signed(self.clock_offset()).unwrap_or(now)
    }

    /// ID360's clock minus ours. Without a session, the offset of an earlier one may be out of date:
    /// only one that brings deadlines closer is believed.
    pub(crate) fn clock_offset(&self) -> TimeDelta {
        let told = self
            .session_or_none()
            .and_then(|session| session.client.server_clock_offset());
        told.unwrap_or_else(|| {
            let furthest = self.preferences().clock_offsets.into_values().max();
            TimeDelta::seconds(furthest.unwrap_or_default().max(0))
        })
    }

    /// For the time when nobody will be signed in.
    pub(crate) fn remember_clock_offset(&self, session: &Session) {
        let Some(offset) = session.client.server_clock_offset() else {
            return;
        };
        let environment = session.environment_id().to_owned();
        let known = self
            .preferences()
            .clock_offsets
            .get(&environment)
            .copied()
            .unwrap_or_default();
        if (offset - TimeDelta::seconds(known)).abs() >= SAME_OFFSET {
            self.change_preferences(|preferences| {
                preferences
                    .clock_offsets
                    .insert(environment, offset.num_seconds());
            });
        }
    }

    /// Moves deadlines that passed, before somebody looks at them.
    pub(crate) async fn roll(&self) -> Result<(), DeskError> {
        let true_now = self.true_now();
        let moved = self
            .on_register(move |register, _| register.roll(true_now))
            .await?;
        if moved > 0 {
            self.tell_register_changed();
        }
        Ok(())
    }

    /// Gives the register the windows and the capture rules of the settings. Only lines whose window changed are written.
    pub(crate) async fn take_policies(&self, progress: Progress) -> Result<(), DeskError> {
        let preferences = self.preferences();
        let (windows, captures) = (policy_table(&preferences), capture_table(&preferences));
        let true_now = self.true_now();
        let changed = self
            .on_register_as(Stamp::desk(self.now()), move |register, stamp| {
                let moved = register.set_policies(&windows, true_now, &progress, stamp)?;
                let wanted =
                    register.set_capture_policies(&captures, true_now, &progress, stamp)?;
                Ok(moved + wanted)
            })
            .await?;
        if changed > 0 {
            self.register_changed();
        }
        Ok(())
    }
}

fn policy_table(preferences: &Preferences) -> PolicyTable {
    let environments = preferences
        .environments
        .iter()
        .map(|known| (known.id.clone(), policy(known.deadlines)))
        .collect();
    let processes: BTreeMap<_, _> = preferences
        .processes
        .iter()
        .filter_map(|known| {
            let place = (known.environment_id.clone(), known.id.clone());
            Some((place, policy(known.deadlines?)))
        })
        .collect();
    PolicyTable {
        environments,
        processes,
        ..PolicyTable::default()
    }
}

fn capture_table(preferences: &Preferences) -> CapturePolicies {
    CapturePolicies {
        environments: preferences
            .environments
            .iter()
            .map(|known| (known.id.clone(), rule(known.capture)))
            .collect(),
        processes: preferences
            .processes
            .iter()
            .filter_map(|known| {
                let place = (known.environment_id.clone(), known.id.clone());
                Some((place, rule(known.capture?)))
            })
            .collect(),
        ..CapturePolicies::default()
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

pub(crate) fn policy(days: DeadlinePolicy) -> dossiers::DeadlinePolicy {
    dossiers::DeadlinePolicy {
        documents_days: days.documents_days.into(),
        report_application_days: days.report_application_days.into(),
        report_user_days: days.report_user_days.into(),
    }
}
