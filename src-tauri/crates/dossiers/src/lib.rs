//! The register of dossiers: life cycle, deadlines, search and an encrypted file that loses nothing.
//!
//! [`Register`] says what a register can do; [`EmbeddedRegister`] keeps one in an encrypted file of this
//! computer. Both are synchronous; callers run them on a blocking pool.

mod act;
mod creation_journal;
pub mod deadlines;
mod dossier;
mod durable;
mod embedded;
mod error;
mod folding;
mod import;
mod keeping;
mod key;
pub mod life_cycle;
pub mod passphrase;
mod progress;
mod query;
mod radar;
pub mod register;
mod stamp;
mod store;
mod typed;
mod words;

pub use act::{
    Act, ActEntry, ActPage, ActQuery, Breach, Chain, ChainHead, ChainVerdict, JournalExport,
};
pub use deadlines::{
    Deadline, DeadlinePolicy, DeadlineSubject, PolicyTable, WARNING_DAYS, deadlines,
};
pub use dossier::{
    Confirmed, Dossier, DossierId, ExpectedDatum, ExpectedOutcome, ExpectedState, NewDossier,
    OpenDossier, Recorded, ReportFacts, ReportKind, ReportReach, Snapshot, StoredReport,
};
pub use embedded::{EmbeddedRegister, Opening};
pub use error::{OpenError, RegisterError, Result};
pub use import::{ImportBatch, ImportDone, Imported, Judgement};
pub use keeping::{EvidenceState, Lane, Origin};
pub use key::{KeyError, RegisterKey};
pub use life_cycle::CreationState;
pub use progress::Progress;
pub use query::{Cell, Column, Filter, Page, Query, Selection, SortKey, Span};
pub use radar::{Home, Kept, Radar, RadarLane, Warning};
pub use register::{Backup, Changed, Register, SavedView};
pub use stamp::Stamp;
