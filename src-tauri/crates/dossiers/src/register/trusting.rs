//! Whom the desk's people trust to sign and to time-stamp.

use crate::error::Result;
use crate::stamp::Stamp;
use crate::trusted::{RevocationRule, TrustedCertificate, TrustedFor};

/// The trust store: inside the register, so that nobody without its key adds to it. Every change is an act.
pub trait Trusting {
    /// Every trusted certificate, oldest first.
    fn trusted(&self) -> Result<Vec<TrustedCertificate>>;

    /// Trusts the certificates of a file, all or none; tells how many are new.
    fn trust(
        &self,
        role: TrustedFor,
        certificates: &[Vec<u8>],
        source: &str,
        stamp: &Stamp,
    ) -> Result<usize>;

    /// Ends the trust in one; false when there was none.
    fn end_trust(&self, role: TrustedFor, sha256: [u8; 32], stamp: &Stamp) -> Result<bool>;

    /// What is asked about revocation.
    fn revocation_rule(&self) -> Result<RevocationRule>;

    /// Asks something else.
    fn set_revocation_rule(&self, rule: RevocationRule, stamp: &Stamp) -> Result<()>;
}
