//! What persons put on dossiers: tags, «treated», and views of the list.

mod asking;
mod parts;
mod tags;
mod treated;

use rusqlite::{Connection, OptionalExtension, params};

pub(super) use self::parts::{Turns, take_back_begun};
use self::tags::Tagging;
use self::treated::Treating;
use super::{EmbeddedRegister, acts, listing};
use crate::act::Act;
use crate::dossier::DossierId;
use crate::error::{RegisterError, Result};
use crate::progress::Progress;
use crate::query::Selection;
use crate::register::{Changed, Marks, SavedView};
use crate::stamp::Stamp;
use crate::store::{lines, text};

/// Changed dossiers up to which each has an act of its own in the journal.
const ACTS_OF_THEIR_OWN: usize = 100;

/// Dossiers up to which a mark is one transaction: some tens of milliseconds in which nothing else is written.
const AT_ONCE: usize = 1_000;

/// What is put on each dossier of a selection.
trait Mark {
    /// Puts it on a line. Whether that changed the line.
    fn put(&self, db: &Connection, line: i64, way: Way) -> Result<bool>;
}

/// How a mark comes onto its lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In one transaction. It is the last word on each line: what a mark in parts put or took there is not taken
    /// back any more.
    AtOnce,
    /// In parts: what it changes of a line is noted, so that it can be taken back.
    InParts,
}

impl Marks for EmbeddedRegister {
    fn tag(
        &self,
        selection: &Selection,
        add: &[String],
        remove: &[String],
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<Changed> {
        let tagging = Tagging::of(add, remove)?;
        self.put_on_each(selection, Act::Tagged, &tagging, progress, stamp)
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
        let act = if treated {
            Act::Treated
        } else {
            Act::Untreated
        };
        let at = text::time(stamp.at);
        let treating = Treating { treated, at };
        self.put_on_each(selection, act, &treating, progress, stamp)
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
    /// Puts the same mark on every dossier of a selection, all or nothing.
    fn put_on_each(
        &self,
        selection: &Selection,
        act: Act,
        mark: &impl Mark,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<Changed> {
        if let Selection::Some(ids) = selection
            && ids.len() <= AT_ONCE
        {
            return self.change(|transaction| {
                let found = listing::every(transaction, selection, &[], progress)?;
                put_at_once(transaction, &found, act, mark, progress, stamp)
            });
        }
        // Beside changes: looking for them may take longer than marking them.
        let found = self.read(progress, |db| listing::every(db, selection, &[], progress))?;
        if found.len() <= AT_ONCE {
            return self.change(|transaction| {
                put_at_once(transaction, &found, act, mark, progress, stamp)
            });
        }
        self.put_in_parts(selection, act, mark, progress, stamp)
    }
}

fn put_at_once(
    db: &Connection,
    found: &[i64],
    act: Act,
    mark: &impl Mark,
    progress: &Progress,
    stamp: &Stamp,
) -> Result<Changed> {
    let mut changed: Vec<i64> = Vec::new();
    listing::one_by_one(found, progress, &mut |line| {
        if mark.put(db, line, Way::AtOnce)? {
            lines::touch(db, line, stamp.at)?;
            changed.push(line);
        }
        Ok(())
    })?;
    record(db, act, &changed, stamp)?;
    Ok(counted(changed.len(), found.len()))
}

fn counted(changed: usize, of: usize) -> Changed {
    Changed {
        changed: number(changed),
        unchanged: number(of.saturating_sub(changed)),
    }
}

fn number(of_lines: usize) -> u64 {
    u64::try_from(of_lines).unwrap_or(u64::MAX)
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
