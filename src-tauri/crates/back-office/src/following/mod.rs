//! Following every open dossier of the signed-in environment: the plain report, politely, until each
//! is final; and keeping the reports that were missed.
//!
//! The draft is never read here (it may block the customer, facts §D.3). A browser that comes back
//! only makes the next look immediate; the report is the truth.

mod calling;
mod readings;
mod rhythm;
mod schedule;

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use dossiers::{DossierId, ReportReach};
use futures::{StreamExt as _, stream::FuturesUnordered};
use id360_api::SessionState;

use self::schedule::{Now, Schedule, Seen, Trouble};
pub(crate) use self::{calling::Awaited, readings::Readings};
use crate::{
    desk::Desk,
    errors::DeskError,
    pace::{Fault, Pace, asked_to_wait},
    reading::Looked,
    sessions::Session,
    views::dossier::ReadingPlanned,
};

/// Looks under way at once.
const AT_ONCE: usize = 4;
/// Between the starts of two looks: ten thousand imported dossiers do not flood ID360.
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);
/// Most reports put on the schedule for keeping at a time.
const MOST_TO_KEEP: u32 = 500;
/// How long the schedule is trusted without looking into the register.
const ASK_AGAIN: Duration = Duration::from_secs(60 * 60);
/// Longest sleep while something is open: timers stand still while the machine sleeps, deadlines do
/// not.
const LONGEST_SLEEP: Duration = Duration::from_secs(5 * 60);
/// New readings told one by one; of more the window reads again what it shows.
const TOLD_ONE_BY_ONE: usize = 50;

/// One look and how it ended.
type Ended = (DossierId, Result<Looked, DeskError>);

impl Desk {
    /// Ends when the session does.
    pub(crate) async fn follow(self, session: Weak<Session>) {
        let mut schedule = Schedule::default();
        let mut pace = Pace::new(BETWEEN_LOOKS);
        let mut looks = FuturesUnordered::new();
        let Some(mut states) = session
            .upgrade()
            .map(|session| session.client.watch_session())
        else {
            return;
        };
        let mut asked_at = None::<Duration>;
        loop {
            let Some(open) = session.upgrade() else {
                return;
            };
            let now = self.both_clocks();
            if asked_at.is_none_or(|asked| now.monotonic.saturating_sub(asked) >= ASK_AGAIN) {
                self.fill(&mut schedule, &open, now).await;
                asked_at = Some(now.monotonic);
            }
            for id in self.return_page().take_returned() {
                schedule.returned(id, now);
            }
            if open.readings.hold(pace.is_held()) {
                self.tell_register_changed();
            }
            // Nobody looks at a locked window.
            let asleep = self.is_locked();
            while looks.len() < AT_ONCE && pace.next().is_some_and(|next| next <= now.monotonic) {
                let Some(id) = schedule.take(now, asleep) else {
                    break;
                };
                pace.started(now.monotonic);
                looks.push(self.clone().look(id, open.clone()));
            }
            let sleep = if looks.len() < AT_ONCE {
                pause(&schedule, &pace, now, asleep)
            } else {
                None
            };
            let wake = open.wake.notified();
            tokio::select! {
                Some(ended) = looks.next(), if !looks.is_empty() => {
                    self.take_look(&mut schedule, &mut pace, &open, ended).await;
                }
                () = wake => {
                    asked_at = None;
                    pace.go_on(self.both_clocks().monotonic);
                }
                changed = states.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    if *states.borrow_and_update() == SessionState::Open {
                        pace.go_on(self.both_clocks().monotonic);
                    }
                }
                () = sleep_for(sleep), if sleep.is_some() => {}
            }
        }
    }

    /// An empty schedule while the register is closed: it wakes following when it opens.
    async fn fill(&self, schedule: &mut Schedule, session: &Session, now: Now) {
        let environment = session.environment_id().to_owned();
        let reach = match self.user_session(&environment) {
            Some(_) => ReportReach::User,
            None => ReportReach::Application,
        };
        let true_now = self.true_now();
        let told = self
            .on_register(move |register, _| {
                Ok((
                    register.open_dossiers(&environment, true_now)?,
                    register.reports_to_keep(&environment, reach, true_now, MOST_TO_KEEP)?,
                ))
            })
            .await;
        match told {
            Ok((open, to_keep)) => schedule.tell(&open, &to_keep, now),
            Err(error) => {
                tracing::warn!(%error, "the open dossiers could not be had");
                schedule.tell(&[], &[], now);
            }
        }
        let changed = session.readings.replace(schedule.dues());
        if changed.len() > TOLD_ONE_BY_ONE {
            self.tell_register_changed();
        } else {
            changed
                .into_iter()
                .for_each(|id| self.tell_reading(session, id));
        }
    }

    async fn look(self, id: DossierId, session: Arc<Session>) -> Ended {
        (id, self.look_in_background(id, &session).await)
    }

    async fn take_look(
        &self,
        schedule: &mut Schedule,
        pace: &mut Pace,
        session: &Session,
        (id, looked): Ended,
    ) {
        let now = self.both_clocks();
        let seen = match &looked {
            Ok(looked) => {
                pace.succeeded();
                match looked {
                    Looked::Report { is_final: true, .. } => Seen::Final,
                    Looked::Report { .. } | Looked::NotReady => Seen::Open,
                }
            }
            Err(error) => {
                tracing::info!(code = ?error.code, "a look at an open dossier failed");
                seen_failing(error, session, pace, now.monotonic)
            }
        };
        let trouble = schedule.ended(id, seen, now);
        session.readings.put(id, schedule.due_of(id));
        self.note_trouble(id, trouble, looked.as_ref().err()).await;
        if let Ok(Looked::Report { changed, is_final }) = looked {
            if is_final {
                session.capture_wake.notify_one();
                self.call_back(id);
            }
            self.announce(id).await;
            if changed {
                self.tell_register_changed();
            }
        } else {
            self.tell_reading(session, id);
        }
    }

    /// When a dossier is read next; a locked window is told nothing, and reads anew when it opens.
    fn tell_reading(&self, session: &Session, id: DossierId) {
        if !self.is_locked() {
            let next = session.readings.next(id, self.both_clocks());
            let planned = ReadingPlanned {
                id: id.to_string(),
                next,
            };
            self.ports().announcer.reading_planned(&planned);
        }
    }

    async fn note_trouble(
        &self,
        id: DossierId,
        trouble: Option<Trouble>,
        error: Option<&DeskError>,
    ) {
        let word = match (trouble, error) {
            (Some(Trouble::Lasting), Some(error)) => Some(error.code.word()),
            (Some(Trouble::Over), _) => None,
            _ => return,
        };
        let noted = self
            .on_register_as(self.desk_stamp(), move |register, stamp| {
                register.record_trouble(id, word.as_deref(), stamp)
            })
            .await;
        match noted {
            Ok(()) => {
                self.announce(id).await;
                self.tell_register_changed();
            }
            Err(error) => tracing::warn!(%error, "trouble with a dossier could not be noted"),
        }
    }

    pub(crate) fn both_clocks(&self) -> Now {
        Now {
            utc: self.now(),
            monotonic: self.ports().clock.monotonic(),
        }
    }
}

/// Nothing to wait for while nothing is open, or while a person has to sign in.
fn pause(schedule: &Schedule, pace: &Pace, now: Now, asleep: bool) -> Option<Duration> {
    let due = schedule.next_due(asleep)?.max(pace.next()?);
    Some(due.saturating_sub(now.monotonic).min(LONGEST_SLEEP))
}

async fn sleep_for(pause: Option<Duration>) {
    tokio::time::sleep(pause.unwrap_or_default()).await;
}

fn seen_failing(error: &DeskError, session: &Session, pace: &mut Pace, now: Duration) -> Seen {
    match pace.blame(error, session, now) {
        Fault::Everybodys => Seen::Missed,
        // Both become slower until a look succeeds.
        Fault::Either => {
            pace.failed_for_all(now, asked_to_wait(error));
            Seen::Failed
        }
        Fault::Own => Seen::Failed,
    }
}
