//! The use cases of the desk: open the register, sign in, launch, follow, look, save, interrupt.
//!
//! The outside (keychain, dialogs, browser, window, sandbox process) comes in through [`ports`]; what
//! goes to the window is in [`views`].

mod again;
mod announcing;
mod bulk;
mod callback_values;
mod capture;
pub mod checking;
mod deadlines;
mod decision;
mod desk;
mod documents;
mod errors;
mod evidence_check;
mod explained;
mod export;
mod following;
mod import;
mod intents;
mod interrupt;
mod journal;
mod launch;
mod link;
mod list;
mod long_acts;
mod names;
mod pace;
mod packs;
mod pages;
mod policy;
pub mod ports;
pub mod preferences;
mod present;
mod reading;
mod return_page;
mod save;
mod saved_piece;
mod sessions;
mod settings;
mod setup;
mod showing;
mod store;
mod unlock;
mod vault;
pub mod views;

pub use desk::{Desk, Ports};
pub use errors::DeskError;
/// The clock that the desk runs on outside tests.
pub use id360_api::{Clock, SystemClock};
pub use pages::{PagePicture, PictureSize, Shot};
