//! The references of one SignedInfo: files of the container, and the signature's own properties.

use std::collections::HashMap;

use uppsala::NodeId;

use super::DS;
use super::properties::Properties;
use crate::algorithms::DigestAlgorithm;
use crate::findings::Finding;
use crate::signature::{Reference, Unverified};
use crate::xml::{Canonical, Xml};

const SIGNED_PROPERTIES: &str = "http://uri.etsi.org/01903#SignedProperties";
const MOST: usize = 2_000;

/// None: a reference is not whole, or there are too many.
pub(super) fn read(
    xml: &Xml<'_>,
    info: NodeId,
    properties: Option<Properties>,
    unverified: &mut Unverified,
) -> Option<()> {
    let media_types =
        properties.map_or_else(HashMap::new, |properties| properties.media_types(xml));
    let mut own = 0;
    for (index, node) in xml.children_named(info, DS, "Reference").enumerate() {
        if index == MOST {
            return None;
        }
        let uri = xml.attribute(node, "URI");
        let method = xml.only_child(node, DS, "DigestMethod")?;
        let method = xml.attribute(method, "Algorithm")?;
        let expected = xml.base64(xml.only_child(node, DS, "DigestValue")?)?;
        let Some(digest) = DigestAlgorithm::from_uri(method) else {
            unverified.not_supported(method);
            continue;
        };
        refuse(digest, unverified);
        let is_own = xml.attribute(node, "Type") == Some(SIGNED_PROPERTIES);
        match (is_own, uri) {
            (true, Some(uri)) => {
                own += 1;
                // One too many is found wanting below; writing megabytes anew for each of thousands would take hours.
                if own > 1 {
                    continue;
                }
                let same = own_properties(xml, node, uri, properties, digest, unverified);
                if same.is_some_and(|actual| actual != expected) {
                    unverified.findings.push(Finding::SignedPropertiesAltered);
                }
            }
            (false, Some(uri)) if !uri.is_empty() && !uri.contains('#') => {
                let Some(name) = decoded(uri) else {
                    unverified.findings.push(Finding::ReferenceNotSupported {
                        uri: uri.to_owned(),
                    });
                    continue;
                };
                if xml.child(node, DS, "Transforms").is_some() {
                    unverified.findings.push(Finding::TransformNotAllowed {
                        uri: uri.to_owned(),
                    });
                    continue;
                }
                let id = xml.attribute(node, "Id").unwrap_or_default();
                unverified.references.push(Reference {
                    name,
                    digest,
                    expected,
                    media_type: media_types.get(id).cloned(),
                });
            }
            (_, uri) => unverified.findings.push(Finding::ReferenceNotSupported {
                uri: uri.unwrap_or_default().to_owned(),
            }),
        }
    }
    if properties.is_some() && own != 1 {
        unverified
            .findings
            .push(Finding::SignedPropertiesNotReferenced);
    }
    Some(())
}

pub(crate) fn refuse(digest: DigestAlgorithm, unverified: &mut Unverified) {
    let finding = Finding::AlgorithmRefused {
        algorithm: "sha1".to_owned(),
    };
    if digest.is_refused() && !unverified.findings.contains(&finding) {
        unverified.findings.push(finding);
    }
}

/// The digest of this signature's own SignedProperties. None: already found wanting.
fn own_properties(
    xml: &Xml<'_>,
    reference: NodeId,
    uri: &str,
    properties: Option<Properties>,
    digest: DigestAlgorithm,
    unverified: &mut Unverified,
) -> Option<Vec<u8>> {
    let signed = properties?.signed;
    if uri.strip_prefix('#').and_then(|id| xml.by_id(id)) != Some(signed) {
        unverified
            .findings
            .push(Finding::SignedPropertiesNotReferenced);
        return None;
    }
    let mut bytes = Vec::new();
    let written = transform(xml, reference)
        .and_then(|canonical| xml.canonicalise(signed, &canonical, &mut bytes));
    if written.is_none() {
        unverified.findings.push(Finding::TransformNotAllowed {
            uri: uri.to_owned(),
        });
        return None;
    }
    Some(digest.of(&bytes).as_ref().to_vec())
}

/// At most one, and that a canonicalisation.
fn transform(xml: &Xml<'_>, reference: NodeId) -> Option<Canonical> {
    if xml.child(reference, DS, "Transforms").is_none() {
        return Some(Canonical::inclusive());
    }
    let transforms = xml.only_child(reference, DS, "Transforms")?;
    xml.canonicalisation(xml.only_child(transforms, DS, "Transform")?)
}

/// A percent-encoded path as UTF-8; `+` is a plus, and nothing is normalised.
pub(crate) fn decoded(uri: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(uri.len());
    let mut rest = uri.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            bytes.extend(hex::decode(digits).ok()?);
            rest = after;
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_is_decoded_once_and_only_its_escapes() {
        assert_eq!(decoded("a%20b%C3%A9+c").as_deref(), Some("a b\u{e9}+c"));
        assert_eq!(decoded("100%2525").as_deref(), Some("100%25"));
        assert_eq!(decoded("%e9"), None);
        assert_eq!(decoded("a%2"), None);
        assert_eq!(decoded("a%zz"), None);
    }
}
