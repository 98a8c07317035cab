//! The window for ID360's own pages, as a port of the desk.

use async_trait::async_trait;
use back_office::ports::{EnrollmentToOpen, EnrollmentWindow, OpenedEnrollment};
use tauri::{AppHandle, Runtime};

use crate::enrollment_window;

pub struct RemoteWindow<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> std::fmt::Debug for RemoteWindow<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RemoteWindow").finish_non_exhaustive()
    }
}

impl<R: Runtime> RemoteWindow<R> {
    pub fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl<R: Runtime> EnrollmentWindow for RemoteWindow<R> {
    async fn open(&self, enrollment: EnrollmentToOpen) -> Option<OpenedEnrollment> {
        // The error of an address holds the link: only its kind is logged.
        let opened = enrollment_window::open(&self.app, enrollment);
        if opened.is_none() {
            tracing::warn!("the window for the enrollment did not open");
        }
        opened
    }
}
