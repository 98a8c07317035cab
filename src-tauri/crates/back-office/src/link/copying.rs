//! The link in the clipboard: marked as concealed, and taken back after a while if it is still there.

use std::{sync::Arc, sync::Mutex, time::Duration};

use dossiers::Act;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use tokio::task::AbortHandle;

use super::{doors::Door, words::Words};
use crate::{
    desk::{Desk, dossier_id, locked},
    errors::DeskError,
    ports::SystemClipboard,
    settings::clipboard_seconds,
    views::{
        error::ErrorCode,
        link::{CopyLinkForm, CopyOutcome, LinkText},
    },
};

/// No text of ours is longer; a longer one is somebody else's.
const LONGEST: usize = 64 * 1024;

type Hash = [u8; 32];

/// What was copied last, without its text.
#[derive(Debug, Default)]
pub(crate) struct Copied(Mutex<Option<Ours>>);

#[derive(Debug)]
struct Ours {
    hash: Hash,
    taken_back: AbortHandle,
}

impl Desk {
    /// The link, or the text of an SMS around it: whoever holds it is the customer (facts §B.4), so it is kept out of
    /// histories where it can be, and taken back after `CopyOutcome::seconds`. `SecondDevice` until `confirmed`;
    /// `AlreadyFinished`, `NoLink`, `LinkRefused`, `NotCopied`.
    pub async fn copy_link(&self, id: &str, form: CopyLinkForm) -> Result<CopyOutcome, DeskError> {
        let id = dossier_id(id)?;
        let (_, session) = self.through(id, Door::Sent, form.confirmed).await?;
        let link = self.link_of(&session, id, &form.lang).await?;
        let (text, what) = match form.text {
            LinkText::Link => (link, "link"),
            LinkText::Sms => {
                let text = Words::of(&form.lang).sms(link.expose_secret());
                (SecretString::from(text), "sms")
            }
        };
        let clipboard = Arc::clone(&self.ports().clipboard);
        if !clipboard.put_concealed(&text).await {
            return Err(DeskError::new(ErrorCode::NotCopied).retryable());
        }
        let seconds = clipboard_seconds(&self.preferences());
        let stays = Duration::from_secs(seconds.into());
        let hash = hash_of(&text);
        let timer = tokio::spawn(async move {
            tokio::time::sleep(stays).await;
            take_back(&*clipboard, hash).await;
        });
        let ours = Ours {
            hash,
            taken_back: timer.abort_handle(),
        };
        // The same text copied again stays its whole time.
        if let Some(before) = locked(&self.copied().0).replace(ours) {
            before.taken_back.abort();
        }
        let detail = format!("{what}, {}", form.lang);
        self.note_use(&session, id, Act::LinkCopied, detail).await?;
        let dossier = self.view(id).await?;
        self.tell_dossier(&dossier);
        Ok(CopyOutcome {
            dossier,
            seconds: seconds.into(),
        })
    }

    /// Takes back at once what was copied: the person leaves, or the desk ends.
    pub async fn take_back_copied(&self) {
        let ours = locked(&self.copied().0).take();
        if let Some(ours) = ours {
            ours.taken_back.abort();
            take_back(&*self.ports().clipboard, ours.hash).await;
        }
    }
}

/// Empties the clipboard if it still holds that text; what somebody copied since is left alone.
async fn take_back(clipboard: &dyn SystemClipboard, hash: Hash) {
    let held = clipboard.text(LONGEST).await;
    if held.is_ok_and(|text| hash_of(&text) == hash) {
        clipboard.clear().await;
    }
}

fn hash_of(text: &SecretString) -> Hash {
    Sha256::digest(text.expose_secret()).into()
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;

    use super::*;
    use crate::ports::ClipboardError;

    #[derive(Debug, Default)]
    struct Held(Mutex<Option<String>>);

    #[async_trait]
    impl SystemClipboard for Held {
        async fn text(&self, _: usize) -> Result<SecretString, ClipboardError> {
            let held = locked(&self.0).clone().ok_or(ClipboardError::Empty)?;
            Ok(held.into())
        }
        async fn put_concealed(&self, text: &SecretString) -> bool {
            *locked(&self.0) = Some(text.expose_secret().to_owned());
            true
        }
        async fn clear(&self) {
            *locked(&self.0) = None;
        }
    }

    #[tokio::test]
    async fn what_is_still_ours_is_taken_back_a_hundred_times_of_a_hundred() {
        for round in 0..100 {
            let clipboard = Held::default();
            let text = SecretString::from(format!("https://id360docaposte.com/#{round}"));
            clipboard.put_concealed(&text).await;
            take_back(&clipboard, hash_of(&text)).await;
            assert_eq!(*locked(&clipboard.0), None);
        }
    }

    #[tokio::test]
    async fn what_somebody_copied_since_is_left_alone_a_hundred_times_of_a_hundred() {
        for round in 0..100 {
            let clipboard = Held::default();
            let ours = SecretString::from(format!("https://id360docaposte.com/#{round}"));
            let theirs = format!("https://id360docaposte.com/#{round} ");
            clipboard.put_concealed(&theirs.clone().into()).await;
            take_back(&clipboard, hash_of(&ours)).await;
            assert_eq!(*locked(&clipboard.0), Some(theirs));
        }
    }
}
