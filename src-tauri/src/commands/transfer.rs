use back_office::{
    Desk,
    views::transfer::{ExportForm, ExportOutcome, ImportOutcome, ImportPlan, ImportSource},
};
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn export_dossiers(
    desk: State<'_, Desk>,
    intent_id: String,
    form: ExportForm,
) -> Answer<Option<ExportOutcome>> {
    wire(desk.export_dossiers(&intent_id, form).await)
}

#[tauri::command]
pub async fn read_import(
    desk: State<'_, Desk>,
    intent_id: String,
    source: ImportSource,
    process_id: Option<String>,
) -> Answer<Option<ImportPlan>> {
    wire(desk.read_import(&intent_id, source, process_id).await)
}

#[tauri::command]
pub async fn apply_import(
    desk: State<'_, Desk>,
    intent_id: String,
    plan_id: String,
) -> Answer<ImportOutcome> {
    wire(desk.apply_import(&intent_id, &plan_id).await)
}

#[tauri::command]
pub async fn drop_import(desk: State<'_, Desk>, plan_id: String) -> Answer<()> {
    desk.drop_import(&plan_id);
    Ok(())
}
