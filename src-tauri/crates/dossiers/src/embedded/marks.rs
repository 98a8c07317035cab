//! What persons put on dossiers: tags, «treated», and views of the list.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::{EmbeddedRegister, acts, listing};
use crate::act::Act;
use crate::dossier::DossierId;
use crate::error::{RegisterError, Result};
use crate::folding;
use crate::progress::Progress;
use crate::query::Selection;
use crate::register::Marks;
use crate::register::{Changed, LONGEST_TAG, SavedView};
use crate::stamp::Stamp;
use crate::store::{lines, text};

/// Changed dossiers up to which each has an act of its own in the journal.
const ACTS_OF_THEIR_OWN: usize = 100;

impl Marks for EmbeddedRegister {
    fn tag(
        &self,
        selection: &Selection,
        add: &[String],
        remove: &[String],
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<Changed> {
        let add = keyed(add)?;
        let remove: BTreeSet<_> = keyed(remove)?
            .into_keys()
            .filter(|key| !add.contains_key(key))
            .collect();
        self.mark(selection, Act::Tagged, progress, stamp, |db, line| {
            let mut changed = false;
            for (key, tag) in &add {
                let taken = db
                    .prepare_cached("INSERT OR IGNORE INTO tags (line, key) VALUES (?1, ?2)")?
                    .execute(params![line, key])?;
                if taken > 0 {
                    changed = true;
                    db.prepare_cached(
                        "INSERT OR IGNORE INTO tag_names (key, tag) VALUES (?1, ?2)",
                    )?
                    .execute(params![key, tag])?;
                }
            }
            for key in &remove {
                changed |= db
                    .prepare_cached("DELETE FROM tags WHERE line = ?1 AND key = ?2")?
                    .execute(params![line, key])?
                    > 0;
            }
            if changed {
                db.prepare_cached(
                    "UPDATE dossiers SET first_tag = (SELECT min(key) FROM tags WHERE line = ?1)
                     WHERE line = ?1",
                )?
                .execute([line])?;
            }
            Ok(changed)
        })
    }

    fn tags(&self) -> Result<Vec<String>> {
        self.look(|db| {
            let mut statement = db.prepare_cached(
                "SELECT n.tag FROM tag_names AS n
                 WHERE EXISTS (SELECT 1 FROM tags AS t WHERE t.key = n.key) ORDER BY n.key",
            )?;
            let tags = statement.query_map([], |row| row.get(0))?;
            Ok(tags.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn treat(
        &self,
        selection: &Selection,
        treated: bool,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<Changed> {
        let (act, sql) = if treated {
            (
                Act::Treated,
                "UPDATE dossiers SET treated_at = ?2 WHERE line = ?1 AND treated_at IS NULL",
            )
        } else {
            (
                Act::Untreated,
                "UPDATE dossiers SET treated_at = NULL
                 WHERE line = ?1 AND treated_at IS NOT NULL AND ?2 IS NOT NULL",
            )
        };
        let at = text::time(stamp.at);
        self.mark(selection, act, progress, stamp, |db, line| {
            Ok(db.prepare_cached(sql)?.execute(params![line, at])? > 0)
        })
    }

    fn saved_views(&self) -> Result<Vec<SavedView>> {
        self.look(|db| {
            let mut statement =
                db.prepare_cached("SELECT id, name, content FROM views ORDER BY position")?;
            let views = statement.query_map([], |row| {
                Ok(SavedView {
                    id: row.get("id")?,
                    name: row.get("name")?,
                    content: row.get("content")?,
                })
            })?;
            Ok(views.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn save_view(&self, view: SavedView, stamp: &Stamp) -> Result<()> {
        self.change(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO views (id, position, name, content)
                     VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM views), ?2, ?3)
                     ON CONFLICT (id) DO UPDATE SET name = excluded.name,
                         content = excluded.content",
                )?
                .execute(params![view.id, view.name, view.content])?;
            // Not its name nor what it looks for: either may be a person's.
            Ok(acts::write(
                transaction,
                Act::ViewSaved,
                None,
                &view.id,
                stamp,
            )?)
        })
    }

    fn remove_view(&self, id: &str, stamp: &Stamp) -> Result<()> {
        self.change(|transaction| {
            let removed = transaction
                .prepare_cached("DELETE FROM views WHERE id = ?1")?
                .execute([id])?;
            if removed > 0 {
                acts::write(transaction, Act::ViewRemoved, None, id, stamp)?;
            }
            Ok(())
        })
    }
}

impl EmbeddedRegister {
    /// Puts the same mark on every dossier of a selection, in one transaction. `put` says whether it
    /// changed the line.
    pub(super) fn mark(
        &self,
        selection: &Selection,
        act: Act,
        progress: &Progress,
        stamp: &Stamp,
        put: impl Fn(&Connection, i64) -> Result<bool>,
    ) -> Result<Changed> {
        self.change(|transaction| {
            let mut changed: Vec<i64> = Vec::new();
            let lines = listing::every(transaction, selection, &[], progress)?;
            listing::one_by_one(&lines, progress, &mut |line| {
                if put(transaction, line)? {
                    lines::touch(transaction, line, stamp.at)?;
                    changed.push(line);
                }
                Ok(())
            })?;
            record(transaction, act, &changed, stamp)?;
            let number = |lines: usize| u64::try_from(lines).unwrap_or(u64::MAX);
            Ok(Changed {
                changed: number(changed.len()),
                unchanged: number(lines.len() - changed.len()),
            })
        })
    }
}

fn record(db: &Connection, act: Act, changed: &[i64], stamp: &Stamp) -> Result<()> {
    if changed.len() > ACTS_OF_THEIR_OWN {
        return Ok(acts::write(
            db,
            act,
            None,
            &changed.len().to_string(),
            stamp,
        )?);
    }
    for line in changed {
        let id: DossierId = db
            .prepare_cached("SELECT id FROM dossiers WHERE line = ?1")?
            .query_row([line], |row| lines::read_id(row, "id"))
            .optional()?
            .ok_or(RegisterError::NotFound)?;
        acts::write(db, act, Some(id), "", stamp)?;
    }
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
