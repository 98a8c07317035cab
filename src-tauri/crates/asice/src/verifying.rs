//! A container from its bytes to its report.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::algorithms::DigestAlgorithm;
use crate::bounds::Bounds;
use crate::cades::{self, Manifest};
use crate::concluding::{Signed, conclude};
use crate::container::{self, CHUNK, Container, Damage, Entry, Refusal};
use crate::digests;
use crate::findings::Finding;
use crate::judging::{self, Judged};
use crate::policy::Policy;
use crate::report::{Coverage, Report};
use crate::signature::Unverified;
use crate::trust::Trust;
use crate::verdict::{Indication, Line, State, SubIndication, Topic, line};
use crate::watching::{Stopped, Unwatched, Watch, Watched, Work};
use crate::xades;
use crate::xml::XmlLimit;

/// Signature files of one container.
const MOST_FILES: usize = 64;
/// Bytes that are hashed while one byte of a signature file is judged, about: where the bar stands, no more.
const JUDGING: u64 = 32;

/// Judges a container. Every input gives a report; what is no container at all is TOTAL-FAILED.
#[must_use]
pub fn verify(bytes: &[u8], trust: &Trust, policy: &Policy) -> Report {
    let Ok(report) = run(bytes, trust, policy, Unwatched);
    report
}

/// The same. `watch` hears how much of how much is done, about in bytes, and ends it by breaking: it is asked between
/// files, between pieces of a file and between signatures. The whole is the same from the first word to the last.
///
/// # Errors
/// [`Stopped`] when `watch` says so, and only then.
pub fn verify_watched(
    bytes: &[u8],
    trust: &Trust,
    policy: &Policy,
    watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Report, Stopped> {
    run(bytes, trust, policy, Watched(watch))
}

/// What [`verify`] says of a container that is larger than `limits.container`, where only its size and the SHA-256 of all
/// of it are at hand.
#[must_use]
pub fn too_large(size: u64, sha256: [u8; 32], policy: &Policy) -> Report {
    let mut report = unjudged(size, hex::encode(sha256), policy);
    let refusal = Refusal::ContainerTooLarge {
        bytes: size,
        limit: policy.limits.container,
    };
    refuse(&mut report, refusal);
    report
}

fn run<W: Watch>(
    bytes: &[u8],
    trust: &Trust,
    policy: &Policy,
    watch: W,
) -> Result<Report, W::Stop> {
    let opened = Container::open(bytes, &policy.limits);
    let inside = opened.as_ref().map_or(0, |container| {
        let signatures = bytes_of_signatures(container);
        let files: u64 = container.files().map(|entry| entry.size).sum();
        container::bytes_read(container) + signatures + files + signatures * JUDGING
    });
    let mut work = Work::begin(watch, bytes.len() as u64 + inside)?;
    let sha256 = sha256(bytes, &mut work)?;
    let mut report = unjudged(bytes.len() as u64, sha256, policy);
    match opened {
        Err(refusal) => refuse(&mut report, refusal),
        Ok(container) => fill(&mut report, &container, (trust, policy), &mut work)?,
    }
    Ok(report)
}

/// Nothing is said of it yet, and so nothing good.
fn unjudged(size: u64, sha256: String, policy: &Policy) -> Report {
    let empty = Line {
        state: State::Absent,
        findings: Vec::new(),
    };
    Report {
        indication: Indication::TotalFailed,
        sub_indication: Some(SubIndication::FormatFailure),
        coverage: Coverage::None,
        container: empty.clone(),
        integrity: empty.clone(),
        signature: empty.clone(),
        trust: empty,
        signatures: Vec::new(),
        files: Vec::new(),
        size,
        sha256,
        validation_time: policy.validation_time,
        revocation: policy.revocation,
    }
}

fn refuse(report: &mut Report, refusal: Refusal) {
    report.container = line(Topic::Container, &[Finding::Refused(refusal)]);
}

fn sha256<W: Watch>(bytes: &[u8], work: &mut Work<W>) -> Result<String, W::Stop> {
    let mut context = DigestAlgorithm::Sha256.start();
    for chunk in bytes.chunks(CHUNK) {
        context.update(chunk);
        work.add(chunk.len() as u64)?;
    }
    Ok(hex::encode(context.finish()))
}

fn fill<W: Watch>(
    report: &mut Report,
    container: &Container<'_>,
    (trust, policy): (&Trust, &Policy),
    work: &mut Work<W>,
) -> Result<(), W::Stop> {
    let limit = XmlLimit(policy.limits.xml);
    let mut found = container::judge(container, limit, work)?;
    let bytes_of_signatures = bytes_of_signatures(container);
    let read = work.after(bytes_of_signatures);
    let unverified = signatures(container, limit, &mut found, work)?;
    work.reach(read)?;
    let algorithms: BTreeSet<DigestAlgorithm> = unverified
        .iter()
        .flat_map(|signature| &signature.references)
        .map(|reference| reference.digest)
        .collect();
    let digests = digests::of_files(container, algorithms, work)?;
    let has_data_file = container.data_files().next().is_some();
    let share = bytes_of_signatures * JUDGING / (unverified.len() as u64).max(1);
    let judged: Vec<Judged> = unverified
        .into_iter()
        .map(|signature| {
            let judged = judging::judge(signature, &digests, has_data_file, (trust, policy));
            work.add(share)?;
            Ok(judged)
        })
        .collect::<Result<_, W::Stop>>()?;

    let signed = Signed::by(&judged);
    report.files = container
        .data_files()
        .map(|entry| {
            work.ask()?;
            let digests = digests.get(entry.name.as_str());
            let name = entry.name.clone();
            if digests.is_some_and(|digests| digests.has_wrong_checksum) {
                found.push(Finding::ChecksumWrong { name: name.clone() });
            }
            let sha256 = digests
                .and_then(|digests| digests.get(DigestAlgorithm::Sha256))
                .map(hex::encode);
            if sha256.is_none() {
                found.push(Finding::EntryDamaged { name: name.clone() });
            }
            Ok(signed.file(&name, Some(entry.size), sha256))
        })
        .collect::<Result<_, W::Stop>>()?;
    for name in signed.missing() {
        work.ask()?;
        report.files.push(signed.file(name, None, None));
    }
    conclude(report, &found, judged, work)?;
    work.reach(u64::MAX)
}

/// Of the files that [`signatures`] reads.
fn bytes_of_signatures(container: &Container<'_>) -> u64 {
    container
        .files()
        .filter(|entry| kind(&entry.name).is_some_and(|kind| kind != Kind::LongTerm))
        .map(|entry| entry.size)
        .sum()
}

/// Every signature that the container's file names promise.
fn signatures<W: Watch>(
    container: &Container<'_>,
    limit: XmlLimit,
    found: &mut Vec<Finding>,
    work: &mut Work<W>,
) -> Result<Vec<Unverified>, W::Stop> {
    let mut signatures = Vec::new();
    let meta: Vec<(&Entry<'_>, Kind)> = container
        .files()
        .filter_map(|entry| Some((entry, kind(&entry.name)?)))
        .collect();
    let of = |wanted: Kind| {
        let own = meta.iter().filter(move |(_, kind)| *kind == wanted);
        own.map(|(entry, _)| *entry)
    };
    let too_many = |finding| Ok(vec![Unverified::unreadable("META-INF/", finding)]);
    if meta.len() - of(Kind::LongTerm).count() > MOST_FILES {
        return too_many(Finding::TooManySignatures);
    }
    let is_simple = container::is_simple(found);
    let mut bounds = Bounds::default();
    for entry in of(Kind::Xades) {
        let content = content_of(entry, found, work)?;
        let own = xades::read(&entry.name, &content, limit, &mut bounds, work)?;
        signatures.extend(own);
        if let Some(finding) = bounds.exceeded() {
            return too_many(finding);
        }
    }
    let mut manifests = Vec::new();
    for entry in of(Kind::Manifest) {
        manifests.push((entry.name.as_str(), content_of(entry, found, work)?));
    }
    let mut manifests: Vec<_> = manifests
        .iter()
        .map(|(name, content)| {
            work.ask()?;
            Ok((*name, Manifest::read(content, limit)))
        })
        .collect::<Result<_, W::Stop>>()?;
    let is_too_large = |(_, manifest): &&(&str, Manifest<'_>)| manifest.is_too_large;
    let too_large = manifests.iter().filter(is_too_large);
    let too_large: Vec<String> = too_large.map(|(name, _)| (*name).to_owned()).collect();
    for entry in of(Kind::Cades) {
        let content = content_of(entry, found, work)?;
        let name = entry.name.as_str();
        let own =
            |(_, manifest): &(&str, Manifest<'_>)| manifest.signature.as_deref() == Some(name);
        let manifest = manifests
            .iter()
            .position(own)
            .map(|at| manifests.remove(at).1);
        let signature = match manifest {
            // Over the only file itself, which is not evaluated.
            None if is_simple => Unverified::unreadable(name, Finding::FormatNotSupported),
            None => cades::without_manifest(name, &too_large),
            Some(manifest) => cades::read(name, &content, manifest),
        };
        bounds.count(&signature);
        signatures.push(signature);
        if let Some(finding) = bounds.exceeded() {
            return too_many(finding);
        }
    }
    for (name, manifest) in manifests {
        let target = manifest.signature;
        if target.is_some_and(|target| is_evidence(container, &target)) {
            found.push(Finding::LongTermEvidenceNotEvaluated {
                name: name.to_owned(),
            });
        } else {
            // A manifest without its signature is a signature that was taken away.
            let finding = if manifest.is_too_large {
                cades::too_large_manifest(name.to_owned())
            } else {
                Finding::SignatureIncomplete
            };
            signatures.push(Unverified::unreadable(name, finding));
        }
    }
    for entry in of(Kind::LongTerm) {
        found.push(Finding::LongTermEvidenceNotEvaluated {
            name: entry.name.clone(),
        });
    }
    Ok(signatures)
}

/// The content of one of those files; nothing of one that is not what its entry announces, which readers cut at other
/// places.
fn content_of<W: Watch>(
    entry: &Entry<'_>,
    found: &mut Vec<Finding>,
    work: &mut Work<W>,
) -> Result<Vec<u8>, W::Stop> {
    let (content, outcome) = entry.read(work)?;
    let name = entry.name.clone();
    Ok(match outcome {
        Ok(()) => content,
        Err(Damage::Checksum) => {
            found.push(Finding::ChecksumWrong { name });
            content
        }
        Err(Damage::Content) => {
            found.push(Finding::EntryDamaged { name });
            Vec::new()
        }
    })
}

/// Whether it is evidence of time that is there: what a manifest without a signature may point to.
fn is_evidence(container: &Container<'_>, name: &str) -> bool {
    kind(name) == Some(Kind::LongTerm) && container.file(name).is_some()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Xades,
    Manifest,
    Cades,
    LongTerm,
}

/// By the names that ETSI EN 319 162-1 clause 4.4.3.2 gives.
pub(crate) fn kind(name: &str) -> Option<Kind> {
    let name = name.strip_prefix("META-INF/")?.to_ascii_lowercase();
    let has = |part| name.contains(part);
    let is_token = has("timestamp") && name.ends_with(".tst");
    if is_token || has("asicarchivemanifest") || has("evidencerecord") {
        Some(Kind::LongTerm)
    } else if has("asicmanifest") && name.ends_with(".xml") {
        Some(Kind::Manifest)
    } else if has("signature") && name.ends_with(".p7s") {
        Some(Kind::Cades)
    } else if has("signature") {
        Some(Kind::Xades)
    } else {
        None
    }
}
