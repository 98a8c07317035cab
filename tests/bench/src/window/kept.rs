//! A desk whose register is filled once and measured as often as wanted.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use dossiers::RegisterKey;
use journeys::desk::Desk;
use journeys::place;
use keyring::Entry;
use secrecy::{ExposeSecret as _, SecretString};

use crate::figures::say;
use crate::million;
use crate::population::Population;

/// Folder of such a desk: its profile, and beside it what the next desktop's keychain is told.
#[derive(Debug)]
pub struct Kept {
    folder: PathBuf,
    dossiers: usize,
    environment: &'static str,
}

impl Kept {
    /// Where none is named, it lives as long as the desktop.
    ///
    /// `environment`: where its dossiers are from. Those of another than the one signed in are asked of
    /// nobody, so that the desk rests.
    pub fn at(named: Option<&Path>, dossiers: usize, environment: &'static str) -> Result<Self> {
        let folder = match named {
            Some(named) => std::path::absolute(named)?,
            None => place::session()?.join("bench"),
        };
        Ok(Self {
            folder,
            dossiers,
            environment,
        })
    }

    /// Opens the window on the register, filled first where that was not done before.
    pub async fn desk(&self, population: &mut Population) -> Result<Desk> {
        if self.number().is_file() {
            let held = std::fs::read_to_string(self.number())?;
            ensure!(
                held.trim() == self.dossiers.to_string(),
                "{} holds {} dossiers",
                self.folder.display(),
                held.trim()
            );
            let key = SecretString::from(std::fs::read_to_string(self.key())?);
            entry(&self.folder.join("profile"))?.set_password(key.expose_secret().trim())?;
            return Desk::open_in(&self.folder, "bench", "fr").await;
        }
        let desk = Desk::open_in(&self.folder, "bench", "fr").await?;
        desk.enter_sandbox("application").await?;
        desk.reopen_after(|profile| self.fill(profile, population))
            .await
    }

    fn fill(&self, profile: &Path, population: &mut Population) -> Result<()> {
        say(&format!("Making a register of {} dossiers", self.dossiers));
        let secret = SecretString::from(
            entry(profile)?
                .get_password()
                .context("the keychain has no register key")?,
        );
        let key = RegisterKey::from_secret(&secret).context("the keychain's key")?;
        let register = million::open(&profile.join("register"), &key, Utc::now())?;
        million::fill(
            &register,
            population,
            self.dossiers,
            Utc::now(),
            self.environment,
        )?;
        // Of invented people: it protects nothing.
        std::fs::write(self.key(), secret.expose_secret())?;
        Ok(std::fs::write(self.number(), self.dossiers.to_string())?)
    }

    fn key(&self) -> PathBuf {
        self.folder.join("register-key")
    }

    fn number(&self) -> PathBuf {
        self.folder.join("dossiers")
    }
}

/// Where the keychain of this desktop holds the register's key.
fn entry(profile: &Path) -> Result<Entry> {
    let id = std::fs::read_to_string(profile.join("profile-id")).context("profile id")?;
    let id: uuid::Uuid = id.trim().parse()?;
    let namespace = format!("fr.id360desk.desk.{}", id.simple());
    Ok(Entry::new(
        &namespace,
        &format!("{namespace}/register-key"),
    )?)
}
