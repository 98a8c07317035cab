//! The link in an e-mail: a message begun in the person's own mail program, who reads and sends it.

use dossiers::{Act, Dossier};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};

use super::{doors::Door, words::Words};
use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    launch::looks_like_email,
    views::{dossier::DossierView, error::ErrorCode},
};

/// Everything but the unreserved characters of RFC 3986, as RFC 6068 wants it.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

impl Desk {
    /// The link stands in the message's body: there is no other way to hand it to a mail program.
    pub async fn mail_link(
        &self,
        id: &str,
        lang: &str,
        confirmed: bool,
    ) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let (dossier, session) = self.through(id, Door::Sent, confirmed).await?;
        let link = self.link_of(&session, id, lang).await?;
        let message = message(&dossier, Words::of(lang), &link);
        if !self.ports().opener.open(&message).await {
            return Err(DeskError::new(ErrorCode::MailDidNotOpen).retryable());
        }
        self.note_use(&session, id, Act::LinkMailed, lang.to_owned())
            .await?;
        let view = self.view(id).await?;
        self.tell_dossier(&view);
        Ok(view)
    }
}

/// A `mailto:` address (RFC 6068); to nobody where no address is known.
fn message(dossier: &Dossier, words: Words, link: &SecretString) -> SecretString {
    let encoded = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
    let to = dossier
        .email
        .as_deref()
        .map(str::trim)
        .filter(|address| looks_like_email(address))
        .and_then(|address| address.rsplit_once('@'))
        .map(|(name, domain)| format!("{}@{}", encoded(name), encoded(domain)))
        .unwrap_or_default();
    let subject = encoded(words.subject);
    // Lines end as RFC 6068 says they must.
    let body = encoded(&words.letter(link.expose_secret()).replace('\n', "\r\n"));
    SecretString::from(format!("mailto:{to}?subject={subject}&body={body}"))
}
