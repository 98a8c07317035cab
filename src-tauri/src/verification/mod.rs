//! `id360-desk verify`: one file judged on the command line. No window, no keychain, no register, no network.

mod container;
mod pack;
mod trusted;
mod words;

use std::{io::Write, ops::ControlFlow, path::PathBuf};

use asice::{Policy, Revocation, Trust};
use back_office::checking::{LookError, What, look};
use chrono::{DateTime, Utc};

pub use self::words::{HELP, Request};

/// The command line makes no sense.
pub const USAGE: u8 = 64;
/// Something cannot be read.
const UNREADABLE: u8 = 66;

/// What is to be verified, and how.
#[derive(Debug, PartialEq, Eq)]
pub struct Verification {
    file: PathBuf,
    trust: Option<PathBuf>,
    /// Hexadecimal, of the key that must have signed a pack.
    key: Option<String>,
    revocation: Revocation,
    is_json: bool,
}

/// The exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed = 0,
    Failed = 1,
    Indeterminate = 2,
}

#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    #[error("{0} holds no certificate that can be read: {1}")]
    Certificate(PathBuf, asice::TrustError),
    #[error("{0} holds no certificate (.pem, .crt, .cer or .der)")]
    NoCertificate(PathBuf),
    #[error("{0} is neither an ASiC-E container nor an evidence pack")]
    NeitherOne(PathBuf),
    #[error("--trust is missing: without trusted certificates no container can pass")]
    TrustMissing,
}

impl Verification {
    /// Writes the report and gives the exit code.
    pub fn run(&self, now: DateTime<Utc>, out: &mut impl Write, complaints: &mut impl Write) -> u8 {
        match self.judge(now, out) {
            Ok(verdict) => verdict as u8,
            Err(error) => {
                let _ = writeln!(complaints, "id360-desk: {error}");
                match error {
                    ReadError::TrustMissing => USAGE,
                    _ => UNREADABLE,
                }
            }
        }
    }

    fn judge(&self, now: DateTime<Utc>, out: &mut impl Write) -> Result<Verdict, ReadError> {
        let trust = match &self.trust {
            Some(folder) => trusted::read(folder)?,
            None => Trust::default(),
        };
        let policy = Policy {
            revocation: self.revocation,
            ..Policy::at(now)
        };
        let go_on = &mut |_, _| ControlFlow::Continue(());
        let looked = look(&self.file, &trust, &policy, go_on).map_err(|error| {
            let cause = match error {
                LookError::Unreadable(cause) => cause,
                LookError::Stopped => std::io::ErrorKind::Interrupted.into(),
            };
            ReadError::Unreadable(self.file.clone(), cause)
        })?;
        let (verdict, written) = match looked.what {
            What::Container { .. } if self.trust.is_none() => return Err(ReadError::TrustMissing),
            What::Container { report, .. } => (
                container::verdict(&report),
                self.write(&*report, out, container::write),
            ),
            What::Pack(pack) => {
                let key = self.key.as_deref();
                let verdict = pack::verdict(&pack, key);
                let written = self.write(&*pack, out, |pack, out| pack::write(pack, key, out));
                (verdict, written)
            }
            What::Other => return Err(ReadError::NeitherOne(self.file.clone())),
        };
        // A verdict that could not be told is none.
        written
            .and_then(|()| out.flush())
            .map_err(|error| ReadError::Unreadable(PathBuf::from("standard output"), error))?;
        Ok(verdict)
    }

    fn write<R: serde::Serialize, W: Write>(
        &self,
        report: &R,
        out: &mut W,
        as_text: impl FnOnce(&R, &mut W) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        if self.is_json {
            serde_json::to_writer_pretty(&mut *out, report)?;
            writeln!(out)
        } else {
            as_text(report, out)
        }
    }
}

/// The word that the JSON report uses.
fn code(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A report's own words on a terminal: what would steer it, or hide or reorder what it shows, is escaped.
fn escaped(value: &impl serde::Serialize) -> serde_json::Result<String> {
    let written = serde_json::to_string(value)?;
    let mut shown = String::with_capacity(written.len());
    for character in written.chars() {
        let escape = character.escape_debug();
        // Quotes and backslashes are escaped as JSON wants it already.
        if escape.len() == 1 || character.is_ascii() && !character.is_ascii_control() {
            shown.push(character);
        } else {
            shown.extend(escape);
        }
    }
    Ok(shown)
}

#[cfg(test)]
mod tests;
