//! Temporary names, and what a killed program leaves of them.

use std::path::Path;

use super::error::SaveError;
use super::filesystem::Folder;
use crate::names;

const MARK: &str = ".id360-";
const END: &str = ".part";
const DIGITS: usize = 16;

/// `.REF-1042_recto.jpg.id360-0123456789abcdef.part`
pub(super) fn temporary_name(name: &str, random: u64) -> String {
    format!(".{name}{MARK}{random:016x}{END}")
}

fn is_ours(name: &str) -> bool {
    let Some(inner) = name
        .strip_prefix('.')
        .and_then(|rest| rest.strip_suffix(END))
    else {
        return false;
    };
    let Some((name, random)) = inner.rsplit_once(MARK) else {
        return false;
    };
    random.len() == DIGITS
        && random
            .bytes()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
        && names::component(name) == name
}

/// Removes the temporary files that a killed program left in `folder`, and only those: files of other programs, of
/// another name, links, and what is being written at this moment stay. Gives how many were removed.
///
/// # Errors
/// [`SaveError::Missing`], [`SaveError::Io`] when the folder cannot be listed.
pub fn remove_leftovers(folder: &Path) -> Result<usize, SaveError> {
    super::Destination::open(folder)?.remove_leftovers()
}

pub(super) fn remove_from(folder: &dyn Folder) -> Result<usize, SaveError> {
    let mut removed = 0;
    for name in folder.names()?.iter().filter(|name| is_ours(name)) {
        match folder.remove_if_abandoned(name) {
            Ok(true) => removed += 1,
            Ok(false) => {}
            // It will be met again at the next start.
            Err(error) => tracing::debug!(kind = ?error.kind(), "a leftover could not be removed"),
        }
    }
    Ok(removed)
}
