//! The list: which dossiers, in which order, page by page.

use dossiers::register::{Creations, Following};
use dossiers::{
    Column, EmbeddedRegister, Filter, NewDossier, Progress, Query, SortKey, Stamp,
    register::Listing,
};

use crate::desk::{Desk, at, create, create_unknown, list, new_dossier, stamp};

fn sorted(keys: &[(Column, bool)]) -> Query {
    Query {
        sort: keys
            .iter()
            .map(|(column, descending)| SortKey {
                column: *column,
                descending: *descending,
            })
            .collect(),
        ..Query::default()
    }
}

fn with(filter: Filter) -> Query {
    Query {
        filters: vec![filter],
        ..Query::default()
    }
}

#[test]
fn statuses_of_id360_and_of_the_creation_can_be_asked_together() {
    let desk = Desk::new();
    let register = desk.open();
    let started = create(&register, 1);
    register
        .record_status(started, "STARTED", false, &stamp())
        .unwrap();
    let new = create(&register, 2);
    let unknown = create_unknown(&register);
    let ready = register.prepare(new_dossier(None), &stamp()).unwrap();
    let asked = |not: bool, words: &[&str]| {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let page = list(&register, &with(Filter::Status { not, words }));
        assert_eq!(page.all, 4);
        page.rows
            .into_iter()
            .map(|dossier| dossier.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        asked(false, &["STARTED", "OUTCOME_UNKNOWN"]),
        [unknown, started]
    );
    assert_eq!(asked(true, &["STARTED", "OUTCOME_UNKNOWN"]), [ready, new]);
    assert_eq!(asked(false, &["NEW"]), [new]);
    assert_eq!(asked(false, &["READY"]), [ready]);
    assert_eq!(asked(false, &["REFUSED", "CLOSED", "OK"]), []);
    assert_eq!(asked(false, &[]), []);
}

#[test]
fn another_environment_is_not_mixed_in() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let elsewhere = NewDossier {
        environment_id: "production".into(),
        ..new_dossier(None)
    };
    let elsewhere = register.prepare(elsewhere, &stamp()).unwrap();
    let page = list(
        &register,
        &with(Filter::Environment {
            not: false,
            ids: vec!["production".into()],
        }),
    );
    assert_eq!((page.rows[0].id, page.total, page.all), (elsewhere, 1, 2));
}

#[test]
fn pages_neither_repeat_nor_skip_a_dossier_under_any_sort() {
    let desk = Desk::new();
    let register = desk.open();
    for second in 0..23 {
        let new = NewDossier {
            reference: (second % 3 == 0).then(|| format!("R{}", second % 2)),
            last_name: (second % 4 != 0).then(|| format!("Nom {}", second % 5)),
            ..new_dossier(None)
        };
        register.prepare(new, &Stamp::desk(at(second % 7))).unwrap();
    }
    for column in Column::ALL {
        for descending in [false, true] {
            let query = sorted(&[(column, descending)]);
            let whole: Vec<_> = list(&register, &query).rows.iter().map(|d| d.id).collect();
            let mut paged = Vec::new();
            for offset in (0..25).step_by(5) {
                let page = register
                    .list(&query, offset, 5, &Progress::unwatched())
                    .unwrap();
                assert_eq!((page.total, page.exact, page.all), (23, true, 23));
                paged.extend(page.rows.into_iter().map(|d| d.id));
            }
            assert_eq!(paged, whole);
            assert_eq!(whole.len(), 23);
        }
    }
}

fn last_names(register: &EmbeddedRegister, query: &Query) -> Vec<String> {
    list(register, query)
        .rows
        .into_iter()
        .map(|d| d.last_name.unwrap_or_default())
        .collect()
}

#[test]
fn names_sort_without_regard_to_accents_and_what_is_missing_stands_last() {
    let desk = Desk::new();
    let register = desk.open();
    for name in [
        Some("Zola"),
        Some("Éluard"),
        None,
        Some("de Staël"),
        Some("Elzear"),
    ] {
        let new = NewDossier {
            last_name: name.map(Into::into),
            first_name: None,
            ..new_dossier(None)
        };
        register.prepare(new, &stamp()).unwrap();
    }
    let names = |descending| last_names(&register, &sorted(&[(Column::Name, descending)]));
    assert_eq!(names(false), ["de Staël", "Éluard", "Elzear", "Zola", ""]);
    assert_eq!(names(true), ["Zola", "Elzear", "Éluard", "de Staël", ""]);
}
