//! The claims of a dossier that goes into a pack, judged as they are on that day.

use asice::{Indication, Policy, Trust};
use evidence::packs::{Outcome, Piece, PieceKind, Verification};

use super::judged::code;
use crate::{desk::Desk, errors::DeskError};

impl Desk {
    /// Gives the pieces back with what came of checking the signed ones. One that cannot be read is not judged: the
    /// pack says by itself that it is missing.
    pub(crate) async fn judge_pieces(
        &self,
        mut pieces: Vec<Piece>,
    ) -> Result<(Vec<Piece>, Vec<Verification>), DeskError> {
        if pieces.iter().all(|piece| piece.kind != PieceKind::IdClaim) {
            return Ok((pieces, Vec::new()));
        }
        let store = self.trust_store().await?;
        let policy = self.policy(&store);
        let judging = move || {
            let claims = pieces
                .iter_mut()
                .filter(|one| one.kind == PieceKind::IdClaim);
            let judged = claims.filter_map(|claim| judged(claim, &store.trust, &policy));
            let judged = judged.collect();
            (pieces, judged)
        };
        tokio::task::spawn_blocking(judging)
            .await
            .map_err(DeskError::internal)
    }
}

fn judged(claim: &mut Piece, trust: &Trust, policy: &Policy) -> Option<Verification> {
    if claim.size > policy.limits.container {
        return None;
    }
    let mut bytes = Vec::new();
    claim.content.copy_to(&mut bytes).ok()?;
    let report = asice::verify(&bytes, trust, policy);
    Some(Verification {
        piece: claim.name.clone(),
        at: policy.validation_time,
        outcome: match report.indication {
            Indication::TotalPassed => Outcome::TotalPassed,
            Indication::Indeterminate => Outcome::Indeterminate,
            Indication::TotalFailed => Outcome::TotalFailed,
        },
        reason: report.sub_indication.map(code),
        report: serde_json::to_value(&report).ok()?,
    })
}
