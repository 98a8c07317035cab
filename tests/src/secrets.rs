//! Looks for secrets where none may be (quality L-01).

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// A secret that was found, without the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The name given to the secret, `api_key` for instance.
    pub secret: String,
    /// `raw`, `hex`, `base64`, `base64url`, `utf-16le`, `percent` or `json`.
    pub encoding: &'static str,
    /// The file, or the name given to the text.
    pub place: String,
}

/// Secrets to look for, each under a name that may be printed.
#[derive(Default)]
pub struct Canaries {
    needles: Vec<(String, &'static str, Vec<u8>)>,
}

impl std::fmt::Debug for Canaries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Canaries")
            .field("needles", &self.needles.len())
            .finish()
    }
}

impl Canaries {
    /// Adds one secret in all seven encodings.
    pub fn add(&mut self, name: &str, secret: &str) {
        let bytes = secret.as_bytes();
        let percent: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
        let escaped: String = secret
            .encode_utf16()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect();
        let mut encodings = vec![
            ("raw", bytes.to_vec()),
            ("hex", hex::encode(bytes).into_bytes()),
            ("hex", hex::encode_upper(bytes).into_bytes()),
            (
                "utf-16le",
                secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            ),
            ("percent", percent.to_lowercase().into_bytes()),
            ("percent", percent.into_bytes()),
            ("json", escaped.into_bytes()),
        ];
        // Inside a longer text base64 starts at any of three phases: the part that does not depend on its
        // neighbours is looked for in each.
        for phase in 0..3 {
            let padded: Vec<u8> = std::iter::repeat_n(0, phase)
                .chain(bytes.iter().copied())
                .collect();
            let from = (phase * 4).div_ceil(3);
            let until = padded.len() * 4 / 3;
            encodings.push((
                "base64",
                STANDARD.encode(&padded).as_bytes()[from..until].to_vec(),
            ));
            encodings.push((
                "base64url",
                URL_SAFE_NO_PAD.encode(&padded).as_bytes()[from..until].to_vec(),
            ));
        }
        self.needles.extend(
            encodings
                .into_iter()
                .map(|(encoding, needle)| (name.to_owned(), encoding, needle)),
        );
    }

    /// Every sighting in these bytes.
    pub fn in_bytes(&self, place: &str, haystack: &[u8]) -> Vec<Sighting> {
        let mut sightings: Vec<Sighting> = Vec::new();
        for (secret, encoding, needle) in &self.needles {
            let sighting = Sighting {
                secret: secret.clone(),
                encoding,
                place: place.to_owned(),
            };
            if !sightings.contains(&sighting) && contains(haystack, needle) {
                sightings.push(sighting);
            }
        }
        sightings
    }

    /// Every sighting in the files under a folder; files that cannot be read (sockets) are passed over.
    pub fn under(&self, folder: &Path) -> Result<Vec<Sighting>> {
        let mut sightings = Vec::new();
        for file in files_under(folder)? {
            if let Ok(bytes) = std::fs::read(&file) {
                sightings.extend(self.in_bytes(&file.display().to_string(), &bytes));
            }
        }
        Ok(sightings)
    }
}

/// Every plain file under a folder.
pub fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            match entry.file_type()? {
                kind if kind.is_dir() => folders.push(entry.path()),
                kind if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    Ok(files)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else {
        return false;
    };
    let mut from = 0;
    while let Some(at) = haystack[from..].iter().position(|byte| byte == first) {
        from += at + 1;
        if haystack[from..].starts_with(rest) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "kR7-canary/Zé90";

    fn found(text: &[u8]) -> Vec<&'static str> {
        let mut canaries = Canaries::default();
        canaries.add("canary", SECRET);
        canaries
            .in_bytes("text", text)
            .into_iter()
            .map(|sighting| sighting.encoding)
            .collect()
    }

    #[test]
    fn a_secret_is_seen_in_each_encoding_in_the_middle_of_a_text() {
        let wide: Vec<u8> = format!("ab{SECRET}cd")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(found(format!("ab{SECRET}cd").as_bytes()), ["raw"]);
        assert_eq!(
            found(hex::encode(format!("ab{SECRET}cd")).as_bytes()),
            ["hex"]
        );
        assert_eq!(found(&wide), ["utf-16le"]);
        for before in ["", "a", "ab", "abc"] {
            let text = format!("{before}{SECRET}cd");
            assert!(
                found(STANDARD.encode(&text).as_bytes()).contains(&"base64"),
                "{before:?}"
            );
            assert!(
                found(URL_SAFE_NO_PAD.encode(&text).as_bytes()).contains(&"base64url"),
                "{before:?}"
            );
        }
    }

    #[test]
    fn a_text_without_the_secret_gives_no_sighting() {
        assert!(found(b"kR7-canary/Z90 and nothing else").is_empty());
    }
}
