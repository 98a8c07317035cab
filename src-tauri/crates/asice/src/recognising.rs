//! Whether a file means to be a container, sound or not.

use crate::container::Container;
use crate::policy::Limits;
use crate::verifying::kind;

/// Bytes of a file that [`begins_as_container`] wants to see.
pub const BEGINNING: usize = 128;

const TYPE_AT: usize = 30;
const TYPE: &[u8] = b"mimetypeapplication/vnd.etsi.asic";
/// Of a file that cannot be opened: its directory of names is within so many bytes of its end.
const END: usize = 64 * 1024;

/// The type stands where ETSI EN 319 162-1 (annex A.1) wants it.
#[must_use]
pub fn begins_as_container(beginning: &[u8]) -> bool {
    beginning.starts_with(b"PK")
        && beginning
            .get(TYPE_AT..)
            .is_some_and(|rest| rest.starts_with(TYPE))
}

/// Also without its type: then something in `META-INF/` is named as a signature is.
#[must_use]
pub fn is_container(bytes: &[u8], limits: &Limits) -> bool {
    if begins_as_container(bytes) {
        return true;
    }
    match Container::open(bytes, limits) {
        Ok(container) => container
            .entries()
            .iter()
            .any(|entry| kind(&entry.name).is_some()),
        // Refused for what is wrong with it, and judged as what it was meant to be.
        Err(_) => bytes.starts_with(b"PK") && names_signature(bytes),
    }
}

fn names_signature(bytes: &[u8]) -> bool {
    const FOLDER: &[u8] = b"META-INF/";
    let end = &bytes[bytes.len().saturating_sub(END)..];
    end.windows(FOLDER.len())
        .enumerate()
        .filter(|(_, window)| *window == FOLDER)
        .any(|(at, _)| {
            let name = &end[at + FOLDER.len()..];
            let name = &name[..name.len().min(64)];
            name.to_ascii_lowercase()
                .windows(b"signature".len())
                .any(|window| window == b"signature")
        })
}
