//! Zip files that lie, explode or cannot be read.

use asice::{Finding, Indication, Limits, Policy, Refusal, Report, SubIndication, entry, verify};

use crate::support::keys::Hash;
use crate::support::xades::MEDIA_TYPE;
use crate::support::zip::{self, Entry};
use crate::support::{CLAIM, World, findings, now};

fn refused(bytes: &[u8]) -> Refusal {
    let policy = Policy::at(now());
    let report = verify(bytes, &asice::Trust::default(), &policy);
    assert_eq!(report.indication, Indication::TotalFailed);
    assert_eq!(report.sub_indication, Some(SubIndication::FormatFailure));
    assert!(report.signatures.is_empty() && report.files.is_empty());
    let [Finding::Refused(refusal)] = &report.container.findings[..] else {
        panic!("{:?}", report.container)
    };
    refusal.clone()
}

/// The entries of a good container, changed.
fn changed(change: impl Fn(&mut Vec<Entry>)) -> Vec<u8> {
    let mut entries = World::new().plan().entries();
    change(&mut entries);
    zip::write(&entries)
}

fn warned(bytes: &[u8]) -> Report {
    let report = World::new().judge(bytes);
    assert_eq!(report.signatures[0].indication, Indication::TotalPassed);
    assert_eq!(report.container.state, asice::State::Warning);
    report
}

#[test]
fn two_entries_of_one_name_are_refused_in_either_order() {
    let forged = || Entry::deflated("claim.json", b"{\"name\":\"FORGED\"}");
    for position in [1, 2] {
        let bytes = changed(|entries| entries.insert(position, forged()));
        assert!(matches!(refused(&bytes), Refusal::DuplicateEntry { .. }));
        let limits = Limits::default();
        assert!(entry(&bytes, "claim.json", &limits).is_err());
    }
}

#[test]
fn two_headers_with_different_names_are_refused() {
    let bytes = changed(|entries| entries[1].local_name = Some(b"other.json".to_vec()));
    assert!(matches!(refused(&bytes), Refusal::HeadersDiffer { .. }));
}

#[test]
fn a_unicode_name_beside_the_name_is_refused() {
    let mut extra = vec![0x75, 0x70, 15, 0, 1, 0, 0, 0, 0];
    extra.extend(b"other.json");
    let bytes = changed(|entries| entries[1].extra = extra.clone());
    assert!(matches!(refused(&bytes), Refusal::HeadersDiffer { .. }));
    let local = changed(|entries| entries[1].local_extra = extra.clone());
    assert!(matches!(refused(&local), Refusal::HeadersDiffer { .. }));
}

#[test]
fn a_unicode_name_that_says_the_same_is_no_matter() {
    let mut extra = vec![0x75, 0x70, 15, 0, 1, 0, 0, 0, 0];
    extra.extend(b"claim.json");
    let bytes = changed(|entries| {
        entries[1].extra = extra.clone();
        entries[1].local_extra = extra.clone();
    });
    let report = World::new().judge(&bytes);
    assert_eq!(report.indication, Indication::TotalPassed, "{report:?}");
}

#[test]
fn names_that_leave_the_container_are_refused() {
    for name in [
        "../claim.json",
        "a/../../b",
        "/etc/passwd",
        "\\\\server\\share",
        "..\\claim.json",
        "C:\\claim.json",
        "c:claim",
        ".",
        "..",
        "a//b",
        "",
        "a\0b",
        "line\nbreak",
    ] {
        let bytes = changed(|entries| entries.push(Entry::stored(name, b"x")));
        assert!(
            matches!(refused(&bytes), Refusal::UnsafeName { .. }),
            "{name:?}"
        );
    }
    let bytes = changed(|entries| {
        let mut entry = Entry::stored("x", b"x");
        entry.name = vec![0xff, 0xfe];
        entries.push(entry);
    });
    assert!(matches!(refused(&bytes), Refusal::UnsafeName { .. }));
}

#[test]
fn links_encryption_and_other_methods_are_refused() {
    let link = changed(|entries| entries[1].attributes = 0o120_777 << 16);
    assert!(matches!(refused(&link), Refusal::SymbolicLink { .. }));
    for flag in [1, 1 << 6, 1 << 13] {
        let encrypted = changed(|entries| entries[1].flags |= flag);
        assert!(matches!(
            refused(&encrypted),
            Refusal::EncryptedEntry { .. }
        ));
    }
    for method in [1, 9, 12, 14, 93, 99] {
        let other = changed(|entries| entries[1].method = Some(method));
        assert!(matches!(
            refused(&other),
            Refusal::CompressionNotSupported { .. }
        ));
    }
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let zeros = vec![0; 8 << 20];
    let bytes = changed(|entries| entries.push(Entry::deflated("zeros", &zeros)));
    assert!(matches!(refused(&bytes), Refusal::RatioTooHigh { .. }));

    // One that tells a small size stops there.
    let lying = changed(|entries| {
        let mut bomb = Entry::deflated("zeros", &zeros);
        bomb.size = Some(100);
        entries.push(bomb);
    });
    let report = World::new().judge(&lying);
    assert!(findings(&report).contains(&Finding::EntryDamaged {
        name: "zeros".to_owned()
    }));

    // Many entries over one compressed stream.
    let shared = changed(|entries| {
        for number in 0..5 {
            let mut entry = Entry::deflated("a", &[0; 1000]);
            entry.name = format!("a{number}").into_bytes();
            entry.local_name = Some(b"a0".to_vec());
            entry.shares_header_of = (number > 0).then_some(4);
            entries.push(entry);
        }
    });
    assert!(matches!(
        refused(&shared),
        Refusal::HeadersDiffer { .. } | Refusal::OverlappingEntry { .. }
    ));
}

#[test]
fn every_limit_holds() {
    let world = World::new();
    let container = world.plan().container();
    let judge = |limits: Limits| {
        let policy = Policy {
            limits,
            ..Policy::at(now())
        };
        let report = verify(&container, &world.trust(), &policy);
        match report.container.findings.first() {
            Some(Finding::Refused(refusal)) => Some(refusal.clone()),
            _ => None,
        }
    };
    let normal = Limits::default();
    assert_eq!(judge(normal), None);
    let size = container.len() as u64;
    assert!(
        judge(Limits {
            container: size,
            ..normal
        })
        .is_none()
    );
    assert!(matches!(
        judge(Limits {
            container: size - 1,
            ..normal
        }),
        Some(Refusal::ContainerTooLarge { .. })
    ));
    assert!(matches!(
        judge(Limits {
            entries: 3,
            ..normal
        }),
        Some(Refusal::TooManyEntries {
            entries: 4,
            limit: 3
        })
    ));
    assert!(matches!(
        judge(Limits {
            entry: 10,
            ..normal
        }),
        Some(Refusal::EntryTooLarge { .. })
    ));
    assert!(matches!(
        judge(Limits {
            total: 100,
            ..normal
        }),
        Some(Refusal::TotalTooLarge { .. })
    ));
}

#[test]
fn what_is_too_large_to_be_read_is_refused_in_the_same_words() {
    let world = World::new();
    let container = world.plan().container();
    let policy = Policy {
        limits: Limits {
            container: 10,
            ..Limits::default()
        },
        ..Policy::at(now())
    };
    let sha256 = Hash::Sha256.of(&container).try_into().unwrap();
    let told = asice::too_large(container.len() as u64, sha256, &policy);
    assert_eq!(told, verify(&container, &world.trust(), &policy));
}

#[test]
fn what_is_no_zip_or_is_cut_is_refused() {
    let whole = World::new().plan().container();
    for bytes in [
        &b""[..],
        b"PK",
        b"%PDF-1.7",
        &whole[..whole.len() - 1],
        &whole[100..],
    ] {
        refused(bytes);
    }
    assert_eq!(refused(b"hello"), Refusal::NotAZip);
    for end in 0..whole.len() {
        refused(&whole[..end]);
    }
    let mut longer = whole;
    longer.push(0);
    refused(&longer);
}

#[test]
fn a_prefix_is_refused_or_told() {
    let entries = World::new().plan().entries();
    let polyglot = zip::write_after(b"%PDF-1.7 a whole other file", &entries);
    let report = warned(&polyglot);
    assert!(findings(&report).contains(&Finding::UnaccountedBytes { bytes: 27 }));
    assert!(findings(&report).contains(&Finding::MimetypeNotFirst));
    let mut shifted = b"%PDF-1.7".to_vec();
    shifted.extend(zip::write(&entries));
    refused(&shifted);
}

#[test]
fn a_type_that_is_missing_wrong_or_misplaced_is_a_matter_of_the_container_alone() {
    let missing = warned(&changed(|entries| {
        entries.remove(0);
    }));
    assert!(findings(&missing).contains(&Finding::MimetypeMissing));
    for wrong in [
        "application/zip",
        "\u{feff}application/vnd.etsi.asic-e+zip",
        "",
        " ",
    ] {
        let report = warned(&changed(|entries| entries[0].content = wrong.into()));
        assert!(matches!(
            report.container.findings[0],
            Finding::MimetypeWrong { .. }
        ));
    }
    for change in [
        (|entries| entries.swap(0, 1)) as fn(&mut Vec<Entry>),
        |entries| entries[0] = Entry::deflated("mimetype", MEDIA_TYPE.as_bytes()),
        |entries| entries[0].local_extra = vec![0xfe, 0xca, 0, 0],
    ] {
        let report = warned(&changed(change));
        assert!(findings(&report).contains(&Finding::MimetypeNotFirst));
    }
}

#[test]
fn a_manifest_is_compared_and_never_believed() {
    let missing = warned(&changed(|entries| {
        entries.remove(2);
    }));
    assert!(findings(&missing).contains(&Finding::ManifestMissing));
    let lying = crate::support::xades::manifest(&["ghost.json"]);
    let report = warned(&changed(|entries| {
        entries[2].content = lying.clone().into()
    }));
    let found = findings(&report);
    assert!(found.contains(&Finding::ManifestNamesAbsentFile {
        name: "ghost.json".to_owned()
    }));
    assert!(found.contains(&Finding::FileNotInManifest {
        name: "claim.json".to_owned()
    }));
    assert_eq!(
        report.files[0].media_type.as_deref(),
        Some("application/json")
    );
    let broken = warned(&changed(|entries| entries[2].content = b"<a".to_vec()));
    assert!(findings(&broken).contains(&Finding::ManifestUnreadable));
}

#[test]
fn a_wrong_checksum_is_told_and_the_digest_decides() {
    let report = warned(&changed(|entries| entries[1].crc = Some(1)));
    assert!(findings(&report).contains(&Finding::ChecksumWrong {
        name: "claim.json".to_owned()
    }));
    let bytes = changed(|entries| entries[1].crc = Some(1));
    assert_eq!(
        entry(&bytes, "claim.json", &Limits::default()),
        Err(asice::EntryError::Damaged)
    );
}

#[test]
fn twins_by_case_or_composition_are_told() {
    let bytes = changed(|entries| entries.push(Entry::stored("CLAIM.JSON", CLAIM)));
    let report = World::new().judge(&bytes);
    assert!(findings(&report).contains(&Finding::TwinNames {
        name: "CLAIM.JSON".to_owned()
    }));
    assert_ne!(report.indication, Indication::TotalPassed);
}

#[test]
fn a_container_inside_a_container_stays_closed() {
    let inner = World::new().plan().container();
    let report = World::new().judge(&zip::write(&[
        Entry::stored("mimetype", MEDIA_TYPE.as_bytes()),
        Entry::stored("inner.asice", &inner),
    ]));
    assert!(report.signatures.is_empty());
    assert_eq!(report.files.len(), 1);
}

#[test]
fn a_data_descriptor_is_no_stray_byte() {
    // What a streaming writer leaves: sizes behind the content.
    let world = World::new();
    let mut entries = world.plan().entries();
    for entry in &mut entries {
        entry.flags |= 1 << 3;
    }
    let report = world.judge(&zip::write(&entries));
    assert_eq!(report.indication, Indication::TotalPassed);
}

/// As a streaming writer leaves an entry that might have become larger than four gigabytes.
fn streamed(entry: &mut Entry, has_descriptor_signature: bool) {
    let size = entry.content.len() as u64;
    entry.is_deflated = false;
    entry.flags |= 1 << 3;
    entry.local_sizes = Some([0, u32::MAX, u32::MAX]);
    entry.local_extra = zip64([0, 0]);
    if has_descriptor_signature {
        entry.descriptor.extend(b"PK\x07\x08");
    }
    let crc = crc32fast::hash(&entry.content);
    entry.descriptor.extend(crc.to_le_bytes());
    entry.descriptor.extend(size.to_le_bytes());
    entry.descriptor.extend(size.to_le_bytes());
}

/// The extra field of those sizes.
fn zip64(sizes: [u64; 2]) -> Vec<u8> {
    let mut extra = vec![1, 0, 16, 0];
    extra.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
    extra
}

#[test]
fn local_headers_that_leave_room_for_zip64_sizes_are_read() {
    for has_descriptor_signature in [false, true] {
        let bytes = changed(|entries| {
            for entry in &mut entries[1..] {
                streamed(entry, has_descriptor_signature);
            }
        });
        let report = World::new().judge(&bytes);
        assert_eq!(report.indication, Indication::TotalPassed, "{report:?}");
        assert_eq!(report.container.state, asice::State::Good, "{report:?}");
    }
    // Written back into the header once they were known.
    let known = changed(|entries| {
        let entry = &mut entries[1];
        let (crc, size) = (crc32fast::hash(CLAIM), CLAIM.len() as u64);
        entry.is_deflated = false;
        entry.local_sizes = Some([crc, u32::MAX, u32::MAX]);
        entry.local_extra = zip64([size, size]);
    });
    let report = World::new().judge(&known);
    assert_eq!(report.indication, Indication::TotalPassed, "{report:?}");
}

#[test]
fn local_zip64_sizes_that_say_something_else_are_refused() {
    let (crc, size) = (crc32fast::hash(CLAIM), CLAIM.len() as u64);
    let right = zip64([size, size]);
    for (local_extra, flags, crc) in [
        (zip64([size + 1, size]), 0, crc),
        (zip64([size, size + 1]), 0, crc),
        (zip64([size, size]), 0, crc ^ 1),
        (zip64([0, 0]), 0, crc),
        (zip64([0, 0]), 1 << 3, crc),
        (zip64([1 << 32, 0]), 1 << 3, 0),
        (right.repeat(2), 0, crc),
        (right[..12].to_vec(), 0, crc),
        (Vec::new(), 0, crc),
    ] {
        let bytes = changed(|entries| {
            let entry = &mut entries[1];
            entry.is_deflated = false;
            entry.flags |= flags;
            entry.local_sizes = Some([crc, u32::MAX, u32::MAX]);
            entry.local_extra = local_extra.clone();
        });
        let refusal = refused(&bytes);
        assert!(
            matches!(refusal, Refusal::HeadersDiffer { .. }),
            "{local_extra:?} {refusal:?}"
        );
    }
}

#[test]
fn a_file_that_stands_in_meta_inf_is_named_and_changes_no_verdict() {
    let report = warned(&changed(|entries| {
        for name in [
            "META-INF/avenant.pdf",
            "META-INF/container.xml",
            "META-INF/timestamp.tst",
            "META-INF/sub/manifest.xml",
        ] {
            entries.push(Entry::stored(name, b"content"));
        }
    }));
    assert_eq!(report.indication, Indication::TotalPassed);
    let found = findings(&report);
    let named: Vec<_> = found
        .iter()
        .filter_map(|finding| match finding {
            Finding::FileInMetaInf { name } => Some(name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(named, ["META-INF/avenant.pdf", "META-INF/sub/manifest.xml"]);
}

/// What is longer than it says is cut where it says: a reader that inflates all of it reads something else.
#[test]
fn a_signature_file_that_is_not_as_long_as_announced_never_passes() {
    let bytes = changed(|entries| {
        let entry = &mut entries[3];
        entry.size = Some(entry.content.len() as u32);
        entry.crc = Some(crc32fast::hash(&entry.content));
        entry.content.extend(b"<!-- more -->");
    });
    let report = World::new().judge(&bytes);
    assert_eq!(report.indication, Indication::TotalFailed);
    assert_eq!(report.sub_indication, Some(SubIndication::FormatFailure));
    let found = findings(&report);
    assert!(found.contains(&Finding::SignatureFileUnreadable));
    assert!(found.contains(&Finding::EntryDamaged {
        name: "META-INF/signatures0.xml".to_owned()
    }));
    assert!(report.files[0].signed_by.is_empty());
}

#[test]
fn a_wrong_checksum_of_a_signature_file_is_warned_about_as_of_any_file() {
    let report = warned(&changed(|entries| entries[3].crc = Some(1)));
    assert!(findings(&report).contains(&Finding::ChecksumWrong {
        name: "META-INF/signatures0.xml".to_owned()
    }));
}

/// The container with an archive comment.
fn commented(comment: &[u8]) -> Vec<u8> {
    let mut bytes = World::new().plan().container();
    bytes.truncate(bytes.len() - 2);
    bytes.extend((comment.len() as u16).to_le_bytes());
    bytes.extend(comment);
    bytes
}

/// Most readers take the last end there is, whatever it says of its comment, and the directory before it.
#[test]
fn an_end_of_another_directory_in_the_archive_comment_is_refused() {
    let mut forged = changed(|entries| entries[1].content = b"{\"name\":\"FORGED\"}".to_vec());
    forged.push(b'.');
    for comment in [
        &forged[..],
        b"PK\x05\x06",
        b"PK\x05\x06 and more than an end is long",
    ] {
        let bytes = commented(comment);
        assert_eq!(refused(&bytes), Refusal::DirectoryDamaged);
        assert!(entry(&bytes, "claim.json", &Limits::default()).is_err());
    }
    let plain = commented(b"mimetype=application/vnd.etsi.asic-e+zip");
    let report = World::new().judge(&plain);
    assert_eq!(report.indication, Indication::TotalPassed, "{report:?}");
}

/// Some readers follow it wherever it stands, and read another directory.
#[test]
fn a_zip64_locator_in_the_comment_of_an_entry_is_refused() {
    let mut locator = b"PK\x06\x07".to_vec();
    locator.resize(20, 0);
    let bytes = changed(|entries| {
        let last = entries.last_mut().unwrap();
        last.comment = [&b"anything"[..], &locator].concat();
    });
    assert_eq!(refused(&bytes), Refusal::LayoutNotSupported);
    let told = changed(|entries| entries[1].comment = b"a plain comment".to_vec());
    let report = World::new().judge(&told);
    assert_eq!(report.indication, Indication::TotalPassed, "{report:?}");
}

#[test]
fn a_signature_file_over_the_limit_is_too_large_to_be_judged() {
    let world = World::new();
    let policy = Policy {
        limits: Limits {
            xml: 1_000,
            ..Limits::default()
        },
        ..Policy::at(now())
    };
    let report = verify(&world.plan().container(), &world.trust(), &policy);
    assert_eq!(report.indication, Indication::Indeterminate);
    assert_eq!(
        report.sub_indication,
        Some(SubIndication::SigConstraintsFailure)
    );
    let found = findings(&report);
    assert!(found.contains(&Finding::SignatureFileTooLarge), "{found:?}");
    assert!(report.files[0].signed_by.is_empty());
}

#[test]
fn a_signature_file_of_several_megabytes_is_judged() {
    let world = World::new();
    let mut plan = world.plan();
    let values = "A".repeat(6 << 20);
    plan.added = format!("<xades:CertificateValues>{values}</xades:CertificateValues>");
    let mut entries = plan.entries();
    // Deflated it would look like a bomb.
    entries[3].is_deflated = false;
    let report = world.judge(&zip::write(&entries));
    assert_eq!(report.indication, Indication::TotalPassed);
}
