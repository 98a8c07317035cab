//! The shell of ID360 Desk: translates between the window, the system and `back-office`; decides nothing.

mod adapters;
mod arguments;
mod camera;
mod commands;
mod customer_window;
mod document_scheme;
mod drawing;
mod dropping;
mod enrollment_window;
mod hardening;
mod logging;
mod profile;
mod verification;
mod window;

use std::{ffi::OsString, process::ExitCode, sync::Arc};

use anyhow::Context as _;
use back_office::{Desk, Ports, SystemClock, ports::SystemNetwork};
use tauri::{Manager as _, RunEvent};

use crate::{
    adapters::{
        browser::Browser,
        clipboard::Clipboard,
        customer_window::CustomerWindow,
        enrollment_window::RemoteWindow,
        file_dialogs::FileDialogs,
        keychain::Keychain,
        notifications::SystemNotifications,
        policy_file::{self, SystemPolicy},
        preferences::PreferencesFile,
        sandbox_process::Sidecar,
        sheet_drawing::SheetProcess,
        system_lock,
        window_events::WindowEvents,
    },
    arguments::{Arguments, Request},
    profile::Profile,
};

/// Runs the desk until its window closes, verifies one file, or draws one sheet for the desk that asks for it.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let mut arguments = arguments.peekable();
    if arguments.next_if(|word| word == "verify").is_some() {
        return verify(arguments);
    }
    if arguments.next_if(|word| word == drawing::WORD).is_some() {
        hardening::apply();
        return drawing::run(arguments);
    }
    let arguments = match Arguments::read(arguments) {
        Ok(Request::Run(arguments)) => arguments,
        Ok(Request::Help) => return say(&mut std::io::stdout(), arguments::HELP, 0),
        Ok(Request::Version) => {
            return say(
                &mut std::io::stdout(),
                concat!("id360-desk ", env!("CARGO_PKG_VERSION"), "\n"),
                0,
            );
        }
        Err(error) => {
            return say(
                &mut std::io::stderr(),
                &format!("{error}\n\n{}", arguments::HELP),
                2,
            );
        }
    };
    let is_hardened = hardening::apply();
    match start(arguments, is_hardened) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => say(
            &mut std::io::stderr(),
            &format!("id360-desk: {error:#}\n"),
            1,
        ),
    }
}

fn verify(words: impl Iterator<Item = OsString>) -> ExitCode {
    use verification::{HELP, Request, USAGE, Verification};
    match Verification::read(words) {
        Ok(Request::Help) => say(&mut std::io::stdout(), HELP, 0),
        Ok(Request::Verify(verification)) => {
            let (mut out, mut complaints) = (std::io::stdout(), std::io::stderr());
            ExitCode::from(verification.run(chrono::Utc::now(), &mut out, &mut complaints))
        }
        Err(error) => say(&mut std::io::stderr(), &format!("{error}\n\n{HELP}"), USAGE),
    }
}

fn start(arguments: Arguments, is_hardened: bool) -> anyhow::Result<()> {
    let profile = Profile::open(arguments.profile.as_deref())?;
    let _log = logging::start(&profile)?;
    if !is_hardened {
        tracing::warn!("core dumps could not be turned off");
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "starting");
    let context = tauri::generate_context!();
    // First plugin registered, so that a second start ends before anything else is opened.
    let single_instance = tauri_plugin_single_instance::Builder::new()
        .dbus_id(profile.bus_name())
        .callback(|app, _arguments, _folder| window::bring_to_front(app))
        .build();
    tauri::Builder::default()
        .plugin(single_instance)
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_opener::Builder::new()
                // Links are opened by one command, behind the allow-list.
                .open_js_links_on_click(false)
                .build(),
        )
        .plugin(tauri_plugin_shell::init())
        .register_asynchronous_uri_scheme_protocol(
            document_scheme::SCHEME,
            |context, request, responder| {
                let asker = context.webview_label();
                document_scheme::answer(context.app_handle(), asker, &request, responder);
            },
        )
        .manage(dropping::DroppedFile::default())
        .on_window_event(|window, event| {
            dropping::take_dropped_file(window, event);
            customer_window::on_event(window, event);
            enrollment_window::on_event(window, event);
        })
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let handle = app.handle().clone();
            let desk = Desk::new(Ports {
                secrets: Arc::new(Keychain::new(profile.keychain_namespace())),
                preferences: Arc::new(PreferencesFile::new(&handle, profile.preferences())),
                policy: Arc::new(SystemPolicy::at(policy_file::system_place())),
                opener: Arc::new(Browser::new(handle.clone())),
                picker: Arc::new(FileDialogs::new(handle.clone())),
                clipboard: Arc::new(Clipboard::default()),
                customer_screen: Arc::new(CustomerWindow::new(handle.clone())),
                enrollment_window: Arc::new(RemoteWindow::new(handle.clone())),
                announcer: Arc::new(WindowEvents::new(handle.clone())),
                notifier: Arc::new(SystemNotifications),
                network: Arc::new(SystemNetwork),
                sandbox: Arc::new(Sidecar::new(
                    handle.clone(),
                    arguments.sandbox.clone(),
                    profile.sandbox(),
                )),
                sheets: Arc::new(SheetProcess::default()),
                clock: Arc::new(SystemClock),
                register_folder: profile.register(),
                evidence_folder: profile.evidence(),
            });
            app.manage(desk.clone());
            app.manage(customer_window::WebviewFolder(profile.webview()));
            window::build(&handle, &profile.webview()).context("the window cannot be made")?;
            window::enlarge(&handle, desk.settings().text_size);
            tauri::async_runtime::spawn(async move {
                desk.start().await;
                desk.watch_idleness();
                system_lock::watch(&desk);
                desk.announce_session();
            });
            Ok(())
        })
        .build(context)
        .context("the window system cannot be used")?
        .run(|app, event| {
            // Managed state is never dropped: what must be closed is closed here.
            if let (RunEvent::Exit, Some(desk)) = (event, app.try_state::<Desk>()) {
                tauri::async_runtime::block_on(desk.take_back_copied());
                desk.close();
            }
        });
    Ok(())
}

fn say(to: &mut impl std::io::Write, text: &str, code: u8) -> ExitCode {
    // Nobody to tell when the standard streams are closed.
    let _ = to.write_all(text.as_bytes());
    ExitCode::from(code)
}
