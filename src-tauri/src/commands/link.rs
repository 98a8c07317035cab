use back_office::{
    Desk,
    views::{
        dossier::DossierView,
        link::{CopyLinkForm, CopyOutcome, ShowLinkForm},
        settings::EnrollmentPages,
    },
};
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn open_link(
    desk: State<'_, Desk>,
    id: String,
    lang: String,
    pages: Option<EnrollmentPages>,
    confirmed: bool,
) -> Answer<DossierView> {
    wire(desk.open_link(&id, &lang, pages, confirmed).await)
}

#[tauri::command]
pub async fn show_link(
    desk: State<'_, Desk>,
    id: String,
    form: ShowLinkForm,
) -> Answer<DossierView> {
    wire(desk.show_link(&id, form).await)
}

#[tauri::command]
pub async fn hide_link(desk: State<'_, Desk>, id: String) -> Answer<DossierView> {
    wire(desk.hide_link(&id).await)
}

#[tauri::command]
pub async fn close_customer_screen(desk: State<'_, Desk>) -> Answer<()> {
    desk.close_customer_screen().await;
    Ok(())
}

#[tauri::command]
pub async fn mail_link(
    desk: State<'_, Desk>,
    id: String,
    lang: String,
    confirmed: bool,
) -> Answer<DossierView> {
    wire(desk.mail_link(&id, &lang, confirmed).await)
}

#[tauri::command]
pub async fn copy_link(
    desk: State<'_, Desk>,
    id: String,
    form: CopyLinkForm,
) -> Answer<CopyOutcome> {
    wire(desk.copy_link(&id, form).await)
}
