//! RFC 5280, whole and direct revocation lists.

use chrono::{DateTime, Utc};
use x509_parser::oid_registry::asn1_rs::oid;
use x509_parser::prelude::FromDer;
use x509_parser::revocation_list::CertificateRevocationList;
use x509_parser::time::ASN1Time;

use super::{Statement, Status};
use crate::asn1::{Elements, SEQUENCE};
use crate::certificate::{Certificate, KeyUse};
use crate::signed::Signed;

#[derive(Debug)]
pub(super) struct Crl {
    der: Vec<u8>,
    issuer: Vec<u8>,
    as_of: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    scope: Scope,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    All,
    Users,
    Authorities,
}

fn moment(time: ASN1Time) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(time.timestamp(), 0)
}

impl Crl {
    /// None: no list, or one that covers less than it seems to (delta, indirect, by reason).
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let (rest, list) = CertificateRevocationList::from_der(der).ok()?;
        if !rest.is_empty() {
            return None;
        }
        let mut scope = Scope::All;
        for extension in list.extensions() {
            if extension.oid == oid!(2.5.29.28) {
                scope = scope_of(extension.value)?;
            } else if extension.critical || extension.oid == oid!(2.5.29.27) {
                return None;
            }
        }
        Some(Self {
            issuer: list.issuer().as_raw().to_vec(),
            as_of: moment(list.last_update())?,
            until: match list.next_update() {
                Some(until) => Some(moment(until)?),
                None => None,
            },
            scope,
            der: der.to_vec(),
        })
    }

    pub(super) fn about(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
    ) -> Option<Statement> {
        let may_sign = issuer
            .key_usage
            .as_ref()
            .is_none_or(|uses| uses.contains(&KeyUse::CrlSign));
        let in_scope = match self.scope {
            Scope::All => true,
            Scope::Users => !certificate.is_authority,
            Scope::Authorities => certificate.is_authority,
        };
        if !may_sign || !in_scope || self.issuer != issuer.subject {
            return None;
        }
        let (signed, _, _) = Signed::read(&self.der)?;
        if !signed.is_by(issuer) {
            return None;
        }
        let (_, list) = CertificateRevocationList::from_der(&self.der).ok()?;
        let revoked = list
            .iter_revoked_certificates()
            .find(|revoked| revoked.raw_serial() == certificate.serial);
        let status = match revoked {
            Some(revoked) => Status::Revoked(moment(revoked.revocation_date)?),
            None => Status::Good,
        };
        Some(Statement {
            status,
            as_of: self.as_of,
            until: self.until,
        })
    }
}

/// IssuingDistributionPoint: where it is published does not matter, what it leaves out does.
fn scope_of(value: &[u8]) -> Option<Scope> {
    let mut scope = Scope::All;
    for field in Elements(value).only(SEQUENCE)?.inside().all()? {
        match (field.tag, field.content) {
            (0xa0, _) => {}
            (0x81, [0xff]) => scope = Scope::Users,
            (0x82, [0xff]) => scope = Scope::Authorities,
            _ => return None,
        }
    }
    Some(scope)
}
