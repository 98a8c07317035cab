//! Two accounts of one environment, open at the same time: an application account works at the counter while a user
//! account beside it reads what only it reaches (facts §B.3). ID360 sees one login of each.

use std::sync::Arc;

use dossiers::{Act, Dossier};

use super::Session;
use crate::{
    desk::Desk,
    errors::DeskError,
    views::{
        error::ErrorCode,
        session::{AccountKind, SessionView},
    },
};

/// After so many days a report is out of an application account's reach (facts §B.3), where no deadline was reckoned.
const APPLICATION_DAYS: i64 = 7;

/// Which accounts are open; never two of one kind, never of two environments.
#[derive(Debug, Clone, Default)]
pub(crate) struct OpenAccounts {
    /// Acts in the person's name, follows and captures.
    pub working: Option<Arc<Session>>,
    /// Of the other kind, on the same environment.
    pub beside: Option<Arc<Session>>,
}

impl OpenAccounts {
    pub fn only(session: Arc<Session>) -> Self {
        Self {
            working: Some(session),
            beside: None,
        }
    }

    /// The first account, and one on another environment, is worked with, and what was open is closed. A second one,
    /// of the other kind, comes to stand beside. One that is open already gives its place.
    pub fn joined_by(self, opened: Arc<Session>) -> Self {
        let (environment, account) = (opened.environment_id().to_owned(), opened.account);
        let stays = |session: &Arc<Session>| {
            let stays = session.environment_id() == environment && session.account != account;
            if !stays {
                session.close();
            }
            stays
        };
        let beside = self.beside.filter(stays);
        match self.working.filter(stays) {
            Some(working) => Self {
                working: Some(working),
                beside: Some(opened),
            },
            None => Self {
                working: Some(opened),
                beside,
            },
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &Arc<Session>> {
        self.working.iter().chain(&self.beside)
    }

    pub fn of(&self, account: AccountKind) -> Option<Arc<Session>> {
        self.all()
            .find(|session| session.account == account)
            .cloned()
    }

    pub fn other_than(&self, account: AccountKind) -> Option<Arc<Session>> {
        self.all()
            .find(|session| session.account != account)
            .cloned()
    }

    pub fn is_worked_with(&self, account: AccountKind) -> bool {
        self.working
            .as_ref()
            .is_some_and(|session| session.account == account)
    }
}

impl Desk {
    /// Works with the other account from now on; ID360 is told nothing.
    ///
    /// # Errors
    /// `NotSignedIn` where that account is not open; the register's own.
    pub async fn work_as(&self, account: AccountKind) -> Result<SessionView, DeskError> {
        let turn = self.turn().await;
        let open = self.accounts();
        if open.is_worked_with(account) {
            return Ok(self.session_view());
        }
        let next = self.session_of(account)?;
        self.note_session(Act::AccountChanged, &next, None).await?;
        if let Some(resting) = &open.working {
            resting.rest();
        }
        self.set_accounts(OpenAccounts {
            working: Some(next.clone()),
            beside: open.working,
        });
        self.work_for(&next);
        drop(turn);
        self.announce_session();
        Ok(self.session_view())
    }

    pub(crate) fn session_of(&self, account: AccountKind) -> Result<Arc<Session>, DeskError> {
        self.accounts()
            .of(account)
            .ok_or_else(|| DeskError::new(ErrorCode::NotSignedIn))
    }

    /// The user account that is open on that environment, whichever is worked with.
    pub(crate) fn user_session(&self, environment_id: &str) -> Option<Arc<Session>> {
        self.accounts()
            .of(AccountKind::User)
            .filter(|session| session.environment_id() == environment_id)
    }

    /// The account that has the dossier's report: `session`, or the user account beside it where only that one
    /// reaches so far back.
    pub(crate) fn reaching(&self, dossier: &Dossier, session: &Arc<Session>) -> Arc<Session> {
        if session.account == AccountKind::Application && self.is_past_application(dossier) {
            self.user_session(session.environment_id())
                .filter(|user| user.is_open())
                .unwrap_or_else(|| session.clone())
        } else {
            session.clone()
        }
    }

    pub(crate) fn is_past_application(&self, dossier: &Dossier) -> bool {
        match dossier.report_application_until {
            Some(until) => until <= self.true_now(),
            None => dossier
                .finished_time
                .is_some_and(|finished| (self.now() - finished).num_days() >= APPLICATION_DAYS),
        }
    }
}
