//! Whether a certificate was revoked, by what the container holds.

mod crl;
mod ocsp;

use chrono::{DateTime, Utc};

use crate::certificate::Certificate;
use crate::chain::Chain;
use crate::findings::Finding;
use crate::policy::Revocation;
use crl::Crl;
use ocsp::Answer;

const MOST: usize = 64;

/// Every answer and list found, read once.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    answers: Vec<Answer>,
    lists: Vec<Crl>,
}

/// What one answer or list says of one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Statement {
    status: Status,
    as_of: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Good,
    Revoked(DateTime<Utc>),
    Unknown,
}

/// The moments a judgement is made for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moments {
    /// When the signature provably existed, or now.
    pub(crate) best: DateTime<Utc>,
    pub(crate) now: DateTime<Utc>,
    /// `best` comes from a time-stamp.
    pub(crate) is_proven: bool,
}

impl Evidence {
    /// What cannot be read is no evidence.
    pub(crate) fn read(answers: &[Vec<u8>], lists: &[Vec<u8>]) -> Self {
        Self {
            answers: answers
                .iter()
                .take(MOST)
                .filter_map(|der| Answer::read(der))
                .collect(),
            lists: lists
                .iter()
                .take(MOST)
                .filter_map(|der| Crl::read(der))
                .collect(),
        }
    }

    /// Judges every certificate of the chain below the trusted one.
    pub(crate) fn judge(
        &self,
        chain: &Chain,
        pool: &[Certificate],
        trusted: &[Certificate],
        moments: Moments,
        policy: Revocation,
    ) -> Vec<Finding> {
        if policy == Revocation::None {
            return vec![Finding::RevocationNotChecked];
        }
        if !chain.is_anchored {
            return Vec::new();
        }
        let pairs = chain.certificates.windows(2);
        pairs
            .enumerate()
            .filter_map(|(index, pair)| {
                let [certificate, issuer] = pair else {
                    return None;
                };
                let statements = self.statements(certificate, issuer, pool, trusted);
                let is_authority = index > 0;
                conclude(&statements, certificate, is_authority, moments, policy)
            })
            .collect()
    }

    fn statements(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        pool: &[Certificate],
        trusted: &[Certificate],
    ) -> Vec<Statement> {
        let answers = self
            .answers
            .iter()
            .filter_map(|answer| answer.about(certificate, issuer, pool, trusted));
        let lists = self
            .lists
            .iter()
            .filter_map(|list| list.about(certificate, issuer));
        answers.chain(lists).collect()
    }
}

/// The worst that can be believed; what says "revoked" never goes stale, nor is it too new for a clock that is late.
fn conclude(
    statements: &[Statement],
    certificate: &Certificate,
    is_authority: bool,
    moments: Moments,
    policy: Revocation,
) -> Option<Finding> {
    let subject = certificate.report().subject;
    let revoked = statements
        .iter()
        .filter_map(|statement| match statement.status {
            Status::Revoked(at) => Some(at),
            Status::Good | Status::Unknown => None,
        });
    if let Some(at) = revoked.min() {
        // Where nothing proves an earlier time, "revoked after now" only says that this clock is late.
        let may_be_older = moments.best < moments.now || moments.is_proven;
        return Some(if at <= moments.best || !may_be_older {
            Finding::Revoked {
                subject,
                at,
                is_authority,
            }
        } else {
            Finding::RevokedLater { subject, at }
        });
    }
    let known = || {
        statements
            .iter()
            .filter(|statement| statement.as_of <= moments.now)
    };
    let is_fresh = |statement: &Statement| {
        let covers = statement.until.is_some_and(|until| moments.best <= until);
        (statement.as_of >= moments.best || covers) && statement.as_of <= certificate.not_after
    };
    let mut good = known().filter(|statement| statement.status == Status::Good);
    if let Some(fresh) = good.clone().find(|statement| is_fresh(statement)) {
        let early = moments.is_proven && fresh.as_of < moments.best;
        return early.then_some(Finding::RevocationBeforeTimeStamp);
    }
    if let Some(stale) = good.next() {
        return Some(Finding::RevocationStale {
            subject,
            as_of: stale.as_of,
        });
    }
    if known().next().is_some() {
        return Some(Finding::RevocationUnknown { subject });
    }
    Some(match policy {
        Revocation::Required => Finding::RevocationMissing { subject },
        Revocation::Embedded | Revocation::None => Finding::RevocationNotEmbedded { subject },
    })
}
