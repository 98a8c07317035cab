//! One signature, from what was read to what can be said.

use std::collections::HashMap;

use crate::algorithms::{ADVISED_RSA, sha256_hex, warns_since};
use crate::certificate::Certificate;
use crate::chain;
use crate::digests::FileDigests;
use crate::findings::Finding;
use crate::keys::{KeyKind, Outcome};
use crate::policy::Policy;
use crate::report::{ReferenceReport, ReferenceState, SignatureReport};
use crate::revocation::{Evidence, Moments};
use crate::signature::{Format, Reference, Unverified};
use crate::trust::Trust;
use crate::verdict::{Headline, Indication, Topic, headline, line};

#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) report: SignatureReport,
    pub(crate) headline: Headline,
}

pub(crate) fn judge(
    mut unverified: Unverified,
    files: &HashMap<&str, FileDigests>,
    has_data_file: bool,
    (trust, policy): (&Trust, &Policy),
) -> Judged {
    let mut findings = std::mem::take(&mut unverified.findings);
    let references = references(&unverified, files, &mut findings);
    let none_missing = references
        .iter()
        .all(|reference| reference.state != ReferenceState::Missing);
    let covers_none = references.is_empty() || none_missing && !has_data_file;
    if unverified.format != Format::Unknown && covers_none {
        findings.push(Finding::CoversNoFile);
    }
    let signer = signer(&unverified, &mut findings);
    let is_right = signer.is_some_and(|signer| value(&unverified, signer, &mut findings));

    let evidence = Evidence::read(&unverified.ocsp_answers, &unverified.revocation_lists);
    let pool = &unverified.certificates;
    let time_stamps: Vec<_> = unverified
        .time_stamps
        .iter()
        .map(|stamped| stamped.judge(pool, trust, &evidence, policy))
        .collect();
    let proven_time = time_stamps
        .iter()
        .filter(|stamp| stamp.indication == Indication::TotalPassed)
        .filter_map(|stamp| stamp.time)
        .min();
    if proven_time.is_none() && !time_stamps.is_empty() {
        findings.push(Finding::TimeNotProven);
    }
    let best = proven_time.unwrap_or(policy.validation_time);
    if let Some(claimed) = unverified.claimed_time {
        if claimed > policy.validation_time {
            findings.push(Finding::ClaimedTimeInFuture);
        }
        if proven_time.is_some_and(|proven| claimed > proven) {
            findings.push(Finding::ClaimedTimeAheadOfProven);
        }
    }

    let mut chain_report = Vec::new();
    let mut is_anchored = false;
    if let Some(signer) = signer {
        key_size(signer, best, &mut findings);
        let chain = chain::build(signer, pool, &trust.signers, best);
        findings.extend(chain.findings.iter().cloned());
        if !signer.may_sign() {
            findings.push(Finding::KeyUsageMissing);
        }
        let moments = Moments {
            best,
            now: policy.validation_time,
            is_proven: proven_time.is_some(),
        };
        let revocation = policy.revocation;
        findings.extend(evidence.judge(&chain, pool, &trust.signers, moments, revocation));
        is_anchored = chain.is_anchored;
        chain_report = chain.certificates.iter().map(Certificate::report).collect();
    } else {
        findings.push(Finding::TrustNotJudged);
    }

    let against_itself = |finding: &Finding| {
        matches!(
            finding,
            Finding::SignedPropertiesAltered
                | Finding::ManifestAltered
                | Finding::SignedPropertiesNotReferenced
                | Finding::SeveralSignedProperties
                | Finding::QualifyingPropertiesMissing
                | Finding::TargetDiffers
                | Finding::SignatureIncomplete
        ) || matches!(finding, Finding::TransformNotAllowed { uri } if uri.starts_with('#'))
    };
    let is_authentic = is_right && !findings.iter().any(against_itself);
    if signer.is_some() && !is_authentic {
        findings.push(Finding::SignerNotProven);
    }
    let headline = headline(&findings);
    let report = SignatureReport {
        indication: headline.indication,
        sub_indication: headline.sub_indication,
        integrity: line(Topic::Integrity, &findings),
        signature: line(Topic::Signature, &findings),
        trust: line(Topic::Trust, &findings),
        signer: signer.map(Certificate::report),
        file: unverified.file,
        id: unverified.id,
        format: unverified.format,
        level: unverified.level,
        algorithm: unverified.algorithm,
        chain: chain_report,
        is_anchored,
        is_authentic,
        claimed_time: unverified.claimed_time,
        proven_time,
        time_stamps,
        references,
        roles: unverified.roles,
        place: unverified.place,
        value_sha256: (!unverified.value.is_empty()).then(|| sha256_hex(&unverified.value)),
    };
    Judged { report, headline }
}

fn references(
    unverified: &Unverified,
    files: &HashMap<&str, FileDigests>,
    findings: &mut Vec<Finding>,
) -> Vec<ReferenceReport> {
    let reports = unverified.references.iter().map(|reference| {
        let name = || reference.name.clone();
        let state = compare(reference, files);
        match state {
            ReferenceState::Intact if reference.media_type.is_none() => {
                findings.push(Finding::MediaTypeNotSigned { name: name() });
            }
            ReferenceState::Intact => {}
            ReferenceState::Altered => findings.push(Finding::FileAltered { name: name() }),
            ReferenceState::Missing => findings.push(Finding::FileMissing { name: name() }),
        }
        ReferenceReport {
            name: name(),
            state,
            media_type: reference.media_type.clone(),
        }
    });
    reports.collect()
}

fn compare(reference: &Reference, files: &HashMap<&str, FileDigests>) -> ReferenceState {
    match files.get(reference.name.as_str()) {
        None => ReferenceState::Missing,
        Some(file) if file.get(reference.digest) == Some(&reference.expected) => {
            ReferenceState::Intact
        }
        Some(_) => ReferenceState::Altered,
    }
}

/// The one certificate that the signed properties name.
fn signer<'u>(unverified: &'u Unverified, findings: &mut Vec<Finding>) -> Option<&'u Certificate> {
    let named = unverified.named.as_ref()?;
    let found = named.find(unverified.certificates.iter());
    match found {
        None => findings.push(Finding::SigningCertificateNotFound),
        Some(certificate) if !named.agrees_with(certificate) => {
            findings.push(Finding::IssuerSerialDiffers);
        }
        Some(_) => {}
    }
    found
}

fn value(unverified: &Unverified, signer: &Certificate, findings: &mut Vec<Finding>) -> bool {
    let Some(algorithm) = unverified.algorithm else {
        return false;
    };
    if algorithm.digest.is_refused() {
        findings.push(Finding::AlgorithmRefused {
            algorithm: "sha1".to_owned(),
        });
    }
    let form = unverified.form;
    let outcome = signer
        .key
        .verify(algorithm, form, &unverified.message, &unverified.value);
    match outcome {
        Outcome::Valid => return true,
        Outcome::Invalid => findings.push(Finding::ValueWrong),
        Outcome::WrongKey => findings.push(Finding::KeyDoesNotFitMethod),
        Outcome::NotSupported => findings.push(Finding::AlgorithmNotSupported {
            algorithm: "key".to_owned(),
        }),
    }
    false
}

fn key_size(
    signer: &Certificate,
    best: chrono::DateTime<chrono::Utc>,
    findings: &mut Vec<Finding>,
) {
    if let Some(bits) = signer.key.too_small() {
        findings.push(Finding::KeyTooSmall { bits });
    } else if let KeyKind::Rsa { bits } = signer.key.kind
        && bits < ADVISED_RSA
        && best >= warns_since()
    {
        findings.push(Finding::KeySmall { bits });
    }
}
