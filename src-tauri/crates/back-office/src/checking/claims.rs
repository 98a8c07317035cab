//! The idClaim of a dossier, judged as any container, and tied to its dossier.

use asice::{FileState, Limits, Report};
use dossiers::{Dossier, DossierId, PieceKind, Progress, TrustedFor};
use evidence::names;
use serde_json::Value;

use super::{go_on, trusted::Store};
use crate::{
    desk::{Desk, dossier_id},
    errors::DeskError,
    save::reference,
    views::checking::{ClaimNames, ClaimSigner, ClaimTie, FileCheck},
};

/// A claim is a few kilobytes: what is larger is not searched for names.
const MOST_BYTES: u64 = 8 << 20;

impl Desk {
    /// The captured claim, without a network; else from ID360, for whoever is signed in.
    pub async fn judge_claim(&self, intent_id: &str, id: &str) -> Result<FileCheck, DeskError> {
        let id = dossier_id(id)?;
        self.long(intent_id, move |desk, progress| async move {
            let dossier = desk.dossier(id).await?;
            let bytes = desk.one_of(&dossier, PieceKind::IdClaim).await?;
            let name = names::idclaim_file_name(&reference(&dossier));
            desk.judge(name, bytes.into(), Some(id), progress).await
        })
        .await
    }

    pub(super) async fn tie(
        &self,
        id: DossierId,
        bytes: &[u8],
        report: &Report,
        store: &Store,
        progress: &Progress,
    ) -> Result<ClaimTie, DeskError> {
        let dossier = self.dossier(id).await?;
        let (named, file) = named(&dossier, bytes, report, progress)?;
        Ok(ClaimTie {
            dossier_id: id.to_string(),
            environment_kind: self.preferences().kind_of(&dossier.environment_id),
            named,
            file,
            signer: signer(report, store),
        })
    }
}

/// Whether what is signed speaks of this dossier: ID360's number first, which belongs to one dossier, then the
/// caller's own reference.
fn named(
    dossier: &Dossier,
    bytes: &[u8],
    report: &Report,
    progress: &Progress,
) -> Result<(ClaimNames, Option<String>), DeskError> {
    let number = dossier.enrollment_id.map(|id| id.to_string());
    let mut best = (ClaimNames::Nowhere, None);
    for file in &report.files {
        go_on(progress)?;
        if file.size.is_none_or(|size| size > MOST_BYTES) {
            continue;
        }
        let Ok(content) = asice::entry(bytes, &file.name, &Limits::default()) else {
            continue;
        };
        let is_signed = file.state == FileState::Signed && !file.signed_by.is_empty();
        let has = |wanted: Option<&str>| wanted.is_some_and(|wanted| speaks_of(&content, wanted));
        let found = if has(number.as_deref()) {
            ClaimNames::Number
        } else if has(dossier.reference.as_deref()) {
            ClaimNames::Reference
        } else {
            continue;
        };
        let found = if is_signed {
            found
        } else {
            ClaimNames::Unsigned
        };
        if rank(found) > rank(best.0) {
            best = (found, Some(evidence::page::shown(&file.name)));
        }
    }
    Ok(best)
}

fn rank(named: ClaimNames) -> u8 {
    match named {
        ClaimNames::Nowhere => 0,
        ClaimNames::Unsigned => 1,
        ClaimNames::Reference => 2,
        ClaimNames::Number => 3,
    }
}

/// A value of a JSON file is exactly that; of another text, a word is. What ID360 puts inside is not published
/// (facts §I), so no field is asked for by name.
fn speaks_of(content: &[u8], wanted: &str) -> bool {
    if wanted.is_empty() {
        return false;
    }
    if let Ok(json) = serde_json::from_slice::<Value>(content) {
        return holds(&json, wanted);
    }
    std::str::from_utf8(content).is_ok_and(|text| {
        text.match_indices(wanted).any(|(at, _)| {
            let joins = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
            let before = text[..at].chars().next_back();
            let after = text[at + wanted.len()..].chars().next();
            !before.is_some_and(joins) && !after.is_some_and(joins)
        })
    })
}

fn holds(json: &Value, wanted: &str) -> bool {
    match json {
        Value::String(text) => text == wanted,
        Value::Number(number) => number.to_string() == wanted,
        Value::Array(items) => items.iter().any(|item| holds(item, wanted)),
        Value::Object(fields) => fields.values().any(|value| holds(value, wanted)),
        Value::Null | Value::Bool(_) => false,
    }
}

/// By the trust store alone, of every signature the least.
fn signer(report: &Report, store: &Store) -> ClaimSigner {
    let is_pinned = |der: &[u8]| {
        let mut trusted = store.certificates.iter();
        trusted.any(|one| one.role == TrustedFor::Signatures && one.der == der)
    };
    let judged = report.signatures.iter().map(|one| match &one.signer {
        Some(signer) if one.is_anchored && is_pinned(&signer.der) => ClaimSigner::Expected,
        Some(_) if one.is_anchored => ClaimSigner::UnderExpectedAuthority,
        _ => ClaimSigner::Unknown,
    });
    let least = judged.max_by_key(|signer| match signer {
        ClaimSigner::Expected => 0,
        ClaimSigner::UnderExpectedAuthority => 1,
        ClaimSigner::Unknown => 2,
    });
    least.unwrap_or(ClaimSigner::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_inside_another_number_names_no_dossier() {
        assert!(speaks_of(br#"{"enrollment": 9012}"#, "9012"));
        assert!(speaks_of(br#"{"a": [{"b": "REF-1"}]}"#, "REF-1"));
        assert!(!speaks_of(br#"{"enrollment": 90123}"#, "9012"));
        assert!(!speaks_of(br#"{"note": "REF-1 and more"}"#, "REF-1"));
        assert!(speaks_of(b"<id>9012</id>", "9012"));
        assert!(!speaks_of(b"<id>99012</id> REF-12", "9012"));
        assert!(!speaks_of(b"REF-12", "REF-1"));
    }
}
