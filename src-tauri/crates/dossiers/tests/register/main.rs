//! What a person at the desk, or an attacker at the disk, would notice of the register.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod acts;
mod acts_under_kill;
mod backups;
mod captured;
mod chain;
mod conformance;
mod creation;
mod damage;
mod deadlines;
mod desk;
mod elsewhere;
mod export;
mod following;
mod handing_over;
mod imports;
mod journal;
mod kill_storm;
mod life_cycle;
mod life_in_register;
mod list;
mod marks;
mod model;
mod one_desk;
mod outages;
mod radar;
mod rekeying;
mod search;
mod secrecy;
mod sixty_days;
mod two_windows;
mod vault_key;
mod warnings;
