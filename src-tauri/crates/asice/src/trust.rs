use x509_parser::pem::Pem;

use crate::certificate::{Certificate, CertificateReport};

/// The certificates a user trusts: nothing else is ever an anchor, least of all what a container brings.
///
/// An authority's certificate vouches for what it issued; any other vouches for itself alone.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    pub(crate) signers: Vec<Certificate>,
    pub(crate) time_stamp_authorities: Vec<Certificate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    #[error("neither PEM nor DER of a certificate")]
    NoCertificate,
    /// Counted from one.
    #[error("certificate {position} of the file cannot be read")]
    Unreadable { position: usize },
}

impl Trust {
    /// Adds the certificates of a DER or PEM file for signers, and tells which they are.
    pub fn add_signers(&mut self, bytes: &[u8]) -> Result<Vec<CertificateReport>, TrustError> {
        add(&mut self.signers, bytes)
    }

    /// The same for time-stamp authorities.
    pub fn add_time_stamp_authorities(
        &mut self,
        bytes: &[u8],
    ) -> Result<Vec<CertificateReport>, TrustError> {
        add(&mut self.time_stamp_authorities, bytes)
    }
}

/// What the certificates of a DER or PEM file say, before anybody trusts them.
pub fn certificates(bytes: &[u8]) -> Result<Vec<CertificateReport>, TrustError> {
    Ok(read(bytes)?.iter().map(Certificate::report).collect())
}

fn add(list: &mut Vec<Certificate>, bytes: &[u8]) -> Result<Vec<CertificateReport>, TrustError> {
    let read = read(bytes)?;
    let reports = read.iter().map(Certificate::report).collect();
    for certificate in read {
        if !list.contains(&certificate) {
            list.push(certificate);
        }
    }
    Ok(reports)
}

fn read(bytes: &[u8]) -> Result<Vec<Certificate>, TrustError> {
    if bytes.first() == Some(&crate::asn1::SEQUENCE) {
        let certificate = Certificate::parse(bytes.to_vec()).ok_or(TrustError::NoCertificate)?;
        return Ok(vec![certificate]);
    }
    let mut found = Vec::new();
    for (index, block) in Pem::iter_from_buffer(bytes).enumerate() {
        let unreadable = TrustError::Unreadable {
            position: index + 1,
        };
        let block = block.map_err(|_| unreadable)?;
        if block.label == "CERTIFICATE" {
            found.push(Certificate::parse(block.contents).ok_or(unreadable)?);
        }
    }
    if found.is_empty() {
        return Err(TrustError::NoCertificate);
    }
    Ok(found)
}
