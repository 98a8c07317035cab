use flate2::{Decompress, FlushDecompress, Status};

const CHUNK: usize = 64 * 1024;

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
    pub(crate) fn pour(&self, mut sink: impl FnMut(&[u8])) -> Result<(), Damage> {
        let mut crc = crc32fast::Hasher::new();
        let mut give = |piece: &[u8]| {
            crc.update(piece);
            sink(piece);
        };
        match self.method {
            Method::Stored => give(self.content),
            Method::Deflated => inflate(self.content, self.size, &mut give)?,
        }
        if crc.finalize() == self.crc {
            Ok(())
        } else {
            Err(Damage::Checksum)
        }
    }

    /// The whole content, even when its checksum is wrong: digests judge it better.
    pub(crate) fn read(&self) -> (Vec<u8>, Result<(), Damage>) {
        let mut whole = Vec::new();
        if self.is_stored() {
            whole.reserve_exact(self.content.len());
        }
        let outcome = self.pour(|piece| whole.extend_from_slice(piece));
        (whole, outcome)
    }
}

fn inflate(compressed: &[u8], size: u64, give: &mut impl FnMut(&[u8])) -> Result<(), Damage> {
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
            return Err(Damage::Content);
        }
        let piece = usize::try_from(gained)
            .ok()
            .and_then(|gained| buffer.get(..gained))
            .ok_or(Damage::Content)?;
        give(piece);
        if status == Status::StreamEnd {
            let whole = stream.total_out() == size && stream.total_in() == compressed.len() as u64;
            return if whole { Ok(()) } else { Err(Damage::Content) };
        }
        if gained == 0 && stream.total_in() == read {
            return Err(Damage::Content);
        }
    }
}
