//! Two who work on the same dossier at once lose nothing of each other (D-11, R-05).

use std::sync::Barrier;

use dossiers::register::{Creations, Following, Imports, Journal, Marks};
use dossiers::{Act, Chain, ExpectedDatum, Progress, Selection, Stamp};

use crate::desk::{Desk, all, at, create, create_prepared, get, new_dossier, stamp};

#[test]
fn a_thousand_interleavings_of_two_windows_lose_no_update() {
    let rounds: i64 = 1_000;
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let before = get(&register, id).version;
    let this = Selection::Some(vec![id]);
    let together = Barrier::new(2);
    std::thread::scope(|scope| {
        let window = |who: &'static str| {
            let (register, this, together) = (&register, &this, &together);
            scope.spawn(move || {
                for round in 0..rounds {
                    together.wait();
                    let stamp = Stamp::new(at(round), who);
                    match (who, round % 4) {
                        // Both the same kind of change, or each another one.
                        (_, 0 | 1) => {
                            let add = [format!("{who}-{round}")];
                            let remove = [format!("{who}-{}", round - 8)];
                            register
                                .tag(this, &add, &remove, &Progress::unwatched(), &stamp)
                                .unwrap();
                        }
                        ("left", _) => {
                            let datum = ExpectedDatum {
                                name: format!("datum-{round}"),
                                value: "1".into(),
                                locked: false,
                                auto: None,
                            };
                            register.add_expected(id, datum, &stamp).unwrap();
                        }
                        _ => {
                            register
                                .treat(this, round % 4 == 2, &Progress::unwatched(), &stamp)
                                .unwrap();
                        }
                    }
                }
            });
        };
        window("left");
        window("right");
    });
    let after = get(&register, id);
    // Each change is a version of its own, so none was made over another one's beginning.
    assert_eq!(after.version - before, 2 * rounds);
    assert_eq!(after.expected.len() as i64, rounds / 2);
    for who in ["left", "right"] {
        for round in (rounds - 8..rounds).filter(|round| round % 4 < 2) {
            assert!(after.tags.contains(&format!("{who}-{round}")));
        }
    }
    assert_eq!(after.tags.len(), 8);
    assert_eq!(after.treated_at, None);
    let acts = register.acts(id).unwrap();
    let count = |act: Act| {
        acts.iter()
            .filter(|entry| entry.act == act.as_str())
            .count() as i64
    };
    assert_eq!(count(Act::Tagged), rounds);
    assert_eq!(count(Act::ExpectedAdded), rounds / 2);
    assert_eq!(count(Act::Treated) + count(Act::Untreated), rounds / 2);
    assert_eq!(
        register.verify_chain(&Progress::unwatched()).unwrap().chain,
        Chain::Intact
    );
}

#[test]
fn two_machines_with_one_reference_make_two_dossiers_that_never_become_one() {
    let (lille, paris) = (Desk::new(), Desk::new());
    let (here, there) = (lille.open(), paris.open());
    let ours = here.prepare(new_dossier(Some("CLI-7")), &stamp()).unwrap();
    create_prepared(&here, ours, 1);
    let theirs = there.prepare(new_dossier(Some("CLI-7")), &stamp()).unwrap();
    create_prepared(&there, theirs, 2);
    let (ours, theirs) = (get(&here, ours), get(&there, theirs));
    // At ID360 nothing that looks for one finds the other.
    assert_ne!(ours.client_reference, theirs.client_reference);

    // And where both are known, both are lines, with what belongs to each.
    let line = dossiers::Imported {
        enrollment_id: 2,
        reference: Some("CLI-7".into()),
        ..dossiers::Imported::default()
    };
    let batch = dossiers::ImportBatch {
        environment_id: ours.environment_id.clone(),
        process_id: ours.process_id.clone(),
        process_uuid: ours.process_uuid,
        process_name: ours.process_name.clone(),
        idclaim_expected: false,
        operator: "agence-lille".into(),
    };
    here.import(batch, vec![line], &Progress::unwatched(), &stamp())
        .unwrap();
    let mut both: Vec<_> = all(&here)
        .into_iter()
        .map(|line| (line.reference, line.enrollment_id))
        .collect();
    both.sort();
    assert_eq!(
        both,
        [
            (Some("CLI-7".into()), Some(1)),
            (Some("CLI-7".into()), Some(2))
        ]
    );
}
