//! What is right passes, and says so in every line.

use asice::{Coverage, FileState, Indication, Level, State};

use crate::support::keys::{Hash, Key};
use crate::support::pki::Request;
use crate::support::xades::{Data, Plan};
use crate::support::{CLAIM, World, at, findings};

#[test]
fn a_good_container_passes_in_every_line() {
    let world = World::new();
    let report = world.judge(&world.plan().container());
    assert_eq!(report.indication, Indication::TotalPassed, "{report:#?}");
    assert_eq!(report.sub_indication, None);
    assert_eq!(report.coverage, Coverage::Full);
    for line in [
        &report.container,
        &report.integrity,
        &report.signature,
        &report.trust,
    ] {
        assert_eq!(line.state, State::Good, "{line:?}");
    }
    let [file] = &report.files[..] else {
        panic!("{:?}", report.files)
    };
    assert_eq!(
        (file.name.as_str(), file.state),
        ("claim.json", FileState::Signed)
    );
    assert_eq!(file.signed_by, [0]);
    assert_eq!(file.media_type.as_deref(), Some("application/json"));
    assert_eq!(file.sha256, Some(hex(&Hash::Sha256.of(CLAIM))));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_claimed_time_is_told_apart_from_a_proven_one() {
    let world = World::new();
    let report = world.judge(&world.plan().container());
    let [signature] = &report.signatures[..] else {
        panic!()
    };
    assert_eq!(signature.claimed_time, Some(at("2026-06-01T12:00:00Z")));
    assert_eq!(signature.proven_time, None);
    assert_eq!(signature.level, Level::B);
}

#[test]
fn the_certificate_is_told_whole() {
    let world = World::new();
    let report = world.judge(&world.plan().container());
    let signature = &report.signatures[0];
    let signer = signature.signer.as_ref().unwrap();
    assert_eq!(signer.subject, "C=FR, CN=Claim signer");
    assert_eq!(signer.common_name.as_deref(), Some("Claim signer"));
    assert_eq!(signer.issuer, "C=FR, CN=Test root");
    assert_eq!(signer.serial, "64");
    assert_eq!(signer.not_after, at("2028-01-01T00:00:00Z"));
    assert_eq!(signer.key_usage, [asice::KeyUse::NonRepudiation]);
    assert_eq!(
        signer.sha256,
        hex(&Hash::Sha256.of(&world.signer.certificate))
    );
    assert_eq!(signature.chain.len(), 2);
    assert!(signature.is_anchored);
}

#[test]
fn every_allowed_method_passes() {
    let world = World::new();
    let all = [
        (Key::P256(9), Hash::Sha256),
        (Key::P256(9), Hash::Sha384),
        (Key::P256(9), Hash::Sha512),
        (Key::P384(9), Hash::Sha256),
        (Key::P384(9), Hash::Sha384),
        (Key::P384(9), Hash::Sha512),
        (Key::P521(9), Hash::Sha256),
        (Key::P521(9), Hash::Sha384),
        (Key::P521(9), Hash::Sha512),
        (Key::Ed25519(9), Hash::Sha512),
        (Key::Rsa2048, Hash::Sha256),
        (Key::Rsa3072, Hash::Sha384),
        (Key::Rsa3072, Hash::Sha512),
        (Key::RsaPss, Hash::Sha256),
    ];
    for (key, hash) in all {
        let signer = Request::leaf("Other", key, 7).issued_by(&world.root);
        let mut plan = Plan::new(&signer, vec![Data::new("claim.json", CLAIM)]);
        plan.hash = hash;
        let report = world.judge(&plan.container());
        let found = findings(&report);
        assert_eq!(
            report.indication,
            Indication::TotalPassed,
            "{key:?} {hash:?} {found:?}"
        );
    }
}

#[test]
fn an_issuer_of_any_allowed_kind_anchors_a_chain() {
    for key in [Key::P384(1), Key::P521(1), Key::Ed25519(1), Key::Rsa3072] {
        let mut world = World::new();
        world.root = Request::authority("Other root", key, 1).self_signed();
        world.signer = Request::leaf("Claim signer", Key::P256(2), 3).issued_by(&world.root);
        let report = world.judge(&world.plan().container());
        let found = findings(&report);
        assert_eq!(
            report.indication,
            Indication::TotalPassed,
            "{key:?} {found:?}"
        );
    }
}

#[test]
fn names_are_found_after_percent_decoding_and_only_then() {
    let world = World::new();
    for (name, uri) in [
        ("dossier \u{e9}/a+b.json", "dossier%20%C3%A9/a+b.json"),
        ("100%25", "100%2525"),
    ] {
        let mut plan = world.plan();
        plan.data[0].name = name.to_owned();
        plan.data[0].uri = uri.to_owned();
        let report = world.judge(&plan.container());
        assert_eq!(
            report.indication,
            Indication::TotalPassed,
            "{name} {:?}",
            findings(&report)
        );
    }
}

#[test]
fn the_report_is_written_with_stable_codes() {
    let world = World::new();
    let mut plan = world.plan();
    plan.data.push(Data::new("second.json", b"{}"));
    let mut entries = plan.entries();
    entries.remove(2);
    let report = world.judge(&crate::support::zip::write(&entries));
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["indication"], "INDETERMINATE");
    assert_eq!(json["sub_indication"], "SIGNED_DATA_NOT_FOUND");
    assert_eq!(json["integrity"]["state"], "unknown");
    assert_eq!(
        json["integrity"]["findings"][0],
        serde_json::json!({"code": "file_missing", "name": "second.json"})
    );
    assert_eq!(json["signatures"][0]["algorithm"]["scheme"], "ecdsa");
    let refused = world.judge(b"no zip");
    let json = serde_json::to_value(&refused).unwrap();
    assert_eq!(
        json["container"]["findings"],
        serde_json::json!([{"code": "not_a_zip"}])
    );
}

#[test]
fn one_file_comes_out_as_it_went_in() {
    let world = World::new();
    let container = world.plan().container();
    let limits = asice::Limits::default();
    assert_eq!(
        asice::entry(&container, "claim.json", &limits).unwrap(),
        CLAIM
    );
    assert_eq!(
        asice::entry(&container, "Claim.json", &limits),
        Err(asice::EntryError::NotThere)
    );
}
