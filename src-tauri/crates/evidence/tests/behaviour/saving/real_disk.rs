//! The disk of this machine.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::thread;

use evidence::saving::{Destination, SaveError, remove_leftovers};
use id360_api::Receiver;
use sha2::{Digest, Sha256};

use super::small_disk::SmallDisk;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_arrives_byte_for_byte_and_only_its_owner_may_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let content: Vec<u8> = (0..9_500_000u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let mut file = Destination::open(folder.path())
        .unwrap()
        .begin("REF-1042_recto.jpg")
        .unwrap();
    for chunk in content.chunks(65_536) {
        file.receive(chunk).unwrap();
    }
    let saved = file.finish(Some(content.len() as u64)).unwrap();
    let path = folder.path().join(&saved.name);
    assert!(fs::read(&path).unwrap() == content);
    assert_eq!(saved.sha256, hex::encode(Sha256::digest(&content)));
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    assert_eq!(names(folder.path()), ["REF-1042_recto.jpg"]);
}

#[test]
fn a_file_that_is_already_there_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.bin"), b"older").unwrap();
    let error = Destination::open(folder.path())
        .unwrap()
        .save("a.bin", b"newer")
        .unwrap_err();
    assert!(matches!(error, SaveError::Exists));
    assert_eq!(fs::read(folder.path().join("a.bin")).unwrap(), b"older");
    assert_eq!(names(folder.path()), ["a.bin"]);
}

#[test]
fn a_file_whose_bytes_are_made_sure_of_first_only_has_its_name_to_take() {
    let folder = tempfile::tempdir().unwrap();
    let begin = || Destination::open(folder.path()).unwrap().begin("a.zip");
    let mut file = begin().unwrap();
    file.write(b"whole").unwrap();
    file.settle(None).unwrap();
    assert!(!folder.path().join("a.zip").exists());
    assert!(file.write(b"more").is_err());
    drop(file);
    let mut cut = begin().unwrap();
    cut.write(b"who").unwrap();
    assert!(matches!(
        cut.settle(Some(5)),
        Err(SaveError::Truncated { .. })
    ));
    assert!(cut.finish(None).is_err());
    let mut file = begin().unwrap();
    file.write(b"whole").unwrap();
    file.settle(Some(5)).unwrap();
    assert_eq!(file.finish(None).unwrap().name, "a.zip");
    assert_eq!(fs::read(folder.path().join("a.zip")).unwrap(), b"whole");
    assert_eq!(names(folder.path()), ["a.zip"]);
}

#[test]
fn a_link_planted_under_the_name_is_neither_followed_nor_replaced() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let victim = elsewhere.path().join("victim");
    fs::write(&victim, b"untouched").unwrap();
    symlink(&victim, folder.path().join("live.bin")).unwrap();
    symlink(
        elsewhere.path().join("nowhere"),
        folder.path().join("dangling.bin"),
    )
    .unwrap();
    let destination = Destination::open(folder.path()).unwrap();
    for name in ["live.bin", "dangling.bin"] {
        assert!(matches!(
            destination.save(name, b"evidence"),
            Err(SaveError::Exists)
        ));
    }
    assert_eq!(fs::read(&victim).unwrap(), b"untouched");
    assert_eq!(names(elsewhere.path()), ["victim"]);
}

#[test]
fn a_folder_exchanged_for_a_link_during_the_download_does_not_lead_the_file_away() {
    let (parent, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = parent.path().join("evidence");
    fs::create_dir(&folder).unwrap();
    let mut file = Destination::open(&folder).unwrap().begin("a.bin").unwrap();
    file.write(b"evidence").unwrap();
    let moved = parent.path().join("moved");
    fs::rename(&folder, &moved).unwrap();
    symlink(elsewhere.path(), &folder).unwrap();
    file.finish(None).unwrap();
    assert_eq!(names(&moved), ["a.bin"]);
    assert_eq!(names(elsewhere.path()), [""; 0]);
}

#[test]
fn a_missing_folder_is_called_missing() {
    let parent = tempfile::tempdir().unwrap();
    assert!(matches!(
        Destination::open(&parent.path().join("no")),
        Err(SaveError::Missing)
    ));
    fs::write(parent.path().join("file"), b"").unwrap();
    assert!(matches!(
        Destination::open(&parent.path().join("file")),
        Err(SaveError::Missing)
    ));

    let folder = parent.path().join("unplugged");
    fs::create_dir(&folder).unwrap();
    let destination = Destination::open(&folder).unwrap();
    fs::remove_dir(&folder).unwrap();
    assert!(matches!(
        destination.begin("a.bin"),
        Err(SaveError::Missing)
    ));
}

#[test]
fn leftovers_go_but_not_links_nor_what_is_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let leftover = ".a.bin.id360-0123456789abcdef.part";
    let link = ".b.bin.id360-0123456789abcdef.part";
    fs::write(folder.path().join(leftover), b"half").unwrap();
    fs::write(folder.path().join("victim"), b"untouched").unwrap();
    symlink(folder.path().join("victim"), folder.path().join(link)).unwrap();
    fs::create_dir(folder.path().join(".c.bin.id360-0123456789abcdef.part")).unwrap();
    let mut writing = Destination::open(folder.path())
        .unwrap()
        .begin("d.bin")
        .unwrap();
    writing.write(b"on its way").unwrap();

    assert_eq!(remove_leftovers(folder.path()).unwrap(), 1);
    assert!(!names(folder.path()).contains(&leftover.to_owned()));
    assert!(names(folder.path()).contains(&link.to_owned()));
    writing.finish(None).unwrap();
    assert_eq!(
        fs::read(folder.path().join("d.bin")).unwrap(),
        b"on its way"
    );
    assert_eq!(
        fs::read(folder.path().join("victim")).unwrap(),
        b"untouched"
    );
}

#[test]
fn a_real_disk_that_fills_at_any_page_is_called_full_and_shows_no_part_of_the_file() {
    const PAGE: usize = 4096;
    const PAGES: usize = 32;
    let Some(disk) = SmallDisk::mount("size=128k") else {
        return;
    };
    let destination = Destination::open(disk.path()).unwrap();
    let content = vec![7u8; (PAGES + 1) * PAGE];
    for taken in 0..PAGES {
        let ballast = disk.path().join("ballast");
        fs::write(&ballast, vec![1u8; taken * PAGE]).unwrap();
        let error = destination.save("a.bin", &content).unwrap_err();
        assert!(
            matches!(error, SaveError::DiskFull),
            "{taken} pages taken: {error:?}"
        );
        assert_eq!(names(disk.path()), ["ballast"]);
        fs::remove_file(ballast).unwrap();
    }
    destination.save("a.bin", &content[..PAGE]).unwrap();
    assert_eq!(names(disk.path()), ["a.bin"]);
}

#[test]
fn a_disk_mounted_read_only_is_called_read_only() {
    let Some(disk) = SmallDisk::mount("ro,size=64k") else {
        return;
    };
    let destination = Destination::open(disk.path()).unwrap();
    assert!(matches!(
        destination.begin("a.bin"),
        Err(SaveError::ReadOnly)
    ));
}

/// Root writes whatever a folder's mode says; this thread of it does not from here on.
#[cfg(target_os = "linux")]
fn give_up_writing_everywhere() {
    caps::drop(
        None,
        caps::CapSet::Effective,
        caps::Capability::CAP_DAC_OVERRIDE,
    )
    .unwrap();
}

#[cfg(not(target_os = "linux"))]
fn give_up_writing_everywhere() {}

#[test]
fn a_folder_without_the_right_to_write_is_called_read_only() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    // In a thread of its own: the right that it gives up is missed by no other test.
    thread::scope(|scope| {
        scope.spawn(|| {
            give_up_writing_everywhere();
            let probe = fs::write(folder.path().join("probe"), b"");
            assert!(probe.is_err(), "this account writes everywhere");
            let destination = Destination::open(folder.path()).unwrap();
            assert!(matches!(
                destination.begin("a.bin"),
                Err(SaveError::ReadOnly)
            ));
        });
    });
}
