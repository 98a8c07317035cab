//! The link in this computer's browser.

use dossiers::DossierId;

use super::doors::Door;
use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    sessions::Session,
    views::{dossier::DossierView, error::ErrorCode},
};

impl Desk {
    /// `confirmed`: a person was told of the second device.
    pub async fn open_link(
        &self,
        id: &str,
        lang: &str,
        confirmed: bool,
    ) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let (_, session) = self.through(id, Door::Here, confirmed).await?;
        if !self.open_link_of(&session, id, lang).await? {
            return Err(DeskError::new(ErrorCode::BrowserDidNotOpen).retryable());
        }
        self.view(id).await
    }

    /// False when no browser took it.
    pub(crate) async fn open_link_of(
        &self,
        session: &Session,
        id: DossierId,
        lang: &str,
    ) -> Result<bool, DeskError> {
        let link = self.link_of(session, id, lang).await?;
        let opened = self.ports().opener.open(&link).await;
        if opened {
            self.on_register(move |register, stamp| register.record_opened(id, stamp))
                .await?;
        }
        Ok(opened)
    }
}
