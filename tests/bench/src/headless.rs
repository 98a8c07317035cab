//! A desk without a window or a person: what it asks of the outside is answered at once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use back_office::ports::{
    Announcer, ClipboardError, CustomerPage, CustomerScreen, DeadlineWarning, EnrollmentToOpen,
    EnrollmentWindow, FilePicker, LinkOpener, NoPolicy, NotWritten, Notifier, OpenedEnrollment,
    Pick, PreferenceStore, SandboxAnnouncement, SandboxProcess, SecretStore, SecretStoreError,
    SheetDrawing, SystemClipboard, SystemNetwork,
};
use back_office::preferences::Preferences;
use back_office::views::dossier::{DossierView, ReadingPlanned};
use back_office::views::launch::Progress;
use back_office::views::session::{LockComing, SessionView};
use back_office::views::settings::Language;
use back_office::{Desk, Ports, SystemClock};
use bytes::Bytes;
use dossiers::RegisterKey;
use evidence::{RenditionError, display::sheets::DrawnSheet};
use secrecy::{ExposeSecret as _, SecretString};

/// A desk on the register in that folder; files are written where `target` says at that moment.
pub fn desk(folder: &Path, key: &RegisterKey, target: Arc<Mutex<PathBuf>>) -> Desk {
    desk_at(folder, key, target, None)
}

/// As [`desk`], with a sandbox that runs already.
pub fn desk_at(
    folder: &Path,
    key: &RegisterKey,
    target: Arc<Mutex<PathBuf>>,
    sandbox: Option<SandboxAnnouncement>,
) -> Desk {
    let keys = HashMap::from([("register-key".to_owned(), key.to_secret())]);
    Desk::new(Ports {
        secrets: Arc::new(Keys(Mutex::new(keys))),
        preferences: Arc::new(Nothing),
        policy: Arc::new(NoPolicy),
        opener: Arc::new(Nothing),
        picker: Arc::new(Chosen(target)),
        clipboard: Arc::new(Nothing),
        customer_screen: Arc::new(Nothing),
        enrollment_window: Arc::new(Nothing),
        announcer: Arc::new(Nothing),
        notifier: Arc::new(Nothing),
        network: Arc::new(SystemNetwork),
        sandbox: Arc::new(Running(sandbox)),
        sheets: Arc::new(Nothing),
        clock: Arc::new(SystemClock),
        register_folder: folder.to_owned(),
        evidence_folder: folder.with_extension("evidence"),
    })
}

struct Keys(Mutex<HashMap<String, SecretString>>);

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<String, SecretString>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl SecretStore for Keys {
    async fn probe(&self) -> Result<(), SecretStoreError> {
        Ok(())
    }

    async fn get(&self, name: &str) -> Result<Option<SecretString>, SecretStoreError> {
        Ok(self.kept().get(name).cloned())
    }

    async fn set(&self, name: &str, secret: &SecretString) -> Result<(), SecretStoreError> {
        let copy = SecretString::from(secret.expose_secret());
        self.kept().insert(name.to_owned(), copy);
        Ok(())
    }

    async fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
        self.kept().remove(name);
        Ok(())
    }
}

#[derive(Debug)]
struct Chosen(Arc<Mutex<PathBuf>>);

#[async_trait]
impl FilePicker for Chosen {
    async fn save(&self, _: Language, _: Pick, _: &str) -> Option<PathBuf> {
        Some(
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        )
    }

    async fn open(&self, _: Language, _: Pick) -> Option<PathBuf> {
        None
    }

    async fn folder(&self, _: Language, _: Pick) -> Option<PathBuf> {
        None
    }
}

#[derive(Debug)]
struct Nothing;

impl PreferenceStore for Nothing {
    fn load(&self) -> Preferences {
        Preferences::default()
    }

    fn save(&self, _: &Preferences) -> Result<(), NotWritten> {
        Ok(())
    }
}

#[async_trait]
impl LinkOpener for Nothing {
    async fn open(&self, _: &SecretString) -> bool {
        false
    }
}

#[async_trait]
impl SystemClipboard for Nothing {
    async fn text(&self, _: usize) -> Result<SecretString, ClipboardError> {
        Err(ClipboardError::Empty)
    }
    async fn put_concealed(&self, _: &SecretString) -> bool {
        false
    }
    async fn clear(&self) {}
}

impl CustomerScreen for Nothing {
    fn show(&self, _: &CustomerPage) -> bool {
        false
    }
    fn close(&self) {}
}

#[async_trait]
impl EnrollmentWindow for Nothing {
    async fn open(&self, _: EnrollmentToOpen) -> Option<OpenedEnrollment> {
        None
    }
}

impl Announcer for Nothing {
    fn session_changed(&self, _: &SessionView) {}
    fn dossier_changed(&self, _: &DossierView) {}
    fn register_changed(&self) {}
    fn reading_planned(&self, _: &ReadingPlanned) {}
    fn lock_coming(&self, _: &LockComing) {}
    fn progress(&self, _: &Progress) {}
}

#[async_trait]
impl Notifier for Nothing {
    async fn warn(&self, _: Language, _: DeadlineWarning) -> bool {
        true
    }
    async fn ended(&self, _: Language) {}
}

/// A sandbox that was started by somebody else, or none.
#[derive(Debug)]
struct Running(Option<SandboxAnnouncement>);

#[async_trait]
impl SandboxProcess for Running {
    async fn announcement(&self) -> Option<SandboxAnnouncement> {
        self.0.clone()
    }
}

#[async_trait]
impl SheetDrawing for Nothing {
    async fn draw(&self, _: Bytes, _: u32) -> Result<DrawnSheet, RenditionError> {
        Err(RenditionError::Damaged)
    }
}
