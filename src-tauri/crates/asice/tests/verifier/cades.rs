//! CAdES: digests in a manifest, a CMS signature over the manifest.

use asice::{
    FileState, Finding, Format, Indication, Level, Limits, Policy, Report, Revocation,
    SubIndication, verify,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::support::der::{null, text};
use crate::support::keys::{Hash, Key};
use crate::support::pki::{Holder, Request, Stamp, signed_data, signed_data_at};
use crate::support::xades::MEDIA_TYPE;
use crate::support::zip::{self, Entry};
use crate::support::{CLAIM, World, at, findings, now};

const DATA: &str = "1.2.840.113549.1.7.1";
const MANIFEST: &str = "META-INF/ASiCManifest.xml";
const SIGNATURE: &str = "META-INF/signature.p7s";

fn manifest(files: &[(&str, &[u8])]) -> String {
    let references: String = files
        .iter()
        .map(|(name, content)| {
            format!(
                "<asic:DataObjectReference URI=\"{name}\" MimeType=\"application/json\">\
                 <ds:DigestMethod Algorithm=\"{}\"/><ds:DigestValue>{}</ds:DigestValue>\
                 </asic:DataObjectReference>",
                Hash::Sha256.uri(),
                STANDARD.encode(Hash::Sha256.of(content))
            )
        })
        .collect();
    format!(
        "<asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" \
         xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><asic:SigReference \
         URI=\"{SIGNATURE}\" MimeType=\"application/x-pkcs7-signature\"/>{references}\
         </asic:ASiCManifest>"
    )
}

fn cms(signer: &Holder, manifest: &str, unsigned: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let named = &signer.certificate;
    signed_data(
        signer,
        DATA,
        manifest.as_bytes(),
        false,
        named,
        true,
        unsigned,
    )
}

fn container(manifest: &str, signature: &[u8]) -> Vec<Entry> {
    vec![
        Entry::stored("mimetype", MEDIA_TYPE.as_bytes()),
        Entry::deflated("claim.json", CLAIM),
        Entry::deflated(MANIFEST, manifest.as_bytes()),
        Entry::deflated(SIGNATURE, signature),
    ]
}

pub fn good(world: &World) -> Vec<Entry> {
    let manifest = manifest(&[("claim.json", CLAIM)]);
    container(&manifest, &cms(&world.signer, &manifest, &[]))
}

fn judged(entries: &[Entry]) -> Report {
    World::new().judge(&zip::write(entries))
}

#[test]
fn a_good_baseline_signature_passes() {
    let world = World::new();
    let report = judged(&good(&world));
    assert_eq!(report.indication, Indication::TotalPassed, "{report:#?}");
    let signature = &report.signatures[0];
    assert_eq!(
        (signature.format, signature.level),
        (Format::Cades, Level::B)
    );
    assert_eq!(report.files[0].signed_by, [0]);
    for key in [Key::P384(8), Key::P521(8), Key::Rsa2048, Key::Rsa3072] {
        let signer = Request::leaf("Other", key, 9).issued_by(&world.root);
        let manifest = manifest(&[("claim.json", CLAIM)]);
        let report = judged(&container(&manifest, &cms(&signer, &manifest, &[])));
        assert_eq!(report.indication, Indication::TotalPassed, "{key:?}");
    }
}

#[test]
fn an_altered_file_or_manifest_fails() {
    let world = World::new();
    let mut altered = good(&world);
    altered[1].content = b"{}".to_vec();
    let report = judged(&altered);
    assert_eq!(report.sub_indication, Some(SubIndication::HashFailure));
    assert_eq!(report.files[0].state, FileState::Altered);

    let mut both = good(&world);
    both[1].content = b"{}".to_vec();
    both[2].content = manifest(&[("claim.json", b"{}")]).into();
    let report = judged(&both);
    assert_eq!(report.indication, Indication::TotalFailed);
    assert!(findings(&report).contains(&Finding::ManifestAltered));
    assert!(report.files[0].signed_by.is_empty());
}

#[test]
fn a_manifest_or_a_signature_alone_fails() {
    let world = World::new();
    for removed in [2, 3] {
        let mut entries = good(&world);
        entries.remove(removed);
        let report = judged(&entries);
        assert_eq!(report.indication, Indication::TotalFailed);
        assert_eq!(report.sub_indication, Some(SubIndication::FormatFailure));
        assert!(report.files[0].signed_by.is_empty());
    }
}

#[test]
fn a_manifest_over_the_limit_is_too_large_and_says_so() {
    let world = World::new();
    let policy = Policy {
        limits: Limits {
            xml: 200,
            ..Limits::default()
        },
        ..Policy::at(now())
    };
    let judged = |entries: &[Entry]| verify(&zip::write(entries), &world.trust(), &policy);
    let told = Finding::SignatureManifestTooLarge {
        name: MANIFEST.to_owned(),
    };
    let whole = good(&world);
    let mut alone = good(&world);
    alone.pop();
    for (entries, files) in [(whole, &[SIGNATURE, MANIFEST][..]), (alone, &[MANIFEST])] {
        let report = judged(&entries);
        let found = findings(&report);
        assert_eq!(report.indication, Indication::Indeterminate, "{found:?}");
        assert_eq!(
            report.sub_indication,
            Some(SubIndication::SigConstraintsFailure)
        );
        let signatures = report.signatures.iter();
        assert_eq!(
            signatures.map(|one| &one.file).collect::<Vec<_>>(),
            files,
            "each by its file"
        );
        for signature in &report.signatures {
            assert_eq!(signature.signature.findings, std::slice::from_ref(&told));
        }
        assert!(report.files[0].signed_by.is_empty());
    }
}

#[test]
fn a_manifest_that_is_too_large_hides_no_other_signature() {
    let world = World::new();
    let mut entries = good(&world);
    let padding = "<!-- -->".repeat(1_000);
    let large = manifest(&[("claim.json", CLAIM)]) + &padding;
    let name = "META-INF/ASiCManifest001.xml";
    entries.push(Entry::deflated(name, large.as_bytes()));
    let policy = Policy {
        limits: Limits {
            xml: 4_000,
            ..Limits::default()
        },
        revocation: Revocation::None,
        ..Policy::at(now())
    };
    let report = verify(&zip::write(&entries), &world.trust(), &policy);
    let outcomes: Vec<_> = report
        .signatures
        .iter()
        .map(|one| (one.file.as_str(), one.indication))
        .collect();
    assert_eq!(
        outcomes,
        [
            (SIGNATURE, Indication::TotalPassed),
            (name, Indication::Indeterminate)
        ]
    );
    assert_eq!(report.indication, Indication::Indeterminate);
}

/// With the manifest of a time-stamp over the same file.
fn stamped_beside(world: &World) -> Vec<Entry> {
    let token = "META-INF/timestamp001.tst";
    let manifest = manifest(&[("claim.json", CLAIM)]).replace(SIGNATURE, token);
    let time = "2026-06-01T12:00:10Z";
    let stamp = Stamp::of(&world.stamper, manifest.as_bytes(), time).token();
    let mut entries = good(world);
    entries.push(Entry::deflated(
        "META-INF/ASiCManifest001.xml",
        manifest.as_bytes(),
    ));
    entries.push(Entry::deflated(token, &stamp));
    entries
}

#[test]
fn the_manifest_of_a_time_stamp_is_evidence_and_no_signature() {
    let report = judged(&stamped_beside(&World::new()));
    let found = findings(&report);
    assert_eq!(report.indication, Indication::TotalPassed, "{found:?}");
    assert_eq!(report.signatures.len(), 1);
    for name in ["META-INF/ASiCManifest001.xml", "META-INF/timestamp001.tst"] {
        let told = Finding::LongTermEvidenceNotEvaluated {
            name: name.to_owned(),
        };
        assert!(found.contains(&told), "{found:?}");
    }
}

#[test]
fn the_manifest_of_a_time_stamp_that_is_not_there_fails() {
    let mut entries = stamped_beside(&World::new());
    entries.pop();
    let report = judged(&entries);
    assert_eq!(report.sub_indication, Some(SubIndication::FormatFailure));
}

#[test]
fn a_signature_without_manifest_in_a_simple_container_is_not_supported() {
    let mut entries = good(&World::new());
    entries[0].content = b"application/vnd.etsi.asic-s+zip".to_vec();
    entries.remove(2);
    let report = judged(&entries);
    assert_eq!(report.indication, Indication::Indeterminate);
    assert_eq!(
        report.sub_indication,
        Some(SubIndication::SigConstraintsFailure)
    );
    assert!(findings(&report).contains(&Finding::FormatNotSupported));
    assert!(report.files[0].signed_by.is_empty());
}

#[test]
fn a_look_alike_does_not_sign_for_its_victim() {
    let world = World::new();
    let forged = Request::leaf("Claim signer", Key::P256(70), 100).self_signed();
    let manifest = manifest(&[("claim.json", CLAIM)]);
    let impostor = Holder {
        certificate: world.signer.certificate.clone(),
        ..forged
    };
    let report = judged(&container(&manifest, &cms(&impostor, &manifest, &[])));
    assert_eq!(report.sub_indication, Some(SubIndication::SigCryptoFailure));
}

#[test]
fn a_time_stamp_over_the_value_proves_its_time() {
    let world = World::new();
    let manifest = manifest(&[("claim.json", CLAIM)]);
    let bare = cms(&world.signer, &manifest, &[]);
    // The value is the last element of a message without unsigned attributes.
    let value_at = bare
        .windows(2)
        .rposition(|pair| pair[0] == 0x04 && pair[1] >= 0x44);
    let value = &bare[value_at.unwrap() + 2..];
    let token = Stamp::of(&world.stamper, value, "2026-06-01T12:00:10Z").token();
    let unsigned = [("1.2.840.113549.1.9.16.2.14", token)];
    let signature = cms(&world.signer, &manifest, &unsigned);
    let report = judged(&container(&manifest, &signature));
    assert_eq!(
        report.indication,
        Indication::TotalPassed,
        "{:?}",
        findings(&report)
    );
    let proven = report.signatures[0].proven_time;
    assert_eq!(proven, Some(at("2026-06-01T12:00:10Z")));
    assert_eq!(report.signatures[0].level, Level::T);
}

#[test]
fn a_signature_that_does_not_state_its_time_never_passes() {
    let world = World::new();
    let manifest = manifest(&[("claim.json", CLAIM)]);
    let (no_time, no_type) = (text("2026-06-01"), text("260601120000Z"));
    for time in [
        None,
        Some(&no_time[..]),
        Some(&no_type[..]),
        Some(&null()[..]),
    ] {
        let signer = &world.signer;
        let (bytes, named) = (manifest.as_bytes(), &signer.certificate);
        let signature = signed_data_at(time, signer, DATA, bytes, false, named, true, &[]);
        let report = judged(&container(&manifest, &signature));
        assert_eq!(report.indication, Indication::Indeterminate, "{time:?}");
        assert_eq!(
            report.sub_indication,
            Some(SubIndication::SigConstraintsFailure)
        );
        assert!(findings(&report).contains(&Finding::SigningTimeMissing));
        assert_eq!(report.files[0].signed_by, [0], "made over the file even so");
    }
}

#[test]
fn what_goes_beyond_is_said_to_be_beyond() {
    let world = World::new();
    let manifest = manifest(&[("claim.json", CLAIM)]);
    let unsigned = [("0.4.0.1733.2.4", vec![5, 0])];
    let signature = cms(&world.signer, &manifest, &unsigned);
    let report = judged(&container(&manifest, &signature));
    assert_eq!(report.indication, Indication::Indeterminate);
    assert!(findings(&report).contains(&Finding::LongTermDataNotEvaluated));
    assert_eq!(report.files[0].signed_by, [0]);
}

/// What is longer than it says is cut where it says: a reader that inflates all of it reads something else.
#[test]
fn a_manifest_or_a_signature_that_is_not_as_long_as_announced_never_passes() {
    let world = World::new();
    for position in [2, 3] {
        let mut entries = good(&world);
        let entry = &mut entries[position];
        entry.size = Some(entry.content.len() as u32);
        entry.crc = Some(crc32fast::hash(&entry.content));
        entry.content.extend(b"more");
        let name = String::from_utf8(entry.name.clone()).unwrap();
        let report = judged(&entries);
        assert_ne!(report.indication, Indication::TotalPassed, "{name}");
        assert!(findings(&report).contains(&Finding::EntryDamaged { name }));
        assert!(report.files[0].signed_by.is_empty());
    }
}

#[test]
fn a_message_that_cannot_be_read_is_never_passed() {
    let world = World::new();
    let mut entries = good(&world);
    entries[3].content.truncate(100);
    let report = judged(&entries);
    assert_ne!(report.indication, Indication::TotalPassed);
    assert!(report.files[0].signed_by.is_empty());
}
