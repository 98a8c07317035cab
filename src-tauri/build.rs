//! The one list of commands. Each becomes a permission `allow-…`; the window gets those that
//! `permissions/main-window.toml` names, and the handler in `src/commands/mod.rs` must list the same
//! (a test compares the four places).

const COMMANDS: &[&str] = &[
    "window_ready",
    "get_session",
    "retry_register",
    "open_register_with_passphrase",
    "sign_in",
    "sign_in_to_sandbox",
    "resume_session",
    "sign_out",
    "forget_account",
    "list_dossiers",
    "count_dossiers",
    "list_views",
    "save_view",
    "remove_view",
    "list_tags",
    "tag_dossiers",
    "mark_treated",
    "refresh_dossiers",
    "export_dossiers",
    "read_import",
    "apply_import",
    "drop_import",
    "cancel",
    "get_dossier",
    "refresh_dossier",
    "read_draft_report",
    "read_archived_report",
    "get_expected_names",
    "get_page_trouble",
    "launch_dossier",
    "send_again",
    "settle_unknown",
    "open_link",
    "interrupt_dossier",
    "save_evidence",
    "get_home",
    "get_radar",
    "list_journal",
    "get_chain",
    "verify_journal",
    "export_journal",
    "get_store",
    "back_up_now",
    "restore_backup",
    "rebuild_register",
    "renew_register_key",
    "get_settings",
    "set_language",
    "set_theme",
    "set_notifications",
    "set_journal_months",
    "save_environment",
    "remove_environment",
    "save_process",
    "remove_process",
];

fn main() {
    let attributes = tauri_build::Attributes::new()
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
