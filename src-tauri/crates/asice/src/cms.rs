//! CMS SignedData (RFC 5652) with one signer, as CAdES and time-stamp tokens use it.

use x509_parser::der_parser::Oid;
use x509_parser::oid_registry::asn1_rs::oid;

use crate::algorithms::{DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::{
    self, Element, Elements, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, context,
};
use crate::certificate::Certificate;
use crate::naming::Named;
use crate::signed;

/// Certificates of one message that are considered.
const MOST: usize = 64;

#[derive(Debug)]
pub(crate) struct Cms<'a> {
    /// Content of the OBJECT IDENTIFIER.
    pub(crate) content_type: &'a [u8],
    /// None: detached.
    pub(crate) content: Option<&'a [u8]>,
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) has_revocation_data: bool,
    pub(crate) digest: Option<DigestAlgorithm>,
    pub(crate) algorithm: Option<SignatureAlgorithm>,
    pub(crate) value: &'a [u8],
    signed: Vec<Attribute<'a>>,
    unsigned: Vec<Attribute<'a>>,
    /// The signed attributes as they were hashed: a SET OF.
    pub(crate) message: Vec<u8>,
}

#[derive(Debug)]
struct Attribute<'a> {
    kind: Element<'a>,
    values: Vec<Element<'a>>,
}

impl<'a> Cms<'a> {
    /// None: not SignedData in DER with exactly one signer and signed attributes.
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        let mut info = Elements(der).only(SEQUENCE)?.inside();
        if !info
            .expect(OBJECT_IDENTIFIER)?
            .is_oid(&oid!(1.2.840.113549.1.7.2))
        {
            return None;
        }
        let mut data = info.expect(context(0))?.inside().only(SEQUENCE)?.inside();
        data.expect(INTEGER)?;
        data.expect(SET)?;
        let mut encapsulated = data.expect(SEQUENCE)?.inside();
        let content_type = encapsulated.expect(OBJECT_IDENTIFIER)?.content;
        let content = match encapsulated.optional(context(0)) {
            Some(wrapped) => Some(wrapped.inside().only(OCTET_STRING)?.content),
            None => None,
        };
        let certificates = match data.optional(context(0)) {
            Some(set) => set.inside().all()?,
            None => Vec::new(),
        };
        let has_revocation_data = data.optional(context(1)).is_some();
        let mut signer = data.expect(SET)?.inside().only(SEQUENCE)?.inside();
        signer.expect(INTEGER)?;
        // The signer is told by the signed certificate attribute; this one anybody can rewrite.
        signer.any()?;
        let (digest, _) = asn1::algorithm(signer.expect(SEQUENCE)?)?;
        let digest = DigestAlgorithm::from_oid(digest);
        let attributes = signer.expect(context(0))?;
        let mut message = attributes.whole.to_vec();
        if let Some(tag) = message.first_mut() {
            *tag = SET;
        }
        let algorithm = signed::algorithm(signer.expect(SEQUENCE)?, digest);
        let value = signer.expect(OCTET_STRING)?.content;
        let unsigned = match signer.optional(context(1)) {
            Some(set) => read_attributes(set)?,
            None => Vec::new(),
        };
        Some(Self {
            content_type,
            content,
            certificates: certificates
                .into_iter()
                .take(MOST)
                .filter_map(|certificate| Certificate::parse(certificate.whole.to_vec()))
                .collect(),
            has_revocation_data,
            digest,
            algorithm,
            value,
            signed: read_attributes(attributes)?,
            unsigned,
            message,
        })
    }

    /// The only value of a signed attribute that stands once.
    pub(crate) fn signed(&self, kind: &Oid<'_>) -> Option<Element<'a>> {
        let mut found = self.signed.iter().filter(|known| known.kind.is_oid(kind));
        let attribute = found.next()?;
        match (found.next(), attribute.values.as_slice()) {
            (None, [value]) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn unsigned(&self, kind: &Oid<'_>) -> impl Iterator<Item = Element<'a>> {
        self.unsigned
            .iter()
            .filter(move |known| known.kind.is_oid(kind))
            .flat_map(|attribute| attribute.values.iter().copied())
    }

    /// Whether there is an unsigned attribute of another kind.
    pub(crate) fn has_other_unsigned(&self, kind: &Oid<'_>) -> bool {
        self.unsigned.iter().any(|known| !known.kind.is_oid(kind))
    }

    /// The messageDigest attribute.
    pub(crate) fn message_digest(&self) -> Option<&'a [u8]> {
        let value = self.signed(&oid!(1.2.840.113549.1.9.4))?;
        (value.tag == OCTET_STRING).then_some(value.content)
    }

    /// Whether the contentType attribute says what the content is.
    pub(crate) fn tells_content_type(&self) -> bool {
        self.signed(&oid!(1.2.840.113549.1.9.3))
            .is_some_and(|value| value.content == self.content_type)
    }

    /// The certificate named by signing-certificate-v2, or by its first version.
    pub(crate) fn named(&self) -> Option<Named> {
        let second = self.signed(&oid!(1.2.840.113549.1.9.16.2.47));
        let value = second.or_else(|| self.signed(&oid!(1.2.840.113549.1.9.16.2.12)))?;
        let mut fields = value
            .inside()
            .expect(SEQUENCE)?
            .inside()
            .expect(SEQUENCE)?
            .inside();
        let digest = match fields.optional(SEQUENCE) {
            Some(method) => DigestAlgorithm::from_oid(asn1::algorithm(method)?.0)?,
            None if second.is_some() => DigestAlgorithm::Sha256,
            None => DigestAlgorithm::Sha1,
        };
        let hash = fields.expect(OCTET_STRING)?.content.to_vec();
        let mut named = Named::new(digest, hash);
        if let Some(issuer_serial) = fields.optional(SEQUENCE) {
            named.issuer_serial(issuer_serial)?;
        }
        Some(named)
    }
}

fn read_attributes(set: Element<'_>) -> Option<Vec<Attribute<'_>>> {
    set.inside()
        .all()?
        .into_iter()
        .map(|attribute| {
            let mut fields = attribute.inside();
            Some(Attribute {
                kind: fields.expect(OBJECT_IDENTIFIER)?,
                values: fields.only(SET)?.inside().all()?,
            })
        })
        .collect()
}
