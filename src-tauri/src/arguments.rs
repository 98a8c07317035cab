//! The command line.

use std::{ffi::OsString, path::PathBuf};

pub const HELP: &str = "\
ID360 Desk

Usage: id360-desk [--profile DIR] [--sandbox FILE]
       id360-desk verify FILE [--trust DIR] [--revocation WORD] [--key FINGERPRINT] [--json]

  --profile DIR   keep everything of this desk (register, preferences, webview data, keychain
                  names, log) under DIR: a second desk, a demonstration, a test
  --sandbox FILE  use the sandbox that is already running and whose announcement (one JSON line)
                  is in FILE, instead of starting one
  verify          judge an ASiC-E container or a sealed evidence pack without opening a window;
                  `verify --help` says how
  --help          this text
  --version       the version
";

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    pub profile: Option<PathBuf>,
    pub sandbox: Option<PathBuf>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    Run(Arguments),
    Help,
    Version,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArgumentError {
    #[error("{0} needs a value")]
    ValueMissing(&'static str),
    #[error("unknown argument: {0}")]
    Unknown(String),
}

impl Arguments {
    pub fn read(mut words: impl Iterator<Item = OsString>) -> Result<Request, ArgumentError> {
        let mut arguments = Self::default();
        while let Some(word) = words.next() {
            let mut value = |name| {
                words
                    .next()
                    .map(PathBuf::from)
                    .ok_or(ArgumentError::ValueMissing(name))
            };
            match word.to_str() {
                Some("--help" | "-h") => return Ok(Request::Help),
                Some("--version" | "-V") => return Ok(Request::Version),
                Some("--profile") => arguments.profile = Some(value("--profile")?),
                Some("--sandbox") => arguments.sandbox = Some(value("--sandbox")?),
                _ => return Err(ArgumentError::Unknown(word.to_string_lossy().into_owned())),
            }
        }
        Ok(Request::Run(arguments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Request, ArgumentError> {
        Arguments::read(words.iter().map(OsString::from))
    }

    #[test]
    fn a_profile_and_a_sandbox_are_taken() {
        let expected = Arguments {
            profile: Some("/a b".into()),
            sandbox: Some("line.json".into()),
        };
        let words = ["--profile", "/a b", "--sandbox", "line.json"];
        assert_eq!(read(&words), Ok(Request::Run(expected)));
    }

    #[test]
    fn a_word_that_means_nothing_is_refused_and_not_ignored() {
        assert_eq!(
            read(&["--profil", "x"]),
            Err(ArgumentError::Unknown("--profil".into()))
        );
        assert_eq!(
            read(&["--profile"]),
            Err(ArgumentError::ValueMissing("--profile"))
        );
    }
}
