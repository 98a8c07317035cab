use std::io::Cursor;
use std::ops::ControlFlow;

use evidence::packs::PackSigner as _;
use evidence::packs::{
    ContainerState, FileState, Language, PackLimits, PackState, SignatureState, Stopped, Trouble,
    fingerprint, verify_pack,
};
use proptest::prelude::*;

use super::support::*;

#[test]
fn a_pack_as_it_was_made_is_whole() {
    let verdict = verdict(&pack());
    assert_eq!(verdict.troubles, []);
    assert_eq!(verdict.state, PackState::Whole);
    assert_eq!(verdict.container, ContainerState::Sealed);
    assert_eq!(verdict.signature, SignatureState::Good);
    assert_eq!(verdict.fingerprint, Some(fingerprint(&desk().public_key())));
    assert!(
        verdict
            .files
            .iter()
            .all(|file| file.state == FileState::Whole)
    );
    let about = verdict.about.unwrap();
    assert_eq!(about.dossiers[0].reference.as_deref(), Some("REF-1042"));
    assert_eq!(about.made_at, "2026-11-23T03:31:18.250Z");
}

#[test]
fn a_pack_marked_incomplete_is_told_apart_with_what_it_lacks() {
    let mut dossier = dossier("REF-1042");
    dossier.missing.push(missing("REF-1042_idclaim.asice"));
    let verdict = verdict(&make(&frame(Language::French), vec![dossier]).0);
    assert_eq!(verdict.state, PackState::Incomplete);
    assert_eq!(
        verdict.about.unwrap().dossiers[0].missing,
        ["REF-1042_idclaim.asice"]
    );
}

#[test]
fn flipping_any_byte_never_leaves_a_whole_pack() {
    let pack = pack();
    // Every byte of the first header and of the directory and its seal, and some of all the rest.
    let is_looked_at = |at: usize| at < 200 || at + 2500 > pack.len() || at.is_multiple_of(89);
    for at in (0..pack.len()).filter(|at| is_looked_at(*at)) {
        let mut flipped = pack.clone();
        flipped[at] ^= 1 << (at % 8);
        let state = verdict(&flipped).state;
        assert!(
            !matches!(state, PackState::Whole | PackState::Incomplete),
            "byte {at} of {}: {state:?}",
            pack.len()
        );
    }
}

#[test]
fn a_pack_cut_anywhere_is_never_whole() {
    let pack = pack();
    for length in (0..pack.len()).step_by(997).chain([pack.len() - 1]) {
        let state = verdict(&pack[..length]).state;
        assert_ne!(state, PackState::Whole, "cut at {length}");
    }
}

#[test]
fn bytes_before_or_after_a_pack_are_seen() {
    let pack = pack();
    for (before, after) in [
        (&b"x"[..], &b""[..]),
        (b"", b"x"),
        (b"PK\x03\x04", b"PK\x05\x06"),
    ] {
        let state = verdict(&[before, &pack, after].concat()).state;
        assert!(!matches!(state, PackState::Whole | PackState::Incomplete));
    }
}

#[test]
fn a_pack_that_another_program_packed_again_is_told_as_such() {
    let verdict = verdict(&repacked(&files(&pack())));
    assert_eq!(verdict.troubles, []);
    assert_eq!(verdict.state, PackState::Repacked);
    assert_eq!(verdict.container, ContainerState::NotSealed);
    assert_eq!(verdict.signature, SignatureState::Good);
}

fn changed(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> evidence::packs::PackVerdict {
    let mut files = files(&pack());
    change(&mut files);
    verdict(&repacked(&files))
}

const RECTO: &str = "REF-1042/originaux/REF-1042_recto.jpg";

#[test]
fn an_altered_original_is_named() {
    let verdict = changed(|files| {
        let recto = files.iter_mut().find(|(name, _)| name == RECTO).unwrap();
        recto.1 = b"recto, as someone else made it".to_vec();
    });
    assert_eq!(verdict.state, PackState::Altered);
    assert_eq!(verdict.troubles, [Trouble::FileAltered(RECTO.into())]);
}

#[test]
fn an_original_that_was_taken_out_is_named() {
    let verdict = changed(|files| files.retain(|(name, _)| name != RECTO));
    assert_eq!(verdict.troubles, [Trouble::FileMissing(RECTO.into())]);
}

#[test]
fn a_file_that_was_slipped_in_is_named() {
    let verdict = changed(|files| files.push(("REF-1042/originaux/faux.jpg".into(), vec![1])));
    assert_eq!(
        verdict.troubles,
        [Trouble::FileUnlisted("REF-1042/originaux/faux.jpg".into())]
    );
}

#[test]
fn a_manifest_that_was_edited_fails_its_signature() {
    let verdict = changed(|files| {
        let (_, text) = files
            .iter_mut()
            .find(|(name, _)| name == "manifest.json")
            .unwrap();
        *text = String::from_utf8(text.clone())
            .unwrap()
            .replace("\"KO\"", "\"OK\"")
            .into_bytes();
    });
    assert_eq!(verdict.state, PackState::Altered);
    assert_eq!(verdict.signature, SignatureState::Bad);
    assert!(verdict.troubles.contains(&Trouble::ManifestSignature));
    assert!(verdict.troubles.contains(&Trouble::SumsDiffer));
}

#[test]
fn a_key_that_was_exchanged_does_not_fit() {
    let verdict = changed(|files| {
        let (_, key) = files
            .iter_mut()
            .find(|(name, _)| name == "desk-key.pem")
            .unwrap();
        *key = evidence::packs::pem(&other_desk().public_key()).into_bytes();
    });
    assert_eq!(verdict.state, PackState::Altered);
    assert_eq!(verdict.signature, SignatureState::Bad);
}

#[test]
fn a_signature_that_was_taken_away_is_missed() {
    for (name, trouble) in [
        ("manifest.json.sig", Trouble::ManifestSignature),
        ("SHA256SUMS.sig", Trouble::SumsSignature),
    ] {
        let verdict = changed(|files| files.retain(|(known, _)| known != name));
        assert_eq!(verdict.signature, SignatureState::Missing);
        assert_eq!(verdict.troubles, [trouble]);
    }
}

#[test]
fn a_zip_of_holiday_pictures_is_no_pack() {
    let zip = repacked(&[("plage.jpg".into(), vec![1, 2, 3])]);
    assert_eq!(verdict(&zip).state, PackState::Unreadable);
    assert_eq!(verdict(&zip).troubles, [Trouble::NoManifest]);
    assert_eq!(verdict(b"%PDF-1.7").troubles, [Trouble::NotAnArchive]);
    assert_eq!(verdict(b"").troubles, [Trouble::NotAnArchive]);
}

#[test]
fn checking_can_be_stopped() {
    let stopped = verify_pack(Cursor::new(pack()), &PackLimits::default(), &mut |_, _| {
        ControlFlow::Break(())
    });
    assert_eq!(stopped, Err(Stopped));
}

#[test]
fn progress_reaches_the_number_of_bytes_that_was_announced() {
    let mut last = (0, 0);
    verify_pack(
        Cursor::new(pack()),
        &PackLimits::default(),
        &mut |read, total| {
            last = (read, total);
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    assert!(last.0 == last.1 && last.1 > 0);
}

#[test]
fn the_archive_around_the_files_counts_and_checking_can_be_stopped_there_too() {
    let pack = pack();
    let around = pack.len() as u64;
    let mut furthest = 0;
    let stopped = verify_pack(
        Cursor::new(pack),
        &PackLimits::default(),
        &mut |read, total| {
            furthest = read;
            if read > total - around {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    assert_eq!(stopped, Err(Stopped));
    assert!(furthest > 0);
}

proptest! {
    #[test]
    fn nothing_that_can_be_dropped_on_it_stops_the_check(bytes: Vec<u8>) {
        verdict(&bytes);
    }

    #[test]
    fn no_damage_to_a_pack_stops_the_check_or_passes(
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let whole = pack();
        let mut damaged = whole.clone();
        for (at, byte) in damage {
            let at = at.index(damaged.len());
            damaged[at] = byte;
        }
        let state = verdict(&damaged).state;
        prop_assert!(damaged == whole || !matches!(state, PackState::Whole | PackState::Incomplete));
    }
}
