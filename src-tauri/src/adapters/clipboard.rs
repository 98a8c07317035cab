//! The system's clipboard: its text, when a person asks for it, and a secret put there for a while. The page has no
//! right to it.

use std::sync::{Arc, Mutex, PoisonError};

use arboard::Error;
use async_trait::async_trait;
use back_office::ports::{ClipboardError, SystemClipboard};
use secrecy::{ExposeSecret as _, SecretString};

/// Whoever puts something into an X11 or Wayland clipboard hands it out as well: the door stays open after that.
#[derive(Default)]
pub struct Clipboard(Arc<Mutex<Option<arboard::Clipboard>>>);

impl std::fmt::Debug for Clipboard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clipboard").finish_non_exhaustive()
    }
}

impl Clipboard {
    /// Off the async threads: it waits for the program that owns the text.
    async fn with<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut arboard::Clipboard) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let held = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
            match &mut *held {
                Some(clipboard) => act(clipboard),
                None => act(held.insert(arboard::Clipboard::new()?)),
            }
        })
        .await
        .unwrap_or(Err(Error::ClipboardOccupied))
    }
}

#[async_trait]
impl SystemClipboard for Clipboard {
    async fn text(&self, most: usize) -> Result<SecretString, ClipboardError> {
        let text = self.with(arboard::Clipboard::get_text).await;
        let text = SecretString::from(text.map_err(|error| match error {
            Error::ContentNotAvailable => ClipboardError::Empty,
            _ => ClipboardError::Unreadable,
        })?);
        match text.expose_secret().len() {
            0 => Err(ClipboardError::Empty),
            length if length > most => Err(ClipboardError::TooLarge),
            _ => Ok(text),
        }
    }

    async fn put_concealed(&self, text: &SecretString) -> bool {
        let text = text.clone();
        let put = self
            .with(move |clipboard| concealed(clipboard.set()).text(text.expose_secret()))
            .await;
        if let Err(error) = &put {
            tracing::warn!(%error, "the clipboard took nothing");
        }
        put.is_ok()
    }

    async fn clear(&self) {
        if let Err(error) = self.with(arboard::Clipboard::clear).await {
            tracing::warn!(%error, "the clipboard was not emptied");
        }
    }
}

/// Out of histories, and of clouds where the system has one.
#[cfg(all(unix, not(target_os = "macos")))]
fn concealed(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

#[cfg(target_os = "macos")]
fn concealed(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

#[cfg(windows)]
fn concealed(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtWindows as _;
    set.exclude_from_monitoring()
        .exclude_from_history()
        .exclude_from_cloud()
}
