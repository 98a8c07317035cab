//! The disk of this machine.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::sync::Arc;

use evidence::saving::{SaveError, StdFilesystem};
use evidence::vault::{Vault, VaultError};

use super::scene::{KEY, content, header, id, name};
use crate::saving::small_disk::SmallDisk;

fn vault(root: &std::path::Path) -> Vault {
    Vault::open(root, Arc::new(StdFilesystem), &KEY).unwrap()
}

#[test]
fn only_their_owner_may_enter_the_folders_and_read_the_files() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("evidence");
    vault(&root).store(header(1), b"evidence").unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().mode() & 0o777;
    let folder = root.join("00");
    assert_eq!((mode(&root), mode(&folder)), (0o700, 0o700));
    assert_eq!(mode(&folder.join(name(1))), 0o600);
}

#[test]
fn a_vault_opens_again_with_what_is_in_it() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("evidence");
    let bytes = content(3_000_000, 1);
    let stored = vault(&root).store(header(1), &bytes).unwrap();
    let (head, back) = vault(&root).read(id(1), u64::MAX).unwrap();
    assert!(back == bytes && head == stored.header);
}

#[test]
fn a_link_under_a_piece_s_name_is_not_followed() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("evidence");
    let vault = vault(&root);
    vault.store(header(1), b"evidence").unwrap();
    let file = root.join("00").join(name(1));
    let elsewhere = home.path().join("elsewhere");
    fs::rename(&file, &elsewhere).unwrap();
    symlink(&elsewhere, &file).unwrap();
    assert!(matches!(vault.check(id(1)), Err(VaultError::Altered)));
    assert!(matches!(
        vault.store(header(1), b"newer"),
        Err(SaveError::Exists)
    ));
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert!(matches!(vault.check(id(1)), Err(VaultError::Altered)));
}

#[test]
fn a_sweep_removes_what_was_never_finished_and_finds_what_nobody_knows() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("evidence");
    let vault = vault(&root);
    let known = vault.store(header(1), b"known").unwrap();
    let lost = vault.store(header(2), b"without a row").unwrap();
    vault.store(header(3), b"spoilt").unwrap();
    let folder = root.join("00");
    let mut spoilt = fs::read(folder.join(name(3))).unwrap();
    spoilt[50] ^= 1;
    fs::write(folder.join(name(3)), spoilt).unwrap();
    fs::write(
        folder.join(format!(".{}.id360-0123456789abcdef.part", name(4))),
        b"half",
    )
    .unwrap();
    fs::write(folder.join("someone-else-s.piece"), b"kept").unwrap();
    let writing = vault.begin(header(5)).unwrap();

    let mut sweep = vault.sweep(&|id| id == known.header.piece).unwrap();
    sweep.strays.sort_by_key(|stray| stray.id);
    assert_eq!(sweep.leftovers, 1);
    let ids: Vec<_> = sweep.strays.iter().map(|stray| stray.id).collect();
    assert_eq!(ids, [id(2), id(3)]);
    assert_eq!(*sweep.strays[0].header.as_ref().unwrap(), lost.header);
    assert!(matches!(sweep.strays[1].header, Err(VaultError::Altered)));
    assert_eq!(vault.describe(id(2)).unwrap(), lost);
    assert!(folder.join("someone-else-s.piece").exists());
    drop(writing);
}

#[test]
fn a_real_disk_that_fills_at_any_page_is_called_full_and_shows_no_part_of_the_piece() {
    const PAGE: usize = 4096;
    const PAGES: usize = 32;
    let Some(disk) = SmallDisk::mount("size=128k") else {
        return;
    };
    let root = disk.path().join("evidence");
    let vault = vault(&root);
    vault.store(header(1), b"makes the folder").unwrap();
    vault.remove(id(1)).unwrap();
    let bytes = content(PAGES * PAGE, 1);
    for taken in 0..PAGES {
        let ballast = disk.path().join("ballast");
        fs::write(&ballast, vec![1u8; taken * PAGE]).unwrap();
        let error = vault.store(header(1), &bytes).unwrap_err();
        assert!(
            matches!(error, SaveError::DiskFull),
            "{taken} pages taken: {error:?}"
        );
        assert_eq!(fs::read_dir(root.join("00")).unwrap().count(), 0);
        fs::remove_file(ballast).unwrap();
    }
    vault.store(header(1), &bytes[..PAGE]).unwrap();
    assert!(vault.check(id(1)).is_ok());
}
