//! A signature as it was read, before anything of it is believed. The same for XAdES and CAdES.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::algorithms::{DigestAlgorithm, SignatureAlgorithm};
use crate::certificate::Certificate;
use crate::findings::Finding;
use crate::keys::EcdsaForm;
use crate::naming::Named;
use crate::time_stamp::Stamped;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Xades,
    Cades,
    /// Neither, or unreadable.
    Unknown,
}

/// The baseline level by what is there, whether it verifies or not (ETSI EN 319 132-1, EN 319 122-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    B,
    T,
    Lt,
    Lta,
}

/// What one signature says of one file.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    pub(crate) name: String,
    pub(crate) digest: DigestAlgorithm,
    pub(crate) expected: Vec<u8>,
    pub(crate) media_type: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Unverified {
    /// The entry it was read from.
    pub(crate) file: String,
    pub(crate) id: Option<String>,
    pub(crate) format: Format,
    pub(crate) level: Level,
    /// Against its form, and against what it signs of itself.
    pub(crate) findings: Vec<Finding>,
    pub(crate) references: Vec<Reference>,
    pub(crate) named: Option<Named>,
    pub(crate) certificates: Vec<Certificate>,
    /// What the value was made over.
    pub(crate) message: Vec<u8>,
    pub(crate) algorithm: Option<SignatureAlgorithm>,
    pub(crate) form: EcdsaForm,
    pub(crate) value: Vec<u8>,
    pub(crate) claimed_time: Option<DateTime<Utc>>,
    pub(crate) time_stamps: Vec<Stamped>,
    pub(crate) ocsp_answers: Vec<Vec<u8>>,
    pub(crate) revocation_lists: Vec<Vec<u8>>,
    pub(crate) roles: Vec<String>,
    pub(crate) place: Vec<String>,
}

impl Unverified {
    pub(crate) fn new(file: &str, format: Format, form: EcdsaForm) -> Self {
        Self {
            file: file.to_owned(),
            id: None,
            format,
            level: Level::B,
            findings: Vec::new(),
            references: Vec::new(),
            named: None,
            certificates: Vec::new(),
            message: Vec::new(),
            algorithm: None,
            form,
            value: Vec::new(),
            claimed_time: None,
            time_stamps: Vec::new(),
            ocsp_answers: Vec::new(),
            revocation_lists: Vec::new(),
            roles: Vec::new(),
            place: Vec::new(),
        }
    }

    /// Of a file that holds none that can be read.
    pub(crate) fn unreadable(file: &str, finding: Finding) -> Self {
        let mut unreadable = Self::new(file, Format::Unknown, EcdsaForm::Raw);
        unreadable.findings.push(finding);
        unreadable
    }

    /// Notes the algorithm that is needed and cannot be had.
    pub(crate) fn not_supported(&mut self, algorithm: &str) {
        self.findings.push(Finding::AlgorithmNotSupported {
            algorithm: algorithm.to_owned(),
        });
    }
}
