//! What the desk needs from the outside. The shell implements these; tests put their own behind them.

use std::path::PathBuf;

use async_trait::async_trait;
use bytes::Bytes;
use evidence::{RenditionError, display::sheets::DrawnSheet};
use id360_api::{Account, ApiError, Client, ClientOptions, Environment};
use secrecy::SecretString;

use crate::{
    preferences::Preferences,
    views::{
        dossier::{DossierView, ReadingPlanned},
        launch::{Progress, SaveSubject},
        policy::PolicyTrouble,
        session::{LockComing, SessionView},
        settings::Language,
        transfer::ExportFormat,
    },
};

/// Why a secret could not be read or kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretStoreError {
    #[error("no keychain on this computer")]
    Missing,
    #[error("the keychain is closed or silent")]
    Locked,
    /// Open, and it does not keep or give what it is asked.
    #[error("the keychain refuses: it is full, or this program may not use it")]
    Refusing,
}

/// The keychain of the operating system, already bound to one desk's namespace.
///
/// Implementations answer within a time limit: a keychain that waits for a person is `Locked`.
#[async_trait]
pub trait SecretStore: Send + Sync + std::fmt::Debug {
    /// Writes and reads back a value of no importance: the only trustworthy sign of a working keychain.
    async fn probe(&self) -> Result<(), SecretStoreError>;
    async fn get(&self, name: &str) -> Result<Option<SecretString>, SecretStoreError>;
    async fn set(&self, name: &str, secret: &SecretString) -> Result<(), SecretStoreError>;
    async fn remove(&self, name: &str) -> Result<(), SecretStoreError>;
}

/// The preferences could not be written; the adapter has logged why.
#[derive(Debug, thiserror::Error)]
#[error("preferences could not be written")]
pub struct NotWritten;

/// Preferences that one may lose: no secret, no personal data.
pub trait PreferenceStore: Send + Sync + std::fmt::Debug {
    /// Defaults where nothing readable is stored; an unreadable file is set aside, never fatal.
    fn load(&self) -> Preferences;
    fn save(&self, preferences: &Preferences) -> Result<(), NotWritten>;
}

/// What is found where the organisation's policy is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyFile {
    None,
    /// There, and not to be relied on.
    Refused(PolicyTrouble),
    Read(Vec<u8>),
}

/// Settings that the organisation fixes, in a file that only the administrator of this computer may write.
///
/// Implementations answer [`PolicyFile::Read`] only where that is so, and with no more than a policy needs.
pub trait PolicySource: Send + Sync + std::fmt::Debug {
    fn read(&self) -> PolicyFile;
    /// For the person who looks for it.
    fn place(&self) -> String;
}

/// A computer without a policy.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPolicy;

impl PolicySource for NoPolicy {
    fn read(&self) -> PolicyFile {
        PolicyFile::None
    }
    fn place(&self) -> String {
        String::new()
    }
}

/// Opens an admitted link in the person's default browser, or a `mailto:` message in their mail program.
#[async_trait]
pub trait LinkOpener: Send + Sync + std::fmt::Debug {
    /// False when no program took it.
    async fn open(&self, link: &SecretString) -> bool;
}

/// What a file or folder is chosen for: the dialog's title says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    Evidence(SaveSubject),
    /// One captured piece.
    Piece,
    Export(ExportFormat),
    /// The journal, written for somebody else.
    Journal,
    /// A file of dossiers to read.
    Import,
    /// A sealed evidence pack.
    Pack,
    /// A pack or a signed container to check.
    Check,
    /// A file of a signed container.
    Contained,
    /// What came of a check, to keep.
    CheckReport,
    /// Certificates to trust.
    Certificate,
}

/// The system's own dialogs. Each is `None` when the person closes it.
#[async_trait]
pub trait FilePicker: Send + Sync + std::fmt::Debug {
    /// Where to write a new file.
    async fn save(&self, language: Language, pick: Pick, suggested_name: &str) -> Option<PathBuf>;
    /// A file that exists.
    async fn open(&self, language: Language, pick: Pick) -> Option<PathBuf>;
    /// A folder that exists.
    async fn folder(&self, language: Language, pick: Pick) -> Option<PathBuf>;
}

/// Why there is no text to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClipboardError {
    #[error("no text in the clipboard")]
    Empty,
    #[error("more text than asked for")]
    TooLarge,
    #[error("the clipboard cannot be read")]
    Unreadable,
}

/// The system's clipboard, read and written only when a person asks for it.
#[async_trait]
pub trait SystemClipboard: Send + Sync + std::fmt::Debug {
    /// Its text, of at most so many bytes. It may hold secrets.
    async fn text(&self, most: usize) -> Result<SecretString, ClipboardError>;
    /// Puts a secret there, kept out of histories and other devices where the system allows. False when it did not.
    async fn put_concealed(&self, text: &SecretString) -> bool;
    /// Best effort.
    async fn clear(&self);
}

/// What the screen that faces the customer shows: nothing of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerPage {
    /// Names the picture of the link.
    pub ticket: String,
    pub lang: String,
}

/// A second window, on the screen that faces the customer where there is one.
pub trait CustomerScreen: Send + Sync + std::fmt::Debug {
    /// Opens it, or shows this instead of what it showed. False when there is no window to be had.
    fn show(&self, page: &CustomerPage) -> bool;
    /// Does nothing where it is closed.
    fn close(&self);
}

/// What the pages' window asks before a page gets the camera or the microphone, in the customer's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CameraQuestion {
    pub question: &'static str,
    pub allow: &'static str,
    pub refuse: &'static str,
}

/// What that window is opened on.
#[derive(Debug, Clone)]
pub struct EnrollmentToOpen {
    /// Admitted for its environment.
    pub link: SecretString,
    pub camera: CameraQuestion,
    /// Where on this computer the customer's browser comes back to.
    pub return_port: Option<u16>,
}

/// A window with ID360's pages in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenedEnrollment {
    /// Tells this window from one that took its place.
    pub number: u64,
    /// This computer has a camera that the window can be given.
    pub camera: bool,
}

/// A window of the desk's own for ID360's pages: strangers, who can call nothing and leave nothing behind.
#[async_trait]
pub trait EnrollmentWindow: Send + Sync + std::fmt::Debug {
    /// Opens it, in place of an earlier one. `None` when there is no window to be had.
    async fn open(&self, enrollment: EnrollmentToOpen) -> Option<OpenedEnrollment>;
}

/// Tells the window. Full snapshots, never differences.
pub trait Announcer: Send + Sync + std::fmt::Debug {
    fn session_changed(&self, session: &SessionView);
    fn dossier_changed(&self, dossier: &DossierView);
    /// What is shown of lists, counts and deadlines is to be read again.
    fn register_changed(&self);
    /// A dossier is read next at another time than was told.
    fn reading_planned(&self, planned: &ReadingPlanned);
    /// The desk locks itself soon, or no longer.
    fn lock_coming(&self, coming: &LockComing);
    fn progress(&self, progress: &Progress);
}

/// What is about to be lost: numbers only, since whoever passes the screen reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeadlineWarning {
    pub dossiers: u64,
    /// Whole hours until the first of them is lost; `None`: that moment has passed.
    pub hours_left: Option<u64>,
}

/// The system's own notifications.
#[async_trait]
pub trait Notifier: Send + Sync + std::fmt::Debug {
    /// Whether it was shown: a desktop without notifications shows the radar all the same.
    async fn warn(&self, language: Language, warning: DeadlineWarning) -> bool;
    /// A dossier that somebody waits for ended. No name: it stands on a screen that a customer may see.
    async fn ended(&self, language: Language);
}

/// Makes the clients that talk to ID360.
pub trait Network: Send + Sync + std::fmt::Debug {
    fn client(
        &self,
        environment: Environment,
        account: Account,
        options: ClientOptions,
    ) -> Result<Client, ApiError>;
}

/// The network of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemNetwork;

impl Network for SystemNetwork {
    fn client(
        &self,
        environment: Environment,
        account: Account,
        options: ClientOptions,
    ) -> Result<Client, ApiError> {
        Client::new(environment, account, options)
    }
}

/// What the sandbox process says of itself when it listens.
#[derive(Debug, Clone)]
pub struct SandboxAnnouncement {
    pub base_url: String,
    pub process_uuid: String,
    pub application: SandboxAccount,
    pub user: SandboxAccount,
}

#[derive(Debug, Clone)]
pub struct SandboxAccount {
    pub username: String,
    pub password: SecretString,
    pub otp: Option<SecretString>,
}

/// The sandbox, a process of its own.
#[async_trait]
pub trait SandboxProcess: Send + Sync + std::fmt::Debug {
    /// Starts it unless it runs; `None` when it cannot be started.
    async fn announcement(&self) -> Option<SandboxAnnouncement>;
}

/// Draws the sheets of PDF files, and HEIC photographs, apart from the desk: what a hostile file does to its drawing, it
/// does to nothing else.
#[async_trait]
pub trait SheetDrawing: Send + Sync + std::fmt::Debug {
    /// # Errors
    /// As [`evidence::display::sheets::draw`]; [`RenditionError::TooLarge`] also where it takes too long or too much.
    async fn draw(&self, file: Bytes, sheet: u32) -> Result<DrawnSheet, RenditionError>;
}
