//! What the default browser was asked to open.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

fn record() -> Result<PathBuf> {
    std::env::var_os("DESK_OPENED")
        .map(PathBuf::from)
        .context("DESK_OPENED is not set: use scripts/desktop.sh")
}

/// Every address opened so far in this desktop, oldest first.
pub fn all() -> Result<Vec<String>> {
    let text = std::fs::read_to_string(record()?).context("record of opened addresses")?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// Waits for one more address than `already`, and returns it.
pub async fn next_after(already: usize) -> Result<String> {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(address) = all()?.into_iter().nth(already) {
            return Ok(address);
        }
        if Instant::now() > until {
            bail!("the default browser was not asked to open anything in 30 seconds");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
