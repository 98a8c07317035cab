//! Containers and all that is needed to make them.

pub mod der;
pub mod keys;
pub mod pki;
pub mod xades;
pub mod zip;

use asice::{Finding, Policy, Report, Revocation, Trust, verify};
use chrono::{DateTime, Utc};
use keys::Key;
use pki::{Holder, Request};
use xades::{Data, Plan};

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Lets a test pass that lacks a tool, and says so; fails it where ./test relies on that tool.
pub fn skipped_without(tool: &str) {
    let relied_on = std::env::var("DESK_TOOLS_REQUIRED").unwrap_or_default();
    let relies = relied_on.split(' ').any(|one| one == tool);
    assert!(
        !relies,
        "{tool} does not work here, and ./test relies on it"
    );
    eprintln!("SKIPPED: {tool} does not work here");
}

/// An authority, what it issued, and an authority for time-stamps.
pub struct World {
    pub root: Holder,
    pub signer: Holder,
    pub responder: Holder,
    pub stamp_root: Holder,
    pub stamper: Holder,
}

impl World {
    pub fn new() -> Self {
        let root = Request::authority("Test root", Key::P256(1), 1).self_signed();
        let stamp_root = Request::authority("Stamp root", Key::P256(3), 1).self_signed();
        Self {
            signer: Request::leaf("Claim signer", Key::P256(2), 100).issued_by(&root),
            responder: Request {
                key_usage: Some(vec![pki::DIGITAL_SIGNATURE]),
                extended: Some((false, vec![pki::OCSP_SIGNING])),
                ..Request::leaf("Responder", Key::P256(4), 101)
            }
            .issued_by(&root),
            stamper: Request::time_stamper("Stamper", Key::P256(5), 50).issued_by(&stamp_root),
            root,
            stamp_root,
        }
    }

    /// The root for signers; the stamper itself, so that nothing has to be known of its revocation.
    pub fn trust(&self) -> Trust {
        let mut trust = Trust::default();
        trust.add_signers(&self.root.certificate).unwrap();
        trust
            .add_time_stamp_authorities(&self.stamper.certificate)
            .unwrap();
        trust
    }

    pub fn plan(&self) -> Plan {
        Plan::new(&self.signer, vec![Data::new("claim.json", CLAIM)])
    }

    /// Judged without revocation, at [`now`].
    pub fn judge(&self, container: &[u8]) -> Report {
        verify(container, &self.trust(), &policy(Revocation::None))
    }

    pub fn judge_strictly(&self, container: &[u8]) -> Report {
        verify(container, &self.trust(), &policy(Revocation::Required))
    }
}

pub const CLAIM: &[u8] = b"{\"type\":\"identity-claim\",\"name\":\"VALMONTEL\"}";

pub fn now() -> DateTime<Utc> {
    at("2026-11-23T12:00:00Z")
}

pub fn policy(revocation: Revocation) -> Policy {
    Policy {
        revocation,
        ..Policy::at(now())
    }
}

/// Every finding of the four lines.
pub fn findings(report: &Report) -> Vec<Finding> {
    [
        &report.container,
        &report.integrity,
        &report.signature,
        &report.trust,
    ]
    .into_iter()
    .flat_map(|line| line.findings.clone())
    .collect()
}
