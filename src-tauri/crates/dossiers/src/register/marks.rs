//! What persons put on dossiers: tags, «treated», and views of the list.
//!
//! Tagging and treating say how a mark shall be, not how it shall change, so that two persons who do
//! it at the same time lose nothing of each other, and doing it twice changes nothing.

use crate::error::Result;
use crate::progress::Progress;
use crate::query::Selection;
use crate::stamp::Stamp;

/// Most letters of a tag.
pub const LONGEST_TAG: usize = 40;

/// How a bulk act ended. A cancelled one changed nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Dossiers that are otherwise than before.
    pub changed: u64,
    /// Dossiers that were so already.
    pub unchanged: u64,
}

/// A view of the list, as its maker wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its own id.
    pub id: String,
    /// The name a person gave it; built-in views have none.
    pub name: Option<String>,
    /// What it shows, in the caller's own writing.
    pub content: String,
}

/// Marking dossiers.
///
/// Each change is all or nothing. One on more than a thousand dossiers is made in parts, so that nobody waits for it, and
/// is seen in parts while it runs. The journal holds one act for each dossier that changed, or one
/// act with their number when they are more than a hundred; of a view it holds the id alone.
pub trait Marks {
    /// Adds tags and removes others. A tag is kept as written, trimmed; one that differs in accents
    /// or case alone is the same tag, and the writing that was first in the register stays.
    fn tag(
        &self,
        selection: &Selection,
        add: &[String],
        remove: &[String],
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<Changed>;

    /// The tags in use, by their letters.
    fn tags(&self) -> Result<Vec<String>>;

    /// Marks dossiers as treated, or takes the mark off.
    fn treat(
        &self,
        selection: &Selection,
        treated: bool,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<Changed>;

    /// The views, in the order they were first saved.
    fn saved_views(&self) -> Result<Vec<SavedView>>;

    /// Saves a view, or what became of the one with that id.
    fn save_view(&self, view: SavedView, stamp: &Stamp) -> Result<()>;

    /// Removes a view; one that is not there is removed already.
    fn remove_view(&self, id: &str, stamp: &Stamp) -> Result<()>;
}
