//! A dossier is found by what the person remembers of it.

use dossiers::register::Creations;
use dossiers::{DossierId, EmbeddedRegister, NewDossier, Query};

use crate::desk::{Desk, create, create_prepared, list, new_dossier, stamp};

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
        ..Query::default()
    };
    list(register, &query)
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
        "œuvrelac zoe dupont",
        "vrelac",
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
