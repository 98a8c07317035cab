//! The sandbox over real HTTP: each test is one thing a client or a tester relies on.

// The lints let tests unwrap, but not what several tests share.
#![allow(clippy::unwrap_used, clippy::panic)]

mod accounts;
mod callbacks;
mod customer;
mod enrollments;
mod faults;
mod idclaim;
mod reports;
mod restart;
mod retention;
mod support;
mod tls;
