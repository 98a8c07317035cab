//! A signature over the archive itself, in the comment that every ZIP reader skips: the one place from which all the
//! bytes before it can be covered, headers included.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::signing::{self, PUBLIC_KEY, PackSigner, SIGNATURE, SignerError};
use super::verifying::Stopped;

const LABEL: &[u8] = b"id360-desk seal 1 ed25519 ";
const DIGITS: usize = 2 * SIGNATURE;

/// Bytes read in one go.
const CHUNK: usize = 64 * 1024;

/// Bytes of the comment.
pub(super) const COMMENT: usize = LABEL.len() + DIGITS;

/// The comment before it is known what it has to sign.
pub(super) fn blank() -> Vec<u8> {
    [LABEL, [b'0'; DIGITS].as_slice()].concat()
}

/// Passes everything on and hashes it, but the last bytes, whose place the seal takes.
pub(super) struct SealingWriter<'a> {
    out: &'a mut dyn Write,
    hash: Sha256,
    held: Vec<u8>,
    written: u64,
    /// The error was told; the archive's own writer may still want to tidy up behind it.
    broken: bool,
}

impl<'a> SealingWriter<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            hash: Sha256::new(),
            held: Vec::with_capacity(2 * DIGITS),
            written: 0,
            broken: false,
        }
    }

    /// Bytes taken so far.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Signs what was passed on, and writes the seal where the blank one ended. Gives the archive's length.
    pub(super) fn seal(self, signer: &dyn PackSigner) -> Result<u64, SealError> {
        let signature = signer.sign(&sealed(self.hash))?;
        self.out.write_all(hex::encode(signature).as_bytes())?;
        Ok(self.written)
    }

    fn pass_on(&mut self, bytes: &[u8]) -> io::Result<()> {
        let from_held = self
            .held
            .len()
            .min((self.held.len() + bytes.len()).saturating_sub(DIGITS));
        self.out.write_all(&self.held[..from_held])?;
        self.hash.update(&self.held[..from_held]);
        self.held.drain(..from_held);
        let passed = (self.held.len() + bytes.len()).saturating_sub(DIGITS);
        self.out.write_all(&bytes[..passed])?;
        self.hash.update(&bytes[..passed]);
        self.held.extend_from_slice(&bytes[passed..]);
        Ok(())
    }
}

#[derive(Debug, thiserror::Error)]
pub(super) enum SealError {
    #[error(transparent)]
    Signer(#[from] SignerError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Write for SealingWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.broken {
            if let Err(error) = self.pass_on(bytes) {
                self.broken = true;
                return Err(error);
            }
            self.written += bytes.len() as u64;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Reads an archive through, from its first byte, and tells whether its last bytes are this key's seal on all the others.
/// `read` is told of so many bytes at a time.
pub(super) fn is_sealed(
    archive: &mut dyn io::Read,
    length: u64,
    public_key: &[u8; PUBLIC_KEY],
    read: &mut dyn FnMut(u64) -> Result<(), Stopped>,
) -> Result<bool, SealReadError> {
    let Some(mut left) = length.checked_sub(COMMENT as u64) else {
        return Ok(false);
    };
    let mut hash = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    while left > 0 {
        let most = usize::try_from(left).map_or(CHUNK, |left| left.min(CHUNK));
        let part = chunk.get_mut(..most).unwrap_or_default();
        archive.read_exact(part)?;
        hash.update(part);
        left -= most as u64;
        read(most as u64)?;
    }
    let mut comment = [0; COMMENT];
    archive.read_exact(&mut comment)?;
    read(COMMENT as u64)?;
    let (label, digits) = comment.split_at(LABEL.len());
    hash.update(label);
    // Only one spelling: no second set of digits may say the same.
    let is_lower = !digits.iter().any(u8::is_ascii_uppercase);
    let Ok(signature) = hex::decode(digits) else {
        return Ok(false);
    };
    Ok(label == LABEL && is_lower && signing::is_signed(public_key, &sealed(hash), &signature))
}

/// Why it is not known whether an archive is sealed.
#[derive(Debug, thiserror::Error)]
pub(super) enum SealReadError {
    #[error(transparent)]
    Stopped(#[from] Stopped),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What is signed; the words keep it from ever being taken for another file of ours.
fn sealed(hash: Sha256) -> Vec<u8> {
    [
        b"id360-desk evidence pack seal 1\n".as_slice(),
        &hash.finalize(),
    ]
    .concat()
}

/// Counts and hashes what passes.
pub(super) struct Counted<'a> {
    out: &'a mut dyn Write,
    size: u64,
    hash: Sha256,
}

impl<'a> Counted<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            size: 0,
            hash: Sha256::new(),
        }
    }

    pub(super) fn end(self) -> (u64, [u8; 32]) {
        (self.size, self.hash.finalize().into())
    }
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.hash.update(bytes.get(..taken).unwrap_or(bytes));
        self.size += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
