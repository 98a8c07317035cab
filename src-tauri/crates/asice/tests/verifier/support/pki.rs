//! Certificates, revocation lists, OCSP answers and time-stamps for tests.

use chrono::{DateTime, Utc};

use super::at;
use super::der::*;
use super::keys::{Hash, Key};

#[derive(Debug, Clone)]
pub struct Holder {
    pub name: String,
    pub key: Key,
    /// Of what it signs: certificates, lists, answers and tokens.
    pub hash: Hash,
    pub certificate: Vec<u8>,
}

/// What a certificate is to say.
#[derive(Debug, Clone)]
pub struct Request {
    pub name: String,
    pub key: Key,
    pub serial: u64,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub is_authority: bool,
    /// Bits as RFC 5280 counts them.
    pub key_usage: Option<Vec<u8>>,
    /// Critical or not, and purposes.
    pub extended: Option<(bool, Vec<&'static str>)>,
    /// The fields of each DistributionPoint.
    pub distribution_points: Vec<Vec<u8>>,
    pub spki: Option<Vec<u8>>,
}

pub const DIGITAL_SIGNATURE: u8 = 0;
pub const NON_REPUDIATION: u8 = 1;
pub const KEY_ENCIPHERMENT: u8 = 2;
pub const KEY_CERT_SIGN: u8 = 5;
pub const CRL_SIGN: u8 = 6;
pub const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";
pub const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";

impl Request {
    pub fn leaf(name: &str, key: Key, serial: u64) -> Self {
        Self {
            name: name.to_owned(),
            key,
            serial,
            from: at("2024-01-01T00:00:00Z"),
            to: at("2028-01-01T00:00:00Z"),
            is_authority: false,
            key_usage: Some(vec![NON_REPUDIATION]),
            extended: None,
            distribution_points: Vec::new(),
            spki: None,
        }
    }

    pub fn authority(name: &str, key: Key, serial: u64) -> Self {
        Self {
            from: at("2020-01-01T00:00:00Z"),
            to: at("2040-01-01T00:00:00Z"),
            is_authority: true,
            key_usage: Some(vec![KEY_CERT_SIGN, CRL_SIGN]),
            ..Self::leaf(name, key, serial)
        }
    }

    pub fn time_stamper(name: &str, key: Key, serial: u64) -> Self {
        Self {
            key_usage: Some(vec![DIGITAL_SIGNATURE]),
            extended: Some((true, vec![TIME_STAMPING])),
            ..Self::leaf(name, key, serial)
        }
    }

    pub fn self_signed(self) -> Holder {
        let (name, key) = (self.name.clone(), self.key);
        self.signed_by(&name, key, key.hash())
    }

    pub fn issued_by(self, issuer: &Holder) -> Holder {
        self.signed_by(&issuer.name, issuer.key, issuer.hash)
    }

    fn signed_by(self, issuer: &str, key: Key, hash: Hash) -> Holder {
        let mut extensions = Vec::new();
        if self.is_authority {
            let value = sequence(&[&[1, 1, 0xff]]);
            extensions.extend(extension("2.5.29.19", true, &value));
        }
        if let Some(uses) = &self.key_usage {
            let byte = uses.iter().fold(0_u8, |byte, bit| byte | 0x80 >> bit);
            let unused = byte.trailing_zeros() as u8;
            extensions.extend(extension("2.5.29.15", true, &tlv(3, &[unused, byte])));
        }
        if let Some((critical, purposes)) = &self.extended {
            let purposes: Vec<u8> = purposes.iter().flat_map(|purpose| oid(purpose)).collect();
            extensions.extend(extension("2.5.29.37", *critical, &tlv(0x30, &purposes)));
        }
        if !self.distribution_points.is_empty() {
            let points = self.distribution_points.iter();
            let points: Vec<u8> = points.flat_map(|fields| tlv(0x30, fields)).collect();
            extensions.extend(extension("2.5.29.31", false, &tlv(0x30, &points)));
        }
        let extensions = if extensions.is_empty() {
            Vec::new()
        } else {
            explicit(3, &tlv(0x30, &extensions))
        };
        let (algorithm, _) = key.sign_der(hash, b"");
        let body = sequence(&[
            &explicit(0, &number(2)),
            &number(self.serial),
            &algorithm,
            &name(issuer),
            &sequence(&[&utc(self.from), &utc(self.to)]),
            &name(&self.name),
            self.spki.as_ref().unwrap_or(&self.key.spki()),
            &extensions,
        ]);
        let (algorithm, value) = key.sign_der(hash, &body);
        Holder {
            name: self.name,
            key: self.key,
            hash: self.key.hash(),
            certificate: sequence(&[&body, &algorithm, &bits(&value)]),
        }
    }
}

fn extension(kind: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
    sequence(&[&oid(kind), flag, &octets(value)])
}

/// A distributionPoint field by its full name.
pub fn point(uri: &str) -> Vec<u8> {
    explicit(0, &explicit(0, &tlv(0x86, uri.as_bytes())))
}

/// A distributionPoint field by a name relative to the issuer.
pub fn relative_point(common_name: &str) -> Vec<u8> {
    let attribute = sequence(&[&oid("2.5.4.3"), &text(common_name)]);
    explicit(0, &explicit(1, &attribute))
}

/// What a time-stamp token is to say.
#[derive(Debug, Clone)]
pub struct Stamp<'a> {
    pub authority: &'a Holder,
    pub over: Vec<u8>,
    pub time: DateTime<Utc>,
    /// Named in the token instead of the authority's.
    pub named: Option<Vec<u8>>,
    pub with_certificate: bool,
    /// Of the message digest.
    pub hash: Hash,
    pub imprint: Hash,
}

impl<'a> Stamp<'a> {
    pub fn of(authority: &'a Holder, over: &[u8], time: &str) -> Self {
        Self {
            authority,
            over: over.to_vec(),
            time: at(time),
            named: None,
            with_certificate: true,
            hash: authority.key.hash(),
            imprint: Hash::Sha256,
        }
    }

    pub fn token(&self) -> Vec<u8> {
        let imprint = sequence(&[
            &sequence(&[&self.imprint.oid(), &null()]),
            &octets(&self.imprint.of(&self.over)),
        ]);
        let info = sequence(&[
            &number(1),
            &oid("1.2.3.4"),
            &imprint,
            &number(7),
            &generalized(self.time),
            // A nonce of 20 bytes, as some authorities send it.
            &integer(&[0x5a; 20]),
        ]);
        signed_data_by(
            self.hash,
            Some(&signing_time()),
            self.authority,
            "1.2.840.113549.1.9.16.1.4",
            &info,
            true,
            self.named.as_ref().unwrap_or(&self.authority.certificate),
            self.with_certificate,
            &[],
        )
    }
}

fn signing_time() -> Vec<u8> {
    utc(at("2026-06-01T12:00:00Z"))
}

/// CMS SignedData with contentType, messageDigest, signing-certificate-v2 and signing-time.
pub fn signed_data(
    signer: &Holder,
    content_type: &str,
    content: &[u8],
    is_inside: bool,
    named: &[u8],
    with_certificate: bool,
    unsigned: &[(&str, Vec<u8>)],
) -> Vec<u8> {
    signed_data_at(
        Some(&signing_time()),
        signer,
        content_type,
        content,
        is_inside,
        named,
        with_certificate,
        unsigned,
    )
}

/// The same with another signing-time, as DER, or without.
#[allow(clippy::too_many_arguments, reason = "all of a message")]
pub fn signed_data_at(
    signing_time: Option<&[u8]>,
    signer: &Holder,
    content_type: &str,
    content: &[u8],
    is_inside: bool,
    named: &[u8],
    with_certificate: bool,
    unsigned: &[(&str, Vec<u8>)],
) -> Vec<u8> {
    signed_data_by(
        signer.key.hash(),
        signing_time,
        signer,
        content_type,
        content,
        is_inside,
        named,
        with_certificate,
        unsigned,
    )
}

#[allow(clippy::too_many_arguments, reason = "all of a message")]
fn signed_data_by(
    hash: Hash,
    signing_time: Option<&[u8]>,
    signer: &Holder,
    content_type: &str,
    content: &[u8],
    is_inside: bool,
    named: &[u8],
    with_certificate: bool,
    unsigned: &[(&str, Vec<u8>)],
) -> Vec<u8> {
    let attribute = |kind: &str, value: &[u8]| sequence(&[&oid(kind), &set(&[value])]);
    let essential = sequence(&[&sequence(&[&sequence(&[&octets(&Hash::Sha256.of(named))])])]);
    let time = signing_time.map(|time| attribute("1.2.840.113549.1.9.5", time));
    let content_type_told = attribute("1.2.840.113549.1.9.3", &oid(content_type));
    let digest_told = attribute("1.2.840.113549.1.9.4", &octets(&hash.of(content)));
    let named_told = attribute("1.2.840.113549.1.9.16.2.47", &essential);
    let mut told = vec![&content_type_told[..], &digest_told, &named_told];
    told.extend(time.as_deref());
    let attributes = set(&told);
    let (algorithm, value) = signer.key.sign_der(signer.hash, &attributes);
    let mut signed = attributes.clone();
    signed[0] = 0xa0;
    let digest = sequence(&[&hash.oid(), &null()]);
    let added: Vec<u8> = unsigned
        .iter()
        .flat_map(|(kind, value)| attribute(kind, value))
        .collect();
    let added = if added.is_empty() {
        added
    } else {
        explicit(1, &added)
    };
    let signer_info = sequence(&[
        &number(1),
        &sequence(&[&name("issuer"), &number(1)]),
        &digest,
        &signed,
        &algorithm,
        &octets(&value),
        &added,
    ]);
    let encapsulated = if is_inside {
        explicit(0, &octets(content))
    } else {
        Vec::new()
    };
    let certificates = if with_certificate {
        explicit(0, &signer.certificate)
    } else {
        Vec::new()
    };
    let data = sequence(&[
        &number(3),
        &set(&[&digest]),
        &sequence(&[&oid(content_type), &encapsulated]),
        &certificates,
        &set(&[&signer_info]),
    ]);
    sequence(&[&oid("1.2.840.113549.1.7.2"), &explicit(0, &data)])
}

#[derive(Debug, Clone, Copy)]
pub enum Status {
    Good,
    Revoked(&'static str),
    Unknown,
}

/// An OCSPResponse on one serial number, signed by the responder.
pub fn ocsp(
    issuer: &Holder,
    responder: &Holder,
    serial: u64,
    status: Status,
    as_of: &str,
    until: Option<&str>,
) -> Vec<u8> {
    let id = sequence(&[
        &sequence(&[&Hash::Sha1.oid(), &null()]),
        &octets(&Hash::Sha1.of(&name(&issuer.name))),
        &octets(&Hash::Sha1.of(&issuer.key.public())),
        &number(serial),
    ]);
    let status = match status {
        Status::Good => vec![0x80, 0],
        Status::Revoked(time) => tlv(0xa1, &generalized(at(time))),
        Status::Unknown => vec![0x82, 0],
    };
    let until = until.map_or(Vec::new(), |until| explicit(0, &generalized(at(until))));
    let single = sequence(&[&id, &status, &generalized(at(as_of)), &until]);
    let body = sequence(&[
        &explicit(1, &name(&responder.name)),
        &generalized(at(as_of)),
        &sequence(&[&single]),
    ]);
    let (algorithm, value) = responder.key.sign_der(responder.hash, &body);
    let certificates = explicit(0, &sequence(&[&responder.certificate]));
    let basic = sequence(&[&body, &algorithm, &bits(&value), &certificates]);
    sequence(&[
        &tlv(0x0a, &[0]),
        &explicit(
            0,
            &sequence(&[&oid("1.3.6.1.5.5.7.48.1.1"), &octets(&basic)]),
        ),
    ])
}

/// A revocation list with the serial numbers and when they were revoked.
pub fn crl(issuer: &Holder, revoked: &[(u64, &str)], as_of: &str, until: &str) -> Vec<u8> {
    crl_of(None, issuer, revoked, as_of, until)
}

/// The same with an IssuingDistributionPoint of those fields.
pub fn crl_of(
    issuing: Option<&[u8]>,
    issuer: &Holder,
    revoked: &[(u64, &str)],
    as_of: &str,
    until: &str,
) -> Vec<u8> {
    let entries: Vec<u8> = revoked
        .iter()
        .flat_map(|(serial, time)| sequence(&[&number(*serial), &utc(at(time))]))
        .collect();
    let entries = if entries.is_empty() {
        entries
    } else {
        tlv(0x30, &entries)
    };
    let extensions = issuing.map_or(Vec::new(), |fields| {
        let issuing = extension("2.5.29.28", true, &tlv(0x30, fields));
        explicit(0, &tlv(0x30, &issuing))
    });
    let (algorithm, _) = issuer.key.sign_der(issuer.hash, b"");
    let body = sequence(&[
        &number(1),
        &algorithm,
        &name(&issuer.name),
        &utc(at(as_of)),
        &utc(at(until)),
        &entries,
        &extensions,
    ]);
    let (algorithm, value) = issuer.key.sign_der(issuer.hash, &body);
    sequence(&[&body, &algorithm, &bits(&value)])
}
