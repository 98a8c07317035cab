//! What a register can do, whatever keeps it: one trait for each room, and all of them together.
//!
//! Every function is all or nothing, on the disk when it returns, and blocks: callers run it on a blocking
//! pool.

mod creations;
mod deadlines;
mod decisions;
mod drafting;
mod evidence;
mod following;
mod imports;
mod journal;
mod listing;
mod marks;
mod signing;
mod trusting;
mod upkeep;

use std::fmt::Debug;

pub use self::creations::Creations;
pub use self::deadlines::Deadlines;
pub use self::decisions::Decisions;
pub use self::drafting::{Draft, Drafting};
pub use self::evidence::Evidence;
pub use self::following::Following;
pub use self::imports::Imports;
pub use self::journal::{Journal, WriteSeek};
pub use self::listing::Listing;
pub use self::marks::{Changed, LONGEST_TAG, Marks, SavedView};
pub use self::signing::Signing;
pub use self::trusting::Trusting;
pub use self::upkeep::{Backup, Upkeep};

/// A whole register.
pub trait Register:
    Creations
    + Following
    + Deadlines
    + Imports
    + Listing
    + Marks
    + Evidence
    + Decisions
    + Drafting
    + Journal
    + Signing
    + Trusting
    + Upkeep
    + Debug
    + Send
    + Sync
{
}

impl<T> Register for T where
    T: Creations
        + Following
        + Deadlines
        + Imports
        + Listing
        + Marks
        + Evidence
        + Decisions
        + Drafting
        + Journal
        + Signing
        + Trusting
        + Upkeep
        + Debug
        + Send
        + Sync
{
}
