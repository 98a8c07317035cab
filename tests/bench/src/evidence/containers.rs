//! The ASiC-E verifier against pydigidoc and xmlsec1.

use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use asice::{Coverage, Policy, State, Trust};
use chrono::Utc;
use tokio::runtime::Handle;
use zip::ZipArchive;

use super::served::{Kind, Served};
use crate::figures::{Times, ms, say, timed};

const CONTAINERS: usize = 50;
const ROUNDS: usize = 5;
const PYDIGIDOC: &str = include_str!("containers.py");

pub fn measure(served: &Served) -> Result<()> {
    let folder = served.home.path().join("containers");
    std::fs::create_dir(&folder)?;
    let files = Handle::current().block_on(written(served, &folder))?;
    say(&format!(
        "\nVerification of {} ASiC-E containers, {ROUNDS} rounds",
        files.len()
    ));
    let python = std::env::var("ASICE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let (mut ours, mut digidoc, mut xmlsec) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (took, judged) = timed(|| judge(&files));
        judged?;
        ours.push(took);
        digidoc.extend(by_pydigidoc(&python, &files)?);
        xmlsec.extend(by_xmlsec1(&files, &folder)?);
    }
    std::fs::remove_dir_all(&folder)?;
    let ours = Times::of(ours).median();
    let count = files.len() as u32;
    say(&format!("  desk: {} each", ms(ours / count)));
    for (name, times) in [("pydigidoc", digidoc), ("xmlsec1", xmlsec)] {
        if times.is_empty() {
            say(&format!("  {name}: not on this machine"));
            continue;
        }
        let theirs = Times::of(times).median();
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        say(&format!(
            "  {name}: {} each; the desk takes {ratio:.2} × its time",
            ms(theirs / count)
        ));
    }
    Ok(())
}

/// Structure, digests and signature of each must be right; nobody trusts the sandbox's signer.
fn judge(files: &[PathBuf]) -> Result<()> {
    let policy = Policy::at(Utc::now());
    for file in files {
        let report = asice::verify(&std::fs::read(file)?, &Trust::default(), &policy);
        ensure!(
            report.integrity.state == State::Good && report.coverage == Coverage::Full,
            "a container is not whole: {:?}",
            report.integrity
        );
    }
    Ok(())
}

async fn written(served: &Served, folder: &Path) -> Result<Vec<PathBuf>> {
    let reader = served.sandbox.reader().await?;
    let mut files = Vec::new();
    for original in &served.originals {
        if original.kind == Kind::IdClaim && files.len() < CONTAINERS {
            let file = folder.join(original.file_name());
            std::fs::write(&file, reader.served(&original.path).await?)?;
            files.push(file);
        }
    }
    Ok(files)
}

/// `None` where it is not on this machine. The start of the interpreter does not count.
fn by_pydigidoc(python: &str, files: &[PathBuf]) -> Result<Option<Duration>> {
    let there = Command::new(python)
        .args(["-c", "import pydigidoc"])
        .output();
    if !there.is_ok_and(|output| output.status.success()) {
        return Ok(None);
    }
    let output = Command::new(python)
        .args(["-c", PYDIGIDOC])
        .args(files)
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let seconds = said
        .lines()
        .last()
        .and_then(|line| line.strip_prefix("seconds "))
        .with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    Ok(Some(Duration::from_secs_f64(seconds.parse()?)))
}

/// One process for each, as it is used: the files taken out before, the signature's own key believed.
fn by_xmlsec1(files: &[PathBuf], folder: &Path) -> Result<Option<Duration>> {
    if Command::new("xmlsec1").arg("--version").output().is_err() {
        return Ok(None);
    }
    let mut all = Duration::ZERO;
    for file in files {
        let inside = folder.join("inside");
        std::fs::create_dir_all(&inside)?;
        let mut archive = ZipArchive::new(Cursor::new(std::fs::read(file)?))?;
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index)?;
            let name = entry.enclosed_name().context("a name")?;
            let name = name.file_name().context("a name")?.to_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            std::fs::write(inside.join(name), bytes)?;
        }
        let (took, ended) = timed(|| {
            Command::new("xmlsec1")
                .current_dir(&inside)
                .args([
                    "--verify",
                    "--insecure",
                    "--enabled-key-data",
                    "x509,ec,key-value",
                ])
                .args(["--id-attr:Id", "SignedProperties", "signatures0.xml"])
                .output()
        });
        ensure!(ended?.status.success(), "xmlsec1 disagrees");
        all += took;
        std::fs::remove_dir_all(&inside)?;
    }
    Ok(Some(all))
}
