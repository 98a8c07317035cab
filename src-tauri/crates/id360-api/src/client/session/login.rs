//! One login: what is sent, and what the answer means (facts §B.1).

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{Session, Ticket, authorization, body_kind};
use crate::account::AccountKind;
use crate::client::transport::OutgoingRequest;
use crate::client::wire::{BodyError, Excess};
use crate::error::{ApiError, ApiErrorKind, Endpoint};
use crate::model::json as lenient;
use crate::secrets::Secrets;

/// What a failed login proves.
pub struct LoginFailure {
    pub error: ApiError,
    pub sent: bool,
}

impl Session {
    /// At the gate: one login. The code goes out with this request and is kept nowhere.
    pub(super) async fn log_in(&self, code: Option<&SecretString>) -> Result<Ticket, LoginFailure> {
        let mut secrets = self.secrets();
        let mut body = json!({
            "username": self.account.username,
            "password": self.account.password.expose_secret(),
        });
        if let Some(code) = code {
            secrets.add(code);
            body["token"] = Value::String(code.expose_secret().trim().to_owned());
        }
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let request = OutgoingRequest {
            endpoint: Endpoint::Login,
            method: Method::POST,
            url: self.login.clone(),
            headers,
            body: Some(Bytes::from(body.to_string())),
        };
        let sign_outs = {
            let mut holding = self.holding();
            holding.restraint.login_leaves(self.clock.monotonic());
            holding.sign_outs
        };
        let sent_at = self.clock.monotonic();
        let token = self
            .login_answer(request, &secrets, code.is_some())
            .await
            .inspect_err(|failure| {
                if !failure.sent {
                    self.holding().restraint.login_never_left();
                }
            })?;
        let mut holding = self.holding();
        if holding.sign_outs != sign_outs {
            let error = ApiError::new(ApiErrorKind::NotSignedIn, Endpoint::Login);
            return Err(LoginFailure { error, sent: true });
        }
        tracing::info!(kind = ?self.account.kind, "signed in");
        Ok(holding.signed_in(token, sent_at))
    }

    async fn login_answer(
        &self,
        request: OutgoingRequest,
        secrets: &Secrets,
        with_code: bool,
    ) -> Result<SecretString, LoginFailure> {
        let after_sending = |error| LoginFailure { error, sent: true };
        let fault = |kind| ApiError::new(kind, Endpoint::Login);
        let mut answer = self
            .wire
            .exchange(request)
            .await
            .map_err(|failure| LoginFailure {
                error: fault(failure.cause.kind()),
                sent: failure.sent,
            })?;
        if answer.status != StatusCode::OK {
            let body = self.wire.error_body(&mut answer).await;
            let mut error = self.wire.refusal(
                Endpoint::Login,
                answer.status,
                &answer.headers,
                &body,
                secrets,
            );
            error.kind = self.refused_login(&error, with_code);
            return Err(after_sending(error));
        }
        let mut body = Vec::new();
        let read = self
            .wire
            .read_body(&mut answer, self.login_cap, Excess::Refused, &mut body)
            .await;
        read.map_err(|error| {
            after_sending(fault(match error {
                // A page: no token is that long.
                BodyError::TooLarge => ApiErrorKind::Unreadable,
                other => body_kind(&other),
            }))
        })?;
        let token = lenient::object(&body)
            .ok()
            .and_then(|object| object.get("token").and_then(lenient::text))
            .map(|token| token.trim().to_owned())
            .filter(|token| !token.is_empty() && authorization(token).is_some());
        token.map(SecretString::from).ok_or_else(|| {
            let mut error = fault(ApiErrorKind::Unreadable);
            error.status = Some(answer.status.as_u16());
            error.body = secrets.strip_body(&body);
            after_sending(error)
        })
    }

    fn refused_login(&self, error: &ApiError, with_code: bool) -> ApiErrorKind {
        let about_the_code = || {
            let detail = error.detail.as_deref().unwrap_or_default().to_lowercase();
            !with_code
                || ["token", "otp", "2fa", "code"]
                    .iter()
                    .any(|word| detail.contains(word))
        };
        match error.status {
            Some(400 | 401) if self.account.kind == AccountKind::User && about_the_code() => {
                ApiErrorKind::CodeRefused
            }
            Some(400 | 401) => ApiErrorKind::CredentialsRefused,
            Some(403 | 429) => ApiErrorKind::AccountBlocked,
            _ => error.kind,
        }
    }
}
