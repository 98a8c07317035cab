//! Many dossiers handed over column by column, as an export takes them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use dossiers::register::{Listing, Marks};
use dossiers::{
    Cell, Column, EmbeddedRegister, Progress, Query, RegisterError, Selection, SortKey,
};

use crate::desk::{Desk, stamp};
use crate::elsewhere::{import, known};

/// Enough for two connections to read in turn, and no whole number of their turns.
const DOSSIERS: i64 = 12_345;

fn filled(desk: &Desk) -> EmbeddedRegister {
    let register = desk.open();
    import(&register, (1..=DOSSIERS).map(known).collect());
    register
}

fn everything() -> Selection {
    Selection::Matching {
        query: Query::default(),
        except: Vec::new(),
    }
}

fn numbers(register: &EmbeddedRegister, order: &[SortKey]) -> Vec<i64> {
    let mut numbers = Vec::new();
    let columns = [Column::EnrollmentId, Column::Tags];
    let handed = register.each(
        &everything(),
        order,
        &columns,
        &Progress::unwatched(),
        &mut |batch| {
            for row in batch.cells().collect::<Vec<_>>().chunks(columns.len()) {
                match row {
                    [Cell::Number(number), Cell::Missing] => numbers.push(*number),
                    other => panic!("{other:?}"),
                }
            }
            Ok(())
        },
    );
    assert_eq!(handed.unwrap(), u64::try_from(numbers.len()).unwrap());
    numbers
}

#[test]
fn many_dossiers_come_in_the_order_asked_for_each_once() {
    let desk = Desk::new();
    let register = filled(&desk);
    let up: Vec<i64> = (1..=DOSSIERS).collect();
    let down: Vec<i64> = (1..=DOSSIERS).rev().collect();
    assert_eq!(numbers(&register, &[]), down);
    let by_number = |descending| SortKey {
        column: Column::EnrollmentId,
        descending,
    };
    assert_eq!(numbers(&register, &[by_number(false)]), up);
    assert_eq!(numbers(&register, &[by_number(true)]), down);
}

/// Two dossiers that different connections read are tagged and untagged together, as fast as it goes; each
/// look ends once both were read.
#[test]
fn many_dossiers_are_of_one_state_whatever_is_changed_meanwhile() {
    const LOOKS: usize = 400;
    const TURN: i64 = 1_024;
    let desk = Desk::new();
    let register = filled(&desk);
    let watched = [DOSSIERS, DOSSIERS - TURN];
    let ids = register.ids(&everything(), &Progress::unwatched()).unwrap();
    let both = Selection::Some(vec![ids[0], ids[usize::try_from(TURN).unwrap()]]);
    let tag = ["suivi".to_owned()];
    let over = AtomicBool::new(false);
    let (mut tagged, mut untagged) = (0, 0);
    thread::scope(|scope| {
        scope.spawn(|| {
            let nobody = Progress::unwatched();
            while !over.load(Ordering::Relaxed) {
                for (add, remove) in [(&tag[..], &[][..]), (&[][..], &tag[..])] {
                    register.tag(&both, add, remove, &nobody, &stamp()).unwrap();
                }
            }
        });
        let looks = (0..LOOKS).map(|_| {
            let mut found = Vec::new();
            let ended = register.each(
                &everything(),
                &[],
                &[Column::EnrollmentId, Column::Tags],
                &Progress::unwatched(),
                &mut |batch| {
                    let cells: Vec<_> = batch.cells().collect();
                    found.extend(cells.chunks(2).filter_map(|row| match row {
                        [Cell::Number(number), tags] if watched.contains(number) => {
                            Some(*tags != Cell::Missing)
                        }
                        _ => None,
                    }));
                    if found.len() == watched.len() {
                        return Err(RegisterError::Cancelled);
                    }
                    Ok(())
                },
            );
            assert!(matches!(ended, Err(RegisterError::Cancelled)));
            found
        });
        let looks: Vec<_> = looks.collect();
        over.store(true, Ordering::Relaxed);
        for look in looks {
            assert_eq!(look[0], look[1], "of two states");
            if look[0] {
                tagged += 1;
            } else {
                untagged += 1;
            }
        }
    });
    assert!(tagged > 0 && untagged > 0, "nothing changed meanwhile");
}

#[test]
fn whoever_has_enough_of_many_dossiers_is_handed_no_more() {
    let desk = Desk::new();
    let register = filled(&desk);
    let mut heard = 0;
    let given_up = register.each(
        &everything(),
        &[],
        &[Column::Name],
        &Progress::unwatched(),
        &mut |_| {
            heard += 1;
            if heard == 3 {
                return Err(RegisterError::DiskFull);
            }
            Ok(())
        },
    );
    assert!(matches!(given_up, Err(RegisterError::DiskFull)));
    assert_eq!(heard, 3);
    let progress = Progress::unwatched();
    let cancelled = register.each(&everything(), &[], &[Column::Name], &progress, &mut |_| {
        progress.cancel();
        Ok(())
    });
    assert!(matches!(cancelled, Err(RegisterError::Cancelled)));
}
