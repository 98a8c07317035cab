//! How far a verification is, and whether it is still wanted.

use std::convert::Infallible;
use std::ops::ControlFlow;

/// The verification was not wanted any more: there is no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the verification was stopped")]
pub struct Stopped;

pub(crate) trait Watch {
    /// What a verification that was stopped ends with.
    type Stop;

    fn at(&mut self, done: u64, total: u64) -> Result<(), Self::Stop>;
}

/// Nobody looks, and nothing stops it.
pub(crate) struct Unwatched;

impl Watch for Unwatched {
    type Stop = Infallible;

    fn at(&mut self, _done: u64, _total: u64) -> Result<(), Infallible> {
        Ok(())
    }
}

pub(crate) struct Watched<'w>(pub(crate) &'w mut dyn FnMut(u64, u64) -> ControlFlow<()>);

impl Watch for Watched<'_> {
    type Stop = Stopped;

    fn at(&mut self, done: u64, total: u64) -> Result<(), Stopped> {
        match (self.0)(done, total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stopped),
        }
    }
}

/// What is done of an amount that is known from the start: it never runs backwards, nor over.
pub(crate) struct Work<W> {
    watch: W,
    done: u64,
    total: u64,
}

impl Work<Unwatched> {
    pub(crate) fn unwatched() -> Self {
        Self {
            watch: Unwatched,
            done: 0,
            total: u64::MAX,
        }
    }
}

impl<W: Watch> Work<W> {
    pub(crate) fn begin(watch: W, total: u64) -> Result<Self, W::Stop> {
        let mut work = Self {
            watch,
            done: 0,
            total,
        };
        work.ask()?;
        Ok(work)
    }

    /// Whether to go on, where nothing that counts was done.
    pub(crate) fn ask(&mut self) -> Result<(), W::Stop> {
        self.watch.at(self.done, self.total)
    }

    pub(crate) fn add(&mut self, amount: u64) -> Result<(), W::Stop> {
        self.reach(self.after(amount))
    }

    /// Where `amount` more will end.
    pub(crate) fn after(&self, amount: u64) -> u64 {
        self.done.saturating_add(amount)
    }

    /// What gave less than was announced ends where it was to end.
    pub(crate) fn reach(&mut self, mark: u64) -> Result<(), W::Stop> {
        self.done = self.done.max(mark.min(self.total));
        self.ask()
    }
}
