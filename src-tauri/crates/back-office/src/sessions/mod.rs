//! The accounts that are open: one or two of one environment, and what runs while somebody is signed in.

mod leaving;
mod remembered;
mod side_by_side;
mod signing_in;

use std::{collections::HashMap, sync::Mutex};

use dossiers::{Register, RegisterError, Stamp};
use id360_api::{Client, Environment, OptionalPaths, Places, SessionState};
use tokio::{sync::Notify, task::AbortHandle};

pub(crate) use self::side_by_side::OpenAccounts;
use crate::{
    desk::{Desk, locked},
    errors::DeskError,
    following::Readings,
    preferences::{PRE_PRODUCTION, PRODUCTION},
    views::{
        error::ErrorCode,
        session::{
            AccountKind, EnvironmentChoice, EnvironmentKind, OpenSession, RememberedAccount,
            SessionView,
        },
        settings::EnvironmentSettings,
    },
};

/// One account, open on one environment. Dropping it ends what runs for it and forgets the token.
#[derive(Debug)]
pub struct Session {
    environment: EnvironmentSettings,
    pub account: AccountKind,
    pub username: String,
    pub client: Client,
    /// The same session, for calls that nobody waits for.
    pub background: Client,
    /// Makes following look at once.
    pub wake: Notify,
    /// Makes capture look at once.
    pub capture_wake: Notify,
    /// When each open dossier is read next.
    pub(crate) readings: Readings,
    /// Keep-alive and the watch over the token.
    tending: Mutex<Vec<AbortHandle>>,
    /// Following and capture: of the account that is worked with.
    working: Mutex<Vec<AbortHandle>>,
}

impl Session {
    fn new(
        environment: EnvironmentSettings,
        account: AccountKind,
        username: String,
        client: Client,
    ) -> Self {
        Self {
            environment,
            account,
            username,
            background: client.in_background(),
            client,
            wake: Notify::new(),
            capture_wake: Notify::new(),
            readings: Readings::default(),
            tending: Mutex::new(Vec::new()),
            working: Mutex::new(Vec::new()),
        }
    }

    pub fn environment_id(&self) -> &str {
        &self.environment.id
    }

    pub fn environment(&self) -> &EnvironmentSettings {
        &self.environment
    }

    fn is_same_account(&self, other: &Self) -> bool {
        self.environment.id == other.environment.id
            && self.account == other.account
            && self.username == other.username
    }

    /// Whether its token takes calls now.
    pub(crate) fn is_open(&self) -> bool {
        self.client.session() == SessionState::Open
    }

    fn view(&self) -> OpenSession {
        OpenSession {
            environment_id: self.environment.id.clone(),
            environment_kind: self.environment.kind,
            environment_name: self.environment.name.clone(),
            account: self.account,
            username: self.username.clone(),
            code_wanted: self.client.session() == SessionState::CodeWanted,
        }
    }

    /// Another account is worked with from now on; the token lives on.
    fn rest(&self) {
        end(&self.working);
    }

    pub(crate) fn close(&self) {
        end(&self.working);
        end(&self.tending);
        self.client.sign_out();
    }
}

/// How many calls an environment gets at once, whichever accounts of it are open (quality.md N-05).
#[derive(Debug, Default)]
pub(crate) struct EnvironmentPlaces(Mutex<HashMap<String, Places>>);

impl EnvironmentPlaces {
    fn of(&self, environment_id: &str) -> Places {
        locked(&self.0)
            .entry(environment_id.to_owned())
            .or_default()
            .clone()
    }
}

fn end(tasks: &Mutex<Vec<AbortHandle>>) {
    for task in locked(tasks).drain(..) {
        task.abort();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.close();
    }
}

impl Desk {
    /// As [`Desk::on_register`], in the name of that account: what it began is its act, whoever is worked with by now.
    pub(crate) async fn on_register_for<T, F>(
        &self,
        session: &Session,
        act: F,
    ) -> Result<T, DeskError>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Register, &Stamp) -> Result<T, RegisterError> + Send + 'static,
    {
        self.on_register_as(self.stamp_of(&session.username), act)
            .await
    }

    /// What the window shows of the desk's state; no call outside.
    pub fn session_view(&self) -> SessionView {
        let gate = self.gate();
        let preferences = self.preferences();
        let environments = preferences
            .environments
            .iter()
            .map(|known| EnvironmentChoice {
                id: known.id.clone(),
                kind: known.kind,
                name: known.name.clone(),
                host: host(&known.base_url),
                remembered: preferences
                    .remembered
                    .iter()
                    .filter(|kept| kept.environment_id == known.id)
                    .map(|kept| RememberedAccount {
                        account: kept.account,
                        username: kept.username.clone(),
                    })
                    .collect(),
            })
            .collect();
        let setup_wanted =
            preferences.processes.is_empty() && self.own_preferences().is_first_start();
        let open = self.accounts();
        let opening = if open.working.is_some() && !self.is_locked() {
            self.at_opening().notices()
        } else {
            Vec::new()
        };
        SessionView {
            register: gate.state,
            keychain: gate.keychain,
            environments,
            last_environment_id: preferences.last_environment_id,
            setup_wanted,
            current: open.working.map(|session| session.view()),
            beside: open.beside.map(|session| session.view()),
            locked: self.is_locked().then(|| self.unlock_way()),
            names: self.names_shown(),
            opening,
        }
    }

    /// The environment as configured; the sandbox's addresses are those of the running process.
    fn environment(&self, id: &str) -> Result<EnvironmentSettings, DeskError> {
        let mut environment = self
            .preferences()
            .environment(id)
            .cloned()
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        if environment.kind == EnvironmentKind::Sandbox && environment.built_in {
            let announcement = self
                .sandbox()
                .ok_or_else(|| DeskError::new(ErrorCode::SandboxStopped))?;
            environment.base_url.clone_from(&announcement.base_url);
            environment.ui_base_url = announcement.base_url;
        }
        Ok(environment)
    }
}

/// The client's environment for these settings.
pub(crate) fn api_environment(settings: &EnvironmentSettings) -> Result<Environment, DeskError> {
    let environment = match settings.id.as_str() {
        PRODUCTION => Environment::production(),
        PRE_PRODUCTION => Environment::pre_production(),
        _ => Environment::custom(&settings.base_url, &settings.ui_base_url)
            .map_err(|error| DeskError::invalid_field("base_url", "not_admitted").because(error))?,
    };
    Ok(environment.with_paths(OptionalPaths {
        archived_report: settings.archived_report_path.clone(),
        report_pdf: settings.report_pdf_path.clone(),
        enrollment_status: settings.enrollment_status_path.clone(),
    }))
}

fn host(base_url: &str) -> String {
    url::Url::parse(base_url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}
