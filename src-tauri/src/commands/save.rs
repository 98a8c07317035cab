use back_office::{
    Desk,
    views::launch::{SaveOutcome, SaveSubject},
};
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn save_evidence(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
    subject: SaveSubject,
) -> Answer<Option<SaveOutcome>> {
    wire(desk.save_evidence(&intent_id, &id, subject).await)
}

#[tauri::command]
pub async fn save_piece(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
    piece_id: String,
) -> Answer<Option<SaveOutcome>> {
    wire(desk.save_piece(&intent_id, &id, &piece_id).await)
}

#[tauri::command]
pub async fn save_page(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
    document_id: String,
    page_number: u32,
) -> Answer<Option<SaveOutcome>> {
    wire(
        desk.save_page(&intent_id, &id, &document_id, page_number)
            .await,
    )
}
