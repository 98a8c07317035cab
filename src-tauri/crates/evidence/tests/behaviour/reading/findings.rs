use evidence::{Category, FindingSource, findings};
use id360_api::Report;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{KO_VERSION_2, causes, read};

fn causes_of(report: Value) -> Vec<String> {
    causes(&findings(&read(&report)))
}

fn validator(part: Value) -> Value {
    json!({"status": "KO", "finalizer_reports": {"validator_report": part}})
}

#[test]
fn an_expired_card_and_a_missed_challenge_are_the_causes_each_once_with_every_place() {
    let found = findings(&Report::read(KO_VERSION_2.as_bytes()).unwrap());
    assert_eq!(
        causes(&found),
        [
            "VLD_ID_INVALID @ validation",
            "VLD_VALIDATION_KO @ ID360",
            "MDL_CHALLENGE_NOT_MET @ liveness$1",
        ]
    );
    let [expired, rules, challenge] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(
        expired.message.as_deref(),
        Some("the ID document id_document_result of type CIF is expired")
    );
    assert_eq!(expired.rule.as_deref(), Some("IDENTITY_DOCUMENT.expired"));
    assert_eq!(expired.values, ["expiration_date: 2023-03-10"]);
    assert_eq!(expired.json_path, "$.all_status_codes[1]");
    assert_eq!(
        expired.also_at,
        [
            "$.finalizer_reports.validator_report.validations[1]",
            "$.documents.identity[0].status"
        ]
    );
    assert_eq!(rules.json_path, "$.all_status_codes[0]");
    assert_eq!(challenge.json_path, "$.all_status_codes[2]");
    assert_eq!(challenge.also_at, ["$.steps['liveness$1'].status_codes[0]"]);
}

#[test]
fn the_last_name_agrees_when_one_of_its_two_checks_does() {
    let name = |passed: bool, value: &str| json!({"ref": "IDENTITY.NAME.name", "is_valid": passed, "fields": [{"name": value, "value": "VALMONTEL"}]});
    for checks in [
        json!([name(true, "name"), name(false, "birth_name")]),
        json!([name(false, "name"), name(true, "birth_name")]),
    ] {
        assert_eq!(
            causes_of(validator(json!({"validations": checks}))),
            [""; 0]
        );
    }
    let both = validator(json!({"validations": [name(false, "name"), name(false, "birth_name")]}));
    let found = findings(&read(&both));
    assert_eq!(causes(&found), ["IDENTITY.NAME.name @ validation"]);
    assert_eq!(
        found[0].values,
        ["name: VALMONTEL", "birth_name: VALMONTEL"]
    );
    assert_eq!(found[0].also_at.len(), 1);
}

#[test]
fn no_other_rule_is_forgiven_because_it_succeeded_elsewhere() {
    let report = validator(json!({"validations": [
        {"ref": "IDENTITY.FIRST_NAME.first_name", "is_valid": true},
        {"ref": "IDENTITY.FIRST_NAME.first_name", "is_valid": false},
    ]}));
    assert_eq!(
        causes_of(report),
        ["IDENTITY.FIRST_NAME.first_name @ validation"]
    );
}

#[test]
fn a_comparison_fails_by_its_equivalence_and_only_else_by_its_validity() {
    let report = validator(json!({"comparisons": [
        {"ref": "KBIS.SIREN.siren", "is_equivalent": false, "is_valid": true,
         "field1": {"name": "siren", "value": "000000000"}, "field2": {"name": "siren", "value": "000000001"}},
        {"ref": "KBIS.NAME.name", "is_equivalent": true, "is_valid": false},
        {"ref": "PAY_SLIP.NAME.name", "is_valid": false},
    ]}));
    let found = findings(&read(&report));
    assert_eq!(
        causes(&found),
        [
            "KBIS.SIREN.siren @ validation",
            "PAY_SLIP.NAME.name @ validation"
        ]
    );
    assert_eq!(found[0].values, ["siren: 000000000", "siren: 000000001"]);
    assert!(found.iter().all(
        |f| f.source == FindingSource::Comparison && f.category == Category::SupportingDocument
    ));
}

#[test]
fn a_custom_rule_that_failed_is_a_cause() {
    let report = validator(
        json!({"customs": [{"ref": "BANQUE.plafond", "is_valid": false, "message": "trop jeune"}, {"is_valid": true}]}),
    );
    let found = findings(&read(&report));
    assert_eq!(causes(&found), ["BANQUE.plafond @ validation"]);
    assert_eq!(
        (found[0].source, found[0].message.as_deref()),
        (FindingSource::Custom, Some("trop jeune"))
    );
}

#[test]
fn both_spellings_of_the_list_of_codes_are_read() {
    for key in ["all_status_codes", "all_status_code"] {
        let report = json!({"status": "KO", key: [{"status_code": {"code": "SEC_DATA_INJECTION"}, "where": "ID360"}]});
        assert_eq!(causes_of(report), ["SEC_DATA_INJECTION @ ID360"]);
    }
}

#[test]
fn a_failed_step_without_a_code_is_named_and_one_that_went_well_is_not() {
    let report = json!({"status": "KO", "steps": {
        "facecomparison": {"status": "KO"},
        "fake_photo_id": {"status": "FAILED", "status_codes": [{"code": "MDL_CHALLENGE_NOT_MET", "message": "fake"}]},
        "id_document": {"status": "OK", "status_codes": [{"code": "MDL_INPUT_INVALID"}]},
    }});
    assert_eq!(
        causes_of(report),
        [
            "MDL_CHALLENGE_NOT_MET @ fake_photo_id",
            "KO @ facecomparison"
        ]
    );
}

#[test]
fn what_a_model_saw_is_not_a_verdict() {
    let report = json!({"status": "OK", "steps": {"fake_photo_id": {"status": "OK", "results": {"fake_id_photo_result": [
        {"result": {"d1": {"fake_faces_found": 1, "faces_detail": [{"is_fake": true, "accuracy": 0.988}]}}}
    ]}}, "liveness$0": {"status": "OK", "results": {"liveness_result$0": [{"result": {"result": false, "deep_fake": true}}]}}}});
    assert_eq!(causes_of(report), [""; 0]);
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
fn an_invalid_document_without_another_word_is_named() {
    let report = json!({"status": "KO", "documents": {
        "proof_of_address": [{"name": "proof_of_address_image", "status": "INVALID", "files": []}],
        "identity_document": [{"name": "id_document_image", "status": "INVALID", "files": []}],
        "selfie": [{"name": "selfie_image", "status": "COLLECTED", "files": []}],
    }});
    assert_eq!(
        causes_of(report),
        [
            "INVALID @ id_document_image",
            "INVALID @ proof_of_address_image"
        ]
    );
}

#[test]
fn the_most_decisive_cause_comes_first_whatever_the_order_of_the_report() {
    let codes = [
        ("UNKNOWN_ERROR", "ID360"),
        ("EIM_TIMEOUT", "FranceConnect"),
        ("VLD_DOCUMENT_INVALID", "validation"),
        ("MDL_CHALLENGE_NOT_MET", "facecomparison"),
        ("EIM_RESPONSE_KO", "id_num"),
        ("VLD_ID_INVALID", "validation"),
        ("MDL_CHALLENGE_NOT_MET", "phone_detection"),
    ];
    let entries: Vec<Value> = codes
        .iter()
        .map(|(code, place)| json!({"status_code": {"code": code, "message": "m"}, "where": place}))
        .collect();
    let expected: Vec<String> = codes
        .iter()
        .rev()
        .map(|(code, place)| format!("{code} @ {place}"))
        .collect();
    assert_eq!(causes_of(json!({"all_status_codes": entries})), expected);
}

#[test]
fn a_verdict_without_a_readable_cause_has_no_findings() {
    assert_eq!(
        causes_of(json!({"status": "KO", "steps": {"id_document": {"status": "OK"}}})),
        [""; 0]
    );
}

#[test]
fn the_message_of_a_cause_carries_no_secret() {
    let report = json!({"all_status_codes": [{"status_code": {"code": "SVC_RESPONSE_INVALID",
        "message": "POST https://internal.example/hook with x-api-key: abc123def failed"}, "where": "ID360"}]});
    let message = findings(&read(&report)).remove(0).message.unwrap();
    assert!(
        !message.contains("internal.example") && !message.contains("abc123def"),
        "{message}"
    );
    assert!(
        message.starts_with("POST ") && message.ends_with(" failed"),
        "{message}"
    );
}

#[test]
fn a_hostile_number_of_causes_is_listed_whole() {
    let codes: Vec<Value> = (0..50_000)
        .map(|n| json!({"status_code": {"code": format!("C{n}")}, "where": "ID360"}))
        .collect();
    assert_eq!(
        causes_of(json!({"status": "KO", "all_status_codes": codes})).len(),
        50_000
    );
}

#[test]
fn every_path_leads_to_what_it_speaks_of() {
    let report: Value = serde_json::from_str(KO_VERSION_2).unwrap();
    for finding in findings(&read(&report)) {
        for path in [&finding.json_path].into_iter().chain(&finding.also_at) {
            let pointer = path
                .trim_start_matches('$')
                .replace("['", "/")
                .replace("']", "")
                .replace(['.', '['], "/")
                .replace(']', "");
            assert!(report.pointer(&pointer).is_some(), "{path} as {pointer}");
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let key = prop::sample::select(vec![
        "status",
        "steps",
        "all_status_codes",
        "status_codes",
        "status_code",
        "code",
        "message",
        "where",
        "documents",
        "identity",
        "external_methods",
        "finalizer_reports",
        "validator_report",
        "validations",
        "comparisons",
        "customs",
        "is_valid",
        "is_equivalent",
        "ref",
        "fields",
        "name",
        "value",
        "files",
        "birth_date",
        "liveness$1",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        prop::sample::select(vec!["KO", "INVALID", "IDENTITY.NAME.name", "é", ""])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 40, 5, move |inside| {
        prop_oneof![
            prop::collection::vec(inside.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inside), 0..5).prop_map(|entries| Value::Object(
                entries
                    .into_iter()
                    .map(|(k, v)| (k.to_owned(), v))
                    .collect()
            )),
        ]
    })
}

proptest! {
    #[test]
    fn a_report_of_any_shape_is_read_without_falling_over(part in any_json()) {
        let whole = json!({"status": "KO", "steps": part.clone(), "all_status_codes": part.clone(), "documents": part.clone(),
            "identity": part.clone(), "external_methods": part.clone(), "finalizer_reports": {"validator_report": part}});
        let report = read(&whole);
        let found = findings(&report);
        prop_assert!(found.windows(2).all(|pair| pair[0].category <= pair[1].category));
        evidence::identity_fields(&report, chrono::NaiveDate::MAX);
        evidence::documents(&report);
    }
}
