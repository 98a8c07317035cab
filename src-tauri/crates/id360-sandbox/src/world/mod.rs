//! The state of the simulated ID360 and the rules that change it. No HTTP here.

mod accounts;
mod create;
mod dossier;
mod flow;
mod life;
mod notices;
mod people;
mod process;
mod retention;
mod seeding;
mod views;

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) use accounts::{Account, Session};
pub(crate) use create::CreateRequest;
pub(crate) use dossier::{Document, Dossier};
pub use dossier::{Outcome, Status};
pub(crate) use flow::MAX_FILE_BYTES;
pub(crate) use notices::Notice;
pub(crate) use people::Person;
pub(crate) use process::{EXPECTED_DATA, Process};
pub(crate) use retention::ReportAccess;
pub use views::{
    ApplicationCredentials, CallbackEntry, Credentials, DocumentView, EnrollmentView, ExpectedView,
    PlantedSecret, UserCredentials,
};

use crate::entropy::Entropy;
use crate::idclaim::ClaimSigner;
use crate::options::Switches;
use crate::refusal::Refusal;
use crate::store::Store;

/// What survives a restart with `--data`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Persisted {
    /// Hexadecimal root of the entropy: credentials and process UUIDs follow from it.
    pub root: String,
    pub clock_offset_seconds: i64,
    pub next_enrollment: i64,
    pub next_document: i64,
    pub next_token: u64,
    pub otp_number: u64,
    pub sessions: HashMap<String, Session>,
    pub dossiers: BTreeMap<i64, Dossier>,
}

#[derive(Debug)]
pub(crate) struct World {
    pub switches: Switches,
    entropy: Entropy,
    processes: Vec<Process>,
    sessions: HashMap<String, Session>,
    refused_in_a_row: HashMap<Account, u32>,
    recent_logins: HashMap<Account, Vec<DateTime<Utc>>>,
    otp_number: u64,
    dossiers: BTreeMap<i64, Dossier>,
    keys: HashMap<String, i64>,
    browser_tokens: HashMap<String, i64>,
    files: HashMap<(i64, u32), Bytes>,
    claims: HashMap<i64, Bytes>,
    signer: ClaimSigner,
    next_enrollment: i64,
    next_document: i64,
    next_token: u64,
    outbox: Vec<Notice>,
    /// SMS one-time codes that would have left, for the counters.
    pub sms_sent: u64,
    store: Option<Store>,
}

impl World {
    /// An empty world. `first_enrollment` and `first_document` are the ids of what comes first.
    pub(crate) fn new(
        entropy: Entropy,
        switches: Switches,
        signer: ClaimSigner,
        first_enrollment: i64,
        store: Option<Store>,
    ) -> Self {
        let processes = Process::both(&entropy);
        Self {
            switches,
            entropy,
            processes,
            sessions: HashMap::new(),
            refused_in_a_row: HashMap::new(),
            recent_logins: HashMap::new(),
            otp_number: 0,
            dossiers: BTreeMap::new(),
            keys: HashMap::new(),
            browser_tokens: HashMap::new(),
            files: HashMap::new(),
            claims: HashMap::new(),
            signer,
            next_enrollment: first_enrollment,
            next_document: first_enrollment + 1_000_000,
            next_token: 1,
            outbox: Vec::new(),
            sms_sent: 0,
            store,
        }
    }

    /// Takes up what an earlier run left in the data folder.
    pub(crate) fn restore(&mut self, persisted: Persisted) -> std::io::Result<()> {
        self.next_enrollment = persisted.next_enrollment;
        self.next_document = persisted.next_document;
        self.next_token = persisted.next_token;
        self.otp_number = persisted.otp_number;
        self.sessions = persisted.sessions;
        for (id, dossier) in persisted.dossiers {
            if let Some(store) = &self.store {
                for document in &dossier.documents {
                    for page in &document.pages {
                        let bytes = store.document(document.id, page.page_number)?;
                        self.files.insert((document.id, page.page_number), bytes);
                    }
                }
                if let Some(claim) = store.idclaim(id)? {
                    self.claims.insert(id, claim);
                }
            }
            self.index(&dossier);
            self.dossiers.insert(id, dossier);
        }
        Ok(())
    }

    pub(crate) fn persist(&self, clock_offset_seconds: i64) -> std::io::Result<()> {
        let Some(store) = &self.store else {
            return Ok(());
        };
        store.save(&Persisted {
            root: hex::encode(self.entropy.root()),
            clock_offset_seconds,
            next_enrollment: self.next_enrollment,
            next_document: self.next_document,
            next_token: self.next_token,
            otp_number: self.otp_number,
            sessions: self.sessions.clone(),
            dossiers: self.dossiers.clone(),
        })
    }

    pub(crate) fn entropy(&self) -> &Entropy {
        &self.entropy
    }

    pub(crate) fn process(&self, uuid: Uuid) -> Option<&Process> {
        self.processes.iter().find(|process| process.uuid == uuid)
    }

    pub(crate) fn dossier(&self, id: i64) -> Result<&Dossier, Refusal> {
        self.dossiers.get(&id).ok_or_else(Refusal::not_found)
    }

    fn dossier_mut(&mut self, id: i64) -> Result<&mut Dossier, Refusal> {
        self.dossiers.get_mut(&id).ok_or_else(Refusal::not_found)
    }

    /// The dossier that an `x-api-key` opens.
    pub(crate) fn dossier_of_key(&self, api_key: &str) -> Option<&Dossier> {
        self.dossiers.get(self.keys.get(api_key)?)
    }

    pub(crate) fn file(&self, document_id: i64, page_number: u32) -> Option<Bytes> {
        self.files.get(&(document_id, page_number)).cloned()
    }

    pub(crate) fn enrollment_views(&self) -> Vec<EnrollmentView> {
        self.dossiers.values().map(EnrollmentView::of).collect()
    }

    /// Callbacks that became due since the last call.
    pub(crate) fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.outbox)
    }

    fn index(&mut self, dossier: &Dossier) {
        self.keys.insert(dossier.api_key.clone(), dossier.id);
        if let Some(token) = &dossier.browser_token {
            self.browser_tokens.insert(token.clone(), dossier.id);
        }
    }
}
