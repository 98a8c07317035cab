//! A file that is dropped on the window: its path stays here, the page is told its name.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use tauri::{DragDropEvent, Emitter as _, Manager as _, Runtime, Window, WindowEvent};

use crate::window::LABEL;

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

/// Takes what is dropped on the desk's own window.
pub fn take_dropped_file<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let Some(path) = dropped(window.label(), event) else {
        return;
    };
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    *window.state::<DroppedFile>().lock() = Some(path.to_path_buf());
    if let Err(error) = window.emit_to(LABEL, FILE_DROPPED, name) {
        tracing::warn!(%error, "the window was not told of a dropped file");
    }
}

/// The first file of a drop. Folders are let go, and other windows' drops: the desk's page hears an event whichever
/// window it is sent to, and would judge what a customer was giving to ID360.
fn dropped<'a>(label: &str, event: &'a WindowEvent) -> Option<&'a Path> {
    match event {
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) if label == LABEL => paths
            .iter()
            .map(PathBuf::as_path)
            .find(|path| path.is_file()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drop_of(paths: &[&Path]) -> WindowEvent {
        WindowEvent::DragDrop(DragDropEvent::Drop {
            paths: paths.iter().map(|path| path.to_path_buf()).collect(),
            position: tauri::PhysicalPosition::new(0.0, 0.0),
        })
    }

    #[test]
    fn the_first_file_of_a_drop_on_the_desk_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("claim.asice");
        std::fs::write(&file, "x").unwrap();
        let event = drop_of(&[folder.path(), &file]);
        assert_eq!(dropped(LABEL, &event), Some(&*file));
    }

    #[test]
    fn what_is_dropped_on_the_customers_pages_is_none_of_the_desks() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let event = drop_of(&[file.path()]);
        for label in ["enrollment-1", "customer"] {
            assert_eq!(dropped(label, &event), None, "{label}");
        }
    }
}
