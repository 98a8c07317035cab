//! What the desk says of a pack that was checked.

use dossiers::Act;
use evidence::packs::{PackState, PackVerdict, fingerprint};

use crate::{
    desk::Desk,
    errors::DeskError,
    packs::{NAMED_DIGITS, shown},
    views::{error::ErrorCode, packs::PackVerdictView},
};

impl Desk {
    /// Works while the register is closed; then nothing is journaled, and nobody's key is known.
    pub(super) async fn pack_checked(
        &self,
        verdict: &PackVerdict,
    ) -> Result<PackVerdictView, DeskError> {
        let key = verdict.fingerprint.as_deref().unwrap_or_default();
        let detail = format!(
            "pack {} key={}",
            word(verdict.state),
            key.get(..NAMED_DIGITS).unwrap_or_default()
        );
        let ids = shown::ids_of(verdict);
        let known = self
            .on_register(move |register, stamp| {
                register.record_act(Act::FileVerified, None, &detail, stamp)?;
                let mut here = Vec::new();
                for id in ids {
                    if register.get(id)?.is_some() {
                        here.push(id.to_string());
                    }
                }
                Ok((fingerprint(&register.public_key()?), here))
            })
            .await;
        let verdict = verdict.clone();
        match known {
            Ok((own, here)) => Ok(shown::verdict(verdict, Some(&own), &here)),
            Err(error) if error.code == ErrorCode::RegisterClosed => {
                Ok(shown::verdict(verdict, None, &[]))
            }
            Err(error) => Err(error),
        }
    }
}

pub(super) fn word(state: PackState) -> &'static str {
    match state {
        PackState::Whole => "whole",
        PackState::Incomplete => "incomplete",
        PackState::Repacked => "repacked",
        PackState::Altered => "altered",
        PackState::Unreadable => "unreadable",
    }
}
