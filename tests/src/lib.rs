//! What the journeys stand on: the real window under a WebDriver, the real enrollment page in a real browser,
//! a sandbox of their own, and real files. Journeys need the desktop that `scripts/desktop.sh` gives them.

pub mod coded;
pub mod customer;
pub mod desk;
pub mod fixtures;
pub mod hands;
pub mod hostile_page;
pub mod keyboard;
pub mod main_job;
pub mod opened;
pub mod painted;
pub mod place;
pub mod sandbox;
pub mod save_dialog;
pub mod secrets;
pub mod window;
