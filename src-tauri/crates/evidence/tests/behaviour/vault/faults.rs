//! What a bad disk does to a piece (quality.md E-04, E-05).

use evidence::saving::SaveError;
use evidence::vault::{Vault, VaultError};
use id360_api::Receiver;

use super::scene::{FRAME, content, header, id, name, vault};
use crate::saving::shim::libc_codes::{
    EACCES, EDQUOT, EINTR, EIO, ENODEV, ENOENT, ENOSPC, ENXIO, EROFS, EXDEV,
};
use crate::saving::shim::{Act, Disk};

const PAGE: usize = 4096;
const ALWAYS: u32 = u32::MAX;

fn kind(error: &SaveError) -> &'static str {
    match error {
        SaveError::DiskFull => "disk full",
        SaveError::ReadOnly => "read only",
        SaveError::Missing => "missing",
        SaveError::Exists => "exists",
        SaveError::Truncated { .. } => "truncated",
        SaveError::Io(_) => "other",
    }
}

fn store(vault: &Vault, bytes: &[u8]) -> Result<(), SaveError> {
    let mut piece = vault.begin(header(1))?;
    for chunk in bytes.chunks(10_000) {
        piece.receive(chunk)?;
    }
    piece.finish(Some(bytes.len() as u64)).map(drop)
}

#[test]
fn a_disk_that_fills_at_any_page_is_called_full_and_takes_the_piece_when_there_is_room() {
    let bytes = content(39 * PAGE, 1);
    for page in 0..=39 {
        let disk = Disk::full_after(page * PAGE);
        let vault = vault(&disk);
        let error = store(&vault, &bytes).unwrap_err();
        assert_eq!(kind(&error), "disk full", "at page {page}");
        assert_eq!(disk.names(), [""; 0], "at page {page}");
        disk.free_space();
        store(&vault, &bytes).unwrap();
        assert_eq!(vault.read(id(1), u64::MAX).unwrap().1, bytes);
    }
    store(&vault(&Disk::full_after(40 * PAGE)), &bytes).unwrap();
}

#[test]
fn every_failure_of_every_step_has_its_name_and_leaves_nothing() {
    let steps = [
        Act::CreateFolder,
        Act::OpenFolder,
        Act::Create,
        Act::Write,
        Act::Size,
        Act::SyncFile,
        Act::Rename,
        Act::SyncFolder,
    ];
    let failures = [
        (ENOSPC, "disk full"),
        (EDQUOT, "disk full"),
        (EROFS, "read only"),
        (EACCES, "read only"),
        (ENOENT, "missing"),
        (ENODEV, "missing"),
        (ENXIO, "missing"),
        (EIO, "other"),
        (EXDEV, "other"),
    ];
    for act in steps {
        for (code, expected) in failures {
            let disk = Disk::default();
            let vault = vault(&disk);
            disk.break_next(act, code, ALWAYS);
            let error = store(&vault, b"content").unwrap_err();
            assert_eq!(kind(&error), expected, "{act:?} with error {code}");
            assert_eq!(disk.names(), [""; 0], "{act:?} with error {code}");
        }
    }
}

#[test]
fn a_failed_fsync_is_a_failed_piece_and_is_never_tried_again() {
    for code in [EIO, ENOSPC, EDQUOT, EINTR] {
        for act in [Act::SyncFile, Act::SyncFolder] {
            let disk = Disk::default();
            let vault = vault(&disk);
            disk.break_next(act, code, 1);
            assert!(store(&vault, b"content").is_err());
            assert_eq!(disk.calls(act), 1);
            assert_eq!(disk.names(), [""; 0]);
        }
    }
}

#[test]
fn a_folder_that_was_taken_away_is_made_again() {
    let disk = Disk::default();
    let vault = vault(&disk);
    store(&vault, b"first").unwrap();
    vault.remove(id(1)).unwrap();
    disk.break_next(Act::OpenFolder, ENOENT, 1);
    store(&vault, b"second").unwrap();
    // The vault's own, its parts, and the parts again.
    assert_eq!(disk.calls(Act::CreateFolder), 3);
}

#[test]
fn an_empty_or_short_or_long_piece_is_not_kept() {
    for (announced, bytes) in [
        (Some(12), &b"eleven byte"[..]),
        (Some(10), b"eleven byte"),
        (None, b""),
    ] {
        let disk = Disk::default();
        let mut piece = vault(&disk).begin(header(1)).unwrap();
        piece.write(bytes).unwrap();
        let error = piece.finish(announced).unwrap_err();
        assert_eq!(kind(&error), "truncated");
        assert_eq!(disk.names(), [""; 0]);
    }
}

#[test]
fn the_same_id_twice_leaves_the_first_piece_alone() {
    let disk = Disk::default();
    let vault = vault(&disk);
    vault.store(header(1), b"first").unwrap();
    let error = vault.store(header(1), b"second").unwrap_err();
    assert_eq!(kind(&error), "exists");
    assert_eq!(disk.names(), [name(1)]);
    assert_eq!(vault.read(id(1), 100).unwrap().1, b"first");
}

#[test]
fn a_disk_that_gives_nothing_out_is_not_taken_for_a_changed_piece() {
    let disk = Disk::default();
    let vault = vault(&disk);
    vault.store(header(1), &content(FRAME, 1)).unwrap();
    disk.break_next(Act::Read, EIO, 1);
    assert!(matches!(vault.check(id(1)), Err(VaultError::Unreadable(_))));
    disk.break_next(Act::Read, EINTR, 2);
    assert!(vault.check(id(1)).is_ok());
    assert!(matches!(vault.check(id(2)), Err(VaultError::Missing)));
}

#[test]
fn no_error_says_where_the_vault_is() {
    let disk = Disk::default();
    let vault = vault(&disk);
    disk.break_next(Act::Create, EIO, ALWAYS);
    let error = store(&vault, b"content").unwrap_err();
    assert!(!format!("{error} {error:?} {vault:?}").contains("desk"));
}
