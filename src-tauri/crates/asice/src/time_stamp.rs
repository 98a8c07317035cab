//! RFC 3161 tokens: what they prove, and by whom.

use chrono::{DateTime, Utc};
use serde::Serialize;
use x509_parser::oid_registry::asn1_rs::oid;

use crate::algorithms::DigestAlgorithm;
use crate::asn1::{
    self, Elements, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE,
};
use crate::certificate::{Certificate, CertificateReport, TIME_STAMPING};
use crate::chain::{self, Chain};
use crate::cms::Cms;
use crate::findings::Finding;
use crate::keys::{EcdsaForm, Outcome};
use crate::policy::Policy;
use crate::revocation::{Evidence, Moments};
use crate::trust::Trust;
use crate::verdict::{Indication, headline};

const LONGEST: usize = 256 * 1024;

/// A time-stamp on a signature's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimeStampReport {
    /// TOTAL-PASSED: the time is proven.
    pub indication: Indication,
    /// What the token says, proven or not.
    pub time: Option<DateTime<Utc>>,
    pub authority: Option<CertificateReport>,
    pub findings: Vec<Finding>,
}

/// A token and the bytes it must have been made over.
#[derive(Debug)]
pub(crate) struct Stamped {
    pub(crate) token: Vec<u8>,
    pub(crate) over: Vec<u8>,
}

struct Info<'a> {
    digest: Option<DigestAlgorithm>,
    imprint: &'a [u8],
    time: DateTime<Utc>,
}

impl Stamped {
    pub(crate) fn judge(
        &self,
        pool: &[Certificate],
        trust: &Trust,
        evidence: &Evidence,
        policy: &Policy,
    ) -> TimeStampReport {
        let mut report = TimeStampReport {
            indication: Indication::TotalFailed,
            time: None,
            authority: None,
            findings: Vec::new(),
        };
        let read = (self.token.len() <= LONGEST)
            .then(|| Cms::read(&self.token))
            .flatten()
            .and_then(|cms| Some((info(&cms)?, cms)));
        let Some((info, cms)) = read else {
            report.findings.push(Finding::TimeStampUnreadable);
            return report;
        };
        report.time = Some(info.time);
        self.imprint(&info, &mut report.findings);
        let candidates: Vec<Certificate> = cms.certificates.iter().chain(pool).cloned().collect();
        let authority = value(&cms, &candidates, &mut report.findings);
        if let Some(authority) = authority {
            report.authority = Some(authority.report());
            trusted(
                authority,
                &candidates,
                info.time,
                (trust, evidence, policy),
                &mut report.findings,
            );
        }
        report.indication = indication(&report.findings);
        report
    }

    fn imprint(&self, info: &Info<'_>, findings: &mut Vec<Finding>) {
        match info.digest {
            None => findings.push(Finding::AlgorithmNotSupported {
                algorithm: "time-stamp imprint".to_owned(),
            }),
            Some(digest) => {
                if digest.of(&self.over).as_ref() != info.imprint {
                    findings.push(Finding::TimeStampOfOtherData);
                }
                refuse(digest, findings);
            }
        }
    }
}

fn refuse(digest: DigestAlgorithm, findings: &mut Vec<Finding>) {
    let finding = Finding::AlgorithmRefused {
        algorithm: "sha1".to_owned(),
    };
    if digest.is_refused() && !findings.contains(&finding) {
        findings.push(finding);
    }
}

/// Here nothing found is only a warning: a time is proven, or it is not.
fn indication(findings: &[Finding]) -> Indication {
    let broken = findings.iter().any(|finding| {
        matches!(
            finding,
            Finding::TimeStampUnreadable
                | Finding::TimeStampOfOtherData
                | Finding::TimeStampValueWrong
                | Finding::TimeStampPurposeMissing
        )
    });
    if broken {
        return Indication::TotalFailed;
    }
    let revoked_later = |finding: &Finding| matches!(finding, Finding::RevokedLater { .. });
    let judged = headline(findings).indication;
    if findings.iter().any(revoked_later) {
        return judged.max(Indication::Indeterminate);
    }
    judged
}

fn info<'a>(cms: &Cms<'a>) -> Option<Info<'a>> {
    if cms.content_type != oid!(1.2.840.113549.1.9.16.1.4).as_bytes() {
        return None;
    }
    let mut fields = Elements(cms.content?).only(SEQUENCE)?.inside();
    fields.expect(INTEGER)?;
    fields.expect(OBJECT_IDENTIFIER)?;
    let mut imprint = fields.expect(SEQUENCE)?.inside();
    let (digest, _) = asn1::algorithm(imprint.expect(SEQUENCE)?)?;
    let imprint = imprint.only(OCTET_STRING)?.content;
    fields.expect(INTEGER)?;
    Some(Info {
        digest: DigestAlgorithm::from_oid(digest),
        imprint,
        time: asn1::moment(fields.expect(GENERALIZED_TIME)?.content)?,
    })
}

/// Verifies the token with the certificate it names, and gives that.
fn value<'c>(
    cms: &Cms<'_>,
    candidates: &'c [Certificate],
    findings: &mut Vec<Finding>,
) -> Option<&'c Certificate> {
    let content = cms.content.unwrap_or_default();
    let is_same = cms.digest.is_none_or(|digest| {
        refuse(digest, findings);
        cms.message_digest() == Some(digest.of(content).as_ref())
    });
    if cms.digest.is_none() {
        findings.push(Finding::AlgorithmNotSupported {
            algorithm: "time-stamp digest".to_owned(),
        });
    }
    if !is_same || !cms.tells_content_type() {
        findings.push(Finding::TimeStampValueWrong);
    }
    let named = cms.named();
    let authority = named
        .as_ref()
        .and_then(|named| named.find(candidates.iter()));
    let Some((named, authority)) = named.as_ref().zip(authority) else {
        findings.push(Finding::SigningCertificateNotFound);
        return None;
    };
    if !named.agrees_with(authority) {
        findings.push(Finding::IssuerSerialDiffers);
    }
    if let Some(bits) = authority.key.too_small() {
        findings.push(Finding::KeyTooSmall { bits });
    }
    let outcome = cms.algorithm.map(|algorithm| {
        refuse(algorithm.digest, findings);
        let form = EcdsaForm::Der;
        authority
            .key
            .verify(algorithm, form, &cms.message, cms.value)
    });
    match outcome {
        Some(Outcome::Valid) => {}
        Some(Outcome::Invalid | Outcome::WrongKey) => findings.push(Finding::TimeStampValueWrong),
        Some(Outcome::NotSupported) | None => findings.push(Finding::AlgorithmNotSupported {
            algorithm: "time-stamp signature".to_owned(),
        }),
    }
    let only_stamps = authority
        .extended
        .as_ref()
        .is_some_and(|extended| extended.critical && extended.purposes == [TIME_STAMPING]);
    if !only_stamps || !authority.may_sign() {
        findings.push(Finding::TimeStampPurposeMissing);
    }
    Some(authority)
}

fn trusted(
    authority: &Certificate,
    candidates: &[Certificate],
    time: DateTime<Utc>,
    (trust, evidence, policy): (&Trust, &Evidence, &Policy),
    findings: &mut Vec<Finding>,
) {
    let anchors = &trust.time_stamp_authorities;
    let chain: Chain = chain::build(authority, candidates, anchors, time);
    findings.extend(chain.findings.iter().cloned());
    let moments = Moments {
        best: time,
        now: policy.validation_time,
        is_proven: false,
    };
    if time > policy.validation_time {
        findings.push(Finding::ClaimedTimeInFuture);
        findings.push(Finding::TrustNotJudged);
    }
    findings.extend(evidence.judge(&chain, candidates, anchors, moments, policy.revocation));
}
