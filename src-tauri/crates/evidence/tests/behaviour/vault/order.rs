//! In which order a piece reaches the disk, and what a power cut leaves of it (quality.md E-01, E-03).

use evidence::vault::{NamedPiece, PieceHeader, Vault};
use id360_api::Receiver;
use md5::{Digest, Md5};
use uuid::Uuid;

use super::scene::{FRAME, content, header, id, name, vault};
use crate::saving::power::judge;
use crate::saving::shim::{Disk, Step};

/// Stores one piece in many small writes, then commits its row.
fn captured(length: usize, largest_write: usize) -> (Vec<Step>, Vec<u8>) {
    let disk = Disk::taking_at_most(largest_write);
    let mut piece = vault(&disk).begin(header(1)).unwrap();
    for chunk in content(length, 1).chunks(9_000) {
        piece.receive(chunk).unwrap();
    }
    piece.finish(Some(length as u64)).unwrap();
    disk.commit_row();
    (disk.trace(), disk.content(&name(1)).unwrap())
}

#[test]
fn a_piece_is_stored_in_the_one_order_that_survives_a_power_cut() {
    let (trace, _) = captured(2 * FRAME + 1, usize::MAX);
    let Some(Step::Create(temporary)) = trace.get(2).cloned() else {
        panic!("{trace:?}");
    };
    assert!(temporary.starts_with('.') && temporary.ends_with(".part"));
    let (writes, others): (Vec<Step>, Vec<Step>) = trace
        .into_iter()
        .partition(|step| matches!(step, Step::Write { .. }));
    // The head and three frames.
    assert_eq!(writes.len(), 4);
    assert_eq!(
        others,
        [
            Step::CreateFolder("/desk/evidence".into()),
            Step::CreateFolder("/desk/evidence/00..ff".into()),
            Step::Create(temporary.clone()),
            Step::Size(temporary.clone()),
            Step::SyncFile(temporary.clone()),
            Step::Close(temporary.clone()),
            Step::Rename {
                from: temporary,
                to: name(1)
            },
            Step::SyncFolder,
            Step::Row,
        ]
    );
}

#[test]
fn whenever_the_power_goes_a_piece_is_absent_or_whole_and_no_row_lacks_its_file() {
    let (trace, whole) = captured(3_600, 500);
    let verdict = judge(&trace, &name(1), &whole);
    assert!(verdict.states >= 10_000, "only {} states", verdict.states);
    assert!(verdict.is_sound(), "{verdict:?}");

    let (trace, whole) = captured(FRAME + 4_000, 20_000);
    let verdict = judge(&trace, &name(1), &whole);
    assert!(verdict.is_sound(), "{verdict:?}");
}

#[test]
fn the_judge_would_notice_a_row_written_before_its_file() {
    let (mut trace, whole) = captured(3_600, 500);
    trace.pop();
    trace.insert(trace.len() - 1, Step::Row);
    let verdict = judge(&trace, &name(1), &whole);
    assert!(verdict.rows_without_file > 0, "{verdict:?}");
}

/// Begins pieces with the ids given, gives them their names, and tells the bytes of their files.
fn named(disk: &Disk, vault: &Vault, ids: &[Uuid]) -> (Vec<NamedPiece>, Vec<Vec<u8>>) {
    let named: Vec<_> = (1..)
        .zip(ids)
        .map(|(number, id)| {
            let mut piece = vault
                .begin(PieceHeader {
                    piece: *id,
                    ..header(number)
                })
                .unwrap();
            piece.receive(&content(900, number)).unwrap();
            piece.name(Some(900)).unwrap()
        })
        .collect();
    let files = ids
        .iter()
        .map(|id| disk.content(&format!("{id}.piece")).unwrap());
    let files = files.collect();
    (named, files)
}

#[test]
fn pieces_of_one_dossier_share_the_sync_that_makes_their_names_last() {
    let disk = Disk::default();
    let vault = vault(&disk);
    let ids = [(); 3].map(|()| Vault::new_id(header(1).dossier));
    let (named, _) = named(&disk, &vault, &ids);
    let stored = vault.make_last(named).unwrap();
    disk.commit_row();
    assert_eq!(
        stored
            .iter()
            .map(|piece| piece.header.piece)
            .collect::<Vec<_>>(),
        ids
    );
    let renames = |step: &Step| matches!(step, Step::Rename { .. });
    let trace: Vec<_> = disk
        .trace()
        .into_iter()
        .filter(|step| renames(step) || matches!(step, Step::SyncFolder | Step::Row))
        .collect();
    assert!(trace[..3].iter().all(renames), "{trace:?}");
    assert_eq!(trace[3..], [Step::SyncFolder, Step::Row]);
}

#[test]
fn whenever_the_power_goes_each_of_several_pieces_is_absent_or_whole() {
    let disk = Disk::taking_at_most(500);
    let vault = vault(&disk);
    let ids = [id(1), id(2)];
    let (named, files) = named(&disk, &vault, &ids);
    vault.make_last(named).unwrap();
    disk.commit_row();
    for (id, whole) in ids.iter().zip(&files) {
        let verdict = judge(&disk.trace(), &format!("{id}.piece"), whole);
        assert!(verdict.is_sound(), "{verdict:?}");
    }
}

#[test]
fn a_piece_that_a_stop_left_under_its_name_is_there_for_good_before_it_is_told() {
    let disk = Disk::default();
    let vault = vault(&disk);
    let (named, files) = named(&disk, &vault, &[id(1)]);
    drop(named);
    let sweep = vault.sweep(&|_| false).unwrap();
    assert_eq!(sweep.strays.len(), 1);
    disk.commit_row();
    let verdict = judge(&disk.trace(), &name(1), &files[0]);
    assert!(verdict.is_sound(), "{verdict:?}");
}

#[test]
fn a_piece_that_starts_again_leaves_no_trace_of_its_first_try() {
    let disk = Disk::default();
    let vault = vault(&disk);
    let mut piece = vault.begin(header(1)).unwrap();
    piece.restart(Some(200_000)).unwrap();
    piece.receive(&content(200_000, 1)).unwrap();
    piece.restart(Some(5)).unwrap();
    piece.receive(b"whole").unwrap();
    let stored = piece.finish(Some(5)).unwrap();
    assert_eq!(hex::encode(stored.md5), hex::encode(Md5::digest(b"whole")));
    assert_eq!(stored.size, 5);
    assert_eq!(vault.read(id(1), 100).unwrap().1, b"whole");
}

#[test]
fn giving_up_leaves_nothing() {
    let disk = Disk::default();
    let mut piece = vault(&disk).begin(header(1)).unwrap();
    piece.receive(&content(100_000, 1)).unwrap();
    assert_eq!(disk.names().len(), 1);
    drop(piece);
    assert_eq!(disk.names(), [""; 0]);
}
