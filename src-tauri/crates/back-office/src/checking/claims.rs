//! The idClaim of a dossier, judged as any container, and tied to its dossier.

use asice::{
    FileState, Finding, Indication, Limits, ReferenceReport, ReferenceState, Report,
    SignatureReport,
};
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
/// caller's own reference, which any equal text may be.
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
        Some(_) if !one.is_anchored => ClaimSigner::Unknown,
        Some(_) if !shows_its_signer(one) => ClaimSigner::Unproven,
        Some(signer) if is_pinned(&signer.der) => ClaimSigner::Expected,
        Some(_) => ClaimSigner::UnderExpectedAuthority,
        None => ClaimSigner::Unknown,
    });
    let least = judged.max_by_key(|signer| match signer {
        ClaimSigner::Expected => 0,
        ClaimSigner::UnderExpectedAuthority => 1,
        ClaimSigner::Unknown => 2,
        ClaimSigner::Unproven => 3,
    });
    least.unwrap_or(ClaimSigner::Unknown)
}

/// A certificate is named by whoever wrote the signature: it says who signed only where its key made the value, over
/// all that is there, and it was not revoked by then.
fn shows_its_signer(signature: &SignatureReport) -> bool {
    let covers = |reference: &ReferenceReport| reference.state == ReferenceState::Intact;
    let is_revoked = |finding: &Finding| matches!(finding, Finding::Revoked { .. });
    signature.is_authentic
        && signature.indication != Indication::TotalFailed
        && !signature.references.is_empty()
        && signature.references.iter().all(covers)
        && !signature.trust.findings.iter().any(is_revoked)
}

#[cfg(test)]
mod tests {
    use asice::{Policy, Revocation, SubIndication, Trust, verify};
    use dossiers::TrustedCertificate;

    use super::*;
    use crate::checking::specimens::{self, CLAIM, ROOT, SIGNATURE, SIGNED, SIGNED_ON};

    /// Trusts this certificate for signatures.
    fn store(certificate: &[u8]) -> Store {
        let mut trust = Trust::default();
        trust.add_signers(certificate).unwrap();
        let at = SIGNED_ON.parse().unwrap();
        Store {
            trust,
            certificates: vec![TrustedCertificate {
                role: TrustedFor::Signatures,
                der: certificate.to_vec(),
                source: "attendu.der".to_owned(),
                added_at: at,
                added_by: None,
            }],
            revocation: Revocation::None,
            is_open: true,
        }
    }

    /// The authority, and the signer's own certificate.
    fn stores() -> [(Store, ClaimSigner); 2] {
        let report = judged(SIGNED, &store(ROOT));
        let own = report.signatures[0].signer.clone().unwrap().der;
        [
            (store(ROOT), ClaimSigner::UnderExpectedAuthority),
            (store(&own), ClaimSigner::Expected),
        ]
    }

    fn judged(container: &[u8], store: &Store) -> Report {
        let policy = Policy {
            revocation: store.revocation,
            ..Policy::at(SIGNED_ON.parse().unwrap())
        };
        verify(container, &store.trust, &policy)
    }

    #[test]
    fn a_signature_shows_its_signer_only_where_it_holds() {
        let good = specimens::entry(SIGNATURE);
        let forged = good.replace("Id=\"SV\">z", "Id=\"SV\">a");
        let later = good.replace("12:00:00Z", "12:00:01Z");
        let unsupported = good.replace("#ecdsa-sha256", "#ecdsa-of-tomorrow");
        let broken = [
            (SIGNATURE, forged.as_str()),
            (SIGNATURE, later.as_str()),
            (SIGNATURE, unsupported.as_str()),
            (CLAIM, "{\"name\":\"ANOTHER\"}"),
        ];
        for (store, expected) in stores() {
            let sound = judged(&specimens::with(&[]), &store);
            assert_eq!(signer(&sound, &store), expected);
            for (name, text) in broken {
                assert_ne!(specimens::entry(name), text);
                let report = judged(&specimens::with(&[(name, text)]), &store);
                assert!(report.signatures[0].is_anchored, "named all the same");
                let told = signer(&report, &store);
                assert_eq!(told, ClaimSigner::Unproven, "{:?}", report.sub_indication);
            }
        }
    }

    #[test]
    fn a_forged_signature_beside_a_sound_one_is_the_one_that_counts() {
        let forged = specimens::entry(SIGNATURE).replace("Id=\"SV\">z", "Id=\"SV\">a");
        for (store, _) in stores() {
            let both = specimens::with(&[("META-INF/signatures1.xml", &forged)]);
            let report = judged(&both, &store);
            assert_eq!(report.sub_indication, Some(SubIndication::SigCryptoFailure));
            assert_eq!(signer(&report, &store), ClaimSigner::Unproven);
        }
    }

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
