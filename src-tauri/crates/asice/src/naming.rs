//! The certificate a signature names, and which of those at hand it is.

use crate::algorithms::DigestAlgorithm;
use crate::asn1::{Element, INTEGER, SEQUENCE, context};
use crate::certificate::Certificate;

/// What the signed properties say of the signer's certificate.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) digest: DigestAlgorithm,
    hash: Vec<u8>,
    issuer: Option<Vec<u8>>,
    serial: Option<Serial>,
}

#[derive(Debug, Clone)]
enum Serial {
    /// Content of the INTEGER.
    Octets(Vec<u8>),
    Decimal(String),
}

impl Named {
    pub(crate) fn new(digest: DigestAlgorithm, hash: Vec<u8>) -> Self {
        Self {
            digest,
            hash,
            issuer: None,
            serial: None,
        }
    }

    /// Adds an IssuerSerial: GeneralNames and the number. None: it cannot be read.
    pub(crate) fn issuer_serial(&mut self, element: Element<'_>) -> Option<()> {
        let mut fields = element.inside();
        let names = fields.expect(SEQUENCE)?.inside().all()?;
        let directory_name = names.into_iter().find(|name| name.tag == context(4))?;
        self.issuer = Some(directory_name.inside().only(SEQUENCE)?.whole.to_vec());
        self.serial = Some(Serial::Octets(fields.expect(INTEGER)?.content.to_vec()));
        Some(())
    }

    pub(crate) fn decimal_serial(&mut self, serial: &str) {
        self.serial = Some(Serial::Decimal(serial.trim().to_owned()));
    }

    /// Exactly this certificate: never another one with the same name or key.
    pub(crate) fn find<'c>(
        &self,
        mut candidates: impl Iterator<Item = &'c Certificate>,
    ) -> Option<&'c Certificate> {
        candidates.find(|candidate| self.digest.of(&candidate.der).as_ref() == self.hash)
    }

    /// Whether issuer and serial, where they stand, are the certificate's.
    pub(crate) fn agrees_with(&self, certificate: &Certificate) -> bool {
        let issuer = self.issuer.as_ref();
        let same_serial = match &self.serial {
            Some(Serial::Octets(octets)) => *octets == certificate.serial,
            Some(Serial::Decimal(decimal)) => *decimal == certificate.serial_decimal,
            None => true,
        };
        same_serial && issuer.is_none_or(|issuer| *issuer == certificate.issuer)
    }
}
