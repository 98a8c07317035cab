//! How far the database and the creation journal agree.

use rusqlite::{Connection, OptionalExtension, params};

use crate::creation_journal::Spot;
use crate::trusted::RevocationRule;

/// Every record of the creation journal up to this sequence number is in the database.
pub(crate) fn journal_covered(db: &Connection) -> rusqlite::Result<u64> {
    Ok(read(db, "journal_covered")?
        .and_then(|value| u64::try_from(value).ok())
        .unwrap_or(0))
}

pub(crate) fn set_journal_covered(db: &Connection, sequence: u64) -> rusqlite::Result<()> {
    write(
        db,
        "journal_covered",
        i64::try_from(sequence).unwrap_or(i64::MAX),
    )
}

/// A record that was on the disk when the database took it, and the last act of then: what the two
/// files tell differently is behind both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Agreement {
    pub(crate) spot: Spot,
    pub(crate) last_act: i64,
}

/// The last agreement; `None` before the first.
pub(crate) fn agreement(db: &Connection) -> rusqlite::Result<Option<Agreement>> {
    let (Some(sequence), Some(start), Some(mark), Some(last_act)) = (
        read(db, "agreed_sequence")?,
        read(db, "agreed_start")?,
        read(db, "agreed_mark")?,
        read(db, "agreed_act")?,
    ) else {
        return Ok(None);
    };
    Ok(Some(Agreement {
        spot: Spot {
            sequence: sequence.unsigned_abs(),
            start: start.unsigned_abs(),
            mark: mark.to_le_bytes(),
        },
        last_act,
    }))
}

/// Database and journal agree up to there, and that part of the journal is on the disk.
pub(crate) fn set_agreed(db: &Connection, spot: &Spot) -> rusqlite::Result<()> {
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let last_act: Option<i64> = db
        .prepare_cached("SELECT max(position) FROM acts")?
        .query_row([], |row| row.get(0))?;
    write(db, "agreed_sequence", number(spot.sequence))?;
    write(db, "agreed_start", number(spot.start))?;
    write(db, "agreed_mark", i64::from_le_bytes(spot.mark))?;
    write(db, "agreed_act", last_act.unwrap_or(0))
}

/// A step was committed here that could not be appended to the journal.
pub(crate) fn journal_is_behind(db: &Connection) -> rusqlite::Result<bool> {
    Ok(read(db, "journal_behind")?.unwrap_or(0) != 0)
}

pub(crate) fn set_journal_behind(db: &Connection, behind: bool) -> rusqlite::Result<()> {
    write(db, "journal_behind", behind.into())
}

/// The creation journal knows the key of the vault.
pub(crate) fn vault_key_is_told(db: &Connection) -> rusqlite::Result<bool> {
    Ok(read(db, "vault_key_told")?.unwrap_or(0) != 0)
}

pub(crate) fn set_vault_key_told(db: &Connection) -> rusqlite::Result<()> {
    write(db, "vault_key_told", 1)
}

/// Lines of `dossiers`, as triggers keep it.
pub(crate) fn dossiers(db: &Connection) -> rusqlite::Result<u64> {
    Ok(read(db, "dossiers")?
        .and_then(|value| u64::try_from(value).ok())
        .unwrap_or(0))
}

/// The latest true time, in seconds of Unix time, by which lines were told that something passed or a
/// person was warned; `None` before the first.
pub(crate) fn told_until(db: &Connection) -> rusqlite::Result<Option<i64>> {
    read(db, "told_until")
}

pub(crate) fn set_told_until(db: &Connection, seconds: i64) -> rusqlite::Result<()> {
    write(db, "told_until", seconds)
}

/// Never back: what a clock that trembles told is not to be told again.
pub(crate) fn raise_told_until(db: &Connection, seconds: i64) -> rusqlite::Result<()> {
    if told_until(db)?.is_none_or(|told| told < seconds) {
        set_told_until(db, seconds)?;
    }
    Ok(())
}

/// What is asked about revocation; the default before anybody chose.
pub(crate) fn revocation_rule(db: &Connection) -> rusqlite::Result<RevocationRule> {
    let number = read(db, "revocation_rule")?.and_then(|value| usize::try_from(value).ok());
    Ok(number
        .and_then(|number| RevocationRule::ALL.get(number).copied())
        .unwrap_or_default())
}

pub(crate) fn set_revocation_rule(db: &Connection, rule: RevocationRule) -> rusqlite::Result<()> {
    let number = RevocationRule::ALL.iter().position(|one| *one == rule);
    let number = number.and_then(|number| i64::try_from(number).ok());
    write(db, "revocation_rule", number.unwrap_or_default())
}

fn read(db: &Connection, key: &str) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

fn write(db: &Connection, key: &str, value: i64) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
        .execute(params![key, value])
        .map(drop)
}
