use back_office::{
    Desk,
    views::{
        journal::{ChainView, JournalPage, JournalQuery},
        transfer::ExportOutcome,
    },
};
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn list_journal(
    desk: State<'_, Desk>,
    query: JournalQuery,
    offset: u32,
    limit: u32,
) -> Answer<JournalPage> {
    wire(desk.list_journal(query, offset, limit).await)
}

#[tauri::command]
pub async fn get_chain(desk: State<'_, Desk>) -> Answer<ChainView> {
    wire(desk.get_chain().await)
}

#[tauri::command]
pub async fn verify_journal(desk: State<'_, Desk>, intent_id: String) -> Answer<ChainView> {
    wire(desk.verify_journal(&intent_id).await)
}

#[tauri::command]
pub async fn export_journal(
    desk: State<'_, Desk>,
    intent_id: String,
    query: JournalQuery,
) -> Answer<Option<ExportOutcome>> {
    wire(desk.export_journal(&intent_id, query).await)
}
