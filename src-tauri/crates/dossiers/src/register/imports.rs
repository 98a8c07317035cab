//! Dossiers made elsewhere come into the register.

use crate::error::Result;
use crate::import::{ImportBatch, ImportDone, Imported, Judgement};
use crate::progress::Progress;
use crate::stamp::Stamp;

/// Importing dossiers. A dossier is known by its environment and ID360's number.
pub trait Imports {
    /// What an import of these lines would do, one judgement for each.
    fn judge_import(
        &self,
        environment_id: &str,
        lines: &[Imported],
        progress: &Progress,
    ) -> Result<Vec<Judgement>>;

    /// Imports all of them or, with an error, none. Known dossiers stay as they are, but for an
    /// `api_key` they lack; [`crate::RegisterError::OtherApiKey`] where a line brings another one. A line
    /// whose reference is the `client_reference` of an unknown outcome is that dossier.
    ///
    /// What was cancelled has changed nothing.
    fn import(
        &self,
        batch: ImportBatch,
        lines: Vec<Imported>,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<ImportDone>;
}
