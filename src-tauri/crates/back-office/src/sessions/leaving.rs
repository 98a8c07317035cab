//! Signing out of every account, or of one of two.

use std::sync::Arc;

use dossiers::Act;

use super::{OpenAccounts, Session};
use crate::{
    desk::Desk,
    errors::DeskError,
    views::session::{AccountKind, SessionView},
};

impl Desk {
    /// Of every account: another person may sit down here.
    pub async fn sign_out(&self) -> Result<SessionView, DeskError> {
        let _turn = self.turn().await;
        let open = self.accounts();
        if open.working.is_some()
            && let Err(error) = self.drop_draft().await
        {
            tracing::warn!(%error, "the draft was not forgotten");
        }
        for session in open.all() {
            self.leave(session).await;
        }
        self.set_accounts(OpenAccounts::default());
        self.at_opening().forget();
        self.put_links_away();
        self.take_back_copied().await;
        self.pages().clear();
        self.held_checks().clear_claims();
        self.imports().clear();
        self.announce_session();
        Ok(self.session_view())
    }

    /// Of one account of two: the other one is worked with. The only one is left as [`Desk::sign_out`] does.
    pub async fn close_account(&self, account: AccountKind) -> Result<SessionView, DeskError> {
        let turn = self.turn().await;
        let open = self.accounts();
        let (Some(closed), Some(stays)) = (open.of(account), open.other_than(account)) else {
            drop(turn);
            return if open.of(account).is_some() {
                self.sign_out().await
            } else {
                Ok(self.session_view())
            };
        };
        self.leave(&closed).await;
        let was_worked_with = open.is_worked_with(account);
        self.set_accounts(OpenAccounts::only(stays.clone()));
        if was_worked_with {
            self.work_for(&stays);
        }
        drop(turn);
        self.wake_following();
        self.announce_session();
        Ok(self.session_view())
    }

    /// Whoever another account took the place of has left, though nobody said so. Whether there was such a one.
    pub(super) async fn leave_replaced(&self, before: &OpenAccounts) -> bool {
        let open = self.accounts();
        let mut replaced = false;
        for session in before.all() {
            if !open.all().any(|stays| stays.is_same_account(session)) {
                self.leave(session).await;
                replaced = true;
            }
        }
        replaced
    }

    /// Never fails: leaving an account open would be worse than an act too few.
    async fn leave(&self, session: &Arc<Session>) {
        if let Err(error) = self.note_session(Act::SignedOut, session, None).await {
            tracing::error!(%error, "a sign-out was not journaled");
        }
        session.close();
    }
}
