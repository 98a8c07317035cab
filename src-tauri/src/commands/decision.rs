use back_office::{
    Desk,
    views::{decision::DecisionChoice, dossier::DossierView},
};
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn decide(
    desk: State<'_, Desk>,
    intent_id: String,
    id: String,
    choice: DecisionChoice,
    note: String,
) -> Answer<DossierView> {
    wire(desk.decide(&intent_id, &id, choice, &note).await)
}
