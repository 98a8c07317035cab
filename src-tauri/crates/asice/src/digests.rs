//! The digests of every file, each read once.

use std::collections::{BTreeSet, HashMap};

use ring::digest::Digest;

use crate::algorithms::DigestAlgorithm;
use crate::container::{Container, Damage};
use crate::watching::{Watch, Work};

#[derive(Debug)]
pub(crate) struct FileDigests {
    /// None: it cannot be inflated.
    digests: Option<Vec<(DigestAlgorithm, Digest)>>,
    pub(crate) has_wrong_checksum: bool,
}

impl FileDigests {
    pub(crate) fn get(&self, algorithm: DigestAlgorithm) -> Option<&[u8]> {
        self.digests
            .as_ref()?
            .iter()
            .find(|(known, _)| *known == algorithm)
            .map(|(_, digest)| digest.as_ref())
    }
}

/// SHA-256 of every file of the container, and what the signatures use besides.
pub(crate) fn of_files<'c, W: Watch>(
    container: &'c Container<'_>,
    mut algorithms: BTreeSet<DigestAlgorithm>,
    work: &mut Work<W>,
) -> Result<HashMap<&'c str, FileDigests>, W::Stop> {
    algorithms.insert(DigestAlgorithm::Sha256);
    container
        .files()
        .map(|entry| {
            let mut contexts: Vec<_> = algorithms
                .iter()
                .map(|&algorithm| (algorithm, algorithm.start()))
                .collect();
            let outcome = entry.pour(work, |piece| {
                for (_, context) in &mut contexts {
                    context.update(piece);
                }
            })?;
            let finished = contexts
                .into_iter()
                .map(|(algorithm, context)| (algorithm, context.finish()))
                .collect();
            let digests = FileDigests {
                digests: (outcome != Err(Damage::Content)).then_some(finished),
                has_wrong_checksum: outcome == Err(Damage::Checksum),
            };
            Ok((entry.name.as_str(), digests))
        })
        .collect()
}
