use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use id360_sandbox::{Outcome, SandboxOptions};
use serde_json::Value;

use crate::support::{Desk, JPEG};

fn seeded(seed: u64) -> SandboxOptions {
    SandboxOptions {
        seed: Some(seed),
        dossiers: 20,
        ..Default::default()
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_credentials_ids_and_keys() {
    let one = Desk::with(seeded(7)).await;
    let two = Desk::with(seeded(7)).await;
    let three = Desk::with(seeded(8)).await;
    assert!(one.sandbox.credentials() == two.sandbox.credentials());
    assert!(one.sandbox.credentials() != three.sandbox.credentials());
    assert_eq!(one.application().await, two.application().await);
    let keys = |desk: &Desk| -> Vec<(i64, String)> {
        desk.sandbox
            .enrollments()
            .into_iter()
            .map(|view| (view.id, view.api_key))
            .collect()
    };
    assert_eq!(keys(&one), keys(&two));
}

#[tokio::test]
async fn without_a_seed_nothing_is_the_same() {
    let one = Desk::open().await;
    let two = Desk::open().await;
    assert!(one.sandbox.credentials() != two.sandbox.credentials());
    assert_ne!(one.sandbox.process_uuid(), two.sandbox.process_uuid());
}

#[tokio::test]
async fn seeded_dossiers_show_every_status() {
    let desk = Desk::with(seeded(1)).await;
    let mut statuses: Vec<&str> = desk
        .sandbox
        .enrollments()
        .iter()
        .map(|view| view.status.as_str())
        .collect();
    statuses.sort_unstable();
    statuses.dedup();
    let all = [
        "CANCELED",
        "DELETED",
        "DISCONTINUED",
        "FAILED",
        "KO",
        "NEW",
        "OK",
        "STARTED",
    ];
    assert_eq!(statuses, all);
    let token = desk.application().await;
    let views = desk.sandbox.enrollments();
    let page = views
        .iter()
        .flat_map(|view| &view.documents)
        .next()
        .unwrap();
    let path = format!("document/{}/file_contents/?page_number=0", page.document_id);
    let bytes = desk.get(&token, &path).await.bytes().await.unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
}

#[tokio::test]
async fn a_restart_with_a_data_folder_forgets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let options = || SandboxOptions {
        data: Some(folder.path().to_owned()),
        ..Default::default()
    };
    let desk = Desk::with(options()).await;
    let credentials = desk.sandbox.credentials();
    let token = desk.application().await;
    let id = desk.ended(&token, Outcome::Ok, &[]).await;
    let open = desk.create(&token).await["id"].as_i64().unwrap();
    let before = desk.sandbox.enrollments();
    let claim_path = format!("enrollment/{id}/idclaim");
    let claim = desk.get(&token, &claim_path).await.bytes().await.unwrap();
    desk.sandbox.stop().await;

    let desk = Desk::with(options()).await;
    assert!(desk.sandbox.credentials() == credentials);
    assert!(desk.sandbox.enrollments() == before);
    let token = desk.application().await;
    assert!(desk.get(&token, &claim_path).await.bytes().await.unwrap() == claim);
    let document = before[0].documents[0].document_id;
    let path = format!("document/{document}/file_contents/?page_number=0");
    assert_eq!(desk.get(&token, &path).await.bytes().await.unwrap(), JPEG);
    let next = desk.create(&token).await["id"].as_i64().unwrap();
    assert!(next > open);
}

#[tokio::test]
async fn a_killed_sandbox_has_kept_what_it_answered() {
    let folder = tempfile::tempdir().unwrap();
    let options = || SandboxOptions {
        data: Some(folder.path().to_owned()),
        ..Default::default()
    };
    let desk = Desk::with(options()).await;
    let token = desk.application().await;
    let id = desk.create(&token).await["id"].as_i64().unwrap();
    // Dropped, not stopped: nothing is written on the way out.
    drop(desk);
    let desk = Desk::with(options()).await;
    assert!(desk.sandbox.enrollment(id).is_some());
}

#[tokio::test]
async fn a_stopped_sandbox_answers_nobody() {
    let desk = Desk::open().await;
    let url = desk.url("user/whoami");
    desk.sandbox.stop().await;
    assert!(desk.http.get(url).send().await.is_err());
}

#[test]
fn the_program_prints_one_line_and_ends_with_its_standard_input() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_id360-sandbox"))
        .args([
            "--port",
            "0",
            "--seed",
            "3",
            "--dossiers",
            "2",
            "--until-stdin-closes",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let greeting: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    let mut keys: Vec<&String> = greeting.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["application", "base_url", "process_uuid", "user"]);
    assert!(
        greeting["base_url"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
    assert_eq!(greeting["user"]["otp"].as_str().unwrap().len(), 6);
    drop(program.stdin.take());
    assert!(lines.next().is_none());
    assert!(program.wait().unwrap().success());
}
