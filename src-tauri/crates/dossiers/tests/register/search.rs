//! A dossier is found by what the person remembers of it.

use dossiers::register::{Creations, Following};
use dossiers::{
    DossierId, EmbeddedRegister, NewDossier, Query, ReportFacts, ReportKind, StoredReport,
};

use crate::desk::{Desk, create, create_prepared, get, list, new_dossier, now, stamp};
use crate::elsewhere::facts;

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

#[test]
fn a_number_written_with_its_country_code_and_its_zero_is_found_in_every_writing() {
    let desk = Desk::new();
    let register = desk.open();
    let new = person("Roy", "Zoé", "zoe@poste.example", "+33 (0)6 39 98 77 11");
    let both = register.prepare(new, &stamp()).unwrap();
    for search in [
        "06 39 98",
        "0639987711",
        "+33639987711",
        "0033 6 39 98 77 11",
        "+33 (0)6 39 98 77 11",
        "77 11",
    ] {
        assert_eq!(found(&register, search), [both], "{search}");
    }
    let plain = create(&register, 1);
    assert_eq!(found(&register, "+33 (0)6 39 98 12 34"), [plain]);
}

#[test]
fn a_dossier_is_found_by_the_name_it_was_made_under_and_by_the_one_its_report_reads() {
    let desk = Desk::new();
    let register = desk.open();
    let new = person("Valmontel", "Ondine", "o.v@poste.example", "06 39 98 77 11");
    let id = register.prepare(new, &stamp()).unwrap();
    create_prepared(&register, id, 1);
    for (read, kind) in [("VALM0NTEL", ReportKind::Draft), ("ROY", ReportKind::Final)] {
        let report = StoredReport {
            kind,
            raw: b"{}".to_vec(),
            read_at: now(),
        };
        let said = ReportFacts {
            last_name: Some(read.into()),
            ..facts("KO", None)
        };
        register.record_report(id, report, said, &stamp()).unwrap();
    }
    assert_eq!(get(&register, id).last_name.as_deref(), Some("ROY"));
    for search in ["valmontel", "ondine roy", "valm0ntel"] {
        assert_eq!(found(&register, search), [id], "{search}");
    }
}

#[test]
fn a_reference_as_id360_has_it_leads_to_its_dossier() {
    let desk = Desk::new();
    let register = desk.open();
    let ids: Vec<_> = (0..2)
        .map(|_| {
            register
                .prepare(new_dossier(Some("CLI-7")), &stamp())
                .unwrap()
        })
        .collect();
    for id in &ids {
        let whole = get(&register, *id).client_reference;
        assert_eq!(whole, format!("CLI-7/{id}"));
        for search in [whole.clone(), format!(" {} ", whole.to_uppercase())] {
            assert_eq!(found(&register, &search), [*id], "{search}");
        }
    }
    assert_eq!(found(&register, "cli-7"), [ids[1], ids[0]]);
    // An id of no dossier of ours finds none, whatever stands before it.
    let nobody = format!("CLI-7/{}", uuid::Uuid::from_u128(9));
    assert_eq!(found(&register, &nobody), []);
}

#[test]
fn an_e_mail_address_is_found_by_its_domain_and_not_by_the_end_of_it() {
    let desk = Desk::new();
    let register = desk.open();
    let with = |email: &str| {
        let new = person("Valmontel", "Zoé", email, "06 39 98 77 11");
        register.prepare(new, &stamp()).unwrap()
    };
    let first = with("zoe@cabinet-durand.example");
    let second = with("z.valmontel@poste.example");
    for search in [
        "cabinet-durand.example",
        "@cabinet-durand",
        "CABINET-DURAND",
    ] {
        assert_eq!(found(&register, search), [first], "{search}");
    }
    assert_eq!(found(&register, "poste.example"), [second]);
    for search in ["example", "durand"] {
        assert_eq!(found(&register, search), [], "{search}");
    }
}

#[test]
fn the_number_in_a_reference_is_found_without_the_zeros_before_it() {
    let desk = Desk::new();
    let register = desk.open();
    let prepare = |reference| {
        let new = NewDossier {
            phone_number: None,
            ..new_dossier(Some(reference))
        };
        register.prepare(new, &stamp()).unwrap()
    };
    let wanted = prepare("CLI-2026-000417");
    let other = prepare("CLI-2026-041700");
    for search in ["417", "000417", "cli 417", "CLI-2026-000417", "2026-000417"] {
        let rows = found(&register, search);
        assert!(rows.contains(&wanted), "{search}");
    }
    assert_eq!(found(&register, "000417"), [wanted]);
    assert_eq!(found(&register, "41700"), [other]);
    // Zeros that are not there are not made up.
    assert_eq!(found(&register, "0000417"), []);
}
