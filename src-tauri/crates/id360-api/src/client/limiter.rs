//! How many calls are under way, who goes first, and how close together retries leave.

use std::time::Duration;

use tokio::sync::{Mutex, Notify, Semaphore, SemaphorePermit};
use tokio::time::Instant;

/// Retries after an outage leave one by one.
const BETWEEN_RETRIES: Duration = Duration::from_millis(60);

/// Whether a person waits for the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haste {
    /// Goes before everything that nobody waits for.
    Awaited,
    /// Leaves a place free, and goes when nobody waits for one.
    Background,
}

#[derive(Debug)]
pub struct Limiter {
    places: Semaphore,
    /// Places that calls in the background may take between them.
    background: Semaphore,
    freed: Notify,
    next_retry: Mutex<Option<Instant>>,
}

/// A call's place; given back when dropped.
pub struct Place<'a> {
    place: Option<SemaphorePermit<'a>>,
    _background: Option<SemaphorePermit<'a>>,
    freed: &'a Notify,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        drop(self.place.take());
        self.freed.notify_waiters();
    }
}

impl Limiter {
    pub fn new(places: usize) -> Self {
        let places = places.max(1);
        Self {
            places: Semaphore::new(places),
            background: Semaphore::new((places - 1).max(1)),
            freed: Notify::new(),
            next_retry: Mutex::new(None),
        }
    }

    /// Waits for a place. The semaphores are never closed.
    pub async fn place(&self, haste: Haste) -> Place<'_> {
        let (place, background) = match haste {
            Haste::Awaited => (self.places.acquire().await.ok(), None),
            Haste::Background => {
                let background = self.background.acquire().await.ok();
                (self.place_nobody_waits_for().await, background)
            }
        };
        Place {
            place,
            _background: background,
            freed: &self.freed,
        }
    }

    /// A freed place goes to who queues for it, so one that can be had at once is wanted by nobody.
    async fn place_nobody_waits_for(&self) -> Option<SemaphorePermit<'_>> {
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            freed.as_mut().enable();
            if let Ok(place) = self.places.try_acquire() {
                return Some(place);
            }
            freed.await;
        }
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

#[cfg(test)]
mod tests {
    use futures::{FutureExt as _, poll};

    use super::*;

    #[tokio::test]
    async fn calls_in_the_background_leave_a_place_for_a_person() {
        let limiter = Limiter::new(4);
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(limiter.place(Haste::Background).await);
        }
        assert!(limiter.place(Haste::Background).now_or_never().is_none());
        assert!(limiter.place(Haste::Awaited).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_freed_place_goes_to_a_person_before_an_earlier_call_in_the_background() {
        let limiter = Limiter::new(2);
        let first = limiter.place(Haste::Awaited).await;
        let _second = limiter.place(Haste::Awaited).await;
        let mut patient = Box::pin(limiter.place(Haste::Background));
        assert!(poll!(&mut patient).is_pending());
        let mut person = Box::pin(limiter.place(Haste::Awaited));
        assert!(poll!(&mut person).is_pending());
        drop(first);
        assert!(poll!(&mut patient).is_pending());
        let person = person.now_or_never();
        assert!(person.is_some());
        assert!(poll!(&mut patient).is_pending());
        drop(person);
        assert!(poll!(&mut patient).is_ready());
    }
}
