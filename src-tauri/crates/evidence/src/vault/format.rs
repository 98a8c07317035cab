//! The file's bytes: mark, version, salt, sealed header, sealed frames.
//!
//! Frames are sealed as a STREAM: the nonce holds the frame's number and whether it is the last one, under a key
//! that no other file has. A frame left out, moved, taken from another file, or a cut end does not open.

use std::io;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{self, HKDF_SHA256};
use zeroize::Zeroizing;

/// Plain bytes of every frame but the last, which holds at least one.
pub(super) const FRAME: usize = 64 * 1024;
pub(super) const TAG: usize = 16;
/// Longest sealed header that is read.
pub(super) const LONGEST_HEADER: usize = 64 * 1024;
/// Mark, version, salt, length of the sealed header.
pub(super) const PREFIX: usize = MARK.len() + 1 + SALT + 4;

const MARK: &[u8; 7] = b"ID360PV";
const VERSION: u8 = 1;
const SALT: usize = 32;
const PURPOSE: &[u8] = b"id360-desk vault: piece, version 1";
/// The nonce without the frame's number and its part.
const NONCE_PREFIX: usize = NONCE_LEN - 5;

pub(super) type Prefix = [u8; PREFIX];

/// What a sealed block is in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Header = 0,
    Frame = 1,
    LastFrame = 2,
}

/// The bytes before the sealed header; they are authenticated with it.
pub(super) fn prefix(salt: &[u8; SALT], sealed_header: usize) -> io::Result<Prefix> {
    let length = u32::try_from(sealed_header).map_err(io::Error::other)?;
    let mut prefix = [0; PREFIX];
    let (mark, rest) = prefix.split_at_mut(MARK.len());
    mark.copy_from_slice(MARK);
    rest[0] = VERSION;
    rest[1..=SALT].copy_from_slice(salt);
    rest[1 + SALT..].copy_from_slice(&length.to_be_bytes());
    Ok(prefix)
}

/// The salt and the length of the sealed header; `None` for anything but a file of this version.
pub(super) fn read_prefix(prefix: &Prefix) -> Option<([u8; SALT], usize)> {
    let rest = prefix.strip_prefix(MARK)?.strip_prefix(&[VERSION])?;
    let (salt, length) = rest.split_first_chunk::<SALT>()?;
    let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
    (TAG..=LONGEST_HEADER)
        .contains(&length)
        .then_some((*salt, length))
}

/// Seals or opens the blocks of one file, in their order.
pub(super) struct Cipher {
    key: LessSafeKey,
    nonce_prefix: [u8; NONCE_PREFIX],
    next: u32,
}

/// The bytes do not belong there, or are not the sealed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotSealedHere;

impl Cipher {
    pub(super) fn new(vault_key: &[u8; 32], salt: &[u8; SALT]) -> io::Result<Self> {
        struct Length;
        impl hkdf::KeyType for Length {
            fn len(&self) -> usize {
                32 + NONCE_PREFIX
            }
        }
        let mut derived = Zeroizing::new([0; 32 + NONCE_PREFIX]);
        let failed = |_| io::Error::other("no key could be derived");
        hkdf::Salt::new(HKDF_SHA256, salt)
            .extract(vault_key)
            .expand(&[PURPOSE], Length)
            .and_then(|material| material.fill(&mut *derived))
            .map_err(failed)?;
        let (key, rest) = derived.split_at(32);
        let mut nonce_prefix = [0; NONCE_PREFIX];
        nonce_prefix.copy_from_slice(rest);
        Ok(Self {
            key: LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).map_err(failed)?),
            nonce_prefix,
            next: 0,
        })
    }

    /// Seals `plain[from..]` where it stands and appends the tag.
    pub(super) fn seal(
        &mut self,
        part: Part,
        also: &[u8],
        block: &mut Vec<u8>,
        from: usize,
    ) -> io::Result<()> {
        let failed = || io::Error::other("a block could not be sealed");
        let nonce = self.nonce(part).ok_or_else(failed)?;
        let plain = block.get_mut(from..).ok_or_else(failed)?;
        let tag = self
            .key
            .seal_in_place_separate_tag(nonce, Aad::from(also), plain)
            .map_err(|_| failed())?;
        block.extend_from_slice(tag.as_ref());
        Ok(())
    }

    /// Opens a block where it stands.
    pub(super) fn open<'a>(
        &mut self,
        part: Part,
        also: &[u8],
        block: &'a mut [u8],
    ) -> Result<&'a [u8], NotSealedHere> {
        let nonce = self.nonce(part).ok_or(NotSealedHere)?;
        match self.key.open_in_place(nonce, Aad::from(also), block) {
            Ok(plain) => Ok(plain),
            Err(_) => Err(NotSealedHere),
        }
    }

    /// Never the same twice; `None` after 2^32 blocks.
    fn nonce(&mut self, part: Part) -> Option<Nonce> {
        let number = self.next;
        self.next = self.next.checked_add(1)?;
        let mut nonce = [0; NONCE_LEN];
        nonce[..NONCE_PREFIX].copy_from_slice(&self.nonce_prefix);
        nonce[NONCE_PREFIX..NONCE_LEN - 1].copy_from_slice(&number.to_be_bytes());
        nonce[NONCE_LEN - 1] = part as u8;
        Some(Nonce::assume_unique_for_key(nonce))
    }
}
