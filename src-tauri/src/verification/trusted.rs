//! The certificates of a folder.

use std::path::{Path, PathBuf};

use asice::{CertificateReport, Trust, TrustError};

use super::ReadError;

const TIME_STAMPS: &str = "time-stamps";
const ENDINGS: [&str; 4] = ["pem", "crt", "cer", "der"];

type Add = fn(&mut Trust, &[u8]) -> Result<Vec<CertificateReport>, TrustError>;

/// Those of signers, and those of time-stamp authorities where there is a folder of them.
pub(super) fn read(folder: &Path) -> Result<Trust, ReadError> {
    let mut trust = Trust::default();
    let mut count = add_all(folder, &mut trust, Trust::add_signers)?;
    let time_stamps = folder.join(TIME_STAMPS);
    if time_stamps.is_dir() {
        count += add_all(&time_stamps, &mut trust, Trust::add_time_stamp_authorities)?;
    }
    if count == 0 {
        return Err(ReadError::NoCertificate(folder.to_owned()));
    }
    Ok(trust)
}

fn add_all(folder: &Path, trust: &mut Trust, add: Add) -> Result<usize, ReadError> {
    let mut count = 0;
    for path in certificates(folder)? {
        let bytes =
            std::fs::read(&path).map_err(|error| ReadError::Unreadable(path.clone(), error))?;
        let added = add(trust, &bytes).map_err(|error| ReadError::Certificate(path, error))?;
        count += added.len();
    }
    Ok(count)
}

fn certificates(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let unreadable = |error| ReadError::Unreadable(folder.to_owned(), error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        let ending = ending.map(str::to_ascii_lowercase).unwrap_or_default();
        if ENDINGS.contains(&ending.as_str()) && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
