use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a verification is made under. Printed in every report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// "Now": the moment judged at where no time-stamp proves an earlier one.
    pub validation_time: DateTime<Utc>,
    pub revocation: Revocation,
    pub limits: Limits,
}

impl Policy {
    /// Revocation data required, default limits.
    #[must_use]
    pub fn at(validation_time: DateTime<Utc>) -> Self {
        Self {
            validation_time,
            revocation: Revocation::default(),
            limits: Limits::default(),
        }
    }
}

/// What is asked about the revocation of every certificate below a trusted one. Nothing is ever fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Revocation {
    /// The container must prove that none was revoked; otherwise INDETERMINATE.
    #[default]
    Required,
    /// What the container holds is judged; what it does not hold is only mentioned.
    Embedded,
    /// Not looked at.
    None,
}

/// All in bytes, but for the numbers of entries and the ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub container: u64,
    pub entries: u64,
    /// One file, inflated.
    pub entry: u64,
    /// All files, inflated.
    pub total: u64,
    /// Inflated size by compressed size, for files of more than 1 MiB.
    pub ratio: u64,
    /// One XML file of META-INF.
    pub xml: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            container: 64 << 20,
            entries: 1_000,
            entry: 64 << 20,
            total: 200 << 20,
            ratio: 100,
            xml: 16 << 20,
        }
    }
}
