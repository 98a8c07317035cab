//! What a person may not change: asked by every use case that changes it, whatever the window shows.

use super::Managed;
use crate::{
    desk::Desk,
    errors::DeskError,
    preferences::SANDBOX,
    views::{
        error::ErrorCode,
        policy::ManagedSetting,
        settings::{EnvironmentSettings, ProcessSettings},
    },
};

impl Managed {
    fn fixes(&self, setting: ManagedSetting) -> bool {
        self.view.locked.contains(&setting)
    }
}

impl Desk {
    pub(crate) fn may_change(&self, setting: ManagedSetting) -> Result<(), DeskError> {
        if self.managed().fixes(setting) {
            Err(fixed(setting))
        } else {
            Ok(())
        }
    }

    /// An environment of the organisation, or any other than the built-in ones where no other is wanted.
    pub(crate) fn may_change_environment(&self, id: &str, built_in: bool) -> Result<(), DeskError> {
        let managed = self.managed();
        let given = managed.view.environment_ids.iter().any(|known| known == id);
        let other = !built_in && managed.fixes(ManagedSetting::Environments);
        if given || other || managed.policy.closed {
            Err(fixed(ManagedSetting::Environments))
        } else {
            Ok(())
        }
    }

    /// Its windows and its rule are as the organisation wants them.
    pub(crate) fn may_save_environment(
        &self,
        environment: &EnvironmentSettings,
        built_in: bool,
    ) -> Result<(), DeskError> {
        self.may_change_environment(&environment.id, built_in)?;
        let policy = &self.managed().policy;
        if policy
            .deadlines
            .is_some_and(|fixed| fixed != environment.deadlines)
        {
            return Err(fixed(ManagedSetting::Deadlines));
        }
        if policy
            .capture
            .is_some_and(|fixed| fixed != environment.capture)
        {
            return Err(fixed(ManagedSetting::Capture));
        }
        Ok(())
    }

    pub(crate) fn may_change_process(&self, id: &str) -> Result<(), DeskError> {
        let managed = self.managed();
        let given = managed.view.process_ids.iter().any(|known| known == id);
        if given || (managed.fixes(ManagedSetting::Processes) && id != SANDBOX) {
            Err(fixed(ManagedSetting::Processes))
        } else {
            Ok(())
        }
    }

    pub(crate) fn may_save_process(&self, process: &ProcessSettings) -> Result<(), DeskError> {
        self.may_change_process(&process.id)?;
        let policy = &self.managed().policy;
        // The organisation's own would stand for it, and nobody would see what was saved.
        let uuid = process.process_uuid.trim().to_lowercase();
        if policy.processes.iter().any(|given| {
            given.environment_id == process.environment_id && given.process_uuid == uuid
        }) {
            return Err(fixed(ManagedSetting::Processes));
        }
        if policy.deadlines.is_some() && process.deadlines.is_some() {
            return Err(fixed(ManagedSetting::Deadlines));
        }
        if policy.capture.is_some() && process.capture.is_some() {
            return Err(fixed(ManagedSetting::Capture));
        }
        Ok(())
    }
}

fn fixed(setting: ManagedSetting) -> DeskError {
    let word = serde_json::to_value(setting).ok();
    let word = word
        .as_ref()
        .and_then(|word| word.as_str())
        .unwrap_or_default();
    DeskError::new(ErrorCode::Managed).with("setting", word)
}
