//! The sandbox over real HTTP: each test is one thing a client or a tester relies on.

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
