//! Packs that someone else made, with a key of their own: nothing of ours signs for them, so everything must be looked at.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use evidence::packs::{PackLimits, PackSigner, PackState, PackVerdict, Trouble, verify_pack};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::support::*;

/// The files with a manifest edited by the attacker, who signs it well.
fn forged(edit: impl FnOnce(&mut Value)) -> Vec<(String, Vec<u8>)> {
    let mut files = files(&pack());
    let put = |files: &mut Vec<(String, Vec<u8>)>, name: &str, bytes: Vec<u8>| {
        files.iter_mut().find(|(known, _)| known == name).unwrap().1 = bytes;
    };
    let text = &files
        .iter()
        .find(|(name, _)| name == "manifest.json")
        .unwrap()
        .1;
    let mut manifest: Value = serde_json::from_slice(text).unwrap();
    edit(&mut manifest);
    let text = serde_json::to_vec(&manifest).unwrap();
    let mut sums: Vec<String> = Vec::new();
    let all = manifest["dossiers"][0]["files"].as_array().unwrap().iter();
    for file in all.chain(manifest["files"].as_array().unwrap()) {
        sums.push(format!(
            "{}  {}\n",
            file["sha256"].as_str().unwrap(),
            file["path"].as_str().unwrap()
        ));
    }
    sums.push(format!(
        "{}  manifest.json\n",
        hex::encode(Sha256::digest(&text))
    ));
    sums.sort_by(|a, b| a[66..].cmp(&b[66..]));
    let sums = sums.concat().into_bytes();
    put(
        &mut files,
        "manifest.json.sig",
        desk().sign(&text).unwrap().to_vec(),
    );
    put(
        &mut files,
        "SHA256SUMS.sig",
        desk().sign(&sums).unwrap().to_vec(),
    );
    put(&mut files, "manifest.json", text);
    put(&mut files, "SHA256SUMS", sums);
    files
}

fn judged(edit: impl FnOnce(&mut Value)) -> PackVerdict {
    verdict(&repacked(&forged(edit)))
}

#[test]
fn a_well_forged_manifest_is_only_as_good_as_its_key() {
    assert_eq!(judged(|_| {}).state, PackState::Repacked);
}

#[test]
fn a_manifest_that_calls_an_incomplete_pack_complete_contradicts_itself() {
    let verdict = judged(|manifest| {
        manifest["dossiers"][0]["missing"] =
            json!([{"kind": "id_claim", "name": "x.asice", "reason": "gone"}]);
    });
    assert_eq!(verdict.troubles, [Trouble::ManifestContradicts]);
}

#[test]
fn a_manifest_that_prints_the_fingerprint_of_a_trusted_key_contradicts_its_own() {
    let verdict = judged(|manifest| manifest["key"]["fingerprint_sha256"] = json!("00".repeat(32)));
    assert_eq!(verdict.troubles, [Trouble::ManifestContradicts]);
}

#[test]
fn names_that_lead_out_of_the_pack_are_refused() {
    for path in [
        "../x.jpg",
        "/etc/passwd",
        "a/../../x",
        "C:\\x",
        "a/b/c/d",
        "a//b",
        "con.txt",
    ] {
        let verdict = judged(|manifest| manifest["files"][0]["path"] = json!(path));
        assert!(
            verdict.troubles.contains(&Trouble::UnsafeName(path.into())),
            "{path}"
        );
    }
}

#[test]
fn a_file_named_twice_is_refused() {
    let verdict = judged(|manifest| {
        let first = manifest["files"][0].clone();
        manifest["files"].as_array_mut().unwrap().push(first);
    });
    assert_eq!(verdict.state, PackState::Altered);
    assert!(verdict.troubles.contains(&Trouble::DuplicateNames));
}

#[test]
fn a_pack_of_a_later_version_is_told_as_such() {
    let verdict = judged(|manifest| manifest["version"] = json!(2));
    assert_eq!(verdict.troubles, [Trouble::NewerVersion]);
}

#[test]
fn two_entries_of_one_name_are_refused() {
    // The writer takes no duplicate: a name of the same length is turned into the other's afterwards.
    let mut files = files(&pack());
    files.push(("README.tx_".into(), b"other words".to_vec()));
    let mut zip = repacked(&files);
    while let Some(at) = zip.windows(10).position(|name| name == b"README.tx_") {
        zip[at + 9] = b't';
    }
    let verdict = verdict(&zip);
    assert!(!matches!(
        verdict.state,
        PackState::Whole | PackState::Repacked
    ));
}

#[test]
fn a_manifest_that_announces_more_than_the_archive_can_hold_is_not_unpacked() {
    let verdict = judged(|manifest| manifest["files"][0]["size"] = json!(u64::MAX));
    assert!(verdict.troubles.contains(&Trouble::OverLimits));
    assert_eq!(verdict.files, []);
}

#[test]
fn a_bomb_behind_a_small_promise_is_left_after_one_byte_too_many() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files(&pack()) {
        zip.start_file(&name, zip::write::SimpleFileOptions::default())
            .unwrap();
        if name == "README.txt" {
            let zeros = vec![0; 1 << 20];
            for _ in 0..64 {
                zip.write_all(&zeros).unwrap();
            }
        } else {
            zip.write_all(&bytes).unwrap();
        }
    }
    let bomb = zip.finish().unwrap().into_inner();
    let mut read = 0;
    let verdict = verify_pack(
        Cursor::new(bomb),
        &PackLimits::default(),
        &mut |bytes, _| {
            read = bytes;
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    assert_eq!(
        verdict.troubles,
        [Trouble::FileAltered("README.txt".into())]
    );
    assert!(read < 1 << 20, "{read} bytes were unpacked");
}

#[test]
fn a_bomb_in_the_place_of_the_manifest_is_refused() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("manifest.json", zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.write_all(&vec![b' '; 1 << 20]).unwrap();
    let bomb = zip.finish().unwrap().into_inner();
    let limits = PackLimits {
        text: 1 << 16,
        ..PackLimits::default()
    };
    let verdict = verify_pack(Cursor::new(bomb), &limits, &mut |_, _| {
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(verdict.troubles, [Trouble::NoManifest]);
}

#[test]
fn an_archive_with_too_many_entries_is_not_looked_into() {
    let limits = PackLimits {
        entries: 3,
        ..PackLimits::default()
    };
    let verdict = verify_pack(Cursor::new(pack()), &limits, &mut |_, _| {
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(verdict.troubles, [Trouble::OverLimits]);
}
