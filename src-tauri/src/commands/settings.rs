use back_office::{
    Desk,
    views::{
        settings::{
            CallbackValue, EnvironmentSettings, Language, ProcessSettings, SettingsView, Theme,
        },
        setup::ProcessLines,
    },
};
use tauri::{AppHandle, State};

use super::{Answer, wire};
use crate::window;

#[tauri::command]
pub async fn get_settings(desk: State<'_, Desk>) -> Answer<SettingsView> {
    Ok(desk.settings())
}

#[tauri::command]
pub async fn set_language(
    app: AppHandle,
    desk: State<'_, Desk>,
    language: Language,
) -> Answer<SettingsView> {
    let settings = desk.set_language(language);
    window::entitle(&app, &desk.session_view(), language);
    Ok(settings)
}

#[tauri::command]
pub async fn set_theme(desk: State<'_, Desk>, theme: Theme) -> Answer<SettingsView> {
    Ok(desk.set_theme(theme))
}

#[tauri::command]
pub async fn set_text_size(
    app: AppHandle,
    desk: State<'_, Desk>,
    hundredths: u16,
) -> Answer<SettingsView> {
    let settings = desk.set_text_size(hundredths);
    window::enlarge(&app, settings.text_size);
    Ok(settings)
}

#[tauri::command]
pub async fn set_notifications(desk: State<'_, Desk>, wanted: bool) -> Answer<SettingsView> {
    wire(desk.set_notifications(wanted).await)
}

#[tauri::command]
pub async fn set_journal_months(desk: State<'_, Desk>, months: u16) -> Answer<SettingsView> {
    wire(desk.set_journal_months(months).await)
}

#[tauri::command]
pub async fn set_lock_minutes(desk: State<'_, Desk>, minutes: u8) -> Answer<SettingsView> {
    wire(desk.set_lock_minutes(minutes).await)
}

#[tauri::command]
pub async fn set_mask_names(desk: State<'_, Desk>, wanted: bool) -> Answer<SettingsView> {
    wire(desk.set_mask_names(wanted).await)
}

#[tauri::command]
pub async fn set_play_videos(desk: State<'_, Desk>, wanted: bool) -> Answer<SettingsView> {
    wire(desk.set_play_videos(wanted).await)
}

#[tauri::command]
pub async fn set_clipboard_seconds(desk: State<'_, Desk>, seconds: u8) -> Answer<SettingsView> {
    wire(desk.set_clipboard_seconds(seconds).await)
}

#[tauri::command]
pub async fn set_letter_keys(desk: State<'_, Desk>, wanted: bool) -> Answer<SettingsView> {
    Ok(desk.set_letter_keys(wanted))
}

#[tauri::command]
pub async fn save_environment(
    desk: State<'_, Desk>,
    environment: EnvironmentSettings,
) -> Answer<SettingsView> {
    wire(desk.save_environment(environment).await)
}

#[tauri::command]
pub async fn remove_environment(desk: State<'_, Desk>, id: String) -> Answer<SettingsView> {
    wire(desk.remove_environment(&id).await)
}

#[tauri::command]
pub async fn save_process(
    desk: State<'_, Desk>,
    process: ProcessSettings,
    values: Vec<CallbackValue>,
) -> Answer<SettingsView> {
    wire(desk.save_process(process, values).await)
}

#[tauri::command]
pub async fn get_kept_callback_values(
    desk: State<'_, Desk>,
    process_id: String,
) -> Answer<Vec<Vec<bool>>> {
    wire(desk.kept_callback_values(&process_id).await)
}

#[tauri::command]
pub async fn remove_process(desk: State<'_, Desk>, id: String) -> Answer<SettingsView> {
    wire(desk.remove_process(&id).await)
}

#[tauri::command]
pub async fn judge_processes(
    desk: State<'_, Desk>,
    environment_id: String,
    text: String,
) -> Answer<ProcessLines> {
    wire(desk.judge_processes(&environment_id, &text))
}

#[tauri::command]
pub async fn add_processes(
    desk: State<'_, Desk>,
    environment_id: String,
    text: String,
) -> Answer<SettingsView> {
    wire(desk.add_processes(&environment_id, &text).await)
}
