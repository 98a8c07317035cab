//! The second window, for the screen that faces the customer. No capability names it: its page can call nothing.

use std::path::PathBuf;

use back_office::{Desk, ports::CustomerPage};
use tauri::{
    AppHandle, Manager as _, Monitor, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    Window, WindowEvent, webview::NewWindowResponse,
};

use crate::window;

pub const LABEL: &str = "customer";

/// Where both windows keep what a webview keeps.
#[derive(Debug)]
pub struct WebviewFolder(pub PathBuf);

/// Opens it, or shows another page in it. On a screen of its own where there are two.
pub fn show<R: Runtime>(app: &AppHandle<R>, page: &CustomerPage) -> tauri::Result<()> {
    let address = address_of(page);
    if let Some(open) = app.get_webview_window(LABEL) {
        let mut there = open.url()?;
        there.set_fragment(Some(&address));
        return open.navigate(there);
    }
    let customer = WebviewWindowBuilder::new(
        app,
        LABEL,
        WebviewUrl::App(format!("customer.html#{address}").into()),
    )
    .title("ID360")
    .inner_size(900.0, 700.0)
    .min_inner_size(480.0, 420.0)
    .data_directory(app.state::<WebviewFolder>().0.clone())
    .on_navigation(window::is_own_page)
    .on_new_window(|_, _| NewWindowResponse::Deny)
    .build()?;
    if let Some(other) = other_screen(app)? {
        customer.set_position(*other.position())?;
        customer.set_fullscreen(true)?;
    }
    Ok(())
}

pub fn close<R: Runtime>(app: &AppHandle<R>) {
    if let Some(open) = app.get_webview_window(LABEL)
        && let Err(error) = open.destroy()
    {
        tracing::warn!(%error, "the customer's window was not closed");
    }
}

/// It goes with the desk's own window, and the desk hears when it goes alone.
pub fn on_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if !matches!(event, WindowEvent::Destroyed) {
        return;
    }
    let app = window.app_handle();
    if window.label() == window::LABEL {
        close(app);
    } else if window.label() == LABEL
        && let Some(desk) = app.try_state::<Desk>()
    {
        let desk = desk.inner().clone();
        tauri::async_runtime::spawn(async move { desk.customer_screen_closed().await });
    }
}

/// What the page reads behind the `#`: the picture's name and the language, both plain.
fn address_of(page: &CustomerPage) -> String {
    format!("{}/{}", page.ticket, page.lang)
}

fn other_screen<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Option<Monitor>> {
    let Some(main) = app.get_webview_window(window::LABEL) else {
        return Ok(None);
    };
    let own = main.current_monitor()?;
    let own = own.as_ref().map(|screen| *screen.position());
    let mut screens = WebviewWindow::available_monitors(&main)?.into_iter();
    Ok(screens.find(|screen| Some(*screen.position()) != own))
}
