//! A zip file written field by field, so that every field can lie.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

#[derive(Debug, Clone)]
pub struct Entry {
    pub name: Vec<u8>,
    /// The name in the local header, where it is another.
    pub local_name: Option<Vec<u8>>,
    pub content: Vec<u8>,
    pub is_deflated: bool,
    pub flags: u16,
    pub method: Option<u16>,
    pub crc: Option<u32>,
    pub size: Option<u32>,
    /// Checksum, compressed and inflated size in the local header, where it says others.
    pub local_sizes: Option<[u32; 3]>,
    pub extra: Vec<u8>,
    pub local_extra: Vec<u8>,
    /// Behind the content.
    pub descriptor: Vec<u8>,
    pub attributes: u32,
    /// Behind its header in the central directory.
    pub comment: Vec<u8>,
    /// Points to the local header of an earlier entry instead of writing one.
    pub shares_header_of: Option<usize>,
}

impl Entry {
    pub fn stored(name: &str, content: &[u8]) -> Self {
        Self {
            name: name.into(),
            local_name: None,
            content: content.to_vec(),
            is_deflated: false,
            flags: 1 << 11,
            method: None,
            crc: None,
            size: None,
            local_sizes: None,
            extra: Vec::new(),
            local_extra: Vec::new(),
            descriptor: Vec::new(),
            attributes: 0,
            comment: Vec::new(),
            shares_header_of: None,
        }
    }

    pub fn deflated(name: &str, content: &[u8]) -> Self {
        Self {
            is_deflated: true,
            ..Self::stored(name, content)
        }
    }
}

fn crc(content: &[u8]) -> u32 {
    crc32fast::hash(content)
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// The bytes, after `prefix`.
pub fn write_after(prefix: &[u8], entries: &[Entry]) -> Vec<u8> {
    let mut out = prefix.to_vec();
    let mut directory = Vec::new();
    let mut offsets: Vec<u32> = Vec::new();
    for entry in entries {
        let compressed = if entry.is_deflated {
            deflate(&entry.content)
        } else {
            entry.content.clone()
        };
        let method = entry
            .method
            .unwrap_or(if entry.is_deflated { 8 } else { 0 });
        let mut common = Vec::new();
        common.extend(entry.flags.to_le_bytes());
        common.extend(method.to_le_bytes());
        common.extend([0, 0, 0x21, 0x5b]);
        common.extend(
            entry
                .crc
                .unwrap_or_else(|| crc(&entry.content))
                .to_le_bytes(),
        );
        common.extend((compressed.len() as u32).to_le_bytes());
        common.extend(
            entry
                .size
                .unwrap_or(entry.content.len() as u32)
                .to_le_bytes(),
        );
        let mut local = common.clone();
        if let Some(sizes) = entry.local_sizes {
            local.truncate(8);
            local.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
        }
        let offset = match entry.shares_header_of {
            Some(other) => offsets[other],
            None => {
                let offset = out.len() as u32;
                let name = entry.local_name.as_ref().unwrap_or(&entry.name);
                out.extend(b"PK\x03\x04\x14\x00");
                out.extend(&local);
                out.extend((name.len() as u16).to_le_bytes());
                out.extend((entry.local_extra.len() as u16).to_le_bytes());
                out.extend(name);
                out.extend(&entry.local_extra);
                out.extend(&compressed);
                out.extend(&entry.descriptor);
                offset
            }
        };
        offsets.push(offset);
        directory.extend(b"PK\x01\x02\x14\x03\x14\x00");
        directory.extend(&common);
        directory.extend((entry.name.len() as u16).to_le_bytes());
        directory.extend((entry.extra.len() as u16).to_le_bytes());
        directory.extend((entry.comment.len() as u16).to_le_bytes());
        directory.extend([0; 4]);
        directory.extend(entry.attributes.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(&entry.name);
        directory.extend(&entry.extra);
        directory.extend(&entry.comment);
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((entries.len() as u16).to_le_bytes());
    out.extend((entries.len() as u16).to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

pub fn write(entries: &[Entry]) -> Vec<u8> {
    write_after(b"", entries)
}
