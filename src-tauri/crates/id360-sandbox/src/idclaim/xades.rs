//! XAdES baseline-B, written so that each signed element is its own exclusive C14N: namespaces
//! declared again where they are first used below the element, attributes sorted, no empty-element
//! tags, no white space. What is hashed and signed is then what stands in the file.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{ClaimError, ClaimSigner};

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
const ASIC: &str = "http://uri.etsi.org/02918/v1.2.1#";
const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const SIGNED_PROPERTIES: &str = "http://uri.etsi.org/01903#SignedProperties";

fn digest(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}

/// `META-INF/signatures0.xml` over one data object. `name` needs no percent-encoding.
pub(super) fn signatures(
    signer: &ClaimSigner,
    name: &str,
    media_type: &str,
    data: &[u8],
    at: DateTime<Utc>,
) -> Result<String, ClaimError> {
    let certificate = signer.certificate();
    let properties = signed_properties(certificate, media_type, at);
    let info = signed_info(name, &digest(data), &digest(properties.as_bytes()));
    let value = signer.sign(info.as_bytes()).ok_or(ClaimError::Signature)?;
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <asic:XAdESSignatures xmlns:asic=\"{ASIC}\">\
         <ds:Signature xmlns:ds=\"{DS}\" Id=\"S0\">\
         {info}\
         <ds:SignatureValue Id=\"S0-SV\">{value}</ds:SignatureValue>\
         <ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate>\
         </ds:X509Data></ds:KeyInfo>\
         <ds:Object><xades:QualifyingProperties xmlns:xades=\"{XADES}\" Target=\"#S0\">\
         {properties}\
         </xades:QualifyingProperties></ds:Object>\
         </ds:Signature></asic:XAdESSignatures>\n",
        value = STANDARD.encode(value),
        certificate = STANDARD.encode(certificate),
    ))
}

fn signed_info(name: &str, data: &str, properties: &str) -> String {
    format!(
        "<ds:SignedInfo xmlns:ds=\"{DS}\">\
         <ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE_C14N}\"></ds:CanonicalizationMethod>\
         <ds:SignatureMethod Algorithm=\"{ECDSA_SHA256}\"></ds:SignatureMethod>\
         <ds:Reference Id=\"S0-R0\" URI=\"{name}\">\
         <ds:DigestMethod Algorithm=\"{SHA256}\"></ds:DigestMethod>\
         <ds:DigestValue>{data}</ds:DigestValue></ds:Reference>\
         <ds:Reference Id=\"S0-R1\" Type=\"{SIGNED_PROPERTIES}\" URI=\"#S0-SP\">\
         <ds:Transforms><ds:Transform Algorithm=\"{EXCLUSIVE_C14N}\"></ds:Transform></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"{SHA256}\"></ds:DigestMethod>\
         <ds:DigestValue>{properties}</ds:DigestValue></ds:Reference>\
         </ds:SignedInfo>"
    )
}

fn signed_properties(certificate: &[u8], media_type: &str, at: DateTime<Utc>) -> String {
    let time = at.format("%Y-%m-%dT%H:%M:%SZ");
    let certificate = digest(certificate);
    format!(
        "<xades:SignedProperties xmlns:xades=\"{XADES}\" Id=\"S0-SP\">\
         <xades:SignedSignatureProperties>\
         <xades:SigningTime>{time}</xades:SigningTime>\
         <xades:SigningCertificateV2><xades:Cert><xades:CertDigest>\
         <ds:DigestMethod xmlns:ds=\"{DS}\" Algorithm=\"{SHA256}\"></ds:DigestMethod>\
         <ds:DigestValue xmlns:ds=\"{DS}\">{certificate}</ds:DigestValue>\
         </xades:CertDigest></xades:Cert></xades:SigningCertificateV2>\
         </xades:SignedSignatureProperties>\
         <xades:SignedDataObjectProperties>\
         <xades:DataObjectFormat ObjectReference=\"#S0-R0\">\
         <xades:MimeType>{media_type}</xades:MimeType></xades:DataObjectFormat>\
         </xades:SignedDataObjectProperties>\
         </xades:SignedProperties>"
    )
}
