use evidence::saving::{Destination, SaveError};
use id360_api::Receiver;

use super::shim::libc_codes::{
    EACCES, EDQUOT, EINTR, EIO, ENODEV, ENOENT, ENOSPC, ENXIO, EROFS, EXDEV,
};
use super::shim::{Act, Disk};

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

fn save(disk: &Disk, content: &[u8]) -> Result<(), SaveError> {
    let destination = Destination::open_in(disk, "/desk".as_ref())?;
    let mut file = destination.begin("REF-1042_recto.jpg")?;
    for chunk in content.chunks(10_000) {
        file.receive(chunk)?;
    }
    file.finish(Some(content.len() as u64)).map(drop)
}

#[test]
fn a_disk_that_fills_at_any_page_is_called_full_and_shows_no_part_of_the_file() {
    let content = vec![7u8; 40 * PAGE];
    for page in 0..40 {
        let disk = Disk::full_after(page * PAGE);
        let error = save(&disk, &content).unwrap_err();
        assert_eq!(kind(&error), "disk full", "at page {page}");
        assert_eq!(disk.names(), [""; 0], "at page {page}");
        disk.free_space();
        save(&disk, &content).unwrap();
        assert_eq!(disk.content("REF-1042_recto.jpg").unwrap(), content);
    }
    save(&Disk::full_after(40 * PAGE), &content).unwrap();
}

#[test]
fn every_failure_of_every_step_has_its_name_and_leaves_nothing() {
    let steps = [
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
            let disk = Disk::failing(act, code, ALWAYS);
            let error = save(&disk, b"content").unwrap_err();
            assert_eq!(kind(&error), expected, "{act:?} with error {code}");
            assert_eq!(disk.names(), [""; 0], "{act:?} with error {code}");
        }
    }
}

#[test]
fn a_failed_fsync_is_a_failed_save_and_is_never_tried_again() {
    for code in [EIO, ENOSPC, EDQUOT, EINTR] {
        // It fails once only: a second attempt would be told that all is well.
        let disk = Disk::failing(Act::SyncFile, code, 1);
        assert!(save(&disk, b"content").is_err());
        assert_eq!(disk.calls(Act::SyncFile), 1);
        assert_eq!(disk.calls(Act::Rename), 0);

        let disk = Disk::failing(Act::SyncFolder, code, 1);
        assert!(save(&disk, b"content").is_err());
        assert_eq!(disk.calls(Act::SyncFolder), 1);
        assert_eq!(disk.names(), [""; 0]);
    }
}

#[test]
fn an_interrupted_write_goes_on_where_it_was() {
    let disk = Disk::failing(Act::Write, EINTR, 3);
    save(&disk, b"content").unwrap();
    assert_eq!(disk.content("REF-1042_recto.jpg").unwrap(), b"content");
}

#[test]
fn after_a_failed_write_nothing_is_saved_unless_it_starts_again() {
    let disk = Disk::failing(Act::Write, EIO, 1);
    let mut file = disk.destination().begin("a.bin").unwrap();
    assert!(file.receive(b"lost").is_err());
    assert!(file.receive(b"more").is_err());
    assert!(file.finish(None).is_err());
    assert_eq!(disk.names(), [""; 0]);

    let disk = Disk::failing(Act::Write, EIO, 1);
    let mut file = disk.destination().begin("a.bin").unwrap();
    assert!(file.receive(b"lost").is_err());
    file.restart(None).unwrap();
    file.receive(b"whole").unwrap();
    file.finish(Some(5)).unwrap();
    assert_eq!(disk.content("a.bin").unwrap(), b"whole");
}

#[test]
fn no_error_says_where_the_folder_is() {
    let disk = Disk::failing(Act::Create, EIO, ALWAYS);
    let error = save(&disk, b"content").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("desk"));
}
