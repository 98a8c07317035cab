//! What was asked of the sandbox: the request log and the counters.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::faults::Endpoint;

/// Older entries are forgotten beyond this; counters are not.
const KEPT: usize = 50_000;

/// One call on `/api/`, secrets taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestEntry {
    /// 1, 2, 3… in the order of arrival.
    pub seq: u64,
    /// Sandbox time of arrival.
    pub at: DateTime<Utc>,
    pub method: String,
    /// As asked, but with a browser token replaced by `***`.
    pub path: String,
    /// As asked, but with the values of `token` and `api_key` replaced by `***`.
    pub query: String,
    pub endpoint: Endpoint,
    /// The dossier in the path, or behind the `x-api-key`.
    pub enrollment: Option<i64>,
    /// Whether a draft was asked for (`allow_draft` or `draft`).
    pub draft: bool,
    /// `none`, `token`, `api_key` or `both`.
    pub auth: String,
    /// `application` or `user` when the token was good.
    pub account: Option<String>,
    pub user_agent: Option<String>,
    pub request_bytes: u64,
    /// What was answered; none when the connection was dropped without an answer.
    pub status: Option<u16>,
    /// Bytes of the body as it should have gone out.
    pub body_bytes: u64,
    /// The kind of the fault that struck.
    pub fault: Option<String>,
}

/// Totals since the start (`DELETE /sandbox/requests` leaves them alone).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    pub logins_ok: u64,
    pub logins_refused: u64,
    /// Logins while a token of the same account was still valid: what ID360 calls aggressive.
    pub logins_while_valid: u64,
    pub whoami: u64,
    pub unauthorized: u64,
    pub creates: u64,
    pub discontinues: u64,
    pub drafts_asked: u64,
    pub sms_sent: u64,
    pub callbacks_sent: u64,
    /// Calls per endpoint, faults included.
    pub calls: BTreeMap<Endpoint, u64>,
}

#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: std::collections::VecDeque<RequestEntry>,
    last: u64,
    pub(crate) counters: Counters,
}

impl Journal {
    pub(crate) fn next_seq(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    pub(crate) fn add(&mut self, entry: RequestEntry) {
        *self.counters.calls.entry(entry.endpoint).or_default() += 1;
        if entry.draft {
            self.counters.drafts_asked += 1;
        }
        if entry.status == Some(401) {
            self.counters.unauthorized += 1;
        }
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// In the order of arrival, which is not always the order in which calls ended.
    pub(crate) fn entries(&self) -> Vec<RequestEntry> {
        let mut entries: Vec<RequestEntry> = self.entries.iter().cloned().collect();
        entries.sort_by_key(|entry| entry.seq);
        entries
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}
