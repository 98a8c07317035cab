//! The person's default browser. The link was admitted before it comes here.

use async_trait::async_trait;
use back_office::ports::LinkOpener;
use secrecy::{ExposeSecret as _, SecretString};
use tauri::{AppHandle, Runtime};
use tauri_plugin_opener::OpenerExt as _;

pub struct Browser<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> std::fmt::Debug for Browser<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browser").finish_non_exhaustive()
    }
}

impl<R: Runtime> Browser<R> {
    pub fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl<R: Runtime> LinkOpener for Browser<R> {
    async fn open(&self, link: &SecretString) -> bool {
        let app = self.app.clone();
        let link = link.clone();
        // Waits a quarter of a second for the opener to fail; its errors hold the link, so none is logged.
        let opened = tokio::task::spawn_blocking(move || {
            app.opener()
                .open_url(link.expose_secret(), None::<&str>)
                .is_ok()
        })
        .await;
        opened.unwrap_or(false)
    }
}
