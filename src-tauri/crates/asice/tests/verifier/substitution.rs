//! Key substitution: signed by a look-alike, shown as the victim.

use asice::{Finding, Indication, SubIndication};

use crate::support::keys::Key;
use crate::support::pki::{Holder, Request};
use crate::support::xades::{Data, Plan};
use crate::support::{CLAIM, World, findings};

/// Same subject, same issuer name, same serial number, another key; signed by itself.
fn look_alike(world: &World) -> Holder {
    let mut forged = Request::leaf(&world.signer.name, Key::P256(66), 100).self_signed();
    forged.name = world.signer.name.clone();
    forged
}

#[test]
fn the_key_of_the_named_certificate_is_the_only_one_tried() {
    let world = World::new();
    let forged = look_alike(&world);
    for key_info in [
        vec![world.signer.certificate.clone(), forged.certificate.clone()],
        vec![forged.certificate.clone(), world.signer.certificate.clone()],
    ] {
        let mut plan = Plan::new(&forged, vec![Data::new("claim.json", CLAIM)]);
        plan.key_info = key_info;
        plan.named = world.signer.certificate.clone();
        let report = world.judge(&plan.container());
        assert_eq!(report.indication, Indication::TotalFailed);
        assert_eq!(report.sub_indication, Some(SubIndication::SigCryptoFailure));
        assert!(report.files[0].signed_by.is_empty());
    }
}

#[test]
fn a_key_value_beside_the_certificate_is_never_used() {
    let world = World::new();
    let forged = look_alike(&world);
    let mut plan = Plan::new(&forged, vec![Data::new("claim.json", CLAIM)]);
    plan.key_info = vec![world.signer.certificate.clone()];
    plan.named = world.signer.certificate.clone();
    plan.edit_file = Box::new(move |xml| {
        use base64::Engine;
        let point = base64::engine::general_purpose::STANDARD.encode(Key::P256(66).public());
        xml.replace(
            "<ds:KeyInfo>",
            &format!(
                "<ds:KeyInfo><ds:KeyValue><ECKeyValue xmlns=\"http://www.w3.org/2009/xmldsig11#\">\
                 <NamedCurve URI=\"urn:oid:1.2.840.10045.3.1.7\"/><PublicKey>{point}</PublicKey>\
                 </ECKeyValue></ds:KeyValue>"
            ),
        )
    });
    let report = world.judge(&plan.container());
    assert_eq!(report.sub_indication, Some(SubIndication::SigCryptoFailure));
}

#[test]
fn a_named_certificate_that_is_not_there_is_not_replaced() {
    let world = World::new();
    let forged = look_alike(&world);
    let mut plan = Plan::new(&forged, vec![Data::new("claim.json", CLAIM)]);
    plan.named = world.signer.certificate.clone();
    let report = world.judge(&plan.container());
    assert_eq!(report.indication, Indication::Indeterminate);
    assert_eq!(
        report.sub_indication,
        Some(SubIndication::NoSigningCertificateFound)
    );
    assert_eq!(report.signatures[0].signer, None);
}

#[test]
fn an_issuer_and_serial_of_another_certificate_are_noticed() {
    let world = World::new();
    let mut plan = world.plan();
    plan.edit_properties = Box::new(|text| {
        text.replace(
            "</xades:CertDigest>",
            "</xades:CertDigest><xades:IssuerSerial><ds:X509IssuerName \
             xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">C=FR, CN=Test root</ds:X509IssuerName>\
             <ds:X509SerialNumber xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">101\
             </ds:X509SerialNumber></xades:IssuerSerial>",
        )
    });
    let report = world.judge(&plan.container());
    assert_ne!(report.indication, Indication::TotalPassed);
    assert!(findings(&report).contains(&Finding::IssuerSerialDiffers));
}
