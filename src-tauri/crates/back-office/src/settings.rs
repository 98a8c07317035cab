//! What an administrator sets: environments, processes, language, look.

use dossiers::Act;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    callback_values::check_headers,
    desk::Desk,
    errors::DeskError,
    launch::{check_template, tidy_template},
    preferences::Preferences,
    sessions::api_environment,
    views::{
        error::ErrorCode,
        session::EnvironmentKind,
        settings::{
            CallbackValue, DeadlinePolicy, EnvironmentSettings, Language, ProcessSettings,
            SettingsView, Theme,
        },
    },
};

/// Longest window that makes sense, in days: ten years.
/// How long a copied link may stay (quality.md L-05).
const CLIPBOARD_SECONDS: [u8; 3] = [10, 30, 60];
pub(crate) const LONGEST_WINDOW: u16 = 3_650;

impl Desk {
    pub fn settings(&self) -> SettingsView {
        view(self.preferences())
    }

    pub fn set_language(&self, language: Language) -> SettingsView {
        view(self.change_preferences(|preferences| preferences.language = language))
    }

    pub fn set_theme(&self, theme: Theme) -> SettingsView {
        view(self.change_preferences(|preferences| preferences.theme = theme))
    }

    pub fn set_notifications(&self, wanted: bool) -> SettingsView {
        view(self.change_preferences(|preferences| preferences.notifications = wanted))
    }

    /// Whether keys of one letter do something.
    pub fn set_letter_keys(&self, wanted: bool) -> SettingsView {
        view(self.change_preferences(|preferences| preferences.letter_keys = wanted))
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
        Ok(view(self.change_preferences(|known| {
            known.clipboard_seconds = seconds;
        })))
    }

    /// Adds a custom environment, or changes one. Addresses of built-in ones never change.
    pub async fn save_environment(
        &self,
        mut environment: EnvironmentSettings,
    ) -> Result<SettingsView, DeskError> {
        check_deadlines(&environment.deadlines)?;
        let known = self.preferences().environment(&environment.id).cloned();
        match &known {
            Some(known) if known.built_in => {
                environment.kind = known.kind;
                environment.built_in = true;
                environment.name = None;
                environment.base_url = known.base_url.clone();
                environment.ui_base_url = known.ui_base_url.clone();
            }
            _ => {
                environment.built_in = false;
                environment.name = given(environment.name);
                if environment.name.is_none() {
                    return Err(DeskError::invalid_field("name", "required"));
                }
                if environment.id.is_empty() {
                    environment.id = format!("custom-{}", Uuid::new_v4().simple());
                }
                environment.base_url = trimmed(&environment.base_url);
                environment.ui_base_url = match trimmed(&environment.ui_base_url) {
                    same if same.is_empty() => environment.base_url.clone(),
                    own => own,
                };
                api_environment(&environment)?;
            }
        }
        environment.return_page = given(environment.return_page);
        environment.archived_report_path = given(environment.archived_report_path);
        environment.report_pdf_path = given(environment.report_pdf_path);
        environment.enrollment_status_path = given(environment.enrollment_status_path);
        check_return_page(&environment.return_page, environment.kind)?;
        check_path(
            "archived_report_path",
            &environment.archived_report_path,
            "{id}",
        )?;
        check_path("report_pdf_path", &environment.report_pdf_path, "{id}")?;
        check_path(
            "enrollment_status_path",
            &environment.enrollment_status_path,
            "{token}",
        )?;
        self.note_saved("environment", &environment.id, known.as_ref(), &environment)
            .await?;
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
        let in_use = self
            .session_or_none()
            .is_some_and(|session| session.environment_id() == id);
        if known.built_in || in_use {
            return Err(DeskError::new(ErrorCode::Conflict));
        }
        self.note(Act::SettingsChanged, format!("environment {id} removed"))
            .await?;
        for process in &preferences.processes {
            if process.environment_id == id {
                self.forget_callback_values(process, None).await;
            }
        }
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
        mut process: ProcessSettings,
        values: Vec<CallbackValue>,
    ) -> Result<SettingsView, DeskError> {
        process.name = process.name.trim().to_owned();
        if process.name.is_empty() {
            return Err(DeskError::invalid_field("name", "required"));
        }
        process.process_uuid = process
            .process_uuid
            .trim()
            .parse::<Uuid>()
            .map_err(|_| DeskError::invalid_field("process_uuid", "uuid"))?
            .to_string();
        let kind = self
            .preferences()
            .environment(&process.environment_id)
            .map(|environment| environment.kind)
            .ok_or_else(|| DeskError::invalid_field("environment_id", "required"))?;
        tidy_template(&mut process);
        check_template(&process.template)?;
        process.return_page = given(process.return_page);
        check_return_page(&process.return_page, kind)?;
        for endpoint in &process.callback_endpoints {
            let sound = url::Url::parse(&endpoint.url)
                .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
            if !sound {
                return Err(DeskError::invalid_field("callback_endpoints", "url"));
            }
        }
        check_headers(&process)?;
        if process.link_minutes == Some(0) {
            return Err(DeskError::invalid_field("link_minutes", "range"));
        }
        if let Some(deadlines) = &process.deadlines {
            check_deadlines(deadlines)?;
        }
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
        let changed = view(self.change_preferences(change));
        self.gate().policies_changed();
        self.announce_session();
        changed
    }
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

pub(crate) fn view(preferences: Preferences) -> SettingsView {
    let clipboard_seconds = clipboard_seconds(&preferences);
    SettingsView {
        language: preferences.language,
        theme: preferences.theme,
        environments: preferences.environments,
        processes: preferences.processes,
        notifications: preferences.notifications,
        journal_months: preferences.journal_months,
        lock_minutes: preferences.lock_minutes,
        clipboard_seconds,
        letter_keys: preferences.letter_keys,
        version: env!("CARGO_PKG_VERSION").to_owned(),
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

fn trimmed(address: &str) -> String {
    address.trim().trim_end_matches('/').to_owned()
}

fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn check_deadlines(policy: &DeadlinePolicy) -> Result<(), DeskError> {
    let windows = [
        policy.documents_days,
        policy.report_application_days,
        policy.report_user_days,
    ];
    if windows
        .iter()
        .all(|days| (1..=LONGEST_WINDOW).contains(days))
    {
        Ok(())
    } else {
        Err(DeskError::invalid_field("deadlines", "range"))
    }
}

/// A relative path with its placeholder, and nothing that could lead elsewhere.
fn check_path(field: &str, path: &Option<String>, placeholder: &str) -> Result<(), DeskError> {
    let Some(path) = path else { return Ok(()) };
    let plain = path.replacen(placeholder, "0", 1);
    let sound = path.contains(placeholder)
        && !path.starts_with('/')
        && !plain.contains("..")
        && !plain.contains("//")
        && plain
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/_-.?=&".contains(&byte));
    if sound {
        Ok(())
    } else {
        Err(DeskError::invalid_field(field, "path"))
    }
}

fn check_return_page(page: &Option<String>, kind: EnvironmentKind) -> Result<(), DeskError> {
    let Some(page) = page else { return Ok(()) };
    let sound = url::Url::parse(page).is_ok_and(|url| {
        let scheme =
            url.scheme() == "https" || (kind == EnvironmentKind::Sandbox && url.scheme() == "http");
        scheme && url.has_host() && url.username().is_empty() && url.password().is_none()
    });
    if sound {
        Ok(())
    } else {
        Err(DeskError::invalid_field("return_page", "url"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_setting_cannot_lead_out_of_the_api() {
        let id = |path: &str| check_path("p", &Some(path.to_owned()), "{id}").is_ok();
        assert!(id("enrollment/{id}/proof_slip"));
        for path in [
            "/enrollment/{id}",
            "../{id}",
            "https://evil.example/{id}",
            "enrollment/{id}@evil",
            "enrollment/proof_slip",
            "a//{id}",
            "enrollment/{id}/{token}",
        ] {
            assert!(!id(path), "{path}");
        }
    }
}
