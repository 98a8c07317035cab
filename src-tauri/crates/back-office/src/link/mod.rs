//! The customer's link: made from the api_key each time it is used, handed to one door, and never to the window.
//!
//! Whoever holds it is the customer (facts §B.4). A browser, a picture of modules, a mail program and the clipboard
//! are the doors; each is asked for by a person, guarded against a second device, and journaled.

mod copying;
mod doors;
mod enrollment_window;
mod opening;
mod qr;
mod sending;
mod showing;
mod words;

use dossiers::DossierId;
use secrecy::{ExposeSecret as _, SecretString};

pub use self::showing::ShownLinks;
pub(crate) use self::{copying::Copied, doors::LinkUses, enrollment_window::InWindow};
use crate::{
    desk::Desk,
    errors::DeskError,
    launch::{is_data_name, language_code},
    sessions::{Session, api_environment},
    views::{
        error::ErrorCode,
        launch::{ExpectedNamesSource, ExpectedNamesView},
    },
};

/// Those of the guide (facts §C.4).
const DOCUMENTED_NAMES: [&str; 4] = ["name", "first_name", "birth_date", "phone_number"];
/// More are no list of names.
const MOST_NAMES: usize = 50;

impl Desk {
    /// What the dossier expects (facts §C.6), else what the guide documents.
    ///
    /// Only on a person's word: the call is made with the customer's key, as their page makes it. No document says that
    /// it begins nothing, and an SMS may wait for just that (facts §C.4, §J.21).
    pub async fn expected_names(&self, id: &str) -> Result<ExpectedNamesView, DeskError> {
        let id = crate::desk::dossier_id(id)?;
        let dossier = self.dossier(id).await?;
        let session = self.session_for(&dossier)?;
        let api_key = self.api_key(id).await?;
        let mut names = match session.client.enrollment_info(&api_key).await {
            Ok(info) => info.names,
            Err(error) => {
                tracing::info!(%error, "the names of the expected data could not be had");
                Vec::new()
            }
        };
        names.retain(|name| is_data_name(name));
        names.truncate(MOST_NAMES);
        Ok(if names.is_empty() {
            ExpectedNamesView {
                names: DOCUMENTED_NAMES.map(str::to_owned).to_vec(),
                source: ExpectedNamesSource::Documented,
            }
        } else {
            ExpectedNamesView {
                names,
                source: ExpectedNamesSource::Dossier,
            }
        })
    }

    async fn api_key(&self, id: DossierId) -> Result<SecretString, DeskError> {
        self.on_register(move |register, _| register.api_key(id))
            .await?
            .ok_or_else(|| DeskError::new(ErrorCode::NoLink))
    }

    /// The link of a dossier of that session, admitted for its environment. None goes through any door of a locked
    /// desk, be it asked for before: who is there now is not known.
    async fn link_of(
        &self,
        session: &Session,
        id: DossierId,
        lang: &str,
    ) -> Result<SecretString, DeskError> {
        let api_key = self.api_key(id).await?;
        if self.is_locked() {
            return Err(DeskError::new(ErrorCode::Locked));
        }
        let environment = api_environment(session.environment())?;
        let link = environment.enrollment_link(&api_key, language_code(lang));
        if environment.admits_link(link.expose_secret()) {
            Ok(link)
        } else {
            Err(DeskError::new(ErrorCode::LinkRefused))
        }
    }
}
