//! The corpus: inputs that once were trouble for some reader, judged again on every run.
//! `zip/` are whole containers; `xml/` stand in the place of a signature file, of both manifests in turn.

use std::path::{Path, PathBuf};

use asice::{Indication, certificates};

use crate::support::World;
use crate::support::zip::{self, Entry};

fn corpus(kind: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/verifier/corpus")
        .join(kind);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() >= 10, "{kind}: {}", files.len());
    files
}

#[test]
fn the_zip_corpus_never_passes_nor_panics() {
    let world = World::new();
    for (path, bytes) in corpus("zip") {
        let report = world.judge(&bytes);
        assert_ne!(report.indication, Indication::TotalPassed, "{path:?}");
        for file in &report.files {
            let _ = asice::entry(&bytes, &file.name, &asice::Limits::default());
        }
        let _ = certificates(&bytes);
    }
}

#[test]
fn the_xml_corpus_never_passes_nor_panics_wherever_it_stands() {
    let world = World::new();
    for (path, bytes) in corpus("xml") {
        for name in [
            "META-INF/signatures0.xml",
            "META-INF/manifest.xml",
            "META-INF/ASiCManifest.xml",
        ] {
            let container = zip::write(&[
                Entry::stored("claim.json", b"{}"),
                Entry::deflated(name, &bytes),
            ]);
            let report = world.judge(&container);
            assert_ne!(
                report.indication,
                Indication::TotalPassed,
                "{path:?} {name}"
            );
        }
    }
}
