use id360_sandbox::{IdentityFamily, LinkForm, Outcome};
use md5::{Digest, Md5};
use serde_json::Value;

use crate::support::{Desk, JPEG};

fn codes(report: &Value) -> Vec<String> {
    let list = report["all_status_codes"].as_array().unwrap();
    list.iter()
        .map(|entry| entry["status_code"]["code"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn an_unfinished_dossier_answers_202_and_its_draft_200() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.create(&token).await["id"].as_i64().unwrap();
    assert_eq!(
        desk.get(&token, &format!("enrollment/{id}/report"))
            .await
            .status(),
        202
    );
    for flag in ["allow_draft=true", "draft=true"] {
        let draft = desk
            .get(&token, &format!("enrollment/{id}/report/?{flag}"))
            .await;
        assert_eq!(draft.status(), 200);
        assert_eq!(draft.json::<Value>().await.unwrap()["status"], "NEW");
    }
}

#[tokio::test]
async fn the_verdict_waits_for_the_processing() {
    let desk = Desk::switched(|switches| switches.processing_seconds = 30).await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    assert_eq!(
        desk.get(&token, &format!("enrollment/{id}/report"))
            .await
            .status(),
        202
    );
    desk.sandbox.advance(std::time::Duration::from_secs(30));
    assert_eq!(desk.report(&token, id).await["status"], "OK");
}

#[tokio::test]
async fn an_endless_processing_fails() {
    let desk = Desk::switched(|switches| switches.processing_seconds = 1_000_000).await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    desk.sandbox
        .advance(std::time::Duration::from_secs(76 * 60));
    let token = desk.application().await;
    let report = desk.report(&token, id).await;
    assert_eq!(report["status"], "FAILED");
    assert_eq!(codes(&report), ["ERL_TIMEOUT"]);
}

#[tokio::test]
async fn the_report_hashes_are_those_of_the_downloaded_files() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    let report = desk.report(&token, id).await;
    let file = &report["documents"]["identity"][0]["files"][0];
    let url = file["url"].as_str().unwrap();
    let path = url.split("/api/1.0.0/").nth(1).unwrap();
    let bytes = desk.get(&token, path).await.bytes().await.unwrap();
    assert_eq!(bytes, JPEG);
    assert_eq!(file["hash"], hex::encode(Md5::digest(&bytes)));
}

#[tokio::test]
async fn recto_and_verso_share_one_document_and_the_selfie_has_its_own() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.create(&token).await["id"].as_i64().unwrap();
    for (name, page) in [("recto", 0), ("verso", 1), ("selfie", 0)] {
        desk.sandbox.upload(id, name, page, JPEG).unwrap();
    }
    let pages = desk.sandbox.enrollment(id).unwrap().documents;
    let id_pages: Vec<_> = pages
        .iter()
        .filter(|p| p.name == "id_document_image")
        .collect();
    assert_eq!(id_pages.len(), 2);
    assert_eq!(id_pages[0].document_id, id_pages[1].document_id);
    assert_eq!((id_pages[0].page_number, id_pages[1].page_number), (0, 1));
    let selfie = pages
        .iter()
        .find(|p| p.name == "selfie_image_upload")
        .unwrap();
    assert_ne!(selfie.document_id, id_pages[0].document_id);
}

#[tokio::test]
async fn a_ko_names_every_cause_where_it_belongs() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let causes = [
        "VLD_ID_INVALID",
        "MDL_CHALLENGE_NOT_MET",
        "SEC_DATA_INJECTION",
    ];
    let id = desk.ended(&token, Outcome::Ko, &causes).await;
    let report = desk.report(&token, id).await;
    assert_eq!(report["status"], "KO");
    let found = codes(&report);
    for cause in causes {
        assert!(
            found.iter().any(|code| code == cause),
            "{cause} in {found:?}"
        );
    }
    assert_eq!(report["steps"]["facecomparison"]["status"], "KO");
    assert_eq!(
        report["steps"]["facecomparison"]["status_codes"][0]["code"],
        causes[1]
    );
    let rules = report["finalizer_reports"]["validator_report"]["validations"]
        .as_array()
        .unwrap();
    let expired = rules
        .iter()
        .find(|rule| rule["ref"] == "IDENTITY_DOCUMENT.expired")
        .unwrap();
    assert_eq!(expired["is_valid"], false);
    assert_eq!(report["documents"]["identity"][0]["status"], "INVALID");
}

#[tokio::test]
async fn every_published_cause_makes_a_ko_that_says_it() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    for cause in id360_sandbox::published_causes() {
        let id = desk.ended(&token, Outcome::Ko, &[cause]).await;
        let report = desk.report(&token, id).await;
        assert!(codes(&report).iter().any(|code| code == cause), "{cause}");
        assert!(report["reason"].is_string(), "{cause}");
    }
}

#[tokio::test]
async fn an_ok_report_still_holds_the_failed_half_of_the_name_check() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    let report = desk.report(&token, id).await;
    assert!(codes(&report).is_empty());
    let validator = &report["finalizer_reports"]["validator_report"];
    assert_eq!(validator["is_valid"], true);
    let rules = validator["validations"].as_array().unwrap();
    let names: Vec<bool> = rules
        .iter()
        .filter(|rule| rule["ref"] == "IDENTITY.NAME.name")
        .map(|rule| rule["is_valid"].as_bool().unwrap())
        .collect();
    assert_eq!(names, [true, false]);
    assert_eq!(report["identity"]["name"], "VALMONTEL");
}

#[tokio::test]
async fn the_two_versions_differ_in_times_signature_and_documents() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    let second = desk.report(&token, id).await;
    assert_eq!(second["version"], 2);
    assert!(!second["creation_time"].as_str().unwrap().ends_with('Z'));
    assert!(
        second["steps"]["id_document"]["creation_time"]
            .as_str()
            .unwrap()
            .ends_with('Z')
    );
    assert!(second["signature"].is_null());
    desk.sandbox
        .set_options(&serde_json::json!({ "report_version": 1 }))
        .unwrap();
    let first = desk.report(&token, id).await;
    assert_eq!(first["version"], 1);
    assert!(first["creation_time"].as_str().unwrap().ends_with('Z'));
    assert_eq!(first["signature"]["signature"].as_str().unwrap().len(), 128);
    assert_eq!(
        first["unsigned"]["archive_reference"],
        second["archive_reference"]
    );
    assert!(first["documents"].is_null());
}

#[tokio::test]
async fn every_secret_the_report_plants_is_in_the_list_of_secrets() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    let report = desk.report(&token, id).await;
    let job = &report["steps"]["id_document"]["results"]["id_document_result"][0];
    let planted: Vec<String> = desk
        .sandbox
        .secrets()
        .into_iter()
        .map(|s| s.value)
        .collect();
    for value in [
        &job["callback_headers"]["x-api-key"],
        &job["callback_url"],
        &job["worker_arn"],
        &report["enrollment"]["callback_headers"][0]["value"],
    ] {
        assert!(
            planted.contains(&value.as_str().unwrap().to_owned()),
            "{value}"
        );
    }
}

#[tokio::test]
async fn links_and_family_names_follow_the_switches() {
    let desk = Desk::switched(|switches| {
        switches.links = LinkForm::Http;
        switches.identity_family = IdentityFamily::IdentityDocument;
    })
    .await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    let report = desk.report(&token, id).await;
    assert!(report["documents"]["identity"].is_null());
    let url = report["documents"]["identity_document"][0]["files"][0]["url"]
        .as_str()
        .unwrap();
    assert!(url.starts_with("http://preprod.id360docaposte.com/private/api/1.0.0/document/"));
}

#[tokio::test]
async fn an_unreadable_document_leaves_no_identity() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk
        .ended(&token, Outcome::Ko, &["MDL_INPUT_INVALID"])
        .await;
    let report = desk.report(&token, id).await;
    assert!(report.get("identity").is_none());
    assert_eq!(report["steps"]["id_document"]["status"], "KO");
}
