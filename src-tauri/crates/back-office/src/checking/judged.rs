//! From the verifier's report to what is shown. Text from the file is cleaned of what would reorder or hide it.

use asice::{
    CertificateReport, Coverage, DigestAlgorithm, FileReport, FileState, Finding, Format,
    Indication, KeyKind, Level, Limits, Line, Report, Revocation, SignatureReport, SignatureScheme,
    State, SubIndication, TimeStampReport, severity,
};
use dossiers::{Progress, TrustedFor};
use evidence::page::shown;

use super::{
    go_on,
    previews::preview,
    trusted::Store,
    words::{Said, reason, sentence},
};
use crate::{
    errors::DeskError,
    list::shown_count,
    present::time,
    views::checking::{
        AnchorView, CertificateView, CheckCoverage, CheckFinding, CheckHeadline, CheckLine,
        CheckState, ClaimTie, ContainedFile, ContainedState, ContainerVerdictView, Preview,
        RevocationRule, Sentence, SignatureView, TimeStampView,
    },
};

pub(super) fn verdict(
    report: &Report,
    bytes: &[u8],
    store: &Store,
    tie: Option<ClaimTie>,
    progress: &Progress,
) -> Result<ContainerVerdictView, DeskError> {
    let files = report.files.iter().map(|one| {
        go_on(progress)?;
        Ok(file(one, bytes))
    });
    Ok(ContainerVerdictView {
        headline: headline(report),
        etsi: etsi(report),
        reason: report.sub_indication.map(|sub| reason(sub).into()),
        container: line(&report.container),
        integrity: line(&report.integrity),
        signature: line(&report.signature),
        trust: line(&report.trust),
        coverage: match report.coverage {
            Coverage::None => CheckCoverage::None,
            Coverage::Partial => CheckCoverage::Partial,
            Coverage::Full => CheckCoverage::Full,
        },
        files: files.collect::<Result<_, DeskError>>()?,
        signatures: report
            .signatures
            .iter()
            .map(|one| signature(one, store))
            .collect(),
        sha256: report.sha256.clone(),
        revocation: match report.revocation {
            Revocation::Required => RevocationRule::Required,
            Revocation::Embedded => RevocationRule::Embedded,
            Revocation::None => RevocationRule::NotChecked,
        },
        trust_store: store.view(),
        tie,
    })
}

/// The standard's words.
pub(super) fn etsi(report: &Report) -> String {
    words_of(report.indication, report.sub_indication)
}

fn words_of(indication: Indication, sub: Option<SubIndication>) -> String {
    let sub = sub.map(|sub| format!(" / {}", code(sub)));
    code(indication) + &sub.unwrap_or_default()
}

/// The word that the JSON report uses.
pub(super) fn code(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(serde_json::Value::Object(mut tagged)) => match tagged.remove("code") {
            Some(serde_json::Value::String(word)) => word,
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// Nothing green over a file that nobody signed; nothing «altered» that is only unknown; nothing «correct» that was not
/// verified.
pub(super) fn headline(report: &Report) -> CheckHeadline {
    use CheckHeadline as H;
    use SubIndication as S;
    let is_altered = report.integrity.state == State::Bad
        || report.signatures.iter().any(|one| {
            matches!(
                one.sub_indication,
                Some(S::HashFailure | S::SigCryptoFailure)
            )
        });
    if is_altered {
        return H::Altered;
    }
    let all_verified = report.signatures.iter().all(|one| one.is_authentic);
    match (report.indication, report.sub_indication) {
        (_, Some(S::FormatFailure)) => H::Malformed,
        _ if report.signatures.is_empty() => H::NotSigned,
        (Indication::TotalFailed, _) => H::Failed,
        (_, Some(S::SignedDataNotFound | S::NoSigningCertificateFound)) => H::NotVerified,
        _ if !all_verified => H::NotVerified,
        _ if report.coverage == Coverage::None => H::NotVerified,
        _ if report.coverage == Coverage::Partial => H::PartlySigned,
        (Indication::TotalPassed, _) => H::Passed,
        (_, Some(S::NoCertificateChainFound)) => H::SoundUntrusted,
        _ => H::SoundOpen,
    }
}

fn line(line: &Line) -> CheckLine {
    CheckLine {
        state: state(line.state),
        findings: findings(&line.findings),
    }
}

fn state(state: State) -> CheckState {
    match state {
        State::Good => CheckState::Good,
        State::Warning => CheckState::Warning,
        State::Unknown => CheckState::Unknown,
        State::Bad => CheckState::Bad,
        State::Absent => CheckState::Absent,
    }
}

fn findings(findings: &[Finding]) -> Vec<CheckFinding> {
    let shown = findings.iter().map(|finding| CheckFinding {
        code: code(finding),
        state: state(severity(finding)),
        sentence: sentence(finding).into(),
    });
    shown.collect()
}

fn file(file: &FileReport, bytes: &[u8]) -> ContainedFile {
    let content = file
        .sha256
        .as_ref()
        .and_then(|_| asice::entry(bytes, &file.name, &Limits::default()).ok());
    ContainedFile {
        name: shown(&file.name),
        size: file.size.map(|size| size.to_string()),
        sha256: file.sha256.clone(),
        media_type: file.media_type.as_deref().map(shown),
        state: match file.state {
            FileState::Signed => ContainedState::Signed,
            FileState::NotSigned => ContainedState::NotSigned,
            FileState::Altered => ContainedState::Altered,
            FileState::Missing => ContainedState::Missing,
            FileState::Damaged => ContainedState::Damaged,
        },
        signed_by: file
            .signed_by
            .iter()
            .map(|position| shown_count(*position as u64))
            .collect(),
        preview: content.map_or(Preview::None, |content| preview(&content)),
    }
}

fn signature(one: &SignatureReport, store: &Store) -> SignatureView {
    let indication = match one.indication {
        Indication::TotalPassed => CheckState::Good,
        Indication::Indeterminate => CheckState::Unknown,
        Indication::TotalFailed => CheckState::Bad,
    };
    let lines = [&one.integrity, &one.signature, &one.trust];
    SignatureView {
        etsi: words_of(one.indication, one.sub_indication),
        state: indication,
        file: shown(&one.file),
        form: form(one.format, one.level),
        algorithm: one.algorithm.map(|algorithm| {
            let scheme = match algorithm.scheme {
                SignatureScheme::RsaPkcs1 => "RSA",
                SignatureScheme::RsaPss => "RSA-PSS",
                SignatureScheme::Ecdsa => "ECDSA",
                SignatureScheme::Ed25519 => return "Ed25519".to_owned(),
                _ => return code(algorithm.scheme),
            };
            format!("{scheme}, {}", digest(algorithm.digest))
        }),
        signer: one.signer.as_ref().map(certificate),
        chain: one.chain.iter().map(certificate).collect(),
        anchor: anchor(one, store),
        claimed_at: one.claimed_time.map(time),
        proven_at: one.proven_time.map(time),
        time_stamps: one.time_stamps.iter().map(time_stamp).collect(),
        findings: lines
            .iter()
            .flat_map(|line| findings(&line.findings))
            .collect(),
        roles: one.roles.iter().map(|role| shown(role)).collect(),
        place: one.place.iter().map(|place| shown(place)).collect(),
        value_sha256: one.value_sha256.clone(),
    }
}

fn form(format: Format, level: Level) -> String {
    let level = match level {
        Level::B => "B",
        Level::T => "T",
        Level::Lt => "LT",
        Level::Lta => "LTA",
    };
    match format {
        Format::Xades => format!("XAdES baseline {level}"),
        Format::Cades => format!("CAdES baseline {level}"),
        Format::Unknown => "–".to_owned(),
    }
}

fn digest(digest: DigestAlgorithm) -> &'static str {
    match digest {
        DigestAlgorithm::Sha1 => "SHA-1",
        DigestAlgorithm::Sha256 => "SHA-256",
        DigestAlgorithm::Sha384 => "SHA-384",
        DigestAlgorithm::Sha512 => "SHA-512",
        _ => "–",
    }
}

/// The trusted certificate that the chain ends in.
fn anchor(one: &SignatureReport, store: &Store) -> Option<AnchorView> {
    let last = one.chain.last().filter(|_| one.is_anchored)?;
    let known = store
        .certificates
        .iter()
        .find(|known| known.role == TrustedFor::Signatures && known.der == last.der)?;
    Some(AnchorView {
        name: name(last),
        source: known.source.clone(),
        added_at: time(known.added_at),
        added_by: known.added_by.as_deref().map(str::to_owned),
    })
}

fn time_stamp(stamp: &TimeStampReport) -> TimeStampView {
    TimeStampView {
        at: stamp.time.map(time),
        is_proven: stamp.indication == Indication::TotalPassed,
        authority: stamp.authority.as_ref().map(certificate),
        findings: findings(&stamp.findings),
    }
}

fn name(certificate: &CertificateReport) -> String {
    let name = certificate.common_name.as_ref();
    shown(name.unwrap_or(&certificate.subject))
}

pub(super) fn certificate(certificate: &CertificateReport) -> CertificateView {
    let issuer = certificate.issuer_common_name.as_ref();
    CertificateView {
        name: name(certificate),
        organisation: certificate.organisation.as_deref().map(shown),
        subject: shown(&certificate.subject),
        issuer: shown(&certificate.issuer),
        issuer_name: shown(issuer.unwrap_or(&certificate.issuer)),
        serial: certificate.serial.clone(),
        not_before: time(certificate.not_before),
        not_after: time(certificate.not_after),
        key: match certificate.key {
            KeyKind::Rsa { bits } => format!("RSA {bits}"),
            KeyKind::P256 => "P-256".to_owned(),
            KeyKind::P384 => "P-384".to_owned(),
            KeyKind::P521 => "P-521".to_owned(),
            KeyKind::Ed25519 => "Ed25519".to_owned(),
            _ => "–".to_owned(),
        },
        is_authority: certificate.is_authority,
        states_qualified: certificate.states_qualified,
        states_secure_device: certificate.states_secure_device,
        sha256: certificate.sha256.clone(),
    }
}

impl From<Said> for Sentence {
    fn from(said: Said) -> Self {
        Self {
            fr: said.fr,
            en: said.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use asice::{Policy, Trust, verify};

    use super::*;
    use crate::checking::specimens::{self, ROOT, SIGNATURE, SIGNED, SIGNED_ON};

    fn judged(container: &[u8], at: &str) -> Report {
        let mut trust = Trust::default();
        trust.add_signers(ROOT).unwrap();
        verify(container, &trust, &Policy::at(at.parse().unwrap()))
    }

    #[test]
    fn a_certificate_that_was_not_valid_yet_is_no_sound_signature() {
        let report = judged(SIGNED, "2023-06-01T00:00:00Z");
        assert_eq!(report.sub_indication, Some(SubIndication::NotYetValid));
        assert_eq!(headline(&report), CheckHeadline::Failed);
    }

    #[test]
    fn a_signature_that_was_not_verified_is_not_called_correct_beside_one_that_was() {
        let good = specimens::entry(SIGNATURE);
        let unsupported = good.replace("#ecdsa-sha256", "#ecdsa-of-tomorrow");
        assert_ne!(good, unsupported);
        for [first, second] in [[&good, &unsupported], [&unsupported, &good]] {
            let more = [
                (SIGNATURE, first.as_str()),
                ("META-INF/signatures1.xml", second.as_str()),
            ];
            let report = judged(&specimens::with(&more), SIGNED_ON);
            assert_eq!(report.signatures.len(), 2);
            assert_eq!(report.coverage, Coverage::Full);
            assert_eq!(headline(&report), CheckHeadline::NotVerified);
        }
        let alone = judged(&specimens::with(&[]), SIGNED_ON);
        assert_eq!(headline(&alone), CheckHeadline::SoundOpen);
    }
}
