use std::io::{Cursor, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use id360_sandbox::Outcome;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::{Desk, JPEG};

struct Claim {
    container: Vec<u8>,
    data: Vec<u8>,
    signatures: String,
}

async fn claim(desk: &Desk) -> Claim {
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    let path = format!("enrollment/{id}/idclaim");
    let container = desk
        .get(&token, &path)
        .await
        .bytes()
        .await
        .unwrap()
        .to_vec();
    let again = desk.get(&token, &path).await.bytes().await.unwrap();
    assert!(again == container, "two downloads differ");
    let mut zip = zip::ZipArchive::new(Cursor::new(container.clone())).unwrap();
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let manifest = String::from_utf8(read("META-INF/manifest.xml")).unwrap();
    assert!(manifest.contains("identity-claim.json"));
    let data = read("identity-claim.json");
    let signatures = String::from_utf8(read("META-INF/signatures0.xml")).unwrap();
    Claim {
        container,
        data,
        signatures,
    }
}

/// From the start tag to the end tag, both included.
fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let start = xml.find(&format!("<{name}")).unwrap();
    let close = format!("</{name}>");
    let end = start + xml[start..].find(&close).unwrap() + close.len();
    &xml[start..end]
}

fn text<'a>(xml: &'a str, name: &str) -> &'a str {
    let whole = element(xml, name);
    let start = whole.find('>').unwrap() + 1;
    &whole[start..whole.rfind('<').unwrap()]
}

fn sha256(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}

#[tokio::test]
async fn the_container_begins_as_the_standard_wants() {
    let desk = Desk::open().await;
    let claim = claim(&desk).await;
    assert_eq!(claim.container[..4], *b"PK\x03\x04");
    assert_eq!(claim.container[8..10], [0, 0], "stored");
    assert_eq!(claim.container[28..30], [0, 0], "no extra field");
    assert_eq!(
        claim.container[30..69],
        *b"mimetypeapplication/vnd.etsi.asic-e+zip"
    );
}

#[tokio::test]
async fn the_signature_and_every_digest_verify() {
    let desk = Desk::open().await;
    let claim = claim(&desk).await;
    let info = element(&claim.signatures, "ds:SignedInfo");
    let properties = element(&claim.signatures, "xades:SignedProperties");
    let references: Vec<&str> = info.split("<ds:Reference ").skip(1).collect();
    assert!(references[0].contains("URI=\"identity-claim.json\""));
    assert_eq!(text(references[0], "ds:DigestValue"), sha256(&claim.data));
    assert!(references[1].contains("Type=\"http://uri.etsi.org/01903#SignedProperties\""));
    assert_eq!(
        text(references[1], "ds:DigestValue"),
        sha256(properties.as_bytes())
    );

    let certificate = STANDARD
        .decode(text(&claim.signatures, "ds:X509Certificate"))
        .unwrap();
    assert_eq!(text(properties, "ds:DigestValue"), sha256(&certificate));
    // The uncompressed point of the SubjectPublicKeyInfo: BIT STRING of 66 bytes, no unused bit.
    let header = [0x03, 0x42, 0x00, 0x04];
    let at = certificate
        .windows(4)
        .position(|window| window == header)
        .unwrap()
        + 3;
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &certificate[at..at + 65]);
    let value = STANDARD
        .decode(text(&claim.signatures, "ds:SignatureValue"))
        .unwrap();
    assert_eq!(value.len(), 64);
    key.verify(info.as_bytes(), &value).unwrap();
    assert!(
        key.verify(
            info.replace("SHA256", "sha256")
                .replacen("S0-R0", "S0-R9", 1)
                .as_bytes(),
            &value
        )
        .is_err()
    );
}

#[tokio::test]
async fn the_claim_tells_the_person_the_phone_and_the_document_hashes() {
    let desk = Desk::open().await;
    let claim = claim(&desk).await;
    let data: Value = serde_json::from_slice(&claim.data).unwrap();
    assert_eq!(data["identity"]["name"], "VALMONTEL");
    assert_eq!(data["phone_number"], "+33699000042");
    assert_eq!(
        data["documents"][0]["sha256"],
        hex::encode(Sha256::digest(JPEG))
    );
}

#[tokio::test]
async fn a_refused_dossier_has_no_claim() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ko, &[]).await;
    assert_eq!(
        desk.get(&token, &format!("enrollment/{id}/idclaim"))
            .await
            .status(),
        404
    );
}

#[tokio::test]
async fn the_plain_process_gives_no_claim() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let path = format!("process/{}/enrollment", desk.sandbox.plain_process_uuid());
    let request = desk
        .http
        .post(desk.url(&path))
        .header("Authorization", format!("Token {token}"));
    let answer: Value = request
        .json(&crate::support::dossier_body())
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let id = answer["id"].as_i64().unwrap();
    desk.sandbox.finish(id, Outcome::Ok, &[]).unwrap();
    assert_eq!(
        desk.get(&token, &format!("enrollment/{id}/idclaim"))
            .await
            .status(),
        404
    );
}

#[tokio::test]
async fn the_proof_slip_is_a_pdf_whose_table_points_at_its_objects() {
    let desk = Desk::open().await;
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ko, &["VLD_ID_INVALID"]).await;
    let answer = desk
        .get(&token, &format!("enrollment/{id}/proof_slip"))
        .await;
    let pdf = answer.bytes().await.unwrap();
    assert!(pdf.starts_with(b"%PDF-1.4") && pdf.ends_with(b"%%EOF\n"));
    let text = String::from_utf8_lossy(&pdf).into_owned();
    let find = |needle: &[u8]| pdf.windows(needle.len()).position(|w| w == needle).unwrap();
    let table = find(b"xref\n");
    assert!(text.contains(&format!("startxref\n{table}\n")));
    for number in 1..=5 {
        let offset = find(format!("{number} 0 obj\n").as_bytes());
        assert!(
            text.contains(&format!("{offset:010} 00000 n ")),
            "object {number}"
        );
    }
}
