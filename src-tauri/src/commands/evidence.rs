use back_office::{
    Desk,
    views::{
        evidence::{
            CaptureActivity, CaptureFilter, CapturePage, EvidenceView, VerificationOutcome,
        },
        list::{BulkOutcome, Selection},
    },
};
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn list_captures(
    desk: State<'_, Desk>,
    filter: CaptureFilter,
    offset: u32,
    limit: u32,
) -> Answer<CapturePage> {
    wire(desk.list_captures(filter, offset, limit).await)
}

#[tauri::command]
pub async fn capture_dossiers(
    desk: State<'_, Desk>,
    intent_id: String,
    selection: Selection,
) -> Answer<BulkOutcome> {
    wire(desk.capture_dossiers(&intent_id, selection).await)
}

#[tauri::command]
pub async fn capture_now(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
) -> Answer<EvidenceView> {
    wire(desk.capture_now(&intent_id, &id).await)
}

#[tauri::command]
pub async fn pause_captures(desk: State<'_, Desk>) -> Answer<CaptureActivity> {
    Ok(desk.pause_captures())
}

#[tauri::command]
pub async fn resume_captures(desk: State<'_, Desk>) -> Answer<CaptureActivity> {
    Ok(desk.resume_captures())
}

#[tauri::command]
pub async fn get_evidence(desk: State<'_, Desk>, id: String) -> Answer<EvidenceView> {
    wire(desk.get_evidence(&id).await)
}

#[tauri::command]
pub async fn verify_evidence(
    desk: State<'_, Desk>,
    intent_id: String,
) -> Answer<VerificationOutcome> {
    wire(desk.verify_evidence(&intent_id).await)
}
