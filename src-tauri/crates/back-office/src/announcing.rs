//! Telling the window that much of the register changed, at most twice a second.

use std::{sync::Mutex, time::Duration};

use tokio::time::Instant;

use crate::desk::{Desk, locked};

/// Between two tellings: the window reads its lists again after each.
const BETWEEN: Duration = Duration::from_millis(500);

/// When the window was told last, and whether it will be told again.
#[derive(Debug, Default)]
pub(crate) struct Tellings(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    last: Option<Instant>,
    coming: bool,
}

enum Turn {
    Now,
    At(Instant),
    /// Somebody else's telling will include this change.
    Included,
}

impl Tellings {
    fn turn(&self) -> Turn {
        let mut state = locked(&self.0);
        let now = Instant::now();
        match state.last.map(|last| last + BETWEEN) {
            _ if state.coming => Turn::Included,
            Some(next) if next > now => {
                state.coming = true;
                Turn::At(next)
            }
            _ => {
                state.last = Some(now);
                Turn::Now
            }
        }
    }

    fn come(&self) {
        *locked(&self.0) = State {
            last: Some(Instant::now()),
            coming: false,
        };
    }
}

impl Desk {
    /// Many dossiers, deadlines or counts changed; what follows open dossiers looks at them again too.
    pub(crate) fn register_changed(&self) {
        self.wake_following();
        self.tell_register_changed();
    }

    /// Tells the window only.
    pub(crate) fn tell_register_changed(&self) {
        match self.tellings().turn() {
            Turn::Now => self.ports().announcer.register_changed(),
            Turn::At(next) => {
                let desk = self.clone();
                tokio::spawn(async move {
                    tokio::time::sleep_until(next).await;
                    desk.tellings().come();
                    desk.ports().announcer.register_changed();
                });
            }
            Turn::Included => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_thousand_changes_in_a_second_are_told_three_times_the_last_one_included() {
        let tellings = Tellings::default();
        let mut told = 0;
        let mut coming = None;
        for _ in 0..1_000 {
            if coming.is_some_and(|at| Instant::now() >= at) {
                tellings.come();
                coming = None;
                told += 1;
            }
            match tellings.turn() {
                Turn::Now => told += 1,
                Turn::At(at) => coming = Some(at),
                Turn::Included => assert!(coming.is_some()),
            }
            tokio::time::advance(Duration::from_millis(1)).await;
        }
        assert_eq!(told, 2);
        assert!(coming.is_some());
    }
}
