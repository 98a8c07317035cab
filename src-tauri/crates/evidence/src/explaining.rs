//! What a cause means, in three readings that stay apart: what compliance reads, what the customer may hear, and what
//! to do next (product.md §8.6). Each is a name; the sentences stand in the catalogues of the interface.

mod next;
mod saying;
mod statement;

pub use next::{NextStep, next_step, next_steps};
pub use saying::{Saying, saying, sayings};
pub use statement::{Statement, is_of_another_document, statement};
