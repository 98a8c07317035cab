//! What an administrator sets: environments, processes, language, look.

mod bounds;
mod rules;

use dossiers::Act;
use serde::Serialize;
use serde_json::{Map, Value};
use url::{Origin, Url};
use uuid::Uuid;

use crate::{
    desk::Desk,
    errors::DeskError,
    preferences::{Preferences, USUAL_TEXT_SIZE, custom_environment},
    views::{
        error::ErrorCode,
        policy::ManagedSetting,
        settings::{
            CallbackValue, EnvironmentSettings, Language, ProcessSettings, SettingsView, Theme,
        },
    },
};

use self::bounds::{CLIPBOARD_SECONDS, TEXT_SIZES};
pub(crate) use self::{
    bounds::{JOURNAL_MONTHS, LOCK_MINUTES, WINDOW_DAYS},
    rules::{check_deadlines, checked_environment, checked_process},
};

impl Desk {
    pub fn settings(&self) -> SettingsView {
        let preferences = self.preferences();
        let clipboard_seconds = clipboard_seconds(&preferences);
        SettingsView {
            language: preferences.language,
            theme: preferences.theme,
            text_size: text_size(preferences.text_size),
            environments: preferences.environments,
            processes: preferences.processes,
            notifications: preferences.notifications,
            journal_months: preferences.journal_months,
            lock_minutes: preferences.lock_minutes,
            mask_names: preferences.mask_names,
            play_videos: preferences.play_videos,
            clipboard_seconds,
            letter_keys: preferences.letter_keys,
            bounds: bounds::shown(),
            new_environment: custom_environment(),
            managed: self.managed().view(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    pub fn set_language(&self, language: Language) -> SettingsView {
        self.change_preferences(|preferences| {
            preferences.language = language;
            preferences.language_chosen = true;
        });
        self.settings()
    }

    pub fn set_theme(&self, theme: Theme) -> SettingsView {
        self.change_preferences(|preferences| preferences.theme = theme);
        self.settings()
    }

    /// How large everything in the window is, in hundredths; the nearest offered size.
    pub fn set_text_size(&self, hundredths: u16) -> SettingsView {
        self.change_preferences(|preferences| preferences.text_size = text_size(hundredths));
        self.settings()
    }

    /// Whether the system announces deadlines.
    pub async fn set_notifications(&self, wanted: bool) -> Result<SettingsView, DeskError> {
        self.may_change(ManagedSetting::Notifications)?;
        if self.preferences().notifications != wanted {
            let detail = format!("notifications {}", if wanted { "on" } else { "off" });
            self.note(Act::SettingsChanged, detail).await?;
        }
        self.change_preferences(|preferences| preferences.notifications = wanted);
        Ok(self.settings())
    }

    /// Whether keys of one letter do something.
    pub fn set_letter_keys(&self, wanted: bool) -> SettingsView {
        self.change_preferences(|preferences| preferences.letter_keys = wanted);
        self.settings()
    }

    /// How long a copied link stays in the clipboard.
    pub async fn set_clipboard_seconds(&self, seconds: u8) -> Result<SettingsView, DeskError> {
        if !CLIPBOARD_SECONDS.contains(&seconds) {
            return Err(DeskError::invalid_field("clipboard_seconds", "range"));
        }
        let before = clipboard_seconds(&self.preferences());
        if before != seconds {
            let detail = format!("clipboard_seconds {before} to {seconds}");
            self.note(Act::SettingsChanged, detail).await?;
        }
        self.change_preferences(|known| known.clipboard_seconds = seconds);
        Ok(self.settings())
    }

    /// Adds a custom environment, or changes one. Addresses of built-in ones never change.
    pub async fn save_environment(
        &self,
        mut environment: EnvironmentSettings,
    ) -> Result<SettingsView, DeskError> {
        let known = self.preferences().environment(&environment.id).cloned();
        let built_in = known.as_ref().filter(|known| known.built_in);
        self.may_save_environment(&environment, built_in.is_some())?;
        if environment.id.is_empty() {
            environment.id = format!("custom-{}", Uuid::new_v4().simple());
        }
        let environment = checked_environment(environment, built_in)?;
        self.note_saved("environment", &environment.id, known.as_ref(), &environment)
            .await?;
        if known.is_some_and(|known| origin(&known.base_url) != origin(&environment.base_url)) {
            self.forget_accounts_of(&environment.id).await;
        }
        Ok(self.change_windows(|preferences| {
            let place = preferences
                .environments
                .iter_mut()
                .find(|e| e.id == environment.id);
            match place {
                Some(place) => *place = environment,
                None => preferences.environments.push(environment),
            }
        }))
    }

    /// Dossiers of a removed environment stay in the register.
    pub async fn remove_environment(&self, id: &str) -> Result<SettingsView, DeskError> {
        let preferences = self.preferences();
        let known = preferences
            .environment(id)
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        self.may_change_environment(id, known.built_in)?;
        let in_use = self
            .session_or_none()
            .is_some_and(|session| session.environment_id() == id);
        if in_use {
            return Err(DeskError::new(ErrorCode::EnvironmentInUse));
        }
        if known.built_in {
            return Err(DeskError::invalid_field("environment_id", "built_in"));
        }
        self.note(Act::SettingsChanged, format!("environment {id} removed"))
            .await?;
        for process in &preferences.processes {
            if process.environment_id == id {
                self.forget_callback_values(process, None).await;
            }
        }
        self.forget_accounts_of(id).await;
        Ok(self.change_windows(|preferences| {
            preferences
                .environments
                .retain(|environment| environment.id != id);
            preferences
                .processes
                .retain(|process| process.environment_id != id);
        }))
    }

    pub async fn save_process(
        &self,
        process: ProcessSettings,
        values: Vec<CallbackValue>,
    ) -> Result<SettingsView, DeskError> {
        self.may_save_process(&process)?;
        let kind = self
            .preferences()
            .environment(&process.environment_id)
            .map(|environment| environment.kind)
            .ok_or_else(|| DeskError::invalid_field("environment_id", "required"))?;
        let mut process = checked_process(process, kind)?;
        if process.id.is_empty() {
            process.id = Uuid::new_v4().to_string();
        }
        let known = self.preferences().process(&process.id).cloned();
        let values = self.callback_values_to_keep(&process, values).await?;
        self.note_saved("process", &process.id, known.as_ref(), &process)
            .await?;
        if !values.is_empty() {
            let note = format!("process {} changed: callback_values", process.id);
            self.note(Act::SettingsChanged, note).await?;
        }
        self.keep_callback_values(values).await?;
        if let Some(known) = &known {
            self.forget_callback_values(known, Some(&process)).await;
        }
        Ok(self.change_windows(|preferences| {
            let place = preferences
                .processes
                .iter_mut()
                .find(|known| known.id == process.id);
            match place {
                Some(place) => *place = process,
                None => preferences.processes.push(process),
            }
        }))
    }

    /// Dossiers of a removed process stay in the register.
    pub async fn remove_process(&self, id: &str) -> Result<SettingsView, DeskError> {
        let Some(known) = self.preferences().process(id).cloned() else {
            return Ok(self.settings());
        };
        self.may_change_process(id)?;
        self.note(Act::SettingsChanged, format!("process {id} removed"))
            .await?;
        self.forget_callback_values(&known, None).await;
        Ok(self.change_windows(|preferences| {
            preferences.processes.retain(|process| process.id != id);
        }))
    }

    /// Written before it is done: where dossiers are sent never changes unseen. Which fields, never
    /// what they hold.
    async fn note_saved<T: Serialize>(
        &self,
        what: &str,
        id: &str,
        before: Option<&T>,
        after: &T,
    ) -> Result<(), DeskError> {
        let done = match before {
            None => "added".to_owned(),
            Some(before) => match differing(before, after) {
                fields if fields.is_empty() => return Ok(()),
                fields => format!("changed: {}", fields.join(" ")),
            },
        };
        self.note(Act::SettingsChanged, format!("{what} {id} {done}"))
            .await
    }

    /// Changes what deadlines and the choices of a sign-in may depend on; the register is told in the background.
    fn change_windows(&self, change: impl FnOnce(&mut Preferences)) -> SettingsView {
        self.change_preferences(change);
        self.gate().look_again();
        self.announce_session();
        self.settings()
    }
}

/// Who gets what is sent to that address.
fn origin(address: &str) -> Option<Origin> {
    Url::parse(address).ok().map(|url| url.origin())
}

/// The offered size that is nearest, whatever a file says.
fn text_size(hundredths: u16) -> u16 {
    TEXT_SIZES
        .into_iter()
        .min_by_key(|size| size.abs_diff(hundredths))
        .unwrap_or(USUAL_TEXT_SIZE)
}

/// A file that was changed by hand does not leave a link in the clipboard for long.
pub(crate) fn clipboard_seconds(preferences: &Preferences) -> u8 {
    let kept = preferences.clipboard_seconds;
    if CLIPBOARD_SECONDS.contains(&kept) {
        kept
    } else {
        Preferences::default().clipboard_seconds
    }
}

/// Names of the fields that are not the same.
fn differing<T: Serialize>(before: &T, after: &T) -> Vec<String> {
    let fields = |settings: &T| match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let before = fields(before);
    fields(after)
        .into_iter()
        .filter(|(name, value)| before.get(name) != Some(value))
        .map(|(name, _)| name)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_of_a_file_that_was_changed_by_hand_stays_readable() {
        for (kept, worn) in [(0, 90), (104, 100), (130, 125), (200, 200), (60_000, 200)] {
            assert_eq!(text_size(kept), worn, "{kept}");
        }
    }
}
