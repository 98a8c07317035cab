//! Where a link was used, and when another device must be asked about first.
//!
//! The journal of acts is what tells: every use is an act of it, written with the use.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dossiers::{Act, ActEntry, Dossier, DossierId};
use id360_api::Status;

use crate::{
    desk::Desk,
    errors::DeskError,
    present::time,
    sessions::Session,
    views::{error::ErrorCode, link::LinkUsesView},
};

/// A way out for a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    /// This computer's browser.
    Here,
    /// A picture that the customer's phone reads.
    Qr,
    /// A mail program or the clipboard.
    Sent,
}

/// When a link last went through each door.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LinkUses {
    opened: Option<DateTime<Utc>>,
    shown: Option<DateTime<Utc>>,
    mailed: Option<DateTime<Utc>>,
    copied: Option<DateTime<Utc>>,
    /// The customer's browser came back to this computer.
    returned: Option<DateTime<Utc>>,
}

impl LinkUses {
    /// As the acts of one dossier tell, oldest first.
    pub(crate) fn told_by(acts: &[ActEntry]) -> Self {
        let mut uses = Self::default();
        for ActEntry { act, at, .. } in acts {
            let last = match act.as_str() {
                word if word == Act::Opened.as_str() => &mut uses.opened,
                word if word == Act::LinkShown.as_str() => &mut uses.shown,
                word if word == Act::LinkMailed.as_str() => &mut uses.mailed,
                word if word == Act::LinkCopied.as_str() => &mut uses.copied,
                word if word == Act::Returned.as_str() => &mut uses.returned,
                _ => continue,
            };
            *last = Some(*at);
        }
        uses
    }

    pub(crate) fn view(self) -> LinkUsesView {
        LinkUsesView {
            shown_at: self.shown.map(time),
            mailed_at: self.mailed.map(time),
            copied_at: self.copied.map(time),
        }
    }

    pub(crate) fn returned(self) -> Option<DateTime<Utc>> {
        self.returned
    }

    fn sent(self) -> bool {
        self.mailed.is_some() || self.copied.is_some()
    }

    /// Whether going through this door may bring in a second device, which can turn the dossier KO (product.md fact 8).
    ///
    /// A QR code and a message may both end on the customer's own phone: between those two it counts only once the
    /// customer has begun. Begun with no use known here, the link is on a device that nobody here knows.
    fn second_device(self, door: Door, begun: bool) -> bool {
        let (here, shown) = (self.opened.is_some(), self.shown.is_some());
        match door {
            Door::Here => shown || self.sent() || begun && !here,
            Door::Qr => here || begun && !shown,
            Door::Sent => here || begun && !self.sent(),
        }
    }
}

impl Desk {
    /// The session for a use of the link, when it brings in no second device or the person has said so.
    pub(super) async fn through(
        &self,
        id: DossierId,
        door: Door,
        confirmed: bool,
    ) -> Result<(Dossier, Arc<Session>), DeskError> {
        let dossier = self.dossier(id).await?;
        let session = self.session_for(&dossier)?;
        if dossier.is_final() {
            return Err(DeskError::new(ErrorCode::AlreadyFinished)
                .with("status", dossier.status.unwrap_or_default()));
        }
        if !confirmed {
            let acts = self
                .on_register(move |register, _| register.acts(id))
                .await?;
            let begun = dossier.status.as_deref().map(Status::from) == Some(Status::Started);
            if LinkUses::told_by(&acts).second_device(door, begun) {
                return Err(DeskError::new(ErrorCode::SecondDevice));
            }
        }
        Ok((dossier, session))
    }

    pub(super) async fn note_use(
        &self,
        session: &Session,
        id: DossierId,
        act: Act,
        detail: String,
    ) -> Result<(), DeskError> {
        self.on_register_for(session, move |register, stamp| {
            register.record_act(act, Some(id), &detail, stamp)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOORS: [Door; 3] = [Door::Here, Door::Qr, Door::Sent];

    fn used(acts: &[Act]) -> LinkUses {
        let entries: Vec<_> = (1..)
            .zip(acts)
            .map(|(position, act)| ActEntry {
                position,
                at: DateTime::UNIX_EPOCH,
                actor: None,
                act: act.as_str().to_owned(),
                dossier: None,
                detail: String::new(),
            })
            .collect();
        LinkUses::told_by(&entries)
    }

    fn asked(acts: &[Act], begun: bool) -> Vec<Door> {
        let uses = used(acts);
        DOORS
            .into_iter()
            .filter(|door| uses.second_device(*door, begun))
            .collect()
    }

    #[test]
    fn a_link_that_went_nowhere_yet_goes_anywhere_unasked() {
        assert_eq!(asked(&[Act::Created], false), []);
    }

    #[test]
    fn the_same_device_again_is_no_second_one() {
        assert_eq!(asked(&[Act::Opened], true), [Door::Qr, Door::Sent]);
        assert_eq!(asked(&[Act::LinkShown], true), [Door::Here, Door::Sent]);
        for sent in [Act::LinkMailed, Act::LinkCopied] {
            assert_eq!(asked(&[sent], true), [Door::Here, Door::Qr]);
        }
    }

    #[test]
    fn a_phone_that_cannot_read_the_code_gets_a_message_unasked_until_the_customer_begins() {
        assert_eq!(asked(&[Act::LinkShown], false), [Door::Here]);
        assert_eq!(asked(&[Act::LinkMailed], false), [Door::Here]);
        assert_eq!(
            asked(&[Act::LinkShown, Act::LinkCopied], true),
            [Door::Here]
        );
    }

    #[test]
    fn a_customer_who_began_elsewhere_is_asked_about_at_every_door() {
        assert_eq!(asked(&[Act::Imported], true), DOORS);
    }
}
