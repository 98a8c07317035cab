//! How many calls are under way, and how close together retries leave.

use std::time::Duration;

use tokio::sync::{Mutex, Semaphore, SemaphorePermit};
use tokio::time::Instant;

/// Retries after an outage leave one by one.
const BETWEEN_RETRIES: Duration = Duration::from_millis(60);

#[derive(Debug)]
pub struct Limiter {
    places: Semaphore,
    next_retry: Mutex<Option<Instant>>,
}

impl Limiter {
    pub fn new(places: usize) -> Self {
        Self {
            places: Semaphore::new(places.max(1)),
            next_retry: Mutex::new(None),
        }
    }

    /// Waits for a place; `None` cannot happen, since the semaphore is never closed.
    pub async fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.acquire().await.ok()
    }

    /// Waits for this retry's turn.
    pub async fn retry_turn(&self) {
        let mut next = self.next_retry.lock().await;
        if let Some(at) = *next {
            tokio::time::sleep_until(at).await;
        }
        *next = Some(Instant::now() + BETWEEN_RETRIES);
    }
}
