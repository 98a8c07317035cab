//! Damage without an aim: no panic, and never a pass over what nobody signed.
//!
//! 64 of a kind; `DAMAGES=5000` in the environment raises them.

use asice::{Indication, Report, Revocation, Trust, verify};
use proptest::prelude::*;

use crate::support::keys::Hash;
use crate::support::pki::{self, Stamp, Status};
use crate::support::zip;
use crate::support::{CLAIM, World, policy};

/// A signature with a time-stamp and an OCSP answer.
fn long_term(world: &World) -> Vec<u8> {
    let mut plan = world.plan();
    let time = "2026-06-01T12:00:10Z";
    let token = Stamp::of(&world.stamper, &plan.stamped(), time).token();
    plan.stamp(&token);
    let as_of = "2026-06-01T12:00:20Z";
    let answer = pki::ocsp(
        &world.root,
        &world.responder,
        100,
        Status::Good,
        as_of,
        None,
    );
    plan.add_ocsp(&[answer]);
    // Stored, so that a flipped bit reaches the parsers instead of breaking the compression.
    let mut entries = plan.entries();
    for entry in &mut entries {
        entry.is_deflated = false;
    }
    zip::write(&entries)
}

fn holds(report: &Report) -> bool {
    let digest: String = Hash::Sha256
        .of(CLAIM)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let true_file = |file: &asice::FileReport| {
        file.signed_by.is_empty()
            || file.name == "claim.json" && file.sha256.as_deref() == Some(&digest)
    };
    let passed = report.indication != Indication::TotalPassed
        || report.files.iter().all(|file| !file.signed_by.is_empty());
    passed && report.files.iter().all(true_file)
}

fn judge(trust: &Trust, container: &[u8]) -> Report {
    let report = verify(container, trust, &policy(Revocation::Required));
    assert!(holds(&report), "{report:#?}");
    report
}

#[test]
fn a_flip_of_any_byte_never_passes_with_another_file_covered() {
    let world = World::new();
    let trust = world.trust();
    let container = long_term(&world);
    let before = judge(&trust, &container);
    assert_eq!(before.indication, Indication::TotalPassed, "{before:#?}");
    let mut flipped = container.clone();
    for at in 0..container.len() {
        let bit = 1 << (at % 8);
        flipped[at] ^= bit;
        judge(&trust, &flipped);
        flipped[at] ^= bit;
    }
}

#[test]
fn a_flip_within_the_file_or_what_signs_it_never_passes() {
    let world = World::new();
    let trust = world.trust();
    let container = long_term(&world);
    let find = |needle: &[u8]| {
        let at = container
            .windows(needle.len())
            .position(|window| window == needle);
        at.unwrap()
    };
    let value = find(b"<ds:SignatureValue") + b"<ds:SignatureValue Id=\"SV\">".len();
    let spans = [
        find(CLAIM)..find(CLAIM) + CLAIM.len(),
        find(b"<ds:SignedInfo")..find(b"</ds:SignedInfo>"),
        value..find(b"</ds:SignatureValue>"),
        find(b"<xades:SignedProperties")..find(b"</xades:SignedProperties>"),
    ];
    // A namespace declared twice may lose one declaration and still mean the same.
    let is_declaration = |at: usize| {
        let before = String::from_utf8_lossy(&container[at.saturating_sub(60)..at + 1]);
        before
            .rsplit(' ')
            .next()
            .is_some_and(|word| word.starts_with("xmlns:") && word.matches('"').count() < 2)
    };
    let mut flipped = container.clone();
    for at in spans
        .into_iter()
        .flatten()
        .filter(|&at| !is_declaration(at))
    {
        flipped[at] ^= 1;
        let report = judge(&trust, &flipped);
        assert_ne!(report.indication, Indication::TotalPassed, "byte {at}");
        assert!(
            report.files.iter().all(|file| file.signed_by.is_empty()),
            "byte {at}"
        );
        flipped[at] ^= 1;
    }
}

fn damages() -> u32 {
    let damages = std::env::var("DAMAGES").map_or(64, |damages| damages.parse().unwrap());
    eprintln!("{damages} of a kind");
    damages
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(damages()))]

    #[test]
    fn spliced_containers_are_judged_without_panic(
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
        noise in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let world = World::new();
        let trust = world.trust();
        let mut container = long_term(&world);
        for (from, to) in cuts {
            let (from, to) = (from.index(container.len()), to.index(container.len()));
            let piece = container[from.min(to)..from.max(to)].to_vec();
            let end = (from + noise.len()).min(container.len());
            container.splice(from..end, noise.iter().copied().chain(piece.into_iter().take(300)));
        }
        judge(&trust, &container);
    }

    #[test]
    fn any_xml_in_the_place_of_a_signature_is_judged_without_panic(xml in "[<>/a-zA-Z0-9:=\"'&;# !\\[\\]-]{0,300}") {
        let world = World::new();
        let mut entries = world.plan().entries();
        entries[3].content = xml.into_bytes();
        let report = world.judge(&zip::write(&entries));
        prop_assert_ne!(report.indication, Indication::TotalPassed);
    }

    #[test]
    fn any_bytes_are_judged_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        let report = World::new().judge(&bytes);
        prop_assert_eq!(report.indication, Indication::TotalFailed);
        let _ = asice::certificates(&bytes);
    }
}
