//! The camera and the microphone for a page that is not the desk's own: never without a person's word.

pub use system::{ask_first, is_there};

/// WebKitGTK asks nobody by itself.
#[cfg(target_os = "linux")]
mod system {
    use std::{cell::Cell, fs};

    use back_office::ports::CameraQuestion;
    use gtk::prelude::*;
    use tauri::{Runtime, WebviewWindow};
    use webkit2gtk::{
        PermissionRequest, PermissionRequestExt as _, SettingsExt as _, UserMediaPermissionRequest,
        WebView, WebViewExt,
    };

    /// Each request is put to whoever sits here, over the page that makes it; unanswered, it is refused.
    pub fn ask_first<R: Runtime>(window: &WebviewWindow<R>, question: CameraQuestion) {
        let hooked = window.with_webview(move |webview| {
            let view = webview.inner();
            if let Some(settings) = WebViewExt::settings(&view) {
                settings.set_enable_media_stream(true);
            }
            view.connect_permission_request(move |view, request| {
                if request.is::<UserMediaPermissionRequest>() {
                    ask(view, request, question);
                    return true;
                }
                false
            });
        });
        if let Err(error) = hooked {
            tracing::warn!(%error, "no camera for the window of an enrollment");
        }
    }

    fn ask(view: &WebView, request: &PermissionRequest, question: CameraQuestion) {
        let parent = view
            .toplevel()
            .and_then(|top| top.downcast::<gtk::Window>().ok());
        let dialog = gtk::MessageDialog::new(
            parent.as_ref(),
            gtk::DialogFlags::MODAL | gtk::DialogFlags::DESTROY_WITH_PARENT,
            gtk::MessageType::Question,
            gtk::ButtonsType::None,
            question.question,
        );
        dialog.add_button(question.refuse, gtk::ResponseType::Reject);
        dialog.add_button(question.allow, gtk::ResponseType::Accept);
        let waiting = Cell::new(Some(request.clone()));
        dialog.connect_response(move |dialog, response| {
            // Closing answers once more.
            if let Some(request) = waiting.take() {
                if response == gtk::ResponseType::Accept {
                    request.allow();
                } else {
                    request.deny();
                }
                dialog.close();
            }
        });
        dialog.show();
    }

    pub fn is_there() -> bool {
        fs::read_dir("/dev").is_ok_and(|devices| {
            devices
                .flatten()
                .any(|device| device.file_name().to_string_lossy().starts_with("video"))
        })
    }
}

/// WebView2 and WKWebView ask the person themselves, and say themselves that there is none.
#[cfg(not(target_os = "linux"))]
mod system {
    use back_office::ports::CameraQuestion;
    use tauri::{Runtime, WebviewWindow};

    pub fn ask_first<R: Runtime>(_: &WebviewWindow<R>, _: CameraQuestion) {}

    pub fn is_there() -> bool {
        true
    }
}
