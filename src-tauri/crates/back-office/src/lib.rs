//! The use cases of the desk: sign in, launch, follow, look, save, interrupt. Traits to the outside.

pub mod views;
