use evidence::comparing::comparisons;
use evidence::{Agreement, ColumnKind, Comparison, Declared, WritingDifference as Kind};
use id360_api::Report;
use proptest::prelude::*;
use serde_json::{Value, json};

fn compared(key: &str, declared: &str, read: &str) -> Comparison {
    let report = json!({"status": "KO", "identity": {key: read}});
    compared_in(&report, key, declared)
}

fn compared_in(report: &Value, key: &str, declared: &str) -> Comparison {
    let declared = [Declared {
        key: key.to_owned(),
        value: declared.to_owned(),
        is_expected: false,
    }];
    let report = Report::read(report.to_string().as_bytes()).unwrap();
    comparisons(&report, &declared).remove(0)
}

/// A comparison that ID360 made of two values.
fn compared_by_id360(rule: &str, name: &str, one: &str, two: &str) -> Comparison {
    let field = |value: &str| json!({"document_type": "pay_slip", "name": name, "value": value});
    let check =
        json!({"ref": rule, "is_equivalent": true, "field1": field(one), "field2": field(two)});
    let report = json!({"finalizer_reports": {"validator_report": {"comparisons": [check]}}});
    comparisons(&Report::read(report.to_string().as_bytes()).unwrap(), &[]).remove(0)
}

/// The two lines as they stand one above the other, `·` where nothing stands.
fn lines(comparison: &Comparison) -> (String, String, String) {
    let cell = |text: &str| {
        if text.is_empty() {
            "·".to_owned()
        } else {
            text.to_owned()
        }
    };
    let columns = &comparison.columns;
    (
        columns
            .iter()
            .map(|column| cell(&column.declared))
            .collect(),
        columns.iter().map(|column| cell(&column.read)).collect(),
        columns
            .iter()
            .map(|column| match column.kind {
                ColumnKind::Same => ' ',
                ColumnKind::Writing => '~',
                ColumnKind::Differs => '!',
            })
            .collect(),
    )
}

#[test]
fn what_only_differs_in_writing_is_told_by_its_kind() {
    for (declared, read, kinds) in [
        ("JEAN-MARC", "JEAN MARC", vec![Kind::Hyphens]),
        ("Jean Marc", "JEANMARC", vec![Kind::Case, Kind::Spaces]),
        ("Éloïse", "Eloise", vec![Kind::Accents]),
        ("Éloïse", "ELOISE", vec![Kind::Accents, Kind::Case]),
        ("D’ARC", "D ARC", vec![Kind::Apostrophes]),
        ("D'Arc", "D’Arc", vec![Kind::Apostrophes]),
        ("Lœuvre", "Loeuvre", vec![Kind::Accents]),
        ("St. Clair", "St Clair", vec![Kind::Signs]),
        ("Ondine, Maud", "Ondine Maud", vec![Kind::Signs]),
        (
            "12, rue des Essais",
            "12 RUE DES ESSAIS",
            vec![Kind::Case, Kind::Signs],
        ),
        ("Apt. 3 (B), 4/5", "Apt 3 B 4 5", vec![Kind::Signs]),
        (
            "Durand & Fils",
            "Durand Fils",
            vec![Kind::Spaces, Kind::Signs],
        ),
    ] {
        let found = compared("name", declared, read);
        assert_eq!(found.agreement, Agreement::Writing, "{declared} / {read}");
        assert_eq!(found.writing, kinds, "{declared} / {read}");
    }
}

#[test]
fn a_decimal_mark_is_part_of_its_number() {
    for (one, two) in [("1,5", "15"), ("1234.50", "123450"), ("1.234,50", "123450")] {
        let found = compared("income", one, two);
        assert_eq!(found.agreement, Agreement::Differs, "{one} / {two}");
    }
    for (one, two) in [
        ("1,5", "1.5"),
        ("1.234,50", "1 234,50"),
        ("06.12.34", "061234"),
        ("1.500", "1500"),
    ] {
        let found = compared("income", one, two);
        assert_eq!(found.agreement, Agreement::Writing, "{one} / {two}");
        assert_eq!(found.writing, [Kind::Signs], "{one} / {two}");
    }
}

#[test]
fn a_vowel_that_is_written_as_a_sign_is_no_accent() {
    for (one, two) in [("रीना", "राना"), ("バナ", "ハナ")] {
        let found = compared("name", one, two);
        assert_eq!(found.agreement, Agreement::Differs, "{one} / {two}");
    }
    let pointed = compared("name", "مُحَمَّد", "محمد");
    assert_eq!(pointed.agreement, Agreement::Writing);
    assert_eq!(pointed.writing, [Kind::Accents]);
    let dotless = compared("name", "Yıldız", "YILDIZ");
    assert_eq!(dotless.agreement, Agreement::Writing);
    assert_eq!(dotless.writing, [Kind::Accents, Kind::Case]);
}

#[test]
fn two_values_that_are_both_masked_are_the_same_only_where_they_are() {
    let one = "https://one.example/x";
    assert_eq!(compared("site", one, one).agreement, Agreement::Same);
    let found = compared("site", one, "https://two.example/x");
    assert_eq!(found.agreement, Agreement::Differs);
    assert!(found.columns.is_empty() && !found.read.contains("two.example"));
}

#[test]
fn the_path_is_that_of_the_identity_that_is_shown() {
    let person = json!({"name": "VALMONTEL"});
    let validator = json!({"validator_report": {"identity": person}});
    for (report, path) in [
        (
            json!({"identity": [null, {}, person]}),
            "$.identity[2].name",
        ),
        (
            json!({"identity": [{}], "finalizer_reports": validator}),
            "$.finalizer_reports.validator_report.identity.name",
        ),
    ] {
        let found = compared_in(&report, "name", "VALMONTEL");
        assert_eq!(found.json_path.as_deref(), Some(path));
    }
}

#[test]
fn letters_stand_over_the_letters_they_answer_to() {
    let found = compared("name", "VALMONTEL", "VAL MONTET");
    assert_eq!(found.agreement, Agreement::Differs);
    assert!(found.writing.is_empty());
    assert_eq!(
        lines(&found),
        (
            "VAL·MONTEL".into(),
            "VAL MONTET".into(),
            "   ~     !".into()
        )
    );
    let found = compared("name", "DUPOND", "DUPONTD");
    assert_eq!(
        lines(&found),
        ("DUPON·D".into(), "DUPONTD".into(), "     ! ".into())
    );
}

#[test]
fn the_same_day_the_same_number_and_the_same_accent_are_the_same_however_they_are_written() {
    for (key, declared, read) in [
        ("birth_date", "1978-02-14", "14/02/1978"),
        ("birth_date", "1978-02-14", "1978-02-14T00:00:00Z"),
        ("phone_number", "+33612345678", "06 12 34 56 78"),
        ("phone_number", "0033612345678", "0612345678"),
        ("phone_number", "+32470123456", "0032470123456"),
        ("name", "E\u{301}lodie", "Élodie"),
    ] {
        assert_eq!(
            compared(key, declared, read).agreement,
            Agreement::Same,
            "{read}"
        );
    }
    assert_eq!(
        compared("birth_date", "1978-02-14", "1978-04-12").agreement,
        Agreement::Differs
    );
    assert_eq!(
        compared("phone_number", "+33612345678", "+32612345678").agreement,
        Agreement::Differs
    );
    for (one, two) in [("+612345678", "0612345678"), ("inconnu", "néant")] {
        let found = compared("phone_number", one, two);
        assert_eq!(found.agreement, Agreement::Differs, "{one} / {two}");
    }
}

#[test]
fn of_an_e_mail_address_every_sign_counts_and_case_does_not() {
    for (declared, read) in [
        ("jean.dupont@example.org", "jeandupont@example.org"),
        ("jean.dupont@example.org", "jean-dupont@example.org"),
        ("jean_dupont@example.org", "jean-dupont@example.org"),
        ("o'neil@example.org", "oneil@example.org"),
        ("jean dupont@example.org", "jeandupont@example.org"),
        ("rené@example.org", "rene@example.org"),
        ("jean@example.org", "jean@example,org"),
    ] {
        let found = compared("email", declared, read);
        assert_eq!(found.agreement, Agreement::Differs, "{declared} / {read}");
    }
    let found = compared(
        "email",
        "Jean.Dupont@Example.org",
        "jean.dupont@example.org",
    );
    assert_eq!(found.agreement, Agreement::Writing);
    assert_eq!(found.writing, [Kind::Case]);
    assert_eq!(found.columns.len(), "jean.dupont@example.org".len());
}

#[test]
fn a_gender_is_the_same_in_each_of_its_words() {
    for (one, two) in [
        ("M", "male"),
        ("F", "female"),
        ("Homme", "M"),
        ("Féminin", "FEMALE"),
    ] {
        assert_eq!(compared("gender", one, two).agreement, Agreement::Same);
        let field = compared_by_id360("A.b", "gender", one, two);
        let rule = compared_by_id360("IDENTITY.GENDER.gender", "value", two, one);
        assert_eq!(field.agreement, Agreement::Same, "{one} / {two}");
        assert_eq!(rule.agreement, Agreement::Same, "{one} / {two}");
    }
    assert_eq!(
        compared("gender", "M", "female").agreement,
        Agreement::Differs
    );
    assert_eq!(compared("name", "M", "male").agreement, Agreement::Differs);
}

#[test]
fn two_days_that_id360_compared_are_one_however_each_is_written() {
    for (one, two) in [
        ("14/02/1978", "1978-02-14"),
        ("1978-02-14", "14/02/1978"),
        ("14.02.1978", "14021978"),
        ("12/03/2012", "20120312"),
    ] {
        let found = compared_by_id360("PAY_SLIP.BIRTH_DATE.birth_date", "birth_date", one, two);
        assert_eq!(found.agreement, Agreement::Same, "{one} / {two}");
    }
    let other = compared_by_id360("A.b", "birth_date", "14/02/1978", "1978-04-12");
    assert_eq!(other.agreement, Agreement::Differs);
    // Eight digits that a person typed may be any number.
    for typed in ["14/02/1978", "14021978"] {
        let found = compared("birth_date", typed, "1978-02-14");
        assert_eq!(found.agreement, Agreement::Differs, "{typed}");
    }
}

#[test]
fn what_only_another_persons_document_says_is_not_held_against_what_was_declared() {
    let claims = json!({"family_name": "VALMONTEL", "email": "ondine@example.org"});
    let of_another = json!({
        "name": "VALMONTEL", "first_name": "Ondine", "birth_date": "1978-02-14",
        "extra": {"from_files": ["id_document_mandate_image"]},
    });
    let report = json!({
        "identity": {"name": "DURAND", "birth_name": "MARTIN", "first_name": " ", "birth_date": null},
        "extracted_data": {"identity": [of_another, {"first_name": "Maud", "birth_date": "1980-01-02"}]},
        "external_methods": {"id_num": {"status": "OK", "results": {"token": [{"payload": claims}]}}},
    });
    let told = |key: &str, declared: &str| {
        let found = compared_in(&report, key, declared);
        (
            found.agreement,
            found.read,
            found.json_path.unwrap_or_default(),
        )
    };
    let (agreement, _, path) = told("name", "VALMONTEL");
    assert_eq!(agreement, Agreement::Differs);
    assert!(path.starts_with("$.identity."), "{path}");
    // Of what the identity leaves open, the documents of the customer tell.
    assert_eq!(
        told("first_name", "Ondine"),
        (
            Agreement::Differs,
            "Maud".to_owned(),
            "$.extracted_data.identity[1].first_name".to_owned()
        )
    );
    assert_eq!(told("birth_date", "1980-01-02").0, Agreement::Same);
    assert_eq!(
        told("email", "ondine@example.org"),
        (
            Agreement::Same,
            "ondine@example.org".to_owned(),
            "$.external_methods.id_num.results.token[0].payload.email".to_owned()
        )
    );
}

#[test]
fn the_last_name_is_held_against_the_birth_name_too_and_first_names_one_by_one() {
    let report = json!({"identity": {"name": "DURAND", "birth_name": "VALMONTEL", "first_name": "Maud Ondine", "first_names": ["Maud", "Ondine"]}});
    let report = Report::read(report.to_string().as_bytes()).unwrap();
    let declared = [
        ("name", "VALMONTEL"),
        ("first_name", "Ondine"),
        ("siren", "1"),
    ]
    .map(|(key, value)| Declared {
        key: key.to_owned(),
        value: value.to_owned(),
        is_expected: true,
    });
    let found = comparisons(&report, &declared);
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.agreement, one.json_path.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        told,
        [
            (Agreement::Same, "$.identity.birth_name"),
            (Agreement::Same, "$.identity.first_names[1]"),
            (Agreement::NotRead, "-"),
        ]
    );
}

#[test]
fn two_documents_that_id360_compared_are_named_and_nothing_is_said_to_have_been_typed() {
    let compared = |one: Value, two: Value| {
        let report = json!({"finalizer_reports": {"validator_report": {"comparisons": [
            {"ref": "PAY_SLIP.NAME.name", "is_equivalent": false, "field1": one, "field2": two}]}}});
        comparisons(&Report::read(report.to_string().as_bytes()).unwrap(), &[]).remove(0)
    };
    let pay_slip = json!({"document_type": "pay_slip", "name": "name", "value": "DURAND"});
    let identity = json!({"document_type": "identity", "name": "name", "value": "VALMONTEL"});
    let pushed = json!({"document_type": "data", "name": "name", "value": "MARTIN"});

    let two = compared(pay_slip.clone(), identity);
    assert_eq!(
        (two.declared.as_str(), two.read.as_str()),
        ("DURAND", "VALMONTEL")
    );
    assert_eq!(
        two.documents,
        Some(["pay_slip".to_owned(), "identity".to_owned()])
    );
    assert!(!two.is_expected);

    for sent in [
        compared(pay_slip.clone(), pushed.clone()),
        compared(pushed, pay_slip.clone()),
    ] {
        assert_eq!(
            (sent.declared.as_str(), sent.read.as_str()),
            ("MARTIN", "DURAND")
        );
        assert_eq!(sent.documents, None);
        assert!(sent.is_expected);
    }

    let unnamed = compared(json!({"value": "A"}), json!({"value": "B"}));
    assert_eq!(unnamed.documents, Some([String::new(), String::new()]));
    assert!(!unnamed.is_expected);
}

#[test]
fn a_very_long_value_is_compared_without_being_laid_out() {
    let long = "Rue des Essais ".repeat(5000);
    let found = compared("address", &long, &long.to_uppercase());
    assert_eq!(found.agreement, Agreement::Writing);
    assert!(found.columns.is_empty());
    assert_eq!(
        compared("address", &long, &(long.clone() + "x")).agreement,
        Agreement::Differs
    );
}

proptest! {
    #[test]
    fn the_columns_spell_both_values_again(declared in "[ A-Za-zÉéœ’'-]{1,30}", read in "[ A-Za-zÉéœ’'-]{1,30}") {
        prop_assume!(!declared.trim().is_empty() && !read.trim().is_empty());
        let found = compared("name", &declared, &read);
        if found.agreement != Agreement::Same {
            let above: String = found.columns.iter().map(|one| one.declared.as_str()).collect();
            let below: String = found.columns.iter().map(|one| one.read.as_str()).collect();
            prop_assert_eq!(above, declared.trim());
            prop_assert_eq!(below, read.trim());
            prop_assert_eq!(found.agreement == Agreement::Differs, found.columns.iter().any(|one| one.kind == ColumnKind::Differs));
        }
    }
}
