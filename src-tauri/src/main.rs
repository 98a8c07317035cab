//! Process concerns: arguments, hardening, the panic hook, the exit code.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    id360_desk::run(std::env::args_os().skip(1))
}
