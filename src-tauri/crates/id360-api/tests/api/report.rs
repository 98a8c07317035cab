//! The report, read leniently: one test for each contradiction of facts §J that touches it.

use id360_api::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const KO: &str = include_str!("../fixtures/report_v2_ko.json");

fn read(value: Value) -> Report {
    Report::read(value.to_string().as_bytes()).unwrap()
}

#[test]
fn the_complete_report_is_read() {
    let report = Report::read(KO.as_bytes()).unwrap();
    assert_eq!((report.version, report.id), (Some(2), Some(900_042)));
    assert_eq!(report.status, Status::Ko);
    assert_eq!(report.level.as_deref(), Some("LOW"));
    assert_eq!(
        report.process_name.as_deref(),
        Some("Parcours exemple SVID")
    );
    assert_eq!(
        report.process_uuid.as_deref(),
        Some("00000000-0000-4000-8000-000000000992")
    );
    assert_eq!(report.client_reference.as_deref(), Some("REF-EXEMPLE-0001"));
    assert_eq!(
        report.finished_time.unwrap().to_rfc3339(),
        "2025-11-12T09:03:04.250+00:00"
    );
    assert_eq!(report.identity.as_ref().unwrap()["name"], "VALMONTEL");
    assert_eq!(report.documents.len(), 5);
    let card = report
        .documents
        .iter()
        .find(|document| document.family == "identity")
        .unwrap();
    assert_eq!(
        (card.name.as_str(), card.status.as_deref()),
        ("id_document_image", Some("INVALID"))
    );
    let pages: Vec<_> = card
        .pages
        .iter()
        .map(|page| {
            (
                page.document_id.as_str(),
                page.page_number,
                page.hash.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        pages,
        [
            ("900101", 0, Some("00000000000000000000000000000a01")),
            ("900101", 1, Some("00000000000000000000000000000a02")),
        ]
    );
    assert_eq!(report.steps.len(), 6);
    let codes: Vec<_> = report
        .status_codes
        .iter()
        .map(|code| {
            (
                code.code.as_str(),
                code.where_.as_deref(),
                code.json_path.as_str(),
            )
        })
        .collect();
    assert_eq!(
        codes,
        [
            ("VLD_VALIDATION_KO", Some("ID360"), "$.all_status_codes[0]"),
            (
                "VLD_ID_INVALID",
                Some("validation"),
                "$.all_status_codes[1]"
            ),
            (
                "MDL_CHALLENGE_NOT_MET",
                Some("liveness$1"),
                "$.all_status_codes[2]"
            ),
        ]
    );
    assert_eq!(
        (
            report.validations.len(),
            report.comparisons.len(),
            report.customs.len()
        ),
        (5, 1, 0)
    );
    let expired = &report.validations[1];
    assert_eq!(
        expired.reference.as_deref(),
        Some("IDENTITY_DOCUMENT.expired")
    );
    assert_eq!(expired.passed, Some(false));
    assert_eq!(
        expired.json_path,
        "$.finalizer_reports.validator_report.validations[1]"
    );
    assert_eq!(report.validator_passed, Some(false));
    assert!(report.archive_reference.is_some());
}

#[test]
fn the_raw_document_stays_at_hand() {
    let report = read(json!({ "status": "OK", "unheard_of": { "a": [1] } }));
    assert_eq!(report.value()["unheard_of"]["a"][0], 1);
}

// §J.3
#[test]
fn an_id_in_quotes_is_a_number() {
    assert_eq!(
        read(json!({ "id": "900042", "version": "2" })).id,
        Some(900_042)
    );
}

// §J.5
#[test]
fn links_of_every_variant_name_the_same_page() {
    let links = [
        "http://id360docaposte.com/api/1.0.0/document/12/file_contents/?page_number=3",
        "https://www.id360docaposte.com/private/api/1.0.0/document/12/file_contents/?page_number=3",
        "https://preprod.id360docaposte.com/api/1.0.0/document/12/file_contents?page_number=3",
        "/document/12/file_contents/?x=1&page_number=3",
    ];
    for link in links {
        let report = read(
            json!({ "documents": { "selfie": [{ "name": "s", "files": [{ "url": link }] }] } }),
        );
        let (_, page) = report.pages().next().unwrap();
        assert_eq!(
            (page.document_id.as_str(), page.page_number),
            ("12", 3),
            "{link}"
        );
    }
    for link in [
        "",
        "https://x/document/",
        "https://x/document/12a/file_contents/",
        "https://x/document/../file_contents/",
        "https://x/enrollment/12",
    ] {
        let report = read(
            json!({ "documents": { "selfie": [{ "name": "s", "files": [{ "url": link }] }] } }),
        );
        assert_eq!(report.pages().count(), 0, "{link}");
    }
}

#[test]
fn a_link_without_page_number_takes_its_place_in_the_list() {
    let file = json!({ "url": "https://x/document/12/file_contents/" });
    let report =
        read(json!({ "documents": { "selfie": [{ "name": "s", "files": [file, file] }] } }));
    let pages: Vec<_> = report.pages().map(|(_, page)| page.page_number).collect();
    assert_eq!(pages, [0, 1]);
}

// §J.11
#[test]
fn both_spellings_of_the_identity_family_are_one() {
    let entry = json!([{ "name": "id_document_image", "status": "VALID",
        "files": [{ "url": "https://x/document/1/file_contents/?page_number=0" }] }]);
    for documents in [
        json!({ "identity": entry }),
        json!({ "identity_document": entry }),
        json!({ "identity": entry, "identity_document": entry }),
        json!({ "identity": [], "identity_document": entry }),
    ] {
        let report = read(json!({ "documents": documents }));
        let families: Vec<_> = report.documents.iter().map(|d| d.family.as_str()).collect();
        assert_eq!(families, ["identity"]);
    }
}

// §J.12
#[test]
fn times_with_and_without_zone_are_the_same_instant() {
    for time in [
        "2025-11-12T09:00:03.400000",
        "2025-11-12T09:00:03.400000Z",
        "2025-11-12T10:00:03.4+01:00",
        "2025-11-12T10:00:03.4+0100",
        "2025-11-12 09:00:03.4",
    ] {
        let report = read(json!({ "creation_time": time }));
        assert_eq!(
            report.creation_time.unwrap().timestamp_millis(),
            1_762_938_003_400,
            "{time}"
        );
    }
    assert_eq!(
        read(json!({ "creation_time": "yesterday" })).creation_time,
        None
    );
}

#[test]
fn a_report_of_version_1_finds_its_parts_elsewhere() {
    let report = read(json!({
        "version": 1,
        "id": 7,
        "status": "OK",
        "creation_time": "2023-05-02T08:00:00.000000Z",
        "enrollment": { "client_reference": "REF-1", "callback_headers": [{ "value": "secret" }] },
        "all_input_files": {
            "id_document_image": [
                "https://id360docaposte.com/private/api/1.0.0/document/5/file_contents/?page_number=0",
                "https://id360docaposte.com/private/api/1.0.0/document/5/file_contents/?page_number=1"
            ],
            "liveness_video$0": ["https://id360docaposte.com/api/1.0.0/document/6/file_contents/?page_number=0"]
        },
        "all_input_files_statuses": { "id_document_image": { "status": "VALID" } },
        "unsigned": { "archive_reference": "00000000000000000000000000000a11" },
    }));
    let documents: Vec<_> = report
        .documents
        .iter()
        .map(|d| {
            (
                d.family.as_str(),
                d.name.as_str(),
                d.status.as_deref(),
                d.pages.len(),
            )
        })
        .collect();
    assert_eq!(
        documents,
        [
            ("identity", "id_document_image", Some("VALID"), 2),
            ("liveness", "liveness_video$0", None, 1),
        ]
    );
    assert_eq!(report.client_reference.as_deref(), Some("REF-1"));
    assert!(report.archive_reference.is_some());
}

// §F.4: the comparison of faces is given the front alone.
#[test]
fn a_hash_that_only_a_step_states_is_found_for_its_page() {
    let link = |id: u32, page: u32| {
        format!(
            "https://id360docaposte.com/api/1.0.0/document/{id}/file_contents/?page_number={page}"
        )
    };
    let steps = json!({
        "facecomparison": {
            "input_files": { "id_document_image": [link(5, 0)], "selfie_image": [link(6, 0)] },
            "input_files_hashes": {
                "id_document_image": { "algorithm": "md5", "hashes": ["a0"] },
                "selfie_image": { "algorithm": "md5", "hashes": ["b0"] },
            },
        },
        "id_document": {
            "input_files": { "id_document_image": [link(5, 0), link(5, 1)] },
            "input_files_hashes": { "id_document_image": { "algorithm": "md5", "hashes": ["a0", "a1"] } },
        },
    });
    let stated = |report: Report| -> Vec<(String, u32, Option<String>, Option<String>)> {
        let documents = report.documents.into_iter();
        documents
            .flat_map(|document| document.pages)
            .map(|page| {
                (
                    page.document_id,
                    page.page_number,
                    page.hash,
                    page.hash_algorithm,
                )
            })
            .collect()
    };
    let some = |text: &str| Some(text.to_owned());
    let all = [
        ("5".to_owned(), 0, some("a0"), some("md5")),
        ("5".to_owned(), 1, some("a1"), some("md5")),
        ("6".to_owned(), 0, some("b0"), some("md5")),
    ];
    let version_1 = json!({
        "version": 1,
        "all_input_files": { "id_document_image": [link(5, 0), link(5, 1)], "selfie_image": [link(6, 0)] },
        "steps": steps,
    });
    assert_eq!(stated(read(version_1)), all);
    // §F.5, as the guide writes it.
    let short = json!({
        "version": 2,
        "documents": {
            "identity": [{ "name": "id_document_image", "files": [{ "url": link(5, 0) }, { "url": link(5, 1) }] }],
            "selfie": [{ "name": "selfie_image", "files": [{ "url": link(6, 0) }] }],
        },
        "steps": steps,
    });
    assert_eq!(stated(read(short)), all);
    let steps_alone = json!({ "version": 1, "steps": steps });
    assert_eq!(stated(read(steps_alone)), all);
}

#[test]
fn a_document_that_one_of_its_two_places_refuses_is_refused() {
    let entry = |status: &str| {
        json!([{
            "name": "id_document_image",
            "status": status,
            "files": [{ "url": "https://id360docaposte.com/api/1.0.0/document/5/file_contents/?page_number=0" }],
        }])
    };
    for (one, other) in [("VALID", "INVALID"), ("INVALID", "VALID")] {
        let documents = json!({ "identity": entry(one), "identity_document": entry(other) });
        let report = read(json!({ "status": "KO", "documents": documents }));
        let found: Vec<_> = report
            .documents
            .iter()
            .map(|document| document.status.as_deref())
            .collect();
        assert_eq!(found, [Some("INVALID")]);
    }
}

// §J.13
#[test]
fn an_identity_is_an_object_the_first_of_a_list_or_nothing() {
    let name = |report: Report| report.identity.map(|identity| identity["name"].clone());
    let person = json!({ "name": "VALMONTEL" });
    assert_eq!(
        name(read(json!({ "identity": person }))),
        Some("VALMONTEL".into())
    );
    assert_eq!(
        name(read(json!({ "identity": [person] }))),
        Some("VALMONTEL".into())
    );
    for absent in [
        json!({}),
        json!({ "identity": null }),
        json!({ "identity": [] }),
        json!({ "identity": "x" }),
    ] {
        assert_eq!(name(read(absent)), None);
    }
}

// §J.15
#[test]
fn both_spellings_of_the_code_list_are_read() {
    for key in ["all_status_codes", "all_status_code"] {
        let report = read(
            json!({ key: [{ "status_code": { "code": "ERL_TIMEOUT", "message": "m" }, "where": "ID360" }] }),
        );
        assert_eq!(report.status_codes[0].code, "ERL_TIMEOUT");
        assert_eq!(report.status_codes[0].json_path, format!("$.{key}[0]"));
    }
}

#[test]
fn a_code_of_the_short_list_alone_is_not_missed() {
    let report = read(json!({ "status_codes": [{ "code": "UNHEARD_OF", "message": "m" }] }));
    assert_eq!(report.status_codes[0].code, "UNHEARD_OF");
    assert_eq!(report.status_codes[0].json_path, "$.status_codes[0]");
}

// §J.16
#[test]
fn a_comparison_is_judged_by_equivalence_first() {
    let comparison = |entry: Value| {
        let report =
            json!({ "finalizer_reports": { "validator_report": { "comparisons": [entry] } } });
        read(report).comparisons[0].clone()
    };
    assert_eq!(
        comparison(json!({ "is_equivalent": false, "is_valid": true })).passed,
        Some(false)
    );
    assert_eq!(comparison(json!({ "is_valid": false })).passed, Some(false));
    assert_eq!(comparison(json!({ "ref": "X" })).passed, None);
    let both = comparison(
        json!({ "field1": { "name": "siren", "value": "1" }, "field2": { "value": null } }),
    );
    assert_eq!(both.fields.len(), 2);
}

// §J.17
#[test]
fn step_names_have_a_family() {
    let report = read(json!({ "steps": {
        "liveness$1": { "status": "KO", "status_codes": [{ "code": "MDL_CHALLENGE_NOT_MET" }] },
        "id_document_mandat": { "status": "OK" },
        "fake_photo_id": {},
    } }));
    let mut steps: Vec<_> = report
        .steps
        .iter()
        .map(|s| (s.name.as_str(), s.family.as_str()))
        .collect();
    steps.sort_unstable();
    assert_eq!(
        steps,
        [
            ("fake_photo_id", "fake_photo_id"),
            ("id_document_mandat", "id_document_mandate"),
            ("liveness$1", "liveness"),
        ]
    );
    let liveness = report
        .steps
        .iter()
        .find(|step| step.family == "liveness")
        .unwrap();
    assert_eq!(liveness.codes[0].code, "MDL_CHALLENGE_NOT_MET");
    assert_eq!(liveness.json_path, "$.steps['liveness$1']");
}

// §J.36
#[test]
fn an_unknown_status_is_kept_and_not_final() {
    let report = read(json!({ "status": "UNDER_REVIEW" }));
    assert_eq!(report.status, Status::Other("UNDER_REVIEW".into()));
    assert!(!report.status.is_final());
    let finals = ["OK", "KO", "FAILED", "CANCELED", "DISCONTINUED", "DELETED"];
    assert!(finals.iter().all(|word| Status::from(*word).is_final()));
    assert!(
        ["NEW", "STARTED"]
            .iter()
            .all(|word| !Status::from(*word).is_final())
    );
}

// §F.6
#[test]
fn an_electronic_identity_is_found_in_every_layout() {
    let claims = json!({ "given_name": "Ondine", "family_name": "VALMONTEL" });
    for methods in [
        json!({ "id_num": { "status": "OK", "results": { "id_num_out_token": [{ "payload": claims }] } } }),
        json!({ "id_num": { "status": "OK", "results": { "id_num_out_token": { "payload": claims } } } }),
        json!({ "status": "OK", "results": { "id_num_out_token": [{ "payload": claims }] } }),
    ] {
        let report = read(json!({ "external_methods": methods }));
        let method = &report.external_methods[0];
        assert_eq!(
            (method.name.as_str(), method.status.as_deref()),
            ("id_num", Some("OK"))
        );
        assert_eq!(method.claims.as_ref().unwrap()["given_name"], "Ondine");
    }
    assert!(
        read(json!({ "external_methods": {} }))
            .external_methods
            .is_empty()
    );
}

#[test]
fn only_bytes_that_are_not_an_object_are_refused() {
    for bytes in [
        &b""[..],
        b"[]",
        b"null",
        b"<html>",
        b"{",
        b"{\"a\":",
        b"\xff\xfe",
    ] {
        assert!(Report::read(bytes).is_err());
    }
    assert!(Report::read(b"\xEF\xBB\xBF{}").is_ok());
    assert!(
        Report::read(b"{\"reason\":\"caf\xe9\"}").is_ok(),
        "Latin-1 is put up with"
    );
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(20_000), "]".repeat(20_000));
    assert!(
        Report::read(deep.as_bytes()).is_err(),
        "and nesting has a limit"
    );
}

#[test]
fn an_error_of_reading_quotes_nothing() {
    let error = Report::read(b"{\"name\":\"VALMONTEL\" \"x\"}").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("VALMONTEL"));
    let report = Report::read(KO.as_bytes()).unwrap();
    assert!(!format!("{report:?}").contains("VALMONTEL"));
}

/// Replaces the node with this number, counted depth first.
fn replace(value: &mut Value, counter: &mut usize, with: &Value) {
    if *counter == 0 {
        *value = with.clone();
    }
    *counter = counter.wrapping_sub(1);
    match value {
        Value::Array(entries) => entries
            .iter_mut()
            .for_each(|entry| replace(entry, counter, with)),
        Value::Object(object) => object
            .values_mut()
            .for_each(|entry| replace(entry, counter, with)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_wrong_type_anywhere_never_fails_the_whole_read(
        node in 1_usize..600,
        with in prop::sample::select(vec![
            json!(null), json!(true), json!(-1), json!(1e300), json!(""), json!("texte"), json!([]),
            json!([[]]), json!({}), json!([null, 1, "x", {}]), json!({ "code": 5, "url": [], "files": {} }),
        ]),
    ) {
        let mut value: Value = serde_json::from_str(KO).unwrap();
        replace(&mut value, &mut node.clone(), &with);
        prop_assert!(Report::read(value.to_string().as_bytes()).is_ok());
    }
}
