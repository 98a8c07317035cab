//! What a person at the desk, or an attacker at the disk, would notice of the register.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backups;
mod conformance;
mod creation;
mod damage;
mod deadlines;
mod desk;
mod elsewhere;
mod following;
mod imports;
mod journal;
mod kill_storm;
mod life_cycle;
mod list;
mod model;
mod radar;
mod rekeying;
mod search;
mod secrecy;
mod sixty_days;
mod warnings;
