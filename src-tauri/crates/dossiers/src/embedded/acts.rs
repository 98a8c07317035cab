//! Who looks back at a dossier finds what was done with it.

use rusqlite::{Connection, params};

use super::EmbeddedRegister;
use crate::act::{Act, ActEntry};
use crate::dossier::DossierId;
use crate::error::Result;
use crate::register::Journal;
use crate::stamp::Stamp;
use crate::store::{lines, text};

pub(super) fn write(
    db: &Connection,
    act: Act,
    dossier: Option<DossierId>,
    detail: &str,
    stamp: &Stamp,
) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO acts (at, act, dossier, detail) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            text::time(stamp.at),
            act.as_str(),
            dossier.as_ref().map(|id| id.0.as_bytes().as_slice()),
            detail
        ])
        .map(drop)
}

impl Journal for EmbeddedRegister {
    fn record_act(
        &self,
        act: Act,
        dossier: Option<DossierId>,
        detail: &str,
        stamp: &Stamp,
    ) -> Result<()> {
        self.change(|transaction| Ok(write(transaction, act, dossier, detail, stamp)?))
    }

    fn acts(&self, id: DossierId) -> Result<Vec<ActEntry>> {
        self.look(|db| {
            let mut statement = db.prepare_cached(
                "SELECT at, act, dossier, detail FROM acts WHERE dossier = ?1 ORDER BY position",
            )?;
            let entries = statement.query_map([id.0.as_bytes().as_slice()], |row| {
                let word: String = row.get("act")?;
                Ok(ActEntry {
                    at: text::read_time(row, "at")?,
                    act: Act::ALL
                        .iter()
                        .copied()
                        .find(|act| act.as_str() == word)
                        .ok_or(text::not_ours("act"))?,
                    dossier: Some(lines::read_id(row, "dossier")?),
                    detail: row.get("detail")?,
                })
            })?;
            Ok(entries.collect::<rusqlite::Result<_>>()?)
        })
    }
}
