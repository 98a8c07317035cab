//! The preferences as they count: the person's own, with the organisation's over them.

use super::{CLOSED_LOCK_MINUTES, Managed, Policy};
use crate::preferences::{Preferences, SANDBOX};

impl Managed {
    /// What the person chose stays beneath, and counts again when the policy goes.
    pub(crate) fn over(&self, own: &Preferences) -> Preferences {
        self.policy.over(own.clone()).settled()
    }
}

impl Policy {
    fn over(&self, mut known: Preferences) -> Preferences {
        if let Some(language) = self.language
            && !known.language_chosen
        {
            known.language = language;
        }
        if self.closed {
            known.lock_minutes = known.lock_minutes.min(CLOSED_LOCK_MINUTES);
            known.mask_names = true;
            known.play_videos = false;
        }
        known.lock_minutes = self.lock_minutes.unwrap_or(known.lock_minutes);
        known.mask_names = self.mask_names.unwrap_or(known.mask_names);
        known.play_videos = self.play_videos.unwrap_or(known.play_videos);
        known.journal_months = self.journal_months.unwrap_or(known.journal_months);
        known.notifications = self.notifications.unwrap_or(known.notifications);
        if !self.other_environments {
            known
                .environments
                .retain(|environment| environment.built_in);
        }
        if !self.other_processes {
            known.processes.retain(|process| process.id == SANDBOX);
        }
        self.fix_windows(&mut known);
        for given in &self.environments {
            match known.environments.iter_mut().find(|own| own.id == given.id) {
                Some(own) => own.clone_from(given),
                None => known.environments.push(given.clone()),
            }
        }
        for given in &self.processes {
            known.processes.retain(|own| {
                own.id != given.id
                    && (&own.environment_id, &own.process_uuid)
                        != (&given.environment_id, &given.process_uuid)
            });
        }
        known.processes.extend(self.processes.iter().cloned());
        known
    }

    /// Those that the organisation gives have their own already.
    fn fix_windows(&self, known: &mut Preferences) {
        for environment in &mut known.environments {
            environment.deadlines = self.deadlines.unwrap_or(environment.deadlines);
            environment.capture = self.capture.unwrap_or(environment.capture);
        }
        for process in &mut known.processes {
            if self.deadlines.is_some() {
                process.deadlines = None;
            }
            if self.capture.is_some() {
                process.capture = None;
            }
        }
    }
}
