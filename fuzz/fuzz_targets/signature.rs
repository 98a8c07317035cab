//! XML from a stranger in the place of a signature file, of the inventory, and of the signed list of files.
#![no_main]

use std::io::{Cursor, Write};

use asice::{Indication, Policy, Trust};
use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fuzz_target!(|xml: &[u8]| {
    for name in [
        "META-INF/signatures0.xml",
        "META-INF/manifest.xml",
        "META-INF/ASiCManifest.xml",
    ] {
        let bytes = container(name, xml).expect("written to memory");
        let report = asice::verify(&bytes, &Trust::default(), &Policy::at(DateTime::UNIX_EPOCH));
        assert_ne!(report.indication, Indication::TotalPassed);
    }
});

fn container(name: &str, xml: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("mimetype", stored)?;
    zip.write_all(b"application/vnd.etsi.asic-e+zip")?;
    zip.start_file("claim.json", stored)?;
    zip.write_all(b"{}")?;
    zip.start_file(name, stored)?;
    zip.write_all(xml)?;
    Ok(zip.finish()?.into_inner())
}
