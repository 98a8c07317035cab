//! XAdES (ETSI EN 319 132-1): a signature file taken apart.

mod properties;
mod references;

pub(crate) use references::{decoded, refuse};

use uppsala::NodeId;

use crate::algorithms::SignatureAlgorithm;
use crate::bounds::Bounds;
use crate::certificate::Certificate;
use crate::findings::Finding;
use crate::keys::EcdsaForm;
use crate::signature::{Format, Unverified};
use crate::watching::{Watch, Work};
use crate::xml::{Xml, XmlFault, XmlLimit};

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
const XADES_141: &str = "http://uri.etsi.org/01903/v1.4.1#";
const ROOTS: [(&str, &str); 3] = [
    ("http://uri.etsi.org/02918/v1.2.1#", "XAdESSignatures"),
    (
        "urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0",
        "document-signatures",
    ),
    (
        "urn:oasis:names:tc:opendocument:xmlns:container",
        "signatures",
    ),
];
const MOST_SIGNATURES: usize = 100;
const MOST_CERTIFICATES: usize = 64;

/// Every signature of one file, as far as `bounds` go; one unreadable signature for a file that is not what its name
/// says.
pub(crate) fn read<W: Watch>(
    file: &str,
    content: &[u8],
    limit: XmlLimit,
    bounds: &mut Bounds,
    work: &mut Work<W>,
) -> Result<Vec<Unverified>, W::Stop> {
    let unreadable = |finding| Ok(vec![Unverified::unreadable(file, finding)]);
    let Ok(text) = std::str::from_utf8(content) else {
        return unreadable(Finding::SignatureFileUnreadable);
    };
    let xml = match Xml::parse(text, limit) {
        Ok(xml) => xml,
        Err(XmlFault::DuplicateId) => return unreadable(Finding::DuplicateId),
        Err(XmlFault::TooLarge) => return unreadable(Finding::SignatureFileTooLarge),
        Err(XmlFault::Malformed) => return unreadable(Finding::SignatureFileUnreadable),
    };
    let root = xml.root();
    let known = ROOTS.iter().any(|(space, name)| xml.is(root, space, name));
    // Some writers leave out the root that ASiC wants around a single signature.
    let is_bare = xml.is(root, DS, "Signature");
    let nodes: Vec<NodeId> = if is_bare {
        vec![root]
    } else {
        xml.children_named(root, DS, "Signature").collect()
    };
    if !(known || is_bare) || nodes.is_empty() {
        return unreadable(Finding::SignatureFileWithoutSignature);
    }
    if nodes.len() > MOST_SIGNATURES {
        return unreadable(Finding::TooManySignatures);
    }
    let mut signatures = Vec::new();
    for node in nodes {
        work.ask()?;
        let mut unverified = Unverified::new(file, Format::Xades, EcdsaForm::Raw);
        if is_bare {
            unverified.findings.push(Finding::RootMissing);
        }
        if read_one(&xml, node, &mut unverified).is_none() {
            unverified.findings.push(Finding::SignatureIncomplete);
        }
        bounds.count(&unverified);
        signatures.push(unverified);
        if bounds.exceeded().is_some() {
            break;
        }
    }
    Ok(signatures)
}

/// None: a part is missing or stands twice.
fn read_one(xml: &Xml<'_>, node: NodeId, unverified: &mut Unverified) -> Option<()> {
    unverified.id = xml.attribute(node, "Id").map(str::to_owned);
    let info = xml.only_child(node, DS, "SignedInfo")?;
    let value = xml.only_child(node, DS, "SignatureValue")?;
    unverified.value = xml.base64(value)?;

    let method = xml.only_child(info, DS, "SignatureMethod")?;
    let method = xml.attribute(method, "Algorithm")?;
    unverified.algorithm = SignatureAlgorithm::from_uri(method);
    if unverified.algorithm.is_none() {
        unverified.not_supported(method);
    }
    let canonical = xml.only_child(info, DS, "CanonicalizationMethod")?;
    match xml.canonicalisation(canonical) {
        Some(canonical) => xml.canonicalise(info, &canonical, &mut unverified.message)?,
        None => {
            unverified.algorithm = None;
            unverified.not_supported(xml.attribute(canonical, "Algorithm")?);
        }
    }
    key_info(xml, node, unverified);
    let properties = properties::find(xml, node, unverified)?;
    references::read(xml, info, properties, unverified)?;
    if let Some(properties) = properties {
        properties::signed(xml, properties, unverified);
        properties::unsigned(xml, properties, value, unverified);
    }
    Some(())
}

/// Certificates to choose from. No key of KeyInfo is ever used by itself.
fn key_info(xml: &Xml<'_>, node: NodeId, unverified: &mut Unverified) {
    let data = xml
        .children_named(node, DS, "KeyInfo")
        .flat_map(|info| xml.children_named(info, DS, "X509Data"));
    let certificates = data.flat_map(|data| xml.children_named(data, DS, "X509Certificate"));
    unverified.certificates.extend(
        certificates
            .take(MOST_CERTIFICATES)
            .filter_map(|node| Certificate::parse(xml.base64(node)?)),
    );
}
