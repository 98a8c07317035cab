//! The customer's link: made from the api_key each time it is used, handed to one door, and never to the window.
//!
//! Whoever holds it is the customer (facts §B.4). A browser, a picture of modules, a mail program and the clipboard
//! are the doors; each is asked for by a person, guarded against a second device, and journaled.

mod copying;
mod doors;
mod opening;
mod qr;
mod sending;
mod showing;
mod words;

use dossiers::DossierId;
use secrecy::{ExposeSecret as _, SecretString};

pub use self::showing::ShownLinks;
pub(crate) use self::{copying::Copied, doors::LinkUses};
use crate::{
    desk::Desk,
    errors::DeskError,
    launch::language_code,
    sessions::{Session, api_environment},
    views::error::ErrorCode,
};

impl Desk {
    /// What the dossier's process expects (facts §C.6).
    pub async fn expected_names(&self, id: &str) -> Result<Vec<String>, DeskError> {
        let id = crate::desk::dossier_id(id)?;
        let dossier = self.dossier(id).await?;
        let session = self.session_for(&dossier)?;
        let api_key = self.api_key(id).await?;
        Ok(session.client.enrollment_info(&api_key).await?.names)
    }

    async fn api_key(&self, id: DossierId) -> Result<SecretString, DeskError> {
        self.on_register(move |register, _| register.api_key(id))
            .await?
            .ok_or_else(|| DeskError::new(ErrorCode::NoLink))
    }

    /// The link of a dossier of that session, admitted for its environment.
    async fn link_of(
        &self,
        session: &Session,
        id: DossierId,
        lang: &str,
    ) -> Result<SecretString, DeskError> {
        let api_key = self.api_key(id).await?;
        let environment = api_environment(session.environment())?;
        let link = environment.enrollment_link(&api_key, language_code(lang));
        if environment.admits_link(link.expose_secret()) {
            Ok(link)
        } else {
            Err(DeskError::new(ErrorCode::LinkRefused))
        }
    }
}
