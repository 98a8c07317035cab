//! Acts that change nothing in the register itself, written where they happen.

use dossiers::Act;

use crate::{
    desk::Desk,
    errors::DeskError,
    sessions::Session,
    views::{error::ErrorCode, session::AccountKind},
};

impl Desk {
    /// Written by whoever is signed in.
    pub(crate) async fn note(&self, act: Act, detail: String) -> Result<(), DeskError> {
        self.on_register(move |register, stamp| register.record_act(act, None, &detail, stamp))
            .await
    }

    /// About the session that is open.
    pub(crate) async fn note_session(
        &self,
        act: Act,
        session: &Session,
        refused: Option<ErrorCode>,
    ) -> Result<(), DeskError> {
        let environment_id = session.environment_id();
        self.note_sign_in(
            act,
            environment_id,
            session.account,
            &session.username,
            refused,
        )
        .await
    }

    /// Written by the account that tried, signed in or not.
    pub(crate) async fn note_sign_in(
        &self,
        act: Act,
        environment_id: &str,
        account: AccountKind,
        username: &str,
        refused: Option<ErrorCode>,
    ) -> Result<(), DeskError> {
        let account = match account {
            AccountKind::Application => "application",
            AccountKind::User => "user",
        };
        let why = refused
            .and_then(|code| serde_json::to_value(code).ok())
            .and_then(|word| word.as_str().map(|word| format!(", {word}")))
            .unwrap_or_default();
        let detail = format!("{environment_id}, {account}{why}");
        let stamp = self.stamp_of(username);
        self.on_register(move |register, _| register.record_act(act, None, &detail, &stamp))
            .await
    }
}

/// ID360 looked at the credentials and said no.
pub(crate) fn is_refusal(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::CredentialsRefused
            | ErrorCode::CodeRefused
            | ErrorCode::AccountBlocked
            | ErrorCode::SessionExpired
            | ErrorCode::RefusedAfterSignIn
            | ErrorCode::Forbidden
    )
}
