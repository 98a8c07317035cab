use flate2::{Decompress, FlushDecompress, Status};

use crate::watching::{Watch, Work};

/// Bytes between two questions whether to go on.
pub(crate) const CHUNK: usize = 64 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Stored,
    Deflated,
}

/// Why the content of one entry cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Damage {
    /// The compressed stream is broken, or gives another length than announced.
    Content,
    /// The content is there, its CRC-32 is another.
    Checksum,
}

/// What could be had of an entry, and whether that is all of it.
pub(crate) type Content = (Vec<u8>, Result<(), Damage>);

#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) name: String,
    pub(super) method: Method,
    pub(super) crc: u32,
    /// Announced, and below the limits; more is never inflated.
    pub(crate) size: u64,
    pub(super) content: &'a [u8],
    /// Where its local header begins.
    pub(super) offset: u64,
    pub(super) has_extra_field: bool,
}

impl Entry<'_> {
    pub(crate) fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    pub(crate) fn is_stored(&self) -> bool {
        self.method == Method::Stored
    }

    /// Gives the content piece by piece. A wrong checksum is told at the end.
    pub(crate) fn pour<W: Watch>(
        &self,
        work: &mut Work<W>,
        mut sink: impl FnMut(&[u8]),
    ) -> Result<Result<(), Damage>, W::Stop> {
        let end = work.after(self.size);
        let mut crc = crc32fast::Hasher::new();
        let mut give = |piece: &[u8]| {
            crc.update(piece);
            sink(piece);
            work.add(piece.len() as u64)
        };
        let poured = match self.method {
            Method::Stored => self
                .content
                .chunks(CHUNK)
                .try_for_each(give)
                .map_err(Halt::Stop),
            Method::Deflated => inflate(self.content, self.size, &mut give),
        };
        let outcome = match poured {
            Ok(()) if crc.finalize() == self.crc => Ok(()),
            Ok(()) => Err(Damage::Checksum),
            Err(Halt::Damage(damage)) => Err(damage),
            Err(Halt::Stop(stop)) => return Err(stop),
        };
        work.reach(end)?;
        Ok(outcome)
    }

    /// The whole content, even when its checksum is wrong: digests judge it better.
    pub(crate) fn read<W: Watch>(&self, work: &mut Work<W>) -> Result<Content, W::Stop> {
        let mut whole = Vec::new();
        if self.is_stored() {
            whole.reserve_exact(self.content.len());
        }
        let outcome = self.pour(work, |piece| whole.extend_from_slice(piece))?;
        Ok((whole, outcome))
    }
}

/// Why pouring ended early.
enum Halt<S> {
    Damage(Damage),
    Stop(S),
}

impl<S> From<Damage> for Halt<S> {
    fn from(damage: Damage) -> Self {
        Self::Damage(damage)
    }
}

fn inflate<S>(
    compressed: &[u8],
    size: u64,
    give: &mut impl FnMut(&[u8]) -> Result<(), S>,
) -> Result<(), Halt<S>> {
    let mut stream = Decompress::new(false);
    let room = usize::try_from(size).unwrap_or(CHUNK).clamp(1, CHUNK);
    let mut buffer = vec![0; room];
    loop {
        let (read, written) = (stream.total_in(), stream.total_out());
        let rest = usize::try_from(read)
            .ok()
            .and_then(|read| compressed.get(read..))
            .ok_or(Damage::Content)?;
        let status = stream
            .decompress(rest, &mut buffer, FlushDecompress::None)
            .map_err(|_| Damage::Content)?;
        let gained = stream.total_out() - written;
        if stream.total_out() > size {
            return Err(Damage::Content.into());
        }
        let piece = usize::try_from(gained)
            .ok()
            .and_then(|gained| buffer.get(..gained))
            .ok_or(Damage::Content)?;
        give(piece).map_err(Halt::Stop)?;
        if status == Status::StreamEnd {
            let whole = stream.total_out() == size && stream.total_in() == compressed.len() as u64;
            return if whole {
                Ok(())
            } else {
                Err(Damage::Content.into())
            };
        }
        if gained == 0 && stream.total_in() == read {
            return Err(Damage::Content.into());
        }
    }
}
