//! One X.509 certificate, read once.

use chrono::{DateTime, Utc};
use serde::Serialize;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::ParsedExtension;
use x509_parser::oid_registry::asn1_rs::oid;
use x509_parser::prelude::FromDer;

use crate::algorithms::sha256_hex;
use crate::asn1;
use crate::distribution;
use crate::keys::{KeyKind, PublicKey};

const LONGEST: usize = 64 * 1024;

/// What a person wants to see of a certificate. Names are as the certificate gives them: text to show, not to trust.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateReport {
    /// Distinguished name, most general part first.
    pub subject: String,
    pub common_name: Option<String>,
    pub organisation: Option<String>,
    pub issuer: String,
    pub issuer_common_name: Option<String>,
    /// Hexadecimal, without leading zeros.
    pub serial: String,
    pub not_before: DateTime<Utc>,
    pub not_after: DateTime<Utc>,
    pub key: KeyKind,
    /// Empty when the certificate does not limit it.
    pub key_usage: Vec<KeyUse>,
    /// Object identifiers.
    pub extended_key_usage: Vec<String>,
    pub is_authority: bool,
    /// QCStatements (ETSI EN 319 412-5): what the certificate states, checked against no trusted list.
    pub states_qualified: bool,
    pub states_secure_device: bool,
    /// Of the DER, hexadecimal.
    pub sha256: String,
    /// The certificate itself, for whoever wants to save it.
    #[serde(skip)]
    pub der: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum KeyUse {
    DigitalSignature,
    NonRepudiation,
    KeyEncipherment,
    DataEncipherment,
    KeyAgreement,
    KeyCertSign,
    CrlSign,
}

#[derive(Debug, Clone)]
pub(crate) struct Certificate {
    pub(crate) der: Vec<u8>,
    /// DER of the names.
    pub(crate) subject: Vec<u8>,
    pub(crate) issuer: Vec<u8>,
    pub(crate) key: PublicKey,
    /// Content of the INTEGER.
    pub(crate) serial: Vec<u8>,
    pub(crate) serial_decimal: String,
    pub(crate) not_before: DateTime<Utc>,
    pub(crate) not_after: DateTime<Utc>,
    pub(crate) key_usage: Option<Vec<KeyUse>>,
    pub(crate) extended: Option<Extended>,
    pub(crate) is_authority: bool,
    /// DER of the names under which its issuer publishes lists about it.
    pub(crate) distribution_points: Vec<Vec<u8>>,
    names: Names,
    qualified: bool,
    secure_device: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Extended {
    pub(crate) critical: bool,
    pub(crate) purposes: Vec<String>,
}

pub(crate) const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";
pub(crate) const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";

#[derive(Debug, Clone)]
struct Names {
    subject: String,
    common_name: Option<String>,
    organisation: Option<String>,
    issuer: String,
    issuer_common_name: Option<String>,
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Certificate {
    /// None: not one whole certificate.
    pub(crate) fn parse(der: Vec<u8>) -> Option<Self> {
        if der.len() > LONGEST {
            return None;
        }
        let (rest, read) = X509Certificate::from_der(&der).ok()?;
        if !rest.is_empty() {
            return None;
        }
        let moment =
            |time: x509_parser::time::ASN1Time| DateTime::from_timestamp(time.timestamp(), 0);
        let (mut key_usage, mut extended, mut is_authority) = (None, None, false);
        let (mut qualified, mut secure_device) = (false, false);
        let mut distribution_points = Vec::new();
        for extension in read.extensions() {
            match extension.parsed_extension() {
                ParsedExtension::KeyUsage(usage) => key_usage = Some(uses(usage.flags)),
                ParsedExtension::BasicConstraints(basic) => is_authority = basic.ca,
                ParsedExtension::ExtendedKeyUsage(_) => {
                    extended = Some(Extended {
                        critical: extension.critical,
                        purposes: asn1::object_identifiers(extension.value)?,
                    });
                }
                _ if extension.oid == oid!(2.5.29.31) => {
                    distribution_points = distribution::points(extension.value).unwrap_or_default();
                }
                _ if extension.oid == oid!(1.3.6.1.5.5.7.1.3) => {
                    qualified = contains(extension.value, oid!(0.4.0.1862.1.1).as_bytes());
                    secure_device = contains(extension.value, oid!(0.4.0.1862.1.4).as_bytes());
                }
                _ => {}
            }
        }
        Some(Self {
            subject: read.subject().as_raw().to_vec(),
            issuer: read.issuer().as_raw().to_vec(),
            key: PublicKey::from_spki(read.public_key()),
            serial: read.raw_serial().to_vec(),
            serial_decimal: read.tbs_certificate.serial.to_string(),
            not_before: moment(read.validity().not_before)?,
            not_after: moment(read.validity().not_after)?,
            key_usage,
            extended,
            is_authority,
            distribution_points,
            names: Names {
                subject: shown(&read.subject().to_string()),
                common_name: first(read.subject().iter_common_name()),
                organisation: first(read.subject().iter_organization()),
                issuer: shown(&read.issuer().to_string()),
                issuer_common_name: first(read.issuer().iter_common_name()),
            },
            qualified,
            secure_device,
            der: der.clone(),
        })
    }

    pub(crate) fn is_valid_at(&self, moment: DateTime<Utc>) -> bool {
        self.not_before <= moment && moment <= self.not_after
    }

    pub(crate) fn has_purpose(&self, purpose: &str) -> bool {
        let purposes = self.extended.iter().flat_map(|extended| &extended.purposes);
        purposes.into_iter().any(|known| known == purpose)
    }

    /// Whether its key may sign data, as far as the certificate says.
    pub(crate) fn may_sign(&self) -> bool {
        self.key_usage.as_ref().is_none_or(|uses| {
            uses.contains(&KeyUse::DigitalSignature) || uses.contains(&KeyUse::NonRepudiation)
        })
    }

    pub(crate) fn report(&self) -> CertificateReport {
        CertificateReport {
            subject: self.names.subject.clone(),
            common_name: self.names.common_name.clone(),
            organisation: self.names.organisation.clone(),
            issuer: self.names.issuer.clone(),
            issuer_common_name: self.names.issuer_common_name.clone(),
            serial: serial(&self.serial),
            not_before: self.not_before,
            not_after: self.not_after,
            key: self.key.kind,
            key_usage: self.key_usage.clone().unwrap_or_default(),
            extended_key_usage: self
                .extended
                .as_ref()
                .map(|extended| extended.purposes.clone())
                .unwrap_or_default(),
            is_authority: self.is_authority,
            states_qualified: self.qualified,
            states_secure_device: self.secure_device,
            sha256: sha256_hex(&self.der),
            der: self.der.clone(),
        }
    }
}

fn serial(content: &[u8]) -> String {
    let text = hex::encode(content);
    match text.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn first<'a>(
    mut values: impl Iterator<Item = &'a x509_parser::x509::AttributeTypeAndValue<'a>>,
) -> Option<String> {
    values.next()?.as_str().ok().map(shown)
}

/// Without characters that could move what stands beside them.
fn shown(text: &str) -> String {
    let turns = |character: char| matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|character| match character {
            _ if character.is_control() || turns(character) => '\u{fffd}',
            _ => character,
        })
        .collect()
}

fn uses(flags: u16) -> Vec<KeyUse> {
    [
        KeyUse::DigitalSignature,
        KeyUse::NonRepudiation,
        KeyUse::KeyEncipherment,
        KeyUse::DataEncipherment,
        KeyUse::KeyAgreement,
        KeyUse::KeyCertSign,
        KeyUse::CrlSign,
    ]
    .into_iter()
    .enumerate()
    .filter(|(bit, _)| flags >> bit & 1 == 1)
    .map(|(_, key_use)| key_use)
    .collect()
}
