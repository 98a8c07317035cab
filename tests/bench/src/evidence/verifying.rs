//! P-26: every file of the vault against `sha256sum -c` on the same files, bare.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use back_office::Desk;
use serde::{Deserialize, Serialize};

use super::desk::told;
use super::served::Served;
use crate::figures::timed;

const ROUNDS: usize = 5;
const SUMS: &str = "SHA256SUMS";

/// Ours and theirs.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Verified {
    pub ours: Duration,
    pub theirs: Duration,
}

/// The list that `sha256sum -c` reads, of the files in that folder.
pub fn write_sums(served: &Served, folder: &Path) -> Result<()> {
    let lines: Vec<String> = served
        .originals
        .iter()
        .map(|original| format!("{}  {}\n", original.sha256, original.file_name()))
        .collect();
    Ok(std::fs::write(folder.join(SUMS), lines.concat())?)
}

/// One after the other, again and again.
pub async fn beside_sha256sum(desk: &Desk, bare: &Path) -> Result<Vec<Verified>> {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for number in 0..ROUNDS {
        let began = std::time::Instant::now();
        let outcome = desk
            .verify_evidence(&format!("verification-{number}"))
            .await;
        let ours = began.elapsed();
        ensure!(outcome.map_err(told)?.damaged == 0, "a file is not whole");
        let (theirs, ended) = timed(|| {
            Command::new("sha256sum")
                .args(["--check", "--quiet", SUMS])
                .current_dir(bare)
                .stdout(Stdio::null())
                .status()
        });
        ensure!(ended.context("sha256sum")?.success(), "sha256sum disagrees");
        rounds.push(Verified { ours, theirs });
    }
    Ok(rounds)
}
