//! The words after `verify`.

use std::{ffi::OsString, path::PathBuf};

use asice::Revocation;

use super::Verification;

pub const HELP: &str = "\
Usage: id360-desk verify FILE --trust DIR [--revocation required|embedded|none] [--json]
       id360-desk verify PACK [--key FINGERPRINT] [--json]

Judges an ASiC-E container in the words of ETSI EN 319 102-1, or a sealed evidence pack, from the
file and the trusted certificates alone: no network, no register.

  --trust DIR        trusted certificates (.pem, .crt, .cer, .der): those of signers in DIR,
                     those of time-stamp authorities in DIR/time-stamps; a container needs it
  --revocation WORD  required (default): the container must hold revocation data; embedded: what
                     it holds is judged; none: not looked at
  --key FINGERPRINT  SHA-256 of the key that must have signed the pack, as its page prints it;
                     without it a pack proves only that nobody changed it since whoever signed it
                     did, and does not pass
  --json             the whole report as JSON

Exit code: 0 passed, 1 failed, 2 indeterminate (for a pack: incomplete, repacked, signed with
another key, or no key to expect), 64 wrong usage, 66 something cannot be read.
";

#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    Verify(Verification),
    Help,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    #[error("{0} needs a value")]
    ValueMissing(&'static str),
    #[error("no file to verify")]
    FileMissing,
    #[error("--revocation is required, embedded or none, not {0}")]
    Revocation(String),
    #[error("--key is 64 hexadecimal digits")]
    Key,
    #[error("unknown argument: {0}")]
    Unknown(String),
}

impl Verification {
    /// Reads them.
    pub fn read(mut words: impl Iterator<Item = OsString>) -> Result<Request, UsageError> {
        let (mut file, mut trust, mut key) = (None, None, None);
        let mut revocation = Revocation::default();
        let mut is_json = false;
        while let Some(word) = words.next() {
            let mut value = |name| words.next().ok_or(UsageError::ValueMissing(name));
            match word.to_str() {
                Some("--help" | "-h") => return Ok(Request::Help),
                Some("--json") => is_json = true,
                Some("--trust") => trust = Some(PathBuf::from(value("--trust")?)),
                Some("--key") => key = Some(fingerprint(&value("--key")?)?),
                Some("--revocation") => revocation = rule(&value("--revocation")?)?,
                Some(unknown) if unknown.starts_with('-') => {
                    return Err(UsageError::Unknown(unknown.to_owned()));
                }
                _ if file.is_some() => {
                    return Err(UsageError::Unknown(word.to_string_lossy().into_owned()));
                }
                _ => file = Some(PathBuf::from(word)),
            }
        }
        Ok(Request::Verify(Self {
            file: file.ok_or(UsageError::FileMissing)?,
            trust,
            key,
            revocation,
            is_json,
        }))
    }
}

fn rule(told: &OsString) -> Result<Revocation, UsageError> {
    match told.to_str() {
        Some("required") => Ok(Revocation::Required),
        Some("embedded") => Ok(Revocation::Embedded),
        Some("none") => Ok(Revocation::None),
        _ => Err(UsageError::Revocation(told.to_string_lossy().into_owned())),
    }
}

/// In groups or not, in capitals or not.
fn fingerprint(told: &OsString) -> Result<String, UsageError> {
    let told = told.to_str().ok_or(UsageError::Key)?;
    let digits: String = told
        .chars()
        .filter(|character| !character.is_whitespace() && *character != ':')
        .map(|character| character.to_ascii_lowercase())
        .collect();
    let is_hex = digits.len() == 64 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hex.then_some(digits).ok_or(UsageError::Key)
}
