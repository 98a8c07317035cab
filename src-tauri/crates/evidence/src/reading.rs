//! What a report says, as a person asks it: who is it, why is it KO, what did it leave unsaid.

mod category;
pub mod checked;
pub mod extracted;
pub mod findings;
pub mod identity;
mod merging;
mod methods;
pub mod places;
mod rules;
pub mod unexplained;
pub mod unknown;
