//! What every connection shares: the world, the clock, the journal, the plan of faults, the courier.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::callbacks::Courier;
use crate::clock::MovableClock;
use crate::entropy::Entropy;
use crate::faults::FaultPlan;
use crate::idclaim::ClaimSigner;
use crate::journal::Journal;
use crate::options::SandboxOptions;
use crate::refusal::Refusal;
use crate::sandbox::StartError;
use crate::store::Store;
use crate::world::{CallbackEntry, Credentials, EnrollmentView, Outcome, World};

#[derive(Debug)]
pub(crate) struct Shared {
    clock: Arc<MovableClock>,
    world: Mutex<World>,
    journal: Arc<Mutex<Journal>>,
    faults: Mutex<FaultPlan>,
    courier: Courier,
    base_url: OnceLock<String>,
}

/// A lock whose holder panicked still guards whole values: every change here is one assignment.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The line of the binary.
pub(crate) fn greeting(base_url: &str, encrypted: Option<&str>, known: &Credentials) -> String {
    let mut line = json!({
        "base_url": base_url,
        "application": known.application,
        "user": known.user,
        "process_uuid": known.process_uuid,
    });
    if let Some(url) = encrypted {
        line["encrypted_url"] = url.into();
    }
    line.to_string()
}

/// Ids of a run without a seed start where no earlier run can have come: hundredths of a second
/// since 2025.
fn first_enrollment(now: DateTime<Utc>) -> i64 {
    (now.timestamp_millis() - 1_735_689_600_000) / 10
}

/// With a seed, ids always start here.
const SEEDED_FIRST_ENROLLMENT: i64 = 900_001;

impl Shared {
    pub(crate) fn new(options: SandboxOptions) -> Result<Self, StartError> {
        let store = options
            .data
            .as_deref()
            .map(Store::open)
            .transpose()
            .map_err(StartError::Data)?;
        let persisted = match &store {
            Some(store) => store.load().map_err(StartError::Data)?,
            None => None,
        };
        let entropy = match (&persisted, options.seed) {
            (Some(state), _) => Entropy::from_root(root(&state.root).map_err(StartError::Data)?),
            (None, Some(seed)) => Entropy::seeded(seed),
            (None, None) => Entropy::random().map_err(StartError::Entropy)?,
        };
        let ahead = persisted
            .as_ref()
            .map_or(0, |state| state.clock_offset_seconds);
        let clock = Arc::new(MovableClock::ahead_by(ahead));
        let now = clock.now();
        let first = match options.seed {
            Some(_) => SEEDED_FIRST_ENROLLMENT,
            None => first_enrollment(now),
        };
        let signer = ClaimSigner::generate(now).map_err(StartError::Key)?;
        let mut world = World::new(entropy, options.switches, signer, first, store);
        match persisted {
            Some(state) => world.restore(state).map_err(StartError::Data)?,
            None => world.seed_dossiers(options.dossiers, now),
        }
        world.tick(now);
        // What happened before the start was told to nobody.
        world.take_notices();
        world
            .persist(clock.offset_seconds())
            .map_err(StartError::Data)?;
        let journal = Arc::new(Mutex::new(Journal::default()));
        Ok(Self {
            courier: Courier::new(Arc::clone(&clock), Arc::clone(&journal)),
            clock,
            world: Mutex::new(world),
            journal,
            faults: Mutex::new(FaultPlan::default()),
            base_url: OnceLock::new(),
        })
    }

    pub(crate) fn listening_on(&self, base_url: String) {
        let _ = self.base_url.set(base_url);
    }

    pub(crate) fn base_url(&self) -> String {
        self.base_url.get().cloned().unwrap_or_default()
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        locked(&self.world)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        locked(&self.journal)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, FaultPlan> {
        locked(&self.faults)
    }

    pub(crate) fn callbacks(&self) -> Vec<CallbackEntry> {
        self.courier.entries()
    }

    /// Runs the jobs that fell due and sends the callbacks they caused.
    pub(crate) fn tick(&self) {
        let now = self.now();
        if self.world().tick(now) {
            self.settle();
        }
    }

    /// After a change: writes the state, hands the callbacks over.
    pub(crate) fn settle(&self) {
        let (notices, switches) = {
            let mut world = self.world();
            if let Err(error) = world.persist(self.clock.offset_seconds()) {
                tracing::error!(%error, "the state could not be written");
            }
            (world.take_notices(), world.switches.clone())
        };
        self.courier.send(notices, &switches);
    }

    pub(crate) fn save(&self) {
        if let Err(error) = self.world().persist(self.clock.offset_seconds()) {
            tracing::error!(%error, "the state could not be written");
        }
    }

    pub(crate) fn advance(&self, seconds: u32) -> DateTime<Utc> {
        let now = self.clock.advance(seconds);
        self.world().tick(now);
        self.settle();
        now
    }

    pub(crate) fn enrollments(&self) -> Vec<EnrollmentView> {
        self.tick();
        self.world().enrollment_views()
    }

    pub(crate) fn finish(
        &self,
        id: i64,
        outcome: Outcome,
        causes: Vec<String>,
    ) -> Result<(), Refusal> {
        let done = self.world().finish(id, outcome, causes, self.now());
        self.settle();
        done
    }

    pub(crate) fn upload(
        &self,
        id: i64,
        name: &str,
        page_number: u32,
        bytes: Bytes,
    ) -> Result<(), Refusal> {
        let done = self
            .world()
            .upload(id, name, page_number, bytes, self.now());
        self.settle();
        done
    }
}

fn root(text: &str) -> std::io::Result<[u8; 32]> {
    hex::decode(text)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| std::io::Error::other("the state file has no usable root"))
}
