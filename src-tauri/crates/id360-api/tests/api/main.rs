//! The client against scripts of ID360: in memory where time must move, on a raw socket where answers must be broken.

mod support;

mod create;
mod links;
mod malformed;
mod origin;
mod reads;
mod recovery;
mod report;
mod secrecy_of_errors;
mod session;
mod tls;
