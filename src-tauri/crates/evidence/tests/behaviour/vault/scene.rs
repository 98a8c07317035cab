//! A vault on a disk that writes down what is asked of it.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use evidence::saving::Filesystem;
use evidence::vault::{DocumentRef, PieceHeader, Vault};
use uuid::Uuid;

use crate::saving::shim::Disk;

pub const KEY: [u8; 32] = [0x5c; 32];
/// Plain bytes of one frame.
pub const FRAME: usize = 64 * 1024;

pub fn vault(disk: &Disk) -> Vault {
    vault_with(disk, &KEY)
}

pub fn vault_with(disk: &Disk, key: &[u8; 32]) -> Vault {
    let filesystem: Arc<dyn Filesystem> = Arc::new(disk.clone());
    Vault::open(Path::new("/desk/evidence"), filesystem, key).unwrap()
}

pub fn at() -> DateTime<Utc> {
    "2026-02-03T10:15:00Z".parse().unwrap()
}

/// The piece of that number; they all lie in one folder.
pub fn header(number: u64) -> PieceHeader {
    PieceHeader {
        piece: id(number),
        dossier: Uuid::from_u128(0xd055_1e12),
        kind: "document".into(),
        document: Some(DocumentRef {
            document_id: "8812".into(),
            name: "id_document_image".into(),
            page_number: 0,
        }),
        media_type: None,
        call: "GET /document/8812/file_contents/?page_number=0".into(),
        fetched_at: at(),
        stated_md5: Some("9e107d9d372bb6826bd81d3542a419d6".into()),
    }
}

pub fn id(number: u64) -> Uuid {
    Uuid::from_u64_pair(number, 0)
}

pub fn name(number: u64) -> String {
    format!("{}.piece", id(number))
}

/// Bytes that differ everywhere, and from one seed to the next.
pub fn content(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        })
        .collect()
}
