//! The encrypted SQLite file: opening it, its schema, its lines.

pub(crate) mod anchors;
pub(crate) mod backups;
pub(crate) mod capture_policies;
pub(crate) mod captures;
pub(crate) mod chain;
pub(crate) mod copying;
pub(crate) mod database;
pub(crate) mod lines;
pub(crate) mod meta;
pub(crate) mod migrations;
pub(crate) mod outlooks;
pub(crate) mod pieces;
pub(crate) mod policies;
pub(crate) mod rows;
pub(crate) mod text;
pub(crate) mod vault;
