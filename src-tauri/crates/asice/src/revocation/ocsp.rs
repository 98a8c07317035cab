//! RFC 6960, the answers.

use chrono::{DateTime, Utc};
use x509_parser::oid_registry::asn1_rs::oid;

use super::{Statement, Status};
use crate::algorithms::DigestAlgorithm;
use crate::asn1::{
    self, ENUMERATED, Element, Elements, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER,
    OCTET_STRING, SEQUENCE, context,
};
use crate::certificate::{Certificate, OCSP_SIGNING};
use crate::signed::Signed;

const MOST_SINGLE: usize = 64;

#[derive(Debug)]
pub(super) struct Answer {
    /// The BasicOCSPResponse.
    basic: Vec<u8>,
    produced_at: DateTime<Utc>,
    single: Vec<Single>,
    certificates: Vec<Certificate>,
}

#[derive(Debug)]
struct Single {
    digest: DigestAlgorithm,
    issuer_name: Vec<u8>,
    issuer_key: Vec<u8>,
    serial: Vec<u8>,
    statement: Statement,
}

impl Answer {
    /// An OCSPResponse; some containers hold the BasicOCSPResponse inside it instead.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let basic = unwrapped(der).unwrap_or(der);
        let (_, body, mut rest) = Signed::read(basic)?;
        let mut fields = body.inside();
        fields.optional(context(0));
        fields
            .optional(context(1))
            .or_else(|| fields.optional(context(2)))?;
        let produced_at = asn1::moment(fields.expect(GENERALIZED_TIME)?.content)?;
        let single = fields.expect(SEQUENCE)?.inside().all()?;
        let single = single
            .into_iter()
            .take(MOST_SINGLE)
            .filter_map(read_single)
            .collect();
        let certificates = match rest.optional(context(0)) {
            Some(list) => list.inside().only(SEQUENCE)?.inside().all()?,
            None => Vec::new(),
        };
        Some(Self {
            basic: basic.to_vec(),
            produced_at,
            single,
            certificates: certificates
                .into_iter()
                .filter_map(|certificate| Certificate::parse(certificate.whole.to_vec()))
                .collect(),
        })
    }

    /// What it says of a certificate, when whoever signed it may speak for the issuer.
    pub(super) fn about(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        pool: &[Certificate],
        trusted: &[Certificate],
    ) -> Option<Statement> {
        let single = self.single.iter().find(|single| {
            single.serial == certificate.serial
                && single.digest.of(&issuer.subject).as_ref() == single.issuer_name
                && single.digest.of(issuer.key.bits()).as_ref() == single.issuer_key
        })?;
        let (signed, _, _) = Signed::read(&self.basic)?;
        if signed.is_by(issuer) {
            return Some(single.statement);
        }
        let candidates = self.certificates.iter().chain(pool).chain(trusted);
        candidates
            .into_iter()
            .filter(|responder| {
                responder.has_purpose(OCSP_SIGNING)
                    && responder.may_sign()
                    && responder.is_valid_at(self.produced_at)
            })
            .filter(|responder| trusted.contains(responder) || is_issued_by(responder, issuer))
            .any(|responder| signed.is_by(responder))
            .then_some(single.statement)
    }
}

fn is_issued_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    certificate.issuer == issuer.subject
        && Signed::read(&certificate.der).is_some_and(|(signed, _, _)| signed.is_by(issuer))
}

fn unwrapped(der: &[u8]) -> Option<&[u8]> {
    let mut fields = Elements(der).only(SEQUENCE)?.inside();
    if fields.expect(ENUMERATED)?.content != [0] {
        return None;
    }
    let mut bytes = fields.expect(context(0))?.inside().only(SEQUENCE)?.inside();
    let kind = bytes.expect(OBJECT_IDENTIFIER)?;
    kind.is_oid(&oid!(1.3.6.1.5.5.7.48.1.1))
        .then(|| bytes.only(OCTET_STRING))
        .flatten()
        .map(|octets| octets.content)
}

fn read_single(element: Element<'_>) -> Option<Single> {
    let mut fields = element.inside();
    let mut id = fields.expect(SEQUENCE)?.inside();
    let (digest, _) = asn1::algorithm(id.expect(SEQUENCE)?)?;
    let issuer_name = id.expect(OCTET_STRING)?.content.to_vec();
    let issuer_key = id.expect(OCTET_STRING)?.content.to_vec();
    let serial = id.expect(INTEGER)?.content.to_vec();
    let status = match fields.any()? {
        Element { tag: 0x80, .. } => Status::Good,
        Element {
            tag: 0xa1, content, ..
        } => {
            let at = Elements(content).expect(GENERALIZED_TIME)?;
            Status::Revoked(asn1::moment(at.content)?)
        }
        Element { tag: 0x82, .. } => Status::Unknown,
        _ => return None,
    };
    let as_of = asn1::moment(fields.expect(GENERALIZED_TIME)?.content)?;
    let until = match fields.optional(context(0)) {
        Some(until) => Some(asn1::moment(
            until.inside().only(GENERALIZED_TIME)?.content,
        )?),
        None => None,
    };
    Some(Single {
        digest: DigestAlgorithm::from_oid(digest)?,
        issuer_name,
        issuer_key,
        serial,
        statement: Statement {
            status,
            as_of,
            until,
        },
    })
}
