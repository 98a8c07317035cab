//! The customer: a real browser that goes through the enrollment page (`tests/customer/enroll.mjs`).

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::fixtures::Fixtures;
use crate::place;

/// How the customer ends.
#[derive(Debug, Clone)]
pub enum Outcome {
    Ok,
    /// With the published causes to show.
    Ko(Vec<String>),
    Failed,
    /// Closes the page without finishing.
    Leave,
}

/// What the customer does.
#[derive(Debug, Clone)]
pub struct Visit {
    /// `fr` or `en`.
    pub lang: String,
    pub recto: PathBuf,
    pub verso: Option<PathBuf>,
    pub selfie: Option<PathBuf>,
    pub supporting: Option<PathBuf>,
    pub outcome: Outcome,
    /// A phone's screen, else a desktop's.
    pub phone: bool,
    /// Screenshots are named after it.
    pub name: String,
}

impl Visit {
    /// A visit that gives every file.
    pub fn complete(lang: &str, files: &Fixtures, outcome: Outcome) -> Self {
        Self {
            lang: lang.to_owned(),
            recto: files.recto.clone(),
            verso: Some(files.verso.clone()),
            selfie: Some(files.selfie.clone()),
            supporting: Some(files.supporting.clone()),
            outcome,
            phone: false,
            name: format!("customer-{lang}"),
        }
    }

    /// Goes through the page behind `link`.
    pub async fn enroll(&self, link: &str, screenshots: &Path) -> Result<Enrolled> {
        let mut files = serde_json::Map::new();
        for (name, file) in [
            ("recto", Some(&self.recto)),
            ("verso", self.verso.as_ref()),
            ("selfie", self.selfie.as_ref()),
            ("supporting", self.supporting.as_ref()),
        ] {
            if let Some(file) = file {
                let file = file
                    .canonicalize()
                    .with_context(|| file.display().to_string())?;
                files.insert(name.to_owned(), json!(file));
            }
        }
        let (outcome, causes) = match &self.outcome {
            Outcome::Ok => ("OK", &[][..]),
            Outcome::Ko(causes) => ("KO", causes.as_slice()),
            Outcome::Failed => ("FAILED", &[][..]),
            Outcome::Leave => ("LEAVE", &[][..]),
        };
        let profile = tempfile::tempdir()?;
        let wish = json!({
            "browser": chromium()?,
            "profile": profile.path(),
            "link": link,
            "lang": self.lang,
            "files": files,
            "outcome": outcome,
            "causes": causes,
            "viewport": if self.phone { "phone" } else { "desktop" },
            "screenshots": screenshots,
            "name": self.name,
        });
        run(&wish.to_string()).await
    }
}

/// Where the customer's browser ended, and what was done on the way.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Enrolled {
    /// The desk's return page, with its `token`.
    pub final_url: String,
    pub steps: Vec<String>,
}

impl std::fmt::Debug for Enrolled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Enrolled")
            .field("steps", &self.steps)
            .finish_non_exhaustive()
    }
}

async fn run(wish: &str) -> Result<Enrolled> {
    let mut process = Command::new("node")
        .arg(place::repository().join("tests/customer/enroll.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("node did not start")?;
    let mut input = process.stdin.take().context("input of the customer")?;
    input.write_all(wish.as_bytes()).await?;
    drop(input);
    let output = tokio::time::timeout(Duration::from_secs(180), process.wait_with_output())
        .await
        .context("the customer was not through the page in 3 minutes")??;
    ensure!(
        output.status.success(),
        "the customer could not go through the page: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).context("what the customer says")
}

fn chromium() -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    for name in ["chromium", "chromium-browser", "google-chrome"] {
        if let Some(found) = std::env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|path| path.is_file())
        {
            return Ok(found);
        }
    }
    bail!("no Chromium on this machine: ./test installs one")
}
