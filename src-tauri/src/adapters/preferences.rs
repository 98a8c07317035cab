//! Preferences in the store plugin. It is neither encrypted nor crash-safe: nothing here may matter.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use back_office::{
    ports::{NotWritten, PreferenceStore},
    preferences::Preferences,
};
use tauri::{AppHandle, Runtime};
use tauri_plugin_store::{Store, StoreBuilder};

/// The one entry of the file.
const ENTRY: &str = "preferences";
/// A larger file is not ours any more.
const LARGEST: u64 = 1024 * 1024;

pub struct PreferencesFile<R: Runtime> {
    store: Option<Arc<Store<R>>>,
}

impl<R: Runtime> std::fmt::Debug for PreferencesFile<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PreferencesFile").finish_non_exhaustive()
    }
}

impl<R: Runtime> PreferencesFile<R> {
    pub fn new(app: &AppHandle<R>, path: PathBuf) -> Self {
        set_aside_if_unreadable(&path);
        let store = StoreBuilder::new(app, path).disable_auto_save().build();
        if let Err(error) = &store {
            tracing::warn!(%error, "preferences are kept in memory only");
        }
        Self { store: store.ok() }
    }
}

impl<R: Runtime> PreferenceStore for PreferencesFile<R> {
    fn load(&self) -> Preferences {
        self.store
            .as_ref()
            .and_then(|store| store.get(ENTRY))
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_default()
    }

    fn save(&self, preferences: &Preferences) -> Result<(), NotWritten> {
        let store = self.store.as_ref().ok_or(NotWritten)?;
        store.set(
            ENTRY,
            serde_json::to_value(preferences).map_err(|_| NotWritten)?,
        );
        store.save().map_err(|_| NotWritten)
    }
}

/// Power cuts leave empty files and files of NUL bytes (quality.md D-09), and a newer desk writes words that this one
/// does not know: the desk starts without them, would write over them, and somebody may want them back.
fn set_aside_if_unreadable(path: &Path) {
    let Ok(metadata) = fs::metadata(path) else {
        return;
    };
    let readable = metadata.len() <= LARGEST && fs::read(path).is_ok_and(|bytes| is_ours(&bytes));
    if readable {
        return;
    }
    let aside = path.with_extension("unreadable.json");
    match fs::rename(path, &aside) {
        Ok(()) => tracing::warn!("unreadable preferences were set aside"),
        Err(error) => tracing::warn!(%error, "unreadable preferences could not be set aside"),
    }
}

fn is_ours(bytes: &[u8]) -> bool {
    match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes) {
        Ok(mut file) => file
            .remove(ENTRY)
            .is_none_or(|entry| serde_json::from_value::<Preferences>(entry).is_ok()),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spoilt_file_is_set_aside_and_a_good_one_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("preferences.json");
        for spoilt in [&b""[..], &[0; 64], b"{\"preferences\":", b"[]"] {
            fs::write(&path, spoilt).unwrap();
            set_aside_if_unreadable(&path);
            assert!(!path.exists());
            assert_eq!(
                fs::read(folder.path().join("preferences.unreadable.json")).unwrap(),
                spoilt
            );
        }
        fs::write(&path, b"{}").unwrap();
        set_aside_if_unreadable(&path);
        assert!(path.exists());
    }

    #[test]
    fn settings_in_words_that_this_desk_does_not_know_are_set_aside_and_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("preferences.json");
        let newer = r#"{"preferences":{"theme":"sepia","lock_minutes":9}}"#;
        fs::write(&path, newer).unwrap();
        set_aside_if_unreadable(&path);
        assert!(!path.exists());
        let aside = folder.path().join("preferences.unreadable.json");
        assert_eq!(fs::read_to_string(aside).unwrap(), newer);
        fs::write(&path, r#"{"preferences":{"lock_minutes":9,"later":1}}"#).unwrap();
        set_aside_if_unreadable(&path);
        assert!(path.exists());
    }

    #[test]
    fn a_file_of_a_hundred_megabytes_is_set_aside_even_where_it_can_be_read() {
        const LENGTH: usize = 100 * 1024 * 1024;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("preferences.json");
        let mut readable = b"{}".to_vec();
        readable.resize(LENGTH, b' ');
        fs::write(&path, &readable).unwrap();
        set_aside_if_unreadable(&path);
        assert!(!path.exists());
        let aside = folder.path().join("preferences.unreadable.json");
        assert_eq!(fs::metadata(aside).unwrap().len(), LENGTH as u64);
    }
}
