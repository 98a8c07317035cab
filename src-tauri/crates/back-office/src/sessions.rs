//! Signing in and out, and what runs while somebody is signed in.

use std::sync::{Arc, Mutex};

use dossiers::Act;
use id360_api::{Account, Client, ClientOptions, Environment, OptionalPaths, SessionState};
use secrecy::SecretString;
use tokio::{sync::Notify, task::AbortHandle};
use uuid::Uuid;

use crate::{
    desk::{Desk, locked},
    errors::DeskError,
    following::Readings,
    journal::is_refusal,
    ports::SandboxAnnouncement,
    preferences::{PRE_PRODUCTION, PRODUCTION, RememberedIn, SANDBOX},
    views::{
        error::ErrorCode,
        session::{
            AccountKind, EnvironmentChoice, EnvironmentKind, KeychainState, OpenSession,
            RegisterState, RememberedAccount, SessionView, SignInForm,
        },
        settings::{EnvironmentSettings, ProcessSettings},
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
    running: Mutex<Vec<AbortHandle>>,
}

impl Session {
    pub fn environment_id(&self) -> &str {
        &self.environment.id
    }

    pub fn environment(&self) -> &EnvironmentSettings {
        &self.environment
    }

    pub(crate) fn close(&self) {
        for task in locked(&self.running).drain(..) {
            task.abort();
        }
        self.client.sign_out();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.close();
    }
}

impl Desk {
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
        let current = self.session_or_none().map(|session| OpenSession {
            environment_id: session.environment.id.clone(),
            environment_kind: session.environment.kind,
            environment_name: session.environment.name.clone(),
            account: session.account,
            username: session.username.clone(),
            code_wanted: matches!(session.client.session(), SessionState::CodeWanted),
        });
        SessionView {
            register: gate.state,
            keychain: gate.keychain,
            environments,
            last_environment_id: preferences.last_environment_id,
            setup_wanted,
            current,
            locked: self.is_locked().then(|| self.unlock_way()),
        }
    }

    pub async fn sign_in(&self, form: SignInForm) -> Result<SessionView, DeskError> {
        if form.username.trim().is_empty() {
            return Err(DeskError::invalid_field("username", "required"));
        }
        let environment = self.environment(&form.environment_id)?;
        let username = form.username.trim().to_owned();
        let typed = !form.password.is_empty();
        let password = if typed {
            SecretString::from(form.password)
        } else {
            self.remembered_password(&environment.id, form.account, &username)
                .await?
        };
        let code = form
            .code
            .map(|code| code.trim().to_owned())
            .filter(|code| !code.is_empty());
        self.open_session(
            environment.clone(),
            form.account,
            username.clone(),
            password.clone(),
            code.map(SecretString::from),
        )
        .await?;
        if typed && form.remember && self.gate().keychain == KeychainState::Available {
            self.remember_account(&environment.id, form.account, username, &password)
                .await;
        }
        Ok(self.session_view())
    }

    /// Starts the sandbox where it does not run yet, and signs in with what it printed.
    pub async fn sign_in_to_sandbox(&self, account: AccountKind) -> Result<SessionView, DeskError> {
        let announcement = self
            .ports()
            .sandbox
            .announcement()
            .await
            .ok_or_else(|| DeskError::new(ErrorCode::SandboxStopped).retryable())?;
        self.remember_sandbox(announcement.clone());
        self.know_sandbox_process(&announcement);
        let environment = self.environment(SANDBOX)?;
        let of = match account {
            AccountKind::Application => announcement.application,
            AccountKind::User => announcement.user,
        };
        self.open_session(environment, account, of.username, of.password, of.otp)
            .await?;
        Ok(self.session_view())
    }

    /// Answers a lapsed user session with a fresh code; the context stays as it was.
    pub async fn resume_session(&self, code: SecretString) -> Result<SessionView, DeskError> {
        let session = self.session()?;
        if let Err(error) = session.client.sign_in(Some(code)).await {
            let refused = DeskError::from(error);
            if is_refusal(refused.code) {
                self.note_session(Act::SignInRefused, &session, Some(refused.code))
                    .await?;
            }
            return Err(refused);
        }
        self.note_session(Act::SignedIn, &session, None).await?;
        session.wake.notify_one();
        Ok(self.session_view())
    }

    pub async fn sign_out(&self) -> Result<SessionView, DeskError> {
        let _turn = self.turn().await;
        if let Some(session) = self.session_or_none() {
            // Another person may sit down here.
            if let Err(error) = self.drop_draft().await {
                tracing::warn!(%error, "the draft was not forgotten");
            }
            // Signing out never fails: leaving a desk open would be worse than an act too few.
            if let Err(error) = self.note_session(Act::SignedOut, &session, None).await {
                tracing::error!(%error, "a sign-out was not journaled");
            }
            session.close();
        }
        self.set_session(None);
        self.put_links_away();
        self.take_back_copied().await;
        self.pages().clear();
        self.held_checks().clear_claims();
        self.imports().clear();
        let view = self.session_view();
        self.ports().announcer.session_changed(&view);
        Ok(view)
    }

    pub async fn forget_account(
        &self,
        environment_id: &str,
        account: AccountKind,
    ) -> Result<SessionView, DeskError> {
        let kept = self.preferences().remembered;
        for kept in kept
            .iter()
            .filter(|k| k.environment_id == environment_id && k.account == account)
        {
            self.ports()
                .secrets
                .remove(&password_name(environment_id, account, &kept.username))
                .await?;
        }
        self.change_preferences(|preferences| {
            preferences
                .remembered
                .retain(|kept| kept.environment_id != environment_id || kept.account != account);
        });
        Ok(self.session_view())
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

    async fn open_session(
        &self,
        environment: EnvironmentSettings,
        account: AccountKind,
        username: String,
        password: SecretString,
        code: Option<SecretString>,
    ) -> Result<(), DeskError> {
        if self.gate().state != RegisterState::Open {
            return Err(DeskError::new(ErrorCode::RegisterClosed));
        }
        let turn = self.turn().await;
        let kind = match account {
            AccountKind::Application => id360_api::AccountKind::Application,
            AccountKind::User => id360_api::AccountKind::User,
        };
        let client = self.ports().network.client(
            api_environment(&environment)?,
            Account {
                kind,
                username: username.clone(),
                password,
            },
            ClientOptions {
                clock: self.ports().clock.clone(),
                ..ClientOptions::default()
            },
        )?;
        if let Err(error) = client.sign_in(code).await {
            let refused = DeskError::from(error).with("environment", &environment.id);
            if is_refusal(refused.code) {
                self.note_sign_in(
                    Act::SignInRefused,
                    &environment.id,
                    account,
                    &username,
                    Some(refused.code),
                )
                .await?;
            }
            return Err(refused);
        }
        self.note_sign_in(Act::SignedIn, &environment.id, account, &username, None)
            .await?;
        let session = Arc::new(Session {
            environment,
            account,
            username,
            background: client.in_background(),
            client,
            wake: Notify::new(),
            capture_wake: Notify::new(),
            readings: Readings::default(),
            running: Mutex::new(Vec::new()),
        });
        if let Some(previous) = self.session_or_none() {
            previous.close();
        }
        self.pages().clear();
        self.held_checks().clear_claims();
        self.imports().clear();
        self.change_preferences(|preferences| {
            preferences.last_environment_id = session.environment.id.clone();
            preferences.entered = true;
        });
        self.remember_clock_offset(&session);
        self.set_session(Some(session.clone()));
        self.run_for(&session);
        drop(turn);
        self.ports().announcer.session_changed(&self.session_view());
        Ok(())
    }

    /// Keep-alive, following, capture, and telling the window when the session lapses.
    fn run_for(&self, session: &Arc<Session>) {
        let client = session.client.clone();
        let keep_alive = tokio::spawn(async move { client.keep_alive().await });
        let following = tokio::spawn(self.clone().follow(Arc::downgrade(session)));
        let capturing = tokio::spawn(self.clone().capture(Arc::downgrade(session)));
        let mut states = session.client.watch_session();
        let desk = self.clone();
        let watching = tokio::spawn(async move {
            while states.changed().await.is_ok() {
                desk.ports().announcer.session_changed(&desk.session_view());
            }
        });
        locked(&session.running).extend([
            keep_alive.abort_handle(),
            following.abort_handle(),
            capturing.abort_handle(),
            watching.abort_handle(),
        ]);
    }

    async fn remembered_password(
        &self,
        environment_id: &str,
        account: AccountKind,
        username: &str,
    ) -> Result<SecretString, DeskError> {
        self.ports()
            .secrets
            .get(&password_name(environment_id, account, username))
            .await?
            .ok_or_else(|| DeskError::invalid_field("password", "required"))
    }

    /// Best effort: the session is open whether or not the keychain took the password.
    async fn remember_account(
        &self,
        environment_id: &str,
        account: AccountKind,
        username: String,
        password: &SecretString,
    ) {
        let name = password_name(environment_id, account, &username);
        match self.ports().secrets.set(&name, password).await {
            Ok(()) => {
                self.change_preferences(|preferences| {
                    let known = RememberedIn {
                        environment_id: environment_id.to_owned(),
                        account,
                        username,
                    };
                    if !preferences.remembered.contains(&known) {
                        preferences.remembered.push(known);
                    }
                });
            }
            Err(error) => tracing::warn!(%error, "the password was not kept"),
        }
    }

    fn know_sandbox_process(&self, announcement: &SandboxAnnouncement) {
        let process = ProcessSettings {
            id: SANDBOX.to_owned(),
            environment_id: SANDBOX.to_owned(),
            name: "Bac à sable · signature avancée".to_owned(),
            process_uuid: announcement.process_uuid.clone(),
            idclaim: true,
            ..ProcessSettings::default()
        };
        self.change_preferences(|preferences| {
            match preferences
                .processes
                .iter_mut()
                .find(|known| known.id == SANDBOX)
            {
                Some(known) => known.process_uuid = process.process_uuid,
                None => preferences.processes.push(process),
            }
        });
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

/// Name in the keychain; the username is hashed away from path-like characters by the uuid form.
fn password_name(environment_id: &str, account: AccountKind, username: &str) -> String {
    let account = match account {
        AccountKind::Application => "application",
        AccountKind::User => "user",
    };
    let username = Uuid::new_v5(&Uuid::NAMESPACE_OID, username.as_bytes());
    format!("password:{environment_id}:{account}:{username}")
}

fn host(base_url: &str) -> String {
    url::Url::parse(base_url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}
