//! The link as a picture: which dossiers' links are shown right now, and to whom.
//!
//! The window asks for a picture by a ticket that only lives as long as the showing.

use std::{collections::HashMap, sync::Mutex};

use dossiers::{Act, DossierId};
use rand::RngExt as _;

use super::{doors::Door, qr};
use crate::{
    desk::{Desk, dossier_id, locked},
    errors::DeskError,
    pages::PagePicture,
    ports::CustomerPage,
    sessions::Session,
    views::{
        dossier::DossierView,
        error::ErrorCode,
        link::{ShowLinkForm, ShownLinkView},
    },
};

/// What is shown in this run of the program.
#[derive(Debug, Default)]
pub struct ShownLinks(Mutex<HashMap<DossierId, Shown>>);

#[derive(Debug, Clone)]
struct Shown {
    ticket: String,
    lang: String,
    /// Also on the screen that faces the customer; at most one is.
    to_customer: bool,
}

impl ShownLinks {
    pub(crate) fn view(&self, id: DossierId) -> Option<ShownLinkView> {
        let shown = locked(&self.0).get(&id).cloned()?;
        Some(ShownLinkView {
            ticket: shown.ticket,
            lang: shown.lang,
            to_customer: shown.to_customer,
        })
    }

    fn put(&self, id: DossierId, lang: &str) {
        let mut all = locked(&self.0);
        let to_customer = all.get(&id).is_some_and(|shown| shown.to_customer);
        let ticket = hex::encode(rand::rng().random::<[u8; 16]>());
        let lang = lang.to_owned();
        all.insert(
            id,
            Shown {
                ticket,
                lang,
                to_customer,
            },
        );
    }

    fn dossier_of(&self, ticket: &str) -> Option<DossierId> {
        let all = locked(&self.0);
        all.iter()
            .find(|(_, shown)| shown.ticket == ticket)
            .map(|(id, _)| *id)
    }

    /// The dossier whose link the customer sees no longer.
    fn turn_away(&self) -> Option<DossierId> {
        let mut all = locked(&self.0);
        let (id, shown) = all.iter_mut().find(|(_, shown)| shown.to_customer)?;
        shown.to_customer = false;
        Some(*id)
    }

    fn turn_to_customer(&self, id: DossierId) {
        if let Some(shown) = locked(&self.0).get_mut(&id) {
            shown.to_customer = true;
        }
    }

    /// Whether the customer saw it.
    fn take(&self, id: DossierId) -> Option<bool> {
        locked(&self.0).remove(&id).map(|shown| shown.to_customer)
    }

    fn clear(&self) {
        locked(&self.0).clear();
    }
}

impl Desk {
    /// Shows the link as a QR code in the window, or on the screen that faces the customer as well.
    pub async fn show_link(&self, id: &str, form: ShowLinkForm) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        // What is shown already is only turned to the customer.
        let anew = self
            .shown_links()
            .view(id)
            .is_none_or(|shown| shown.lang != form.lang);
        if anew {
            let (_, session) = self.through(id, Door::Qr, form.confirmed).await?;
            self.show_link_of(&session, id, &form.lang).await?;
        }
        if form.to_customer {
            self.turn_to_customer(id).await?;
        }
        self.shown(id).await
    }

    pub(crate) async fn show_link_of(
        &self,
        session: &Session,
        id: DossierId,
        lang: &str,
    ) -> Result<(), DeskError> {
        self.link_of(session, id, lang).await?;
        self.note_use(session, id, Act::LinkShown, lang.to_owned())
            .await?;
        self.shown_links().put(id, lang);
        Ok(())
    }

    /// Its picture is given out no more, and the customer's screen closes where it was there too.
    pub async fn hide_link(&self, id: &str) -> Result<DossierView, DeskError> {
        let id = dossier_id(id)?;
        self.put_link_away(id);
        self.shown(id).await
    }

    /// The agent closes the screen that faces the customer; the picture stays in the window.
    pub async fn close_customer_screen(&self) {
        self.ports().customer_screen.close();
        self.customer_screen_closed().await;
    }

    /// That screen was closed, by whomever.
    pub async fn customer_screen_closed(&self) {
        if let Some(id) = self.shown_links().turn_away() {
            self.announce(id).await;
        }
    }

    /// The picture behind a ticket, in the language that the customer chose, or the agent.
    pub async fn link_picture(
        &self,
        ticket: &str,
        lang: Option<&str>,
    ) -> Result<PagePicture, ErrorCode> {
        let drawn = async {
            let id = self
                .shown_links()
                .dossier_of(ticket)
                .ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
            let chosen = self.shown_links().view(id).map(|shown| shown.lang);
            let lang = lang.map(str::to_owned).or(chosen).unwrap_or_default();
            let session = self.session_for(&self.dossier(id).await?)?;
            let link = self.link_of(&session, id, &lang).await?;
            qr::svg(&link).map_err(DeskError::internal)
        };
        let bytes = drawn.await.map_err(|error| {
            tracing::info!(code = ?error.code, cause = error.cause, "a link was not drawn");
            error.code
        })?;
        Ok(PagePicture {
            bytes,
            mime: "image/svg+xml",
        })
    }

    /// Nothing is shown any longer: nobody is signed in, or the desk ends.
    pub(crate) fn put_links_away(&self) {
        self.shown_links().clear();
        self.ports().customer_screen.close();
    }

    /// A dossier that has ended, or that one looks away from.
    pub(crate) fn put_link_away(&self, id: DossierId) {
        if self.shown_links().take(id) == Some(true) {
            self.ports().customer_screen.close();
        }
    }

    async fn turn_to_customer(&self, id: DossierId) -> Result<(), DeskError> {
        let Some(shown) = self.shown_links().view(id) else {
            return Ok(());
        };
        let page = CustomerPage {
            ticket: shown.ticket,
            lang: shown.lang,
        };
        if !self.ports().customer_screen.show(&page) {
            return Err(DeskError::internal("the customer's screen did not open"));
        }
        let before = self
            .shown_links()
            .turn_away()
            .filter(|before| *before != id);
        self.shown_links().turn_to_customer(id);
        if let Some(before) = before {
            self.announce(before).await;
        }
        Ok(())
    }

    async fn shown(&self, id: DossierId) -> Result<DossierView, DeskError> {
        let view = self.view(id).await?;
        self.tell_dossier(&view);
        Ok(view)
    }
}
