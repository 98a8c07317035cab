//! The desk's window: hidden until it has painted, going nowhere else.

use std::path::Path;

use back_office::views::session::{EnvironmentKind, SessionView};
use back_office::views::settings::Language;
use tauri::{
    AppHandle, Manager as _, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::NewWindowResponse,
};

pub const LABEL: &str = "main";

pub fn build<R: Runtime>(app: &AppHandle<R>, data: &Path) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("ID360 Desk")
        .inner_size(1366.0, 768.0)
        .min_inner_size(720.0, 480.0)
        .visible(false)
        .data_directory(data.to_path_buf())
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    keep_no_copies(&window);
    Ok(())
}

/// Pictures that were looked at do not stay in the engine's cache: nothing here is shown twice from there.
#[cfg(target_os = "linux")]
fn keep_no_copies<R: Runtime>(window: &WebviewWindow<R>) {
    use webkit2gtk::{CacheModel, WebContextExt as _, WebViewExt as _};

    let told = window.with_webview(|webview| {
        if let Some(context) = webview.inner().context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
    });
    if let Err(error) = told {
        tracing::warn!(%error, "the engine keeps a cache");
    }
}

/// What is told `no-store` is in no cache of these engines.
#[cfg(not(target_os = "linux"))]
fn keep_no_copies<R: Runtime>(_: &WebviewWindow<R>) {}

/// Shows everything in the window in so many hundredths of its usual size.
pub fn enlarge<R: Runtime>(app: &AppHandle<R>, hundredths: u16) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.set_zoom(f64::from(hundredths) / 100.0)
    {
        tracing::warn!(%error, "the window keeps its size of text");
    }
}

pub fn bring_to_front<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let shown = window
            .show()
            .and_then(|()| window.unminimize())
            .and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
}

/// The window's own pages, on the addresses that Tauri gives them on each system.
pub fn is_own_page(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str(), url.port()),
        ("tauri", Some("localhost"), None) | ("http" | "https", Some("tauri.localhost"), None)
    )
}

/// Gives the window its title anew, as who is signed in or the language changed.
pub fn entitle<R: Runtime>(app: &AppHandle<R>, session: &SessionView, language: Language) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.set_title(&title(session, language))
    {
        tracing::warn!(%error, "the title could not be set");
    }
}

/// The environment's word stands first, where every task bar shows it.
fn title(session: &SessionView, language: Language) -> String {
    let Some(current) = &session.current else {
        return "ID360 Desk".to_owned();
    };
    let word = match (current.environment_kind, language) {
        (EnvironmentKind::Production, _) => "PRODUCTION",
        (EnvironmentKind::PreProduction, Language::Fr) => "PRÉ-PRODUCTION",
        (EnvironmentKind::PreProduction, Language::En) => "PRE-PRODUCTION",
        (EnvironmentKind::Sandbox, Language::Fr) => "BAC À SABLE",
        (EnvironmentKind::Sandbox, Language::En) => "SANDBOX",
    };
    match &current.environment_name {
        Some(name) => format!("{word} · {name} · ID360 Desk"),
        None => format!("{word} · ID360 Desk"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_else() {
        let own = |url: &str| is_own_page(&url.parse().unwrap());
        assert!(own("tauri://localhost/index.html#/dossiers"));
        for url in [
            "https://id360docaposte.com/",
            "http://localhost:1420/",
            "http://tauri.localhost.evil.example/",
            "http://tauri.localhost:8080/",
            "tauri://evil/",
            "data:text/html,x",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "about:blank",
        ] {
            assert!(!own(url), "{url}");
        }
    }
}
