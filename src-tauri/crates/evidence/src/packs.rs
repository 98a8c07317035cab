//! The evidence pack: one ZIP that goes to an auditor, checks itself, and is checked with ordinary tools
//! (product.md §5.1, 3).
//!
//! A pack holds the originals byte for byte, a readable page, the journal extract and the verifications of each
//! dossier; a manifest and a list of hashes, both signed; and a seal over the archive itself.

mod contents;
mod explanation;
mod making;
mod manifest;
mod naming;
pub(crate) mod page;
mod sealing;
mod signing;
mod verdict;
mod verifying;
mod words;
mod writing;

pub use contents::{
    Choice, Content, Deadline, DeadlineSubject, Decision, EnvironmentKind, JournalLine, Language,
    Missing, MissingReason, Outcome, PackDossier, PackFrame, Piece, PieceKind, Verification,
};
pub use making::{Lacking, PackError, PackProgress, PackSummary, PageError};
pub use signing::{PUBLIC_KEY, PackSigner, SIGNATURE, SignerError, fingerprint, grouped, pem};
pub use verdict::{
    ContainerState, DossierVerdict, FileState, FileVerdict, PackAbout, PackState, PackVerdict,
    SignatureState, Trouble,
};
pub use verifying::{PackLimits, Stopped, verify_pack};
pub use words::{has_act, level_word, status_word};
pub use writing::write_pack;
