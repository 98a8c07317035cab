//! Verifies ASiC-E containers (ETSI EN 319 162-1) with XAdES or CAdES signatures, in the words of
//! ETSI EN 319 102-1. No file, no network, no clock: everything comes in through the arguments.

mod algorithms;
mod asn1;
mod bounds;
mod cades;
mod certificate;
mod chain;
mod cms;
mod concluding;
mod container;
mod digests;
mod distribution;
mod extracting;
mod findings;
mod judging;
mod keys;
mod naming;
mod policy;
mod recognising;
mod report;
mod revocation;
mod signature;
mod signed;
mod time_stamp;
mod trust;
mod verdict;
mod verifying;
mod watching;
mod xades;
mod xml;

pub use algorithms::{DigestAlgorithm, SignatureAlgorithm, SignatureScheme};
pub use certificate::{CertificateReport, KeyUse};
pub use container::Refusal;
pub use extracting::{EntryError, entry};
pub use findings::{ChainFault, Finding};
pub use keys::KeyKind;
pub use policy::{Limits, Policy, Revocation};
pub use recognising::{BEGINNING, begins_as_container, is_container};
pub use report::{
    Coverage, FileReport, FileState, ReferenceReport, ReferenceState, Report, SignatureReport,
};
pub use signature::{Format, Level};
pub use time_stamp::TimeStampReport;
pub use trust::{Trust, TrustError, certificates};
pub use verdict::{Indication, Line, State, SubIndication, severity};
pub use verifying::{too_large, verify, verify_watched};
pub use watching::Stopped;
