//! The register of dossiers: life cycle, deadlines, search and an encrypted file that loses nothing.
//!
//! [`Register`] says what a register can do; [`EmbeddedRegister`] keeps one in an encrypted file of this
//! computer. Both are synchronous; callers run them on a blocking pool.

mod act;
mod by_process;
mod capture;
mod creation_journal;
pub mod deadlines;
mod decision;
mod dossier;
mod durable;
mod embedded;
mod error;
mod folding;
mod import;
mod keeping;
mod key;
pub mod life_cycle;
pub mod masking;
pub mod passphrase;
mod pieces;
mod progress;
mod query;
mod radar;
pub mod register;
mod row_batch;
mod stamp;
mod store;
mod trusted;
mod typed;
mod verification;
mod words;

pub use act::{
    Act, ActEntry, ActPage, ActQuery, Breach, Chain, ChainHead, ChainVerdict, JournalExport,
};
pub use by_process::ByProcess;
pub use capture::{
    Capture, CaptureCounts, CaptureEnd, CaptureFilter, CapturePage, CapturePolicies, CapturePolicy,
    CaptureRule, CaptureState, CaptureTask,
};
pub use deadlines::{
    Deadline, DeadlinePolicy, DeadlineSubject, LAST_WARNING_DAYS, PolicyTable, WARNING_DAYS,
    deadlines,
};
pub use decision::{Choice, Decision};
pub use dossier::{
    Confirmed, Dossier, DossierId, ExpectedDatum, ExpectedOutcome, ExpectedState, NewDossier,
    OpenDossier, Recorded, ReportFacts, ReportKind, ReportReach, Snapshot, StoredReport,
};
pub use embedded::{EmbeddedRegister, Opening};
pub use error::{OpenError, RegisterError, Result};
pub use import::{ImportBatch, ImportDone, Imported, Judgement};
pub use keeping::{EvidenceState, Lane, Origin};
pub use key::{KeyError, RegisterKey, VaultKey};
pub use life_cycle::CreationState;
pub use pieces::{
    DocumentRef, Integrity, Md5Agreement, MissingPiece, NewPiece, Piece, PieceId, PieceKind,
    Shelved,
};
pub use progress::Progress;
pub use query::{Cell, Column, Filter, Page, Query, Selection, SortKey, Span};
pub use radar::{Home, Kept, LOST_DAYS, Radar, RadarLane, Warning};
pub use register::{Backup, Changed, Draft, Register, SavedView};
pub use row_batch::RowBatch;
pub use stamp::Stamp;
pub use trusted::{RevocationRule, TrustedCertificate, TrustedFor};
pub use verification::{VerificationEnd, VerificationMark, VerificationRun};
