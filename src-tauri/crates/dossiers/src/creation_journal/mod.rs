//! The sealed creation journal: a second, append-only file that knows every creation by itself.
//!
//! A dossier's `api_key` is told once and opens everything about it; this file holds it outside the
//! database, so that losing the database loses no dossier. Each record is encrypted under a key
//! derived from the register's.

mod appending;
mod frame;
mod reading;
mod record;

use chacha20poly1305::{ChaCha20Poly1305, KeyInit};

pub(crate) use self::appending::{CreationJournal, NewRecord};
pub(crate) use self::reading::{Walk, holds, is_opened_by, seal_anew, walk};
pub(crate) use self::record::{ImportedFacts, ImportedLine, Record, SentFacts, Step};
use crate::key::RegisterKey;

const MAGIC: &[u8; 8] = b"ID360CJ1";

/// A record of a journal, and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) sequence: u64,
    /// Its first byte in the file.
    pub(crate) start: u64,
    /// The end of its authentication tag: no other record has it.
    pub(crate) mark: [u8; 8],
}

fn cipher(key: &RegisterKey) -> ChaCha20Poly1305 {
    let derived = key.derive("id360-desk creation journal 1");
    ChaCha20Poly1305::new((&*derived).into())
}
