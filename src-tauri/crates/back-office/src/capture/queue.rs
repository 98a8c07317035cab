//! The dossiers whose turn it is, as the register last told them.

use std::{collections::VecDeque, time::Duration};

use dossiers::{CaptureTask, RegisterError};

use super::state::{Captures, Place};
use crate::{desk::Desk, errors::DeskError, sessions::Session};

/// Dossiers asked for at a time.
const AT_A_TIME: u32 = 64;
/// Most that are looked through for one whose report is here.
const MOST: u32 = 16_384;
/// How long the queue is trusted without looking into the register.
const ASK_AGAIN: Duration = Duration::from_secs(10 * 60);

#[derive(Debug)]
pub(super) struct Queue {
    tasks: VecDeque<CaptureTask>,
    /// The register was told of a change since it was asked.
    stale: bool,
    /// There were more than were taken.
    more: bool,
    next_look: Option<Duration>,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            tasks: VecDeque::new(),
            stale: true,
            more: false,
            next_look: None,
        }
    }
}

impl Queue {
    /// Asks the register again before the next dossier.
    pub(super) fn look_again(&mut self) {
        self.stale = true;
    }

    pub(super) fn look_again_if_due(&mut self, now: Duration) {
        self.stale |= self.next_look.is_none_or(|at| at <= now);
    }

    pub(super) fn ended(&mut self) {
        self.stale |= self.tasks.is_empty() && self.more;
    }

    /// When the register is worth another look; `None` while there is something to do.
    pub(super) fn next_look(&self) -> Option<Duration> {
        (self.tasks.is_empty() && !self.stale)
            .then_some(self.next_look)
            .flatten()
    }

    /// The next one, with its place.
    pub(super) fn take(&mut self, captures: &Captures) -> Option<(CaptureTask, Place)> {
        loop {
            let task = self.tasks.pop_front()?;
            if let Some(place) = captures.begin(task.dossier) {
                return Some((task, place));
            }
        }
    }

    pub(super) async fn fill(&mut self, desk: &Desk, session: &Session, now: Duration) {
        if !self.stale {
            return;
        }
        self.stale = false;
        match due(desk, session).await {
            Ok(due) => {
                self.more = due.more;
                self.tasks = due.tasks.into();
                let retry = due
                    .next_retry
                    .map_or(ASK_AGAIN, |pause| pause.min(ASK_AGAIN));
                self.next_look = Some(now + retry);
            }
            Err(error) => {
                tracing::warn!(%error, "what is to be captured could not be had");
                self.tasks.clear();
                self.more = false;
                self.next_look = Some(now + Duration::from_secs(60));
            }
        }
    }
}

struct Due {
    tasks: Vec<CaptureTask>,
    more: bool,
    next_retry: Option<Duration>,
}

/// Those whose report is here: following keeps the reports, and wakes capture with each.
async fn due(desk: &Desk, session: &Session) -> Result<Due, DeskError> {
    let environment = session.environment_id().to_owned();
    let true_now = desk.true_now();
    let captures = desk.captures().clone();
    desk.on_register(move |register, _| {
        let mut most = AT_A_TIME;
        loop {
            let waiting = register.due_for_capture(&environment, true_now, most)?;
            let all = waiting.len() < most as usize;
            let tasks: Vec<_> = waiting
                .into_iter()
                .filter(|task| task.report_is_here && !captures.is_running(task.dossier))
                .collect();
            if tasks.is_empty() && !all && most < MOST {
                most *= 4;
                continue;
            }
            let next_retry = register.next_retry(&environment)?;
            return Ok::<_, RegisterError>(Due {
                more: !all,
                tasks,
                next_retry: next_retry
                    .map(|at| (at - true_now).to_std().unwrap_or(Duration::from_secs(1))),
            });
        }
    })
    .await
}
