//! Copies of the database in `backups/`, named by their time.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::Connection;

use super::copying;
use super::database::{self, Found};
use crate::durable;
use crate::error::RegisterError;
use crate::key::RegisterKey;
use crate::progress::Progress;
use crate::register::Backup;

/// Days of which the last copy is kept.
const DAYS_KEPT: usize = 7;
/// Copies made before migrations that are kept.
const MIGRATIONS_KEPT: usize = 3;

const TIME: &str = "%Y%m%dT%H%M%S%6fZ";
const DAILY: &str = "daily";
const EXTENSION: &str = ".sqlite";

/// Why a copy is made; part of its name.
#[derive(Clone, Copy)]
pub(crate) enum Occasion {
    Daily,
    /// The version that the migration leads away from.
    Migration(i32),
}

/// Copies what `db`, in a transaction, looks at, and drops the copies it makes superfluous.
pub(crate) fn make(
    db: &Connection,
    register: &Path,
    key: &RegisterKey,
    occasion: Occasion,
    now: DateTime<Utc>,
    progress: &Progress,
) -> Result<Backup, RegisterError> {
    let folder = register.join("backups");
    durable::make_private_folder(&folder).map_err(RegisterError::Io)?;
    let stem = match occasion {
        Occasion::Daily => DAILY.to_owned(),
        Occasion::Migration(version) => format!("version-{version}"),
    };
    let name = format!("{}-{stem}{EXTENSION}", now.format(TIME));
    let path = folder.join(&name);
    let temporary = folder.join("copy.new");
    copying::copy(db, &temporary, key, progress)?;
    (|| {
        fs::rename(&temporary, &path)?;
        durable::sync_folder_of(&path)
    })()
    .map_err(RegisterError::Io)?;
    let made = Named::parse(name).ok_or(RegisterError::Damaged)?;
    if let Err(error) = drop_superfluous(&folder, now) {
        tracing::warn!(%error, "a superfluous copy of the register could not be removed");
    }
    Ok(made.look(&folder, key))
}

/// The copies there are, in the order of [`named`].
pub(crate) fn list(
    register: &Path,
    key: &RegisterKey,
    now: DateTime<Utc>,
) -> io::Result<Vec<Backup>> {
    let folder = register.join("backups");
    Ok(named(&folder, now)?
        .into_iter()
        .map(|named| named.look(&folder, key))
        .collect())
}

/// The same for a register that does not open: up to the first of which every page is whole, one that is damaged
/// further inside is not sound either. Reads them.
pub(crate) fn list_proved(
    register: &Path,
    key: &RegisterKey,
    known_version: i32,
    now: DateTime<Utc>,
) -> io::Result<Vec<Backup>> {
    let folder = register.join("backups");
    let mut found = false;
    Ok(named(&folder, now)?
        .into_iter()
        .map(|named| {
            found = found || named.is_whole(&folder, key, known_version);
            let backup = named.look(&folder, key);
            let sound = found && backup.sound;
            Backup { sound, ..backup }
        })
        .collect())
}

/// The first of them of which every page is whole. Reads it.
pub(crate) fn last_good(
    register: &Path,
    key: &RegisterKey,
    known_version: i32,
    now: DateTime<Utc>,
) -> Option<Backup> {
    let folder = register.join("backups");
    named(&folder, now)
        .inspect_err(|error| tracing::warn!(%error, "the register's copies cannot be listed"))
        .unwrap_or_default()
        .into_iter()
        .find(|named| named.is_whole(&folder, key, known_version))
        .map(|named| named.look(&folder, key))
}

/// Where the copy of that name is; `None` for a name that is none.
pub(crate) fn path(register: &Path, name: &str) -> Option<PathBuf> {
    let named = Named::parse(name.to_owned())?;
    let path = register.join("backups").join(named.name);
    path.is_file().then_some(path)
}

/// A file name that says when and why.
struct Named {
    name: String,
    made_at: DateTime<Utc>,
    before_migration: bool,
}

impl Named {
    /// Nothing but our own names, so no name leads out of the folder.
    fn parse(name: String) -> Option<Self> {
        let (time, occasion) = name.strip_suffix(EXTENSION)?.split_once('-')?;
        let before_migration = match occasion.strip_prefix("version-") {
            Some(version) => version.parse::<u16>().is_ok(),
            None => false,
        };
        if !before_migration && occasion != DAILY {
            return None;
        }
        Some(Self {
            made_at: NaiveDateTime::parse_from_str(time, TIME).ok()?.and_utc(),
            before_migration,
            name,
        })
    }

    fn is_whole(&self, folder: &Path, key: &RegisterKey, known_version: i32) -> bool {
        let path = folder.join(&self.name);
        matches!(
            database::look(&path, key, known_version, u64::MAX),
            Ok(Found::Fine)
        )
    }

    fn look(self, folder: &Path, key: &RegisterKey) -> Backup {
        let path = folder.join(&self.name);
        let dossiers = database::connect_to_read(&path, key)
            .and_then(|db| Ok(copying::count(&db)?))
            .inspect_err(|error| tracing::warn!(%error, "a copy of the register does not open"));
        Backup {
            size: fs::metadata(&path).map_or(0, |metadata| metadata.len()),
            made_at: self.made_at,
            before_migration: self.before_migration,
            sound: dossiers.is_ok(),
            dossiers: dossiers.unwrap_or_default(),
            name: self.name,
        }
    }
}

/// Newest first. What a clock that was ahead dated after `now` stands behind all others: its date says
/// nothing of its age.
fn named(folder: &Path, now: DateTime<Utc>) -> io::Result<Vec<Named>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        found.extend(entry?.file_name().into_string().ok().and_then(Named::parse));
    }
    let rank = |named: &Named| (named.made_at > now, Reverse(named.made_at));
    found.sort_by(|one, other| {
        let by_rank = rank(one).cmp(&rank(other));
        by_rank.then_with(|| other.name.cmp(&one.name))
    });
    Ok(found)
}

/// `now`: when the last copy was made, which is therefore the first in its order and stays.
fn drop_superfluous(folder: &Path, now: DateTime<Utc>) -> io::Result<()> {
    let mut days = BTreeSet::new();
    let mut migrations = 0;
    for named in named(folder, now)? {
        let superfluous = if named.before_migration {
            migrations += 1;
            migrations > MIGRATIONS_KEPT
        } else {
            !days.insert(named.made_at.date_naive()) || days.len() > DAYS_KEPT
        };
        if superfluous {
            durable::remove_if_there(&folder.join(named.name))?;
        }
    }
    Ok(())
}
