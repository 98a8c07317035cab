//! Following open dossiers: the plain report, politely, until each is final.
//!
//! The draft is never read here (it may block the customer, facts §D.3). A browser that comes back
//! only makes the next look immediate; the report is the truth.

use std::{collections::HashMap, sync::Weak, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::{Dossier, DossierId};

use crate::{desk::Desk, sessions::Session, views::error::ErrorCode};

/// How long to sleep when nothing is open; a launch wakes earlier.
const NOTHING_OPEN: Duration = Duration::from_secs(60);

/// When one dossier was last looked at in this session.
#[derive(Debug, Clone, Copy)]
struct Look {
    count: u32,
    next: DateTime<Utc>,
}

impl Desk {
    /// Ends when the session does.
    pub(crate) async fn follow(self, session: Weak<Session>) {
        let mut looks: HashMap<DossierId, Look> = HashMap::new();
        loop {
            let Some(open) = session.upgrade() else {
                return;
            };
            let environment_id = open.environment_id().to_owned();
            let dossiers = self
                .on_register(|register, _| register.open_dossiers())
                .await
                .unwrap_or_default();
            let now = self.now();
            looks.retain(|id, _| dossiers.iter().any(|dossier| dossier.id == *id));
            let mut sleep = NOTHING_OPEN;
            for dossier in dossiers
                .iter()
                .filter(|known| known.environment_id == environment_id)
            {
                let look = looks.entry(dossier.id).or_insert(Look {
                    count: 0,
                    next: now + first_pause(dossier, now),
                });
                let woken = self.return_page().take_returned(dossier.id);
                if woken || look.next <= now {
                    if self.follow_once(dossier.id).await == Next::SignInFirst {
                        break;
                    }
                    look.count = if woken { 1 } else { look.count + 1 };
                    look.next = self.now() + pause(look.count, age(dossier, now));
                }
                let left = (look.next - self.now()).to_std().unwrap_or_default();
                sleep = sleep.min(left.max(Duration::from_secs(1)));
            }
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                () = open.wake.notified() => {}
            }
        }
    }

    async fn follow_once(&self, id: DossierId) -> Next {
        match self.read_plain_report(id).await {
            Ok(true) => self.announce(id).await,
            Ok(false) => {}
            Err(error) => {
                tracing::info!(code = ?error.code, "a look at an open dossier failed");
                if matches!(
                    error.code,
                    ErrorCode::SessionExpired | ErrorCode::NotSignedIn | ErrorCode::LoginHeldBack
                ) {
                    return Next::SignInFirst;
                }
            }
        }
        Next::GoOn
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Next {
    GoOn,
    SignInFirst,
}

fn age(dossier: &Dossier, now: DateTime<Utc>) -> TimeDelta {
    now - dossier.opened_at.unwrap_or(dossier.prepared_at)
}

/// A dossier just launched is looked at after 5 s; one met at sign-in at once, and then by its age.
fn first_pause(dossier: &Dossier, now: DateTime<Utc>) -> TimeDelta {
    if age(dossier, now) < TimeDelta::seconds(10) {
        TimeDelta::seconds(5)
    } else {
        TimeDelta::zero()
    }
}

/// 5, 10, 20, then 60 s; slower with age (product.md, journey 5).
fn pause(count: u32, age: TimeDelta) -> TimeDelta {
    if age > TimeDelta::days(1) {
        return TimeDelta::hours(1);
    }
    if age > TimeDelta::hours(1) {
        return TimeDelta::minutes(5);
    }
    TimeDelta::seconds(match count {
        0 => 5,
        1 => 10,
        2 => 20,
        _ => 60,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_become_rarer_with_each_look_and_with_age() {
        let young = TimeDelta::minutes(2);
        let pauses: Vec<i64> = (0..5)
            .map(|count| pause(count, young).num_seconds())
            .collect();
        assert_eq!(pauses, [5, 10, 20, 60, 60]);
        assert_eq!(pause(9, TimeDelta::hours(2)), TimeDelta::minutes(5));
        assert_eq!(pause(0, TimeDelta::days(3)), TimeDelta::hours(1));
    }
}
