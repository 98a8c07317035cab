use back_office::{
    Desk,
    views::{session::SessionView, store::StoreView},
};
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn get_store(desk: State<'_, Desk>) -> Answer<StoreView> {
    wire(desk.store().await)
}

#[tauri::command]
pub async fn back_up_now(desk: State<'_, Desk>, intent_id: String) -> Answer<StoreView> {
    wire(desk.back_up_now(&intent_id).await)
}

#[tauri::command]
pub async fn restore_backup(
    desk: State<'_, Desk>,
    intent_id: String,
    name: String,
) -> Answer<SessionView> {
    wire(desk.restore_backup(&intent_id, name).await)
}

#[tauri::command]
pub async fn rebuild_register(desk: State<'_, Desk>, intent_id: String) -> Answer<SessionView> {
    wire(desk.rebuild_register(&intent_id).await)
}

#[tauri::command]
pub async fn renew_register_key(desk: State<'_, Desk>, intent_id: String) -> Answer<StoreView> {
    wire(desk.renew_register_key(&intent_id).await)
}
