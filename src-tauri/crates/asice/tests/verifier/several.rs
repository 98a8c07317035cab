//! Several signatures of one container: each by itself, and the worst for all of them.

use std::ops::ControlFlow;

use asice::{
    Coverage, Finding, Indication, Report, Revocation, State, Stopped, SubIndication,
    verify_watched,
};

use crate::support::keys::{Hash, Key};
use crate::support::pki::Request;
use crate::support::xades::{Data, Plan};
use crate::support::zip::{self, Entry};
use crate::support::{CLAIM, World, findings, policy};

/// Of the same files, each in a signature file of its own.
fn container(plans: [&Plan; 2]) -> Vec<u8> {
    let mut entries = plans[0].entries();
    let second = plans[1].xml();
    entries.push(Entry::deflated(
        "META-INF/signatures1.xml",
        second.as_bytes(),
    ));
    zip::write(&entries)
}

fn in_both_orders(world: &World, one: &Plan, other: &Plan) -> [Report; 2] {
    [[one, other], [other, one]].map(|plans| world.judge(&container(plans)))
}

#[test]
fn the_order_of_unequal_signatures_changes_nothing_of_the_headline() {
    let world = World::new();
    let data = || vec![Data::new("claim.json", CLAIM)];
    let mut unsupported = world.plan();
    unsupported.method = Some("http://example.org/some-method".to_owned());
    let stranger = Request::leaf("Stranger", Key::P256(90), 1).self_signed();
    let untrusted = Plan::new(&stranger, data());
    let mut no_time = world.plan();
    no_time.time = None;
    let mut forged = world.plan();
    forged.edit_value = Box::new(|mut value| {
        value[10] ^= 4;
        value
    });
    let (open, failed) = (Indication::Indeterminate, Indication::TotalFailed);
    for (one, other, indication, sub) in [
        (
            &unsupported,
            &untrusted,
            open,
            SubIndication::NoCertificateChainFound,
        ),
        (
            &untrusted,
            &no_time,
            open,
            SubIndication::SigConstraintsFailure,
        ),
        (
            &no_time,
            &unsupported,
            open,
            SubIndication::SigConstraintsFailure,
        ),
        (&forged, &untrusted, failed, SubIndication::SigCryptoFailure),
    ] {
        for report in in_both_orders(&world, one, other) {
            assert_eq!(report.indication, indication);
            assert_eq!(report.sub_indication, Some(sub));
        }
    }
}

#[test]
fn whose_value_was_verified_is_told_of_each_signature() {
    let world = World::new();
    let mut unsupported = world.plan();
    unsupported.method = Some("http://example.org/some-method".to_owned());
    let [first, second] = in_both_orders(&world, &unsupported, &world.plan());
    let told = |report: &Report| -> Vec<bool> {
        let signatures = report.signatures.iter();
        signatures.map(|one| one.is_authentic).collect()
    };
    assert_eq!(told(&first), [false, true]);
    assert_eq!(told(&second), [true, false]);
    assert!(
        findings(&first)
            .iter()
            .any(|finding| matches!(finding, Finding::AlgorithmNotSupported { .. }))
    );
}

#[test]
fn a_forged_signature_has_a_chain_for_the_name_it_uses_and_is_no_authentic_one() {
    let world = World::new();
    let mut forged = world.plan();
    forged.edit_value = Box::new(|mut value| {
        value[10] ^= 4;
        value
    });
    let report = world.judge(&forged.container());
    let signature = &report.signatures[0];
    assert!(signature.is_anchored);
    assert!(!signature.is_authentic);
}

#[test]
fn a_signature_that_its_named_signer_did_not_make_leaves_trust_open() {
    let world = World::new();
    let mut forged = world.plan();
    forged.edit_value = Box::new(|mut value| {
        value[10] ^= 4;
        value
    });
    let mut altered = world.plan();
    altered.edit_file = Box::new(|xml| xml.replace("12:00:00Z", "12:00:01Z"));
    for (plan, sub) in [
        (forged, SubIndication::SigCryptoFailure),
        (altered, SubIndication::HashFailure),
    ] {
        let report = world.judge(&plan.container());
        assert_eq!(report.sub_indication, Some(sub));
        assert_eq!(report.trust.state, State::Unknown, "{:?}", report.trust);
        assert!(report.trust.findings.contains(&Finding::SignerNotProven));
    }
    let sound = world.judge(&world.plan().container());
    assert_eq!(sound.trust.state, State::Good, "{:?}", sound.trust);
}

/// Signature files, each with so many signatures of so many references to a file that is not there, beside a good one.
fn crowd(world: &World, files: usize, signatures: usize, references: usize) -> Vec<u8> {
    let digest = format!(
        "<ds:DigestMethod Algorithm=\"{}\"/><ds:DigestValue>AAAA</ds:DigestValue>",
        Hash::Sha256.uri()
    );
    let references: String = (0..references)
        .map(|number| format!("<ds:Reference URI=\"missing{number}\">{digest}</ds:Reference>"))
        .collect();
    let one = format!(
        "<ds:Signature><ds:SignedInfo>\
         <ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>\
         <ds:SignatureMethod Algorithm=\"{}\"/>{references}</ds:SignedInfo>\
         <ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>",
        Key::P256(1).method(Hash::Sha256)
    );
    let file = format!(
        "<asic:XAdESSignatures xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" \
         xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">{}</asic:XAdESSignatures>",
        one.repeat(signatures)
    );
    let mut entries = world.plan().entries();
    for number in 0..files {
        let name = format!("META-INF/signatures{}.xml", number + 1);
        entries.push(Entry::stored(&name, file.as_bytes()));
    }
    zip::write(&entries)
}

fn is_refused_for(report: &Report, finding: &Finding) {
    assert_eq!(report.indication, Indication::TotalFailed);
    assert_eq!(report.sub_indication, Some(SubIndication::FormatFailure));
    assert_eq!(report.coverage, Coverage::None, "the good one neither");
    assert_eq!(report.signatures.len(), 1);
    assert!(findings(report).contains(finding), "{finding:?}");
}

#[test]
fn more_signatures_than_one_container_may_have_are_refused_however_they_are_spread() {
    let world = World::new();
    // Fewer in each file than one may have.
    is_refused_for(
        &world.judge(&crowd(&world, 4, 64, 1)),
        &Finding::TooManySignatures,
    );
    let most = world.judge(&crowd(&world, 3, 85, 1));
    assert_eq!(most.signatures.len(), 256);
    assert!(!findings(&most).contains(&Finding::TooManySignatures));
}

#[test]
fn more_references_than_one_container_may_have_are_refused_however_they_are_spread() {
    let world = World::new();
    // Fewer in each signature than one may have.
    is_refused_for(
        &world.judge(&crowd(&world, 3, 4, 900)),
        &Finding::TooManyReferences,
    );
    let many = world.judge(&crowd(&world, 2, 4, 900));
    assert_eq!(many.signatures.len(), 9);
    assert!(!findings(&many).contains(&Finding::TooManyReferences));
    assert_eq!(many.files.len(), 1 + 900);
}

#[test]
fn whoever_stops_a_crowded_container_is_heard_to_the_last() {
    let world = World::new();
    let container = crowd(&world, 1, 2, 300);
    let judge = |last: usize| {
        let mut asked = 0;
        let judged = verify_watched(
            &container,
            &world.trust(),
            &policy(Revocation::None),
            &mut |_, _| {
                asked += 1;
                if asked == last {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        (judged.map(|_| ()), asked)
    };
    let (judged, all) = judge(usize::MAX);
    assert_eq!(judged, Ok(()));
    // Every missing file, then each of the four lines, and the end.
    assert!(all > 300 + 5, "{all}");
    for last in [1, all / 2, all - 300, all - 4, all - 1] {
        assert_eq!(judge(last), (Err(Stopped), last));
    }
}
