use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    evidence::CaptureRule, launch::LaunchMode, policy::ManagedView, session::EnvironmentKind,
};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "Language.ts")]
pub enum Language {
    #[default]
    Fr,
    En,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "Theme.ts")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "EnvironmentSettings.ts")]
pub struct EnvironmentSettings {
    pub id: String,
    pub kind: EnvironmentKind,
    /// Only custom environments can be renamed, re-addressed or removed.
    pub built_in: bool,
    pub name: Option<String>,
    pub base_url: String,
    pub ui_base_url: String,
    /// Where the customer's browser goes at the end, instead of this computer's loopback address.
    pub return_page: Option<String>,
    /// Path templates that the public documents do not settle (facts §J.27). `None` hides the feature.
    /// Placeholders: `{id}`, `{token}`.
    pub archived_report_path: Option<String>,
    pub report_pdf_path: Option<String>,
    pub enrollment_status_path: Option<String>,
    pub deadlines: DeadlinePolicy,
    /// What is captured of its dossiers.
    #[serde(default)]
    pub capture: CaptureRule,
}

/// Windows in whole days (facts §D.3); policy values, because ID360 has changed them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "DeadlinePolicy.ts")]
pub struct DeadlinePolicy {
    pub documents_days: u16,
    pub report_application_days: u16,
    pub report_user_days: u16,
}

impl Default for DeadlinePolicy {
    fn default() -> Self {
        Self {
            documents_days: 7,
            report_application_days: 7,
            report_user_days: 60,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ProcessSettings.ts")]
pub struct ProcessSettings {
    /// The desk's own id; empty when new.
    pub id: String,
    pub environment_id: String,
    pub name: String,
    pub process_uuid: String,
    /// The process makes an idClaim.
    pub idclaim: bool,
    /// Raw letters of `on`; not publicly defined (facts §E.1).
    pub callback_endpoints: Vec<CallbackEndpointSettings>,
    /// Overrides the environment's windows.
    pub deadlines: Option<DeadlinePolicy>,
    /// Overrides the environment's rule.
    #[serde(default)]
    pub capture: Option<CaptureRule>,
    /// How its dossiers are launched unless the agent chooses otherwise.
    #[serde(default)]
    pub launch_mode: LaunchMode,
    /// How long a link of this process can be used, as its policy at ID360 says; `None`: not known here.
    #[serde(default)]
    pub link_minutes: Option<u16>,
    /// Where the browser of a customer on another device goes at the end; `None`: the environment's, else ID360's site.
    #[serde(default)]
    pub return_page: Option<String>,
    /// Where its pages open on this computer; a browser always does for La Poste's digital identity.
    #[serde(default)]
    pub enrollment_pages: EnrollmentPages,
    /// The process offers La Poste's digital identity, which wants a browser (facts §H).
    #[serde(default)]
    pub la_poste_identity: bool,
    /// What a form of this process begins with.
    #[serde(default)]
    pub template: DossierTemplate,
}

/// What shows ID360's pages to a customer on this computer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "EnrollmentPages.ts")]
pub enum EnrollmentPages {
    /// The default browser.
    #[default]
    Browser,
    /// A window of the desk's own, which forgets everything when it closes.
    Window,
}

/// What a form begins with unless the agent types something else. Nothing of a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, export_to = "DossierTemplate.ts")]
pub struct DossierTemplate {
    pub group: String,
    /// Pattern with `{year}`, `{month}`, `{day}` and `{count}`, which it must have; empty: none is proposed.
    pub reference: String,
    /// Names of expected data that are asked for.
    pub expected: Vec<String>,
    /// Language of the customer's pages; `None`: the window's.
    pub lang: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "CallbackEndpointSettings.ts")]
pub struct CallbackEndpointSettings {
    pub url: String,
    pub on: Vec<String>,
    /// Names of the headers that ID360 sends along; their values are in the keychain.
    #[serde(default)]
    pub headers: Vec<String>,
}

/// A value typed for a header of a callback address. Arrives from the form once, becomes a secret, and never
/// travels back.
#[derive(Deserialize, TS)]
#[ts(export, export_to = "CallbackValue.ts")]
pub struct CallbackValue {
    pub url: String,
    pub header: String,
    pub value: String,
}

impl std::fmt::Debug for CallbackValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallbackValue").finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "SettingsView.ts")]
pub struct SettingsView {
    pub language: Language,
    pub theme: Theme,
    /// How large everything in the window is, in hundredths of its usual size; one of `bounds.text_sizes`.
    pub text_size: u16,
    pub environments: Vec<EnvironmentSettings>,
    pub processes: Vec<ProcessSettings>,
    /// Warn through the system's notifications; they never hold a name.
    pub notifications: bool,
    /// How long the journal keeps its entries, in months.
    pub journal_months: u16,
    /// Minutes without input until the desk locks itself.
    pub lock_minutes: u8,
    /// Lists mask names, e-mail addresses and phone numbers.
    pub mask_names: bool,
    /// The viewer plays liveness videos.
    pub play_videos: bool,
    /// Seconds until a copied link is taken back from the clipboard; one of `bounds.clipboard_seconds`.
    pub clipboard_seconds: u8,
    /// Keys of one letter do something (WCAG 2.1.4).
    pub letter_keys: bool,
    pub bounds: SettingBounds,
    /// What an environment of one's own begins with; its windows are those that ID360 has published.
    pub new_environment: EnvironmentSettings,
    /// What of all this the organisation fixes.
    pub managed: ManagedView,
    pub version: String,
}

/// What may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "SettingBounds.ts")]
pub struct SettingBounds {
    pub lock_minutes: NumberBounds,
    pub journal_months: NumberBounds,
    /// Of each window of [`DeadlinePolicy`].
    pub window_days: NumberBounds,
    /// These, and no other.
    pub clipboard_seconds: Vec<u8>,
    /// These in hundredths, from small to large, and no other.
    pub text_sizes: Vec<u16>,
}

/// Both ends may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "NumberBounds.ts")]
pub struct NumberBounds {
    pub least: u16,
    pub most: u16,
}
