//! One sealed record among the bytes of the journal.
//!
//! `marker (4) | sequence (8, LE) | length (4, LE) | nonce (12) | ciphertext with tag (length)`.
//! Sequence and length are authenticated with the ciphertext. The marker lets a reader find the next
//! record behind a damaged one.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use rand::Rng;
use zeroize::Zeroizing;

use super::Spot;

pub(super) const MARKER: [u8; 4] = [0xF3, b'j', b'r', 0x1D];
pub(super) const HEAD: usize = 4 + 8 + 4 + 12;
const TAG: usize = 16;

/// A record that authenticated.
pub(super) struct Frame {
    pub(super) sequence: u64,
    pub(super) plain: Zeroizing<Vec<u8>>,
    /// Bytes it takes in the file.
    pub(super) length: usize,
    mark: [u8; 8],
}

impl Frame {
    /// What tells this record, starting there, from any other.
    pub(super) fn spot(&self, start: u64) -> Spot {
        Spot {
            sequence: self.sequence,
            start,
            mark: self.mark,
        }
    }
}

/// What stands in front of a record's ciphertext.
pub(super) struct Head {
    sequence: u64,
    sealed: usize,
    nonce: [u8; 12],
}

impl Head {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (head, _) = bytes.split_at_checked(HEAD)?;
        let (marker, head) = head.split_at_checked(MARKER.len())?;
        if marker != MARKER {
            return None;
        }
        let length = u32::from_le_bytes(head.get(8..12)?.try_into().ok()?);
        Some(Self {
            sequence: u64::from_le_bytes(head.get(..8)?.try_into().ok()?),
            sealed: usize::try_from(length).ok()?,
            nonce: head.get(12..)?.try_into().ok()?,
        })
    }

    pub(super) fn frame_length(&self) -> usize {
        HEAD.saturating_add(self.sealed)
    }
}

/// The bytes to append; `None` when the record is too long for its length field.
pub(super) fn seal(cipher: &ChaCha20Poly1305, sequence: u64, plain: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(plain.len() + TAG).ok()?;
    let mut nonce = [0; 12];
    rand::rng().fill_bytes(&mut nonce);
    let bound = bound(sequence, length);
    let sealed = cipher
        .encrypt(
            &Nonce::from(nonce),
            Payload {
                msg: plain,
                aad: &bound,
            },
        )
        .ok()?;
    let mut bytes = Vec::with_capacity(HEAD + sealed.len());
    bytes.extend_from_slice(&MARKER);
    bytes.extend_from_slice(&bound);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    Some(bytes)
}

/// The record that starts at the first of `bytes`.
pub(super) fn open(cipher: &ChaCha20Poly1305, bytes: &[u8]) -> Option<Frame> {
    let head = Head::read(bytes)?;
    let sealed = bytes.get(HEAD..head.frame_length())?;
    let bound = bound(head.sequence, u32::try_from(head.sealed).ok()?);
    let plain = cipher
        .decrypt(
            &Nonce::from(head.nonce),
            Payload {
                msg: sealed,
                aad: &bound,
            },
        )
        .ok()?;
    Some(Frame {
        sequence: head.sequence,
        plain: Zeroizing::new(plain),
        length: head.frame_length(),
        mark: mark(sealed)?,
    })
}

/// The end of the authentication tag.
pub(super) fn mark(sealed: &[u8]) -> Option<[u8; 8]> {
    sealed.last_chunk().copied()
}

/// Where the next marker is, at `from` or behind.
pub(super) fn next_marker(bytes: &[u8], from: usize) -> Option<usize> {
    let found = bytes
        .get(from..)?
        .windows(MARKER.len())
        .position(|window| window == MARKER)?;
    Some(from + found)
}

fn bound(sequence: u64, length: u32) -> [u8; 12] {
    let mut bound = [0; 12];
    bound[..8].copy_from_slice(&sequence.to_le_bytes());
    bound[8..].copy_from_slice(&length.to_le_bytes());
    bound
}
