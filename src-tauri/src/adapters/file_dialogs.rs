//! The system's own file dialogs, opened from Rust: the page has no right to them.

use std::path::PathBuf;

use async_trait::async_trait;
use back_office::{
    ports::{FilePicker, Pick},
    views::{launch::SaveSubject, settings::Language, transfer::ExportFormat},
};
use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder};
use tokio::sync::oneshot;

use crate::window;

pub struct FileDialogs<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> std::fmt::Debug for FileDialogs<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileDialogs").finish_non_exhaustive()
    }
}

impl<R: Runtime> FileDialogs<R> {
    pub fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }

    fn dialog(&self, language: Language, pick: Pick) -> FileDialogBuilder<R> {
        let dialog = self.app.dialog().file().set_title(title(language, pick));
        match self.app.get_webview_window(window::LABEL) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

#[async_trait]
impl<R: Runtime> FilePicker for FileDialogs<R> {
    async fn save(&self, language: Language, pick: Pick, suggested_name: &str) -> Option<PathBuf> {
        let (chosen, wait) = oneshot::channel();
        self.dialog(language, pick)
            .set_file_name(suggested_name)
            .save_file(move |path| {
                let _ = chosen.send(path);
            });
        wait.await.ok().flatten()?.into_path().ok()
    }

    async fn open(&self, language: Language, pick: Pick) -> Option<PathBuf> {
        let (chosen, wait) = oneshot::channel();
        self.dialog(language, pick).pick_file(move |path| {
            let _ = chosen.send(path);
        });
        wait.await.ok().flatten()?.into_path().ok()
    }

    async fn folder(&self, language: Language, pick: Pick) -> Option<PathBuf> {
        let (chosen, wait) = oneshot::channel();
        self.dialog(language, pick).pick_folder(move |path| {
            let _ = chosen.send(path);
        });
        wait.await.ok().flatten()?.into_path().ok()
    }
}

fn title(language: Language, pick: Pick) -> &'static str {
    use SaveSubject as S;
    match (language, pick) {
        (Language::Fr, Pick::Evidence(S::Recto)) => "Enregistrer le recto",
        (Language::En, Pick::Evidence(S::Recto)) => "Save the front",
        (Language::Fr, Pick::Evidence(S::Verso)) => "Enregistrer le verso",
        (Language::En, Pick::Evidence(S::Verso)) => "Save the back",
        (Language::Fr, Pick::Evidence(S::AllDocuments)) => "Choisir le dossier des pièces",
        (Language::En, Pick::Evidence(S::AllDocuments)) => "Choose the folder for the documents",
        (Language::Fr, Pick::Evidence(S::IdClaim)) => "Enregistrer la preuve signée (ASiC-E)",
        (Language::En, Pick::Evidence(S::IdClaim)) => "Save the signed proof (ASiC-E)",
        (Language::Fr, Pick::Evidence(S::ReportRaw | S::ReportMasked | S::ReportPdf)) => {
            "Enregistrer le rapport"
        }
        (Language::En, Pick::Evidence(S::ReportRaw | S::ReportMasked | S::ReportPdf)) => {
            "Save the report"
        }
        (Language::Fr, Pick::Piece) => "Enregistrer la pièce",
        (Language::En, Pick::Piece) => "Save the piece",
        (Language::Fr, Pick::Export(ExportFormat::Csv)) => "Exporter les dossiers (CSV)",
        (Language::En, Pick::Export(ExportFormat::Csv)) => "Export the dossiers (CSV)",
        (Language::Fr, Pick::Export(ExportFormat::Xlsx)) => "Exporter les dossiers (Excel)",
        (Language::En, Pick::Export(ExportFormat::Xlsx)) => "Export the dossiers (Excel)",
        (Language::Fr, Pick::Journal) => "Exporter le journal",
        (Language::En, Pick::Journal) => "Export the journal",
        (Language::Fr, Pick::Import) => "Choisir le fichier de dossiers à importer",
        (Language::En, Pick::Import) => "Choose the file of dossiers to import",
        (Language::Fr, Pick::Pack) => "Enregistrer le dossier de preuve scellé",
        (Language::En, Pick::Pack) => "Save the sealed evidence pack",
        (Language::Fr, Pick::Check) => "Choisir le fichier à vérifier",
        (Language::En, Pick::Check) => "Choose the file to check",
        (Language::Fr, Pick::Contained) => "Enregistrer le fichier du conteneur",
        (Language::En, Pick::Contained) => "Save the container’s file",
        (Language::Fr, Pick::CheckReport) => "Enregistrer la feuille de vérification",
        (Language::En, Pick::CheckReport) => "Save the verification sheet",
        (Language::Fr, Pick::Certificate) => "Choisir le certificat de confiance",
        (Language::En, Pick::Certificate) => "Choose the trusted certificate",
    }
}
