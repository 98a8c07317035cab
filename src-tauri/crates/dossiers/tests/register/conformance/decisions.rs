//! What persons decide.

use dossiers::{
    Cell, Choice, Column, DossierId, Filter, Progress, Query, RegisterError, Selection, SortKey,
};

use super::Make;
use crate::desk::{create_unknown, now};
use crate::elsewhere::{by, import_ended};

pub fn decisions_are_added_beside_the_verdict_and_their_notes_stay_out_of_the_journal(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = import_ended(register, 1, "KO", now());
    let note = "Vue au guichet, même personne";
    for (choice, note) in [(Choice::MoreWanted, ""), (Choice::Accepted, note)] {
        register
            .decide(id, choice, note, &by("agence-lille"))
            .unwrap();
    }
    let decided: Vec<_> = register
        .decisions(id)
        .unwrap()
        .into_iter()
        .map(|decision| (decision.choice, decision.note, decision.by))
        .collect();
    let who = Some("agence-lille".into());
    let expected = [
        (Choice::MoreWanted, String::new(), who.clone()),
        (Choice::Accepted, note.to_owned(), who),
    ];
    assert_eq!(decided, expected);
    let line = register.get(id).unwrap().unwrap();
    assert_eq!(line.verdict.as_deref(), Some("KO"));
    let acts = register.acts(id).unwrap();
    let told: Vec<_> = acts
        .iter()
        .filter(|entry| entry.act == "decided")
        .map(|entry| entry.detail.as_str())
        .collect();
    assert_eq!(told, ["more_wanted", "accepted"]);
    let other = create_unknown(register);
    assert_eq!(register.decisions(other).unwrap(), []);
    let nobody = DossierId(uuid::Uuid::nil());
    let refused = register.decide(nobody, Choice::Refused, "", &by("agence-lille"));
    assert!(matches!(refused, Err(RegisterError::NotFound)));
}

pub fn the_latest_decision_is_found_sorted_and_handed_over(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let ids: Vec<DossierId> = (1..=4)
        .map(|number| import_ended(register, number, "KO", now()))
        .collect();
    let of = |id: DossierId| register.get(id).unwrap().unwrap().decision;
    assert_eq!(of(ids[0]), None);
    for (place, choice) in [
        (0, Choice::Refused),
        (1, Choice::Refused),
        (1, Choice::Accepted),
        (2, Choice::MoreWanted),
    ] {
        register
            .decide(ids[place], choice, "", &by("agence-lille"))
            .unwrap();
    }
    assert_eq!(
        ids.iter().map(|id| of(*id)).collect::<Vec<_>>(),
        [
            Some(Choice::Refused),
            Some(Choice::Accepted),
            Some(Choice::MoreWanted),
            None
        ]
    );

    let found = |not, choices: &[Option<Choice>]| {
        let query = Query {
            filters: vec![Filter::Decision {
                not,
                choices: choices.to_vec(),
            }],
            ..Query::default()
        };
        let mut places: Vec<_> = register
            .list(&query, 0, 10, &Progress::unwatched())
            .unwrap()
            .rows
            .iter()
            .map(|row| ids.iter().position(|id| *id == row.id).unwrap())
            .collect();
        places.sort_unstable();
        let count = register.count(&query, &Progress::unwatched()).unwrap();
        assert_eq!(count, places.len() as u64);
        places
    };
    let (accepted, refused) = (Some(Choice::Accepted), Some(Choice::Refused));
    assert_eq!(found(false, &[accepted]), [1]);
    assert_eq!(found(true, &[accepted]), [0, 2, 3]);
    assert_eq!(found(false, &[None]), [3]);
    assert_eq!(found(true, &[None]), [0, 1, 2]);
    assert_eq!(found(false, &[None, refused]), [0, 3]);
    assert_eq!(found(true, &[None, refused]), [1, 2]);
    assert!(found(false, &[]).is_empty());
    assert_eq!(found(true, &[]), [0, 1, 2, 3]);

    let mut cells = Vec::new();
    let everything = Selection::Matching {
        query: Query::default(),
        except: vec![],
    };
    let order = [SortKey {
        column: Column::Decision,
        descending: false,
    }];
    register
        .each(
            &everything,
            &order,
            &[Column::Decision],
            &Progress::unwatched(),
            &mut |batch| {
                cells.extend(batch.cells().map(|cell| match cell {
                    Cell::Decision(choice) => Some(choice),
                    _ => None,
                }));
                Ok(())
            },
        )
        .unwrap();
    assert_eq!(cells, [accepted, Some(Choice::MoreWanted), refused, None]);
}
