//! What somebody would use instead: curl, Python's requests and aria2c, writing bare files.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::served::{Kind, Served};
use crate::figures::timed;

const REQUESTS: &str = include_str!("requests.py");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    Curl,
    Requests,
    Aria2,
}

impl Tool {
    pub fn name(self) -> &'static str {
        match self {
            Self::Curl => "curl -Z",
            Self::Requests => "requests",
            Self::Aria2 => "aria2c",
        }
    }

    /// Fetches everything into an empty folder, so many at once. Login included, the start of an interpreter not.
    pub fn fetch(self, served: &Served, folder: &Path, at_once: usize) -> Result<Duration> {
        match self {
            Self::Curl => curl(served, folder, at_once),
            Self::Requests => requests(served, folder, at_once),
            Self::Aria2 => aria2(served, folder, at_once),
        }
    }
}

/// Hashes of what a tool left under the names of the originals.
pub fn left_in(folder: &Path, served: &Served) -> HashMap<(i64, Kind), String> {
    let mut found = HashMap::new();
    for original in &served.originals {
        if let Ok(bytes) = std::fs::read(folder.join(original.file_name())) {
            let sha256 = hex::encode(Sha256::digest(&bytes));
            found.insert((original.enrollment, original.kind), sha256);
        }
    }
    found
}

/// `--fail --retry`: somebody who read the manual.
fn curl(served: &Served, folder: &Path, at_once: usize) -> Result<Duration> {
    let (login, token) = timed(|| token(served));
    let mut config = format!("header = \"Authorization: Token {}\"\n", token?);
    for original in &served.originals {
        let file = folder.join(original.file_name());
        let url = served.url(&original.path)?;
        writeln!(config, "url = \"{url}\"\noutput = \"{}\"", file.display())?;
    }
    let list = folder.join("curl.conf");
    std::fs::write(&list, config)?;
    let (took, ended) = timed(|| {
        Command::new("curl")
            .args(["--parallel", "--parallel-max", &at_once.to_string()])
            .args(["--silent", "--fail", "--retry", "3", "--retry-delay", "1"])
            .arg("--cacert")
            .arg(&served.authority)
            .arg("--config")
            .arg(&list)
            .stderr(Stdio::null())
            .status()
    });
    ended.context("curl")?;
    Ok(login + took)
}

fn token(served: &Served) -> Result<String> {
    let output = Command::new("curl")
        .args(["--silent", "--fail", "--cacert"])
        .arg(&served.authority)
        .args(["--json", &credentials(served).to_string()])
        .arg(served.url("user/login/")?)
        .output()
        .context("curl")?;
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).context("login")?;
    Ok(answer["token"].as_str().context("token")?.to_owned())
}

fn credentials(served: &Served) -> serde_json::Value {
    let account = &served.sandbox.greeting().application;
    json!({ "username": account.username, "password": account.password })
}

fn requests(served: &Served, folder: &Path, at_once: usize) -> Result<Duration> {
    let mut files = Vec::with_capacity(served.originals.len());
    for original in &served.originals {
        files.push((
            served.url(&original.path)?,
            folder.join(original.file_name()),
        ));
    }
    let job = json!({
        "authority": served.authority,
        "login": served.url("user/login/")?,
        "credentials": credentials(served),
        "threads": at_once,
        "files": files,
    });
    let mut python = Command::new("python3")
        .args(["-c", REQUESTS])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("python3")?;
    python
        .stdin
        .take()
        .context("its input")?
        .write_all(job.to_string().as_bytes())?;
    let output = python.wait_with_output()?;
    ensure!(output.status.success(), "python3 ended early");
    let seconds: f64 = String::from_utf8_lossy(&output.stdout).trim().parse()?;
    Ok(Duration::from_secs_f64(seconds))
}

fn aria2(served: &Served, folder: &Path, at_once: usize) -> Result<Duration> {
    let (login, token) = timed(|| token(served));
    let mut list = String::new();
    for original in &served.originals {
        let url = served.url(&original.path)?;
        writeln!(list, "{url}\n out={}", original.file_name())?;
    }
    let file = folder.join("aria2.txt");
    std::fs::write(&file, list)?;
    let (took, ended) = timed(|| {
        Command::new("aria2c")
            .args(["--quiet", "--no-conf", "-j", &at_once.to_string()])
            .arg(format!("--header=Authorization: Token {}", token?))
            .arg(format!("--ca-certificate={}", served.authority.display()))
            .arg(format!("--dir={}", folder.display()))
            .arg(format!("--input-file={}", file.display()))
            .status()
            .context("aria2c")
    });
    ended?;
    Ok(login + took)
}
