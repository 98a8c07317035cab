//! Files that cannot be used any more are kept, out of the way.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::durable;

/// Moves the files that exist to a folder of their own under `set-aside/`.
pub(super) fn keep(folder: &Path, names: &[&str], now: DateTime<Utc>) -> io::Result<()> {
    let present: Vec<_> = names
        .iter()
        .map(|name| folder.join(name))
        .filter(|path| path.exists())
        .collect();
    if present.is_empty() {
        return Ok(());
    }
    let target = free_folder(folder, now);
    durable::make_private_folder(&target)?;
    for path in &present {
        fs::rename(path, target.join(path.file_name().unwrap_or_default()))?;
    }
    // Nothing under the target: it is only named so that its own folder is synced.
    durable::sync_folder_of(&target.join("."))?;
    durable::sync_folder_of(&target)?;
    durable::sync_folder_of(&folder.join("."))
}

fn free_folder(folder: &Path, now: DateTime<Utc>) -> PathBuf {
    let stamp = now.format("%Y%m%dT%H%M%S%6fZ").to_string();
    free(&folder.join("set-aside"), Path::new(&stamp))
}

/// A path in the folder for something of that name, where nothing is.
pub(super) fn free(folder: &Path, named: &Path) -> PathBuf {
    let name = named.file_name().unwrap_or_default();
    let mut target = folder.join(name);
    let mut count = 1;
    while target.exists() {
        count += 1;
        target = durable::beside(&folder.join(name), &format!("-{count}"));
    }
    target
}
