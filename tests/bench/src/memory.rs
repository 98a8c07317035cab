//! How much memory this process holds, as Linux counts it.

use anyhow::{Context, Result};

/// Bytes held now.
pub fn now() -> Result<u64> {
    field("VmRSS:")
}

/// The most that was held since the peak was last forgotten, bytes.
pub fn peak() -> Result<u64> {
    field("VmHWM:")
}

/// Counts the peak from now on.
pub fn forget_peak() -> Result<()> {
    std::fs::write("/proc/self/clear_refs", "5").context("the peak of memory")
}

fn field(name: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let kibibytes: u64 = status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|rest| rest.split_whitespace().next())
        .context("/proc/self/status")?
        .parse()?;
    Ok(kibibytes * 1024)
}
