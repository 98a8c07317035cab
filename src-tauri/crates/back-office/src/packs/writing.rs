//! The pack on its way to the disk.

use std::path::Path;

use dossiers::Register;
use evidence::{
    Destination, PendingFile, SaveError, names,
    packs::{PackDossier, PackError, PackFrame, PackSigner, PackSummary, SignerError, write_pack},
};
use tokio::sync::mpsc;

use super::gauge::Gauge;
use crate::{errors::DeskError, views::error::ErrorCode};

/// What gathering hands over; an error ends the pack.
pub(super) type Handed = Result<PackDossier, DeskError>;

struct Key<'a> {
    register: &'a dyn Register,
    public_key: [u8; 32],
}

impl PackSigner for Key<'_> {
    fn public_key(&self) -> [u8; 32] {
        self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignerError> {
        self.register
            .sign(message)
            .map_err(|error| SignerError(Box::new(error)))
    }
}

/// A file without its name yet: whatever ends the pack before leaves nothing.
pub(super) fn write(
    register: &dyn Register,
    frame: &PackFrame,
    mut handed: mpsc::Receiver<Handed>,
    folder: &Path,
    name: &str,
    gauge: &Gauge,
) -> Result<(PendingFile, PackSummary), DeskError> {
    let key = Key {
        register,
        public_key: register.public_key()?,
    };
    let mut file = Destination::open(folder)?.begin(name)?.from_elsewhere();
    let mut dossiers = std::iter::from_fn(|| handed.blocking_recv()).map(|handed| {
        handed.map_err(|error| -> Box<dyn std::error::Error + Send + Sync> { Box::new(error) })
    });
    let summary = write_pack(
        frame,
        &mut dossiers,
        &mut Into(&mut file),
        &key,
        &mut |at| gauge.written(at.dossiers),
    )
    .map_err(refused)?;
    if summary.dossiers != gauge.dossiers() {
        return Err(DeskError::internal("the gathering ended early"));
    }
    // Before its acts are written: behind them only the name is to be given.
    file.settle(None)?;
    Ok((file, summary))
}

/// Whether a file could be made there under that name; nothing that is there is ever replaced.
pub(super) fn look(folder: &Path, name: &str) -> Result<(), SaveError> {
    Destination::open(folder)?;
    match folder.join(names::component(name)).symlink_metadata() {
        Ok(_) => Err(SaveError::Exists),
        Err(_) => Ok(()),
    }
}

fn refused(error: PackError) -> DeskError {
    match error {
        PackError::Io(error) => error.into(),
        PackError::Cancelled => DeskError::new(ErrorCode::Cancelled),
        PackError::Source(source) => match source.downcast::<DeskError>() {
            Ok(error) => *error,
            Err(error) => DeskError::internal(error),
        },
        error => DeskError::internal(error),
    }
}

struct Into<'a>(&'a mut PendingFile);

impl std::io::Write for Into<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
