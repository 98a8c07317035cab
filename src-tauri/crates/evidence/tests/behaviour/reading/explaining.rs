use evidence::explaining::{next_steps, sayings, statement};
use evidence::{Category, NextStep, Saying, Statement, findings};
use serde_json::json;

use super::{causes, read, validator};

#[test]
fn a_photo_that_cannot_be_read_is_taken_again_wherever_it_was_looked_at() {
    for place in ["fake_photo_id", "phone_detection", "id_document"] {
        let report = json!({"status": "KO", "steps": {place: {"status": "KO"}},
            "all_status_codes": [{"status_code": {"code": "MDL_INPUT_INVALID", "message": "m"}, "where": place}]});
        let found = findings(&read(&report));
        assert_eq!(
            causes(&found),
            [format!("MDL_INPUT_INVALID @ {place}")],
            "{place}"
        );
        assert_eq!(found[0].category, Category::DocumentValidity, "{place}");
        assert_eq!(next_steps(&found), [NextStep::BetterPhotos], "{place}");
        assert_eq!(sayings(&found), [Saying::Photo], "{place}");
    }
}

#[test]
fn a_search_for_a_forgery_that_broke_down_found_none() {
    for (status, category) in [("FAILED", Category::Technical), ("KO", Category::Security)] {
        for place in ["fake_photo_id", "phone_detection"] {
            let found = findings(&read(
                &json!({"status": "KO", "steps": {place: {"status": status}}}),
            ));
            assert_eq!(found[0].category, category, "{status} @ {place}");
        }
    }
}

#[test]
fn a_check_that_nothing_names_is_told_in_the_words_of_id360() {
    for (check, description) in [
        (
            json!({"is_valid": false, "description": "Checks two things", "message": "they differ"}),
            "Checks two things",
        ),
        (
            json!({"is_valid": false, "message": "they differ; token=CANARI"}),
            "they differ; token=••••••••",
        ),
    ] {
        let found = findings(&read(&validator(json!({"validations": [check]}))));
        assert_eq!(statement(&found[0]), Statement::CheckFailed);
        assert!(statement(&found[0]).needs_description());
        assert_eq!(found[0].description.as_deref(), Some(description));
    }
}

#[test]
fn the_three_checks_of_reports_before_rules_had_names_are_explained() {
    for (description, kind, expected) in [
        (
            "Checks MRZ validity",
            "identity_document",
            Statement::DocumentIncoherent,
        ),
        (
            "Checks that the Id card has not expired (15 years for adult, 10 for child)",
            "identity",
            Statement::DocumentExpired,
        ),
        (
            "Checks that the Id card was not created in the future",
            "identity",
            Statement::IssuedInTheFuture,
        ),
        (
            "Checks that the paid card has not expired",
            "pay_slip",
            Statement::CheckFailed,
        ),
    ] {
        let report = validator(
            json!({"validations": [{"is_valid": false, "description": description,
            "message": "validation failed", "fields": [{"document_type": kind, "name": "x", "value": "1"}]}]}),
        );
        let found = findings(&read(&report));
        assert_eq!(statement(&found[0]), expected, "{description}");
    }
}

#[test]
fn what_differs_is_said_by_its_own_name_and_a_number_to_correct_is_no_document_to_replace() {
    for (rule, said) in [
        ("IDENTITY.NAME.name", Saying::Name),
        ("IDENTITY.FIRST_NAME.first_name", Saying::FirstName),
        ("IDENTITY.BIRTH_DATE.birth_date", Saying::BirthDate),
        ("KBIS.SIREN.siren", Saying::Siren),
    ] {
        let found = findings(&read(&validator(json!({"validations": [
            {"ref": rule, "is_valid": false},
            {"is_valid": false, "fields": [{"document_type": "identity", "name": "x", "value": "1"}]},
        ]}))));
        // «A piece of information differs» adds nothing.
        assert_eq!(sayings(&found), [said], "{rule}");
        assert!(next_steps(&found).contains(&NextStep::CompareAndCorrect));
    }
}

#[test]
fn the_document_of_a_mandate_holder_is_never_called_the_customers_own() {
    let said = |code: &str, place: &str| {
        let report = json!({"status": "KO", "all_status_codes": [
            {"status_code": {"code": code, "message": "it is expired"}, "where": place}]});
        sayings(&findings(&read(&report)))
    };
    for code in ["VLD_ID_INVALID", "MDL_INPUT_INVALID"] {
        for place in ["id_document_mandate", "id_document_mandat_image"] {
            assert_eq!(
                said(code, place),
                [Saying::MandateDocument],
                "{code} @ {place}"
            );
        }
    }
    assert_eq!(said("VLD_ID_INVALID", "id_document"), [Saying::Expired]);
    assert_eq!(said("VLD_ID_INVALID", "kbis"), [Saying::Supporting]);
    let refused = json!({"status": "KO", "documents": {
        "mandate": [{"name": "id_document_mandate_image", "status": "INVALID", "files": []}]}});
    let found = findings(&read(&refused));
    assert_eq!(sayings(&found), [Saying::MandateDocument]);
}
