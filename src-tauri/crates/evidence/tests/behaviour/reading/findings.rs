use evidence::{Category, FindingSource, findings};
use id360_api::Report;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{KO_VERSION_2, causes, causes_of, read, validator};

#[test]
fn an_expired_card_and_a_missed_challenge_are_the_causes_each_once_with_every_place() {
    let found = findings(&Report::read(KO_VERSION_2.as_bytes()).unwrap());
    assert_eq!(
        causes(&found),
        [
            "VLD_ID_INVALID @ validation",
            "MDL_CHALLENGE_NOT_MET @ liveness$1",
        ]
    );
    let [expired, challenge] = found.as_slice() else {
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
            // «1 validations failed: IDENTITY_DOCUMENT.expired» says no more.
            "$.all_status_codes[0]",
            "$.documents.identity[0].status",
            "$.steps.id_document.input_files_statuses.id_document_image.status",
        ]
    );
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

/// What stands at a path of a report whose names hold no dot.
fn at<'a>(report: &'a Value, path: &str) -> Option<&'a Value> {
    let pointer = path
        .trim_start_matches('$')
        .replace("['", "/")
        .replace("']", "")
        .replace(['.', '['], "/")
        .replace(']', "");
    report.pointer(&pointer)
}

#[test]
fn every_path_leads_to_what_it_speaks_of() {
    let report: Value = serde_json::from_str(KO_VERSION_2).unwrap();
    for finding in findings(&read(&report)) {
        for path in [&finding.json_path].into_iter().chain(&finding.also_at) {
            assert!(at(&report, path).is_some(), "{path}");
        }
    }
    let reading = super::corpus::read(KO_VERSION_2.as_bytes());
    let compared = reading.comparisons.iter();
    let paths = reading.extracted.iter().map(|entry| &entry.json_path);
    for path in paths.chain(compared.filter_map(|one| one.json_path.as_ref())) {
        assert!(at(&report, path).is_some(), "{path}");
    }
}

// Facts §F.6
#[test]
fn the_path_of_an_electronic_identity_leads_to_its_claims_wherever_they_stand() {
    let claims = json!({
        "given_name": "Ondine", "family_name": "VALMONTEL", "birthdate": "1978-02-14",
    });
    for methods in [
        json!({"id_num": {"status": "OK", "results": {"id_num_out_token": [{"payload": claims}]}}}),
        json!({"id_num": {"status": "OK", "results": {"id_num_out_token": {"payload": claims}}}}),
        json!({"status": "OK", "results": {"id_num_out_token": [{}, {"payload": claims}]}}),
    ] {
        let report = json!({"status": "OK", "external_methods": methods});
        let reading = super::corpus::read(report.to_string().as_bytes());
        let [entry] = reading.extracted.as_slice() else {
            panic!("{report}");
        };
        assert_eq!(at(&report, &entry.json_path), Some(&claims));
        assert_eq!(reading.comparisons.len(), 3);
        for one in &reading.comparisons {
            let path = one.json_path.as_deref().unwrap();
            let read = at(&report, path).and_then(Value::as_str);
            assert_eq!(read, Some(one.read.as_str()), "{path}");
        }
    }
}

/// Every text and every odd key holds a secret of a kind that reports do hold.
fn secretive_json() -> impl Strategy<Value = Value> {
    let secrets = prop::sample::select(vec![
        "token=CANARI",
        "x-api-key: CANARI",
        "https://internal.example/CANARI?x=1",
        "arn:aws:ecs:eu-west-3:000000000000:task/CANARI",
        "Authorization: Bearer CANARI",
    ]);
    json_of(secrets.prop_map(Value::from).boxed(), &["token=CANARI"])
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        prop::sample::select(vec!["KO", "INVALID", "IDENTITY.NAME.name", "é", ""])
            .prop_map(Value::from),
    ];
    json_of(leaf.boxed(), &["is_ok", "is_corrected_too"])
}

fn json_of(
    leaf: BoxedStrategy<Value>,
    more: &[&'static str],
) -> impl Strategy<Value = Value> + use<> {
    let mut keys = vec![
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
    ];
    keys.extend(more);
    let key = prop::sample::select(keys);
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

/// Signs of failure that the walk of a person would meet, found the plain way.
fn signs(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let at = id360_api::json_path::member(at, key);
                let text = value.as_str().unwrap_or_default();
                let is_sign = (key.starts_with("is_") && value == &Value::Bool(false))
                    || ((key == "status" || key.ends_with("_status"))
                        && ["KO", "FAILED", "INVALID"].contains(&text));
                if is_sign {
                    found.push(at.clone());
                }
                signs(value, &at, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                signs(item, &format!("{at}[{index}]"), found);
            }
        }
        _ => {}
    }
}

/// A place with its numbers left out.
fn pattern(path: &str) -> String {
    let mut plain = String::new();
    for (at, part) in path.split('[').enumerate() {
        let number = part.split(']').next().unwrap_or_default();
        let is_number =
            at > 0 && !number.is_empty() && number.bytes().all(|one| one.is_ascii_digit());
        if at > 0 {
            plain.push('[');
        }
        plain.push_str(if is_number {
            &part[number.len()..]
        } else {
            part
        });
    }
    plain
}

proptest! {
    #[test]
    fn no_sign_of_failure_is_neither_explained_nor_listed(part in any_json(), steps in any_json()) {
        let whole = json!({"status": "KO", "all_status_codes": part.clone(), "documents": part.clone(), "tomorrow": part.clone(),
            "external_methods": part.clone(), "finalizer_reports": {"validator_report": part.clone(), "other": part}, "steps": steps});
        let report = read(&whole);
        let found = findings(&report);
        let listed = evidence::reading::unexplained::unexplained(&report, &found);
        let explained: Vec<&str> = found.iter().flat_map(|one| one.also_at.iter().chain([&one.json_path])).map(String::as_str).collect();
        let decided: Vec<&str> = report.validations.iter().chain(&report.comparisons).chain(&report.customs)
            .filter(|check| check.passed.is_some()).map(|check| check.json_path.as_str()).collect();
        let mut all = Vec::new();
        signs(report.value(), "$", &mut all);
        for sign in all {
            let is_verdict = ["$.status", "$.identity_status", "$.finalizer_reports.validator_report.is_valid"].contains(&sign.as_str());
            let covers = |at: &&str| sign == **at || sign.starts_with(&format!("{at}.")) || sign.starts_with(&format!("{at}["));
            let is_of_a_failed_step = report.steps.iter().any(|step| sign == format!("{}.status", step.json_path));
            let is_of_a_method = report.external_methods.iter().any(|method| sign == format!("{}.status", method.json_path));
            let is_a_twin = sign.starts_with("$.documents") && report.documents.iter().any(|one| one.status.is_some());
            let is_listed = listed.iter().any(|one| pattern(&one.json_path) == pattern(&sign));
            prop_assert!(is_verdict || is_listed || is_of_a_failed_step || is_of_a_method || is_a_twin
                || explained.iter().any(covers) || decided.iter().any(covers), "{sign} of {whole}");
        }
    }

    #[test]
    fn no_secret_is_in_anything_that_is_read(part in secretive_json()) {
        let whole = json!({"status": "KO", "reason": "token=CANARI", "steps": part.clone(), "all_status_codes": part.clone(), "documents": part.clone(),
            "identity": part.clone(), "external_methods": part.clone(), "extracted_data": {"identity": part.clone()}, "tomorrow": part.clone(),
            "finalizer_reports": {"validator_report": part.clone()}, "previous_reports": {"validator_report": part}});
        let shown = serde_json::to_string(&super::corpus::read(whole.to_string().as_bytes())).unwrap();
        prop_assert!(!shown.contains("CANARI"), "{shown}");
        prop_assert!(!evidence::masked_json(whole.to_string().as_bytes()).contains("CANARI"));
    }

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
