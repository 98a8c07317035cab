//! What a person, an auditor or an attacker would notice.

// Helpers around the tests may stop a test as the tests themselves may.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod comparing;
mod display;
mod hash;
mod masking;
mod media;
mod mrz;
mod names;
mod packs;
mod photographs;
mod pictures;
mod reading;
mod saving;
mod sheets;
mod tools;
mod vault;
