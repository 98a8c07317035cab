//! Finding dossiers.

use dossiers::{
    Cell, Column, DossierId, EvidenceState, Filter, NewDossier, Progress, Query, Register,
    RegisterError, Selection, SortKey,
};

use super::Make;
use crate::desk::{create_prepared, new_dossier, stamp};

fn named(register: &dyn Register, last_name: &str, environment_id: &str) -> DossierId {
    let new = NewDossier {
        last_name: Some(last_name.into()),
        email: None,
        environment_id: environment_id.into(),
        ..new_dossier(Some("CLI-0042"))
    };
    register.prepare(new, &stamp()).unwrap()
}

fn ids(register: &dyn Register, query: &Query) -> Vec<DossierId> {
    let page = register.list(query, 0, 100, &Progress::unwatched());
    let rows = page.unwrap().rows.into_iter();
    rows.map(|line| line.id).collect()
}

fn search(text: &str) -> Query {
    Query {
        search: text.into(),
        ..Query::default()
    }
}

fn of(environment_id: &str, not: bool) -> Filter {
    Filter::Environment {
        not,
        ids: vec![environment_id.into()],
    }
}

pub fn a_dossier_is_found_by_beginnings_of_its_words_and_by_its_id(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let wanted = named(register, "D’Œuvrélac", "sandbox");
    let other = named(register, "Valmontel", "sandbox");
    create_prepared(register, wanted, 900_042);
    for text in ["oeuvre", "D'OEUVRELAC ond", "900042", &wanted.to_string()] {
        assert_eq!(ids(register, &search(text)), [wanted], "{text}");
    }
    assert_eq!(ids(register, &search("cli 42")), [other, wanted]);
    assert_eq!(ids(register, &search("lac")), []);
    assert_eq!(ids(register, &search("%")), []);
    assert_eq!(ids(register, &search(" ")), [other, wanted]);
}

pub fn a_reference_in_use_is_told_with_the_dossiers_that_have_it(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let with = |reference| {
        let found = register.with_reference("sandbox", reference, 2).unwrap();
        found.into_iter().map(|line| line.id).collect::<Vec<_>>()
    };
    let first = named(register, "A", "sandbox");
    let second = named(register, "B", "sandbox");
    let third = named(register, "C", "sandbox");
    let elsewhere = named(register, "D", "production");
    assert_eq!(with("CLI-0042"), [], "nothing left this computer");
    for (number, id) in (1..).zip([first, second, elsewhere]) {
        create_prepared(register, id, number);
    }
    register.mark_sent(third, &stamp()).unwrap();
    assert_eq!(with("CLI-0042"), [third, second], "the newest, and no more");
    register.mark_refused(third, "", &stamp()).unwrap();
    assert_eq!(with("CLI-0042"), [second, first]);
    assert_eq!(with("CLI-004"), []);
}

pub fn filters_must_all_hold_and_can_be_turned_round(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let here = named(register, "A", "sandbox");
    let there = named(register, "B", "production");
    create_prepared(register, there, 1);
    let with = |filters| Query {
        filters,
        ..Query::default()
    };
    let created = |not| Filter::Status {
        not,
        words: vec!["NEW".into()],
    };
    assert_eq!(ids(register, &with(vec![of("production", false)])), [there]);
    assert_eq!(ids(register, &with(vec![of("production", true)])), [here]);
    let both = with(vec![of("production", false), created(true)]);
    assert_eq!(ids(register, &both), []);
    let neither = with(vec![of("production", true), created(true)]);
    assert_eq!(ids(register, &neither), [here]);
    assert_eq!(register.count(&neither, &Progress::unwatched()).unwrap(), 1);
}

pub fn pages_in_any_order_hold_every_dossier_once(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    for name in ["Zola", "élan", "Elan", "Zola", "", "abel", "Éluard"] {
        named(register, name, "sandbox");
    }
    for column in Column::ALL {
        for descending in [false, true] {
            let query = Query {
                sort: vec![SortKey { column, descending }],
                ..Query::default()
            };
            let paged = [0, 3, 6].map(|offset| {
                let page = register.list(&query, offset, 3, &Progress::unwatched());
                let page = page.unwrap();
                assert_eq!((page.total, page.all), (7, 7));
                page.rows.into_iter().map(|line| line.id)
            });
            let paged: Vec<_> = paged.into_iter().flatten().collect();
            assert_eq!(paged, ids(register, &query), "{column:?}");
            let mut each_once = paged;
            each_once.sort_unstable_by_key(ToString::to_string);
            each_once.dedup();
            assert_eq!(each_once.len(), 7, "{column:?}");
        }
    }
}

pub fn a_selection_is_handed_over_one_by_one_until_it_is_given_up(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let all: Vec<_> = ["A", "B", "C", "D"]
        .map(|name| named(register, name, "sandbox"))
        .into();
    let but_one = Selection::Matching {
        query: Query::default(),
        except: vec![all[1]],
    };
    let nobody = Progress::unwatched();
    let expected = [all[3], all[2], all[0]];
    assert_eq!(register.ids(&but_one, &nobody).unwrap(), expected);
    let columns = [Column::Name, Column::Deadline, Column::Evidence];
    let mut taken = Vec::new();
    let handed = register.each(&but_one, &[], &columns, &nobody, &mut |batch| {
        for row in batch.cells().collect::<Vec<_>>().chunks(columns.len()) {
            assert_eq!(
                row[1..],
                [Cell::Missing, Cell::Evidence(EvidenceState::None)]
            );
            if let Cell::Text(name) = row[0] {
                taken.push(name.to_owned());
            }
        }
        Ok(())
    });
    let names = expected.map(|id| {
        let dossier = register.get(id).unwrap().unwrap();
        let name = [dossier.last_name, dossier.first_name];
        name.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    assert_eq!((handed.unwrap(), taken), (3, names.to_vec()));
    let mut heard = 0;
    let refused = register.each(&Selection::Some(all), &[], &columns, &nobody, &mut |_| {
        heard += 1;
        Err(RegisterError::Cancelled)
    });
    assert!(matches!(refused, Err(RegisterError::Cancelled)));
    assert_eq!(heard, 1);
    let progress = Progress::unwatched();
    progress.cancel();
    let cancelled = register.ids(&but_one, &progress);
    assert!(matches!(cancelled, Err(RegisterError::Cancelled)));
}
