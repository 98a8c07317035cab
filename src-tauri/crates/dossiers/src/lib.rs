//! The register of dossiers: life cycle, deadlines, search and an encrypted file that loses nothing.
//!
//! [`Register`] is synchronous; callers run it on a blocking pool.

mod creation_journal;
pub mod deadlines;
mod dossier;
mod durable;
mod error;
mod folding;
mod key;
pub mod life_cycle;
pub mod passphrase;
mod query;
mod register;
mod store;

pub use deadlines::{Deadline, DeadlinePolicy, DeadlineSubject, deadlines};
pub use dossier::{
    Confirmed, Dossier, DossierId, ExpectedDatum, ExpectedOutcome, ExpectedState, NewDossier,
    Recorded, ReportFacts, ReportKind, StoredReport,
};
pub use error::{OpenError, RegisterError, Result};
pub use key::{KeyError, RegisterKey};
pub use life_cycle::CreationState;
pub use query::{Page, Query, Sort};
pub use register::{Act, ActEntry, Opening, Register, Snapshot};
