//! Signing in: a new session beside or instead of the one that is open, and what runs for it.

use std::sync::Arc;

use dossiers::Act;
use id360_api::{Account, ClientOptions};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use super::{Session, api_environment};
use crate::{
    desk::{Desk, locked},
    errors::DeskError,
    journal::is_refusal,
    ports::SandboxAnnouncement,
    preferences::SANDBOX,
    views::{
        error::ErrorCode,
        session::{AccountKind, KeychainState, RegisterState, SessionView, SignInForm},
        settings::{EnvironmentSettings, ProcessSettings},
    },
};

impl Desk {
    /// Opens an account (facts §B.1, §B.3). `InvalidField` without a username, or with neither a password nor a
    /// remembered one; `SandboxStopped` for the built-in sandbox while it does not run. What ID360 refuses has
    /// `params.environment`, and is journaled; a password that the keychain does not take is no error.
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
        let _turn = self.turn().await;
        let session = self.session_of(AccountKind::User)?;
        // Sent twice, by a page that was reloaded for one: a code counts once, and the second refusal would end what
        // the first opened.
        if session.is_open() {
            return Ok(self.session_view());
        }
        if let Err(error) = session.client.sign_in(Some(code)).await {
            let refused = DeskError::from(error);
            if is_refusal(refused.code) {
                self.note_session(Act::SignInRefused, &session, Some(refused.code))
                    .await?;
            }
            return Err(refused);
        }
        self.note_session(Act::SignedIn, &session, None).await?;
        self.wake_following();
        Ok(self.session_view())
    }

    /// Once for the same words while they are under way: a page that is reloaded sends them again, a code counts once,
    /// and ID360 takes a second login for an abuse (facts §B.2).
    async fn open_session(
        &self,
        environment: EnvironmentSettings,
        account: AccountKind,
        username: String,
        password: SecretString,
        code: Option<SecretString>,
    ) -> Result<(), DeskError> {
        let words = same_words(
            &environment.id,
            account,
            &username,
            &password,
            code.as_ref(),
        );
        let (desk, under_way) = (self.clone(), words.clone());
        self.intents()
            .once(&words, async move {
                let opened = desk
                    .sign_in_once(environment, account, username, password, code)
                    .await;
                desk.intents().forget(&under_way);
                opened
            })
            .await
    }

    async fn sign_in_once(
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
                places: self.environment_places().of(&environment.id),
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
        let session = Arc::new(Session::new(environment, account, username, client));
        self.change_preferences(|preferences| {
            preferences.last_environment_id = session.environment.id.clone();
            preferences.entered = true;
        });
        self.remember_clock_offset(&session);
        self.tend(&session);
        // Input is not told before anybody is signed in.
        self.note_input();
        let before = self.accounts();
        let open = before.clone().joined_by(session.clone());
        let is_worked_with = open.is_worked_with(account);
        self.set_accounts(open);
        if self.leave_replaced(&before).await && is_worked_with {
            self.put_links_away();
            self.take_back_copied().await;
        }
        if is_worked_with {
            self.pages().clear();
            self.held_checks().clear_claims();
            self.imports().clear();
            self.work_for(&session);
        } else {
            self.wake_following();
        }
        drop(turn);
        self.gate().look_again();
        self.announce_session();
        Ok(())
    }

    /// Keep-alive, and telling the window when the session lapses.
    fn tend(&self, session: &Session) {
        let client = session.client.clone();
        let keep_alive = tokio::spawn(async move { client.keep_alive().await });
        let mut states = session.client.watch_session();
        let desk = self.clone();
        let watching = tokio::spawn(async move {
            while states.changed().await.is_ok() {
                desk.announce_session();
            }
        });
        locked(&session.tending).extend([keep_alive.abort_handle(), watching.abort_handle()]);
    }

    /// Following and capture.
    pub(super) fn work_for(&self, session: &Arc<Session>) {
        let following = tokio::spawn(self.clone().follow(Arc::downgrade(session)));
        let capturing = tokio::spawn(self.clone().capture(Arc::downgrade(session)));
        locked(&session.working).extend([following.abort_handle(), capturing.abort_handle()]);
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

/// Names a sign-in without telling what was typed.
fn same_words(
    environment_id: &str,
    account: AccountKind,
    username: &str,
    password: &SecretString,
    code: Option<&SecretString>,
) -> String {
    let code = code.map_or("", |code| code.expose_secret());
    let password = password.expose_secret();
    let mut hash = Sha256::new();
    for word in [environment_id, username, password, code] {
        hash.update(word.len().to_be_bytes());
        hash.update(word);
    }
    format!("sign-in:{account:?}:{}", hex::encode(hash.finalize()))
}
