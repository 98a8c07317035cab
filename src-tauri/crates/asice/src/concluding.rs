//! From judged signatures to what is said of every file and of the whole container.

use std::collections::HashMap;

use crate::findings::Finding;
use crate::judging::Judged;
use crate::report::{
    Coverage, FileReport, FileState, ReferenceReport, ReferenceState, Report, SignatureReport,
};
use crate::verdict::{Headline, Indication, Line, State, Topic, line};
use crate::watching::{Watch, Work};

/// Which signature says what of which file: looked up by the file's name.
#[derive(Debug)]
pub(crate) struct Signed<'j> {
    judged: &'j [Judged],
    /// With the position of the signature, in that order.
    by_name: HashMap<&'j str, Vec<(usize, &'j ReferenceReport)>>,
}

impl<'j> Signed<'j> {
    pub(crate) fn by(judged: &'j [Judged]) -> Self {
        let mut by_name: HashMap<&str, Vec<_>> = HashMap::new();
        for (position, judged) in judged.iter().enumerate() {
            for reference in &judged.report.references {
                let own = by_name.entry(&reference.name).or_default();
                own.push((position, reference));
            }
        }
        Self { judged, by_name }
    }

    /// Names of files that are signed and not there, sorted.
    pub(crate) fn missing(&self) -> Vec<&'j str> {
        let is_missing =
            |(_, reference): &(usize, &ReferenceReport)| reference.state == ReferenceState::Missing;
        let named = self.by_name.iter();
        let mut missing: Vec<&str> = named
            .filter(|(_, own)| own.iter().any(is_missing))
            .map(|(name, _)| *name)
            .collect();
        missing.sort_unstable();
        missing
    }

    /// Without a size it is not there, without a digest it cannot be inflated.
    pub(crate) fn file(&self, name: &str, size: Option<u64>, sha256: Option<String>) -> FileReport {
        let mut state = FileState::NotSigned;
        let mut signed_by = Vec::new();
        let mut media_type = None;
        let own = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        for own in own.chunk_by(|one, next| one.0 == next.0) {
            let position = own[0].0;
            let is_intact = |(_, reference): &(usize, &ReferenceReport)| {
                reference.state == ReferenceState::Intact
            };
            if !own.iter().all(is_intact) {
                state = FileState::Altered;
            } else if self.judged[position].report.is_authentic {
                signed_by.push(position);
                let told =
                    |(_, reference): &(usize, &ReferenceReport)| reference.media_type.clone();
                media_type = media_type.or_else(|| own.iter().find_map(told));
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
            name: name.to_owned(),
            state,
            size,
            sha256,
            media_type,
            signed_by,
        }
    }
}

/// Fills in what is said of the container as a whole. `report.files` are there.
pub(crate) fn conclude<W: Watch>(
    report: &mut Report,
    found: &[Finding],
    judged: Vec<Judged>,
    work: &mut Work<W>,
) -> Result<(), W::Stop> {
    let worst = Headline::worst(judged.iter().map(|judged| judged.headline));
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

    let mut all = |topic, pick: fn(&SignatureReport) -> &Line| {
        work.ask()?;
        let own = report.signatures.iter().flat_map(|one| &pick(one).findings);
        Ok::<_, W::Stop>(line(topic, own.chain(&findings)))
    };
    let container = all(Topic::Container, |one| &one.integrity)?;
    let mut integrity = all(Topic::Integrity, |one| &one.integrity)?;
    let mut signature = all(Topic::Signature, |one| &one.signature)?;
    let mut trust = all(Topic::Trust, |one| &one.trust)?;
    if report.signatures.is_empty() {
        for line in [&mut integrity, &mut signature, &mut trust] {
            line.state = State::Absent;
        }
    }
    report.container = container;
    report.integrity = integrity;
    report.signature = signature;
    report.trust = trust;
    Ok(())
}
