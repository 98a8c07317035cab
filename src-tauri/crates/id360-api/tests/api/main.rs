//! The client against scripts of ID360: in memory where time must move, on a raw socket where answers must be broken.

// Clippy's leave for tests ends at functions that are not tests themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

mod create;
mod keep_alive;
mod links;
mod malformed;
mod origin;
mod outage;
mod reads;
mod recovery;
mod report;
mod secrecy_of_errors;
mod session;
mod tls;
