//! The system's clipboard: its text, when a person asks for it. The page has no right to it.

use arboard::Error;
use async_trait::async_trait;
use back_office::ports::{ClipboardError, ClipboardReader};
use secrecy::SecretString;

#[derive(Debug)]
pub struct Clipboard;

#[async_trait]
impl ClipboardReader for Clipboard {
    async fn text(&self, most: usize) -> Result<SecretString, ClipboardError> {
        // Waits for the program that owns the text.
        let text = tokio::task::spawn_blocking(|| {
            arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get_text())
        })
        .await
        .map_err(|_| ClipboardError::Unreadable)?
        .map_err(|error| match error {
            Error::ContentNotAvailable => ClipboardError::Empty,
            _ => ClipboardError::Unreadable,
        })?;
        let text = SecretString::from(text);
        match secrecy::ExposeSecret::expose_secret(&text).len() {
            0 => Err(ClipboardError::Empty),
            length if length > most => Err(ClipboardError::TooLarge),
            _ => Ok(text),
        }
    }
}
