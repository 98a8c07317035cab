//! Acts that take long: how far each has come, and a way to end it.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex},
    time::Duration,
};

use dossiers::Progress;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    desk::{Desk, locked},
    errors::DeskError,
    views::{error::ErrorCode, launch::Progress as ProgressView},
};

/// Between two words about one act: a bar that moves ten times a second looks smooth.
const BETWEEN_WORDS: Duration = Duration::from_millis(100);

/// Between two looks whether a call is still wanted.
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Gives a call up on its way once its act is ended.
pub(crate) async fn while_wanted<T>(
    progress: &Progress,
    call: impl Future<Output = Result<T, DeskError>>,
) -> Result<T, DeskError> {
    tokio::pin!(call);
    loop {
        if progress.is_cancelled() {
            return Err(DeskError::new(ErrorCode::Cancelled));
        }
        if let Ok(ended) = tokio::time::timeout(BETWEEN_LOOKS, &mut call).await {
            return ended;
        }
    }
}

/// The long acts under way, by intent.
#[derive(Debug, Clone, Default)]
pub struct LongActs(Arc<Mutex<HashMap<String, Progress>>>);

impl LongActs {
    fn begin(&self, intent_id: &str, progress: Progress) -> Listed {
        let mut running = locked(&self.0);
        let own = !running.contains_key(intent_id);
        if own {
            running.insert(intent_id.to_owned(), progress);
        }
        Listed {
            acts: self.clone(),
            intent_id: intent_id.to_owned(),
            own,
        }
    }

    fn cancel(&self, intent_id: &str) {
        if let Some(progress) = locked(&self.0).get(intent_id) {
            progress.cancel();
        }
    }

    pub fn cancel_all(&self) {
        locked(&self.0).values().for_each(Progress::cancel);
    }
}

/// Takes the act off the list when it ends, however it ends.
#[derive(Debug)]
struct Listed {
    acts: LongActs,
    intent_id: String,
    /// The same press sent twice joins the first act and must not take it off.
    own: bool,
}

impl Drop for Listed {
    fn drop(&mut self) {
        if self.own {
            locked(&self.acts.0).remove(&self.intent_id);
        }
    }
}

impl Desk {
    /// Runs `act` once for `intent_id`; the window hears how far it is and may end it by
    /// [`Desk::cancel`].
    pub(crate) async fn long<T, F, A>(&self, intent_id: &str, act: F) -> Result<T, DeskError>
    where
        T: Serialize + DeserializeOwned,
        F: FnOnce(Desk, Progress) -> A + Send + 'static,
        A: Future<Output = Result<T, DeskError>> + Send,
    {
        let progress = self.progress_of(intent_id);
        let listed = self.long_acts().begin(intent_id, progress.clone());
        let desk = self.clone();
        self.intents()
            .once(intent_id, async move {
                let _listed = listed;
                act(desk, progress).await
            })
            .await
    }

    /// Ends a running long act; nothing happens where it has ended already.
    pub fn cancel(&self, intent_id: &str) {
        self.long_acts().cancel(intent_id);
    }

    fn progress_of(&self, intent_id: &str) -> Progress {
        let clock = self.ports().clock.clone();
        let announcer = self.ports().announcer.clone();
        let intent_id = intent_id.to_owned();
        let said = Mutex::new(None::<Duration>);
        Progress::told_to(move |done, total| {
            let now = clock.monotonic();
            let mut said = locked(&said);
            let whole = total > 0 && done >= total;
            if !whole && said.is_some_and(|at| now.saturating_sub(at) < BETWEEN_WORDS) {
                return;
            }
            *said = Some(now);
            announcer.progress(&ProgressView {
                intent_id: intent_id.clone(),
                done: u32::try_from(done).unwrap_or(u32::MAX),
                total: u32::try_from(total).unwrap_or(u32::MAX),
            });
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_press_sent_twice_does_not_take_the_running_act_off_the_list() {
        let acts = LongActs::default();
        let first = Progress::unwatched();
        let listed = acts.begin("a", first.clone());
        drop(acts.begin("a", Progress::unwatched()));
        acts.cancel("a");
        assert!(first.is_cancelled());
        drop(listed);
        let second = Progress::unwatched();
        let _listed = acts.begin("a", second.clone());
        assert!(!second.is_cancelled());
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_never_ends_is_given_up_with_its_act() {
        let progress = Progress::unwatched();
        let ended = while_wanted(&progress, async { Ok(7) }).await;
        assert_eq!(ended.unwrap(), 7);
        let stopping = async {
            tokio::time::sleep(Duration::from_secs(60)).await;
            progress.cancel();
            std::future::pending::<()>().await;
        };
        let endless = std::future::pending::<Result<u32, DeskError>>();
        let ended = tokio::select! {
            ended = while_wanted(&progress, endless) => ended,
            () = stopping => unreachable!("it never ends"),
        };
        assert_eq!(ended.unwrap_err().code, ErrorCode::Cancelled);
    }
}
