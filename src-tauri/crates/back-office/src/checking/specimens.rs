//! A signed container for tests, and what is made of it.

use std::io::{Cursor, Read as _, Write as _};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// By a certificate of [`ROOT`] that is valid from 2024 to 2028; made by the verifier's own tests.
pub(super) const SIGNED: &[u8] = include_bytes!("../../../../tests/verify/signed.asice");
pub(super) const ROOT: &[u8] = include_bytes!("../../../../tests/verify/root.der");
pub(super) const SIGNED_ON: &str = "2026-06-01T12:00:00Z";
/// Where its only signature stands.
pub(super) const SIGNATURE: &str = "META-INF/signatures0.xml";
/// The file that is signed.
pub(super) const CLAIM: &str = "claim.json";

/// The text of one entry.
pub(super) fn entry(name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(SIGNED)).unwrap();
    let mut text = String::new();
    let mut entry = archive.by_name(name).unwrap();
    entry.read_to_string(&mut text).unwrap();
    text
}

/// The same container with these entries in place of its own, and those besides that it does not have.
pub(super) fn with(entries: &[(&str, &str)]) -> Vec<u8> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let own = ["mimetype", CLAIM, "META-INF/manifest.xml", SIGNATURE];
    let more = entries.iter().map(|(name, _)| *name);
    for name in own
        .into_iter()
        .chain(more.filter(|name| !own.contains(name)))
    {
        let told = entries.iter().find(|(told, _)| *told == name);
        let text = told.map_or_else(|| entry(name), |(_, text)| (*text).to_owned());
        zip.start_file(name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
