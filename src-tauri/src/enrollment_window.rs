//! The window for ID360's own pages: strangers. No capability names it, no picture is served to it, nothing that it
//! keeps outlives it.

use std::sync::atomic::{AtomicU64, Ordering};

use back_office::{
    Desk,
    ports::{EnrollmentToOpen, OpenedEnrollment},
};
use secrecy::ExposeSecret as _;
use tauri::{
    AppHandle, Manager as _, Runtime, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent,
    webview::{NewWindowResponse, PermissionKind, PermissionResponse},
};

use crate::{camera, window};

const LABEL: &str = "enrollment-";

/// Opens it in place of an earlier one, whose pages are another customer's.
pub fn open<R: Runtime>(
    app: &AppHandle<R>,
    enrollment: EnrollmentToOpen,
) -> Option<OpenedEnrollment> {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    close(app);
    let address = enrollment.link.expose_secret().parse().ok()?;
    let question = enrollment.camera;
    let builder = WebviewWindowBuilder::new(
        app,
        format!("{LABEL}{number}"),
        WebviewUrl::External(address),
    )
    // No name: the customer's neighbour sees it too.
    .title("ID360")
    .inner_size(1100.0, 820.0)
    .min_inner_size(400.0, 480.0)
    .incognito(true)
    // A photograph that is dropped on the page is for the page.
    .disable_drag_drop_handler()
    .on_navigation(move |url| enrollment.may_go_to(url))
    .on_new_window(|_, _| NewWindowResponse::Deny)
    .on_download(|_, _| false)
    .on_permission_request(|_, kind| match kind {
        // Where the system does not ask by itself, `camera` does.
        PermissionKind::Camera | PermissionKind::Microphone => PermissionResponse::Default,
        _ => PermissionResponse::Deny,
    });
    let opened = builder.build().ok()?;
    camera::ask_first(&opened, question);
    Some(OpenedEnrollment {
        number,
        camera: camera::is_there(),
    })
}

/// It goes with the desk's own window, and the desk hears when it goes alone.
pub fn on_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if !matches!(event, WindowEvent::Destroyed) {
        return;
    }
    let app = window.app_handle();
    if window.label() == window::LABEL {
        close(app);
    } else if let Some(number) = number_of(window.label())
        && let Some(desk) = app.try_state::<Desk>()
    {
        let desk = desk.inner().clone();
        tauri::async_runtime::spawn(async move { desk.enrollment_window_closed(number).await });
    }
}

fn close<R: Runtime>(app: &AppHandle<R>) {
    for (label, open) in app.webview_windows() {
        if number_of(&label).is_some()
            && let Err(error) = open.destroy()
        {
            tracing::warn!(%error, "the window of an enrollment was not closed");
        }
    }
}

fn number_of(label: &str) -> Option<u64> {
    label.strip_prefix(LABEL)?.parse().ok()
}
