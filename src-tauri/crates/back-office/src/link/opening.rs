//! The link on this computer: in its browser, or in a window of the desk's own.

use dossiers::DossierId;

use super::doors::Door;
use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    sessions::Session,
    views::{dossier::DossierView, error::ErrorCode, settings::EnrollmentPages},
};

impl Desk {
    /// `pages`: `None` opens it where its process says. `confirmed`: a person was told of the second device.
    pub async fn open_link(
        &self,
        id: &str,
        lang: &str,
        pages: Option<EnrollmentPages>,
        confirmed: bool,
    ) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        let (dossier, session) = self.through(id, Door::Here, confirmed).await?;
        let proposed = self.enrollment_pages(&dossier.process_id);
        // A browser is always a way out; a window only where the process has one.
        let pages = pages
            .filter(|pages| *pages == EnrollmentPages::Browser)
            .unwrap_or(proposed);
        if !self.open_link_of(&session, id, lang, pages).await? {
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
        pages: EnrollmentPages,
    ) -> Result<bool, DeskError> {
        let link = self.link_of(session, id, lang).await?;
        let opened = match pages {
            EnrollmentPages::Browser => self.ports().opener.open(&link).await,
            EnrollmentPages::Window => self.open_in_window(id, link, lang).await,
        };
        if opened {
            self.on_register_for(session, move |register, stamp| {
                register.record_opened(id, stamp)
            })
            .await?;
        }
        Ok(opened)
    }
}
