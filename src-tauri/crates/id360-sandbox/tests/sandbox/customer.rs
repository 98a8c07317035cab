use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use id360_sandbox::{Outcome, Status};

use crate::support::{Desk, JPEG};

const LIMIT: usize = 9_961_472;

struct Customer<'a> {
    desk: &'a Desk,
    key: String,
    id: i64,
}

impl<'a> Customer<'a> {
    async fn invited(desk: &'a Desk) -> Self {
        let token = desk.application().await;
        let answer = desk.create(&token).await;
        let key = answer["api_key"].as_str().unwrap().to_owned();
        Self {
            desk,
            key,
            id: answer["id"].as_i64().unwrap(),
        }
    }

    async fn agrees(&self) -> u16 {
        let path = "enrollment/flow/consent/?accepted_system_cgu=true&accepted_biometry=true";
        self.posts(path, None).await.status().as_u16()
    }

    async fn posts(&self, path: &str, body: Option<Value>) -> reqwest::Response {
        let mut request = self
            .desk
            .http
            .post(self.desk.url(path))
            .header("x-api-key", &self.key);
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    async fn uploads(&self, path: &str, bytes: Vec<u8>) -> u16 {
        let part = Part::bytes(bytes).file_name("photo.jpg");
        let request = self
            .desk
            .http
            .post(self.desk.url(path))
            .header("x-api-key", &self.key)
            .multipart(Form::new().part("file", part));
        request.send().await.unwrap().status().as_u16()
    }
}

fn picture(length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..length)
        .map(|n| (n.wrapping_mul(31) >> 3) as u8)
        .collect();
    bytes[..3].copy_from_slice(&[0xFF, 0xD8, 0xFF]);
    bytes
}

#[tokio::test]
async fn consent_starts_the_dossier() {
    let desk = Desk::open().await;
    let customer = Customer::invited(&desk).await;
    assert_eq!(
        customer
            .uploads("enrollment/flow/document/recto/", picture(64))
            .await,
        403
    );
    assert_eq!(customer.agrees().await, 204);
    assert_eq!(
        desk.sandbox.enrollment(customer.id).unwrap().status,
        Status::Started
    );
}

#[tokio::test]
async fn the_largest_file_is_kept_byte_for_byte() {
    let desk = Desk::open().await;
    let customer = Customer::invited(&desk).await;
    customer.agrees().await;
    let bytes = picture(LIMIT);
    let path = "enrollment/flow/document/id_document_image/?total_pages=1&uploaded_page=0";
    assert_eq!(customer.uploads(path, bytes.clone()).await, 204);
    let kept = desk.sandbox.enrollment(customer.id).unwrap().documents[0].clone();
    assert_eq!(kept.sha256, hex::encode(Sha256::digest(&bytes)));
    let token = desk.application().await;
    let path = format!("document/{}/file_contents/?page_number=0", kept.document_id);
    let got = desk.get(&token, &path).await.bytes().await.unwrap();
    assert!(got == bytes, "the download differs from the upload");
}

#[tokio::test]
async fn a_file_one_byte_too_large_is_refused() {
    let desk = Desk::open().await;
    let customer = Customer::invited(&desk).await;
    customer.agrees().await;
    let path = "enrollment/flow/document/selfie_image/";
    assert_eq!(customer.uploads(path, picture(LIMIT + 1)).await, 413);
    assert!(
        desk.sandbox
            .enrollment(customer.id)
            .unwrap()
            .documents
            .is_empty()
    );
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused() {
    let desk = Desk::open().await;
    let customer = Customer::invited(&desk).await;
    customer.agrees().await;
    let path = "enrollment/flow/document/recto/";
    assert_eq!(
        customer
            .uploads(path, b"MZ not a picture at all".to_vec())
            .await,
        400
    );
}

#[tokio::test]
async fn a_second_upload_replaces_the_first() {
    let desk = Desk::open().await;
    let customer = Customer::invited(&desk).await;
    customer.agrees().await;
    customer
        .uploads("enrollment/flow/document/recto/", picture(64))
        .await;
    customer
        .uploads("enrollment/flow/document/recto/", JPEG.to_vec())
        .await;
    let documents = desk.sandbox.enrollment(customer.id).unwrap().documents;
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].size, JPEG.len() as u64);
}

#[tokio::test]
async fn finishing_sends_the_browser_back_with_a_token_worth_one_call() {
    let desk = Desk::open().await;
    let customer = Customer::invited(&desk).await;
    customer.agrees().await;
    customer
        .uploads("enrollment/flow/document/recto/", picture(64))
        .await;
    let body = json!({ "outcome": "KO", "causes": ["VLD_ID_INVALID", "COV_FAILED"] });
    let answer: Value = customer
        .posts("enrollment/flow/finalise/", Some(body))
        .await
        .json()
        .await
        .unwrap();
    let url = answer["redirect_url"].as_str().unwrap();
    let start = "https://retour.entreprise-exemple.test/fin?dossier=12&token=";
    let token = url.strip_prefix(start).unwrap();
    assert_eq!(token.len(), 128);
    let path = desk.url(&format!("enrollment/status/{token}"));
    let first = desk.http.get(&path).send().await.unwrap();
    assert_eq!(first.status(), 200);
    assert_eq!(first.json::<Value>().await.unwrap()["status"], "KO");
    assert_eq!(desk.http.get(&path).send().await.unwrap().status(), 404);
    assert!(
        !serde_json::to_string(&desk.sandbox.requests())
            .unwrap()
            .contains(token)
    );
}

#[tokio::test]
async fn a_finished_dossier_takes_nothing_more_from_the_customer() {
    let desk = Desk::open().await;
    let customer = Customer::invited(&desk).await;
    customer.agrees().await;
    desk.sandbox.finish(customer.id, Outcome::Ok, &[]).unwrap();
    assert_eq!(
        customer
            .uploads("enrollment/flow/document/recto/", picture(64))
            .await,
        409
    );
    let info = desk
        .http
        .get(desk.url("enrollment/flow/enrollment_info"))
        .header("x-api-key", &customer.key)
        .send()
        .await
        .unwrap();
    assert_eq!(info.json::<Value>().await.unwrap()["status"], "OK");
}

#[tokio::test]
async fn the_pages_and_all_they_need_are_served_by_the_sandbox_alone() {
    let desk = Desk::open().await;
    let base = format!("{}/static/process_ui", desk.sandbox.base_url());
    let page = desk
        .http
        .get(format!("{base}/index.html"))
        .send()
        .await
        .unwrap();
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("http"));
    let html = page.text().await.unwrap();
    assert!(!html.contains("http://") && !html.contains("https://"));
    for file in ["app.js", "words.js", "style.css", "icon.svg"] {
        let answer = desk
            .http
            .get(format!("{base}/{file}"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{file}");
    }
}
