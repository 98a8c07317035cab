//! What ETSI EN 319 162-1 asks of the zip file itself: its type, its manifest, its signature files.

use std::collections::HashSet;

use super::names::META_INF;
use super::{Container, Damage};
use crate::findings::Finding;
use crate::verifying::kind;
use crate::watching::{Watch, Work};
use crate::xml::{Xml, XmlLimit};

const MIMETYPE: &str = "mimetype";
const MEDIA_TYPE: &str = "application/vnd.etsi.asic-e+zip";
/// ASiC-S: one file, whose CAdES signature has no manifest.
const SIMPLE_TYPE: &str = "application/vnd.etsi.asic-s+zip";
const MANIFEST: &str = "META-INF/manifest.xml";
/// The inventory of OCF.
const OCF_CONTAINER: &str = "META-INF/container.xml";
const MANIFEST_SPACE: &str = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
const MOST_FINDINGS: usize = 100;

/// How many bytes [`judge`] reads.
pub(crate) fn bytes_read(container: &Container<'_>) -> u64 {
    [MIMETYPE, MANIFEST]
        .iter()
        .filter_map(|name| container.file(name))
        .map(|entry| entry.size)
        .sum()
}

/// None of these findings says anything about a signature.
pub(crate) fn judge<W: Watch>(
    container: &Container<'_>,
    xml: XmlLimit,
    work: &mut Work<W>,
) -> Result<Vec<Finding>, W::Stop> {
    let mut findings = container.findings().to_vec();
    media_type(container, &mut findings, work)?;
    if container.data_files().next().is_none() {
        findings.push(Finding::NoDataFile);
    }
    manifest(container, xml, &mut findings, work)?;
    findings.extend(unknown(container));
    Ok(findings)
}

/// What stands in META-INF for nobody to look at.
fn unknown(container: &Container<'_>) -> impl Iterator<Item = Finding> {
    let names = container.files().map(|entry| &entry.name);
    names
        .filter(|name| name.starts_with(META_INF) && kind(name).is_none())
        .filter(|name| ![MANIFEST, OCF_CONTAINER].contains(&name.as_str()))
        .map(|name| Finding::FileInMetaInf { name: name.clone() })
}

/// Whether the type that was found is the one of ASiC-S.
pub(crate) fn is_simple(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|finding| matches!(finding, Finding::MimetypeWrong { found } if found == SIMPLE_TYPE))
}

fn media_type<W: Watch>(
    container: &Container<'_>,
    findings: &mut Vec<Finding>,
    work: &mut Work<W>,
) -> Result<(), W::Stop> {
    let Some(entry) = container.file(MIMETYPE) else {
        findings.push(Finding::MimetypeMissing);
        return Ok(());
    };
    let (content, outcome) = entry.read(work)?;
    if content != MEDIA_TYPE.as_bytes() || outcome.is_err() {
        findings.push(Finding::MimetypeWrong {
            found: String::from_utf8_lossy(content.get(..content.len().min(100)).unwrap_or(&[]))
                .into_owned(),
        });
    }
    if entry.offset != 0 || !entry.is_stored() || entry.has_extra_field {
        findings.push(Finding::MimetypeNotFirst);
    }
    Ok(())
}

/// The manifest is not signed: it may only be compared, never believed.
fn manifest<W: Watch>(
    container: &Container<'_>,
    xml: XmlLimit,
    findings: &mut Vec<Finding>,
    work: &mut Work<W>,
) -> Result<(), W::Stop> {
    let Some(entry) = container.file(MANIFEST) else {
        let cades = container
            .entries()
            .iter()
            .any(|entry| entry.name.starts_with(META_INF) && entry.name.contains("ASiCManifest"));
        if !cades {
            findings.push(Finding::ManifestMissing);
        }
        return Ok(());
    };
    let (content, outcome) = entry.read(work)?;
    let document = match outcome {
        Err(Damage::Content) => None,
        _ => std::str::from_utf8(&content)
            .ok()
            .and_then(|text| Xml::parse(text, xml).ok()),
    };
    let Some(document) = document else {
        findings.push(Finding::ManifestUnreadable);
        return Ok(());
    };
    let root = document.root();
    let there: HashSet<&str> = container.files().map(|entry| entry.name.as_str()).collect();
    let mut listed = HashSet::new();
    for file in document.children_named(root, MANIFEST_SPACE, "file-entry") {
        let Some(path) = document.attribute_ns(file, MANIFEST_SPACE, "full-path") else {
            continue;
        };
        if path == "/" {
            let told = document.attribute_ns(file, MANIFEST_SPACE, "media-type");
            if told.is_some_and(|told| told != MEDIA_TYPE) {
                findings.push(Finding::ManifestMediaTypeWrong);
            }
            continue;
        }
        let absent = !there.contains(path) && !path.ends_with('/');
        if absent && findings.len() < MOST_FINDINGS {
            findings.push(Finding::ManifestNamesAbsentFile {
                name: path.to_owned(),
            });
        }
        listed.insert(path);
    }
    for file in container.data_files() {
        if !listed.contains(file.name.as_str()) {
            findings.push(Finding::FileNotInManifest {
                name: file.name.clone(),
            });
        }
    }
    Ok(())
}
