//! CAdES in ASiC-E: a manifest of digests, and a detached CMS signature over the manifest's bytes
//! (ETSI EN 319 162-1 clause 4.4.4, EN 319 122-1).

use x509_parser::oid_registry::asn1_rs::oid;

use crate::algorithms::DigestAlgorithm;
use crate::asn1;
use crate::cms::Cms;
use crate::findings::Finding;
use crate::keys::EcdsaForm;
use crate::signature::{Format, Level, Reference, Unverified};
use crate::time_stamp::Stamped;
use crate::xades::{decoded, refuse};
use crate::xml::{Xml, XmlFault, XmlLimit};

const ASIC: &str = "http://uri.etsi.org/02918/v1.2.1#";
const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const MOST_REFERENCES: usize = 2_000;
const MOST_TIME_STAMPS: usize = 16;

/// A manifest as it was read.
#[derive(Debug)]
pub(crate) struct Manifest<'a> {
    bytes: &'a [u8],
    /// The entry that holds the signature.
    pub(crate) signature: Option<String>,
    references: Option<Vec<Reference>>,
    not_supported: Vec<String>,
    /// Nothing else is known of it.
    pub(crate) is_too_large: bool,
}

impl<'a> Manifest<'a> {
    pub(crate) fn read(bytes: &'a [u8], limit: XmlLimit) -> Self {
        let mut manifest = Self {
            bytes,
            signature: None,
            references: None,
            not_supported: Vec::new(),
            is_too_large: false,
        };
        match std::str::from_utf8(bytes).map(|text| Xml::parse(text, limit)) {
            Ok(Ok(xml)) => manifest.references = manifest.references(&xml),
            Ok(Err(XmlFault::TooLarge)) => manifest.is_too_large = true,
            _ => {}
        }
        manifest
    }

    /// None: not a whole manifest.
    fn references(&mut self, xml: &Xml<'_>) -> Option<Vec<Reference>> {
        let root = xml.root();
        if !xml.is(root, ASIC, "ASiCManifest") {
            return None;
        }
        let signature = xml.only_child(root, ASIC, "SigReference")?;
        self.signature = Some(decoded(xml.attribute(signature, "URI")?)?);
        let mut references = Vec::new();
        for node in xml.children_named(root, ASIC, "DataObjectReference") {
            if references.len() == MOST_REFERENCES {
                return None;
            }
            let method = xml.only_child(node, DS, "DigestMethod")?;
            let method = xml.attribute(method, "Algorithm")?;
            let expected = xml.base64(xml.only_child(node, DS, "DigestValue")?)?;
            let name = decoded(xml.attribute(node, "URI")?)?;
            match DigestAlgorithm::from_uri(method) {
                Some(digest) => references.push(Reference {
                    name,
                    digest,
                    expected,
                    media_type: xml.attribute(node, "MimeType").map(str::to_owned),
                }),
                None => self.not_supported.push(method.to_owned()),
            }
        }
        Some(references)
    }
}

/// The signature `file`, to which no manifest points that could be read: any that is too large may be its own.
pub(crate) fn without_manifest(file: &str, too_large: &[String]) -> Unverified {
    let mut findings = too_large.iter().cloned().map(too_large_manifest);
    let first = findings.next().unwrap_or(Finding::SignatureIncomplete);
    let mut unverified = Unverified::unreadable(file, first);
    unverified.findings.extend(findings);
    unverified
}

pub(crate) fn too_large_manifest(name: String) -> Finding {
    Finding::SignatureManifestTooLarge { name }
}

/// The signature `file` with the manifest that points to it.
pub(crate) fn read(file: &str, content: &[u8], manifest: Manifest<'_>) -> Unverified {
    let mut unverified = Unverified::new(file, Format::Cades, EcdsaForm::Der);
    let Some(cms) = Cms::read(content) else {
        unverified.findings.push(Finding::FormatNotSupported);
        // The digests are told even so: they show what the signature would be over.
        unverified.references = manifest.references.unwrap_or_default();
        return unverified;
    };
    match manifest.references {
        Some(references) => unverified.references = references,
        None => unverified.findings.push(Finding::SignatureIncomplete),
    }
    for algorithm in &manifest.not_supported {
        unverified.not_supported(algorithm);
    }
    for reference in unverified.references.clone() {
        refuse(reference.digest, &mut unverified);
    }
    // Detached by the standard; a copy inside says the same or is something else.
    let is_other = cms.content.is_some_and(|content| content != manifest.bytes);
    if is_other || !cms.tells_content_type() {
        unverified.findings.push(Finding::SignatureIncomplete);
    }
    match cms.digest {
        Some(digest) => {
            refuse(digest, &mut unverified);
            if cms.message_digest() != Some(digest.of(manifest.bytes).as_ref()) {
                unverified.findings.push(Finding::ManifestAltered);
            }
        }
        None => unverified.not_supported("message digest"),
    }
    unverified.named = cms.named();
    match &unverified.named {
        Some(named) => refuse(named.digest, &mut unverified),
        None => unverified.findings.push(Finding::SigningCertificateMissing),
    }
    if cms.algorithm.is_none() {
        unverified.not_supported("CMS signature");
    }
    attributes(&cms, &mut unverified);
    unverified.algorithm = cms.algorithm;
    unverified.value = cms.value.to_vec();
    unverified.message = cms.message;
    unverified.certificates = cms.certificates;
    unverified
}

fn attributes(cms: &Cms<'_>, unverified: &mut Unverified) {
    if let Some(time) = cms.signed(&oid!(1.2.840.113549.1.9.5)) {
        unverified.claimed_time = match time.tag {
            asn1::GENERALIZED_TIME => asn1::moment(time.content),
            asn1::UTC_TIME => asn1::utc_time(time.content),
            _ => None,
        };
    }
    // Clause 6.3 of EN 319 122-1: every level has it.
    if unverified.claimed_time.is_none() {
        unverified.findings.push(Finding::SigningTimeMissing);
    }
    if let Some(policy) = cms.signed(&oid!(1.2.840.113549.1.9.16.2.15)) {
        let identifier = policy.inside().expect(asn1::OBJECT_IDENTIFIER);
        if policy.tag == asn1::SEQUENCE {
            let identifier = identifier.and_then(|oid| asn1::dotted(oid.content));
            unverified
                .findings
                .push(Finding::SignaturePolicyNotAvailable {
                    identifier: identifier.unwrap_or_default(),
                });
        }
    }
    let time_stamp = oid!(1.2.840.113549.1.9.16.2.14);
    for token in cms.unsigned(&time_stamp).take(MOST_TIME_STAMPS) {
        unverified.level = Level::T;
        unverified.time_stamps.push(Stamped {
            token: token.whole.to_vec(),
            over: cms.value.to_vec(),
        });
    }
    if cms.has_revocation_data || cms.has_other_unsigned(&time_stamp) {
        unverified.level = unverified.level.max(Level::Lt);
        unverified.findings.push(Finding::LongTermDataNotEvaluated);
    }
}
