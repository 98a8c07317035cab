//! Writing a journal on.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use chacha20poly1305::ChaCha20Poly1305;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::record::{self, Step};
use super::{MAGIC, Spot, Walk, cipher, frame};
use crate::dossier::DossierId;
use crate::durable;
use crate::error::{RegisterError, Result};
use crate::key::RegisterKey;

/// A record to write into a journal.
pub(crate) struct NewRecord {
    pub(crate) dossier: DossierId,
    pub(crate) at: DateTime<Utc>,
    pub(crate) step: Step,
    pub(crate) raw: Vec<u8>,
}

/// A place in the journal.
pub(crate) struct End {
    whole: u64,
    last: Spot,
}

/// The journal, open for appending.
pub(crate) struct CreationJournal {
    file: File,
    cipher: ChaCha20Poly1305,
    last: Spot,
    whole: u64,
    /// Something appended may not be on the disk yet.
    unsynced: bool,
    /// A write or fsync went wrong in a way that leaves the file's end unknown.
    broken: bool,
}

impl CreationJournal {
    /// A new journal with its first records, in place at once or not at all. Sequence numbers start
    /// behind `after`, so no record of an older journal fits in. Each record is asked for when the one
    /// before is written: there may be a million of them.
    pub(crate) fn create(
        path: &Path,
        key: &RegisterKey,
        after: u64,
        now: DateTime<Utc>,
        records: impl IntoIterator<Item = Result<NewRecord>>,
    ) -> Result<Self> {
        let begin = NewRecord {
            dossier: DossierId(Uuid::nil()),
            at: now,
            step: Step::Begin,
            raw: vec![],
        };
        let temporary = durable::beside(path, ".new");
        let mut beginning = Beginning::at(&temporary, key, after).map_err(RegisterError::Io)?;
        for record in std::iter::once(Ok(begin)).chain(records) {
            beginning.write(&record?).map_err(RegisterError::Io)?;
        }
        beginning
            .put_in_place(&temporary, path)
            .map_err(RegisterError::Io)
    }

    /// Goes on behind what was read; a torn end is cut off. `None` when there is no record to go on
    /// from.
    pub(crate) fn resume(path: &Path, key: &RegisterKey, walk: &Walk) -> io::Result<Option<Self>> {
        let Some(last) = walk.last else {
            return Ok(None);
        };
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        if walk.tail > 0 {
            file.set_len(walk.whole)?;
            file.sync_all()?;
        }
        file.seek(SeekFrom::Start(walk.whole))?;
        Ok(Some(Self {
            file,
            cipher: cipher(key),
            last,
            whole: walk.whole,
            // What a killed process appended may only be in memory.
            unsynced: walk.tail == 0,
            broken: false,
        }))
    }

    /// The last record.
    pub(crate) fn last(&self) -> Spot {
        self.last
    }

    /// The last record, if it is on the disk.
    pub(crate) fn last_durable(&self) -> Option<Spot> {
        (!self.unsynced && !self.broken).then_some(self.last)
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
            last: self.last,
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
        self.last = end.last;
        self.unsynced = false;
        Ok(())
    }

    /// Appends a record; it is on the disk when this returns its sequence number, and so is all before.
    pub(crate) fn append(&mut self, record: &NewRecord) -> io::Result<u64> {
        let sequence = self.append_unsynced(record)?;
        self.sync()?;
        Ok(sequence)
    }

    /// Appends a record that the next [`Self::sync`] brings to the disk. Returns its sequence number.
    pub(crate) fn append_unsynced(&mut self, record: &NewRecord) -> io::Result<u64> {
        if self.broken {
            return Err(failed_earlier());
        }
        let (spot, bytes) = sealed(&self.cipher, self.last.sequence + 1, self.whole, record)?;
        if let Err(error) = self.file.write_all(&bytes) {
            // What was written of the record must not stay in front of the next one.
            let cut = self.file.set_len(self.whole);
            let back = self.file.seek(SeekFrom::Start(self.whole));
            self.broken = cut.is_err() || back.is_err();
            return Err(error);
        }
        self.unsynced = true;
        self.whole += bytes.len() as u64;
        self.last = spot;
        Ok(spot.sequence)
    }

    /// Brings what was appended to the disk.
    pub(crate) fn sync(&mut self) -> io::Result<()> {
        if self.broken {
            return Err(failed_earlier());
        }
        if self.unsynced {
            if let Err(error) = self.file.sync_data() {
                // After a failed fsync nobody knows what is on the disk, and asking again would lie.
                self.broken = true;
                return Err(error);
            }
            self.unsynced = false;
        }
        Ok(())
    }
}

impl Drop for CreationJournal {
    fn drop(&mut self) {
        if !self.broken
            && let Err(error) = self.sync()
        {
            tracing::warn!(%error, "the creation journal was not closed in order");
        }
    }
}

/// A journal that is not in its place yet.
struct Beginning {
    file: BufWriter<File>,
    cipher: ChaCha20Poly1305,
    last: Spot,
    whole: u64,
}

impl Beginning {
    fn at(path: &Path, key: &RegisterKey, after: u64) -> io::Result<Self> {
        durable::remove_if_there(path)?;
        let mut file = BufWriter::new(durable::create_private(path)?);
        file.write_all(MAGIC)?;
        Ok(Self {
            file,
            cipher: cipher(key),
            last: Spot {
                sequence: after,
                start: 0,
                mark: [0; 8],
            },
            whole: MAGIC.len() as u64,
        })
    }

    fn write(&mut self, record: &NewRecord) -> io::Result<()> {
        let (spot, bytes) = sealed(&self.cipher, self.last.sequence + 1, self.whole, record)?;
        self.file.write_all(&bytes)?;
        self.whole += bytes.len() as u64;
        self.last = spot;
        Ok(())
    }

    fn put_in_place(self, from: &Path, to: &Path) -> io::Result<CreationJournal> {
        let file = self.file.into_inner()?;
        file.sync_all()?;
        fs::rename(from, to)?;
        durable::sync_folder_of(to)?;
        Ok(CreationJournal {
            file,
            cipher: self.cipher,
            last: self.last,
            whole: self.whole,
            unsynced: false,
            broken: false,
        })
    }
}

fn sealed(
    cipher: &ChaCha20Poly1305,
    sequence: u64,
    start: u64,
    record: &NewRecord,
) -> io::Result<(Spot, Vec<u8>)> {
    (|| {
        let plain = record::encode(record.dossier, record.at, &record.step, &record.raw)?;
        let bytes = frame::seal(cipher, sequence, &plain)?;
        let mark = frame::mark(&bytes)?;
        let spot = Spot {
            sequence,
            start,
            mark,
        };
        Some((spot, bytes))
    })()
    .ok_or_else(|| io::Error::other("a creation record cannot be sealed"))
}

fn failed_earlier() -> io::Error {
    io::Error::other("the creation journal failed earlier; open it again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_cannot_be_told_leaves_no_new_journal_and_those_before_it_were_not_gathered() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("creations.sealed");
        let mut asked = 0;
        let records = std::iter::from_fn(|| {
            asked += 1;
            if asked > 2 {
                let written = fs::metadata(durable::beside(&path, ".new")).unwrap().len();
                assert!(written > 200_000, "{written}");
                return Some(Err(RegisterError::Damaged));
            }
            Some(Ok(NewRecord {
                dossier: DossierId(Uuid::nil()),
                at: Utc::now(),
                step: Step::Lost,
                raw: vec![7; 100_000],
            }))
        });
        let key = RegisterKey::generate();
        let made = CreationJournal::create(&path, &key, 0, Utc::now(), records);
        assert!(matches!(made, Err(RegisterError::Damaged)));
        assert!(!path.exists());
    }
}
