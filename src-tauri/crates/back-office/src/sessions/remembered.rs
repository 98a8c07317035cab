//! The accounts whose password the keychain keeps.

use secrecy::SecretString;
use uuid::Uuid;

use crate::{
    desk::Desk,
    errors::DeskError,
    preferences::RememberedIn,
    views::session::{AccountKind, SessionView},
};

impl Desk {
    /// The keychain no longer keeps a password for that kind of account, whatever its username; an open session goes
    /// on. Where the keychain refuses, the account stays remembered.
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

    /// Of an environment that is gone, or answers at another host now: a password goes to no other than the one it was
    /// typed for. What a keychain does not let go is used no more.
    pub(crate) async fn forget_accounts_of(&self, environment_id: &str) {
        for kept in self.preferences().remembered {
            let name = password_name(&kept.environment_id, kept.account, &kept.username);
            if kept.environment_id == environment_id
                && let Err(error) = self.ports().secrets.remove(&name).await
            {
                tracing::warn!(%error, "a password that nothing uses any more stays in the keychain");
            }
        }
        self.change_preferences(|known| {
            known
                .remembered
                .retain(|kept| kept.environment_id != environment_id);
        });
    }

    pub(super) async fn remembered_password(
        &self,
        environment_id: &str,
        account: AccountKind,
        username: &str,
    ) -> Result<SecretString, DeskError> {
        let is_remembered = self.preferences().remembered.iter().any(|kept| {
            kept.environment_id == environment_id
                && kept.account == account
                && kept.username == username
        });
        if !is_remembered {
            return Err(DeskError::invalid_field("password", "required"));
        }
        self.ports()
            .secrets
            .get(&password_name(environment_id, account, username))
            .await?
            .ok_or_else(|| DeskError::invalid_field("password", "required"))
    }

    /// Best effort: the session is open whether or not the keychain took the password.
    pub(super) async fn remember_account(
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
