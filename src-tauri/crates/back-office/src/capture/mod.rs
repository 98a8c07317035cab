//! Capture: keeping everything of a finished dossier here before ID360 deletes it.
//!
//! Runs while somebody is signed in, the closest deadline first, a few dossiers at once, in the background: every
//! call that a person waits for goes ahead. What is recorded is never fetched again, and a whole file that a stop left
//! without its row is taken in when the register opens: a stop costs what was still arriving.

mod judging;
mod now;
mod plan;
mod queue;
mod shelving;
mod shown;
mod state;
mod taking;

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use dossiers::{CaptureTask, Progress};
use id360_api::SessionState;
use tokio::task::JoinSet;

pub(crate) use self::{
    plan::makes_idclaim,
    shown::{piece_view, rule_view},
    state::Captures,
};
use self::{
    queue::Queue,
    state::{Place, Turn},
    taking::{Ended, Taking},
};
use crate::{
    desk::Desk,
    errors::DeskError,
    pace::{Fault, Pace, asked_to_wait},
    sessions::Session,
};

/// Dossiers under way at once. More than calls: while some wait for the disk or for their next try, others fetch. The
/// client keeps the calls of capture and following to three between them.
const AT_ONCE: usize = 8;
/// Longest sleep: timers stand still while the machine sleeps, deadlines do not.
const LONGEST_SLEEP: Duration = Duration::from_secs(5 * 60);
/// Failures in a row that may be one dossier's and are taken for everybody's.
const SURELY_EVERYBODYS: u32 = 3;

impl Desk {
    /// Ends when the session does.
    pub(crate) async fn capture(self, session: Weak<Session>) {
        let mut queue = Queue::default();
        let mut pace = Pace::new(Duration::ZERO);
        // Tasks of their own: one hashes while another one is recorded. Given up with the set.
        let mut under_way = JoinSet::new();
        let Some(mut states) = session
            .upgrade()
            .map(|session| session.client.watch_session())
        else {
            return;
        };
        // What a stop left behind is taken in before it is fetched again.
        self.sweep_vault().await;
        loop {
            let Some(open) = session.upgrade() else {
                return;
            };
            let now = self.ports().clock.monotonic();
            let turn = self.captures().turn(now);
            if turn.most(AT_ONCE) > 0 {
                queue.fill(&self, &open, now).await;
            }
            while under_way.len() < turn.most(AT_ONCE)
                && pace.next().is_some_and(|next| next <= now)
                && let Some((task, place)) = queue.take(self.captures())
            {
                pace.started(now);
                under_way.spawn(self.clone().take_one(task, place, open.clone()));
            }
            let sleep = (under_way.len() < turn.most(AT_ONCE).max(1))
                .then(|| pause(&queue, &pace, turn, now))
                .flatten();
            tokio::select! {
                Some(ended) = under_way.join_next(), if !under_way.is_empty() => {
                    let ended = ended.unwrap_or_else(|error| Ended::NotNow(DeskError::internal(error)));
                    self.take_end(&mut queue, &mut pace, &open, ended);
                }
                () = open.capture_wake.notified() => {
                    queue.look_again();
                    pace.go_on(self.ports().clock.monotonic());
                }
                changed = states.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    if *states.borrow_and_update() == SessionState::Open {
                        queue.look_again();
                        pace.go_on(self.ports().clock.monotonic());
                    }
                }
                () = tokio::time::sleep(sleep.unwrap_or_default()), if sleep.is_some() => {
                    queue.look_again_if_due(self.ports().clock.monotonic());
                }
            }
        }
    }

    async fn take_one(self, task: CaptureTask, place: Place, session: Arc<Session>) -> Ended {
        let taking = Taking {
            client: session.background.clone(),
            stamp: self.desk_stamp(),
            session,
            progress: Progress::unwatched(),
            asked: false,
        };
        let ended = self.capture_dossier(&task, &taking).await;
        drop(place);
        ended
    }

    fn take_end(&self, queue: &mut Queue, pace: &mut Pace, session: &Session, ended: Ended) {
        let now = self.ports().clock.monotonic();
        queue.ended();
        match ended {
            Ended::Done => {
                pace.succeeded();
                self.captures().disk_takes_again();
            }
            Ended::Troubled(error) => {
                tracing::info!(code = ?error.code, "a dossier is not captured yet");
                // Its next try has a time of its own now.
                queue.look_again();
                let doubtful = pace.blame(&error, session, now) == Fault::Either;
                if doubtful && pace.failed_maybe_for_all() >= SURELY_EVERYBODYS {
                    pace.failed_for_all(now, asked_to_wait(&error));
                }
            }
            Ended::NotNow(error) => {
                tracing::info!(code = ?error.code, "capture waits");
                if pace.blame(&error, session, now) != Fault::Everybodys {
                    pace.failed_for_all(now, None);
                }
                queue.look_again();
            }
            Ended::DiskRefused(error) => {
                tracing::warn!(code = ?error.code, "the vault takes nothing");
                self.captures().disk_refused(error.code, now);
                queue.look_again();
            }
        }
        self.tell_register_changed();
    }
}

/// How long nothing happens by itself; `None` while a person has to do something first.
fn pause(queue: &Queue, pace: &Pace, turn: Turn, now: Duration) -> Option<Duration> {
    let next = pace.next()?;
    let wanted = match turn {
        Turn::Paused => return None,
        Turn::Blocked { until } => until.max(next),
        Turn::Open | Turn::Probe => match queue.next_look() {
            Some(at) => at.max(next),
            None => next,
        },
    };
    Some(wanted.saturating_sub(now).min(LONGEST_SLEEP))
}
