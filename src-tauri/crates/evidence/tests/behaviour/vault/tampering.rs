//! Whatever is done to the files, nothing reads as whole that is not.

use evidence::vault::{PieceHeader, VaultError};
use proptest::prelude::*;

use super::scene::{FRAME, KEY, content, header, id, name, vault, vault_with};
use crate::saving::shim::Disk;

/// Bytes that sealing adds to one frame.
const TAG: usize = 16;

fn length_of_frames(bytes: usize) -> usize {
    bytes + bytes.div_ceil(FRAME) * TAG
}

/// The sealed file of a piece of that length.
fn sealed(disk: &Disk, number: u64, length: usize) -> Vec<u8> {
    vault(disk)
        .store(header(number), &content(length, number))
        .unwrap();
    disk.content(&name(number)).unwrap()
}

fn reads_as_altered(disk: &Disk, number: u64) -> bool {
    let vault = vault(disk);
    matches!(vault.check(id(number)), Err(VaultError::Altered))
        && matches!(vault.read(id(number), u64::MAX), Err(VaultError::Altered))
}

#[test]
fn a_piece_comes_out_as_it_went_in_at_every_length_around_a_frame() {
    for length in [
        1,
        2,
        FRAME - 1,
        FRAME,
        FRAME + 1,
        2 * FRAME - 1,
        2 * FRAME,
        3 * FRAME + 7,
    ] {
        let disk = Disk::default();
        let vault = vault(&disk);
        let bytes = content(length, 3);
        let stored = vault.store(header(1), &bytes).unwrap();
        let (read, back) = vault.read(id(1), length as u64).unwrap();
        assert!(back == bytes, "{length} bytes");
        assert_eq!((read, stored.size), (stored.header.clone(), length as u64));
        assert_eq!(vault.describe(id(1)).unwrap(), stored);
        assert_eq!(vault.check(id(1)).unwrap(), (stored.size, stored.sha256));
        assert!(matches!(
            vault.read(id(1), length as u64 - 1),
            Err(VaultError::TooLarge { .. })
        ));
    }
}

#[test]
fn the_head_tells_whose_the_piece_is_and_what_its_bytes_are() {
    let disk = Disk::default();
    let vault = vault(&disk);
    vault.store(header(1), b"%PDF-1.7 and so on").unwrap();
    let told = PieceHeader {
        media_type: Some("application/json".into()),
        ..header(2)
    };
    vault.store(told.clone(), b"{}").unwrap();
    let pdf = PieceHeader {
        media_type: Some("application/pdf".into()),
        ..header(1)
    };
    assert_eq!(vault.header(id(1)).unwrap(), pdf);
    assert_eq!(vault.header(id(2)).unwrap(), told);
}

#[test]
fn no_plain_byte_of_a_piece_is_on_the_disk() {
    let disk = Disk::default();
    let bytes = b"VALMONTEL Ondine 1990-04-12 ".repeat(5_000);
    vault(&disk).store(header(1), &bytes).unwrap();
    let file = disk.content(&name(1)).unwrap();
    let dossier = header(1).dossier.to_string();
    for plain in [
        b"VALMONTEL".as_slice(),
        b"1990-04",
        b"document",
        b"8812",
        b"GET /",
        b"2026-02-03",
        b"9e107d9d",
        dossier.as_bytes(),
    ] {
        assert!(
            !file.windows(plain.len()).any(|window| window == plain),
            "{} is readable",
            String::from_utf8_lossy(plain)
        );
    }
}

#[test]
fn the_same_piece_is_never_sealed_the_same_way_twice() {
    let (one, two) = (Disk::default(), Disk::default());
    assert_ne!(sealed(&one, 1, 1_000)[44..], sealed(&two, 1, 1_000)[44..]);
}

#[test]
fn another_key_opens_nothing() {
    let disk = Disk::default();
    sealed(&disk, 1, 1_000);
    let other = vault_with(&disk, &[0x5d; 32]);
    assert!(matches!(other.header(id(1)), Err(VaultError::Altered)));
    assert!(vault_with(&disk, &KEY).check(id(1)).is_ok());
}

#[test]
fn frames_that_change_places_are_noticed() {
    let disk = Disk::default();
    let file = sealed(&disk, 1, 4 * FRAME);
    let block = FRAME + TAG;
    let start = file.len() - 4 * block;
    for (one, other) in [(0, 1), (1, 2), (2, 3), (0, 3)] {
        let mut mixed = file.clone();
        for at in 0..block {
            mixed.swap(start + one * block + at, start + other * block + at);
        }
        disk.put(&name(1), Some(mixed));
        assert!(reads_as_altered(&disk, 1), "{one} and {other}");
    }
}

#[test]
fn frames_that_are_left_out_or_doubled_are_noticed() {
    let disk = Disk::default();
    let file = sealed(&disk, 1, 3 * FRAME);
    let block = FRAME + TAG;
    let start = file.len() - 3 * block;
    for frame in 0..3 {
        let at = start + frame * block;
        let without = [&file[..at], &file[at + block..]].concat();
        let doubled = [&file[..at + block], &file[at..]].concat();
        for changed in [without, doubled] {
            disk.put(&name(1), Some(changed));
            assert!(reads_as_altered(&disk, 1), "frame {frame}");
        }
    }
}

#[test]
fn a_file_under_another_piece_s_name_is_noticed_and_so_are_its_frames_under_another_head() {
    let disk = Disk::default();
    let (one, two) = (sealed(&disk, 1, 70_000), sealed(&disk, 2, 70_000));
    disk.put(&name(1), Some(two.clone()));
    disk.put(&name(2), Some(one.clone()));
    assert!(reads_as_altered(&disk, 1) && reads_as_altered(&disk, 2));
    let start = one.len() - length_of_frames(70_000);
    disk.put(&name(1), Some([&one[..start], &two[start..]].concat()));
    assert!(reads_as_altered(&disk, 1));
    disk.put(&name(1), Some(one));
    assert!(vault(&disk).check(id(1)).is_ok());
}

#[test]
fn a_piece_written_anew_under_the_same_id_does_not_mix_with_the_old_one() {
    let (before, after) = (Disk::default(), Disk::default());
    let (old, new) = (sealed(&before, 1, 70_000), sealed(&after, 1, 70_000));
    let start = old.len() - length_of_frames(70_000);
    before.put(&name(1), Some([&old[..start], &new[start..]].concat()));
    assert!(reads_as_altered(&before, 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_byte_changed_anywhere_is_noticed(
        length in prop_oneof![1..400usize, FRAME - 20..FRAME + 20],
        at in any::<prop::sample::Index>(),
        change in 1..=255u8,
    ) {
        let disk = Disk::default();
        let mut file = sealed(&disk, 1, length);
        let at = at.index(file.len());
        file[at] ^= change;
        disk.put(&name(1), Some(file));
        prop_assert!(reads_as_altered(&disk, 1), "byte {at}");
    }

    #[test]
    fn a_file_cut_anywhere_or_with_anything_behind_it_is_noticed(
        length in prop_oneof![1..400usize, Just(FRAME), Just(2 * FRAME), FRAME - 20..FRAME + 20],
        cut in any::<prop::sample::Index>(),
        more in prop::collection::vec(any::<u8>(), 1..100),
    ) {
        let disk = Disk::default();
        let file = sealed(&disk, 1, length);
        disk.put(&name(1), Some(file[..cut.index(file.len())].to_vec()));
        prop_assert!(reads_as_altered(&disk, 1));
        disk.put(&name(1), Some([file, more].concat()));
        prop_assert!(reads_as_altered(&disk, 1));
    }

    #[test]
    fn a_file_of_anything_is_no_piece_and_stops_nobody(
        bytes in prop::collection::vec(any::<u8>(), 0..2_000),
        marked in any::<bool>(),
    ) {
        let disk = Disk::default();
        let start = sealed(&disk, 1, 100)[..8].to_vec();
        disk.put(&name(1), Some(if marked { [start, bytes].concat() } else { bytes }));
        prop_assert!(reads_as_altered(&disk, 1));
    }
}

#[test]
fn every_single_bit_of_a_small_piece_counts() {
    let disk = Disk::default();
    let file = sealed(&disk, 1, 10);
    for bit in 0..file.len() * 8 {
        let mut flipped = file.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        disk.put(&name(1), Some(flipped));
        assert!(
            matches!(vault(&disk).check(id(1)), Err(VaultError::Altered)),
            "bit {bit}"
        );
    }
}
