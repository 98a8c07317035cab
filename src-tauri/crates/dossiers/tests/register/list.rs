//! A dossier is found by what the person remembers of it.

use dossiers::Progress;
use dossiers::register::{Creations, Following, Listing};
use dossiers::{DossierId, EmbeddedRegister, NewDossier, Query, Sort};

use crate::desk::{
    Desk, at, create, create_prepared, create_unknown, everything, new_dossier, stamp,
};

fn person(last_name: &str, first_name: &str, email: &str, phone: &str) -> NewDossier {
    NewDossier {
        last_name: Some(last_name.into()),
        first_name: Some(first_name.into()),
        email: Some(email.into()),
        phone_number: Some(phone.into()),
        ..new_dossier(Some("CLI 2026-001"))
    }
}

fn found(register: &EmbeddedRegister, search: &str) -> Vec<DossierId> {
    let query = Query {
        search: search.into(),
        ..everything()
    };
    register
        .list(&query, &Progress::unwatched())
        .unwrap()
        .rows
        .into_iter()
        .map(|dossier| dossier.id)
        .collect()
}

#[test]
fn one_search_box_looks_in_everything_a_person_remembers() {
    let desk = Desk::new();
    let register = desk.open();
    let wanted = person(
        "D’Œuvrélac-Saint-Rémy",
        "Zoé Marie-Ange",
        "zoe_m@courrier.example",
        "06 39 98 77 11",
    );
    let wanted = register.prepare(wanted, &stamp()).unwrap();
    create_prepared(&register, wanted, 900_042);
    create(&register, 17);
    let uuid = wanted.to_string();
    for search in [
        "d'oeuvrelac",
        "DOEUVRELAC",
        "saint remy",
        "saint-remy zoé",
        "zoe d’œuvrelac",
        "marieange",
        "cli2026",
        "CLI 2026-001",
        "900042",
        "zoe_m@courrier",
        "7711",
        "77 11",
        "06.39.98.77.11",
        "+33 6 39 98 77 11",
        uuid.as_str(),
    ] {
        assert_eq!(found(&register, search), [wanted], "{search}");
    }
    for search in [
        "zoe valmontel",
        "%",
        "_",
        "oeuvrelac%zoe",
        "saint;remy' OR 1=1",
    ] {
        assert!(found(&register, search).is_empty(), "{search}");
    }
    assert_eq!(found(&register, "  ").len(), 2);
}

#[test]
fn a_number_stored_with_its_country_code_is_found_as_it_is_spoken() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    assert_eq!(found(&register, "06 39 98 12 34"), [id]);
    assert_eq!(found(&register, "0033 6 39 98 12 34"), [id]);
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
    let asked = |words: &[&str]| {
        let statuses = words.iter().map(|word| (*word).to_owned()).collect();
        let page = register
            .list(
                &Query {
                    statuses,
                    ..everything()
                },
                &Progress::unwatched(),
            )
            .unwrap();
        assert_eq!(page.all, 4);
        page.rows
            .into_iter()
            .map(|dossier| dossier.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(asked(&["STARTED", "OUTCOME_UNKNOWN"]), [started, unknown]);
    assert_eq!(asked(&["NEW"]), [new]);
    assert_eq!(asked(&["READY"]), [ready]);
    assert_eq!(asked(&["REFUSED", "CLOSED", "OK"]), []);
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
    let query = Query {
        environment_id: Some("production".into()),
        ..everything()
    };
    let page = register.list(&query, &Progress::unwatched()).unwrap();
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
        register
            .prepare(new, &dossiers::Stamp::desk(at(second % 7)))
            .unwrap();
    }
    for sort in [
        Sort::PreparedAt,
        Sort::ChangedAt,
        Sort::FinishedTime,
        Sort::Status,
        Sort::Reference,
        Sort::Name,
        Sort::EnrollmentId,
        Sort::Process,
        Sort::Operator,
    ] {
        for descending in [false, true] {
            let whole = Query {
                sort,
                descending,
                ..everything()
            };
            let whole: Vec<_> = register
                .list(&whole, &Progress::unwatched())
                .unwrap()
                .rows
                .into_iter()
                .map(|d| d.id)
                .collect();
            let mut paged = Vec::new();
            for offset in (0..25).step_by(5) {
                let query = Query {
                    sort,
                    descending,
                    offset,
                    limit: 5,
                    ..Query::default()
                };
                let page = register.list(&query, &Progress::unwatched()).unwrap();
                assert_eq!((page.total, page.all), (23, 23));
                paged.extend(page.rows.into_iter().map(|d| d.id));
            }
            assert_eq!(paged, whole);
            assert_eq!(whole.len(), 23);
        }
    }
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
    let names = |descending| {
        let query = Query {
            sort: Sort::Name,
            descending,
            ..everything()
        };
        let rows = register.list(&query, &Progress::unwatched()).unwrap().rows;
        rows.into_iter()
            .map(|d| d.last_name.unwrap_or_default())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(false), ["de Staël", "Éluard", "Elzear", "Zola", ""]);
    assert_eq!(names(true), ["Zola", "Elzear", "Éluard", "de Staël", ""]);
}
