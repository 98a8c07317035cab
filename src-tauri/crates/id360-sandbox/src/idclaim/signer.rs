//! A throw-away key and its certificate, made at every start and trusted by nobody.

use chrono::{DateTime, Datelike, Utc};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
    date_time_ymd,
};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};

pub(crate) struct ClaimSigner {
    key: EcdsaKeyPair,
    certificate: Vec<u8>,
}

impl std::fmt::Debug for ClaimSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClaimSigner(..)")
    }
}

impl ClaimSigner {
    pub(crate) fn generate(now: DateTime<Utc>) -> Result<Self, String> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(|e| e.to_string())?;
        let mut params = CertificateParams::default();
        let mut name = DistinguishedName::new();
        name.push(DnType::CommonName, "ID360 sandbox, throw-away signer");
        name.push(DnType::OrganizationName, "Entreprise Exemple");
        name.push(DnType::CountryName, "FR");
        params.distinguished_name = name;
        params.key_usages = vec![
            KeyUsagePurpose::DigitalSignature,
            KeyUsagePurpose::ContentCommitment,
        ];
        // Wide enough for seeded dossiers of the past and for a clock pushed far ahead.
        params.not_before = date_time_ymd(now.year() - 2, 1, 1);
        params.not_after = date_time_ymd(now.year() + 20, 1, 1);
        let certificate = params
            .self_signed(&key)
            .map_err(|e| e.to_string())?
            .der()
            .to_vec();
        let key = EcdsaKeyPair::from_pkcs8(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            &key.serialize_der(),
            &SystemRandom::new(),
        )
        .map_err(|error| error.to_string())?;
        Ok(Self { key, certificate })
    }

    /// DER.
    pub(super) fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// Raw `r || s`, as XML signatures want it.
    pub(super) fn sign(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let signature = self.key.sign(&SystemRandom::new(), bytes).ok()?;
        Some(signature.as_ref().to_vec())
    }
}
