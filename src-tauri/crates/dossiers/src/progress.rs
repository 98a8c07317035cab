//! How far something long has come, and whether it is still wanted.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{RegisterError, Result};

type Tell = dyn Fn(u64, u64) + Send + Sync;

/// Given to long functions. Clones are of the same one.
#[derive(Clone, Default)]
pub struct Progress {
    cancelled: Arc<AtomicBool>,
    tell: Option<Arc<Tell>>,
}

impl Progress {
    /// Nobody looks; it may still be cancelled.
    pub fn unwatched() -> Self {
        Self::default()
    }

    /// `tell` hears how many of how many are done, from the function's own thread; of 0 while the
    /// whole is not known.
    pub fn told_to(tell: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        Self {
            cancelled: Arc::default(),
            tell: Some(Arc::new(tell)),
        }
    }

    /// Nobody waits for it any more; the function ends with [`RegisterError::Cancelled`].
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// It was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Tells how far it is, and ends the function where nobody waits for it.
    pub fn at(&self, done: u64, total: u64) -> Result<()> {
        if self.is_cancelled() {
            return Err(RegisterError::Cancelled);
        }
        if let Some(tell) = &self.tell {
            tell(done, total);
        }
        Ok(())
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress")
            .field("cancelled", &self.is_cancelled())
            .finish_non_exhaustive()
    }
}
