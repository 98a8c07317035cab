//! A file that is dropped on the window: its path stays here, the page is told its name.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use tauri::{DragDropEvent, Emitter as _, Manager as _, Runtime, Window, WindowEvent};

/// Payload: the file's name.
const FILE_DROPPED: &str = "file-dropped";

/// The path of the last one.
#[derive(Debug, Default)]
pub struct DroppedFile(Mutex<Option<PathBuf>>);

impl DroppedFile {
    pub fn path(&self) -> Option<PathBuf> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the first file of a drop; folders and other windows' drops are let go.
pub fn take_dropped_file<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else {
        return;
    };
    let Some(path) = paths.iter().find(|path| path.is_file()) else {
        return;
    };
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    *window.state::<DroppedFile>().lock() = Some(path.clone());
    if let Err(error) = window.emit_to(window.label(), FILE_DROPPED, name) {
        tracing::warn!(%error, "the window was not told of a dropped file");
    }
}
