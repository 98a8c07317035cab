//! Looking after the register: copies of it, mending it from them, another key.

mod backups;
mod housekeeping;
mod mending;
mod renewing;

pub(crate) use self::{backups::BackupTrouble, housekeeping::Housekeeping};
