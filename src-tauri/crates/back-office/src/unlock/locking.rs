//! The lock of a desk that is open: after a while without input, on the person's word, when the computer sleeps or its
//! own session is locked. What was to be looked at is wiped, and nothing is shown, told or started for a person until
//! somebody proves to be there; capture goes on (quality.md L-04).

use std::{sync::Mutex, time::Duration};

use dossiers::{Act, passphrase};
use secrecy::SecretString;

use super::keys::off_thread;
use crate::{
    desk::{Desk, locked},
    errors::DeskError,
    present::time,
    settings::LOCK_MINUTES,
    unlock::Protection,
    views::{
        error::ErrorCode,
        policy::ManagedSetting,
        session::{LockComing, LockReason, RegisterState, SessionView, UnlockWay},
        settings::SettingsView,
    },
};

/// Between two looks at the clock: what passed while the computer slept counts soon after it wakes.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// So long before a lock for want of input, whoever is there is told.
const TOLD_BEFORE: Duration = Duration::from_secs(30);
/// Wrong passphrases before each further one costs waiting.
const FREE_TRIES: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// The commands that answer while the desk is locked; every other one is refused, those to come too.
const WHILE_LOCKED: &[&str] = &[
    "window_ready",
    "get_session",
    "unlock",
    "lock",
    "note_input",
    "get_settings",
    "set_language",
    "set_text_size",
];

/// Whether the desk is locked, and since when nobody touched it. Times are those of `Clock::monotonic`.
#[derive(Debug, Default)]
pub(crate) struct Lock(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    locked: bool,
    last_input: Duration,
    /// The window was told that the lock is coming.
    told: bool,
    wrong: u32,
    /// No passphrase is looked at before.
    not_before: Duration,
}

impl Lock {
    pub(crate) fn is_locked(&self) -> bool {
        locked(&self.0).locked
    }

    /// Whether a lock was coming.
    fn touched(&self, now: Duration) -> bool {
        let mut state = locked(&self.0);
        state.last_input = now;
        std::mem::take(&mut state.told)
    }

    /// Whether the window is to be told that the lock is coming.
    fn comes(&self) -> bool {
        let mut state = locked(&self.0);
        !state.locked && !std::mem::replace(&mut state.told, true)
    }

    fn wait_left(&self, now: Duration) -> Duration {
        locked(&self.0).not_before.saturating_sub(now)
    }

    fn wrong(&self, now: Duration) {
        let mut state = locked(&self.0);
        state.wrong += 1;
        if let Some(beyond) = state.wrong.checked_sub(FREE_TRIES + 1) {
            let wait = FIRST_WAIT.saturating_mul(1 << beyond.min(16));
            state.not_before = now + wait.min(LONGEST_WAIT);
        }
    }
}

impl Desk {
    /// Whether nothing is shown, told or started for a person until [`Desk::unlock`].
    pub fn is_locked(&self) -> bool {
        self.lock_state().is_locked()
    }

    /// Whether the window may be answered; asked before every command.
    pub fn admit(&self, command: &str) -> Result<(), DeskError> {
        if self.is_locked() && !WHILE_LOCKED.contains(&command) {
            Err(DeskError::new(ErrorCode::Locked))
        } else {
            Ok(())
        }
    }

    /// Somebody is there: a key, the mouse. Nothing of what was pressed. Whoever wakes a computer that slept past the
    /// time without input comes too late: no timer has looked at the clock yet.
    pub fn note_input(&self) {
        let is_overdue = self.has_something_to_hide() && self.idle_left().is_zero();
        if !self.is_locked() && !is_overdue {
            let now = self.ports().clock.monotonic();
            if self.lock_state().touched(now) {
                self.ports().announcer.lock_coming(&LockComing { at: None });
            }
        }
    }

    /// Locks a desk that somebody is signed in to; one that is locked, or has nothing to hide, stays as it is.
    pub async fn lock(&self, reason: LockReason) -> SessionView {
        if !self.has_something_to_hide() {
            return self.session_view();
        }
        {
            let mut state = locked(&self.lock_state().0);
            if state.locked {
                drop(state);
                return self.session_view();
            }
            state.locked = true;
            state.told = false;
        }
        self.reveal().end();
        self.pages().clear();
        self.held_checks().clear();
        self.imports().clear();
        self.announce_session();
        self.close_customer_screen().await;
        self.take_back_copied().await;
        // Locked all the same where it cannot be written down.
        if let Err(error) = self.note(Act::Locked, reason.word().to_owned()).await {
            tracing::error!(%error, "the lock is not in the journal");
        }
        self.session_view()
    }

    /// By the passphrase, where one protects the register; else by the keychain, which is open as long as the person's
    /// own session on this computer is.
    pub async fn unlock(&self, typed: Option<SecretString>) -> Result<SessionView, DeskError> {
        let turn = self.turn().await;
        if !self.is_locked() {
            return Ok(self.session_view());
        }
        let way = self.unlock_way();
        match way {
            UnlockWay::Passphrase => self.prove_passphrase(typed.unwrap_or_default()).await?,
            UnlockWay::Keychain => self.prove_keychain().await?,
        }
        // One that was found damaged meanwhile takes no line, and the way back to a good copy is behind the lock.
        if self.gate().state == RegisterState::Open {
            self.note(Act::LockOpened, way.word().to_owned()).await?;
        }
        *locked(&self.lock_state().0) = State {
            last_input: self.ports().clock.monotonic(),
            ..State::default()
        };
        drop(turn);
        self.wake_following();
        self.announce_session();
        Ok(self.session_view())
    }

    pub(crate) fn unlock_way(&self) -> UnlockWay {
        match self.gate().protection {
            Protection::Keychain => UnlockWay::Keychain,
            Protection::Passphrase(_) => UnlockWay::Passphrase,
        }
    }

    async fn prove_passphrase(&self, typed: SecretString) -> Result<(), DeskError> {
        let now = self.ports().clock.monotonic();
        let left = self.lock_state().wait_left(now);
        if !left.is_zero() {
            return Err(
                DeskError::new(ErrorCode::UnlockHeldBack).with("seconds", left.as_secs() + 1)
            );
        }
        let file = self.passphrase_file();
        let proved = off_thread(move || passphrase::open(&file, &typed)).await;
        if let Err(DeskError {
            code: ErrorCode::PassphraseRefused,
            ..
        }) = &proved
        {
            self.lock_state().wrong(self.ports().clock.monotonic());
        }
        proved.map(drop)
    }

    async fn prove_keychain(&self) -> Result<(), DeskError> {
        let kept = self.kept_keys().await?;
        if kept.key.is_some() {
            Ok(())
        } else {
            Err(DeskError::new(ErrorCode::KeychainRefusing))
        }
    }

    /// Minutes without input until the desk locks itself.
    pub async fn set_lock_minutes(&self, minutes: u8) -> Result<SettingsView, DeskError> {
        if !LOCK_MINUTES.contains(&minutes) {
            return Err(DeskError::invalid_field("lock_minutes", "range")
                .with("least", LOCK_MINUTES.start())
                .with("most", LOCK_MINUTES.end()));
        }
        self.may_change(ManagedSetting::LockMinutes)?;
        let before = self.preferences().lock_minutes;
        if before != minutes {
            let detail = format!("lock_minutes {before} to {minutes}");
            self.note(Act::SettingsChanged, detail).await?;
        }
        self.change_preferences(|known| known.lock_minutes = minutes);
        Ok(self.settings())
    }

    /// From now on locks when nobody was there for so long; ends with the desk.
    pub fn watch_idleness(&self) {
        self.lock_state().touched(self.ports().clock.monotonic());
        let desk = self.downgrade();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(LOOK_AGAIN).await;
                let Some(desk) = Self::upgrade(&desk) else {
                    return;
                };
                desk.lock_if_idle().await;
            }
        });
    }

    /// Somebody is signed in; a register that is away for a moment, to be written anew, comes back.
    fn has_something_to_hide(&self) -> bool {
        self.session_or_none().is_some() && self.gate().state == RegisterState::Open
    }

    /// Until the desk locks itself.
    fn idle_left(&self) -> Duration {
        // A file that was changed by hand does not keep the desk open for ever.
        let minutes = self
            .preferences()
            .lock_minutes
            .clamp(*LOCK_MINUTES.start(), *LOCK_MINUTES.end());
        let allowed = Duration::from_secs(u64::from(minutes) * 60);
        let last = locked(&self.lock_state().0).last_input;
        allowed.saturating_sub(self.ports().clock.monotonic().saturating_sub(last))
    }

    async fn lock_if_idle(&self) {
        let left = self.idle_left();
        if left.is_zero() {
            self.lock(LockReason::Idle).await;
        } else if left <= TOLD_BEFORE
            && self.session_or_none().is_some()
            && self.lock_state().comes()
        {
            let at = self.now() + left;
            let at = Some(time(at));
            self.ports().announcer.lock_coming(&LockComing { at });
        }
    }
}
