//! What Rust tells the window: every event's name and payload, once.

use back_office::{
    Desk,
    ports::Announcer,
    views::{
        dossier::{DossierView, ReadingPlanned},
        launch::Progress,
        session::{LockComing, SessionView},
    },
};
use serde::Serialize;
use tauri::{AppHandle, Emitter as _, Manager as _, Runtime};

use crate::window;

/// Payload: `SessionView`.
const SESSION_CHANGED: &str = "session-changed";
/// Payload: `DossierView`.
const DOSSIER_CHANGED: &str = "dossier-changed";
/// Without payload.
const REGISTER_CHANGED: &str = "register-changed";
/// Payload: `ReadingPlanned`.
const READING_PLANNED: &str = "reading-planned";
/// Payload: `LockComing`.
const LOCK_COMING: &str = "lock-coming";
/// Payload: `Progress`.
const PROGRESS: &str = "progress";

pub struct WindowEvents<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> std::fmt::Debug for WindowEvents<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WindowEvents").finish_non_exhaustive()
    }
}

impl<R: Runtime> WindowEvents<R> {
    pub fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }

    fn send(&self, name: &str, payload: impl Serialize + Clone) {
        if let Err(error) = self.app.emit_to(window::LABEL, name, payload) {
            tracing::warn!(%error, name, "the window was not told");
        }
    }
}

impl<R: Runtime> Announcer for WindowEvents<R> {
    fn session_changed(&self, session: &SessionView) {
        if let Some(desk) = self.app.try_state::<Desk>() {
            window::entitle(&self.app, session, desk.settings().language);
        }
        self.send(SESSION_CHANGED, session);
    }

    fn dossier_changed(&self, dossier: &DossierView) {
        self.send(DOSSIER_CHANGED, dossier);
    }

    fn register_changed(&self) {
        self.send(REGISTER_CHANGED, ());
    }

    fn reading_planned(&self, planned: &ReadingPlanned) {
        self.send(READING_PLANNED, planned);
    }

    fn lock_coming(&self, coming: &LockComing) {
        self.send(LOCK_COMING, coming);
    }

    fn progress(&self, progress: &Progress) {
        self.send(PROGRESS, progress);
    }
}
