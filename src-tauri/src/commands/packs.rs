use back_office::{
    Desk,
    views::{
        list::Selection,
        packs::{FileCheck, PackOutcome},
    },
};
use tauri::State;

use super::{Answer, wire};
use crate::dropping::DroppedFile;

#[tauri::command]
pub async fn make_pack(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
) -> Answer<Option<PackOutcome>> {
    wire(desk.make_pack(&intent_id, &id).await)
}

#[tauri::command]
pub async fn make_packs(
    desk: State<'_, Desk>,
    intent_id: String,
    selection: Selection,
) -> Answer<Option<PackOutcome>> {
    wire(desk.make_packs(&intent_id, selection).await)
}

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
