//! What crosses to the window, one file per screen. Plain data: no secret, no rule.
//!
//! Times are RFC 3339 strings in UTC; ids are opaque strings; codes are closed enums whose sentences
//! live in the window's catalogues.

pub mod checking;
pub mod comparison;
pub mod deadlines;
pub mod decision;
pub mod dossier;
pub mod error;
pub mod evidence;
pub mod explanation;
pub mod journal;
pub mod launch;
pub mod link;
pub mod list;
pub mod packs;
pub mod page_columns;
pub mod policy;
pub mod report;
pub mod session;
pub mod settings;
pub mod setup;
pub mod store;
pub mod transfer;
