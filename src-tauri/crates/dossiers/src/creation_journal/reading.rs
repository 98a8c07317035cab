//! Reading a journal from one end to the other, in pieces that fit into memory.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use chacha20poly1305::ChaCha20Poly1305;

use super::frame::{self, Head};
use super::record::{self, Record};
use super::{MAGIC, Spot, cipher};
use crate::durable;
use crate::error::RegisterError;
use crate::key::RegisterKey;

/// Bytes read at once.
const PIECE: usize = 256 * 1024;

/// What walking through a journal found.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// The last record that authenticates.
    pub(crate) last: Option<Spot>,
    /// Bytes between or before the records do not authenticate, or a sequence number is missing.
    pub(crate) has_gap: bool,
    /// Bytes behind the last record that are none: an append that never ended, or damage.
    pub(crate) tail: u64,
    /// Bytes up to there are whole records.
    pub(super) whole: u64,
}

impl Walk {
    /// The sequence number of the last record; 0 when there is none.
    pub(crate) fn last_sequence(&self) -> u64 {
        self.last.map_or(0, |last| last.sequence)
    }
}

/// The journal holds this very record there, so all before it is what it was.
pub(crate) fn holds(path: &Path, key: &RegisterKey, spot: &Spot) -> io::Result<bool> {
    let Some(mut window) = Window::open(path, spot.start)? else {
        return Ok(false);
    };
    let found = window.frame(&cipher(key), 0)?;
    Ok(found.is_some_and(|frame| frame.spot(spot.start) == *spot))
}

/// The key opens a record of the journal; `None` when there is no journal.
pub(crate) fn is_opened_by(path: &Path, key: &RegisterKey) -> io::Result<Option<bool>> {
    let Some(mut window) = Window::open(path, 0)? else {
        return Ok(None);
    };
    Ok(Some(window.next_frame(&cipher(key), 0)?.is_some()))
}

/// Walks through the records, in the order of the file, from the first one or from the one behind
/// `behind`, which the journal must hold. `None` when there is no journal.
///
/// `each` also hears how many bytes of how many are read.
pub(crate) fn walk(
    path: &Path,
    key: &RegisterKey,
    behind: Option<&Spot>,
    each: &mut dyn FnMut(Record, (u64, u64)) -> Result<(), RegisterError>,
) -> Result<Option<Walk>, RegisterError> {
    let mut expected = behind.map(|spot| spot.sequence + 1);
    walk_frames(path, key, behind, &mut |frame, read| {
        let Some(record) = record::decode(frame.sequence, &frame.plain) else {
            return Ok(false);
        };
        // A record pasted in from earlier in the file must not play twice.
        if expected.is_none_or(|next| record.sequence >= next) {
            expected = Some(record.sequence + 1);
            each(record, read)?;
        }
        Ok(true)
    })
}

type EachFrame<'a> = dyn FnMut(&frame::Frame, (u64, u64)) -> Result<bool, RegisterError> + 'a;

/// The same, record by record as sealed bytes hold it. `each` says whether the record is one.
pub(super) fn walk_frames(
    path: &Path,
    key: &RegisterKey,
    behind: Option<&Spot>,
    each: &mut EachFrame<'_>,
) -> Result<Option<Walk>, RegisterError> {
    let cipher = cipher(key);
    let start = behind.map_or(0, |spot| spot.start);
    let Some(mut window) = Window::open(path, start).map_err(RegisterError::Io)? else {
        return Ok(None);
    };
    let mut walk = Walk {
        last: behind.copied(),
        ..Walk::default()
    };
    if let Some(spot) = behind {
        let frame = window.frame(&cipher, 0).map_err(RegisterError::Io)?;
        window.drop_front(frame.map_or(0, |frame| frame.length));
        walk.whole = spot.start;
    } else if window.starts_with(MAGIC).map_err(RegisterError::Io)? {
        window.drop_front(MAGIC.len());
    } else {
        walk.has_gap = true;
    }
    walk.whole = window.at;
    while let Some((skipped, frame)) = window.next_frame(&cipher, 0).map_err(RegisterError::Io)? {
        let at = window.at + skipped as u64;
        window.drop_front(skipped + frame.length);
        walk.whole = window.at;
        let is_record = each(&frame, (window.at, window.length))?;
        let expected = walk.last.map(|last| last.sequence + 1);
        walk.has_gap |= !is_record
            || skipped > 0
            || expected.is_some_and(|expected| expected != frame.sequence);
        if is_record && expected.is_none_or(|expected| frame.sequence >= expected) {
            walk.last = Some(frame.spot(at));
        }
    }
    walk.tail = window.length - walk.whole;
    Ok(Some(walk))
}

/// A part of the file in memory.
struct Window {
    file: File,
    /// Where the first byte in memory is in the file.
    at: u64,
    bytes: Vec<u8>,
    from: usize,
    /// Bytes of the whole file.
    length: u64,
}

impl Window {
    fn open(path: &Path, at: u64) -> io::Result<Option<Self>> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(at))?;
        Ok(Some(Self {
            file,
            at,
            bytes: Vec::new(),
            from: 0,
            length: length.max(at),
        }))
    }

    /// The first `count` bytes, fewer at the end of the file.
    fn have(&mut self, count: usize) -> io::Result<&[u8]> {
        if self.bytes.len() - self.from < count {
            self.bytes.drain(..self.from);
            self.from = 0;
            let missing = (count - self.bytes.len()).max(PIECE) as u64;
            (&mut self.file)
                .take(missing)
                .read_to_end(&mut self.bytes)?;
        }
        let bytes = self.bytes.get(self.from..).unwrap_or_default();
        Ok(bytes.get(..count).unwrap_or(bytes))
    }

    fn starts_with(&mut self, start: &[u8]) -> io::Result<bool> {
        Ok(self.have(start.len())? == start)
    }

    fn drop_front(&mut self, count: usize) {
        self.from += count;
        self.at += count as u64;
    }

    /// The record that starts `skipped` bytes further on.
    fn frame(
        &mut self,
        cipher: &ChaCha20Poly1305,
        skipped: usize,
    ) -> io::Result<Option<frame::Frame>> {
        let bytes = self.have(skipped + frame::HEAD)?;
        let Some(head) = bytes.get(skipped..).and_then(Head::read) else {
            return Ok(None);
        };
        let whole = skipped + head.frame_length();
        // A length that leads out of the file is damage; nothing is read for it.
        if whole as u64 > self.length - self.at {
            return Ok(None);
        }
        let bytes = self.have(whole)?;
        Ok(bytes
            .get(skipped..)
            .and_then(|bytes| frame::open(cipher, bytes)))
    }

    /// The next record from `skipped` on, and how many bytes are before it.
    fn next_frame(
        &mut self,
        cipher: &ChaCha20Poly1305,
        mut skipped: usize,
    ) -> io::Result<Option<(usize, frame::Frame)>> {
        loop {
            if let Some(frame) = self.frame(cipher, skipped)? {
                return Ok(Some((skipped, frame)));
            }
            skipped += 1;
            loop {
                let wanted = skipped + PIECE;
                let bytes = self.have(wanted)?;
                if let Some(marker) = frame::next_marker(bytes, skipped) {
                    skipped = marker;
                    break;
                }
                if bytes.len() < wanted {
                    return Ok(None);
                }
                // A marker may lie across the end.
                skipped = wanted - frame::MARKER.len() + 1;
            }
        }
    }
}

/// Writes the same journal under another key, durably. Returns its last record.
pub(crate) fn seal_anew(
    from: &Path,
    old: &RegisterKey,
    to: &Path,
    new: &RegisterKey,
) -> Result<Spot, RegisterError> {
    let sealing = cipher(new);
    let mut file = BufWriter::new(durable::create_private(to).map_err(RegisterError::Io)?);
    file.write_all(MAGIC).map_err(RegisterError::Io)?;
    let mut start = MAGIC.len() as u64;
    let mut last = None;
    let walk = walk_frames(from, old, None, &mut |frame, _| {
        let bytes =
            frame::seal(&sealing, frame.sequence, &frame.plain).ok_or(RegisterError::Damaged)?;
        file.write_all(&bytes).map_err(RegisterError::Io)?;
        last = Some(Spot {
            sequence: frame.sequence,
            start,
            mark: frame::mark(&bytes).ok_or(RegisterError::Damaged)?,
        });
        start += bytes.len() as u64;
        Ok(true)
    })?;
    file.into_inner()
        .map_err(|error| error.into_error())
        .and_then(|file| file.sync_all())
        .map_err(RegisterError::Io)?;
    match (walk, last) {
        (Some(walk), Some(last)) if !walk.has_gap && walk.tail == 0 => Ok(last),
        _ => Err(RegisterError::Damaged),
    }
}
