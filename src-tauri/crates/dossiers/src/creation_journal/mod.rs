//! The sealed creation journal: a second, append-only file that knows every creation by itself.
//!
//! A dossier's `api_key` is told once and opens everything about it; this file holds it outside the
//! database, so that losing the database loses no dossier. Each record is encrypted under a key
//! derived from the register's and is on the disk before the step it tells goes on.

mod frame;
mod record;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub(crate) use self::record::{ImportedFacts, ImportedLine, Record, SentFacts, Step};
use crate::dossier::DossierId;
use crate::durable;
use crate::key::RegisterKey;

const MAGIC: &[u8; 8] = b"ID360CJ1";

/// What a journal file holds.
pub(crate) struct Reading {
    /// The records that authenticate, in the order of the file.
    pub(crate) records: Vec<Record>,
    /// Bytes between or before them do not authenticate, or a sequence number is missing.
    pub(crate) has_gap: bool,
    /// Bytes behind the last record that are none: an append that never ended, or damage.
    pub(crate) tail: usize,
    /// Bytes up to there are whole records.
    whole: u64,
}

impl Reading {
    /// The sequence number of the last record; 0 when there is none.
    pub(crate) fn last_sequence(&self) -> u64 {
        self.records.last().map_or(0, |record| record.sequence)
    }
}

/// Reads a journal; `None` when there is no file.
pub(crate) fn read(path: &Path, key: &RegisterKey) -> io::Result<Option<Reading>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let cipher = cipher(key);
    let mut reading = Reading {
        records: Vec::new(),
        has_gap: false,
        tail: 0,
        whole: 0,
    };
    let mut at = MAGIC.len();
    if !bytes.starts_with(MAGIC) {
        reading.has_gap = true;
        at = 0;
    }
    let mut expected = None;
    while at < bytes.len() {
        let here = bytes.get(at..).and_then(|rest| frame::open(&cipher, rest));
        let Some((skipped, frame)) = here
            .map(|frame| (0, frame))
            .or_else(|| next_frame(&cipher, &bytes, at))
        else {
            reading.tail = bytes.len() - at;
            break;
        };
        at += skipped + frame.length;
        let Some(record) = record::decode(frame.sequence, &frame.plain) else {
            reading.has_gap = true;
            continue;
        };
        reading.has_gap |= skipped > 0 || expected.is_some_and(|next| next != record.sequence);
        // A record pasted in from earlier in the file must not play twice.
        if expected.is_none_or(|next| record.sequence >= next) {
            expected = Some(record.sequence + 1);
            reading.records.push(record);
        }
    }
    reading.whole = (bytes.len() - reading.tail) as u64;
    Ok(Some(reading))
}

fn next_frame(cipher: &ChaCha20Poly1305, bytes: &[u8], at: usize) -> Option<(usize, frame::Frame)> {
    let mut from = at + 1;
    loop {
        let found = frame::next_marker(bytes, from)?;
        if let Some(frame) = bytes
            .get(found..)
            .and_then(|rest| frame::open(cipher, rest))
        {
            return Some((found - at, frame));
        }
        from = found + 1;
    }
}

fn cipher(key: &RegisterKey) -> ChaCha20Poly1305 {
    let derived = key.derive("id360-desk creation journal 1");
    ChaCha20Poly1305::new((&*derived).into())
}

/// A record to write into a new journal.
pub(crate) struct NewRecord {
    pub(crate) dossier: DossierId,
    pub(crate) at: DateTime<Utc>,
    pub(crate) step: Step,
    pub(crate) raw: Vec<u8>,
}

/// A place in the journal.
pub(crate) struct End {
    whole: u64,
    last_sequence: u64,
}

/// The journal, open for appending.
pub(crate) struct CreationJournal {
    file: File,
    cipher: ChaCha20Poly1305,
    last_sequence: u64,
    whole: u64,
    /// A write or fsync went wrong in a way that leaves the file's end unknown.
    broken: bool,
}

impl CreationJournal {
    /// A new journal with its first records, in place at once or not at all. Sequence numbers start
    /// behind `after`, so no record of an older journal fits in.
    pub(crate) fn create(
        path: &Path,
        key: &RegisterKey,
        after: u64,
        now: DateTime<Utc>,
        records: impl IntoIterator<Item = NewRecord>,
    ) -> io::Result<Self> {
        let cipher = cipher(key);
        let begin = NewRecord {
            dossier: DossierId(Uuid::nil()),
            at: now,
            step: Step::Begin,
            raw: vec![],
        };
        let mut bytes = MAGIC.to_vec();
        let mut last_sequence = after;
        for record in std::iter::once(begin).chain(records) {
            last_sequence += 1;
            bytes.extend(sealed(&cipher, last_sequence, &record)?);
        }
        durable::write_private(path, &bytes)?;
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        let whole = file.seek(SeekFrom::End(0))?;
        Ok(Self {
            file,
            cipher,
            last_sequence,
            whole,
            broken: false,
        })
    }

    /// Goes on behind what was read; a torn end is cut off.
    pub(crate) fn resume(path: &Path, key: &RegisterKey, reading: &Reading) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        if reading.tail > 0 {
            file.set_len(reading.whole)?;
            file.sync_all()?;
        }
        file.seek(SeekFrom::Start(reading.whole))?;
        Ok(Self {
            file,
            cipher: cipher(key),
            last_sequence: reading.last_sequence(),
            whole: reading.whole,
            broken: false,
        })
    }

    /// The sequence number of the last record.
    pub(crate) fn last_sequence(&self) -> u64 {
        self.last_sequence
    }

    /// From now on every append is refused, as by a disk that is gone.
    #[cfg(test)]
    pub(crate) fn refuse_appends(&mut self, path: &Path) -> io::Result<()> {
        self.file = File::open(path)?;
        Ok(())
    }

    /// Where the journal ends now.
    pub(crate) fn end(&self) -> End {
        End {
            whole: self.whole,
            last_sequence: self.last_sequence,
        }
    }

    /// Takes back what was appended behind `end`, as if it had never been.
    pub(crate) fn take_back(&mut self, end: &End) -> io::Result<()> {
        let cut = self
            .file
            .set_len(end.whole)
            .and_then(|()| self.file.seek(SeekFrom::Start(end.whole)))
            .and_then(|_| self.file.sync_data());
        if cut.is_err() {
            self.broken = true;
            return cut;
        }
        self.whole = end.whole;
        self.last_sequence = end.last_sequence;
        Ok(())
    }

    /// Appends a record; it is on the disk when this returns its sequence number.
    pub(crate) fn append(&mut self, record: &NewRecord) -> io::Result<u64> {
        if self.broken {
            return Err(io::Error::other(
                "the creation journal failed earlier; open it again",
            ));
        }
        let sequence = self.last_sequence + 1;
        let bytes = sealed(&self.cipher, sequence, record)?;
        if let Err(error) = self.file.write_all(&bytes) {
            // What was written of the record must not stay in front of the next one.
            let cut = self.file.set_len(self.whole);
            let back = self.file.seek(SeekFrom::Start(self.whole));
            self.broken = cut.is_err() || back.is_err();
            return Err(error);
        }
        if let Err(error) = self.file.sync_data() {
            // After a failed fsync nobody knows what is on the disk, and asking again would lie.
            self.broken = true;
            return Err(error);
        }
        self.whole += bytes.len() as u64;
        self.last_sequence = sequence;
        Ok(sequence)
    }
}

fn sealed(cipher: &ChaCha20Poly1305, sequence: u64, record: &NewRecord) -> io::Result<Vec<u8>> {
    record::encode(record.dossier, record.at, &record.step, &record.raw)
        .and_then(|plain| frame::seal(cipher, sequence, &plain))
        .ok_or_else(|| io::Error::other("a creation record cannot be sealed"))
}
