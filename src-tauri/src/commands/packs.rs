use back_office::{
    Desk,
    views::{list::Selection, packs::PackOutcome},
};
use tauri::State;

use super::{Answer, wire};

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
