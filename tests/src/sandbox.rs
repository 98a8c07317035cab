//! A sandbox of the test's own, as a process, and its control API.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::place;

/// What the process prints when it listens.
#[expect(
    missing_debug_implementations,
    reason = "holds passwords: it cannot be printed by mistake"
)]
#[derive(Clone, Deserialize)]
pub struct Greeting {
    pub base_url: String,
    /// The same behind TLS, where `--tls` asked for it.
    pub encrypted_url: Option<String>,
    pub application: Credentials,
    pub user: UserCredentials,
    pub process_uuid: String,
}

#[expect(missing_debug_implementations, reason = "holds secrets")]
#[derive(Clone, Deserialize)]
pub struct Credentials {
    pub username: String,
    pub password: String,
}

#[expect(missing_debug_implementations, reason = "holds secrets")]
#[derive(Clone, Deserialize)]
pub struct UserCredentials {
    pub username: String,
    pub password: String,
    pub otp: String,
}

/// One dossier as the sandbox holds it.
#[expect(missing_debug_implementations, reason = "holds secrets")]
#[derive(Clone, Deserialize)]
pub struct Enrollment {
    pub id: i64,
    pub status: String,
    /// Published codes that made it KO.
    pub causes: Vec<String>,
    pub api_key: String,
    pub client_reference: Option<String>,
    pub documents: Vec<StoredDocument>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct StoredDocument {
    pub document_id: i64,
    pub name: String,
    pub page_number: u32,
    pub sha256: String,
    pub size: u64,
}

/// One call that reached the sandbox.
#[derive(Debug, Clone, Deserialize)]
pub struct Request {
    pub endpoint: String,
    pub method: String,
    pub status: Option<u16>,
    pub draft: bool,
}

/// A secret that the sandbox gave out or planted in an answer.
#[expect(missing_debug_implementations, reason = "holds secrets")]
#[derive(Clone, Deserialize)]
pub struct PlantedSecret {
    pub kind: String,
    pub value: String,
}

/// The running process. Ends when dropped.
pub struct Sandbox {
    process: Child,
    greeting: Greeting,
    announcement: PathBuf,
    http: reqwest::Client,
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox")
            .field("base_url", &self.greeting.base_url)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Starts it on a free port; its announcement is kept in `folder`, readable by this user only.
    pub async fn start(folder: &Path, arguments: &[&str]) -> Result<Self> {
        // Refused when it is already chosen: then it is chosen.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut process = Command::new(place::binary("id360-sandbox")?)
            .args(["--port", "0"])
            .args(arguments)
            .arg("--until-stdin-closes")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .context("the sandbox did not start")?;
        let output = process.stdout.take().context("output of the sandbox")?;
        let mut lines = BufReader::new(output).lines();
        let line = tokio::time::timeout(Duration::from_secs(30), lines.next_line())
            .await
            .context("the sandbox did not announce itself in 30 seconds")??
            .context("the sandbox ended before it announced itself")?;
        let greeting = serde_json::from_str(&line).context("announcement of the sandbox")?;
        let announcement = folder.join("sandbox.json");
        write_private(&announcement, line.as_bytes())?;
        let http = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self {
            process,
            greeting,
            announcement,
            http,
        })
    }

    /// Addresses and credentials.
    pub fn greeting(&self) -> &Greeting {
        &self.greeting
    }

    /// The file to hand to the desk's `--sandbox`.
    pub fn announcement(&self) -> &Path {
        &self.announcement
    }

    /// Every dossier, oldest first.
    pub async fn enrollments(&self) -> Result<Vec<Enrollment>> {
        self.get("enrollments").await
    }

    /// The dossier whose `client_reference` is this, or begins with it: the desk adds a part of its own, which tells
    /// two dossiers of one reference apart in the console.
    pub async fn enrollment(&self, reference: &str) -> Result<Enrollment> {
        self.enrollments()
            .await?
            .into_iter()
            .find(|enrollment| {
                enrollment
                    .client_reference
                    .as_deref()
                    .is_some_and(|own| own.starts_with(reference))
            })
            .with_context(|| format!("the sandbox has no dossier {reference}"))
    }

    /// Every call so far, oldest first.
    pub async fn requests(&self) -> Result<Vec<Request>> {
        self.get("requests").await
    }

    /// How many calls of one endpoint arrived.
    pub async fn count(&self, endpoint: &str) -> Result<usize> {
        Ok(self
            .requests()
            .await?
            .iter()
            .filter(|request| request.endpoint == endpoint)
            .count())
    }

    /// Every secret that left the sandbox or was planted in its answers.
    pub async fn secrets(&self) -> Result<Vec<PlantedSecret>> {
        self.get("secrets").await
    }

    /// Plans a fault for the next `times` calls of an endpoint.
    pub async fn fault(&self, endpoint: &str, times: u32, fault: Value) -> Result<()> {
        self.post(
            "faults",
            json!({ "endpoint": endpoint, "times": times, "fault": fault }),
        )
        .await
    }

    /// Plans a fault for one call of an endpoint, after `skip` that are let through.
    pub async fn fault_after(&self, skip: u32, endpoint: &str, fault: Value) -> Result<()> {
        self.post(
            "faults",
            json!({ "endpoint": endpoint, "skip": skip, "fault": fault }),
        )
        .await
    }

    /// Turns some of the switches.
    pub async fn switch(&self, changes: Value) -> Result<()> {
        let answer = self.http.put(self.url("options")).json(&changes).send();
        let status = answer.await?.status();
        ensure!(status.is_success(), "options: {status}");
        Ok(())
    }

    /// Forgets the calls so far.
    pub async fn forget_requests(&self) -> Result<()> {
        let answer = self.http.delete(self.url("requests")).send().await?;
        ensure!(
            answer.status().is_success(),
            "requests: {}",
            answer.status()
        );
        Ok(())
    }

    /// Forgets the faults still planned.
    pub async fn clear_faults(&self) -> Result<()> {
        let answer = self.http.delete(self.url("faults")).send().await?;
        ensure!(answer.status().is_success(), "faults: {}", answer.status());
        Ok(())
    }

    /// Moves the sandbox's clock.
    pub async fn advance(&self, by: Duration) -> Result<()> {
        self.post("clock", json!({ "advance_seconds": by.as_secs() }))
            .await
    }

    /// Makes every token invalid.
    pub async fn expire_tokens(&self) -> Result<()> {
        self.post("expire_tokens", json!({})).await
    }

    /// Puts a file in without the customer's page.
    pub async fn upload(&self, id: i64, name: &str, page: u32, file: &Path) -> Result<()> {
        self.upload_bytes(id, name, page, std::fs::read(file)?)
            .await
    }

    /// The same from memory.
    pub async fn upload_bytes(&self, id: i64, name: &str, page: u32, bytes: Vec<u8>) -> Result<()> {
        let answer = self
            .http
            .put(self.url(&format!("enrollments/{id}/documents/{name}/{page}")))
            .body(bytes)
            .send()
            .await?;
        ensure!(
            answer.status().is_success(),
            "upload: {} {}",
            answer.status(),
            answer.text().await?
        );
        Ok(())
    }

    /// Ends a dossier without the customer's page.
    pub async fn finish(&self, id: i64, outcome: &str, causes: &[&str]) -> Result<()> {
        self.post(
            &format!("enrollments/{id}/finish"),
            json!({ "outcome": outcome, "causes": causes }),
        )
        .await
    }

    /// What ID360 serves under `/api/1.0.0/{path}` to an application account.
    pub async fn served(&self, path: &str) -> Result<Vec<u8>> {
        self.reader().await?.served(path).await
    }

    /// As [`Sandbox::served`], many times for one login.
    pub async fn reader(&self) -> Result<Reader<'_>> {
        Ok(Reader {
            sandbox: self,
            token: self.token().await?,
        })
    }

    /// Creates a dossier without a desk, and returns its id.
    pub async fn create(&self, reference: &str, back_to: &str) -> Result<i64> {
        let asked = self
            .http
            .post(self.api(&format!(
                "process/{}/enrollment",
                self.greeting.process_uuid
            )))
            .header("authorization", self.token().await?)
            .json(&json!({ "client_reference": reference, "browser_callback_url": back_to }));
        let answer: Value = asked.send().await?.error_for_status()?.json().await?;
        answer["id"].as_i64().context("id of the new dossier")
    }

    fn api(&self, path: &str) -> String {
        format!("{}/api/1.0.0/{path}", self.greeting.base_url)
    }

    async fn token(&self) -> Result<String> {
        let credentials = json!({
            "username": self.greeting.application.username,
            "password": self.greeting.application.password,
        });
        let login = self
            .http
            .post(self.api("user/login"))
            .json(&credentials)
            .send()
            .await?;
        let login: Value = login.error_for_status()?.json().await?;
        Ok(format!(
            "Token {}",
            login["token"].as_str().context("token of the login")?
        ))
    }

    /// Ends the process at once, as a crash does.
    pub async fn kill(&mut self) -> Result<()> {
        self.process.kill().await.context("end of the sandbox")
    }

    fn url(&self, path: &str) -> String {
        format!("{}/sandbox/{path}", self.greeting.base_url)
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let answer = self
            .http
            .get(self.url(path))
            .send()
            .await?
            .error_for_status()?;
        answer
            .json()
            .await
            .with_context(|| format!("/sandbox/{path}"))
    }

    async fn post(&self, path: &str, body: Value) -> Result<()> {
        let answer = self.http.post(self.url(path)).json(&body).send().await?;
        let status = answer.status();
        ensure!(
            status.is_success(),
            "/sandbox/{path}: {status} {}",
            answer.text().await?
        );
        Ok(())
    }
}

/// An application account that reads.
#[expect(missing_debug_implementations, reason = "holds a token")]
pub struct Reader<'a> {
    sandbox: &'a Sandbox,
    token: String,
}

impl Reader<'_> {
    /// What ID360 serves under `/api/1.0.0/{path}`.
    pub async fn served(&self, path: &str) -> Result<Vec<u8>> {
        let asked = self
            .sandbox
            .http
            .get(self.sandbox.api(path))
            .header("authorization", &self.token);
        let answer = asked.send().await?.error_for_status()?;
        Ok(answer.bytes().await?.to_vec())
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(path)
        .context("announcement of the sandbox")?;
    Ok(file.write_all(bytes)?)
}
