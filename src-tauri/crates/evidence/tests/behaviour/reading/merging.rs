use evidence::explaining::{is_of_another_document, statement};
use evidence::{Statement, findings};
use serde_json::{Value, json};

use super::{causes, causes_of, read, validator};

#[test]
fn rules_that_only_the_sentence_of_a_code_names_are_causes_and_explain_the_documents() {
    let sentence = "2 validations failed: IDENTITY_DOCUMENT.expired, HOLOGRAM.x. max allowed: 0";
    let report = json!({"status": "KO", "reason": sentence,
        "all_status_codes": [{"status_code": {"code": "VLD_VALIDATION_KO", "message": sentence}, "where": "ID360"}],
        "documents": {"identity": [{"name": "id_document_image", "status": "INVALID", "files": []}]}});
    let found = findings(&read(&report));
    assert_eq!(
        causes(&found),
        [
            "IDENTITY_DOCUMENT.expired @ id_document_image",
            "HOLOGRAM.x @ ID360"
        ]
    );
    let statements: Vec<Statement> = found.iter().map(statement).collect();
    assert_eq!(
        statements,
        [Statement::DocumentExpired, Statement::RuleFailed]
    );
    assert_eq!(found[0].json_path, "$.all_status_codes[0]");
    assert_eq!(
        found[0].also_at,
        ["$.documents.identity[0].status", "$.reason"]
    );
    assert_eq!(found[1].also_at, ["$.reason"]);
}

#[test]
fn a_rule_that_a_check_says_was_met_is_no_cause_because_a_sentence_names_it() {
    let mut report = validator(json!({"validations": [
        {"ref": "IDENTITY.NAME.name", "is_valid": true},
        {"ref": "IDENTITY.NAME.name", "is_valid": false},
    ]}));
    report["all_status_codes"] = json!([{"status_code": {"code": "VLD_VALIDATION_KO",
        "message": "1 validations failed: IDENTITY.NAME.name. max allowed: 0"}, "where": "ID360"}]);
    assert_eq!(causes_of(report), ["VLD_VALIDATION_KO @ ID360"]);
}

#[test]
fn an_electronic_identity_that_says_no_is_one_cause() {
    let method = json!({"id_num": {"status": "KO"}});
    assert_eq!(
        causes_of(json!({"status": "KO", "external_methods": method})),
        ["KO @ id_num"]
    );
    let told = json!({"status": "KO", "external_methods": method,
        "all_status_codes": [{"status_code": {"code": "EIM_RESPONSE_KO", "message": "refused"}, "where": "digital identity"}]});
    assert_eq!(causes_of(told), ["EIM_RESPONSE_KO @ digital identity"]);
    for quiet in ["OK", "STARTED"] {
        assert_eq!(
            causes_of(json!({"external_methods": {"id_num": {"status": quiet}}})),
            [""; 0]
        );
    }
}

#[test]
fn a_code_explains_the_method_it_speaks_of_and_no_other() {
    let report = |code: &str, place: &str, methods: &[&str]| {
        let methods: serde_json::Map<String, Value> = methods
            .iter()
            .map(|name| ((*name).to_owned(), json!({"status": "KO"})))
            .collect();
        causes_of(json!({"status": "KO", "external_methods": methods,
            "all_status_codes": [{"status_code": {"code": code, "message": "m"}, "where": place}]}))
    };
    for (place, method) in [
        ("digital identity", "id_num"),
        ("FranceConnect+", "france_connect_plus"),
        ("FranceConnect", "france_connect"),
        ("PVID", "ar24"),
        ("SPID", "a_method_of_tomorrow"),
    ] {
        assert_eq!(
            report("EIM_TIMEOUT", place, &[method]),
            [format!("EIM_TIMEOUT @ {place}")]
        );
    }
    // Nothing says which; only one failed.
    assert_eq!(
        report("EIM_TIMEOUT", "ID360", &["id_num"]),
        ["EIM_TIMEOUT @ id_num"]
    );
    assert_eq!(
        report("EIM_TIMEOUT", "FranceConnect", &["id_num"]),
        ["KO @ id_num", "EIM_TIMEOUT @ FranceConnect"]
    );
    assert_eq!(
        report(
            "EIM_TIMEOUT",
            "FranceConnect",
            &["id_num", "france_connect"]
        ),
        ["KO @ id_num", "EIM_TIMEOUT @ FranceConnect"]
    );
    assert_eq!(
        report("EIM_TIMEOUT", "ID360", &["id_num", "spid"]),
        ["KO @ id_num", "KO @ spid", "EIM_TIMEOUT @ ID360"]
    );
}

#[test]
fn a_code_that_a_method_repeats_under_its_other_name_is_one_cause() {
    let code = json!({"code": "EIM_WRONG_REQUEST", "message": "m"});
    let report = json!({"status": "KO", "external_methods": {"id_num": {"status": "KO", "status_codes": [code]}},
        "all_status_codes": [{"status_code": code, "where": "digital identity"}]});
    assert_eq!(causes_of(report), ["EIM_WRONG_REQUEST @ digital identity"]);
}

#[test]
fn what_is_wrong_with_one_document_does_not_explain_another_persons() {
    let refused = |name: &str| json!([{"name": name, "status": "INVALID", "files": []}]);
    let causes = |place: &str| {
        causes_of(json!({"status": "KO",
            "documents": {
                "identity": refused("id_document_image"),
                "mandate": refused("id_document_mandate_image"),
            },
            "all_status_codes": [{"status_code": {"code": "MDL_INPUT_INVALID", "message": "m"}, "where": place}]}))
    };
    for place in ["id_document", "id_document_image", "fake_id_photo"] {
        assert_eq!(
            causes(place),
            [
                format!("MDL_INPUT_INVALID @ {place}"),
                "INVALID @ id_document_mandate_image".to_owned()
            ]
        );
    }
    for place in ["id_document_mandate", "id_document_mandat"] {
        assert_eq!(
            causes(place),
            [
                format!("MDL_INPUT_INVALID @ {place}"),
                "INVALID @ id_document_image".to_owned()
            ]
        );
    }
}

#[test]
fn a_sentence_about_a_document_names_it_unless_it_is_the_customers_own() {
    let is_named = |code: &str, place: &str| {
        let report = read(&json!({"status": "KO", "all_status_codes": [
            {"status_code": {"code": code, "message": "m"}, "where": place},
        ]}));
        is_of_another_document(&findings(&report)[0])
    };
    for own in [
        "id_document",
        "id_document_image",
        "idd",
        "validation",
        "ID360",
    ] {
        assert!(!is_named("VLD_ID_INVALID", own), "{own}");
    }
    for other in [
        "id_document_mandate",
        "id_document_mandat_image",
        "kbis_image",
    ] {
        assert!(is_named("VLD_ID_INVALID", other), "{other}");
        assert!(is_named("MDL_INPUT_INVALID", other), "{other}");
    }
    // This sentence speaks of no document.
    assert!(!is_named("ERL_TIMEOUT", "id_document_mandate"));
}

#[test]
fn a_code_explains_a_step_by_each_of_its_names() {
    let code = |code: &str, place: &str| json!({"status_code": {"code": code, "message": "m"}, "where": place});
    let report = json!({"status": "KO",
    "steps": {"id_document_mandate": {"status": "KO"}, "fake_photo_id": {"status": "KO"}},
    "all_status_codes": [
        code("MDL_INPUT_INVALID", "id_document_mandat"),
        code("MDL_CHALLENGE_NOT_MET", "fake_id_photo"),
    ]});
    assert_eq!(
        causes_of(report),
        [
            "MDL_CHALLENGE_NOT_MET @ fake_id_photo",
            "MDL_INPUT_INVALID @ id_document_mandat"
        ]
    );
}

#[test]
fn a_code_and_the_rule_behind_it_are_one_cause_where_one_sentence_tells_both() {
    let causes = |code: &str, place: &str, rule: &str| {
        let mut report = validator(json!({"validations": [
            {"ref": rule, "is_valid": false, "description": "Checks something"},
        ]}));
        report["all_status_codes"] = json!([{"status_code": {"code": code,
            "message": "the ID document is expired"}, "where": place}]);
        causes_of(report)
    };
    let expired = "IDENTITY_DOCUMENT.expired";
    for place in ["validation", "ID360"] {
        assert_eq!(causes("VLD_ID_INVALID", place, expired).len(), 1, "{place}");
    }
    assert_eq!(
        causes("VLD_ID_INVALID", "id_document_mandate", expired),
        [
            "VLD_ID_INVALID @ id_document_mandate",
            "IDENTITY_DOCUMENT.expired @ validation"
        ]
    );
    // The sentence of a rule that no catalogue has stands for any of them.
    assert_eq!(
        causes("HOLOGRAM.x", "ID360", "HOLOGRAM.y"),
        ["HOLOGRAM.x @ ID360", "HOLOGRAM.y @ validation"]
    );
}
