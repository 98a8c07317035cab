//! QualifyingProperties: what is signed of the signer and the time, and what was added later.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uppsala::NodeId;

use super::references::refuse;
use super::{DS, MOST_CERTIFICATES, XADES, XADES_141};
use crate::algorithms::DigestAlgorithm;
use crate::asn1::{Elements, SEQUENCE};
use crate::certificate::Certificate;
use crate::findings::Finding;
use crate::naming::Named;
use crate::signature::{Level, Unverified};
use crate::time_stamp::Stamped;
use crate::xml::{Canonical, Xml};

const MOST_TIME_STAMPS: usize = 16;
const MOST_VALUES: usize = 64;

/// This signature's own properties.
#[derive(Debug, Clone, Copy)]
pub(super) struct Properties {
    qualifying: NodeId,
    pub(super) signed: NodeId,
}

/// Some(None): there are none that could be used, and the findings say why.
pub(super) fn find(
    xml: &Xml<'_>,
    signature: NodeId,
    unverified: &mut Unverified,
) -> Option<Option<Properties>> {
    let mut against = |finding| {
        unverified.findings.push(finding);
        Some(None)
    };
    let objects = xml.children_named(signature, DS, "Object");
    let qualifying: Vec<NodeId> = objects
        .flat_map(|object| xml.children_named(object, XADES, "QualifyingProperties"))
        .collect();
    let [qualifying] = *qualifying else {
        return against(if qualifying.is_empty() {
            Finding::QualifyingPropertiesMissing
        } else {
            Finding::SeveralSignedProperties
        });
    };
    let mut signed = xml.children_named(qualifying, XADES, "SignedProperties");
    let Some(first) = signed.next() else {
        return against(Finding::QualifyingPropertiesMissing);
    };
    if signed.next().is_some() {
        return against(Finding::SeveralSignedProperties);
    }
    let target = xml
        .attribute(qualifying, "Target")
        .and_then(|target| target.strip_prefix('#'));
    if target.is_none() || target != xml.attribute(signature, "Id") {
        return against(Finding::TargetDiffers);
    }
    Some(Some(Properties {
        qualifying,
        signed: first,
    }))
}

impl Properties {
    /// By the Id of the reference they speak of.
    pub(super) fn media_types(&self, xml: &Xml<'_>) -> HashMap<String, String> {
        let Some(objects) = xml.child(self.signed, XADES, "SignedDataObjectProperties") else {
            return HashMap::new();
        };
        xml.children_named(objects, XADES, "DataObjectFormat")
            .filter_map(|format| {
                let reference = xml.attribute(format, "ObjectReference")?;
                let media_type = xml.child(format, XADES, "MimeType")?;
                let id = reference.strip_prefix('#')?.to_owned();
                Some((id, xml.text(media_type).trim().to_owned()))
            })
            .collect()
    }
}

pub(super) fn signed(xml: &Xml<'_>, properties: Properties, unverified: &mut Unverified) {
    let Some(signer) = xml.only_child(properties.signed, XADES, "SignedSignatureProperties") else {
        unverified.findings.push(Finding::SigningTimeMissing);
        unverified.findings.push(Finding::SigningCertificateMissing);
        return;
    };
    unverified.claimed_time = xml
        .only_child(signer, XADES, "SigningTime")
        .and_then(|time| moment(&xml.text(time)));
    if unverified.claimed_time.is_none() {
        unverified.findings.push(Finding::SigningTimeMissing);
    }
    unverified.named = named(xml, signer, unverified);
    if unverified.named.is_none() {
        unverified.findings.push(Finding::SigningCertificateMissing);
    }
    if let Some(policy) = xml.child(signer, XADES, "SignaturePolicyIdentifier")
        && let Some(id) = xml.child(policy, XADES, "SignaturePolicyId")
    {
        let identifier = xml
            .child(id, XADES, "SigPolicyId")
            .and_then(|id| xml.child(id, XADES, "Identifier"))
            .map(|identifier| xml.text(identifier).trim().to_owned())
            .unwrap_or_default();
        unverified
            .findings
            .push(Finding::SignaturePolicyNotAvailable { identifier });
    }
    let texts = |parents: [&str; 2], name: &str| -> Vec<String> {
        let nodes = parents
            .iter()
            .filter_map(|parent| xml.child(signer, XADES, parent))
            .flat_map(|parent| xml.below(parent));
        nodes
            .filter(|&node| name.is_empty() || xml.is(node, XADES, name))
            .map(|node| xml.text(node).trim().to_owned())
            .filter(|text| !text.is_empty())
            .take(MOST_VALUES)
            .collect()
    };
    unverified.roles = texts(["SignerRole", "SignerRoleV2"], "ClaimedRole");
    unverified.place = texts(
        ["SignatureProductionPlace", "SignatureProductionPlaceV2"],
        "",
    );
    if let Some(objects) = xml.child(properties.signed, XADES, "SignedDataObjectProperties") {
        let stamps = ["AllDataObjectsTimeStamp", "IndividualDataObjectsTimeStamp"];
        let count = stamps
            .iter()
            .map(|name| xml.children_named(objects, XADES, name).count())
            .sum();
        if count > 0 {
            unverified
                .findings
                .push(Finding::ContentTimeStampNotEvaluated { count });
        }
    }
}

/// The first certificate named: in the second version that is the signer's by definition.
fn named(xml: &Xml<'_>, signer: NodeId, unverified: &mut Unverified) -> Option<Named> {
    let second = xml.only_child(signer, XADES, "SigningCertificateV2");
    let list = second.or_else(|| xml.only_child(signer, XADES, "SigningCertificate"))?;
    let certificate = xml.child(list, XADES, "Cert")?;
    let digest = xml.only_child(certificate, XADES, "CertDigest")?;
    let method = xml.only_child(digest, DS, "DigestMethod")?;
    let method = DigestAlgorithm::from_uri(xml.attribute(method, "Algorithm")?)?;
    let value = xml.base64(xml.only_child(digest, DS, "DigestValue")?)?;
    refuse(method, unverified);
    let mut named = Named::new(method, value);
    if let Some(issuer_serial) = xml.child(certificate, XADES, "IssuerSerialV2") {
        let der = xml.base64(issuer_serial)?;
        named.issuer_serial(Elements(&der).only(SEQUENCE)?)?;
    } else if let Some(issuer_serial) = xml.child(certificate, XADES, "IssuerSerial") {
        let serial = xml.child(issuer_serial, DS, "X509SerialNumber")?;
        named.decimal_serial(&xml.text(serial));
    }
    Some(named)
}

pub(super) fn unsigned(
    xml: &Xml<'_>,
    properties: Properties,
    value: NodeId,
    unverified: &mut Unverified,
) {
    let added = xml
        .child(properties.qualifying, XADES, "UnsignedProperties")
        .and_then(|unsigned| xml.child(unsigned, XADES, "UnsignedSignatureProperties"));
    let Some(added) = added else {
        return;
    };
    let mut stamped = 0;
    for stamp in xml.children_named(added, XADES, "SignatureTimeStamp") {
        let method = xml.child(stamp, DS, "CanonicalizationMethod");
        let canonical = method.map_or_else(
            || Some(Canonical::inclusive()),
            |method| xml.canonicalisation(method),
        );
        for token in xml.children_named(stamp, XADES, "EncapsulatedTimeStamp") {
            stamped += 1;
            if stamped > MOST_TIME_STAMPS {
                break;
            }
            let mut over = Vec::new();
            let written = canonical
                .as_ref()
                .and_then(|canonical| xml.canonicalise(value, canonical, &mut over));
            let token = written.and_then(|()| xml.base64(token)).unwrap_or_default();
            unverified.time_stamps.push(Stamped { token, over });
        }
    }
    let values = |name| {
        let nodes = xml.below(added).into_iter();
        nodes
            .filter(move |&node| xml.is(node, XADES, name))
            .take(MOST_VALUES)
            .filter_map(|node| xml.base64(node))
    };
    unverified.certificates.extend(
        values("EncapsulatedX509Certificate")
            .take(MOST_CERTIFICATES)
            .filter_map(Certificate::parse),
    );
    unverified.ocsp_answers = values("EncapsulatedOCSPValue").collect();
    unverified.revocation_lists = values("EncapsulatedCRLValue").collect();

    let count = |space, name| xml.children_named(added, space, name).count();
    let archive = count(XADES, "ArchiveTimeStamp") + count(XADES_141, "ArchiveTimeStamp");
    let counter = count(XADES, "CounterSignature");
    if archive > 0 {
        unverified
            .findings
            .push(Finding::ArchiveTimeStampNotEvaluated { count: archive });
    }
    if counter > 0 {
        unverified
            .findings
            .push(Finding::CounterSignaturesNotEvaluated { count: counter });
    }
    let has_values = !unverified.ocsp_answers.is_empty() || !unverified.revocation_lists.is_empty();
    unverified.level = match (stamped > 0, has_values, archive > 0) {
        (true, true, true) => Level::Lta,
        (true, true, false) => Level::Lt,
        (true, false, _) => Level::T,
        (false, ..) => Level::B,
    };
}

/// An xs:dateTime; one without zone is taken for UTC.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let zoned = DateTime::parse_from_rfc3339(text).map(|time| time.with_timezone(&Utc));
    zoned
        .or_else(|_| {
            text.parse::<chrono::NaiveDateTime>()
                .map(|time| time.and_utc())
        })
        .ok()
}
