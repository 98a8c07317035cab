//! The replay guard (quality T-13): whatever a test did, its requests are held against table 1.2 at the end.

use std::collections::HashMap;
use std::time::Duration;

use id360_api::Endpoint;

/// What the script answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Status(u16),
    /// A success that broke off, or was not what it should be.
    Broken,
    /// No answer.
    Nothing,
    /// The connection failed before a byte left.
    NotSent,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub at: Duration,
    pub endpoint: Endpoint,
    pub method: String,
    pub target: String,
    pub authorization: Option<String>,
    pub api_key: Option<String>,
    pub body: Vec<u8>,
    pub answered: Answered,
}

impl Entry {
    /// Calls of a test differ in their ids, so this names a call.
    fn call(&self) -> String {
        format!(
            "{} {}",
            self.method,
            self.target.replace("/?", "?").trim_end_matches('/')
        )
    }
}

pub fn check(log: &[Entry]) {
    let hour = Duration::from_secs(3600);
    let logins: Vec<_> = log
        .iter()
        .filter(|entry| entry.endpoint == Endpoint::Login && entry.answered != Answered::NotSent)
        .collect();
    for login in &logins {
        let near = logins
            .iter()
            .filter(|other| other.at >= login.at && other.at < login.at + hour);
        assert!(near.count() <= 6, "more than six logins within an hour");
    }
    let mut calls: HashMap<String, Vec<&Entry>> = HashMap::new();
    for entry in log {
        assert!(
            entry.endpoint == Endpoint::Report || !entry.target.contains("draft"),
            "a draft where none exists"
        );
        calls.entry(entry.call()).or_default().push(entry);
    }
    for (call, entries) in calls {
        check_call(&call, &entries);
    }
}

fn check_call(call: &str, entries: &[&Entry]) {
    use Answered::{Broken, NotSent, Nothing, Status};
    let repeats_after: Vec<Answered> = entries[..entries.len() - 1]
        .iter()
        .map(|entry| entry.answered)
        .collect();
    match entries[0].endpoint {
        Endpoint::Login | Endpoint::Whoami => {}
        Endpoint::Discontinue | Endpoint::EnrollmentStatus => {
            assert!(
                repeats_after.is_empty(),
                "{call} was sent again after {repeats_after:?}"
            );
        }
        Endpoint::CreateEnrollment | Endpoint::PushExpected => {
            assert!(
                repeats_after.is_empty() || repeats_after == [Status(401)],
                "{call} was sent again after {repeats_after:?}"
            );
        }
        _ => {
            let allowed = |answered: &Answered| {
                matches!(
                    answered,
                    Status(401 | 408 | 429 | 500 | 502 | 503 | 504 | 301 | 308)
                        | Broken
                        | Nothing
                        | NotSent
                )
            };
            assert!(
                repeats_after.iter().all(allowed),
                "{call} was asked again after {repeats_after:?}"
            );
            let renewals = repeats_after
                .iter()
                .filter(|answered| **answered == Status(401))
                .count();
            assert!(
                renewals <= 1,
                "{call} was repeated after more than one refusal"
            );
            let faults = repeats_after
                .iter()
                .filter(|answered| !matches!(answered, Status(401 | 301 | 308)));
            assert!(
                faults.count() <= 2,
                "{call} was attempted more than three times"
            );
        }
    }
}
