//! Where the chain of acts ended, written down outside the database.
//!
//! One small file beside it, sealed with the chain's key: for each of the last days on which the
//! head was anchored, the last position of that day and its mac. It shows that the database is an
//! older one, or that its tail was cut and an older head put back, as far as the last anchor. It
//! does not show what was cut since then, nor a database and a file that were both put back as they
//! were together: only a head kept elsewhere (an export) does.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::chain::{ChainKey, End, Mac};
use crate::durable;

const MAGIC: &[u8; 8] = b"ID36ACT1";
const PURPOSE: &str = "anchors";
const RECORD: usize = 8 + 8 + 32;
const SEAL: usize = 32;

/// More than the journal's retention of a year.
const DAYS: usize = 400;

/// The head, and when its entry was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) at: DateTime<Utc>,
    pub(crate) end: End,
}

/// What the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Anchors {
    /// Oldest first; never empty.
    Sealed(Vec<Anchor>),
    /// There is no file.
    Missing,
    /// Its seal does not hold.
    Unsealed,
}

/// The file.
pub(crate) struct AnchorFile {
    path: PathBuf,
    key: ChainKey,
}

impl AnchorFile {
    pub(crate) fn new(path: &Path, key: ChainKey) -> Self {
        Self {
            path: path.to_owned(),
            key,
        }
    }

    pub(crate) fn read(&self) -> io::Result<Anchors> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(self
                .parse(&bytes)
                .map_or(Anchors::Unsealed, Anchors::Sealed)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Anchors::Missing),
            Err(error) => Err(error),
        }
    }

    /// Puts a first anchor at the chain's beginning. Before the chain itself is begun, so that from
    /// then on a missing file is one that was taken away.
    pub(crate) fn begin(&self) -> io::Result<()> {
        self.write(&[Anchor {
            at: DateTime::UNIX_EPOCH,
            end: self.key.beginning(),
        }])
    }

    /// Adds the head; the last one of a day takes the place of the day's others.
    pub(crate) fn add(&self, mut known: Vec<Anchor>, anchor: Anchor) -> io::Result<()> {
        if known
            .last()
            .is_some_and(|last| last.at.date_naive() == anchor.at.date_naive())
        {
            known.pop();
        }
        known.push(anchor);
        let from = known.len().saturating_sub(DAYS);
        self.write(known.get(from..).unwrap_or_default())
    }

    /// Forgets every anchor but this one: the chain it belongs to is another one now.
    pub(crate) fn replace(&self, anchor: Anchor) -> io::Result<()> {
        self.write(&[anchor])
    }

    fn write(&self, anchors: &[Anchor]) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(MAGIC.len() + anchors.len() * RECORD + SEAL);
        bytes.extend_from_slice(MAGIC);
        for anchor in anchors {
            bytes.extend_from_slice(&anchor.at.timestamp_micros().to_be_bytes());
            bytes.extend_from_slice(&anchor.end.position.to_be_bytes());
            bytes.extend_from_slice(&anchor.end.mac);
        }
        let seal = self.key.seal_bytes(PURPOSE, &bytes);
        bytes.extend_from_slice(&seal);
        durable::write_private(&self.path, &bytes)
    }

    fn parse(&self, bytes: &[u8]) -> Option<Vec<Anchor>> {
        let (told, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
        let records = told.strip_prefix(MAGIC)?;
        if self.key.seal_bytes(PURPOSE, told) != seal || !records.len().is_multiple_of(RECORD) {
            return None;
        }
        let anchors: Option<Vec<_>> = records.chunks_exact(RECORD).map(parse_one).collect();
        anchors.filter(|anchors| !anchors.is_empty())
    }
}

fn parse_one(record: &[u8]) -> Option<Anchor> {
    let (at, rest) = record.split_first_chunk::<8>()?;
    let (position, mac) = rest.split_first_chunk::<8>()?;
    Some(Anchor {
        at: DateTime::from_timestamp_micros(i64::from_be_bytes(*at))?,
        end: End {
            position: i64::from_be_bytes(*position),
            mac: Mac::try_from(mac).ok()?,
        },
    })
}
