//! The screen that faces the customer, as a port of the desk.

use back_office::ports::{CustomerPage, CustomerScreen};
use tauri::{AppHandle, Runtime};

use crate::customer_window;

pub struct CustomerWindow<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> std::fmt::Debug for CustomerWindow<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CustomerWindow").finish_non_exhaustive()
    }
}

impl<R: Runtime> CustomerWindow<R> {
    pub fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }
}

impl<R: Runtime> CustomerScreen for CustomerWindow<R> {
    fn show(&self, page: &CustomerPage) -> bool {
        match customer_window::show(&self.app, page) {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "the customer's window did not open");
                false
            }
        }
    }

    fn close(&self) {
        customer_window::close(&self.app);
    }
}
