use back_office::{
    Desk,
    views::{
        dossier::{DossierRow, DossierView},
        launch::{
            DraftForm, DraftView, ExpectedDatumForm, FormCheck, LaunchForm, LaunchOutcome,
            Settlement,
        },
    },
};
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn get_launch_form(desk: State<'_, Desk>, id: String) -> Answer<LaunchForm> {
    wire(desk.launch_form(&id).await)
}

#[tauri::command]
pub async fn get_same_reference(
    desk: State<'_, Desk>,
    reference: String,
) -> Answer<Vec<DossierRow>> {
    wire(desk.same_reference(&reference).await)
}

#[tauri::command]
pub async fn propose_reference(
    desk: State<'_, Desk>,
    process_id: String,
) -> Answer<Option<String>> {
    wire(desk.propose_reference(&process_id).await)
}

#[tauri::command]
pub async fn get_draft(desk: State<'_, Desk>) -> Answer<Option<DraftView>> {
    wire(desk.draft().await)
}

#[tauri::command]
pub async fn save_draft(desk: State<'_, Desk>, form: DraftForm) -> Answer<()> {
    wire(desk.save_draft(form).await)
}

#[tauri::command]
pub async fn drop_draft(desk: State<'_, Desk>) -> Answer<()> {
    wire(desk.drop_draft().await)
}

#[tauri::command]
pub async fn check_form(desk: State<'_, Desk>, form: LaunchForm) -> Answer<FormCheck> {
    wire(desk.check_form(&form))
}

#[tauri::command]
pub async fn launch_dossier(
    desk: State<'_, Desk>,
    intent_id: String,
    form: LaunchForm,
) -> Answer<LaunchOutcome> {
    wire(desk.launch_dossier(&intent_id, form).await)
}

#[tauri::command]
pub async fn send_again(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
) -> Answer<LaunchOutcome> {
    wire(desk.send_again(&intent_id, &id).await)
}

#[tauri::command]
pub async fn check_data(
    desk: State<'_, Desk>,
    id: String,
    data: Vec<ExpectedDatumForm>,
) -> Answer<FormCheck> {
    wire(desk.check_data(&id, &data).await)
}

#[tauri::command]
pub async fn push_data(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
    data: Vec<ExpectedDatumForm>,
) -> Answer<DossierView> {
    wire(desk.push_data(&intent_id, &id, data).await)
}

#[tauri::command]
pub async fn settle_unknown(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
    settlement: Settlement,
) -> Answer<DossierView> {
    wire(desk.settle_unknown(&intent_id, &id, settlement).await)
}

#[tauri::command]
pub async fn interrupt_dossier(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
) -> Answer<DossierView> {
    wire(desk.interrupt_dossier(&intent_id, &id).await)
}
