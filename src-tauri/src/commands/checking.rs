use back_office::{
    Desk,
    views::{
        checking::{
            CheckReportForm, CheckedText, FileCheck, RevocationRule, TrustView, TrustedFor,
        },
        launch::SaveOutcome,
    },
};
use tauri::State;

use super::{Answer, wire};
use crate::dropping::DroppedFile;

#[tauri::command]
pub async fn check_file(desk: State<'_, Desk>, intent_id: String) -> Answer<Option<FileCheck>> {
    wire(desk.check_file(&intent_id).await)
}

/// The file that was dropped last; the page knows its name only.
#[tauri::command]
pub async fn check_dropped_file(
    desk: State<'_, Desk>,
    dropped: State<'_, DroppedFile>,
    intent_id: String,
) -> Answer<Option<FileCheck>> {
    wire(desk.check_dropped_file(&intent_id, dropped.path()).await)
}

#[tauri::command]
pub async fn check_again(
    desk: State<'_, Desk>,
    intent_id: String,
    check_id: String,
) -> Answer<FileCheck> {
    wire(desk.check_again(&intent_id, &check_id).await)
}

#[tauri::command]
pub async fn judge_claim(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
) -> Answer<FileCheck> {
    wire(desk.judge_claim(&intent_id, &id).await)
}

#[tauri::command]
pub async fn read_checked_text(
    desk: State<'_, Desk>,
    check_id: String,
    position: u32,
) -> Answer<CheckedText> {
    wire(desk.read_checked_text(&check_id, position).await)
}

#[tauri::command]
pub async fn save_checked_file(
    desk: State<'_, Desk>,
    intent_id: String,
    check_id: String,
    position: u32,
) -> Answer<Option<SaveOutcome>> {
    wire(
        desk.save_checked_file(&intent_id, &check_id, position)
            .await,
    )
}

#[tauri::command]
pub async fn save_check_report(
    desk: State<'_, Desk>,
    intent_id: String,
    check_id: String,
    form: CheckReportForm,
) -> Answer<Option<SaveOutcome>> {
    wire(desk.save_check_report(&intent_id, &check_id, form).await)
}

#[tauri::command]
pub async fn get_trust(desk: State<'_, Desk>) -> Answer<TrustView> {
    wire(desk.get_trust().await)
}

#[tauri::command]
pub async fn add_trusted(
    desk: State<'_, Desk>,
    intent_id: String,
    role: TrustedFor,
) -> Answer<Option<TrustView>> {
    wire(desk.add_trusted(&intent_id, role).await)
}

#[tauri::command]
pub async fn remove_trusted(
    desk: State<'_, Desk>,
    role: TrustedFor,
    sha256: String,
) -> Answer<TrustView> {
    wire(desk.remove_trusted(role, &sha256).await)
}

#[tauri::command]
pub async fn set_revocation_rule(desk: State<'_, Desk>, rule: RevocationRule) -> Answer<TrustView> {
    wire(desk.set_revocation_rule(rule).await)
}
