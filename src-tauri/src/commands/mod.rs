//! The commands of the window, one file per screen, a few lines each. `build.rs` has the one list.

mod checking;
mod deadlines;
mod decision;
mod dossiers;
mod evidence;
mod journal;
mod launch;
mod link;
mod list;
mod packs;
mod save;
mod session;
mod settings;
mod store;
mod transfer;
mod window;

use back_office::{Desk, DeskError, views::error::WireError};
use tauri::{Manager as _, ipc::Invoke};

type Answer<T> = Result<T, WireError>;

/// Every command of `build.rs`; each is admitted before it is looked at, so that a locked desk answers none but its own.
pub fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    let answer = every_command();
    move |invoke| match invoke.message.webview_ref().try_state::<Desk>() {
        Some(desk) => match desk.admit(invoke.message.command()) {
            Ok(()) => answer(invoke),
            Err(refused) => {
                invoke.resolver.reject(refused.into_wire());
                true
            }
        },
        None => answer(invoke),
    }
}

/// In the order of `build.rs`.
fn every_command() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        window::window_ready,
        session::get_session,
        session::retry_register,
        session::open_register_with_passphrase,
        session::sign_in,
        session::test_account,
        session::sign_in_to_sandbox,
        session::resume_session,
        session::lock,
        session::unlock,
        session::note_input,
        session::reveal_names,
        session::dismiss_opening,
        session::work_as,
        session::close_account,
        session::sign_out,
        session::forget_account,
        list::list_dossiers,
        list::count_dossiers,
        list::list_views,
        list::save_view,
        list::remove_view,
        list::list_tags,
        list::tag_dossiers,
        list::mark_treated,
        list::refresh_dossiers,
        transfer::export_dossiers,
        transfer::read_import,
        transfer::apply_import,
        transfer::drop_import,
        dossiers::cancel,
        dossiers::get_dossier,
        dossiers::watch_dossier,
        dossiers::refresh_dossier,
        dossiers::read_draft_report,
        dossiers::read_archived_report,
        dossiers::get_expected_names,
        dossiers::get_page_trouble,
        dossiers::get_page_sheets,
        dossiers::get_video,
        launch::get_launch_form,
        launch::get_same_reference,
        launch::propose_reference,
        launch::get_draft,
        launch::save_draft,
        launch::drop_draft,
        launch::check_form,
        launch::launch_dossier,
        launch::send_again,
        launch::check_data,
        launch::push_data,
        launch::settle_unknown,
        link::open_link,
        link::show_link,
        link::hide_link,
        link::close_customer_screen,
        link::mail_link,
        link::copy_link,
        launch::interrupt_dossier,
        decision::decide,
        save::save_evidence,
        save::save_piece,
        save::save_page,
        evidence::list_captures,
        evidence::capture_dossiers,
        evidence::capture_now,
        evidence::pause_captures,
        evidence::resume_captures,
        evidence::get_evidence,
        evidence::verify_evidence,
        packs::make_pack,
        packs::make_packs,
        checking::check_file,
        checking::check_dropped_file,
        checking::check_again,
        checking::judge_claim,
        checking::read_checked_text,
        checking::save_checked_file,
        checking::save_check_report,
        checking::get_trust,
        checking::add_trusted,
        checking::remove_trusted,
        checking::set_revocation_rule,
        deadlines::get_home,
        deadlines::get_radar,
        journal::list_journal,
        journal::get_chain,
        journal::verify_journal,
        journal::export_journal,
        store::get_store,
        store::back_up_now,
        store::restore_backup,
        store::rebuild_register,
        store::renew_register_key,
        settings::get_settings,
        settings::set_language,
        settings::set_theme,
        settings::set_text_size,
        settings::set_notifications,
        settings::set_journal_months,
        settings::set_lock_minutes,
        settings::set_mask_names,
        settings::set_play_videos,
        settings::set_clipboard_seconds,
        settings::set_letter_keys,
        settings::save_environment,
        settings::remove_environment,
        settings::save_process,
        settings::get_kept_callback_values,
        settings::remove_process,
        settings::judge_processes,
        settings::add_processes,
    ]
}

fn wire<T>(result: Result<T, DeskError>) -> Answer<T> {
    result.map_err(DeskError::into_wire)
}
