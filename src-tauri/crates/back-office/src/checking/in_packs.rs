//! The claims of a dossier that goes into a pack, judged as they are on that day.

use std::ops::ControlFlow;

use asice::{Indication, Policy, Trust};
use dossiers::Progress;
use evidence::packs::{Outcome, Piece, PieceKind, Verification};

use super::{go_on, judged::code, stopped};
use crate::{desk::Desk, errors::DeskError};

impl Desk {
    /// Gives the pieces back with what came of checking the signed ones. One that cannot be read is not judged: the
    /// pack says by itself that it is missing.
    pub(crate) async fn judge_pieces(
        &self,
        mut pieces: Vec<Piece>,
        progress: &Progress,
    ) -> Result<(Vec<Piece>, Vec<Verification>), DeskError> {
        if pieces.iter().all(|piece| piece.kind != PieceKind::IdClaim) {
            return Ok((pieces, Vec::new()));
        }
        let store = self.trust_store().await?;
        let policy = self.policy(&store);
        let progress = progress.clone();
        let judging = move || {
            let claims = pieces
                .iter_mut()
                .filter(|one| one.kind == PieceKind::IdClaim);
            let judged = claims
                .filter_map(|claim| judged(claim, &store.trust, &policy, &progress).transpose());
            let judged = judged.collect::<Result<_, _>>()?;
            Ok((pieces, judged))
        };
        tokio::task::spawn_blocking(judging)
            .await
            .map_err(DeskError::internal)?
    }
}

/// The pack tells how far it is; a claim only hears whether it is still wanted.
fn judged(
    claim: &mut Piece,
    trust: &Trust,
    policy: &Policy,
    progress: &Progress,
) -> Result<Option<Verification>, DeskError> {
    let mut bytes = Vec::new();
    let is_read =
        claim.size <= policy.limits.container && claim.content.copy_to(&mut bytes).is_ok();
    if !is_read {
        return Ok(None);
    }
    let asked = &mut |_, _| match go_on(progress) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    };
    let report =
        asice::verify_watched(&bytes, trust, policy, asked).map_err(|asice::Stopped| stopped())?;
    Ok(serde_json::to_value(&report)
        .ok()
        .map(|written| Verification {
            piece: claim.name.clone(),
            at: policy.validation_time,
            outcome: match report.indication {
                Indication::TotalPassed => Outcome::TotalPassed,
                Indication::Indeterminate => Outcome::Indeterminate,
                Indication::TotalFailed => Outcome::TotalFailed,
            },
            reason: report.sub_indication.map(code),
            report: written,
        }))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use evidence::HashAgreement;

    use super::*;
    use crate::views::error::ErrorCode;

    #[test]
    fn a_claim_on_its_way_into_a_pack_is_not_judged_once_the_pack_is_stopped() {
        let content = include_bytes!("../../../../tests/verify/signed.asice").to_vec();
        let mut claim = Piece {
            kind: PieceKind::IdClaim,
            name: "preuve.asice".to_owned(),
            document: None,
            media_type: String::new(),
            size: content.len() as u64,
            sha256: [0; 32],
            md5: [0; 16],
            md5_agreement: HashAgreement::NotStated,
            call: String::new(),
            fetched_at: DateTime::UNIX_EPOCH,
            verified_at: None,
            content: Box::new(content),
        };
        let policy = Policy::at(DateTime::UNIX_EPOCH);
        let progress = Progress::unwatched();
        let mut judged = || judged(&mut claim, &Trust::default(), &policy, &progress);
        assert!(judged().unwrap().is_some());
        progress.cancel();
        assert_eq!(judged().unwrap_err().code, ErrorCode::Cancelled);
    }
}
