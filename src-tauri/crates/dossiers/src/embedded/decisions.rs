//! What persons decide about dossiers.

use std::sync::Arc;

use rusqlite::params;

use super::{EmbeddedRegister, acts};
use crate::act::Act;
use crate::decision::{Choice, Decision};
use crate::dossier::DossierId;
use crate::error::Result;
use crate::register::Decisions;
use crate::stamp::Stamp;
use crate::store::{lines, text};

impl Decisions for EmbeddedRegister {
    fn decide(&self, id: DossierId, choice: Choice, note: &str, stamp: &Stamp) -> Result<()> {
        self.change(|transaction| {
            let line = lines::require(transaction, id)?.line;
            transaction
                .prepare_cached(
                    "INSERT INTO decisions (line, choice, note, at, actor)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    line,
                    choice.as_str(),
                    note,
                    text::time(stamp.at),
                    stamp.by.as_deref()
                ])?;
            let word = choice.as_str();
            transaction
                .prepare_cached("UPDATE dossiers SET decided = ?2 WHERE line = ?1")?
                .execute(params![line, word])?;
            lines::touch(transaction, line, stamp.at)?;
            Ok(acts::write(
                transaction,
                Act::Decided,
                Some(id),
                word,
                stamp,
            )?)
        })
    }

    fn decisions(&self, id: DossierId) -> Result<Vec<Decision>> {
        self.look(|db| {
            let line = lines::require(db, id)?.line;
            let mut statement = db.prepare_cached(
                "SELECT choice, note, at, actor FROM decisions WHERE line = ?1 ORDER BY position",
            )?;
            let found = statement.query_map([line], |row| {
                Ok(Decision {
                    choice: text::read_word(row, "choice", Choice::from_word)?,
                    note: row.get("note")?,
                    at: text::read_time(row, "at")?,
                    by: row.get::<_, Option<String>>("actor")?.map(Arc::from),
                })
            })?;
            Ok(found.collect::<rusqlite::Result<_>>()?)
        })
    }
}
