//! RFC 5280, whole and direct revocation lists.

use chrono::{DateTime, Utc};
use x509_parser::oid_registry::asn1_rs::oid;
use x509_parser::prelude::FromDer;
use x509_parser::revocation_list::CertificateRevocationList;
use x509_parser::time::ASN1Time;

use super::{Statement, Status};
use crate::asn1::{Elements, SEQUENCE};
use crate::certificate::{Certificate, KeyUse};
use crate::distribution;
use crate::signed::Signed;

#[derive(Debug)]
pub(super) struct Crl {
    der: Vec<u8>,
    issuer: Vec<u8>,
    as_of: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    scope: Scope,
}

/// Which of the issuer's certificates a list is about.
#[derive(Debug)]
struct Scope {
    kind: Kind,
    /// Names of one distribution point, as DER. None: every one's.
    points: Option<Vec<Vec<u8>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
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
        let mut scope = Scope::whole();
        for extension in list.extensions() {
            if extension.oid == oid!(2.5.29.28) {
                scope = Scope::read(extension.value)?;
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
        if !may_sign || self.issuer != issuer.subject {
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
            // The issuer's word against its own certificate, in whichever of its lists it stands.
            Some(revoked) => Status::Revoked(moment(revoked.revocation_date)?),
            None if self.scope.covers(certificate) => Status::Good,
            None => return None,
        };
        Some(Statement {
            status,
            as_of: self.as_of,
            until: self.until,
        })
    }
}

impl Scope {
    fn whole() -> Self {
        Self {
            kind: Kind::All,
            points: None,
        }
    }

    /// IssuingDistributionPoint. None: it leaves out more than what is evaluated.
    fn read(value: &[u8]) -> Option<Self> {
        let mut scope = Self::whole();
        for field in Elements(value).only(SEQUENCE)?.inside().all()? {
            match (field.tag, field.content) {
                (0xa0, _) => scope.points = Some(distribution::names(field)?),
                (0x81, [0xff]) => scope.kind = Kind::Users,
                (0x82, [0xff]) => scope.kind = Kind::Authorities,
                _ => return None,
            }
        }
        Some(scope)
    }

    /// Whether a certificate that the list does not name is a good one (RFC 5280, 6.3.3 (b)(2)).
    fn covers(&self, certificate: &Certificate) -> bool {
        let of_its_kind = match self.kind {
            Kind::All => true,
            Kind::Users => !certificate.is_authority,
            Kind::Authorities => certificate.is_authority,
        };
        let of_its_point = self.points.as_ref().is_none_or(|names| {
            let mut names = names.iter();
            names.any(|name| certificate.distribution_points.contains(name))
        });
        of_its_kind && of_its_point
    }
}
