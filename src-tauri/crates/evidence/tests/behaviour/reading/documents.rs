use evidence::PageSide::{self, Other, Recto, Verso};
use evidence::documents;
use id360_api::Report;
use serde_json::{Value, json};

use super::{KO_VERSION_2, read};

fn page(id: u32, number: u32) -> Value {
    json!({"hash": "00000000000000000000000000000a01", "hash_algorithm": "MD5",
        "url": format!("https://preprod.id360docaposte.com/api/1.0.0/document/{id}/file_contents/?page_number={number}")})
}

fn sides(family: &str, name: &str, pages: &[(u32, u32)]) -> Vec<(String, PageSide)> {
    let files: Vec<Value> = pages
        .iter()
        .map(|(id, number)| page(*id, *number))
        .collect();
    let report =
        read(&json!({"documents": {family: [{"name": name, "status": "VALID", "files": files}]}}));
    documents(&report)
        .remove(0)
        .pages
        .into_iter()
        .map(|page| {
            (
                format!("{}/{}", page.document_id, page.page_number),
                page.side,
            )
        })
        .collect()
}

#[test]
fn the_first_page_of_an_identity_document_is_its_recto_and_the_second_its_verso() {
    for (family, name) in [
        ("identity", "id_document_image"),
        ("identity_document", "id_document_image"),
        ("identity", "idd"),
    ] {
        assert_eq!(
            sides(family, name, &[(900_101, 1), (900_101, 0), (900_101, 2)]),
            [
                ("900101/0".into(), Recto),
                ("900101/1".into(), Verso),
                ("900101/2".into(), Other)
            ]
        );
    }
}

#[test]
fn a_passport_has_a_recto_only_and_a_back_alone_is_a_verso() {
    assert_eq!(
        sides("identity", "id_document_image", &[(1, 0)]),
        [("1/0".into(), Recto)]
    );
    assert_eq!(
        sides("identity", "id_document_image", &[(1, 1)]),
        [("1/1".into(), Verso)]
    );
}

#[test]
fn sides_that_are_documents_of_their_own_go_by_their_order() {
    assert_eq!(
        sides(
            "identity",
            "id_document_image",
            &[(900_101, 0), (900_102, 0)]
        ),
        [("900101/0".into(), Recto), ("900102/0".into(), Verso)]
    );
}

#[test]
fn the_two_sides_of_a_pvid_document_are_told_by_their_names() {
    assert_eq!(
        sides("other", "ar24_in_front", &[(7, 0)]),
        [("7/0".into(), Recto)]
    );
    assert_eq!(
        sides("other", "ar24_in_back", &[(8, 0)]),
        [("8/0".into(), Verso)]
    );
}

#[test]
fn no_page_of_another_document_is_a_recto() {
    for (family, name) in [
        ("selfie", "selfie_image"),
        ("proof_of_address", "proof_of_address_image"),
        ("tomorrow", "identity_of_sorts"),
    ] {
        assert_eq!(
            sides(family, name, &[(1, 0), (1, 1)]),
            [("1/0".into(), Other), ("1/1".into(), Other)]
        );
    }
}

#[test]
fn the_front_of_one_document_never_stands_beside_the_back_of_another() {
    let sides = |documents_part: Value| -> Vec<PageSide> {
        let report = read(&json!({ "documents": documents_part }));
        let entries = documents(&report).into_iter();
        entries
            .flat_map(|entry| entry.pages)
            .map(|page| page.side)
            .collect()
    };
    let passport_and_card = json!({"identity": [
        {"name": "idd", "files": [page(2, 0), page(2, 1)]},
        {"name": "id_document_image", "files": [page(1, 0)]},
    ]});
    assert_eq!(sides(passport_and_card), [Recto, Other, Other]);
    let split = json!({"other": [
        {"name": "ar24_in_back", "files": [page(4, 0)]},
        {"name": "ar24_in_front", "files": [page(3, 0)]},
    ]});
    assert_eq!(sides(split), [Recto, Verso]);
}

#[test]
fn the_document_of_a_mandate_holder_has_no_recto_even_where_the_customer_has_no_document() {
    assert_eq!(
        sides("identity", "id_document_mandate_image", &[(1, 0), (1, 1)]),
        [("1/0".into(), Other), ("1/1".into(), Other)]
    );
}

#[test]
fn identity_comes_first_then_the_face_then_the_rest() {
    let report = read(&json!({"documents": {
        "car_registration": [{"name": "car_registration_image", "files": [page(1, 0)]}],
        "aaa_tomorrow": [{"name": "x", "files": [page(2, 0)]}],
        "liveness": [{"name": "liveness_video$0", "files": [page(3, 0)]}, {"name": "liveness_video$1", "files": [page(4, 0)]}],
        "other": [{"name": "ar24_in_back", "files": [page(5, 0)]}, {"name": "ar24_in_front", "files": [page(6, 0)]}],
        "selfie": [{"name": "selfie_image_upload", "files": [page(7, 0)]}, {"name": "selfie_image", "files": [page(8, 0)]}],
        "proof_of_address": [{"name": "proof_of_address_image", "files": [page(9, 0)]}],
        "identity": [{"name": "idd", "files": [page(10, 0)]}, {"name": "id_document_image", "files": [page(11, 0)]}],
    }}));
    let names: Vec<String> = documents(&report)
        .into_iter()
        .map(|entry| entry.name)
        .collect();
    assert_eq!(
        names,
        [
            "id_document_image",
            "idd",
            "ar24_in_front",
            "ar24_in_back",
            "selfie_image",
            "selfie_image_upload",
            "liveness_video$0",
            "liveness_video$1",
            "proof_of_address_image",
            "car_registration_image",
            "x"
        ]
    );
}

#[test]
fn the_documents_of_a_whole_report_keep_their_status_and_hashes() {
    let entries = documents(&Report::read(KO_VERSION_2.as_bytes()).unwrap());
    let identity = &entries[0];
    assert_eq!(
        (identity.family.as_str(), identity.status.as_deref()),
        ("identity", Some("INVALID"))
    );
    assert_eq!(identity.pages[1].side, Verso);
    assert_eq!(
        identity.pages[1].hash.as_deref(),
        Some("00000000000000000000000000000a02")
    );
    assert_eq!(entries.len(), 5);
}

#[test]
fn a_report_of_version_1_has_its_recto_too() {
    let link = |number: u32| {
        format!(
            "http://id360docaposte.com/private/api/1.0.0/document/900101/file_contents/?page_number={number}"
        )
    };
    let report =
        read(&json!({"version": 1, "all_input_files": {"id_document_image": [link(0), link(1)]}}));
    let sides: Vec<PageSide> = documents(&report)
        .remove(0)
        .pages
        .into_iter()
        .map(|page| page.side)
        .collect();
    assert_eq!(sides, [Recto, Verso]);
}
