//! Accounts, logins, sessions (facts §B).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::World;
use super::views::{ApplicationCredentials, Credentials, PlantedSecret, UserCredentials};
use crate::refusal::Refusal;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Account {
    Application,
    User,
}

impl Account {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::User => "user",
        }
    }

    /// The name under which the account appears as creator (facts §F.1).
    pub(crate) fn creator(self) -> &'static str {
        match self {
            Self::Application => "application-agence@entreprise-exemple",
            Self::User => "agent@entreprise-exemple",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub account: Account,
    pub expires: DateTime<Utc>,
}

/// What a good login did, for the counters.
pub(crate) struct LoggedIn {
    pub token: String,
    pub another_was_valid: bool,
}

fn lifetime() -> TimeDelta {
    TimeDelta::minutes(15)
}

impl World {
    pub(crate) fn credentials(&self) -> Credentials {
        Credentials {
            application: ApplicationCredentials {
                username: format!("app-{}", self.entropy.hex("application", 0, 8)),
                password: self.entropy.password("application password"),
            },
            user: UserCredentials {
                username: "agent@entreprise-exemple.test".to_owned(),
                password: self.entropy.password("user password"),
                otp: self.otp(),
            },
            process_uuid: self.processes[0].uuid,
            plain_process_uuid: self.processes[1].uuid,
        }
    }

    fn otp(&self) -> String {
        self.entropy.six_digits("otp", self.otp_number)
    }

    pub(crate) fn login(
        &mut self,
        username: &str,
        password: &str,
        code: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<LoggedIn, Refusal> {
        let known = self.credentials();
        let account = if username == known.application.username {
            Account::Application
        } else if username == known.user.username {
            Account::User
        } else {
            return Err(self.refused_login());
        };
        if let Some(limit) = self.switches.block_after_refusals
            && self
                .refused_in_a_row
                .get(&account)
                .is_some_and(|times| *times >= limit)
        {
            return Err(Refusal::new(403, "This account is blocked."));
        }
        self.hold_back(account, now)?;
        let good = match account {
            Account::Application => password == known.application.password,
            Account::User => password == known.user.password,
        };
        if !good {
            *self.refused_in_a_row.entry(account).or_default() += 1;
            return Err(self.refused_login());
        }
        if account == Account::User && code.map(str::trim) != Some(known.user.otp.as_str()) {
            *self.refused_in_a_row.entry(account).or_default() += 1;
            let detail = match code {
                Some(text) if !text.trim().is_empty() => "Invalid two-factor token.",
                _ => "Two-factor token required.",
            };
            return Err(Refusal::new(self.switches.login_refusal_status, detail));
        }
        if account == Account::User && self.switches.otp_single_use {
            self.otp_number += 1;
        }
        self.refused_in_a_row.remove(&account);
        let another_was_valid = self
            .sessions
            .values()
            .any(|session| session.account == account && session.expires > now);
        self.sessions.retain(|_, session| session.expires > now);
        let token = self
            .entropy
            .hex("token", self.next_token, self.switches.token_length);
        self.next_token += 1;
        self.sessions.insert(
            token.clone(),
            Session {
                account,
                expires: now + lifetime(),
            },
        );
        Ok(LoggedIn {
            token,
            another_was_valid,
        })
    }

    fn hold_back(&mut self, account: Account, now: DateTime<Utc>) -> Result<(), Refusal> {
        let recent = self.recent_logins.entry(account).or_default();
        recent.retain(|at| now - *at < lifetime());
        if let Some(limit) = self.switches.logins_per_quarter_hour
            && recent.len() >= limit as usize
        {
            let free_at = recent[0] + lifetime();
            let mut refusal = Refusal::new(429, "Request was throttled.");
            refusal.retry_after = u64::try_from((free_at - now).num_seconds() + 1).ok();
            return Err(refusal);
        }
        recent.push(now);
        Ok(())
    }

    fn refused_login(&self) -> Refusal {
        Refusal::new(
            self.switches.login_refusal_status,
            "Unable to log in with provided credentials.",
        )
    }

    /// Whose token this is. A good token slides: it lives 15 minutes from now on.
    pub(crate) fn authenticate(
        &mut self,
        token: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Account, Refusal> {
        let Some(token) = token else {
            return Err(Refusal::new(
                401,
                "Authentication credentials were not provided.",
            ));
        };
        match self.sessions.get_mut(token) {
            Some(session) if session.expires > now => {
                session.expires = now + lifetime();
                Ok(session.account)
            }
            _ => Err(Refusal::new(401, "Invalid token.")),
        }
    }

    /// Whose token this is, without letting it slide.
    pub(crate) fn account_of(&self, token: &str, now: DateTime<Utc>) -> Option<Account> {
        let session = self.sessions.get(token)?;
        (session.expires > now).then_some(session.account)
    }

    pub(crate) fn expire_sessions(&mut self) {
        self.sessions.clear();
    }

    /// Every secret given out or planted so far.
    pub(crate) fn secrets(&self) -> Vec<PlantedSecret> {
        let known = self.credentials();
        let mut secrets = Vec::new();
        let mut add = |kind: &str, enrollment: Option<i64>, value: String| {
            secrets.push(PlantedSecret {
                kind: kind.to_owned(),
                enrollment,
                value,
            });
        };
        add("password", None, known.application.password);
        add("password", None, known.user.password);
        add("otp", None, known.user.otp);
        // Tokens that have expired must not be found anywhere either.
        for number in 1..self.next_token {
            let token = self
                .entropy
                .hex("token", number, self.switches.token_length);
            add("token", None, token);
        }
        for dossier in self.dossiers.values() {
            add("api_key", Some(dossier.id), dossier.api_key.clone());
            let endpoints = dossier.callback_endpoints.iter().flat_map(|e| &e.headers);
            for header in endpoints.chain(&dossier.callback_headers) {
                add("callback_header", Some(dossier.id), header.value.clone());
            }
            if let Some(token) = &dossier.browser_token {
                add("browser_token", Some(dossier.id), token.clone());
            }
            let planted = crate::report::Planted::of(&self.entropy, dossier.id);
            add("internal_api_key", Some(dossier.id), planted.api_key);
            add(
                "internal_callback_url",
                Some(dossier.id),
                planted.callback_url,
            );
            add("worker_arn", Some(dossier.id), planted.worker_arn);
        }
        secrets
    }
}
