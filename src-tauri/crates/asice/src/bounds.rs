//! What one container may ask for as a whole: the bounds of one file and of one signature multiply with each other.

use crate::findings::Finding;
use crate::signature::Unverified;

const MOST_SIGNATURES: usize = 256;
/// Of all signatures, also those that cannot be used.
const MOST_REFERENCES: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Bounds {
    signatures: usize,
    references: usize,
}

impl Bounds {
    pub(crate) fn count(&mut self, signature: &Unverified) {
        self.signatures += 1;
        // A reference that cannot be used is a finding instead.
        self.references += signature.references.len() + signature.findings.len();
    }

    /// What there is too much of.
    pub(crate) fn exceeded(&self) -> Option<Finding> {
        if self.signatures > MOST_SIGNATURES {
            Some(Finding::TooManySignatures)
        } else if self.references > MOST_REFERENCES {
            Some(Finding::TooManyReferences)
        } else {
            None
        }
    }
}
