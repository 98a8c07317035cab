//! What the desk remembers between two starts: no secret, no personal data of a customer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::views::{
    evidence::CaptureRule,
    session::{AccountKind, EnvironmentKind},
    settings::{DeadlinePolicy, EnvironmentSettings, Language, ProcessSettings, Theme},
};

pub const PRODUCTION: &str = "production";
pub const PRE_PRODUCTION: &str = "pre_production";
pub const SANDBOX: &str = "sandbox";
pub(crate) const USUAL_TEXT_SIZE: u16 = 100;

/// Every field has a default, so that a file of another version or half a file still starts the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    pub language: Language,
    pub theme: Theme,
    pub text_size: u16,
    pub last_environment_id: String,
    pub environments: Vec<EnvironmentSettings>,
    pub processes: Vec<ProcessSettings>,
    pub remembered: Vec<RememberedIn>,
    pub notifications: bool,
    pub journal_months: u16,
    pub lock_minutes: u8,
    pub mask_names: bool,
    pub play_videos: bool,
    pub clipboard_seconds: u8,
    pub letter_keys: bool,
    /// Somebody signed in here once, if only to the sandbox.
    pub entered: bool,
    /// Until the person chose one, an organisation may propose another.
    pub language_chosen: bool,
    /// The last policy that was taken, as it was written; and what the journal was told of the one of the last start.
    pub last_policy: Option<String>,
    pub policy_told: Option<String>,
    /// ID360's clock minus ours in seconds, as last told, by id of the environment.
    pub clock_offsets: BTreeMap<String, i64>,
}

/// An account whose password is in the keychain. The username of an account is not a customer's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedIn {
    pub environment_id: String,
    pub account: AccountKind,
    pub username: String,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: Theme::default(),
            text_size: USUAL_TEXT_SIZE,
            last_environment_id: SANDBOX.to_owned(),
            environments: built_in_environments(),
            processes: Vec::new(),
            remembered: Vec::new(),
            notifications: true,
            journal_months: 12,
            lock_minutes: 5,
            mask_names: false,
            play_videos: false,
            clipboard_seconds: 30,
            letter_keys: true,
            entered: false,
            language_chosen: false,
            last_policy: None,
            policy_told: None,
            clock_offsets: BTreeMap::new(),
        }
    }
}

impl Preferences {
    /// Puts the built-in environments back where a file lacks them, and undoes edits of their addresses.
    pub fn repaired(mut self) -> Self {
        for (place, built_in) in built_in_environments().into_iter().enumerate() {
            match self
                .environments
                .iter_mut()
                .find(|known| known.id == built_in.id)
            {
                Some(known) => {
                    known.kind = built_in.kind;
                    known.built_in = true;
                    known.name = None;
                    known.base_url = built_in.base_url;
                    known.ui_base_url = built_in.ui_base_url;
                }
                None => self
                    .environments
                    .insert(place.min(self.environments.len()), built_in),
            }
        }
        for environment in &mut self.environments {
            environment.built_in =
                [PRODUCTION, PRE_PRODUCTION, SANDBOX].contains(&environment.id.as_str());
        }
        self
    }

    /// Proposes no environment that is not there.
    pub(crate) fn settled(mut self) -> Self {
        if self.environment(&self.last_environment_id).is_none() {
            self.last_environment_id = SANDBOX.to_owned();
        }
        self
    }

    /// An environment that is no longer known is taken for the one where mistakes cost most.
    pub fn kind_of(&self, id: &str) -> EnvironmentKind {
        self.environment(id)
            .map_or(EnvironmentKind::Production, |known| known.kind)
    }

    pub fn environment(&self, id: &str) -> Option<&EnvironmentSettings> {
        self.environments
            .iter()
            .find(|environment| environment.id == id)
    }

    pub fn process(&self, id: &str) -> Option<&ProcessSettings> {
        self.processes.iter().find(|process| process.id == id)
    }

    /// Nothing was set up here, and nobody came in by another door.
    pub fn is_first_start(&self) -> bool {
        !self.entered
            && self.processes.is_empty()
            && self.remembered.is_empty()
            && self.environments.iter().all(|known| known.built_in)
    }

    /// The windows that count for a dossier: its process's own, else its environment's.
    pub fn deadlines(&self, environment_id: &str, process_id: &str) -> DeadlinePolicy {
        self.process(process_id)
            .and_then(|process| process.deadlines)
            .or_else(|| {
                self.environment(environment_id)
                    .map(|known| known.deadlines)
            })
            .unwrap_or_default()
    }
}

pub(crate) fn built_in_environments() -> Vec<EnvironmentSettings> {
    [
        (
            PRODUCTION,
            EnvironmentKind::Production,
            "https://id360docaposte.com",
        ),
        (
            PRE_PRODUCTION,
            EnvironmentKind::PreProduction,
            "https://preprod.id360docaposte.com",
        ),
        (SANDBOX, EnvironmentKind::Sandbox, ""),
    ]
    .into_iter()
    .map(|(id, kind, base_url)| EnvironmentSettings {
        id: id.to_owned(),
        kind,
        built_in: true,
        base_url: base_url.to_owned(),
        ui_base_url: base_url.to_owned(),
        ..new_environment()
    })
    .collect()
}

/// What one of one's own begins with: not production, where mistakes cost most.
pub(crate) fn custom_environment() -> EnvironmentSettings {
    EnvironmentSettings {
        name: Some(String::new()),
        base_url: "https://".to_owned(),
        ui_base_url: "https://".to_owned(),
        ..new_environment()
    }
}

fn new_environment() -> EnvironmentSettings {
    EnvironmentSettings {
        id: String::new(),
        kind: EnvironmentKind::PreProduction,
        built_in: false,
        name: None,
        base_url: String::new(),
        ui_base_url: String::new(),
        return_page: None,
        // Guesses (facts §J.27): an administrator empties the ones that ID360 does not serve.
        archived_report_path: Some("enrollment/{id}/report/archive".to_owned()),
        report_pdf_path: Some("enrollment/{id}/proof_slip".to_owned()),
        enrollment_status_path: Some("enrollment/status/{token}".to_owned()),
        deadlines: DeadlinePolicy::default(),
        capture: CaptureRule::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_file_starts_the_desk_with_defaults() {
        let read: Preferences = serde_json::from_str(r#"{"language":"en"}"#).unwrap();
        let read = read.repaired();
        assert_eq!(read.language, Language::En);
        assert_eq!(read.environments.len(), 3);
    }

    #[test]
    fn a_tampered_file_cannot_send_production_credentials_elsewhere() {
        let mut tampered = Preferences::default();
        tampered.environments[0].base_url = "https://evil.example".to_owned();
        tampered.environments[0].ui_base_url = "https://evil.example".to_owned();
        tampered.environments[0].kind = EnvironmentKind::Sandbox;
        assert_eq!(tampered.repaired(), Preferences::default());
    }

    #[test]
    fn a_lost_environment_comes_back_in_its_place() {
        let mut lost = Preferences::default();
        lost.environments.remove(1);
        assert_eq!(lost.repaired().environments[1].id, PRE_PRODUCTION);
    }
}
