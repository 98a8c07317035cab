use back_office::{
    Desk,
    views::{
        list::{BulkOutcome, ListQuery, ListView, RefreshOutcome, Selection},
        page_columns::PageColumns,
    },
};
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn list_dossiers(
    desk: State<'_, Desk>,
    query: ListQuery,
    offset: u32,
    limit: u32,
) -> Answer<PageColumns> {
    let page = desk.list_dossiers(query, offset, limit).await;
    wire(page.map(PageColumns::from))
}

#[tauri::command]
pub async fn count_dossiers(desk: State<'_, Desk>, query: ListQuery) -> Answer<u32> {
    wire(desk.count_dossiers(query).await)
}

#[tauri::command]
pub async fn list_views(desk: State<'_, Desk>) -> Answer<Vec<ListView>> {
    wire(desk.list_views().await)
}

#[tauri::command]
pub async fn save_view(desk: State<'_, Desk>, view: ListView) -> Answer<Vec<ListView>> {
    wire(desk.save_view(view).await)
}

#[tauri::command]
pub async fn remove_view(desk: State<'_, Desk>, id: String) -> Answer<Vec<ListView>> {
    wire(desk.remove_view(&id).await)
}

#[tauri::command]
pub async fn list_tags(desk: State<'_, Desk>) -> Answer<Vec<String>> {
    wire(desk.list_tags().await)
}

#[tauri::command]
pub async fn tag_dossiers(
    desk: State<'_, Desk>,
    intent_id: String,
    selection: Selection,
    add: Vec<String>,
    remove: Vec<String>,
) -> Answer<BulkOutcome> {
    wire(desk.tag_dossiers(&intent_id, selection, add, remove).await)
}

#[tauri::command]
pub async fn mark_treated(
    desk: State<'_, Desk>,
    intent_id: String,
    selection: Selection,
    treated: bool,
) -> Answer<BulkOutcome> {
    wire(desk.mark_treated(&intent_id, selection, treated).await)
}

#[tauri::command]
pub async fn refresh_dossiers(
    desk: State<'_, Desk>,
    intent_id: String,
    selection: Selection,
) -> Answer<RefreshOutcome> {
    wire(desk.refresh_dossiers(&intent_id, selection).await)
}
