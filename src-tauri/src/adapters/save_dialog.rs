//! The system's own save dialogs, opened from Rust: the page has no right to them.

use std::path::PathBuf;

use async_trait::async_trait;
use back_office::{
    ports::SavePicker,
    views::{launch::SaveSubject, settings::Language},
};
use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder};
use tokio::sync::oneshot;

use crate::window;

pub struct SaveDialog<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> std::fmt::Debug for SaveDialog<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SaveDialog").finish_non_exhaustive()
    }
}

impl<R: Runtime> SaveDialog<R> {
    pub fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }

    fn dialog(&self, title: &str) -> FileDialogBuilder<R> {
        let dialog = self.app.dialog().file().set_title(title);
        match self.app.get_webview_window(window::LABEL) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

#[async_trait]
impl<R: Runtime> SavePicker for SaveDialog<R> {
    async fn file(
        &self,
        language: Language,
        subject: SaveSubject,
        suggested_name: &str,
    ) -> Option<PathBuf> {
        let (chosen, wait) = oneshot::channel();
        self.dialog(title(language, subject))
            .set_file_name(suggested_name)
            .save_file(move |path| {
                let _ = chosen.send(path);
            });
        wait.await.ok().flatten()?.into_path().ok()
    }

    async fn folder(&self, language: Language, subject: SaveSubject) -> Option<PathBuf> {
        let (chosen, wait) = oneshot::channel();
        self.dialog(title(language, subject))
            .pick_folder(move |path| {
                let _ = chosen.send(path);
            });
        wait.await.ok().flatten()?.into_path().ok()
    }
}

fn title(language: Language, subject: SaveSubject) -> &'static str {
    use SaveSubject as S;
    match (language, subject) {
        (Language::Fr, S::Recto) => "Enregistrer le recto",
        (Language::En, S::Recto) => "Save the front",
        (Language::Fr, S::Verso) => "Enregistrer le verso",
        (Language::En, S::Verso) => "Save the back",
        (Language::Fr, S::AllDocuments) => "Choisir le dossier des pièces",
        (Language::En, S::AllDocuments) => "Choose the folder for the documents",
        (Language::Fr, S::IdClaim) => "Enregistrer la preuve signée (ASiC-E)",
        (Language::En, S::IdClaim) => "Save the signed proof (ASiC-E)",
        (Language::Fr, S::ReportRaw | S::ReportMasked | S::ReportPdf) => "Enregistrer le rapport",
        (Language::En, S::ReportRaw | S::ReportMasked | S::ReportPdf) => "Save the report",
    }
}
