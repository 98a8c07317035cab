use evidence::names::component;
use evidence::saving::SaveError;
use id360_api::Receiver;
use sha2::{Digest, Sha256};

use super::shim::{Disk, Step};

#[test]
fn a_file_is_saved_in_the_one_order_that_survives_a_power_cut() {
    let disk = Disk::default();
    let mut file = disk.destination().begin("REF-1042_recto.jpg").unwrap();
    file.receive(b"first ").unwrap();
    file.receive(b"second").unwrap();
    file.finish(Some(12)).unwrap();

    let trace = disk.trace();
    let Step::Create(temporary) = trace[0].clone() else {
        panic!("{trace:?}");
    };
    assert!(temporary.starts_with(".REF-1042_recto.jpg.") && temporary.ends_with(".part"));
    let write = |at, bytes: &[u8]| Step::Write {
        name: temporary.clone(),
        at,
        bytes: bytes.to_vec(),
    };
    assert_eq!(
        trace[1..],
        [
            write(0, b"first "),
            write(6, b"second"),
            Step::Size(temporary.clone()),
            Step::SyncFile(temporary.clone()),
            Step::Close(temporary.clone()),
            Step::Rename {
                from: temporary.clone(),
                to: "REF-1042_recto.jpg".into()
            },
            Step::SyncFolder,
        ]
    );
}

#[test]
fn the_hashes_are_those_of_the_bytes_received() {
    let saved = Disk::taking_at_most(3)
        .destination()
        .save("a.bin", b"The quick brown fox jumps over the lazy dog")
        .unwrap();
    assert_eq!(
        saved.sha256,
        hex::encode(Sha256::digest(
            b"The quick brown fox jumps over the lazy dog"
        ))
    );
    assert_eq!(saved.md5, "9e107d9d372bb6826bd81d3542a419d6");
    assert_eq!((saved.name.as_str(), saved.size), ("a.bin", 43));
}

#[test]
fn a_download_that_starts_again_leaves_no_trace_of_its_first_try() {
    let disk = Disk::default();
    let mut file = disk.destination().begin("a.bin").unwrap();
    file.restart(Some(9)).unwrap();
    file.receive(b"half of som").unwrap();
    file.restart(Some(5)).unwrap();
    file.receive(b"whole").unwrap();
    let saved = file.finish(Some(5)).unwrap();
    assert_eq!(disk.content("a.bin").unwrap(), b"whole");
    assert_eq!(saved.sha256, hex::encode(Sha256::digest(b"whole")));
    assert_eq!(saved.size, 5);
}

#[test]
fn a_file_shorter_or_longer_than_announced_is_not_kept() {
    for (announced, received) in [(12, 11), (10, 11)] {
        let disk = Disk::default();
        let mut file = disk.destination().begin("a.bin").unwrap();
        file.write(b"eleven byte").unwrap();
        let Err(SaveError::Truncated {
            received: told,
            expected,
        }) = file.finish(Some(announced))
        else {
            panic!("saved");
        };
        assert_eq!((told, expected), (received, Some(announced)));
        assert_eq!(disk.names(), [""; 0]);
    }
}

#[test]
fn an_empty_file_is_no_evidence() {
    let disk = Disk::default();
    let file = disk.destination().begin("a.bin").unwrap();
    assert!(matches!(
        file.finish(None),
        Err(SaveError::Truncated {
            received: 0,
            expected: None
        })
    ));
    assert_eq!(disk.names(), [""; 0]);
}

#[test]
fn what_has_the_name_already_is_left_alone() {
    let disk = Disk::default().holding("a.bin", b"older evidence");
    let error = disk.destination().save("a.bin", b"newer").unwrap_err();
    assert!(matches!(error, SaveError::Exists));
    assert_eq!(disk.names(), ["a.bin"]);
    assert_eq!(disk.content("a.bin").unwrap(), b"older evidence");
}

#[test]
fn a_taken_name_can_give_way_to_a_numbered_one() {
    let disk = Disk::default()
        .holding("a.bin", b"1")
        .holding("a (2).bin", b"2");
    let mut file = disk.destination().begin("a.bin").unwrap();
    file.write(b"three").unwrap();
    assert_eq!(
        file.finish_under_a_free_name(None).unwrap().name,
        "a (3).bin"
    );
    assert_eq!(disk.names(), ["a (2).bin", "a (3).bin", "a.bin"]);
}

#[test]
fn a_hostile_name_is_cleaned_before_it_reaches_the_disk() {
    let disk = Disk::default();
    let saved = disk.destination().save("../../etc/passwd", b"x").unwrap();
    assert_eq!(saved.name, component("../../etc/passwd"));
    assert!(
        disk.trace()
            .iter()
            .all(|step| !format!("{step:?}").contains('/'))
    );
}

#[test]
fn giving_up_leaves_nothing() {
    let disk = Disk::default();
    let mut file = disk.destination().begin("a.bin").unwrap();
    file.write(b"half").unwrap();
    assert_eq!(disk.names().len(), 1);
    file.abort();
    assert_eq!(disk.names(), [""; 0]);
}
