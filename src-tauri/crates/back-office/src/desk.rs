//! The desk: what is open right now, and the way to it for every use case.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak},
};

use chrono::{DateTime, Utc};
use dossiers::{Dossier, DossierId, PolicyTable, Register, RegisterError, Stamp};
use id360_api::Clock;

use crate::{
    announcing::Tellings,
    capture::Captures,
    checking::HeldChecks,
    errors::DeskError,
    evidence_check::Verifying,
    following::Awaited,
    import::ImportPlans,
    intents::Intents,
    journal::ChainWatch,
    link::{Copied, InWindow, LinkUses, ShownLinks},
    list::Latest,
    long_acts::LongActs,
    names::Reveal,
    pages::PageCache,
    policy::Managed,
    ports::{
        Announcer, CustomerScreen, EnrollmentWindow, FilePicker, LinkOpener, Network, Notifier,
        PolicySource, PreferenceStore, SandboxAnnouncement, SandboxProcess, SecretStore,
        SheetDrawing, SystemClipboard,
    },
    preferences::Preferences,
    present,
    return_page::ReturnPage,
    sessions::{EnvironmentPlaces, OpenAccounts, Session},
    store::BackupTrouble,
    unlock::{FoundAtOpening, Lock, RegisterGate},
    vault::VaultDoor,
    views::{
        dossier::DossierView,
        error::ErrorCode,
        session::{RegisterState, SessionView},
    },
};

/// Everything that comes from outside.
#[derive(Debug, Clone)]
pub struct Ports {
    pub secrets: Arc<dyn SecretStore>,
    pub preferences: Arc<dyn PreferenceStore>,
    pub policy: Arc<dyn PolicySource>,
    pub opener: Arc<dyn LinkOpener>,
    pub picker: Arc<dyn FilePicker>,
    pub clipboard: Arc<dyn SystemClipboard>,
    pub customer_screen: Arc<dyn CustomerScreen>,
    pub enrollment_window: Arc<dyn EnrollmentWindow>,
    pub announcer: Arc<dyn Announcer>,
    pub notifier: Arc<dyn Notifier>,
    pub network: Arc<dyn Network>,
    pub sandbox: Arc<dyn SandboxProcess>,
    pub sheets: Arc<dyn SheetDrawing>,
    pub clock: Arc<dyn Clock>,
    /// Holds the register and nothing else.
    pub register_folder: PathBuf,
    /// Holds the vault and nothing else; made where it is missing.
    pub evidence_folder: PathBuf,
}

/// One desk. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Desk(Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    ports: Ports,
    /// The person's own, and as they count under the policy.
    preferences: Mutex<(Preferences, Preferences)>,
    managed: Managed,
    gate: RwLock<RegisterGate>,
    at_opening: FoundAtOpening,
    lock: Lock,
    reveal: Reveal,
    accounts: RwLock<OpenAccounts>,
    environment_places: EnvironmentPlaces,
    sandbox: Mutex<Option<SandboxAnnouncement>>,
    intents: Intents,
    long_acts: LongActs,
    captures: Captures,
    held_checks: HeldChecks,
    vault_door: VaultDoor,
    verifying: Verifying,
    chain: ChainWatch,
    imports: ImportPlans,
    lists: Latest,
    counts: Latest,
    pages: PageCache,
    return_page: ReturnPage,
    shown_links: ShownLinks,
    enrollment_window: InWindow,
    awaited: Awaited,
    copied: Copied,
    tellings: Tellings,
    backup_trouble: BackupTrouble,
    /// As the register was last given them.
    windows: Mutex<PolicyTable>,
    /// The register is being written anew and is back in a moment.
    moving: tokio::sync::watch::Sender<bool>,
    started: tokio::sync::watch::Sender<bool>,
    /// One opening of the register, one sign-in at a time.
    turn: tokio::sync::Mutex<()>,
    /// Shared by the creates that left and were not settled.
    creating: tokio::sync::RwLock<()>,
}

impl Desk {
    /// A desk with its preferences read and its register still closed: see [`Desk::start`].
    pub fn new(ports: Ports) -> Self {
        let own = ports.preferences.load().repaired();
        let managed = Managed::read(&*ports.policy, &own);
        let counting = managed.over(&own);
        Self(Arc::new(Inner {
            ports,
            preferences: Mutex::new((own, counting)),
            managed,
            gate: RwLock::new(RegisterGate::default()),
            at_opening: FoundAtOpening::default(),
            lock: Lock::default(),
            reveal: Reveal::default(),
            accounts: RwLock::default(),
            environment_places: EnvironmentPlaces::default(),
            sandbox: Mutex::new(None),
            intents: Intents::default(),
            long_acts: LongActs::default(),
            captures: Captures::default(),
            held_checks: HeldChecks::default(),
            vault_door: VaultDoor::default(),
            verifying: Verifying::default(),
            chain: ChainWatch::default(),
            imports: ImportPlans::default(),
            lists: Latest::default(),
            counts: Latest::default(),
            pages: PageCache::default(),
            return_page: ReturnPage::default(),
            shown_links: ShownLinks::default(),
            enrollment_window: InWindow::default(),
            awaited: Awaited::default(),
            copied: Copied::default(),
            tellings: Tellings::default(),
            backup_trouble: BackupTrouble::default(),
            windows: Mutex::default(),
            moving: tokio::sync::watch::Sender::new(false),
            started: tokio::sync::watch::Sender::new(false),
            turn: tokio::sync::Mutex::new(()),
            creating: tokio::sync::RwLock::new(()),
        }))
    }

    /// Opens the register where the keychain allows it, and listens for returning browsers.
    pub async fn start(&self) {
        self.listen_for_returns().await;
        self.open_register().await;
        self.0.started.send_replace(true);
    }

    /// Ends what runs and closes the register's files; the program is about to end.
    pub fn close(&self) {
        self.return_page().close();
        self.end_work();
        self.set_gate(RegisterGate::default());
    }

    /// Nobody is signed in any more, and nothing of a dossier stays.
    fn end_work(&self) {
        self.long_acts().cancel_all();
        self.chain().end();
        for session in self.accounts().all() {
            session.close();
        }
        self.set_accounts(OpenAccounts::default());
        self.at_opening().forget();
        self.put_links_away();
        self.pages().clear();
        self.held_checks().clear();
        self.imports().clear();
    }

    /// A page of the register did not authenticate: nothing more is read or written, and the screen of a damaged
    /// register offers the last good copy.
    fn found_damaged(&self) {
        let gate = self.gate();
        if gate.state != RegisterState::Open {
            return;
        }
        tracing::error!("the register is damaged, and closed");
        self.end_work();
        self.set_gate(gate.found_damaged());
        self.announce_session();
    }

    /// Tells the window how the desk stands, after a start that the window may have waited for.
    pub fn announce_session(&self) {
        self.0.ports.announcer.session_changed(&self.session_view());
    }

    /// The session once the first opening of the register has ended, whichever way.
    pub async fn session_once_started(&self) -> SessionView {
        let mut started = self.0.started.subscribe();
        // The sender lives as long as the desk.
        let _ = started.wait_for(|started| *started).await;
        self.session_view()
    }

    pub(crate) fn ports(&self) -> &Ports {
        &self.0.ports
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.ports.clock.utc()
    }

    pub(crate) fn intents(&self) -> &Intents {
        &self.0.intents
    }

    pub(crate) fn long_acts(&self) -> &LongActs {
        &self.0.long_acts
    }

    pub(crate) fn captures(&self) -> &Captures {
        &self.0.captures
    }

    pub(crate) fn held_checks(&self) -> &HeldChecks {
        &self.0.held_checks
    }

    pub(crate) fn verifying(&self) -> &Verifying {
        &self.0.verifying
    }

    pub(crate) fn vault_door(&self) -> &VaultDoor {
        &self.0.vault_door
    }

    pub(crate) fn chain(&self) -> &ChainWatch {
        &self.0.chain
    }

    pub(crate) fn environment_places(&self) -> &EnvironmentPlaces {
        &self.0.environment_places
    }

    pub(crate) fn imports(&self) -> &ImportPlans {
        &self.0.imports
    }

    pub(crate) fn lists(&self) -> &Latest {
        &self.0.lists
    }

    pub(crate) fn counts(&self) -> &Latest {
        &self.0.counts
    }

    pub(crate) fn pages(&self) -> &PageCache {
        &self.0.pages
    }

    pub(crate) fn return_page(&self) -> &ReturnPage {
        &self.0.return_page
    }

    pub(crate) fn shown_links(&self) -> &ShownLinks {
        &self.0.shown_links
    }

    pub(crate) fn enrollment_window(&self) -> &InWindow {
        &self.0.enrollment_window
    }

    pub(crate) fn awaited(&self) -> &Awaited {
        &self.0.awaited
    }

    pub(crate) fn copied(&self) -> &Copied {
        &self.0.copied
    }

    pub(crate) fn windows(&self) -> MutexGuard<'_, PolicyTable> {
        locked(&self.0.windows)
    }

    pub(crate) fn backup_trouble(&self) -> &BackupTrouble {
        &self.0.backup_trouble
    }

    /// While it moves, whoever needs the register waits.
    pub(crate) fn register_moves(&self, moving: bool) {
        self.0.moving.send_replace(moving);
    }

    pub(crate) fn tellings(&self) -> &Tellings {
        &self.0.tellings
    }

    /// Following and capture look again at what there is to do.
    pub(crate) fn wake_following(&self) {
        if let Some(session) = self.session_or_none() {
            session.wake.notify_one();
            session.capture_wake.notify_one();
        }
    }

    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.turn.lock().await
    }

    /// From before a create is written down as sent until what became of it is.
    pub(crate) async fn creating(&self) -> tokio::sync::RwLockReadGuard<'_, ()> {
        self.0.creating.read().await
    }

    /// While it is held no create leaves; `None` while one is under way.
    pub(crate) fn no_create(&self) -> Option<tokio::sync::RwLockWriteGuard<'_, ()>> {
        self.0.creating.try_write().ok()
    }

    /// As they count.
    pub(crate) fn preferences(&self) -> Preferences {
        locked(&self.0.preferences).1.clone()
    }

    /// The person's own, whatever the policy says.
    pub(crate) fn own_preferences(&self) -> Preferences {
        locked(&self.0.preferences).0.clone()
    }

    /// Changes the person's own preferences in memory and on disk; on disk is best effort, and logged. Gives them as
    /// they count.
    pub(crate) fn change_preferences(&self, change: impl FnOnce(&mut Preferences)) -> Preferences {
        let mut kept = locked(&self.0.preferences);
        change(&mut kept.0);
        if let Err(error) = self.0.ports.preferences.save(&kept.0) {
            tracing::warn!(%error, "preferences kept in memory only");
        }
        kept.1 = self.0.managed.over(&kept.0);
        kept.1.clone()
    }

    pub(crate) fn managed(&self) -> &Managed {
        &self.0.managed
    }

    pub(crate) fn sandbox(&self) -> Option<SandboxAnnouncement> {
        locked(&self.0.sandbox).clone()
    }

    pub(crate) fn remember_sandbox(&self, announcement: SandboxAnnouncement) {
        *locked(&self.0.sandbox) = Some(announcement);
    }

    pub(crate) fn at_opening(&self) -> &FoundAtOpening {
        &self.0.at_opening
    }

    pub(crate) fn lock_state(&self) -> &Lock {
        &self.0.lock
    }

    pub(crate) fn reveal(&self) -> &Reveal {
        &self.0.reveal
    }

    /// For what must not keep the desk from ending.
    pub(crate) fn downgrade(&self) -> Weak<Inner> {
        Arc::downgrade(&self.0)
    }

    pub(crate) fn upgrade(desk: &Weak<Inner>) -> Option<Self> {
        desk.upgrade().map(Self)
    }

    /// Tells the window the dossier as it is now; a locked window is told nothing, and reads anew when it opens.
    pub(crate) fn tell_dossier(&self, view: &DossierView) {
        if !self.is_locked() {
            self.0.ports.announcer.dossier_changed(view);
        }
    }

    pub(crate) fn gate(&self) -> RegisterGate {
        self.0
            .gate
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_gate(&self, gate: RegisterGate) {
        self.vault_door().close();
        *self.0.gate.write().unwrap_or_else(PoisonError::into_inner) = gate;
    }

    pub(crate) fn accounts(&self) -> OpenAccounts {
        self.0
            .accounts
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_accounts(&self, accounts: OpenAccounts) {
        *self
            .0
            .accounts
            .write()
            .unwrap_or_else(PoisonError::into_inner) = accounts;
    }

    /// The account that is worked with.
    pub(crate) fn session_or_none(&self) -> Option<Arc<Session>> {
        self.accounts().working
    }

    pub(crate) fn session(&self) -> Result<Arc<Session>, DeskError> {
        self.session_or_none()
            .ok_or_else(|| DeskError::new(ErrorCode::NotSignedIn))
    }

    /// The session, when it is open on the dossier's own environment.
    pub(crate) fn session_for(&self, dossier: &Dossier) -> Result<Arc<Session>, DeskError> {
        let session = self.session()?;
        if session.environment_id() == dossier.environment_id {
            Ok(session)
        } else {
            Err(DeskError::new(ErrorCode::NotSignedIn).with("environment", &dossier.environment_id))
        }
    }

    /// Now, and who is signed in.
    pub(crate) fn stamp(&self) -> Stamp {
        match self.session_or_none() {
            Some(session) => self.stamp_of(&session.username),
            None => self.desk_stamp(),
        }
    }

    /// Now, and that account.
    pub(crate) fn stamp_of(&self, username: &str) -> Stamp {
        Stamp::new(self.now(), username).with_server_offset(self.clock_offset())
    }

    /// Now, nobody asking.
    pub(crate) fn desk_stamp(&self) -> Stamp {
        Stamp::desk(self.now()).with_server_offset(self.clock_offset())
    }

    /// Runs on the register, off the async threads, in the name of who is signed in.
    pub(crate) async fn on_register<T, F>(&self, act: F) -> Result<T, DeskError>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Register, &Stamp) -> Result<T, RegisterError> + Send + 'static,
    {
        self.on_register_as(self.stamp(), act).await
    }

    /// As [`Desk::on_register`], in whose name the stamp says.
    pub(crate) async fn on_register_as<T, F>(&self, stamp: Stamp, act: F) -> Result<T, DeskError>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Register, &Stamp) -> Result<T, RegisterError> + Send + 'static,
    {
        let register = self.register_at_rest().await?;
        let done = tokio::task::spawn_blocking(move || act(&*register, &stamp))
            .await
            .map_err(DeskError::internal)?;
        if matches!(done, Err(RegisterError::Damaged)) {
            self.found_damaged();
        }
        done.map_err(DeskError::from)
    }

    /// Waits while the register moves.
    async fn register_at_rest(&self) -> Result<Arc<dyn Register>, DeskError> {
        let mut moving = self.0.moving.subscribe();
        loop {
            // The sender lives as long as the desk.
            let _ = moving.wait_for(|moving| !moving).await;
            if let Some(register) = self.gate().register() {
                return Ok(register);
            }
            // It began to move between the two looks.
            if !moving.has_changed().unwrap_or_default() {
                return Err(DeskError::new(ErrorCode::RegisterClosed));
            }
        }
    }

    pub(crate) async fn dossier(&self, id: DossierId) -> Result<Dossier, DeskError> {
        self.on_register(move |register, _| register.get(id))
            .await?
            .ok_or_else(|| DeskError::new(ErrorCode::NotFound))
    }

    /// The dossier as the window shows it.
    pub(crate) async fn view(&self, id: DossierId) -> Result<DossierView, DeskError> {
        let known = self
            .on_register(move |register, _| {
                let Some(dossier) = register.get(id)? else {
                    return Ok(None);
                };
                Ok(Some(present::Known {
                    report: register.report(id)?,
                    api_key: register.api_key(id)?,
                    pieces: register.pieces(id)?,
                    decisions: register.decisions(id)?,
                    link_uses: if dossier.is_final() {
                        LinkUses::default()
                    } else {
                        LinkUses::told_by(&register.acts(id)?)
                    },
                    dossier,
                }))
            })
            .await?;
        let known = known.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        if known.dossier.is_final() {
            self.put_link_away(id);
        }
        Ok(present::dossier_view(self, known))
    }

    /// Shows the window the dossier as it is now; failures are logged, since nothing depends on it.
    pub(crate) async fn announce(&self, id: DossierId) {
        match self.view(id).await {
            Ok(view) => self.tell_dossier(&view),
            Err(error) => tracing::warn!(%error, "a change could not be shown"),
        }
    }
}

/// An id as the window sends it.
pub(crate) fn dossier_id(id: &str) -> Result<DossierId, DeskError> {
    id.parse().map_err(|_| DeskError::new(ErrorCode::NotFound))
}

/// A lock held for a few field copies: a panic elsewhere leaves its data whole.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
