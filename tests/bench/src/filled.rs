//! A filled register that is kept, so that another run begins with a copy of it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use dossiers::RegisterKey;
use secrecy::{ExposeSecret as _, SecretString};

use crate::figures::{ms, say, timed};
use crate::million;
use crate::population::Population;

/// Puts a register of so many dossiers into `folder`, and gives its key.
///
/// `keep`: where one lies, or is put for the next time.
pub fn register(
    folder: &Path,
    dossiers: usize,
    population: &mut Population,
    keep: Option<&Path>,
) -> Result<RegisterKey> {
    let Some(keep) = keep else {
        let key = RegisterKey::generate();
        fill(folder, dossiers, population, &key)?;
        return Ok(key);
    };
    let kept = Kept(keep);
    if !kept.number().is_file() {
        let key = RegisterKey::generate();
        fill(&kept.register(), dossiers, population, &key)?;
        // Of invented people: it protects nothing.
        std::fs::write(kept.key(), key.to_secret().expose_secret())?;
        std::fs::write(kept.number(), dossiers.to_string())?;
    }
    let held = std::fs::read_to_string(kept.number())?;
    ensure!(
        held == dossiers.to_string(),
        "{} holds {held} dossiers",
        keep.display()
    );
    copy(&kept.register(), folder)?;
    let secret = SecretString::from(std::fs::read_to_string(kept.key())?);
    RegisterKey::from_secret(&secret).context("the kept key")
}

struct Kept<'a>(&'a Path);

impl Kept<'_> {
    fn register(&self) -> PathBuf {
        self.0.join("register")
    }

    fn key(&self) -> PathBuf {
        self.0.join("register-key")
    }

    fn number(&self) -> PathBuf {
        self.0.join("dossiers")
    }
}

fn fill(
    folder: &Path,
    dossiers: usize,
    population: &mut Population,
    key: &RegisterKey,
) -> Result<()> {
    say(&format!("Making a register of {dossiers} dossiers"));
    let (took, made) = timed(|| {
        let register = million::open(folder, key, Utc::now())?;
        million::fill(&register, population, dossiers, Utc::now(), "sandbox")
    });
    made?;
    say(&format!("  made in {}\n", ms(took)));
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
