//! Setting a desk up (product.md §6, journey 1): is the account good, and which processes has it?

mod processes;
mod testing;
