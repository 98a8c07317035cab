//! What a report says, as a person asks it: who is it, why is it KO.

mod category;
pub mod findings;
pub mod identity;
mod merging;
