//! P-19: the hash of evidence against the tools that re-check it.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sha2::{Digest as _, Sha256};

use super::at_least;
use super::served::Served;
use crate::figures::{Times, median_ratio, say, timed};

const ROUNDS: usize = 5;
const MEBIBYTES: usize = 512;
/// What arrives and is read at a time.
const PART: usize = 64 * 1024;

pub fn measure(served: &Served) -> Result<()> {
    let file = served.home.path().join("large");
    let mut random = StdRng::seed_from_u64(360);
    let mut part = vec![0; 1 << 20];
    let mut out = File::create(&file)?;
    for _ in 0..MEBIBYTES {
        random.fill(&mut part[..]);
        out.write_all(&part)?;
    }
    out.sync_all()?;
    drop(out);
    say(&format!("\nSHA-256 of {MEBIBYTES} MiB, {ROUNDS} rounds"));
    let (mut openssl, mut coreutils, mut ours) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (own, hash) = timed(|| hash(&file));
        let hash = hash?;
        openssl.push((
            by("openssl", &["dgst", "-sha256", "-r"], &file, &hash)?,
            own,
        ));
        coreutils.push((by("sha256sum", &["--binary"], &file, &hash)?, own));
        ours.push(own);
    }
    std::fs::remove_file(&file)?;
    let rate = |times: Vec<Duration>| {
        (MEBIBYTES << 20) as f64 / 1e6 / Times::of(times).median().as_secs_f64()
    };
    say(&format!(
        "  desk {:.0} MB/s, openssl {:.0} MB/s, sha256sum {:.0} MB/s",
        rate(ours),
        rate(openssl.iter().map(|(theirs, _)| *theirs).collect()),
        rate(coreutils.iter().map(|(theirs, _)| *theirs).collect()),
    ));
    // Their time over ours is our rate over theirs.
    at_least(
        "P-19",
        "rate against openssl dgst",
        median_ratio(&openssl),
        "×",
        (0.8, 1.0),
    );
    at_least(
        "P-19",
        "rate against sha256sum",
        median_ratio(&coreutils),
        "×",
        (1.0, 3.0),
    );
    Ok(())
}

fn hash(file: &Path) -> Result<String> {
    let mut file = File::open(file)?;
    let mut part = vec![0; PART];
    let mut sha256 = Sha256::new();
    loop {
        match file.read(&mut part)? {
            0 => return Ok(hex::encode(sha256.finalize())),
            read => sha256.update(&part[..read]),
        }
    }
}

fn by(tool: &str, options: &[&str], file: &Path, expected: &str) -> Result<Duration> {
    let (took, output) = timed(|| {
        Command::new(tool)
            .args(options)
            .arg(file)
            .stderr(Stdio::null())
            .output()
    });
    let output = output.with_context(|| tool.to_owned())?;
    let told = String::from_utf8_lossy(&output.stdout);
    ensure!(told.starts_with(expected), "{tool} disagrees");
    Ok(took)
}
