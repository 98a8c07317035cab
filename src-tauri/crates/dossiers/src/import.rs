//! Dossiers made elsewhere.

use std::fmt;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use uuid::Uuid;

use crate::dossier::DossierId;

/// A dossier made elsewhere, as far as it is known.
#[derive(Clone, Default)]
pub struct Imported {
    /// ID360's number.
    pub enrollment_id: i64,
    /// The end user's credential.
    pub api_key: Option<SecretString>,
    /// The agent's own reference.
    pub reference: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Given names.
    pub first_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Phone number, in any writing.
    pub phone_number: Option<String>,
    /// ID360's status word.
    pub status: Option<String>,
    /// ID360's creation time.
    pub creation_time: Option<DateTime<Utc>>,
    /// When the dossier ended, said by ID360.
    pub finished_time: Option<DateTime<Utc>>,
}

impl fmt::Debug for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Imported")
            .field("enrollment_id", &self.enrollment_id)
            .finish_non_exhaustive()
    }
}

/// What the dossiers of one import have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportBatch {
    /// Id of the environment in the settings.
    pub environment_id: String,
    /// Id of the process in the settings; empty when it is not known.
    pub process_id: String,
    /// ID360's UUID of the process; nil when it is not known.
    pub process_uuid: Uuid,
    /// Name of the process today.
    pub process_name: String,
    /// The process produces an idClaim.
    pub idclaim_expected: bool,
    /// Username of the account that imports.
    pub operator: String,
}

/// What an import would do with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Adds it.
    New,
    /// Nothing: that dossier is in the register.
    Known(DossierId),
    /// Gives that dossier what it lacks: its `api_key`, or, to an unknown outcome that was sent as the line's
    /// reference, its number and the line's `api_key` where it has one.
    Completed(DossierId),
    /// Nothing: a line before it, at this place among those given, has the same number.
    Repeated(usize),
    /// That dossier has another `api_key`; an import with such a line is refused whole.
    OtherApiKey(DossierId),
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportDone {
    /// Dossiers that are new in the register.
    pub added: u64,
    /// Dossiers that have what they lacked.
    pub completed: u64,
}
