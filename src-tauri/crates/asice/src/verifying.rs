//! A container from its bytes to its report.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::algorithms::DigestAlgorithm;
use crate::cades::{self, Manifest};
use crate::container::{self, CHUNK, Container, Entry};
use crate::digests;
use crate::findings::Finding;
use crate::judging::{self, Judged};
use crate::policy::Policy;
use crate::report::{Coverage, FileReport, FileState, ReferenceState, Report};
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
    let empty = Line {
        state: State::Absent,
        findings: Vec::new(),
    };
    let mut report = Report {
        indication: Indication::TotalFailed,
        sub_indication: Some(SubIndication::FormatFailure),
        coverage: Coverage::None,
        container: empty.clone(),
        integrity: empty.clone(),
        signature: empty.clone(),
        trust: empty,
        signatures: Vec::new(),
        files: Vec::new(),
        size: bytes.len() as u64,
        sha256,
        validation_time: policy.validation_time,
        revocation: policy.revocation,
    };
    match opened {
        Err(refusal) => report.container = line(Topic::Container, &[Finding::Refused(refusal)]),
        Ok(container) => fill(&mut report, &container, (trust, policy), &mut work)?,
    }
    Ok(report)
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
            Ok(file(name, Some(entry.size), sha256, &judged))
        })
        .collect::<Result<_, W::Stop>>()?;
    for name in missing(&judged) {
        work.ask()?;
        report.files.push(file(name, None, None, &judged));
    }
    conclude(report, &found, judged);
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
    if meta.len() - of(Kind::LongTerm).count() > MOST_FILES {
        return Ok(vec![Unverified::unreadable(
            "META-INF/",
            Finding::TooManySignatures,
        )]);
    }
    for entry in of(Kind::Xades) {
        let (content, _) = entry.read(work)?;
        signatures.extend(xades::read(&entry.name, &content, limit, work)?);
    }
    let mut manifests = Vec::new();
    for entry in of(Kind::Manifest) {
        manifests.push((entry.name.as_str(), entry.read(work)?.0));
    }
    let mut manifests: Vec<_> = manifests
        .iter()
        .map(|(name, content)| {
            work.ask()?;
            Ok((*name, Manifest::read(content, limit)))
        })
        .collect::<Result<_, W::Stop>>()?;
    for entry in of(Kind::Cades) {
        let (content, _) = entry.read(work)?;
        let name = entry.name.as_str();
        let own =
            |(_, manifest): &(&str, Manifest<'_>)| manifest.signature.as_deref() == Some(name);
        let manifest = manifests
            .iter()
            .position(own)
            .map(|at| manifests.remove(at).1);
        signatures.push(cades::read(name, &content, manifest));
    }
    for (name, _) in manifests {
        // A manifest without its signature is a signature that was taken away.
        signatures.push(Unverified::unreadable(name, Finding::SignatureIncomplete));
    }
    for entry in of(Kind::LongTerm) {
        found.push(Finding::LongTermEvidenceNotEvaluated {
            name: entry.name.clone(),
        });
    }
    Ok(signatures)
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

fn missing(judged: &[Judged]) -> BTreeSet<String> {
    judged
        .iter()
        .flat_map(|judged| &judged.report.references)
        .filter(|reference| reference.state == ReferenceState::Missing)
        .map(|reference| reference.name.clone())
        .collect()
}

fn file(name: String, size: Option<u64>, sha256: Option<String>, judged: &[Judged]) -> FileReport {
    let mut state = FileState::NotSigned;
    let mut signed_by = Vec::new();
    let mut media_type = None;
    for (index, judged) in judged.iter().enumerate() {
        let references = judged.report.references.iter();
        let own: Vec<_> = references
            .filter(|reference| reference.name == name)
            .collect();
        let intact = |state| own.iter().all(|reference| reference.state == state);
        if own.is_empty() {
            continue;
        }
        if !intact(ReferenceState::Intact) {
            state = FileState::Altered;
        } else if judged.is_authentic {
            signed_by.push(index);
            media_type = media_type.or_else(|| own.iter().find_map(|own| own.media_type.clone()));
            if state == FileState::NotSigned {
                state = FileState::Signed;
            }
        }
    }
    if size.is_none() {
        state = FileState::Missing;
    } else if sha256.is_none() {
        state = FileState::Damaged;
    }
    FileReport {
        name,
        state,
        size,
        sha256,
        media_type,
        signed_by,
    }
}

fn conclude(report: &mut Report, found: &[Finding], judged: Vec<Judged>) {
    report.signatures = judged.into_iter().map(|judged| judged.report).collect();
    let there = || report.files.iter().filter(|file| file.size.is_some());
    let signed = there().filter(|file| !file.signed_by.is_empty()).count();
    report.coverage = match (signed, there().count()) {
        (0, _) => Coverage::None,
        (signed, all) if signed == all => Coverage::Full,
        _ => Coverage::Partial,
    };
    let mut findings = found.to_vec();
    let bare = there().filter(|file| file.state == FileState::NotSigned);
    findings.extend(bare.map(|file| Finding::FileNotSigned {
        name: file.name.clone(),
    }));
    if report.signatures.is_empty() {
        findings.push(Finding::NotSigned);
    }

    let worst = report
        .signatures
        .iter()
        .max_by_key(|signature| signature.indication);
    (report.indication, report.sub_indication) = match worst {
        Some(worst) => (worst.indication, worst.sub_indication),
        None => (Indication::Indeterminate, None),
    };
    // Nothing green over a file that nobody signed, or whose signer did not pass.
    let passed = |&index: &usize| {
        let signature = report.signatures.get(index);
        signature.is_some_and(|signature| signature.indication == Indication::TotalPassed)
    };
    let covered = report.coverage == Coverage::Full
        && report
            .files
            .iter()
            .all(|file| file.signed_by.iter().any(passed));
    if report.indication == Indication::TotalPassed && !covered {
        report.indication = Indication::Indeterminate;
    }

    let all = |topic, pick: fn(&crate::SignatureReport) -> &Line| {
        let own = report.signatures.iter().flat_map(|one| &pick(one).findings);
        line(topic, own.chain(&findings))
    };
    let container = all(Topic::Container, |one| &one.integrity);
    let mut integrity = all(Topic::Integrity, |one| &one.integrity);
    let mut signature = all(Topic::Signature, |one| &one.signature);
    let mut trust = all(Topic::Trust, |one| &one.trust);
    if report.signatures.is_empty() {
        for line in [&mut integrity, &mut signature, &mut trust] {
            line.state = State::Absent;
        }
    }
    report.container = container;
    report.integrity = integrity;
    report.signature = signature;
    report.trust = trust;
}
