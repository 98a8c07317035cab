//! The evidence pack, as an auditor and an attacker meet it.

mod checking;
mod commands;
mod hostile;
mod making;
mod pages;
mod support;
