//! A whole desk without a window: a real sandbox behind it, recording adapters around it.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "test scaffolding")]

pub mod script;
#[cfg(unix)]
pub mod small_disk;

use std::{
    collections::{HashMap, VecDeque},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use back_office::{
    Clock, Desk, PictureSize, Ports, Shot, SystemClock,
    ports::{
        Announcer, ClipboardError, CustomerPage, CustomerScreen, DeadlineWarning, EnrollmentToOpen,
        EnrollmentWindow, FilePicker, LinkOpener, NoPolicy, NotWritten, Notifier, OpenedEnrollment,
        Pick, PreferenceStore, SandboxAccount, SandboxAnnouncement, SandboxProcess, SecretStore,
        SecretStoreError, SheetDrawing, SystemClipboard, SystemNetwork,
    },
    preferences::Preferences,
    views::{
        dossier::{DossierView, ReadingPlanned},
        journal::JournalQuery,
        launch::{LaunchForm, LaunchOutcome, Progress},
        session::{AccountKind, LockComing, RegisterState, SessionView},
        settings::Language,
    },
};
use bytes::Bytes;
use evidence::{RenditionError, display::sheets::DrawnSheet};
use id360_sandbox::{Outcome, Sandbox, SandboxOptions};
use secrecy::{ExposeSecret as _, SecretString};

/// A keychain whose state a test can change.
#[derive(Debug, Default)]
pub struct FakeKeychain {
    pub kept: Mutex<HashMap<String, String>>,
    pub trouble: Mutex<Option<SecretStoreError>>,
    /// Takes nothing new.
    pub full: Mutex<bool>,
    /// Says that it took a new secret, and keeps nothing.
    pub lying: Mutex<bool>,
    /// After so many calls the program is as good as killed: no call comes back.
    pub calls_left: Mutex<Option<u32>>,
    pub stopped: Mutex<bool>,
}

impl FakeKeychain {
    async fn sound(&self) -> Result<(), SecretStoreError> {
        let stops = match &mut *self.calls_left.lock().unwrap() {
            Some(0) => true,
            Some(left) => {
                *left -= 1;
                false
            }
            None => false,
        };
        if stops {
            *self.stopped.lock().unwrap() = true;
            std::future::pending::<()>().await;
        }
        match *self.trouble.lock().unwrap() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}

#[async_trait]
impl SecretStore for FakeKeychain {
    async fn probe(&self) -> Result<(), SecretStoreError> {
        self.sound().await?;
        if *self.full.lock().unwrap() {
            return Err(SecretStoreError::Refusing);
        }
        Ok(())
    }
    async fn get(&self, name: &str) -> Result<Option<SecretString>, SecretStoreError> {
        self.sound().await?;
        Ok(self
            .kept
            .lock()
            .unwrap()
            .get(name)
            .cloned()
            .map(SecretString::from))
    }
    async fn set(&self, name: &str, secret: &SecretString) -> Result<(), SecretStoreError> {
        self.sound().await?;
        if *self.full.lock().unwrap() {
            return Err(SecretStoreError::Refusing);
        }
        if *self.lying.lock().unwrap() {
            return Ok(());
        }
        self.kept
            .lock()
            .unwrap()
            .insert(name.into(), secret.expose_secret().into());
        Ok(())
    }
    async fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
        self.sound().await?;
        self.kept.lock().unwrap().remove(name);
        Ok(())
    }
}

#[derive(Debug, Default)]
pub struct FakePreferences(pub Mutex<Preferences>);

impl PreferenceStore for FakePreferences {
    fn load(&self) -> Preferences {
        self.0.lock().unwrap().clone()
    }
    fn save(&self, preferences: &Preferences) -> Result<(), NotWritten> {
        *self.0.lock().unwrap() = preferences.clone();
        Ok(())
    }
}

#[derive(Debug, Default)]
pub struct FakeBrowser {
    pub opened: Mutex<Vec<String>>,
    pub broken: Mutex<bool>,
}

#[async_trait]
impl LinkOpener for FakeBrowser {
    async fn open(&self, link: &SecretString) -> bool {
        if *self.broken.lock().unwrap() {
            return false;
        }
        self.opened
            .lock()
            .unwrap()
            .push(link.expose_secret().to_owned());
        true
    }
}

/// Answers the save dialogs from a queue; an empty queue is a person who closes them.
#[derive(Debug, Default)]
pub struct FakePicker {
    pub answers: Mutex<VecDeque<PathBuf>>,
    pub suggested: Mutex<Vec<String>>,
}

#[async_trait]
impl FilePicker for FakePicker {
    async fn save(&self, _: Language, _: Pick, suggested: &str) -> Option<PathBuf> {
        self.suggested.lock().unwrap().push(suggested.to_owned());
        let answer = self.answers.lock().unwrap().pop_front()?;
        // A folder stands for «the proposed name, in there».
        Some(if answer.is_dir() {
            answer.join(suggested)
        } else {
            answer
        })
    }
    async fn open(&self, _: Language, _: Pick) -> Option<PathBuf> {
        self.answers.lock().unwrap().pop_front()
    }
    async fn folder(&self, _: Language, _: Pick) -> Option<PathBuf> {
        self.answers.lock().unwrap().pop_front()
    }
}

#[derive(Debug, Default)]
pub struct FakeClipboard(pub Mutex<Option<String>>);

#[async_trait]
impl SystemClipboard for FakeClipboard {
    async fn text(&self, most: usize) -> Result<SecretString, ClipboardError> {
        let text = self.0.lock().unwrap().clone();
        match text {
            None => Err(ClipboardError::Empty),
            Some(text) if text.len() > most => Err(ClipboardError::TooLarge),
            Some(text) => Ok(text.into()),
        }
    }
    async fn put_concealed(&self, text: &SecretString) -> bool {
        *self.0.lock().unwrap() = Some(text.expose_secret().to_owned());
        true
    }
    async fn clear(&self) {
        *self.0.lock().unwrap() = None;
    }
}

/// What the customer sees now.
#[derive(Debug, Default)]
pub struct FakeCustomerScreen(pub Mutex<Option<CustomerPage>>);

impl CustomerScreen for FakeCustomerScreen {
    fn show(&self, page: &CustomerPage) -> bool {
        *self.0.lock().unwrap() = Some(page.clone());
        true
    }
    fn close(&self) {
        *self.0.lock().unwrap() = None;
    }
}

/// The link in the desk's own window, and how many windows there were.
#[derive(Debug, Default)]
pub struct FakeEnrollmentWindow(pub Mutex<Option<(String, u64)>>);

#[async_trait]
impl EnrollmentWindow for FakeEnrollmentWindow {
    async fn open(&self, enrollment: EnrollmentToOpen) -> Option<OpenedEnrollment> {
        let mut shown = self.0.lock().unwrap();
        let number = shown.as_ref().map_or(1, |(_, number)| number + 1);
        *shown = Some((enrollment.link.expose_secret().to_owned(), number));
        Some(OpenedEnrollment {
            number,
            camera: false,
        })
    }
}

#[derive(Debug, Default)]
pub struct FakeWindow {
    pub sessions: Mutex<Vec<SessionView>>,
    pub dossiers: Mutex<Vec<DossierView>>,
    pub progress: Mutex<Vec<Progress>>,
    /// Somebody who presses «stop» when so many are done.
    pub stopping: Mutex<Option<(Desk, u32)>>,
    pub register_changes: Mutex<u32>,
    pub readings: Mutex<Vec<ReadingPlanned>>,
    pub locks_coming: Mutex<Vec<LockComing>>,
}

impl Announcer for FakeWindow {
    fn session_changed(&self, session: &SessionView) {
        self.sessions.lock().unwrap().push(session.clone());
    }
    fn dossier_changed(&self, dossier: &DossierView) {
        self.dossiers.lock().unwrap().push(dossier.clone());
    }
    fn progress(&self, progress: &Progress) {
        self.progress.lock().unwrap().push(progress.clone());
        let mut stopping = self.stopping.lock().unwrap();
        if let Some((desk, _)) = stopping.take_if(|(_, at)| progress.done >= *at) {
            desk.cancel(&progress.intent_id);
        }
    }
    fn reading_planned(&self, planned: &ReadingPlanned) {
        self.readings.lock().unwrap().push(planned.clone());
    }
    fn lock_coming(&self, coming: &LockComing) {
        self.locks_coming.lock().unwrap().push(coming.clone());
    }
    fn register_changed(&self) {
        *self.register_changes.lock().unwrap() += 1;
    }
}

/// What the system would have shown, and whether it shows nothing.
#[derive(Debug, Default)]
pub struct FakeNotifier(
    pub Mutex<Vec<DeadlineWarning>>,
    pub Mutex<u32>,
    pub Mutex<bool>,
);

#[async_trait]
impl Notifier for FakeNotifier {
    async fn warn(&self, _: Language, warning: DeadlineWarning) -> bool {
        if *self.2.lock().unwrap() {
            return false;
        }
        self.0.lock().unwrap().push(warning);
        true
    }
    async fn ended(&self, _: Language) {
        *self.1.lock().unwrap() += 1;
    }
}

#[derive(Debug)]
pub struct KnownSandbox(pub Option<SandboxAnnouncement>);

#[async_trait]
impl SandboxProcess for KnownSandbox {
    async fn announcement(&self) -> Option<SandboxAnnouncement> {
        self.0.clone()
    }
}

/// A desk, its sandbox and everything around it.
pub struct Scene {
    pub sandbox: Sandbox,
    pub desk: Desk,
    pub folder: tempfile::TempDir,
    pub keychain: Arc<FakeKeychain>,
    pub preferences: Arc<FakePreferences>,
    pub browser: Arc<FakeBrowser>,
    pub picker: Arc<FakePicker>,
    pub clipboard: Arc<FakeClipboard>,
    pub customer_screen: Arc<FakeCustomerScreen>,
    pub enrollment_window: Arc<FakeEnrollmentWindow>,
    pub window: Arc<FakeWindow>,
    pub notifier: Arc<FakeNotifier>,
    /// Capture runs by itself; paused where a test is about what a person does.
    pub capturing: bool,
}

pub fn announcement(sandbox: &Sandbox) -> SandboxAnnouncement {
    let known = sandbox.credentials();
    SandboxAnnouncement {
        base_url: sandbox.base_url(),
        process_uuid: sandbox.process_uuid().to_string(),
        application: SandboxAccount {
            username: known.application.username,
            password: known.application.password.into(),
            otp: None,
        },
        user: SandboxAccount {
            username: known.user.username,
            password: known.user.password.into(),
            otp: Some(known.user.otp.into()),
        },
    }
}

impl Scene {
    /// A started desk, nobody signed in.
    pub async fn new() -> Self {
        let sandbox = Sandbox::start(SandboxOptions {
            seed: Some(7),
            ..SandboxOptions::default()
        })
        .await
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut scene = Self {
            desk: Desk::new(ports(folder.path(), None, &Around::default())),
            sandbox,
            folder,
            keychain: Arc::default(),
            preferences: Arc::default(),
            browser: Arc::default(),
            picker: Arc::default(),
            clipboard: Arc::default(),
            customer_screen: Arc::default(),
            enrollment_window: Arc::default(),
            window: Arc::default(),
            notifier: Arc::default(),
            capturing: false,
        };
        scene.restart().await;
        scene
    }

    /// As [`Scene::signed_in`], and what is finished is captured.
    pub async fn capturing() -> Self {
        let mut scene = Self::signed_in().await;
        scene.capturing = true;
        scene.desk.resume_captures();
        scene
    }

    /// Signed in to the sandbox with the application account.
    pub async fn signed_in() -> Self {
        let scene = Self::new().await;
        scene
            .desk
            .sign_in_to_sandbox(AccountKind::Application)
            .await
            .unwrap();
        scene
    }

    /// The program ends and starts again on the same folder and keychain.
    pub async fn restart(&mut self) {
        self.stop();
        // The register's lock is given up when the last task of the old desk lets go.
        for _ in 0..100 {
            self.desk = Desk::new(self.ports_again());
            if !self.capturing {
                self.desk.pause_captures();
            }
            self.desk.start().await;
            if self.desk.session_view().register != RegisterState::InUse {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn stop(&mut self) {
        self.desk.close();
    }

    /// Waits until a desk that was closed has let go of its register: its last task may still be at work.
    pub async fn let_go(&self) {
        let lock = self.register_folder().join("register.lock");
        for _ in 0..1_000 {
            if std::fs::File::open(&lock).is_ok_and(|lock| lock.try_lock().is_ok()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the register stayed open");
    }

    fn around(&self) -> Around {
        Around {
            keychain: self.keychain.clone(),
            preferences: self.preferences.clone(),
            browser: self.browser.clone(),
            picker: self.picker.clone(),
            clipboard: self.clipboard.clone(),
            customer_screen: self.customer_screen.clone(),
            enrollment_window: self.enrollment_window.clone(),
            window: self.window.clone(),
            notifier: self.notifier.clone(),
        }
    }

    /// What another start of the program would get.
    pub fn ports_again(&self) -> Ports {
        ports(
            self.folder.path(),
            Some(announcement(&self.sandbox)),
            &self.around(),
        )
    }

    pub fn register_folder(&self) -> PathBuf {
        self.folder.path().join("register")
    }

    pub async fn launch(&self, form: LaunchForm) -> Result<LaunchOutcome, back_office::DeskError> {
        self.desk.launch_dossier(&uuid(), form).await
    }

    /// Details of the acts of that kind in the journal, oldest first.
    pub async fn journaled(&self, act: &str) -> Vec<String> {
        let query = JournalQuery {
            acts: vec![act.into()],
            ..JournalQuery::default()
        };
        let page = self.desk.list_journal(query, 0, 500).await.unwrap();
        let newest_first = page.entries.into_iter().map(|entry| entry.detail);
        newest_first.rev().collect()
    }

    /// Launched, and finished by the customer with these files.
    pub async fn finished(&self, outcome: Outcome, causes: &[&str]) -> DossierView {
        self.finished_as(&form().reference, outcome, causes).await
    }

    /// The same under another reference.
    pub async fn finished_as(
        &self,
        reference: &str,
        outcome: Outcome,
        causes: &[&str],
    ) -> DossierView {
        let reference = reference.to_owned();
        let form = LaunchForm {
            reference,
            ..form()
        };
        let launched = self.launch(form).await.unwrap().dossier;
        let enrollment: i64 = launched.row.enrollment_id.clone().unwrap().parse().unwrap();
        self.sandbox
            .upload(enrollment, "id_document_image", 0, picture(1))
            .unwrap();
        self.sandbox
            .upload(enrollment, "id_document_image", 1, picture(2))
            .unwrap();
        self.sandbox.finish(enrollment, outcome, causes).unwrap();
        self.desk.refresh_dossier(&launched.row.id).await.unwrap()
    }

    pub fn save_to(&self, path: impl AsRef<Path>) {
        self.picker
            .answers
            .lock()
            .unwrap()
            .push_back(path.as_ref().to_path_buf());
    }

    pub fn creates(&self) -> u64 {
        self.sandbox.counters().creates
    }
}

/// The line that a sandbox prints, as the desk would read it.
pub fn announcement_from(greeting: &str) -> SandboxAnnouncement {
    let line: serde_json::Value = serde_json::from_str(greeting).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let account = |value: &serde_json::Value| SandboxAccount {
        username: text(&value["username"]),
        password: text(&value["password"]).into(),
        otp: value["otp"].as_str().map(|otp| otp.to_owned().into()),
    };
    SandboxAnnouncement {
        base_url: text(&line["base_url"]),
        process_uuid: text(&line["process_uuid"]),
        application: account(&line["application"]),
        user: account(&line["user"]),
    }
}

/// Everything recorded and forgotten, but for the keychain.
pub fn ports_with(
    folder: &Path,
    sandbox: Option<SandboxAnnouncement>,
    keychain: Arc<FakeKeychain>,
) -> Ports {
    ports(
        folder,
        sandbox,
        &Around {
            keychain,
            ..Around::default()
        },
    )
}

/// The first sheet of every PDF file, as the desk shows it.
pub const SCREEN: Shot = Shot {
    sheet: 0,
    size: PictureSize::Screen,
};

#[derive(Debug)]
pub struct DrawnHere;

#[async_trait]
impl SheetDrawing for DrawnHere {
    async fn draw(&self, file: Bytes, sheet: u32) -> Result<DrawnSheet, RenditionError> {
        evidence::display::sheets::draw(file.to_vec(), sheet)
    }
}

#[derive(Default)]
struct Around {
    keychain: Arc<FakeKeychain>,
    preferences: Arc<FakePreferences>,
    browser: Arc<FakeBrowser>,
    picker: Arc<FakePicker>,
    clipboard: Arc<FakeClipboard>,
    customer_screen: Arc<FakeCustomerScreen>,
    enrollment_window: Arc<FakeEnrollmentWindow>,
    window: Arc<FakeWindow>,
    notifier: Arc<FakeNotifier>,
}

fn ports(folder: &Path, sandbox: Option<SandboxAnnouncement>, around: &Around) -> Ports {
    let register_folder = folder.join("register");
    std::fs::create_dir_all(&register_folder).unwrap();
    Ports {
        secrets: around.keychain.clone(),
        preferences: around.preferences.clone(),
        policy: Arc::new(NoPolicy),
        opener: around.browser.clone(),
        picker: around.picker.clone(),
        clipboard: around.clipboard.clone(),
        customer_screen: around.customer_screen.clone(),
        enrollment_window: around.enrollment_window.clone(),
        announcer: around.window.clone(),
        notifier: around.notifier.clone(),
        network: Arc::new(SystemNetwork),
        sandbox: Arc::new(KnownSandbox(sandbox)),
        sheets: Arc::new(DrawnHere),
        clock: Arc::new(SystemClock) as Arc<dyn Clock>,
        register_folder,
        evidence_folder: folder.join("evidence"),
    }
}

/// A real picture, another one for each number.
pub fn picture(number: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let canvas = image::RgbImage::from_fn(320, 200, |x, y| {
        image::Rgb([number.wrapping_mul(40), (x % 256) as u8, (y % 256) as u8])
    });
    canvas
        .write_to(
            &mut std::io::Cursor::new(&mut bytes),
            image::ImageFormat::Png,
        )
        .unwrap();
    bytes
}

pub fn form() -> LaunchForm {
    LaunchForm {
        process_id: "sandbox".into(),
        reference: "REF-1042".into(),
        last_name: "Valmontel".into(),
        first_name: "Ondine".into(),
        email: "ondine@example.com".into(),
        authenticator_phone_number: "+33600000001".into(),
        lang: "fr".into(),
        open_link: true,
        ..LaunchForm::default()
    }
}

pub fn uuid() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Waits for what capture does by itself.
pub async fn evidence_once(
    scene: &Scene,
    id: &str,
    what: &str,
    is_it: impl Fn(&back_office::views::evidence::EvidenceView) -> bool,
) -> back_office::views::evidence::EvidenceView {
    for _ in 0..1_600 {
        let evidence = scene.desk.get_evidence(id).await.unwrap();
        if !evidence.running && is_it(&evidence) {
            return evidence;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never happened: {what}");
}

/// Waits for something that a task of the desk will do.
pub async fn until(what: &str, mut check: impl FnMut() -> bool) {
    for _ in 0..400 {
        if check() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never happened: {what}");
}

/// Every file of the register but its lock and SQLite's shared-memory index.
pub fn bytes_of(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            !name.ends_with("-shm") && !name.contains("lock")
        })
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}
