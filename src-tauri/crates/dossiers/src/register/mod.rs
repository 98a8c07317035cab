#![allow(missing_docs, unused_variables)]
use crate::*;
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use std::path::Path;
type Now = DateTime<Utc>;
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    Prepared,
    Sent,
    ReturnedToReady,
    Refused,
    OutcomeUnknown,
    AnswerKept,
    Created,
    Attached,
    Closed,
    Opened,
    ExpectedAdded,
    ExpectedPushed,
    StatusChanged,
    ReportKept,
    SnapshotKept,
    Interrupted,
    Saved,
    Viewed,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActEntry {
    pub at: DateTime<Utc>,
    pub act: Act,
    pub dossier: Option<DossierId>,
    pub detail: String,
}
/// What opening found and did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    pub created: bool,
    pub restored: u64,
    pub unknown: u64,
    pub journal_torn: bool,
    pub journal_damaged: bool,
    pub journal_missing: bool,
}
#[derive(Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub raw: Vec<u8>,
    pub read_at: DateTime<Utc>,
}
#[derive(Debug)]
pub struct Register {}
impl Register {
    pub fn open(folder: &Path, key: &RegisterKey, now: Now) -> Result<Self, OpenError> {
        unimplemented!()
    }
    pub fn rebuild(folder: &Path, key: &RegisterKey, now: Now) -> Result<Self, OpenError> {
        unimplemented!()
    }
    pub fn exists(folder: &Path) -> bool {
        unimplemented!()
    }
    pub fn opening(&self) -> Opening {
        unimplemented!()
    }
    pub fn verify(&self) -> Result<()> {
        unimplemented!()
    }
    pub fn prepare(&self, new: NewDossier, now: Now) -> Result<DossierId> {
        unimplemented!()
    }
    pub fn mark_sent(&self, id: DossierId, now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn back_to_ready(&self, id: DossierId, now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn mark_refused(&self, id: DossierId, detail: &str, now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn mark_unknown(&self, id: DossierId, received: &[u8], now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn record_answer(&self, id: DossierId, raw: &[u8], now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn confirm(&self, id: DossierId, confirmed: Confirmed, now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn attach(&self, id: DossierId, enrollment_id: i64, now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn close_unknown(&self, id: DossierId, now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn unconfirmed_answers(&self) -> Result<Vec<(DossierId, Vec<u8>)>> {
        unimplemented!()
    }
    pub fn answer(&self, id: DossierId) -> Result<Option<Vec<u8>>> {
        unimplemented!()
    }
    pub fn api_key(&self, id: DossierId) -> Result<Option<SecretString>> {
        unimplemented!()
    }
    pub fn record_opened(&self, id: DossierId, now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn add_expected(&self, id: DossierId, datum: ExpectedDatum, now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn record_expected(
        &self,
        id: DossierId,
        name: &str,
        outcome: ExpectedOutcome,
        now: Now,
    ) -> Result<()> {
        unimplemented!()
    }
    pub fn record_report(
        &self,
        id: DossierId,
        report: StoredReport,
        facts: ReportFacts,
        now: Now,
    ) -> Result<Recorded> {
        unimplemented!()
    }
    pub fn record_status(
        &self,
        id: DossierId,
        status: &str,
        is_final: bool,
        now: Now,
    ) -> Result<Recorded> {
        unimplemented!()
    }
    pub fn record_snapshot(&self, id: DossierId, raw: &[u8], now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn snapshot(&self, id: DossierId) -> Result<Option<Snapshot>> {
        unimplemented!()
    }
    pub fn report(&self, id: DossierId) -> Result<Option<StoredReport>> {
        unimplemented!()
    }
    pub fn get(&self, id: DossierId) -> Result<Option<Dossier>> {
        unimplemented!()
    }
    pub fn list(&self, query: &Query) -> Result<Page> {
        unimplemented!()
    }
    pub fn open_dossiers(&self) -> Result<Vec<Dossier>> {
        unimplemented!()
    }
    pub fn remember_intent(&self, intent_id: &str, result_json: &str, now: Now) -> Result<()> {
        unimplemented!()
    }
    pub fn intent_result(&self, intent_id: &str) -> Result<Option<String>> {
        unimplemented!()
    }
    pub fn record_act(
        &self,
        act: Act,
        id: Option<DossierId>,
        detail: &str,
        now: Now,
    ) -> Result<()> {
        unimplemented!()
    }
    pub fn acts(&self, id: DossierId) -> Result<Vec<ActEntry>> {
        unimplemented!()
    }
}
