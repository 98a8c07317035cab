//! The outside of `back-office`: each file implements one of its traits with what the system offers.

pub mod browser;
pub mod clipboard;
pub mod customer_window;
pub mod enrollment_window;
pub mod file_dialogs;
pub mod keychain;
pub mod notifications;
pub mod policy_file;
pub mod preferences;
pub mod sandbox_process;
pub mod sheet_drawing;
pub mod system_lock;
pub mod window_events;
