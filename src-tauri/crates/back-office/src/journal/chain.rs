//! Whether the journal can be relied on.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use dossiers::{Act, Chain, ChainVerdict, Progress};

use crate::{
    desk::{Desk, locked},
    errors::DeskError,
    list::shown_count,
    present::time,
    views::journal::{ChainState, ChainView},
};

/// Digits of the head that are shown.
const SHOWN_DIGITS: usize = 16;

/// What the last verification since the start said, and how many are under way.
#[derive(Debug, Default)]
pub struct ChainWatch(Mutex<Watched>);

#[derive(Debug, Default)]
struct Watched {
    running: u32,
    /// Of the verification that nobody asked for.
    background: Progress,
    last: Option<(ChainVerdict, DateTime<Utc>)>,
}

impl ChainWatch {
    /// The register is about to close.
    pub fn end(&self) {
        locked(&self.0).background.cancel();
    }
}

impl Desk {
    /// The register has just opened: written down, then the chain is verified while people work.
    pub(crate) async fn begin_journal(&self) {
        if let Err(error) = self.note(Act::Unlocked, String::new()).await {
            tracing::error!(%error, "the opening of the register was not journaled");
        }
        let progress = Progress::unwatched();
        {
            let mut watched = locked(&self.chain().0);
            watched.last = None;
            watched.background = progress.clone();
        }
        let desk = self.clone();
        tokio::spawn(async move {
            if let Err(error) = desk.verify_chain(progress).await {
                tracing::info!(%error, "the journal was not looked through");
            }
        });
    }

    /// Drops what is too old and notes outside the database where the chain ends.
    pub(crate) async fn look_after_journal(&self, progress: Progress) {
        let pruned = self.prune_journal(progress).await;
        let anchored = self.on_register(|register, _| register.anchor()).await;
        if let Err(error) = pruned.map(drop).and(anchored) {
            tracing::warn!(%error, "the journal was not looked after");
        }
    }

    /// What is known of the chain; reads only its end.
    pub async fn get_chain(&self) -> Result<ChainView, DeskError> {
        let head = self
            .on_register(|register, _| register.chain_head())
            .await?;
        let verified_at = locked(&self.chain().0)
            .last
            .as_ref()
            .map(|(_, at)| time(*at));
        let mut digits = head.digits();
        digits.truncate(SHOWN_DIGITS);
        Ok(ChainView {
            state: self.chain_state(),
            entries: shown_count(head.entries),
            verified_at,
            head: digits,
            kept_since: head.kept_since.map(time),
        })
    }

    /// What the last verification since the start said; reads nothing.
    pub(crate) fn chain_state(&self) -> ChainState {
        let watched = locked(&self.chain().0);
        match &watched.last {
            _ if watched.running > 0 => ChainState::Running,
            None => ChainState::Unverified,
            Some((verdict, _)) => match verdict.chain {
                Chain::Intact => ChainState::Intact,
                Chain::Broken {
                    position,
                    sound_until,
                    ..
                } => ChainState::Broken {
                    position: position.to_string(),
                    sound_until: sound_until.map(time),
                },
            },
        }
    }

    /// Because a person asked; journaled.
    pub async fn verify_journal(&self, intent_id: &str) -> Result<ChainView, DeskError> {
        self.long(intent_id, move |desk, progress| async move {
            let verdict = desk.verify_chain(progress).await?;
            let detail = match verdict.chain {
                Chain::Intact => format!("intact, {} entries", verdict.entries),
                Chain::Broken { position, .. } => format!("broken at {position}"),
            };
            desk.on_register(move |register, stamp| {
                register.record_act(Act::JournalVerified, None, &detail, stamp)
            })
            .await?;
            desk.get_chain().await
        })
        .await
    }

    /// Reads every entry and keeps what was found for [`Desk::get_chain`].
    pub(crate) async fn verify_chain(&self, progress: Progress) -> Result<ChainVerdict, DeskError> {
        let running = Running::begin(self.clone());
        let verdict = self
            .on_register(move |register, _| register.verify_chain(&progress))
            .await?;
        locked(&running.0.chain().0).last = Some((verdict, self.now()));
        drop(running);
        if let Chain::Broken {
            position, breach, ..
        } = verdict.chain
        {
            tracing::error!(position, ?breach, "the journal's chain is broken");
            // Nobody asked for the verification at the start: the first screen tells of it.
            self.tell_register_changed();
        }
        Ok(verdict)
    }
}

/// Counts a verification for as long as it runs, however it ends.
struct Running(Desk);

impl Running {
    fn begin(desk: Desk) -> Self {
        locked(&desk.chain().0).running += 1;
        Self(desk)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        locked(&self.0.chain().0).running -= 1;
    }
}
