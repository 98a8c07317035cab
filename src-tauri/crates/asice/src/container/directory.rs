//! The central directory, checked against every local header.

use std::collections::HashSet;

use super::entry::{Entry, Method};
use super::names;
use super::refusal::Refusal;
use crate::Limits;

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// Before [`END`]: where zip64 has its own end.
const LOCATOR: &[u8] = b"PK\x06\x07";
const LOCATOR_SIZE: usize = 20;
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
const END_SIZE: usize = 22;
const LONGEST_COMMENT: usize = 65_535;
const UNICODE_PATH: u16 = 0x7075;
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const SIZES_FOLLOW: u16 = 1 << 3;
const ZIP64: u32 = u32::MAX;
/// The extra field that holds what is written as [`ZIP64`].
const ZIP64_SIZES: u16 = 0x0001;
/// What compresses better than the ratio allows but stays small harms nobody.
const RATIO_FROM: u64 = 1 << 20;

pub(super) struct Listed<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    /// Bytes that belong to no entry.
    pub(super) unaccounted: u64,
}

/// Little-endian fields one after the other.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }
}

struct End {
    entries: u16,
    size: u32,
    offset: u32,
}

struct Header<'a> {
    flags: u16,
    method: u16,
    crc: u32,
    compressed: u32,
    size: u32,
    name: &'a [u8],
    extra: &'a [u8],
    attributes: u32,
    offset: u32,
}

pub(super) fn read<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Listed<'a>, Refusal> {
    let length = bytes.len() as u64;
    if length > limits.container {
        return Err(Refusal::ContainerTooLarge {
            bytes: length,
            limit: limits.container,
        });
    }
    let (end, position) = end(bytes)?;
    if u64::from(end.entries) > limits.entries {
        return Err(Refusal::TooManyEntries {
            entries: end.entries.into(),
            limit: limits.entries,
        });
    }
    if u64::from(end.offset) + u64::from(end.size) != position as u64 {
        return Err(Refusal::DirectoryDamaged);
    }
    let directory = bytes
        .get(end.offset as usize..position)
        .ok_or(Refusal::DirectoryDamaged)?;
    let mut fields = Fields(directory);
    let mut entries = Vec::with_capacity(end.entries.into());
    let mut spans = Vec::with_capacity(end.entries.into());
    let mut known = HashSet::with_capacity(end.entries.into());
    let mut total = 0;
    for _ in 0..end.entries {
        let header = central(&mut fields).ok_or(Refusal::DirectoryDamaged)?;
        let entry_name = name(&header, limits)?;
        if !known.insert(header.name) {
            return Err(Refusal::DuplicateEntry { name: entry_name });
        }
        total += u64::from(header.size);
        if total > limits.total {
            return Err(Refusal::TotalTooLarge {
                limit: limits.total,
            });
        }
        let (entry, span) = locate(bytes, end.offset, &header, entry_name)?;
        entries.push(entry);
        spans.push(span);
    }
    if !fields.0.is_empty() {
        return Err(Refusal::DirectoryDamaged);
    }
    let unaccounted = gaps(bytes, end.offset, &mut spans, &entries)?;
    Ok(Listed {
        entries,
        unaccounted,
    })
}

fn end(bytes: &[u8]) -> Result<(End, usize), Refusal> {
    let last = bytes.len().checked_sub(END_SIZE).ok_or(Refusal::NotAZip)?;
    let first = last.saturating_sub(LONGEST_COMMENT);
    let position = (first..=last)
        .rev()
        .find(|&at| {
            bytes[at..].starts_with(END)
                && usize::from(u16::from_le_bytes([bytes[at + 20], bytes[at + 21]])) == last - at
        })
        .ok_or(Refusal::NotAZip)?;
    // Most readers take the last one there is, whatever its comment.
    let behind = &bytes[position + END.len()..];
    if behind.windows(END.len()).any(|window| window == END) {
        return Err(Refusal::DirectoryDamaged);
    }
    let mut fields = Fields(behind);
    let mut read = || {
        let disks = (fields.u16()?, fields.u16()?);
        let counts = (fields.u16()?, fields.u16()?);
        let end = End {
            entries: counts.1,
            size: fields.u32()?,
            offset: fields.u32()?,
        };
        Some((disks == (0, 0) && counts.0 == counts.1, end))
    };
    let (one_disk, end) = read().ok_or(Refusal::NotAZip)?;
    let zip64 = end.entries == u16::MAX || end.size == ZIP64 || end.offset == ZIP64;
    // Some readers follow it even so, and to another directory.
    let locator = position.checked_sub(LOCATOR_SIZE).map(|at| &bytes[at..]);
    let zip64 = zip64 || locator.is_some_and(|locator| locator.starts_with(LOCATOR));
    if !one_disk || zip64 {
        return Err(Refusal::LayoutNotSupported);
    }
    Ok((end, position))
}

fn central<'a>(fields: &mut Fields<'a>) -> Option<Header<'a>> {
    if fields.take(4)? != CENTRAL {
        return None;
    }
    fields.take(4)?;
    let (flags, method) = (fields.u16()?, fields.u16()?);
    fields.take(4)?;
    let (crc, compressed, size) = (fields.u32()?, fields.u32()?, fields.u32()?);
    let (name, extra, comment) = (fields.u16()?, fields.u16()?, fields.u16()?);
    if fields.u16()? != 0 {
        return None;
    }
    fields.take(2)?;
    let (attributes, offset) = (fields.u32()?, fields.u32()?);
    let header = Header {
        flags,
        method,
        crc,
        compressed,
        size,
        name: fields.take(name.into())?,
        extra: fields.take(extra.into())?,
        attributes,
        offset,
    };
    fields.take(comment.into())?;
    Some(header)
}

/// The entry's name, when the entry may be looked at.
fn name(header: &Header<'_>, limits: &Limits) -> Result<String, Refusal> {
    let name = String::from_utf8_lossy(header.name).into_owned();
    if name.as_bytes() != header.name || !names::is_safe(&name) {
        return Err(Refusal::UnsafeName { name });
    }
    if other_name(header.extra, header.name) {
        return Err(Refusal::HeadersDiffer { name });
    }
    if header.flags & ENCRYPTED != 0 {
        return Err(Refusal::EncryptedEntry { name });
    }
    if header.attributes >> 28 == 0xA {
        return Err(Refusal::SymbolicLink { name });
    }
    let size = u64::from(header.size);
    if size > limits.entry || name.ends_with('/') && size > 0 {
        return Err(Refusal::EntryTooLarge {
            name,
            limit: limits.entry,
        });
    }
    if size > RATIO_FROM && size / limits.ratio > u64::from(header.compressed) {
        return Err(Refusal::RatioTooHigh {
            name,
            limit: limits.ratio,
        });
    }
    Ok(name)
}

/// Some readers take the name from this field instead, of either header.
fn other_name(extra: &[u8], name: &[u8]) -> bool {
    let mut fields = Fields(extra);
    while let (Some(tag), Some(length)) = (fields.u16(), fields.u16()) {
        let Some(value) = fields.take(length.into()) else {
            return false;
        };
        if tag == UNICODE_PATH && value.get(5..) != Some(name) {
            return true;
        }
    }
    false
}

struct Span {
    start: usize,
    end: usize,
    /// Bytes of the data descriptor that stands behind the content, its signature not counted.
    descriptor: Option<usize>,
}

fn locate<'a>(
    bytes: &'a [u8],
    directory: u32,
    header: &Header<'_>,
    name: String,
) -> Result<(Entry<'a>, Span), Refusal> {
    let method = match header.method {
        0 if header.compressed == header.size => Method::Stored,
        0 => return Err(Refusal::DirectoryDamaged),
        8 => Method::Deflated,
        method => return Err(Refusal::CompressionNotSupported { name, method }),
    };
    let start = header.offset as usize;
    let before = bytes
        .get(..directory as usize)
        .ok_or(Refusal::DirectoryDamaged)?;
    let mut fields = Fields(before.get(start..).ok_or(Refusal::DirectoryDamaged)?);
    let Some(local) = local(&mut fields, header) else {
        return Err(Refusal::DirectoryDamaged);
    };
    if !local.agrees {
        return Err(Refusal::HeadersDiffer { name });
    }
    let entry = Entry {
        name,
        method,
        crc: header.crc,
        size: header.size.into(),
        content: local.content,
        offset: header.offset.into(),
        has_extra_field: local.has_extra_field,
    };
    let descriptor = if local.is_zip64 { 20 } else { 12 };
    let span = Span {
        start,
        end: before.len() - fields.0.len(),
        descriptor: (header.flags & SIZES_FOLLOW != 0).then_some(descriptor),
    };
    Ok((entry, span))
}

struct Local<'a> {
    /// With what the central header says.
    agrees: bool,
    has_extra_field: bool,
    /// It leaves room for sizes of eight bytes, as a writer does that does not know them yet.
    is_zip64: bool,
    content: &'a [u8],
}

fn local<'a>(fields: &mut Fields<'a>, header: &Header<'_>) -> Option<Local<'a>> {
    if fields.take(4)? != LOCAL {
        return None;
    }
    fields.take(2)?;
    let same_kind = (fields.u16()?, fields.u16()?) == (header.flags, header.method);
    fields.take(4)?;
    let (crc, compressed, size) = (fields.u32()?, fields.u32()?, fields.u32()?);
    let (name, extra) = (fields.u16()?, fields.u16()?);
    let same_name = fields.take(name.into())? == header.name;
    let extra = fields.take(extra.into())?;
    let same_name = same_name && !other_name(extra, header.name);
    let is_zip64 = (compressed, size) == (ZIP64, ZIP64);
    let sizes = if is_zip64 {
        zip64_sizes(extra)
    } else {
        Some((u64::from(compressed), u64::from(size)))
    };
    let told = Some((u64::from(header.compressed), u64::from(header.size)));
    let follow = header.flags & SIZES_FOLLOW != 0 && (crc, sizes) == (0, Some((0, 0)));
    let same_sizes = follow || (crc, sizes) == (header.crc, told);
    Some(Local {
        agrees: same_kind && same_sizes && same_name,
        has_extra_field: !extra.is_empty(),
        is_zip64,
        content: fields.take(header.compressed as usize)?,
    })
}

/// Compressed and inflated size, from a local header's only zip64 field, which must hold both.
fn zip64_sizes(extra: &[u8]) -> Option<(u64, u64)> {
    let mut fields = Fields(extra);
    let mut found = None;
    while !fields.0.is_empty() {
        let (tag, length) = (fields.u16()?, fields.u16()?);
        let mut value = Fields(fields.take(length.into())?);
        if tag != ZIP64_SIZES {
            continue;
        }
        let (size, compressed) = (value.u64()?, value.u64()?);
        if !value.0.is_empty() || found.replace((compressed, size)).is_some() {
            return None;
        }
    }
    found
}

/// Refuses entries that lie over each other; counts what lies between them.
fn gaps(
    bytes: &[u8],
    directory: u32,
    spans: &mut [Span],
    entries: &[Entry<'_>],
) -> Result<u64, Refusal> {
    spans.sort_by_key(|span| span.start);
    let mut unaccounted = 0;
    let mut reached = 0;
    let mut described: Option<usize> = None;
    let last = Span {
        start: directory as usize,
        end: directory as usize,
        descriptor: None,
    };
    for span in spans.iter().chain(std::iter::once(&last)) {
        let Some(gap) = bytes.get(reached..span.start) else {
            let name = entries
                .iter()
                .find(|entry| entry.offset == span.start as u64)
                .map(|entry| entry.name.clone())
                .unwrap_or_default();
            return Err(Refusal::OverlappingEntry { name });
        };
        let bare = gap.strip_prefix(DESCRIPTOR).unwrap_or(gap);
        let is_descriptor =
            described.is_some_and(|length| [gap.len(), bare.len()].contains(&length));
        if !is_descriptor {
            unaccounted += gap.len() as u64;
        }
        reached = span.end;
        described = span.descriptor;
    }
    Ok(unaccounted)
}
