//! What the desk and the processes of its window hold, as Linux counts it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// One look at the desk's process and everything that it started.
#[derive(Debug, Clone, Copy, Default)]
pub struct Held {
    /// Proportional set size of all of them, MiB: what is shared counts once.
    pub all: f64,
    /// Of the desk's own process, MiB.
    pub desk: f64,
    /// Open files of all of them.
    pub files: usize,
    /// Threads of all of them.
    pub threads: usize,
}

impl Held {
    pub fn by(desk: u32) -> Result<Self> {
        let mut held = Self::default();
        for id in family(desk)? {
            let process = PathBuf::from(format!("/proc/{id}"));
            // One that ended meanwhile holds nothing.
            let Ok(pss) = pss(&process) else { continue };
            held.all += pss;
            if id == desk {
                held.desk = pss;
            }
            held.files += entries(&process.join("fd"));
            held.threads += entries(&process.join("task"));
        }
        Ok(held)
    }
}

fn entries(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

/// MiB.
fn pss(process: &Path) -> Result<f64> {
    let rollup = fs::read_to_string(process.join("smaps_rollup"))?;
    let kibibytes: f64 = rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:"))
        .and_then(|rest| rest.split_whitespace().next())
        .context("smaps_rollup")?
        .parse()?;
    Ok(kibibytes / 1024.0)
}

/// The process and its descendants.
fn family(first: u32) -> Result<Vec<u32>> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(id) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        if let Some(parent) = parent(&entry.path()) {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut family = vec![first];
    let mut at = 0;
    while let Some(id) = family.get(at) {
        if let Some(more) = children.get(id) {
            family.extend(more);
        }
        at += 1;
    }
    Ok(family)
}

fn parent(process: &Path) -> Option<u32> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    // The name may hold anything, a bracket too.
    let after_name = &stat[stat.rfind(')')? + 1..];
    after_name.split_whitespace().nth(1)?.parse().ok()
}
