//! XAdES signatures written so that every signed element is its own exclusive canonical form.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;

use super::keys::Hash;
use super::pki::Holder;
use super::zip::{self, Entry};

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub const MEDIA_TYPE: &str = "application/vnd.etsi.asic-e+zip";

type Edit = Box<dyn Fn(String) -> String>;

/// A file, and what the signature says of it.
#[derive(Debug, Clone)]
pub struct Data {
    pub name: String,
    pub uri: String,
    pub content: Vec<u8>,
    pub transforms: String,
}

impl Data {
    pub fn new(name: &str, content: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            uri: name.to_owned(),
            content: content.to_vec(),
            transforms: String::new(),
        }
    }
}

/// A signature, and all that may be wrong with it.
pub struct Plan {
    pub signer: Holder,
    pub hash: Hash,
    pub method: Option<String>,
    pub data: Vec<Data>,
    /// In KeyInfo, in this order.
    pub key_info: Vec<Vec<u8>>,
    /// The certificate that the signed properties name.
    pub named: Vec<u8>,
    pub time: Option<String>,
    /// Into SignedSignatureProperties.
    pub more_signed: String,
    /// Into UnsignedSignatureProperties.
    pub added: String,
    /// Before the digest and the signature are made over them.
    pub edit_properties: Edit,
    pub edit_info: Edit,
    /// The whole file, after signing.
    pub edit_file: Edit,
    pub edit_value: Box<dyn Fn(Vec<u8>) -> Vec<u8>>,
    /// A keyed hash (SHA-256) of the signed information stands for the signature.
    pub mac_key: Option<Vec<u8>>,
}

impl Plan {
    pub fn new(signer: &Holder, data: Vec<Data>) -> Self {
        Self {
            signer: signer.clone(),
            hash: signer.key.hash(),
            method: None,
            data,
            key_info: vec![signer.certificate.clone()],
            named: signer.certificate.clone(),
            time: Some("2026-06-01T12:00:00Z".to_owned()),
            more_signed: String::new(),
            added: String::new(),
            edit_properties: Box::new(|text| text),
            edit_info: Box::new(|text| text),
            edit_file: Box::new(|text| text),
            edit_value: Box::new(|value| value),
            mac_key: None,
        }
    }

    fn properties(&self) -> String {
        let time = self.time.as_ref().map_or(String::new(), |time| {
            format!("<xades:SigningTime>{time}</xades:SigningTime>")
        });
        let named = STANDARD.encode(Hash::Sha256.of(&self.named));
        let formats: String = (0..self.data.len())
            .map(|index| {
                format!(
                    "<xades:DataObjectFormat ObjectReference=\"#R{index}\"><xades:MimeType>\
                     application/json</xades:MimeType></xades:DataObjectFormat>"
                )
            })
            .collect();
        (self.edit_properties)(format!(
            "<xades:SignedProperties xmlns:xades=\"{XADES}\" Id=\"SP\">\
             <xades:SignedSignatureProperties>{time}\
             <xades:SigningCertificateV2><xades:Cert><xades:CertDigest>\
             <ds:DigestMethod xmlns:ds=\"{DS}\" Algorithm=\"{sha256}\"></ds:DigestMethod>\
             <ds:DigestValue xmlns:ds=\"{DS}\">{named}</ds:DigestValue>\
             </xades:CertDigest></xades:Cert></xades:SigningCertificateV2>{more}\
             </xades:SignedSignatureProperties>\
             <xades:SignedDataObjectProperties>{formats}</xades:SignedDataObjectProperties>\
             </xades:SignedProperties>",
            sha256 = Hash::Sha256.uri(),
            more = self.more_signed,
        ))
    }

    fn info(&self, properties: &str) -> String {
        let method = self.method.clone();
        let method = method.unwrap_or_else(|| self.signer.key.method(self.hash));
        let digest = |bytes: &[u8]| STANDARD.encode(Hash::Sha256.of(bytes));
        let sha256 = Hash::Sha256.uri();
        let references: String = self
            .data
            .iter()
            .enumerate()
            .map(|(index, data)| {
                format!(
                    "<ds:Reference Id=\"R{index}\" URI=\"{uri}\">{transforms}\
                     <ds:DigestMethod Algorithm=\"{sha256}\"></ds:DigestMethod>\
                     <ds:DigestValue>{value}</ds:DigestValue></ds:Reference>",
                    uri = data.uri,
                    transforms = data.transforms,
                    value = digest(&data.content),
                )
            })
            .collect();
        (self.edit_info)(format!(
            "<ds:SignedInfo xmlns:ds=\"{DS}\">\
             <ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"></ds:CanonicalizationMethod>\
             <ds:SignatureMethod Algorithm=\"{method}\"></ds:SignatureMethod>{references}\
             <ds:Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#SP\">\
             <ds:Transforms><ds:Transform Algorithm=\"{EXCLUSIVE}\"></ds:Transform></ds:Transforms>\
             <ds:DigestMethod Algorithm=\"{sha256}\"></ds:DigestMethod>\
             <ds:DigestValue>{value}</ds:DigestValue></ds:Reference></ds:SignedInfo>",
            value = digest(properties.as_bytes()),
        ))
    }

    fn value(&self, info: &str) -> String {
        let value = match &self.mac_key {
            Some(key) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, key);
                hmac::sign(&key, info.as_bytes()).as_ref().to_vec()
            }
            None => self.signer.key.sign(self.hash, info.as_bytes()),
        };
        STANDARD.encode((self.edit_value)(value))
    }

    /// What a signature time-stamp is made over.
    pub fn stamped(&self) -> Vec<u8> {
        let value = self.value(&self.info(&self.properties()));
        format!("<ds:SignatureValue xmlns:ds=\"{DS}\" Id=\"SV\">{value}</ds:SignatureValue>")
            .into_bytes()
    }

    /// Adds a signature time-stamp.
    pub fn stamp(&mut self, token: &[u8]) {
        self.added.push_str(&format!(
            "<xades:SignatureTimeStamp><ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\">\
             </ds:CanonicalizationMethod><xades:EncapsulatedTimeStamp>{}\
             </xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp>",
            STANDARD.encode(token)
        ));
    }

    fn values(&mut self, name: &str, kind: &str, values: &[Vec<u8>]) {
        let inner: String = values
            .iter()
            .map(|value| {
                let value = STANDARD.encode(value);
                format!("<xades:Encapsulated{kind}>{value}</xades:Encapsulated{kind}>")
            })
            .collect();
        self.added
            .push_str(&format!("<xades:{name}>{inner}</xades:{name}>"));
    }

    pub fn add_certificates(&mut self, certificates: &[Vec<u8>]) {
        self.values("CertificateValues", "X509Certificate", certificates);
    }

    pub fn add_ocsp(&mut self, answers: &[Vec<u8>]) {
        self.values("RevocationValues", "OCSPValue", answers);
    }

    pub fn add_crls(&mut self, lists: &[Vec<u8>]) {
        self.values("RevocationValues", "CRLValue", lists);
    }

    /// The signature file.
    pub fn xml(&self) -> String {
        let properties = self.properties();
        let info = self.info(&properties);
        let value = self.value(&info);
        let key_info: String = self
            .key_info
            .iter()
            .map(|der| {
                let der = STANDARD.encode(der);
                format!("<ds:X509Certificate>{der}</ds:X509Certificate>")
            })
            .collect();
        let added = if self.added.is_empty() {
            String::new()
        } else {
            format!(
                "<xades:UnsignedProperties><xades:UnsignedSignatureProperties>{}\
                 </xades:UnsignedSignatureProperties></xades:UnsignedProperties>",
                self.added
            )
        };
        (self.edit_file)(format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <asic:XAdESSignatures xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\">\
             <ds:Signature xmlns:ds=\"{DS}\" Id=\"S\">{info}\
             <ds:SignatureValue Id=\"SV\">{value}</ds:SignatureValue>\
             <ds:KeyInfo><ds:X509Data>{key_info}</ds:X509Data></ds:KeyInfo>\
             <ds:Object><xades:QualifyingProperties xmlns:xades=\"{XADES}\" Target=\"#S\">\
             {properties}{added}</xades:QualifyingProperties></ds:Object>\
             </ds:Signature></asic:XAdESSignatures>"
        ))
    }

    /// The entries of the container, in their usual order.
    pub fn entries(&self) -> Vec<Entry> {
        let names: Vec<&str> = self.data.iter().map(|data| data.name.as_str()).collect();
        let mut entries = vec![Entry::stored("mimetype", MEDIA_TYPE.as_bytes())];
        for data in &self.data {
            entries.push(Entry::deflated(&data.name, &data.content));
        }
        entries.push(Entry::deflated(
            "META-INF/manifest.xml",
            manifest(&names).as_bytes(),
        ));
        entries.push(Entry::deflated(
            "META-INF/signatures0.xml",
            self.xml().as_bytes(),
        ));
        entries
    }

    pub fn container(&self) -> Vec<u8> {
        zip::write(&self.entries())
    }
}

pub fn manifest(names: &[&str]) -> String {
    let space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
    let files: String = names
        .iter()
        .map(|name| {
            format!("<m:file-entry m:full-path=\"{name}\" m:media-type=\"application/json\"/>")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><m:manifest xmlns:m=\"{space}\">\
         <m:file-entry m:full-path=\"/\" m:media-type=\"{MEDIA_TYPE}\"/>{files}</m:manifest>"
    )
}
