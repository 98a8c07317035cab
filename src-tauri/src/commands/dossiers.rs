use back_office::{
    Desk,
    views::{
        dossier::DossierView, error::ErrorCode, launch::ExpectedNamesView, report::SheetsView,
    },
};
use tauri::{State, ipc::Response};

use super::{Answer, wire};

/// Ends a running long act.
#[tauri::command]
pub async fn cancel(desk: State<'_, Desk>, intent_id: String) -> Answer<()> {
    desk.cancel(&intent_id);
    Ok(())
}

#[tauri::command]
pub async fn get_dossier(desk: State<'_, Desk>, id: String) -> Answer<DossierView> {
    wire(desk.get_dossier(&id).await)
}

#[tauri::command]
pub async fn watch_dossier(desk: State<'_, Desk>, id: String, watching: bool) -> Answer<()> {
    wire(desk.watch_dossier(&id, watching))
}

#[tauri::command]
pub async fn refresh_dossier(desk: State<'_, Desk>, id: String) -> Answer<DossierView> {
    wire(desk.refresh_dossier(&id).await)
}

#[tauri::command]
pub async fn read_draft_report(desk: State<'_, Desk>, id: String) -> Answer<DossierView> {
    wire(desk.read_draft_report(&id).await)
}

#[tauri::command]
pub async fn read_archived_report(desk: State<'_, Desk>, id: String) -> Answer<DossierView> {
    wire(desk.read_archived_report(&id).await)
}

#[tauri::command]
pub async fn get_expected_names(desk: State<'_, Desk>, id: String) -> Answer<ExpectedNamesView> {
    wire(desk.expected_names(&id).await)
}

#[tauri::command]
pub async fn get_page_trouble(
    desk: State<'_, Desk>,
    id: String,
    document_id: String,
    page_number: u32,
) -> Answer<Option<ErrorCode>> {
    wire(desk.page_trouble(&id, &document_id, page_number))
}

#[tauri::command]
pub async fn get_page_sheets(
    desk: State<'_, Desk>,
    id: String,
    document_id: String,
    page_number: u32,
) -> Answer<SheetsView> {
    wire(desk.page_sheets(&id, &document_id, page_number))
}

/// Raw bytes, for a player.
#[tauri::command]
pub async fn get_video(
    desk: State<'_, Desk>,
    id: String,
    document_id: String,
    page_number: u32,
) -> Answer<Response> {
    let film = wire(desk.video(&id, &document_id, page_number).await)?;
    Ok(Response::new(film))
}
