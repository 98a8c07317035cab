//! The data folder: one state file and the bytes of documents and idClaims beside it.

use std::io::Write;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::world::Persisted;

#[derive(Debug)]
pub(crate) struct Store {
    folder: PathBuf,
}

impl Store {
    pub(crate) fn open(folder: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder.join("files"))?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    pub(crate) fn load(&self) -> std::io::Result<Option<Persisted>> {
        match std::fs::read(self.folder.join("state.json")) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn save(&self, state: &Persisted) -> std::io::Result<()> {
        write(&self.folder, "state.json", &serde_json::to_vec(state)?)
    }

    pub(crate) fn put_document(&self, id: i64, page: u32, bytes: &[u8]) -> std::io::Result<()> {
        write(
            &self.folder.join("files"),
            &format!("document-{id}-{page}"),
            bytes,
        )
    }

    pub(crate) fn document(&self, id: i64, page: u32) -> std::io::Result<Bytes> {
        std::fs::read(
            self.folder
                .join("files")
                .join(format!("document-{id}-{page}")),
        )
        .map(Bytes::from)
    }

    pub(crate) fn put_idclaim(&self, id: i64, bytes: &[u8]) -> std::io::Result<()> {
        write(&self.folder.join("files"), &format!("idclaim-{id}"), bytes)
    }

    pub(crate) fn idclaim(&self, id: i64) -> std::io::Result<Option<Bytes>> {
        match std::fs::read(self.folder.join("files").join(format!("idclaim-{id}"))) {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Either the old content or the new one is there after a crash, never a part.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name))
        .map_err(|error| error.error)?;
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}
