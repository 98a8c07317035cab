use super::Answer;

/// The first paint is done.
#[tauri::command]
pub async fn window_ready(window: tauri::WebviewWindow) -> Answer<()> {
    super::wire(window.show().map_err(back_office::DeskError::internal))
}
