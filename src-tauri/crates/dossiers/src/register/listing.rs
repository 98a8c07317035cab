//! Dossiers as lists and one by one.

use crate::dossier::{Dossier, DossierId};
use crate::error::Result;
use crate::progress::Progress;
use crate::query::{Column, Page, Query, Selection, SortKey};
use crate::row_batch::RowBatch;

/// Finding dossiers. Each list is of one state of the register, whatever is written meanwhile.
pub trait Listing {
    /// One dossier.
    fn get(&self, id: DossierId) -> Result<Option<Dossier>>;

    /// The rows from `offset` on, at most `limit`.
    fn list(&self, query: &Query, offset: u64, limit: u64, progress: &Progress) -> Result<Page>;

    /// How many match, counted to the end.
    fn count(&self, query: &Query, progress: &Progress) -> Result<u64>;

    /// Hands over what stands in those columns of one dossier after the other, in that order, some at a
    /// time, and says how many they are. Ends with the first error `take` gives. What was handed over is
    /// to be trusted when this ends well: damage may be noticed later.
    fn each(
        &self,
        selection: &Selection,
        order: &[SortKey],
        columns: &[Column],
        progress: &Progress,
        take: &mut dyn FnMut(RowBatch) -> Result<()>,
    ) -> Result<u64>;

    /// The newest dossiers of the environment that have exactly that reference at ID360, or may have it.
    fn with_reference(
        &self,
        environment_id: &str,
        reference: &str,
        limit: u32,
    ) -> Result<Vec<Dossier>>;

    /// The ids of a selection, in its own order.
    fn ids(&self, selection: &Selection, progress: &Progress) -> Result<Vec<DossierId>>;
}
