//! One effect per press of a button, however often the window sends it.
//!
//! A reload of the page re-sends a running command (exemplars §4.1): the second one joins the first.

use std::{collections::HashMap, future::Future, sync::Mutex};

use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{desk::locked, errors::DeskError};

type Outcome = Result<String, DeskError>;

/// Running and finished intents of this run of the program.
#[derive(Default)]
pub struct Intents {
    known: Mutex<HashMap<String, Shared<BoxFuture<'static, Outcome>>>>,
}

impl std::fmt::Debug for Intents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Intents")
            .field("known", &locked(&self.known).len())
            .finish()
    }
}

/// Beyond this many, finished intents are forgotten.
const KEPT: usize = 1_000;

impl Intents {
    /// Runs `act` once for `intent_id`; later calls get the first one's result. A failure is forgotten,
    /// so that the person may press again.
    pub async fn once<T, F>(&self, intent_id: &str, act: F) -> Result<T, DeskError>
    where
        T: Serialize + DeserializeOwned,
        F: Future<Output = Result<T, DeskError>> + Send + 'static,
    {
        let running = {
            let mut known = locked(&self.known);
            if known.len() >= KEPT {
                known.retain(|_, outcome| outcome.peek().is_none());
            }
            known
                .entry(intent_id.to_owned())
                .or_insert_with(|| {
                    // Spawned, so that a caller that goes away does not stop it half-way.
                    let task = tokio::spawn(async move {
                        let result = act.await?;
                        serde_json::to_string(&result).map_err(DeskError::internal)
                    });
                    async move {
                        task.await
                            .unwrap_or_else(|lost| Err(DeskError::internal(lost)))
                    }
                    .boxed()
                    .shared()
                })
                .clone()
        };
        match running.await {
            Ok(json) => serde_json::from_str(&json).map_err(DeskError::internal),
            Err(error) => {
                self.forget(intent_id);
                Err(error)
            }
        }
    }

    /// Whoever joined it gets its result; the same words sent later are another press.
    pub fn forget(&self, intent_id: &str) {
        locked(&self.known).remove(intent_id);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use super::*;
    use crate::views::error::ErrorCode;

    #[tokio::test]
    async fn the_same_press_sent_twice_acts_once() {
        let intents = Intents::default();
        let count = Arc::new(AtomicU32::new(0));
        let act = |count: Arc<AtomicU32>| async move {
            tokio::task::yield_now().await;
            Ok(count.fetch_add(1, Ordering::SeqCst))
        };
        let (first, second) = tokio::join!(
            intents.once::<u32, _>("a", act(count.clone())),
            intents.once::<u32, _>("a", act(count.clone()))
        );
        assert_eq!((first.unwrap(), second.unwrap()), (0, 0));
        assert_eq!(count.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_caller_that_goes_away_does_not_stop_the_act() {
        let intents = Intents::default();
        let (go, wait) = tokio::sync::oneshot::channel::<()>();
        {
            let first = intents.once::<u32, _>("a", async move {
                wait.await.map_err(DeskError::internal)?;
                Ok(7)
            });
            let _ = futures::poll!(Box::pin(first));
        }
        go.send(()).unwrap();
        let again = intents.once::<u32, _>("a", async { Ok(8) }).await.unwrap();
        assert_eq!(again, 7);
    }

    #[tokio::test]
    async fn a_failed_press_may_be_pressed_again() {
        let intents = Intents::default();
        let failed = intents
            .once::<u32, _>("a", async { Err(DeskError::new(ErrorCode::DiskFull)) })
            .await;
        assert_eq!(failed.unwrap_err().code, ErrorCode::DiskFull);
        assert_eq!(
            intents.once::<u32, _>("a", async { Ok(1) }).await.unwrap(),
            1
        );
    }
}
