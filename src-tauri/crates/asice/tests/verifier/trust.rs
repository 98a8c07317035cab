//! Trust goes by key, from what the user trusts and nothing else.

use asice::{ChainFault, Finding, Indication, Report, SubIndication, Trust, verify};

use crate::support::keys::Key;
use crate::support::pki::{self, Holder, Request};
use crate::support::xades::{Data, Plan};
use crate::support::{CLAIM, World, at, findings, policy};

fn signed_by(world: &World, signer: &Holder) -> Report {
    let plan = Plan::new(signer, vec![Data::new("claim.json", CLAIM)]);
    world.judge(&plan.container())
}

fn chain_not_found(report: &Report) -> bool {
    report.indication == Indication::Indeterminate
        && report.sub_indication == Some(SubIndication::NoCertificateChainFound)
}

#[test]
fn without_any_trusted_certificate_nothing_passes() {
    let world = World::new();
    let container = world.plan().container();
    let report = verify(
        &container,
        &Trust::default(),
        &policy(asice::Revocation::None),
    );
    assert!(chain_not_found(&report));
    assert!(findings(&report).contains(&Finding::TrustStoreEmpty));
    assert_eq!(report.files[0].signed_by, [0], "intact all the same");
}

#[test]
fn a_certificate_of_the_container_is_never_an_anchor() {
    let world = World::new();
    let stranger = Request::authority("Stranger", Key::P256(40), 1).self_signed();
    let signer = Request::leaf("Signer", Key::P256(41), 2).issued_by(&stranger);
    let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
    plan.key_info.push(stranger.certificate.clone());
    plan.add_certificates(&[stranger.certificate]);
    assert!(chain_not_found(&world.judge(&plan.container())));
}

#[test]
fn a_self_signed_signer_is_nobody_until_it_is_trusted_itself() {
    let world = World::new();
    let alone = Request::leaf("Alone", Key::P256(42), 3).self_signed();
    let plan = Plan::new(&alone, vec![Data::new("claim.json", CLAIM)]);
    assert!(chain_not_found(&world.judge(&plan.container())));

    let mut trust = Trust::default();
    trust.add_signers(&alone.certificate).unwrap();
    let strict = policy(asice::Revocation::Required);
    let report = verify(&plan.container(), &trust, &strict);
    assert_eq!(
        report.indication,
        Indication::TotalPassed,
        "{:?}",
        findings(&report)
    );
}

#[test]
fn a_copied_root_name_anchors_nothing() {
    let world = World::new();
    let copy = Request::authority("Test root", Key::P256(43), 1).self_signed();
    let signer = Request::leaf("Claim signer", Key::P256(44), 100).issued_by(&copy);
    let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
    plan.key_info.push(copy.certificate);
    assert!(chain_not_found(&world.judge(&plan.container())));
}

#[test]
fn a_leaf_may_not_issue() {
    let world = World::new();
    let signer = Request::leaf("Below", Key::P256(45), 4).issued_by(&world.signer);
    let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
    plan.key_info.push(world.signer.certificate.clone());
    assert_ne!(
        world.judge(&plan.container()).indication,
        Indication::TotalPassed
    );

    // Not even when it is trusted itself.
    let mut trust = Trust::default();
    trust.add_signers(&world.signer.certificate).unwrap();
    let report = verify(&plan.container(), &trust, &policy(asice::Revocation::None));
    assert_ne!(report.indication, Indication::TotalPassed);
}

#[test]
fn a_chain_over_an_intermediate_passes_and_is_told() {
    let world = World::new();
    let between = Request::authority("Between", Key::P384(1), 5).issued_by(&world.root);
    let signer = Request::leaf("Signer", Key::P256(46), 6).issued_by(&between);
    let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
    plan.add_certificates(std::slice::from_ref(&between.certificate));
    let report = world.judge(&plan.container());
    assert_eq!(
        report.indication,
        Indication::TotalPassed,
        "{:?}",
        findings(&report)
    );
    let names: Vec<_> = report.signatures[0]
        .chain
        .iter()
        .filter_map(|certificate| certificate.common_name.as_deref())
        .collect();
    assert_eq!(names, ["Signer", "Between", "Test root"]);

    // The issuing authority may be the anchor itself.
    let mut trust = Trust::default();
    trust.add_signers(&between.certificate).unwrap();
    let report = verify(&plan.container(), &trust, &policy(asice::Revocation::None));
    assert_eq!(report.indication, Indication::TotalPassed);
}

#[test]
fn an_authority_that_may_not_sign_certificates_anchors_no_chain() {
    let world = World::new();
    let between = Request {
        key_usage: Some(vec![pki::CRL_SIGN]),
        ..Request::authority("Between", Key::P384(1), 5)
    }
    .issued_by(&world.root);
    let signer = Request::leaf("Signer", Key::P256(46), 6).issued_by(&between);
    let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
    plan.key_info.push(between.certificate);
    let report = world.judge(&plan.container());
    assert_eq!(
        report.sub_indication,
        Some(SubIndication::ChainConstraintsFailure)
    );
    assert!(findings(&report).contains(&Finding::ChainInvalid {
        detail: ChainFault::Authority
    }));
}

#[test]
fn a_key_that_may_only_encipher_does_not_sign() {
    let world = World::new();
    let signer = Request {
        key_usage: Some(vec![pki::KEY_ENCIPHERMENT]),
        ..Request::leaf("Wrong use", Key::P256(47), 7)
    }
    .issued_by(&world.root);
    let report = signed_by(&world, &signer);
    assert_eq!(
        report.sub_indication,
        Some(SubIndication::ChainConstraintsFailure)
    );
}

#[test]
fn an_expired_certificate_proves_nothing_and_one_of_the_future_fails() {
    let world = World::new();
    let expired = Request {
        to: at("2026-07-01T00:00:00Z"),
        ..Request::leaf("Expired", Key::P256(48), 8)
    }
    .issued_by(&world.root);
    let report = signed_by(&world, &expired);
    assert_eq!(report.indication, Indication::Indeterminate);
    assert_eq!(report.sub_indication, Some(SubIndication::OutOfBoundsNoPoe));
    assert!(report.signatures[0].is_anchored);

    let early = Request {
        from: at("2027-01-01T00:00:00Z"),
        ..Request::leaf("Early", Key::P256(49), 9)
    }
    .issued_by(&world.root);
    let report = signed_by(&world, &early);
    assert_eq!(report.indication, Indication::TotalFailed);
    assert_eq!(report.sub_indication, Some(SubIndication::NotYetValid));
}

#[test]
fn certificates_are_read_from_pem_and_der_and_nothing_else() {
    use base64::Engine;
    let world = World::new();
    let encoded = base64::engine::general_purpose::STANDARD.encode(&world.root.certificate);
    let pem = format!("-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n");
    let read = asice::certificates(format!("{pem}{pem}").as_bytes()).unwrap();
    assert_eq!(read.len(), 2);
    assert_eq!(read[0].common_name.as_deref(), Some("Test root"));
    assert!(read[0].is_authority);
    assert_eq!(
        asice::certificates(&world.root.certificate).unwrap().len(),
        1
    );
    for nonsense in [&b""[..], b"no", b"0\x03abc", &world.root.certificate[..100]] {
        assert_eq!(
            asice::certificates(nonsense),
            Err(asice::TrustError::NoCertificate)
        );
    }
}

#[test]
fn an_authority_for_time_stamps_is_no_authority_for_signers() {
    let world = World::new();
    let mut trust = Trust::default();
    trust
        .add_time_stamp_authorities(&world.root.certificate)
        .unwrap();
    let report = verify(
        &world.plan().container(),
        &trust,
        &policy(asice::Revocation::None),
    );
    assert!(chain_not_found(&report));
}
