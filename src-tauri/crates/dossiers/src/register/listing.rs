//! Dossiers as lists and one by one.

use crate::dossier::{Dossier, DossierId};
use crate::error::Result;
use crate::progress::Progress;
use crate::query::{Page, Query};

/// Finding dossiers.
pub trait Listing {
    /// One dossier.
    fn get(&self, id: DossierId) -> Result<Option<Dossier>>;

    /// A page of the list.
    fn list(&self, query: &Query, progress: &Progress) -> Result<Page>;
}
