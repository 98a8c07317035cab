//! What ID360 deletes next, by which clock and by whose policy.

mod radar;
mod tables;
mod warnings;

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::{DeadlinePolicy, Dossier, Progress};

use crate::{desk::Desk, errors::DeskError, sessions::Session};

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

    /// Puts back the windows and rules of environments when the preferences were lost: the register keeps what was
    /// last said, and a deadline never moves away because a file did.
    pub(crate) async fn recover_policies(&self) {
        if self.own_preferences().entered {
            return;
        }
        let told = self
            .on_register(|register, _| Ok((register.policies()?, register.capture_policies()?)))
            .await;
        match told {
            // The register is as new as the preferences are.
            Ok((windows, captures))
                if windows.environments.is_empty() && captures.environments.is_empty() => {}
            Ok((windows, captures)) => {
                self.change_preferences(|known| tables::put_back(known, &windows, &captures));
            }
            Err(error) => tracing::warn!(%error, "the register's windows were not looked at"),
        }
    }

    /// The windows that count for a dossier: those of the settings, and of a process that left them those it had.
    pub(crate) fn windows_of(&self, dossier: &Dossier) -> DeadlinePolicy {
        let (environment, process) = (&dossier.environment_id, &dossier.process_id);
        tables::windows_of(&self.preferences(), &self.windows(), environment, process)
    }

    /// Gives the register the windows and the capture rules of the settings. Only lines whose window changed are written.
    pub(crate) async fn take_policies(&self, progress: Progress) -> Result<(), DeskError> {
        let preferences = self.preferences();
        let true_now = self.true_now();
        let (windows, changed) = self
            .on_register_as(self.desk_stamp(), move |register, stamp| {
                let windows = tables::windows(&preferences, &register.policies()?);
                let captures = tables::captures(&preferences, &register.capture_policies()?);
                let moved = register.set_policies(&windows, true_now, &progress, stamp)?;
                let wanted =
                    register.set_capture_policies(&captures, true_now, &progress, stamp)?;
                Ok((windows, moved + wanted))
            })
            .await?;
        *self.windows() = windows;
        if changed > 0 {
            self.register_changed();
        }
        Ok(())
    }
}
