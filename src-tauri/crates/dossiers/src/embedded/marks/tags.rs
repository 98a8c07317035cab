//! Tags put on a line and taken off it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::{Mark, Way};
use crate::error::{RegisterError, Result};
use crate::folding;
use crate::register::LONGEST_TAG;

pub(super) struct Tagging<'a> {
    add: BTreeMap<String, &'a str>,
    remove: BTreeSet<String>,
}

impl<'a> Tagging<'a> {
    /// A tag that is in both is added.
    pub(super) fn of(add: &'a [String], remove: &[String]) -> Result<Self> {
        let add = keyed(add)?;
        let remove = keyed(remove)?
            .into_keys()
            .filter(|key| !add.contains_key(key))
            .collect();
        Ok(Self { add, remove })
    }
}

impl Mark for Tagging<'_> {
    fn put(&self, db: &Connection, line: i64, way: Way) -> Result<bool> {
        let mut changed = false;
        for (key, tag) in &self.add {
            let taken = db
                .prepare_cached("INSERT OR IGNORE INTO tags (line, key) VALUES (?1, ?2)")?
                .execute(params![line, key])?
                > 0;
            if taken {
                name(db, key, tag, way)?;
            }
            note(db, line, key, taken.then_some(false), way)?;
            changed |= taken;
        }
        for key in &self.remove {
            let removed = db
                .prepare_cached("DELETE FROM tags WHERE line = ?1 AND key = ?2")?
                .execute(params![line, key])?
                > 0;
            note(db, line, key, removed.then_some(true), way)?;
            changed |= removed;
        }
        if changed {
            tell_first(db, line)?;
        }
        Ok(changed)
    }
}

/// How it is written, where nobody wrote it before.
fn name(db: &Connection, key: &str, tag: &str, way: Way) -> rusqlite::Result<()> {
    let is_new = db
        .prepare_cached("INSERT OR IGNORE INTO tag_names (key, tag) VALUES (?1, ?2)")?
        .execute([key, tag])?
        > 0;
    if is_new && way == Way::InParts {
        db.prepare_cached("INSERT OR IGNORE INTO marking_names (key) VALUES (?1)")?
            .execute([key])?;
    }
    Ok(())
}

/// `had`: whether the line had the tag, where that changed.
fn note(
    db: &Connection,
    line: i64,
    key: &str,
    had: Option<bool>,
    way: Way,
) -> rusqlite::Result<()> {
    match (way, had) {
        (Way::AtOnce, _) => {
            db.prepare_cached("DELETE FROM marking_tags WHERE line = ?1 AND key = ?2")?
                .execute(params![line, key])?;
        }
        (Way::InParts, Some(had)) => {
            db.prepare_cached(
                "INSERT OR REPLACE INTO marking_tags (line, key, had) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![line, key, had])?;
        }
        (Way::InParts, None) => {}
    }
    Ok(())
}

fn tell_first(db: &Connection, line: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE dossiers SET first_tag = (SELECT min(key) FROM tags WHERE line = ?1)
         WHERE line = ?1",
    )?
    .execute([line])
    .map(drop)
}

/// Takes back what is noted of the line.
pub(super) fn take_back(db: &Connection, line: i64) -> Result<()> {
    let put = db
        .prepare_cached(
            "DELETE FROM tags WHERE line = ?1
                 AND key IN (SELECT key FROM marking_tags WHERE line = ?1 AND NOT had)",
        )?
        .execute([line])?;
    let taken = db
        .prepare_cached(
            "INSERT OR IGNORE INTO tags (line, key)
             SELECT line, key FROM marking_tags WHERE line = ?1 AND had",
        )?
        .execute([line])?;
    if put + taken > 0 {
        tell_first(db, line)?;
    }
    db.prepare_cached("DELETE FROM marking_tags WHERE line = ?1")?
        .execute([line])?;
    Ok(())
}

/// Takes back how tags were written, but those that somebody used meanwhile.
pub(super) fn take_back_names(db: &Connection) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM tag_names WHERE key IN (SELECT key FROM marking_names)
             AND NOT EXISTS (SELECT 1 FROM tags AS t WHERE t.key = tag_names.key)",
    )?
    .execute([])?;
    Ok(())
}

/// Tags by their key.
fn keyed(tags: &[String]) -> Result<BTreeMap<String, &str>> {
    tags.iter()
        .map(|tag| {
            let tag = tag.trim();
            let fine = !tag.is_empty()
                && tag.chars().count() <= LONGEST_TAG
                && !tag.contains(char::is_control);
            fine.then(|| (folding::tag_key(tag), tag))
                .ok_or(RegisterError::InvalidTag)
        })
        .collect()
}
