//! The verifier from outside: bytes in, report out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod cades;
mod containers;
mod good;
mod mutations;
mod oracles;
mod public;
mod replay;
mod several;
mod substitution;
mod support;
mod tampering;
mod times;
mod trust;
mod watching;
mod weak_hashes;
